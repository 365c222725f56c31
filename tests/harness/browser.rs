//! A browser with its driver: started, killed in the middle, opened again on the same profile.

use crate::chromium;
use crate::machine::{self, Scratch};
use crate::process::Group;
use crate::run::until;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::{
    cell::{Cell, RefCell},
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};
use thirtyfour::{Capabilities, WebDriver};

/// Width and height of the phone, in CSS pixels.
pub const PHONE: (u32, u32) = (390, 844);

/// What draws the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, with a profile that survives a kill.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKitGTK's MiniBrowser. Its sessions are private: nothing survives their end.
    WebKit,
}

impl Engine {
    /// As on the command line of `cargo xtask test --browser`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::WebKit => "webkit",
        }
    }

    /// Programs that this engine needs: what the environment calls them, and their names on the path.
    fn tools(self) -> &'static [(&'static str, &'static [&'static str])] {
        match self {
            Engine::Chromium => &[("CHROMIUM", &["chromium", "google-chrome"]), ("CHROMEDRIVER", &["chromedriver"])],
            Engine::Firefox => &[("FIREFOX", &["firefox-esr", "firefox"]), ("GECKODRIVER", &["geckodriver"])],
            Engine::WebKit => &[("XVFB_RUN", &["xvfb-run"]), ("WEBKITDRIVER", &["WebKitWebDriver"])],
        }
    }

    fn programs(self) -> Result<Vec<PathBuf>> {
        let find = |(variable, names): &(&str, &[&str])| {
            machine::tool(variable, names).with_context(|| format!("{} is not on this machine", names[0]))
        };
        self.tools().iter().map(find).collect()
    }

    /// Says what is missing.
    pub fn is_here(self) -> Result<()> {
        self.programs()?;
        if self == Engine::WebKit && machine::mini_browser().is_none() {
            bail!("MiniBrowser is not on this machine");
        }
        Ok(())
    }
}

/// Processes and session; they come and go together.
struct Running {
    session: WebDriver,
    _driver: Group,
    /// Chromium is a child of ours, so that it can be killed without its driver.
    own: Option<Group>,
}

/// A browser of one user.
pub struct Browser {
    engine: Engine,
    who: String,
    profile: Scratch,
    downloads: Scratch,
    running: RefCell<Option<Running>>,
    size: Cell<(u32, u32)>,
    /// What the console said in sessions that have ended.
    pub(crate) said: RefCell<Vec<String>>,
}

impl Browser {
    /// Starts a browser with an empty profile and a window as large as a phone.
    pub async fn start(engine: Engine, who: &str) -> Result<Browser> {
        Browser::start_on(engine, who, Scratch::new("profile")?).await
    }

    /// Starts a browser with this profile.
    pub async fn start_on(engine: Engine, who: &str, profile: Scratch) -> Result<Browser> {
        let browser = Browser {
            engine,
            who: who.to_owned(),
            profile,
            downloads: Scratch::new("downloads")?,
            running: RefCell::new(None),
            size: Cell::new(PHONE),
            said: RefCell::default(),
        };
        browser.launch().await?;
        Ok(browser)
    }

    /// Which engine it is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Who uses it, in messages and file names.
    #[must_use]
    pub fn who(&self) -> &str {
        &self.who
    }

    /// The folder of the profile.
    #[must_use]
    pub fn profile(&self) -> &Path {
        self.profile.path()
    }

    /// The session that is running.
    pub fn session(&self) -> Result<WebDriver> {
        let running = self.running.borrow();
        Ok(running.as_ref().context("the browser is not running")?.session.clone())
    }

