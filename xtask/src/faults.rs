//! Builds the app and hands over to the programs that take long and run by hand: the one that kills browsers
//! (`tests/faults`) and the one that weighs backup and restore (`tests/weigh`). They know what is asked of them.

use crate::{build, project::Project, setup, suite};
use anyhow::{Context, Result};
use xshell::cmd;

/// What the command line says, as it is passed on.
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
    hand_over(project, "faults", options).context("something was lost or does not hold (see above)")
}

/// Builds, takes a large backup in and makes one, reports what memory that took.
pub fn weigh(project: &Project, options: &Options) -> Result<()> {
    hand_over(project, "weigh", options).context("the large book did not go through (see above)")
}

fn hand_over(project: &Project, program: &str, options: &Options) -> Result<()> {
    setup::for_bench(project)?;
    let dist = build::release(project)?;
    let shell = project.shell()?;
    let words = &options.words;
    let command = cmd!(shell, "cargo run --quiet --package sitebook-journeys --bin {program} -- {words...}").quiet();
    let command = suite::with_tools(project, command, &suite::CHROMIUM)?.env("SITEBOOK_DIST", dist);
    Ok(command.run()?)
}
