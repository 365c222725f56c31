//! What keys refer to, and whether it fits: the rules that make a procedure one that can be run.
//!
//! There is one checker. The content compiler asks it about files and turns a [`Spot`] into file, line and column; the
//! editor asks it about what is being written and turns the same spot into a stage and a step. It must not know TOML,
//! files or screens.

mod capture;
mod computed;
mod cycle;
mod keys;
mod lists;
mod lookup;
mod order;
mod others;
mod predicate;
mod procedure;
pub mod shape;
mod spot;

pub use capture::capture;
pub use keys::{Keys, Known, called, first_part, is_within};
pub use lookup::{field, field_of, has_rows, is_number, is_time, is_words, step};
pub use order::order;
pub use others::{Other, other, others, outcomes};
pub use predicate::condition;
pub use procedure::procedure;
pub use shape::{is_id, is_key, shape};
pub use spot::{Near, Part, Problem, Problems, Spot};

use super::{Form, Library, Limit, Procedure, RecordTemplate};
use std::collections::BTreeSet;

/// What stands around a procedure or a record template: everything that its keys may name.
#[derive(Debug, Clone, Default)]
pub struct Around<'a> {
    /// The templates of basic records.
    pub records: Vec<&'a RecordTemplate>,
    /// The template of the profile, made of the limits.
    pub profile: Option<&'a RecordTemplate>,
    /// The limits themselves.
    pub limits: Vec<&'a Limit>,
    /// Kinds of records whose template exists but could not be read: nobody can tell what they have.
    pub lost_records: BTreeSet<String>,
    /// The forms that there are.
    pub forms: Vec<&'a Form>,
    /// Ids of forms that exist but could not be read.
    pub lost_forms: BTreeSet<String>,
    /// The documents that a clause may begin with; `None` where any document may be cited.
    pub clauses: Option<BTreeSet<&'a str>>,
}

impl<'a> Around<'a> {
    /// What stands around a procedure of the team: the records and limits of this build, and the forms that it brings
    /// along. A team cites documents of its own, so any will do.
    pub fn of(library: &'a Library, procedure: &'a Procedure) -> Around<'a> {
        let profile = library.records.get(PROFILE);
        let records = library.records.values().filter(|record| record.id != PROFILE);
        let (records, forms) = (records.collect(), procedure.papers.iter().collect());
        Around { records, profile, limits: library.limits.values().collect(), forms, ..Around::default() }
    }

    fn record(&self, id: &str) -> Option<&'a RecordTemplate> {
        self.records.iter().find(|record| record.id == id).copied()
    }
}

/// The kind of record that keeps the limits.
const PROFILE: &str = "profile";

/// Everything that keeps a procedure from being run, in the order of the procedure.
pub fn check(procedure: &Procedure, library: &Library) -> Vec<Problem> {
    let around = Around::of(library, procedure);
    let keys = Keys::of_procedure(procedure, &around);
    let mut problems = Problems::default();
    let top = Spot::top();
    shape(&top, procedure, &mut problems);
    self::procedure(&top, procedure, &keys, &around, &mut problems);
    order(&top, procedure, &around, &mut problems);
    let known = |id: &str| {
        // Its own runs can wait for each other, too: another day's, another site's.
        if id == procedure.id {
            return Other::Has(procedure.outcomes.iter().map(|outcome| outcome.id.clone()).collect());
        }
        let line = library.catalogue.get(id);
        line.map_or(Other::Unknown, |line| Other::Has(line.outcomes.iter().map(|one| one.id.clone()).collect()))
    };
    let names: Vec<&str> = library.catalogue.keys().map(String::as_str).collect();
    others(&top, procedure, &known, &names, &mut problems);
    problems.finish()
}

/// Checks a clause, or several with `;` between them: the first word of each is a known document.
pub fn clause(at: &Spot, clause: &str, around: &Around<'_>, problems: &mut Problems) {
    use crate::text::Text;
    let Some(known) = &around.clauses else { return };
    for part in clause.split([';', '；']) {
        let short = part.split_whitespace().next().unwrap_or_default();
        if !known.contains(short) {
            problems
                .at(at, Text::of("没有“{0}”这份文件", "unknown document '{0}'").with(&[short]))
                .why(Text::of(
                    "条款以 sources.toml 里的简称开头",
                    "a clause begins with a short name of 'sources.toml'",
                ))
                .meant(short, known.iter().copied());
        }
    }
}