    /// A command of the DevTools protocol (Chromium only).
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        let answer = self.session()?.cdp().send_raw(command, parameters).await;
        answer.with_context(|| command.to_owned())
    }

    /// Kills the browser as the system does: no page hears of it.
    pub fn kill(&self) -> Result<()> {
        let mut running = self.running.borrow_mut().take().context("the browser is not running")?;
        let own = running.own.as_mut().context("only Chromium can be killed and opened again")?;
        own.kill();
        // The session is gone with the browser; the library need not try to end it.
        let _ = running.session.leak();
        Ok(())
    }

    /// Ends Chromium in an orderly way and reads what it asked the network for: who asked, and for what.
    pub async fn network_log(&self) -> Result<Vec<(String, String)>> {
        self.leave().await;
        chromium::requests(self.profile.path())
    }

    /// Ends Chromium as its user does, so that its profile lies complete on the disk.
    pub async fn leave(&self) {
        // The answer may be lost with the browser.
        let _ = self.devtools("Browser.close", json!({})).await;
        if let Some(mut running) = self.running.borrow_mut().take() {
            let _ = running.session.leak();
            for _ in 0..100 {
                if running.own.as_mut().is_none_or(Group::has_ended) {
                    break;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    }

    /// Opens the browser again on its profile.
    pub async fn reopen(&self) -> Result<()> {
        self.launch().await
    }

    /// Resizes the page.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.size.set((width, height));
        self.fit().await
    }

    /// Gives the window of the session the size; new tabs need it too.
    pub async fn fit(&self) -> Result<()> {
        let (width, height) = self.size.get();
        if self.engine == Engine::Chromium {
            return chromium::fit(self, width, height).await;
        }
        self.session()?.set_window_rect(0, 0, width, height).await?;
        Ok(())
    }

    async fn launch(&self) -> Result<()> {
        let programs = self.engine.programs()?;
        let [first, second] = programs.as_slice() else { bail!("two programs are needed") };
        let port = machine::free_port()?;
        let mut own = None;
        let (mut driver, wanted) = match self.engine {
            Engine::Chromium => {
                let (group, address) = chromium::launch(first, self.profile.path()).await?;
                own = Some(group);
                let mut driver = Command::new(second);
                driver.arg(format!("--port={port}"));
                (driver, chromium::wanted(&address))
            }
            Engine::Firefox => {
                let mut driver = Command::new(second);
                driver.args(["--port", &port.to_string(), "--websocket-port", &machine::free_port()?.to_string()]);
                driver.arg("--profile-root").arg(self.profile.path());
                let prefs = json!({
                    "intl.accept_languages": "zh-CN, zh, en",
                    "browser.download.folderList": 2,
                    "browser.download.dir": self.downloads.path(),
                });
                let options = json!({ "binary": first, "args": ["-headless"], "prefs": prefs });
                (driver, json!({ "browserName": "firefox", "moz:firefoxOptions": options }))
            }
            Engine::WebKit => {
                let mut driver = Command::new(first);
                driver.args(["-a", "-s", "-screen 0 800x1000x24"]).arg(second).arg(format!("--port={port}"));
                // Without a sound and accessibility bus there is nothing to wait for.
                driver.env("NO_AT_BRIDGE", "1").env("LANG", "C.UTF-8").env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
                let binary = machine::mini_browser().context("no MiniBrowser")?;
                let options = json!({ "binary": binary, "args": ["--automation"] });
                (driver, json!({ "browserName": "MiniBrowser", "webkitgtk:browserOptions": options }))
            }
        };
        driver.env("TZ", "Asia/Shanghai").env("TMPDIR", self.profile.path());
        let mut driver = Group::start(&mut driver)?;
        let session = connect(&mut driver, port, wanted).await?;
        session.set_script_timeout(Duration::from_secs(40)).await?;
        *self.running.borrow_mut() = Some(Running { session, _driver: driver, own });
        if self.engine == Engine::Chromium {
            let folder = self.downloads.path();
            let allow = json!({ "behavior": "allow", "downloadPath": folder });
            self.devtools("Browser.setDownloadBehavior", allow).await?;
        }
        self.fit().await
    }

    /// Ends it in an orderly way.
    pub async fn close(&self) {
        let Some(running) = self.running.borrow_mut().take() else { return };
        if running.own.is_some() {
            let _ = running.session.leak();
        } else {
            let _ = tokio::time::timeout(Duration::from_secs(5), running.session.quit()).await;
        }
    }

    /// Takes the only finished download away from the folder: its name and bytes.
    pub async fn downloaded(&self) -> Result<(String, Vec<u8>)> {
        let folder = self.downloads.path();
        until("a finished download", Duration::from_secs(20), async || {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                let unfinished = name.ends_with(".crdownload") || name.ends_with(".part") || name.starts_with('.');
                let bytes = fs::read(&path).unwrap_or_default();
                // A name may be reserved with nothing in it; JSON of this app ends where its object ends.
                let whole = !name.ends_with(".json") || bytes.trim_ascii_end().ends_with(b"}");
                if !unfinished && whole && !bytes.is_empty() {
                    fs::remove_file(&path)?;
                    return Ok(Some((name, bytes)));
                }
            }
            Ok(None)
        })
        .await
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(running) = self.running.borrow_mut().take() {
            let _ = running.session.leak();
        }
    }
}

/// Waits for the driver to listen and asks it for a session.
async fn connect(driver: &mut Group, port: u16, wanted: Value) -> Result<WebDriver> {
    let address = format!("http://127.0.0.1:{port}");
    until("the driver listens", Duration::from_secs(15), async || {
        if driver.has_ended() {
            bail!("the driver ended at once");
        }
        Ok(std::net::TcpStream::connect(("127.0.0.1", port)).is_ok().then_some(()))
    })
    .await?;
    let mut capabilities = Capabilities::new();
    for (name, value) in wanted.as_object().into_iter().flatten() {
        capabilities.set(name.as_str(), value)?;
    }
    WebDriver::new(address, capabilities).await.context("the driver gives no session")
}
