//! What comes from npm, at pinned versions: `wasm-opt` of the package `binaryen`, and `axe-core`, which looks for what
//! keeps people with an impairment out.
//!
//! `binaryen` brings a build of the tool that runs on Node, the same on every system; those of
//! Linux distributions are years apart.

use super::{say, system};
use crate::project::Project;
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
};
use xshell::cmd;

/// A package: its name, its version, and the file in it that is wanted.
struct Package(&'static str, &'static str, &'static str);

const BINARYEN: Package = Package("binaryen", "132.0.0", "../.bin/wasm-opt");
const AXE: Package = Package("axe-core", "4.14.1", "axe.min.js");

/// Installs the pinned `wasm-opt` if it is not there.
pub fn wasm_opt(project: &Project) -> Result<()> {
    install(project, &BINARYEN)
}

/// Installs the pinned `axe-core` if it is not there.
pub fn axe(project: &Project) -> Result<()> {
    install(project, &AXE)
}

/// The pinned `wasm-opt`, if it is there.
pub fn find_wasm_opt(project: &Project) -> Option<PathBuf> {
    BINARYEN.find(&project.tools())
}

fn install(project: &Project, package: &Package) -> Result<()> {
    let folder = project.tools();
    if package.find(&folder).is_some() {
        return Ok(());
    }
    system::packages(project, &system::NODE)?;
    let Package(name, version, _) = package;
    say(&format!("installing {name} {version} with npm into target/tools"));
    fs::create_dir_all(&folder)?;
    let shell = project.shell()?;
    // npm removes what was installed without a description before, so all of them are named.
    let names: Vec<String> = [&BINARYEN, &AXE]
        .into_iter()
        .filter(|other| other.0 == *name || other.find(&folder).is_some())
        .map(|Package(name, version, _)| format!("{name}@{version}"))
        .collect();
    cmd!(
        shell,
        "npm install --prefix {folder} --no-audit --no-fund --no-save --ignore-scripts --loglevel=error {names...}"
    )
    .quiet()
    .ignore_stdout()
    .run()
    .with_context(|| format!("could not install {name} with npm"))?;
    ensure!(package.find(&folder).is_some(), "npm installed {name}, but it is not there");
    Ok(())
}

impl Package {
    /// The file that is wanted. Starting a program would take a quarter of a second, so the version is read from the
    /// package's description.
    fn find(&self, tools: &Path) -> Option<PathBuf> {
        let Package(name, version, file) = self;
        let folder = tools.join("node_modules").join(name);
        let description = fs::read_to_string(folder.join("package.json")).ok()?;
        let description: serde_json::Value = serde_json::from_str(&description).ok()?;
        let file = folder.join(file);
        (description["version"] == *version && file.is_file()).then_some(file)
    }
}
