//! The lists of rows: what must be there, what is out of scope, what is known to be open.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::BTreeSet;

/// `docs/coverage-scope.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scope {
    scope: Vec<Group>,
    pub(super) out: Vec<Out>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    title: String,
    rows: Vec<String>,
}

/// Rows that somebody might look for, and why they are not here.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Out {
    pub(super) rows: Vec<String>,
    pub(super) reason: String,
}

impl Scope {
    /// The groups with their rows, ranges written out.
    pub(super) fn groups(&self) -> Result<Vec<(String, Vec<String>)>> {
        let each = self.scope.iter().map(|group| {
            let mut rows = Vec::new();
            for range in &group.rows {
                rows.extend(written_out(range)?);
            }
            Ok((group.title.clone(), rows))
        });
        let groups: Vec<(String, Vec<String>)> = each.collect::<Result<_>>()?;
        let mut seen = BTreeSet::new();
        for row in groups.iter().flat_map(|(_, rows)| rows) {
            if !seen.insert(row) {
                bail!("{row} stands twice in the scope");
            }
            if self.out.iter().any(|out| out.rows.contains(row)) {
                bail!("{row} is both in and out of scope");
            }
        }
        Ok(groups)
    }
}

/// `S01..S34` as its rows.
fn written_out(range: &str) -> Result<Vec<String>> {
    let Some((first, last)) = range.split_once("..") else { return Ok(vec![range.to_owned()]) };
    let digits = first.find(|c: char| c.is_ascii_digit()).with_context(|| format!("'{range}' has no number"))?;
    let (head, from) = first.split_at(digits);
    let to = last.strip_prefix(head).with_context(|| format!("both ends of '{range}' must begin alike"))?;
    let (start, end): (u32, u32) = (from.parse()?, to.parse()?);
    if start > end {
        bail!("'{range}' runs backwards");
    }
    Ok((start..=end).map(|number| format!("{head}{number:0width$}", width = from.len())).collect())
}

/// `docs/coverage-open.toml`: rows that are known to be missing. It only becomes shorter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Open {
    pub(super) rows: BTreeSet<String>,
}

impl Open {
    /// As a file.
    pub(super) fn text(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(|row| format!("  \"{row}\",\n")).collect();
        format!(
            "# Rows in scope that are known to be missing. This list only becomes shorter; `cargo xtask coverage \
             --write`\n# takes off what is there. `cargo xtask coverage --check` fails for a missing row that does \
             not stand here.\nrows = [\n{}]\n",
            rows.concat()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_written_out_with_its_zeros() -> Result<()> {
        assert_eq!(written_out("S08..S10")?, ["S08", "S09", "S10"]);
        assert_eq!(written_out("R-099..R-101")?, ["R-099", "R-100", "R-101"]);
        assert_eq!(written_out("N01")?, ["N01"]);
        Ok(())
    }

    #[test]
    fn a_range_that_makes_no_sense_is_refused() {
        for range in ["S10..S08", "S01..E03", "S..T", "S01..Sx"] {
            assert!(written_out(range).is_err(), "{range}");
        }
    }

    #[test]
    fn a_row_stands_once_and_not_also_outside() -> Result<()> {
        let out = "[[out]]\nrows = [\"S03\"]\nreason = \"x\"\n";
        let scope = |rows: &str| toml::from_str::<Scope>(&format!("{out}[[scope]]\ntitle = \"t\"\nrows = {rows}"));
        assert!(scope("[\"S01..S02\"]")?.groups().is_ok());
        assert!(scope("[\"S01..S02\", \"S02\"]")?.groups().is_err());
        assert!(scope("[\"S01..S03\"]")?.groups().is_err());
        Ok(())
    }

    #[test]
    fn the_list_of_open_rows_reads_back() -> Result<()> {
        let open = Open { rows: BTreeSet::from(["S01".to_owned(), "R-006".to_owned()]) };
        assert_eq!(toml::from_str::<Open>(&open.text())?.rows, open.rows);
        Ok(())
    }
}
