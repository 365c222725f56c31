//! Builds the app with Trunk into `dist/`.
//!
//! Trunk calls the packing step (`finish`) itself, so there is one way to a build.

use crate::{project::Project, setup};
use anyhow::{Context, Result};
use std::path::PathBuf;
use xshell::cmd;

/// A release build; answers the folder with the result. Fast when nothing has changed.
pub fn release(project: &Project) -> Result<PathBuf> {
    trunk(project, &["--release"])?;
    Ok(project.dist())
}

/// A development build, with what only developers need; answers its folder, which is another one.
pub fn development(project: &Project) -> Result<PathBuf> {
    let dist = project.dist().with_file_name("dist-dev");
    trunk(project, &["--dist", &dist.display().to_string()])?;
    Ok(dist)
}

fn trunk(project: &Project, how: &[&str]) -> Result<()> {
    setup::for_build(project)?;
    let shell = project.shell()?;
    // Trunk works without network, so that it never downloads a tool; sources come before.
    cmd!(shell, "cargo fetch --quiet").quiet().run()?;
    cmd!(shell, "trunk build {how...} --offline --log warn")
        // Trunk reads NO_COLOR as a boolean and stops at the value that others set.
        .env_remove("NO_COLOR")
        .quiet()
        .run()
        .context("the build failed")
}
