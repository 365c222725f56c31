//! Makes the compiled app smaller with `wasm-opt`.

use super::cache;
use crate::{project::Project, setup};
use anyhow::{Context, Result};
use std::{env, fs};
use xshell::cmd;

/// For size above all. The features are those that rustc itself assumes for this target, so the
/// tool introduces nothing that a browser able to run the input would not know.
const SETTINGS: [&str; 9] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-multivalue",
    "--strip-debug",
    "--strip-producers",
];

/// With this in the environment, functions keep their names, so that a profiler can tell them; for nobody else.
const NAMES: &str = "SITEBOOK_NAMES";

/// The optimised form of a wasm module.
pub fn optimise(project: &Project, wasm: &[u8]) -> Result<Vec<u8>> {
    let program =
        setup::wasm_opt(project).context("wasm-opt is missing; `cargo xtask setup` installs it into target/tools")?;
    let settings: Vec<&str> = match env::var_os(NAMES) {
        Some(_) => SETTINGS.into_iter().filter(|one| !one.starts_with("--strip")).chain(["-g"]).collect(),
        None => SETTINGS.into(),
    };
    cache::remembered(project, &settings.join(" "), wasm, || {
        let shell = project.shell()?;
        let folder = shell.create_temp_dir()?;
        let (from, to) = (folder.path().join("in.wasm"), folder.path().join("out.wasm"));
        fs::write(&from, wasm)?;
        cmd!(shell, "{program} {settings...} {from} -o {to}").quiet().run()?;
        Ok(fs::read(&to)?)
    })
}
