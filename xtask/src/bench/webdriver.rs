//! A few calls of the WebDriver protocol to a headless Chromium, enough to measure.
//!
//! The browser journeys in `tests/` have a full client; this one keeps xtask quick to compile.

use crate::project::Project;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// The key under which the protocol names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A running chromedriver with one browser window on an empty profile; both end with it.
pub struct Browser {
    driver: Child,
    agent: ureq::Agent,
    session: String,
}

impl Browser {
    /// Starts driver and browser.
    pub fn start(project: &Project) -> Result<Browser> {
        let driver = project.which("chromedriver").context("chromedriver is not on the path")?;
        let binary = ["chromium", "google-chrome"].iter().find_map(|name| project.which(name));
        let binary = binary.context("chromium is not on the path")?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let driver =
            Command::new(driver).arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(4 * 3_600)))
            .build()
            .into();
        let mut browser = Browser { driver, agent, session: format!("http://127.0.0.1:{port}/session") };
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "binary": binary, "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--window-size=390,844",
                // A page that was left is gone, so that it takes no memory.
                "--disable-features=BackForwardCache",
            ] },
        } } });
        let begin = Instant::now();
        let answer = loop {
            match browser.post("", &wanted) {
                Ok(answer) => break answer,
                // The driver needs a moment before it listens.
                Err(_) if begin.elapsed() < Duration::from_secs(10) => {
                    thread::sleep(Duration::from_millis(100));
                }
                Err(error) => return Err(error.context("chromedriver starts no browser")),
            }
        };
        let id = answer["sessionId"].as_str().context("chromedriver names no session")?.to_owned();
        browser.session = format!("{}/{id}", browser.session);
        Ok(browser)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let mut answer = self
            .agent
            .post(format!("{}{path}", self.session))
            .content_type("application/json")
            .send(body.to_string())?;
        let text = answer.body_mut().read_to_string()?;
        let mut answer: Value = serde_json::from_str(&text)?;
        if let Some(error) = answer["value"]["error"].as_str() {
            bail!("{error}: {}", answer["value"]["message"].as_str().unwrap_or_default());
        }
        Ok(answer["value"].take())
    }

    /// A command of the DevTools protocol.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Result<Value> {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// Opens an address and waits for its load event.
    pub fn open(&self, address: &str) -> Result<()> {
        self.post("/url", &json!({ "url": address })).map(drop)
    }

    /// Runs the body of a function in the page; a promise is awaited.
    pub fn script(&self, body: &str) -> Result<Value> {
        self.post("/execute/sync", &json!({ "script": body, "args": [] }))
    }

    /// Runs the body of a function with these arguments; a promise is awaited, for as long as four hours.
    pub fn script_with(&self, body: &str, arguments: &Value) -> Result<Value> {
        self.post("/timeouts", &json!({ "script": 4 * 3_600_000 }))?;
        self.post("/execute/sync", &json!({ "script": body, "args": arguments }))
    }

    /// Runs the script until it answers something, at most this long.
    pub fn until(&self, body: &str, patience: Duration) -> Result<Option<Value>> {
        let begin = Instant::now();
        loop {
            let answer = self.script(body)?;
            if !answer.is_null() && answer != Value::Bool(false) {
                return Ok(Some(answer));
            }
            if begin.elapsed() > patience {
                return Ok(None);
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// The elements that fit a CSS selector.
    pub fn elements(&self, selector: &str) -> Result<Vec<String>> {
        let found = self.post("/elements", &json!({ "using": "css selector", "value": selector }))?;
        let found = found.as_array().context("no list of elements")?;
        Ok(found.iter().filter_map(|item| item[ELEMENT].as_str().map(str::to_owned)).collect())
    }

    /// Hands a file to an input for files.
    pub fn choose_file(&self, element: &str, file: &Path) -> Result<()> {
        self.post(&format!("/element/{element}/value"), &json!({ "text": file })).map(drop)
    }

    /// The process of the driver, above the browser's.
    pub fn driver(&self) -> u32 {
        self.driver.id()
    }

    /// Clicks an element as a user does.
    pub fn click(&self, element: &str) -> Result<()> {
        self.post(&format!("/element/{element}/click"), &json!({})).map(drop)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
