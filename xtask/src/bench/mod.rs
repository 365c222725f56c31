//! Measures the built app and says so as a table: bytes of a first load, start, taps.
//!
//! Every figure says how it was taken. `--check` fails when a budget is broken.

mod checklists;
mod scale;
mod sizes;
mod timings;
mod webdriver;

use crate::{build, project::Project, setup};
use anyhow::{Result, bail};
use std::path::PathBuf;

/// Bytes of a first load, compressed.
const BUDGET_FIRST_LOAD: u64 = 350 * 1024;

/// Visits of a small and of a large book.
const BOOKS: [u32; 2] = [100, 10_000];

/// What the command line says about measuring.
pub struct Options {
    /// Fail when a budget is broken.
    pub gate: bool,
    /// How many taps are driven.
    pub taps: usize,
    /// How often each start is repeated; the median counts.
    pub runs: usize,
    /// Measure small and large books instead.
    pub scale: bool,
    /// Measure the checklist beside the floor and the peers instead.
    pub checklists: bool,
    /// A build that is there; `None`: build first.
    pub dir: Option<PathBuf>,
    /// Only the checklist with so many items, and only contestants whose names begin so.
    pub only: (Option<usize>, Option<String>),
}

/// Builds, then measures sizes and timings.
pub fn bench(project: &Project, options: &Options) -> Result<()> {
    let dist = match &options.dir {
        Some(dir) => dir.clone(),
        None => build::release(project)?,
    };
    setup::for_bench(project)?;
    if options.scale {
        print!("{}", scale::measure(project, &dist, &BOOKS)?);
        return Ok(());
    }
    if options.checklists {
        let report = checklists::measure(project, &dist, options)?;
        print!("{}", report.table());
        let broken = report.broken();
        if options.gate && !broken.is_empty() {
            bail!("grows with the procedure: {}", broken.join("; "));
        }
        return Ok(());
    }
    let sizes = sizes::measure(&dist)?;
    print!("{}", sizes.table(BUDGET_FIRST_LOAD));
    let timings = timings::measure(project, &dist, options)?;
    print!("\n{}", timings.table());
    gate(options.gate, sizes.first_load())
}

/// Measures the sizes of what lies in `dist`.
pub fn size(project: &Project, check: bool) -> Result<()> {
    let sizes = sizes::measure(&project.dist())?;
    print!("{}", sizes.table(BUDGET_FIRST_LOAD));
    gate(check, sizes.first_load())
}

fn gate(check: bool, first_load: u64) -> Result<()> {
    if check && first_load > BUDGET_FIRST_LOAD {
        bail!("a first load is {first_load} bytes, above the budget of {BUDGET_FIRST_LOAD}");
    }
    Ok(())
}
