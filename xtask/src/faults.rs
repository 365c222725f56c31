//! Builds the app and hands over to the program that kills browsers (`tests/faults`), which knows what is asked of it.

use crate::{build, project::Project, setup, suite};
use anyhow::{Context, Result};
use xshell::cmd;

/// What the command line says about kills, as it is passed on.
#[derive(Debug, Default)]
pub struct Options {
    words: Vec<String>,
}

impl Options {
    /// Passes an option on if it was given.
    pub fn pass_on(&mut self, name: &str, value: Option<String>) {
        if let Some(value) = value {
            self.words.extend([format!("--{name}"), value]);
        }
    }
}

/// Builds, kills, reports.
pub fn faults(project: &Project, options: &Options) -> Result<()> {
    setup::for_bench(project)?;
    let dist = build::release(project)?;
    let shell = project.shell()?;
    let words = &options.words;
    let command = cmd!(shell, "cargo run --quiet --package sitebook-journeys --bin faults -- {words...}").quiet();
    let command = suite::with_tools(project, command, &suite::CHROMIUM)?.env("SITEBOOK_DIST", dist);
    command.run().context("something was lost or does not hold (see above)")
}
