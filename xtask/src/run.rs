//! Serves the app on this machine: `run` after a build, `serve` as it lies there.

use crate::{
    build,
    project::Project,
    server::{self, Server},
};
use anyhow::{Result, bail};
use std::path::PathBuf;

/// The port that is tried first.
const PORT: u16 = 8080;

/// What the command line says about serving.
#[derive(Clone)]
pub struct Options {
    /// A development build, with the page of the design system.
    pub dev: bool,
    /// The folder; `dist` if not given.
    pub dir: Option<PathBuf>,
    /// The address to listen on.
    pub host: String,
    /// The port; the next free one from 8080 if not given.
    pub port: Option<u16>,
    /// The path under which the app appears, such as `/some/path/`.
    pub base: String,
}

/// Builds, then serves until the process is ended.
pub fn run(project: &Project, options: &Options) -> Result<()> {
    if options.dir.is_some() {
        bail!("`run` serves what it builds; `serve --dir` serves another folder");
    }
    let dir = if options.dev { build::development(project)? } else { build::release(project)? };
    serve(project, &Options { dir: Some(dir), ..options.clone() })
}

/// Serves a folder until the process is ended.
pub fn serve(project: &Project, options: &Options) -> Result<()> {
    let dir = options.dir.clone().unwrap_or_else(|| project.dist());
    if !dir.join("index.html").is_file() {
        bail!("there is no index.html in {}; `cargo xtask build` makes one", dir.display());
    }
    let settings = server::Settings {
        dir,
        host: options.host.clone(),
        port: options.port,
        first_port: PORT,
        base: options.base.clone(),
    };
    let server = Server::start(settings)?;
    println!("Sitebook is at {}", server.address());
    println!("Ctrl+C ends it.");
    server.wait();
    Ok(())
}
