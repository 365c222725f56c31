//! The whole test run: checks, native tests, release build with its size, browser journeys.
//!
//! The runners' own output is passed through, so their closing lines can be read. It knows where
//! browsers and drivers are; what the journeys do is the matter of `tests/`.

use crate::{bench, build, check, project::Project, setup};
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
        setup::for_browsers(project)?;
    }
    if options.filter.is_none() {
        check::check(project, false)?;
    }
    native(project, options)?;
    if !options.no_browser {
        store_contract(project, options)?;
        build::release(project)?;
        bench::size(project, true)?;
        journeys(project, options)?;
    }
    println!("test: all passed in {} s", begin.elapsed().as_secs());
    Ok(())
}

fn native(project: &Project, options: &Options) -> Result<()> {
    println!("test: native");
    let shell = project.shell()?;
    let filter = &options.filter;
    cmd!(shell, "cargo test --workspace --exclude {JOURNEYS} -- {filter...}")
        .quiet()
        .run()
        .context("native tests failed")
}

/// The store against a real database: compiled for the browser and run in headless Chromium.
fn store_contract(project: &Project, options: &Options) -> Result<()> {
    if options.browser.as_deref().is_some_and(|name| name != "chromium") {
        return Ok(());
    }
    println!("test: store contract, in Chromium");
    setup::for_build(project)?;
    let shell = project.shell()?;
    let filter = &options.filter;
    let command = cmd!(shell, "cargo test --package sitebook --target wasm32-unknown-unknown -- {filter...}")
        .quiet()
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("NO_COLOR", "1");
    with_tools(project, command)?.run().context("the store's contract is broken")
}

fn journeys(project: &Project, options: &Options) -> Result<()> {
    println!("test: browsers");
    let shell = project.shell()?;
    let filter = &options.filter;
    let mut command = cmd!(shell, "cargo test --package {JOURNEYS} -- {filter...}").quiet();
    command = command.env("SITEBOOK_DIST", project.dist());
    if let Some(browser) = &options.browser {
        command = command.env("SITEBOOK_BROWSER", browser);
    }
    with_tools(project, command)?.run().context("browser journeys failed")
}

/// Tells a command where browsers and drivers are.
fn with_tools<'a>(project: &Project, mut command: Cmd<'a>) -> Result<Cmd<'a>> {
    const TOOLS: [(&str, &[&str]); 7] = [
        ("CHROMIUM", &["chromium", "google-chrome"]),
        ("CHROMEDRIVER", &["chromedriver"]),
        ("FIREFOX", &["firefox-esr", "firefox"]),
        ("GECKODRIVER", &["geckodriver"]),
        ("WEBKITDRIVER", &["WebKitWebDriver"]),
        ("XVFB_RUN", &["xvfb-run"]),
        ("PDFTOTEXT", &["pdftotext"]),
    ];
    for (variable, names) in TOOLS {
        let tool = names.iter().find_map(|name| project.which(name));
        let tool = tool.with_context(|| format!("none of {names:?} is on the path"))?;
        command = command.env(variable, tool);
    }
    let mini = setup::mini_browser().context("WebKitGTK's MiniBrowser was not found")?;
    Ok(command.env("MINIBROWSER", mini))
}
