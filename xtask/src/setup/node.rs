//! `wasm-opt`, from the npm package `binaryen` at a pinned version.
//!
//! The package brings a build of the tool that runs on Node, the same on every system; those of
//! Linux distributions are years apart.

use super::{say, system};
use crate::project::Project;
use anyhow::{Context, Result};
use std::{fs, path::PathBuf};
use xshell::cmd;

const BINARYEN: &str = "132.0.0";

/// Installs the pinned `wasm-opt` if it is not there.
pub fn wasm_opt(project: &Project) -> Result<()> {
    if find_wasm_opt(project).is_some() {
        return Ok(());
    }
    system::packages(project, &system::NODE)?;
    say(&format!("wasm-opt is missing; installing binaryen {BINARYEN} with npm into target/tools"));
    let folder = project.tools();
    fs::create_dir_all(&folder)?;
    let shell = project.shell()?;
    let package = format!("binaryen@{BINARYEN}");
    cmd!(
        shell,
        "npm install --prefix {folder} --no-audit --no-fund --no-save --ignore-scripts --loglevel=error {package}"
    )
    .quiet()
    .ignore_stdout()
    .run()
    .context("could not install binaryen with npm")?;
    find_wasm_opt(project).map(drop).context("npm installed binaryen, but wasm-opt is not there")
}

/// The pinned `wasm-opt`. Starting it would take a quarter of a second, so its version is read
/// from the package's description.
pub fn find_wasm_opt(project: &Project) -> Option<PathBuf> {
    let modules = project.tools().join("node_modules");
    let description = fs::read_to_string(modules.join("binaryen/package.json")).ok()?;
    let description: serde_json::Value = serde_json::from_str(&description).ok()?;
    let program = modules.join(".bin/wasm-opt");
    (description["version"] == BINARYEN && program.is_file()).then_some(program)
}
