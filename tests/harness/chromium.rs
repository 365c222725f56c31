//! What is particular to Chromium: it is our own child, and the driver joins it by its debugging port.

use crate::browser::Browser;
use crate::process::Group;
use crate::run::until;
use anyhow::{Result, bail};
use serde_json::{Value, json};
use std::{fs, path::Path, process::Command, time::Duration};

const FLAGS: [&str; 14] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-default-apps",
    "--accept-lang=zh-CN",
    "--lang=zh-CN",
    "--window-size=500,900",
    "--remote-debugging-port=0",
    "--enable-logging=stderr",
];

/// The name of the file in the profile with everything that went to the network.
pub const NETWORK_LOG: &str = "network.json";

/// The name of the file in the profile with what the browser and the consoles of its pages said since it was started.
/// It is written by the browser's own process as soon as a page speaks, so a kill does not take it back.
pub const CONSOLE_LOG: &str = "console.txt";

/// Starts the browser and answers where its debugger listens.
pub async fn launch(program: &Path, profile: &Path) -> Result<(Group, String)> {
    let notice = profile.join("DevToolsActivePort");
    let _ = fs::remove_file(&notice);
    let mut command = Command::new(program);
    command.args(FLAGS).env("TZ", "Asia/Shanghai");
    command.arg(format!("--user-data-dir={}", profile.display()));
    command.arg(format!("--log-net-log={}", profile.join(NETWORK_LOG).display()));
    command.arg("about:blank");
    let mut group = Group::start_telling(&mut command, fs::File::create(profile.join(CONSOLE_LOG))?)?;
    let port = until("Chromium tells its debugging port", Duration::from_secs(20), async || {
        if group.has_ended() {
            bail!("Chromium ended at once");
        }
        let text = fs::read_to_string(&notice).unwrap_or_default();
        let mut lines = text.lines();
        let port = lines.next().and_then(|line| line.parse::<u16>().ok());
        Ok(lines.next().and(port))
    })
    .await?;
    Ok((group, format!("127.0.0.1:{port}")))
}

/// What the driver is asked for.
pub fn wanted(debugger: &str) -> Value {
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": { "debuggerAddress": debugger },
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}

/// Makes the page as large as a phone's, with its pixels and its way of scrolling.
pub async fn fit(browser: &Browser, width: u32, height: u32) -> Result<()> {
    let phone = width < 600;
    let metrics = json!({
        "width": width, "height": height, "deviceScaleFactor": if phone { 2 } else { 1 }, "mobile": phone,
    });
    browser.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
    Ok(())
}

/// The requests in the log of the network: who asked, and for what.
pub fn requests(profile: &Path) -> Result<Vec<(String, String)>> {
    let text = fs::read_to_string(profile.join(NETWORK_LOG))?;
    // One event a line; the log of a browser that was killed lacks its end.
    let events = text.lines().filter_map(|line| serde_json::from_str::<Value>(line.trim_end_matches(',')).ok());
    let one = |event: Value| {
        let parameters = &event["params"];
        let initiator = parameters["initiator"].as_str()?.to_owned();
        Some((initiator, parameters["url"].as_str()?.to_owned()))
    };
    Ok(events.filter_map(one).collect())
}
