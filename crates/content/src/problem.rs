//! What is wrong with the content, as values: where, what, why, and what to do about it.
//!
//! It must not know any rule of the language. Checks put problems in through [`Report`]; the library hands them
//! out sorted and without duplicates, and the command line and `build.rs` print them.

use crate::source::{Place, Sources};
use std::fmt;

/// One mistake in one content file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Path of the file, as it was given to the loader.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub what: String,
    /// Why it is wrong. May be empty.
    pub why: String,
    /// What to do about it. May be empty.
    pub hint: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { file, line, column, what, .. } = self;
        write!(out, "{file}:{line}:{column}: {what}")?;
        if !self.why.is_empty() {
            write!(out, " — {}", self.why)?;
        }
        if !self.hint.is_empty() {
            write!(out, "; {}", self.hint)?;
        }
        Ok(())
    }
}

/// A problem whose place is not yet turned into line and column.
#[derive(Debug)]
pub(crate) struct Draft {
    place: Place,
    what: String,
    why: String,
    hint: String,
}

impl Draft {
    /// Adds the reason.
    pub(crate) fn why(&mut self, why: impl Into<String>) -> &mut Draft {
        self.why = why.into();
        self
    }

    /// Adds what to do.
    pub(crate) fn hint(&mut self, hint: impl Into<String>) -> &mut Draft {
        self.hint = hint.into();
        self
    }

    /// Adds "did you mean" if one of the names is close to `word`.
    pub(crate) fn meant<'a>(&mut self, word: &str, names: impl IntoIterator<Item = &'a str>) -> &mut Draft {
        if let Some(near) = nearest(word, names) {
            self.hint = format!("did you mean '{near}'?");
        }
        self
    }
}

/// Collects problems of all files.
#[derive(Debug, Default)]
pub(crate) struct Report {
    drafts: Vec<Draft>,
}

impl Report {
    /// Notes a problem; reason and hint can be chained on.
    pub(crate) fn at(&mut self, place: Place, what: impl Into<String>) -> &mut Draft {
        let last = self.drafts.len();
        self.drafts.push(Draft { place, what: what.into(), why: String::new(), hint: String::new() });
        &mut self.drafts[last]
    }

    /// The problems in the order of files and lines, each once.
    pub(crate) fn finish(self, sources: &Sources) -> Vec<Problem> {
        let mut problems: Vec<Problem> = self
            .drafts
            .into_iter()
            .map(|draft| {
                let (file, line, column) = sources.position(draft.place);
                Problem { file, line, column, what: draft.what, why: draft.why, hint: draft.hint }
            })
            .collect();
        problems.sort();
        problems.dedup();
        problems
    }
}

/// The name that `word` was probably meant to be: at most one edit for every four characters away.
pub(crate) fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = ((word.chars().count() + 1) / 4).max(1);
    names
        .into_iter()
        .map(|name| (strsim::osa_distance(word, name), name))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_a_stranger_finds_none() {
        let names = ["confirm.call.at", "confirm.call.number", "arrive.now.at"];
        assert_eq!(nearest("confirm.cal.at", names), Some("confirm.call.at"), "one letter is missing");
        assert_eq!(nearest("elsewhere", names), None);
    }

    #[test]
    fn an_empty_reason_leaves_no_dash() {
        let problem = Problem {
            file: "a.toml".to_owned(),
            line: 1,
            column: 2,
            what: "wrong".to_owned(),
            why: String::new(),
            hint: "mend it".to_owned(),
        };
        assert_eq!(problem.to_string(), "a.toml:1:2: wrong; mend it");
    }
}
