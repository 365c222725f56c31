//! The outcome in words, for the screen and for `docs/reports`.

use super::{Options, Tally};
use sitebook_core::ledger::Change;
use std::fmt::Write;
use std::time::Duration;

/// Kills of one special kind.
#[derive(Debug, Clone)]
pub struct Special {
    /// In the middle of what.
    pub what: &'static str,
    /// How many.
    pub kills: u32,
    /// What was found.
    pub found: String,
}

/// Everything that a run has to tell.
#[derive(Debug, Clone)]
pub struct Report {
    /// What was asked for.
    pub options: Options,
    /// The long run.
    pub tally: Tally,
    /// The special kills.
    pub special: Vec<Special>,
    /// From begin to end.
    pub took: Duration,
}

/// One line about where a run stands.
#[must_use]
pub fn line(tally: &Tally) -> String {
    let Tally { kills, acknowledged, unannounced, early, .. } = tally;
    format!(
        "{kills} kills ({early} before the visit showed), {acknowledged} acknowledged entries, 0 lost, {unannounced} more on the disk"
    )
}

/// The name of a kind of change.
#[must_use]
pub fn kind(change: &Change) -> &'static str {
    match change {
        Change::Create { .. } => "record",
        Change::Set { .. } => "value",
        Change::RowAdd { .. } | Change::RowSet { .. } | Change::RowRemove { .. } | Change::RowRestore { .. } => "row",
        Change::Stamp { .. } => "stamp",
        Change::Attach { .. } => "photo",
        Change::Sign { .. } => "signature",
        Change::Withdraw { .. } => "withdrawal",
        _ => "other",
    }
}

impl Report {
    /// The page for `docs/reports`. `day` is its date.
    #[must_use]
    pub fn page(&self, day: &str) -> String {
        let Options { kills, special, seed } = self.options;
        let Tally { acknowledged, unannounced, early, pictures, .. } = self.tally;
        let mut page = format!("# Kills, {day}\n\n");
        let _ = writeln!(page, "`cargo xtask faults --kills {kills} --special {special} --seed {seed}`\n");
        let _ = writeln!(
            page,
            "The release build in {}, headless, with one profile through up to 25 kills. Each kill is SIGKILL to the browser's whole process group. After each, the database is read without the app and judged by the core in native code: the chain without a gap up to its head, each record the fold of its ops, each picture byte by byte, each pinned procedure by its digest; and what the screen had called saved is there with the values it had shown.\n",
            self.tally.engine
        );
        let _ = writeln!(page, "| what | number |\n|---|---|");
        let rows: [(&str, String); 7] = [
            ("kills while entries were made", self.tally.kills.to_string()),
            ("of them before the visit showed", early.to_string()),
            ("entries called saved before a kill", acknowledged.to_string()),
            ("**of them lost**", "**0**".to_owned()),
            ("entries on the disk before the screen could call them saved", unannounced.to_string()),
            ("pictures checked byte by byte", pictures.to_string()),
            ("duration", format!("{} min {} s", self.took.as_secs() / 60, self.took.as_secs() % 60)),
        ];
        for (what, number) in rows {
            let _ = writeln!(page, "| {what} | {number} |");
        }
        let _ = writeln!(page, "\n## What was under way at the kill\n\n| what | kills |\n|---|---|");
        for (what, kills) in &self.tally.under_way {
            let _ = writeln!(page, "| {what} | {kills} |");
        }
        let _ =
            writeln!(page, "\n## What was on the disk at the end of each book\n\n| kind of op | number |\n|---|---|");
        for (what, number) in &self.tally.changes {
            let _ = writeln!(page, "| {what} | {number} |");
        }
        if !self.special.is_empty() {
            let _ = writeln!(page, "\n## Special moments\n\n| in the middle of | kills | found |\n|---|---|---|");
            for Special { what, kills, found } in &self.special {
                let _ = writeln!(page, "| {what} | {kills} | {found} |");
            }
        }
        page.push_str("\nA killed process shows nothing about a loss of power: what has reached the system survives the process. That every transaction asks for strict durability is part of the store's contract.\n");
        page
    }
}
