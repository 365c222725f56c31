//! Reads, checks and compiles the content of Sitebook: the norms, forms and record templates that people write as
//! TOML and the app reads as JSON.
//!
//! The way of a file: [`Sources`] (texts) → `node` (a tree that knows its places) → `shape` (which keys, which
//! kinds of values) → `shared` (stages used by several procedures) → `gather` (typed documents) → `check` (what
//! keys refer to) → [`compile`]. It knows the language of `sitebook_core::template` and nothing of runs, records
//! or screens. Mistakes are values: every [`Problem`] of every file is reported, not only the first.

mod asset;
mod check;
mod compile;
mod gather;
mod node;
mod problem;
mod rules;
mod shape;
mod shared;
mod source;
mod words;

pub use asset::{Asset, assets};
pub use compile::compile;
pub use gather::Cited;
pub use problem::Problem;
pub use rules::{Fault, Proof, RuleFile, Verdict, read_rules, run_rules};
pub use source::{Source, Sources};

use problem::Report;
use sitebook_core::calendar::HolidayFile;
use sitebook_core::handbook::Handbook;
use sitebook_core::template::{Form, Limit, Procedure, Programme, RecordTemplate, SCHEMA, Sample};
use std::fmt;
use std::path::Path;

/// All content, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// The procedures, with shared stages, ticks and their forms put in.
    pub procedures: Vec<Procedure>,
    /// The forms.
    pub forms: Vec<Form>,
    /// The templates of basic records.
    pub records: Vec<RecordTemplate>,
    /// Which procedures each kind of work order runs.
    pub programmes: Vec<Programme>,
    /// The limits.
    pub limits: Vec<Limit>,
    /// The handbook; without chapters if there is none.
    pub handbook: Handbook,
    /// The records offered on first use; empty if there is no sample.
    pub sample: Sample,
    /// The public holidays; empty if there is no list.
    pub holidays: HolidayFile,
    /// The documents that clauses cite.
    pub cited: Vec<Cited>,
}

/// Reads and checks a content folder.
///
/// # Errors
/// Every problem of every file, in the order of files and lines.
pub fn load(dir: &Path) -> Result<Content, Vec<Problem>> {
    match source::read(dir) {
        Ok(sources) => load_sources(&sources),
        Err((file, error)) => Err(vec![Problem {
            file,
            line: 1,
            column: 1,
            what: "cannot be read".to_owned(),
            why: error.to_string(),
            hint: String::new(),
        }]),
    }
}

/// Checks content that is already in memory.
///
/// # Errors
/// Every problem of every file, in the order of files and lines.
pub fn load_sources(sources: &Sources) -> Result<Content, Vec<Problem>> {
    let mut report = Report::default();
    let all = gather::gather(sources, &mut report);
    check::check(&all, &mut report);
    let problems = report.finish(sources);
    if !problems.is_empty() {
        return Err(problems);
    }
    let handbook = check::book(&all.chapters);
    let limits = all.all_limits();
    let forms: Vec<Form> = all.forms.into_iter().map(|found| found.says).collect();
    let with_forms = |mut procedure: Procedure| {
        let form = |id: &String| forms.iter().find(|form| form.id == *id).cloned();
        procedure.papers = procedure.forms.iter().filter_map(form).collect();
        procedure
    };
    Ok(Content {
        handbook,
        procedures: all.procedures.into_iter().map(|found| with_forms(found.says)).collect(),
        programmes: all.programmes.into_iter().map(|found| found.says).collect(),
        limits,
        forms,
        records: all.records.into_iter().map(|found| found.says).collect(),
        sample: all.sample.map_or_else(|| Sample { schema: SCHEMA, records: Vec::new() }, |found| found.says),
        holidays: all.holidays.map_or_else(|| HolidayFile { schema: SCHEMA, days: Vec::new() }, |found| found.says),
        cited: all.cited.map(|found| found.says.sources).unwrap_or_default(),
    })
}

/// The JSON Schema of content files, for editors: `public/schema/content-1.json`.
pub fn json_schema() -> String {
    shape::json_schema()
}

/// Every key, kind, condition and choice of words that the guide to the language must explain.
pub fn vocabulary() -> std::collections::BTreeSet<&'static str> {
    shape::vocabulary()
}

/// How much content there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Procedures.
    pub procedures: usize,
    /// Stages of all procedures; a shared stage counts in each.
    pub stages: usize,
    /// Steps of all stages.
    pub steps: usize,
    /// Gates before stages, steps and closing.
    pub gates: usize,
    /// Forms.
    pub forms: usize,
    /// Templates of basic records.
    pub records: usize,
    /// Entries of the handbook.
    pub entries: usize,
    /// Phrases of the handbook.
    pub phrases: usize,
}

impl Content {
    /// Counts what there is.
    pub fn counts(&self) -> Counts {
        let stages = || self.procedures.iter().flat_map(|procedure| &procedure.stages);
        let steps = || stages().flat_map(|stage| &stage.steps);
        let closing: usize = self.procedures.iter().map(|one| one.close.len()).sum();
        let before_stages: usize = stages().map(|stage| stage.gates.len()).sum();
        let before_steps: usize = steps().map(|step| step.gates.len()).sum();
        Counts {
            procedures: self.procedures.len(),
            stages: stages().count(),
            steps: steps().count(),
            gates: closing + before_stages + before_steps,
            forms: self.forms.len(),
            records: self.records.len(),
            entries: self.handbook.entries().count(),
            phrases: self.handbook.phrases().count(),
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { procedures, stages, steps, gates, forms, records, entries, phrases } = self;
        write!(
            out,
            "{procedures} procedures, {stages} stages, {steps} steps, {gates} gates, {forms} forms, {records} records, \
             {entries} entries, {phrases} phrases"
        )
    }
}
