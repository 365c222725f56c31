//! The whole test run: checks, native tests, release build with its size, browser journeys.
//!
//! The runners' own output is passed through, so their closing lines can be read. It knows where
//! browsers and drivers are; what the journeys do is the matter of `tests/`.

use crate::{bench, build, check, contract, project::Project, setup};
use anyhow::{Context, Result, bail};
use std::time::Instant;
use xshell::{Cmd, cmd};

/// The package with the browser journeys.
const JOURNEYS: &str = "sitebook-journeys";

/// What the command line says about the test run.
pub struct Options {
    /// Only tests whose name contains this; the checks are left out then.
    pub filter: Option<String>,
    /// Only this engine.
    pub browser: Option<String>,
    /// No browsers at all.
    pub no_browser: bool,
}

/// Runs everything; the first part that fails ends it.
pub fn test(project: &Project, options: &Options) -> Result<()> {
    if let Some(name) = &options.browser
        && !matches!(name.as_str(), "chromium" | "firefox" | "webkit")
    {
        bail!("--browser wants chromium, firefox or webkit, not `{name}`");
    }
    let begin = Instant::now();
    if !options.no_browser {
        part("browsers and tools", || setup::for_browsers(project).and_then(|()| setup::for_build(project)))?;
    }
    if options.filter.is_none() {
        part("check", || check::check(project, false))?;
    }
    part("native", || native(project, options))?;
    if !options.no_browser {
        let (browser, filter) = (options.browser.as_deref(), options.filter.as_ref());
        part("store contract", || contract::run(project, browser, filter))?;
        part("release build", || build::release(project).and_then(|_| bench::size(project, true)))?;
        part("journeys", || journeys(project, options))?;
    }
    println!("test: all passed in {} s", begin.elapsed().as_secs());
    Ok(())
}

/// One part of the run, and how long it took: the whole has a limit where it runs on each change.
fn part(name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("test: {name}");
    let begin = Instant::now();
    work()?;
    println!("test: {name}: {} s", begin.elapsed().as_secs());
    Ok(())
}

fn native(project: &Project, options: &Options) -> Result<()> {
    let shell = project.shell()?;
    let filter = &options.filter;
    cmd!(shell, "cargo test --workspace --exclude {JOURNEYS} -- {filter...}")
        .quiet()
        .run()
        .context("native tests failed")
}

fn journeys(project: &Project, options: &Options) -> Result<()> {
    let shell = project.shell()?;
    let filter = &options.filter;
    let mut command = cmd!(shell, "cargo test --package {JOURNEYS} -- {filter...}").quiet();
    command = command.env("SITEBOOK_DIST", project.dist());
    if let Some(browser) = &options.browser {
        command = command.env("SITEBOOK_BROWSER", browser);
    }
    for tools in [&CHROMIUM[..], &FIREFOX, &WEBKIT, &PAPER] {
        command = with_tools(project, command, tools)?;
    }
    let mini = setup::mini_browser().context("WebKitGTK's MiniBrowser was not found")?;
    command.env("MINIBROWSER", mini).run().context("browser journeys failed")
}

/// What the environment calls a program, and its names on the path.
type Tool = (&'static str, &'static [&'static str]);

/// Chromium with its driver.
pub const CHROMIUM: [Tool; 2] = [("CHROMIUM", &["chromium", "google-chrome"]), ("CHROMEDRIVER", &["chromedriver"])];
/// Firefox with its driver.
const FIREFOX: [Tool; 2] = [("FIREFOX", &["firefox-esr", "firefox"]), ("GECKODRIVER", &["geckodriver"])];
/// WebKitGTK's driver, and a screen for its browser.
const WEBKIT: [Tool; 2] = [("WEBKITDRIVER", &["WebKitWebDriver"]), ("XVFB_RUN", &["xvfb-run"])];
/// What reads printed forms.
const PAPER: [Tool; 1] = [("PDFTOTEXT", &["pdftotext"])];

/// Tells a command where these programs are.
pub fn with_tools<'a>(project: &Project, mut command: Cmd<'a>, tools: &[Tool]) -> Result<Cmd<'a>> {
    for (variable, names) in tools {
        let tool = names.iter().find_map(|name| project.which(name));
        let tool = tool.with_context(|| format!("none of {names:?} is on the path"))?;
        command = command.env(variable, tool);
    }
    Ok(command)
}
