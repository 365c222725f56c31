//! The store's contract on a real database, in three engines.
//!
//! `wasm-bindgen-test-runner` takes the first driver that the environment names, so each run names exactly one.
//! WebKitGTK's driver goes as Safari's: it takes the same words and starts MiniBrowser by itself.

use crate::{project::Project, setup};
use anyhow::{Context, Result};
use xshell::cmd;

/// An engine, its driver, and what the runner calls such a driver.
struct Engine {
    /// As on the command line.
    name: &'static str,
    driver: &'static str,
    runner_calls_it: &'static str,
}

const ENGINES: [Engine; 3] = [
    Engine { name: "chromium", driver: "chromedriver", runner_calls_it: "CHROMEDRIVER" },
    Engine { name: "firefox", driver: "geckodriver", runner_calls_it: "GECKODRIVER" },
    Engine { name: "webkit", driver: "WebKitWebDriver", runner_calls_it: "SAFARIDRIVER" },
];

/// Runs it in all engines, or only in one.
pub fn run(project: &Project, only: Option<&str>, filter: Option<&String>) -> Result<()> {
    setup::for_build(project)?;
    for engine in ENGINES.iter().filter(|engine| only.is_none_or(|name| name == engine.name)) {
        println!("test: store contract, in {}", engine.name);
        run_in(project, engine, filter)
            .with_context(|| format!("the store's contract is broken in {}", engine.name))?;
    }
    Ok(())
}

fn run_in(project: &Project, engine: &Engine, filter: Option<&String>) -> Result<()> {
    let shell = project.shell()?;
    let driver = project.which(engine.driver).with_context(|| format!("no {} on the path", engine.driver))?;
    // WebKitGTK has no mode without a screen.
    let screen = ["xvfb-run", "-a", "-s", "-screen 0 800x1000x24"];
    let screen: &[&str] = if engine.name == "webkit" { &screen } else { &[] };
    let mut command =
        cmd!(shell, "env {screen...} cargo test --package sitebook --target wasm32-unknown-unknown -- {filter...}")
            .quiet();
    for other in &ENGINES {
        command = command.env_remove(other.runner_calls_it).env_remove(format!("{}_REMOTE", other.runner_calls_it));
    }
    command
        .env(engine.runner_calls_it, driver)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("NO_COLOR", "1")
        // Seconds without a word: backup and restore of a whole book take longer than the runner's twenty.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "180")
        // Without a sound and accessibility bus there is nothing to wait for.
        .env("NO_AT_BRIDGE", "1")
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .run()
        .map_err(Into::into)
}
