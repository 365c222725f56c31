//! Kills the browser at random moments and looks at what is left: `cargo xtask faults`.
//!
//! The release build runs in Chromium on a profile that lives through the kills. [`writer.js`](self) taps, types,
//! photographs and signs as fast as the app takes it; the whole process group is killed; the database is read
//! without the app and judged by the core in native code ([`disk`]); then the app opens again and goes on.
//!
//! *Acknowledged* is what the app itself called saved on the screen. An observer in the page passes that on to the
//! console, which the browser's own process writes to a file outside the profile's database ([`watch`]).
//!
//! What a killed process cannot show: whether the disk would have kept it through a loss of power. A write that
//! reached the system survives the process. That strict durability is asked for is part of the store's contract.

mod book;
mod cycles;
mod dice;
mod disk;
mod import;
mod report;
mod update;
mod upgrade;
mod watch;

pub use cycles::Tally;
pub use report::Report;

use crate::deployment::copy;
use crate::machine::{self, Scratch};
use crate::run::Story;
use crate::site::Site;
use anyhow::Result;
use std::time::Instant;

/// How much is done.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Kills while entries are made.
    pub kills: u32,
    /// Kills at spread moments of each special kind: import, update of the app, upgrade of the database.
    pub special: u32,
    /// Where the random moments come from.
    pub seed: u64,
}

/// Does all of it; the first loss ends it.
///
/// # Errors
/// What was lost or does not hold, and where the profile is kept.
pub async fn run(story: &Story, options: Options) -> Result<Report> {
    let begun = Instant::now();
    story.say(&format!("seed {}, {} kills", options.seed, options.kills));
    let served = Scratch::new("served")?;
    copy(&machine::dist()?, served.path())?;
    let mut site = Site::serve(served.path())?;
    let book = book::prepare(story, &site).await?;
    let tally = cycles::run(story, &site, &book, options).await?;
    let mut special = Vec::new();
    if options.special > 0 {
        special.push(import::run(story, &site, &book, options).await?);
        special.push(upgrade::run(story, &site, &book, options).await?);
        special.push(update::run(story, &mut site, served.path(), &book, options).await?);
    }
    Ok(Report { options, tally, special, took: begun.elapsed() })
}

/// The date in UTC of so many seconds since 1970.
#[must_use]
pub fn day(seconds: u64) -> String {
    let at = i64::try_from(seconds).unwrap_or_default() * 1000;
    sitebook_core::time::Stamp { at, tz: 0 }.date()
}
