//! Which rows of the inventory the content carries, and where: `docs/coverage-scope.toml` says which must be there,
//! `docs/coverage.md` shows where they are, `docs/coverage-open.toml` lists those that are known to be missing.
//!
//! A rule counts only when a rule test shows it firing and keeping quiet. It must not know what a row means.

mod carry;
mod scope;

use crate::project::Project;
use anyhow::{Context, Result, bail};
use carry::Carried;
use scope::{Open, Scope};
use sitebook_content::{load, read_rules, run_rules};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const SCOPE: &str = "docs/coverage-scope.toml";
const OPEN: &str = "docs/coverage-open.toml";
const TABLE: &str = "docs/coverage.md";

/// What to do with the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Print it.
    Print,
    /// Write it, and take rows that are there now off the list of open ones.
    Write,
    /// Fail when a row is missing that is not known to be open, or a list is out of date.
    Check,
}

/// Looks at every row in scope.
///
/// # Errors
/// When content or lists cannot be read; with [`Mode::Check`] also when they do not fit each other.
pub fn coverage(project: &Project, mode: Mode) -> Result<()> {
    let found = look(&project.root)?;
    match mode {
        Mode::Print => {
            print!("{}", found.table);
            println!("\n{}", found.line());
            for row in &found.missing {
                println!("missing: {row}: {}", found.carried.lacks(row));
            }
        }
        Mode::Write => {
            fs::write(project.root.join(TABLE), &found.table)?;
            let still = found.open.rows.intersection(&found.missing).cloned().collect();
            fs::write(project.root.join(OPEN), Open { rows: still }.text())?;
            println!("{}", found.line());
        }
        Mode::Check => {
            let old = fs::read_to_string(project.root.join(TABLE)).unwrap_or_default();
            let mut wrong = found.differences();
            if old != found.table {
                wrong.push(format!("{TABLE} is out of date: run `cargo xtask coverage --write` and commit it"));
            }
            if !wrong.is_empty() {
                bail!("{}", wrong.join("\n"));
            }
            println!("{}", found.line());
        }
    }
    Ok(())
}

/// What a look at the content found.
struct Found {
    table: String,
    carried: Carried,
    /// Rows in scope.
    rows: usize,
    missing: BTreeSet<String>,
    open: Open,
}

impl Found {
    fn line(&self) -> String {
        let there = self.rows - self.missing.len();
        format!("coverage: {there} of {} rows, {} open", self.rows, self.missing.len())
    }

    /// Rows that are missing though nobody said so, and rows listed as open that are none.
    fn differences(&self) -> Vec<String> {
        let lost = self.missing.difference(&self.open.rows).map(|row| {
            let lacks = self.carried.lacks(row);
            format!("{row} is in scope and missing: {lacks}")
        });
        let settled = self.open.rows.difference(&self.missing);
        let settled = settled.map(|row| format!("{row} is there now (or not in scope): take it off {OPEN}"));
        lost.chain(settled).collect()
    }
}

fn look(root: &Path) -> Result<Found> {
    let read = |name: &str| fs::read_to_string(root.join(name)).with_context(|| name.to_owned());
    let scope: Scope = toml::from_str(&read(SCOPE)?).with_context(|| SCOPE.to_owned())?;
    let open: Open = toml::from_str(&read(OPEN)?).with_context(|| OPEN.to_owned())?;
    let content = load(&root.join("content")).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("content/ has problems:\n{}", lines.join("\n"))
    })?;
    let verdict = run_rules(&content, &read_rules(&root.join("crates/content/tests/rules"))?);
    let carried = Carried::of(&content, &verdict, root)?;
    let groups = scope.groups()?;
    let all = groups.iter().flat_map(|(_, rows)| rows);
    let missing: BTreeSet<String> = all.clone().filter(|row| !carried.has(row)).cloned().collect();
    let rows = all.count();
    let table = table(&groups, &scope, &carried, (rows, missing.len()));
    Ok(Found { table, carried, rows, missing, open })
}

/// The table as a page.
fn table(
    groups: &[(String, Vec<String>)],
    scope: &Scope,
    carried: &Carried,
    (rows, missing): (usize, usize),
) -> String {
    let mut page = String::from(
        "# What the content carries\n\n\
         Made by `cargo xtask coverage --write`; do not edit. For every row of the inventory in scope \
         (`coverage-scope.toml`): the file, and the step, gate or deadline that carries it. A rule counts only when \
         a rule test (`crates/content/tests/rules`) shows it firing and keeping quiet.\n\n",
    );
    let _ = writeln!(page, "**{} of {rows} rows are there.**", rows - missing);
    for (title, rows) in groups {
        let is_rules = rows.iter().any(|row| row.starts_with("R-"));
        let _ = writeln!(page, "\n## {title}\n");
        page.push_str(if is_rules {
            "| Row | Carried by | Shown by |\n|---|---|---|\n"
        } else {
            "| Row | Carried by |\n|---|---|\n"
        });
        for row in rows {
            let by = carried.places(row).join("<br>");
            let by = if by.is_empty() { "**missing**" } else { &by };
            let _ = match (is_rules, carried.proofs(row).join("<br>")) {
                (false, _) => writeln!(page, "| {row} | {by} |"),
                (true, proofs) if proofs.is_empty() => writeln!(page, "| {row} | {by} | **no test** |"),
                (true, proofs) => writeln!(page, "| {row} | {by} | {proofs} |"),
            };
        }
    }
    page.push_str("\n## Out of scope\n\n");
    for out in &scope.out {
        let _ = writeln!(page, "- {}: {}", out.rows.join(", "), out.reason);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(missing: &[&str], open: &[&str]) -> Found {
        let set = |rows: &[&str]| rows.iter().map(|row| (*row).to_owned()).collect();
        Found {
            table: String::new(),
            carried: Carried::default(),
            rows: 9,
            missing: set(missing),
            open: Open { rows: set(open) },
        }
    }

    #[test]
    fn a_missing_row_must_be_listed_and_a_listed_row_must_be_missing() {
        assert!(found(&["S01"], &["S01"]).differences().is_empty());
        assert_eq!(found(&["S01", "S02"], &["S01"]).differences().len(), 1);
        let settled = found(&[], &["S01"]).differences();
        assert!(settled[0].contains("S01 is there now"), "{settled:?}");
    }

    #[test]
    fn a_row_that_nothing_carries_says_what_it_lacks() {
        let lost = found(&["R-006", "F-24", "S01"], &[]).differences().join("\n");
        assert!(lost.contains("no form of this number is listed by a procedure"), "{lost}");
        assert!(lost.contains("no step, gate or deadline has it in its rules"), "{lost}");
        assert!(lost.contains("no procedure has it in 'carries'"), "{lost}");
    }
}
