//! Parts of a spreadsheet in the making: a sheet that grows columns, and names that a sheet may have.

use super::sheets::SheetCell;
use std::collections::BTreeMap;

/// Longest name of a sheet, in UTF-16 units.
const LONGEST_NAME: usize = 31;

/// A sheet whose columns are found on the way: another version of a form may have others.
#[derive(Debug, Default)]
pub(super) struct Growing {
    pub title: String,
    pub columns: Vec<String>,
    places: BTreeMap<String, usize>,
    pub rows: Vec<Vec<SheetCell>>,
}

impl Growing {
    /// Begins a row.
    pub fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Puts a value under a heading, known by its key, in the last row.
    pub fn put(&mut self, key: &str, heading: String, cell: SheetCell) {
        let next = self.columns.len();
        let place = *self.places.entry(key.to_owned()).or_insert(next);
        if place == next {
            self.columns.push(heading);
        }
        if let Some(row) = self.rows.last_mut() {
            if row.len() <= place {
                row.resize(place + 1, SheetCell::Empty);
            }
            row[place] = cell;
        }
    }
}

/// Names of sheets that were given.
#[derive(Debug, Default)]
pub(super) struct Names(Vec<String>);

impl Names {
    /// A legal name as near to the wanted one as can be, which no sheet has yet; letters of any size are the same.
    pub fn take(&mut self, wanted: &str) -> String {
        let legal: String =
            wanted.chars().map(|c| if c.is_control() || "[]:*?/\\".contains(c) { ' ' } else { c }).collect();
        let legal = legal.trim_matches(|c: char| c.is_whitespace() || c == '\'');
        // Excel keeps this one for itself.
        let legal = if legal.is_empty() || legal.eq_ignore_ascii_case("history") { "Sheet" } else { legal };
        for count in 1.. {
            let tail = if count == 1 { String::new() } else { format!(" {count}") };
            let name = format!("{}{tail}", shortened(legal, LONGEST_NAME - tail.len()));
            let key = name.to_lowercase();
            if !self.0.contains(&key) {
                self.0.push(key);
                return name;
            }
        }
        String::new()
    }
}

/// The beginning of a text in at most so many UTF-16 units.
fn shortened(text: &str, units: usize) -> &str {
    let mut used = 0;
    for (at, letter) in text.char_indices() {
        used += letter.len_utf16();
        if used > units {
            return text[..at].trim_end_matches(|c: char| c.is_whitespace() || c == '\'');
        }
    }
    text
}
