//! The form engines that the app is measured against, from npm at the versions of `xtask/peers/package.json`.
//!
//! They are no part of the app and no build needs them; without them the benchmark goes on and says so.

use super::{say, system};
use crate::project::Project;
use anyhow::{Context, Result};
use std::fs;
use xshell::cmd;

const DESCRIPTION: &str = include_str!("../../peers/package.json");
/// The one that comes as a component without a bundle of its own.
const FORMS: &str = include_str!("../../peers/forms.js");

/// Installs them into `target/peers`, unless these versions are there.
pub fn install(project: &Project) -> Result<()> {
    let folder = project.peers();
    let note = folder.join("installed.json");
    let wanted = format!("{DESCRIPTION}{FORMS}");
    if fs::read_to_string(&note).is_ok_and(|known| known == wanted) {
        return Ok(());
    }
    system::packages(project, &system::NODE)?;
    say("installing the peers with npm into target/peers");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("package.json"), DESCRIPTION)?;
    fs::write(folder.join("forms.js"), FORMS)?;
    let shell = project.shell()?;
    shell.change_dir(&folder);
    cmd!(shell, "npm install --no-audit --no-fund --no-package-lock --ignore-scripts --loglevel=error")
        .quiet()
        .ignore_stdout()
        .run()
        .context("could not install the peers with npm")?;
    // As their users would build it for publishing. The names end as names by content do, so that our server lets a
    // browser keep the files.
    let settings = [
        "--bundle",
        "--minify",
        "--format=esm",
        "--splitting",
        "--outdir=built",
        "--log-level=error",
        "--entry-names=[name]-0000000000000001",
        "--chunk-names=[name]-[hash]-0000000000000002",
        "--define:process.env.NODE_ENV=\"production\"",
        "--define:__VUE_OPTIONS_API__=true",
        "--define:__VUE_PROD_DEVTOOLS__=false",
        "--define:__VUE_PROD_HYDRATION_MISMATCH_DETAILS__=false",
    ];
    let esbuild = folder.join("node_modules/.bin/esbuild");
    cmd!(shell, "{esbuild} forms.js {settings...}").quiet().run().context("could not bundle ODK Web Forms")?;
    Ok(fs::write(note, wanted)?)
}
