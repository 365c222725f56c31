//! Puts the tools in place that the other commands need, and says so, one line each.
//!
//! What is already there costs a few milliseconds. Cargo and npm tools go into `target/tools` and
//! come first on the `PATH` of child processes, so other versions on the machine do not matter;
//! browsers and fonts come from the system's packages. It must not know what the tools are
//! used for.

mod cargo_tools;
mod node;
mod peers;
mod system;

use crate::project::Project;
use anyhow::Result;
use std::path::PathBuf;

/// What `run` and `build` need: the wasm target, Trunk, wasm-bindgen, wasm-opt.
pub fn for_build(project: &Project) -> Result<()> {
    cargo_tools::wasm_target(project)?;
    cargo_tools::trunk(project)?;
    cargo_tools::wasm_bindgen(project)?;
    node::wasm_opt(project)
}

/// What `bench` needs: Chromium with its driver, and a font with Chinese.
pub fn for_bench(project: &Project) -> Result<()> {
    system::packages(project, &system::CHROMIUM)
}

/// What `bench --checklists` compares the app with; it does without them, too.
pub fn for_peers(project: &Project) -> Result<()> {
    peers::install(project)
}

/// What the browser tests need: three engines with their drivers, fonts, the PDF reader, axe.
pub fn for_browsers(project: &Project) -> Result<()> {
    system::packages(project, &system::BROWSERS)?;
    node::axe(project)?;
    cargo_tools::geckodriver(project)
}

/// What `check --deny` needs.
pub fn for_deny(project: &Project) -> Result<()> {
    cargo_tools::cargo_deny(project)
}

/// `wasm-opt` of the pinned version, if it is there.
#[must_use]
pub fn wasm_opt(project: &Project) -> Option<PathBuf> {
    node::find_wasm_opt(project)
}

/// WebKitGTK's small browser that its driver starts; it lies outside `PATH`.
#[must_use]
pub fn mini_browser() -> Option<PathBuf> {
    system::mini_browser()
}

/// One line about one tool.
fn say(line: &str) {
    println!("setup: {line}");
}
