//! Builds the app with Trunk into `dist/`.
//!
//! Trunk calls the packing step (`finish`) itself, so there is one way to a build.

use crate::{project::Project, setup};
use anyhow::{Context, Result};
use std::path::PathBuf;
use xshell::cmd;

/// A release build; answers the folder with the result. Fast when nothing has changed.
pub fn release(project: &Project) -> Result<PathBuf> {
    setup::for_build(project)?;
    let shell = project.shell()?;
    // Trunk works without network, so that it never downloads a tool; sources come before.
    cmd!(shell, "cargo fetch --quiet").quiet().run()?;
    cmd!(shell, "trunk build --release --offline --log warn")
        // Trunk reads NO_COLOR as a boolean and stops at the value that others set.
        .env_remove("NO_COLOR")
        .quiet()
        .run()
        .context("the release build failed")?;
    Ok(project.dist())
}
