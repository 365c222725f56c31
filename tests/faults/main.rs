//! `cargo xtask faults` calls this.

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;
use sitebook_journeys::faults::{self, Options};
use sitebook_journeys::run::{long_run, tell};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> ExitCode {
    match kill_and_look() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&format!("== FAILED: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn kill_and_look() -> Result<()> {
    let clock = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let mut options = Options { kills: 300, special: 10, seed: clock.as_secs() };
    let mut file = None;
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("kills") => options.kills = arguments.value()?.parse()?,
            Long("special") => options.special = arguments.value()?.parse()?,
            Long("seed") => options.seed = arguments.value()?.parse()?,
            Long("report") => file = Some(PathBuf::from(arguments.value()?)),
            other => bail!("{}", other.unexpected()),
        }
    }
    let mut report = None;
    long_run("faults", async |story| {
        report = Some(faults::run(story, options).await?);
        Ok(())
    })?;
    let page = report.context("no report")?.page(&faults::day(clock.as_secs()));
    tell(&page);
    if let Some(file) = file {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&file, page).with_context(|| format!("cannot write {}", file.display()))?;
        tell(&format!("written to {}", file.display()));
    }
    Ok(())
}
