//! From texts to typed documents: sorts the files by what they are, puts shared stages in, reads each document.
//!
//! It must not judge what keys refer to; that needs all documents and is the job of `check`.

use crate::node::{Data, Entry, Node};
use crate::problem::Report;
use crate::shape::{self, Shape, walk};
use crate::shared::{Shared, use_shared};
use crate::source::{Place, Sources};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sitebook_core::calendar::HolidayFile;
use sitebook_core::handbook::Chapter;
use sitebook_core::template::{
    Capture, CaptureKind, Form, Level, Limit, Procedure, Programme, RecordTemplate, Sample, profile_template,
};
use sitebook_core::text::Text;
use std::collections::BTreeSet;

/// A document as a tree with places, and as what it says.
#[derive(Debug)]
pub(crate) struct Found<T> {
    /// The tree; walk it beside `says` to find the place of anything.
    pub(crate) node: Node,
    /// The content.
    pub(crate) says: T,
}

/// A document that clauses may cite: one entry of `sources.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Cited {
    /// First word of a clause.
    pub short: String,
    /// Title of the document.
    pub title: Text,
}

#[derive(Debug, Deserialize)]
pub(crate) struct CitedList {
    #[serde(rename = "source")]
    pub(crate) sources: Vec<Cited>,
}

/// A file of limits.
#[derive(Debug, Deserialize)]
pub(crate) struct LimitList {
    #[serde(rename = "limit")]
    pub(crate) limits: Vec<Limit>,
}

/// Every document that could be read, and the names of those that could not.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    pub(crate) procedures: Vec<Found<Procedure>>,
    pub(crate) forms: Vec<Found<Form>>,
    pub(crate) records: Vec<Found<RecordTemplate>>,
    pub(crate) programmes: Vec<Found<Programme>>,
    pub(crate) limits: Vec<Found<LimitList>>,
    /// The template of the profile, made of the limits.
    pub(crate) profile: Option<RecordTemplate>,
    pub(crate) chapters: Vec<Found<Chapter>>,
    pub(crate) sample: Option<Found<Sample>>,
    pub(crate) holidays: Option<Found<HolidayFile>>,
    pub(crate) cited: Option<Found<CitedList>>,
    /// There is a list of sources, readable or not.
    pub(crate) has_sources: bool,
    /// Some procedure could not be read: nobody can tell what it lists or uses.
    pub(crate) lost_procedure: bool,
    /// Some chapter of the handbook could not be read: nobody can tell what it defines.
    pub(crate) lost_chapter: bool,
    /// Ids of forms that exist but could not be read.
    pub(crate) lost_forms: BTreeSet<String>,
    /// Kinds of records whose template exists but could not be read.
    pub(crate) lost_records: BTreeSet<String>,
}

impl Gathered {
    /// The limits of all files.
    pub(crate) fn all_limits(&self) -> Vec<Limit> {
        self.limits.iter().flat_map(|file| file.says.limits.iter().cloned()).collect()
    }
}

/// What a file is, told by its path.
enum Kind {
    Shared,
    Procedure,
    Form,
    Record,
    Programme,
    Limits,
    Chapter,
    Sample,
    Holidays,
    Sources,
    Unknown,
}

fn kind(path: &str) -> Kind {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["procedures", "shared", ..] => Kind::Shared,
        ["procedures", ..] => Kind::Procedure,
        ["forms", _] => Kind::Form,
        ["records", _] => Kind::Record,
        ["programmes", _] => Kind::Programme,
        ["profiles", file] if file.starts_with("limits") => Kind::Limits,
        ["handbook", _] => Kind::Chapter,
        ["sample.toml"] => Kind::Sample,
        ["profiles", "holidays.toml"] => Kind::Holidays,
        ["sources.toml"] => Kind::Sources,
        _ => Kind::Unknown,
    }
}

/// Reads all documents.
pub(crate) fn gather(sources: &Sources, report: &mut Report) -> Gathered {
    let mut all = Gathered::default();
    let mut shared = Shared::default();
    let mut procedures = Vec::new();
    for (file, source) in sources.files.iter().enumerate() {
        let node = Node::parse(file, &source.text, report);
        let stem = stem(&source.path);
        match kind(&source.path) {
            Kind::Shared => shared.add(stem, node, report),
            Kind::Procedure => procedures.push((stem, node)),
            Kind::Form => match read(node, stem, &shape::FORM, report) {
                Some(form) => all.forms.push(form),
                None => {
                    all.lost_forms.insert(stem.to_ascii_uppercase());
                }
            },
            Kind::Record => match read(node, stem, &shape::RECORD, report) {
                Some(record) => all.records.push(record),
                None => {
                    all.lost_records.insert(stem.to_owned());
                }
            },
            Kind::Programme => all.programmes.extend(read(node, stem, &shape::PROGRAMME, report)),
            Kind::Limits => all.limits.extend(node.and_then(|node| decode(node, &shape::LIMITS, report))),
            Kind::Chapter => match read(node, stem, &shape::CHAPTER, report) {
                Some(chapter) => all.chapters.push(chapter),
                None => all.lost_chapter = true,
            },
            Kind::Sample => {
                all.sample = node.and_then(|node| decode(node, &shape::SAMPLE, report));
            }
            Kind::Holidays => {
                all.holidays = node.and_then(|node| decode(node, &shape::HOLIDAYS, report));
            }
            Kind::Sources => {
                all.has_sources = true;
                all.cited = node.and_then(|node| decode(node, &shape::SOURCES, report));
            }
            Kind::Unknown => {
                report.at(Place { file, offset: 0 }, "nothing reads this file").why(
                    "content is procedures/**, forms/*, records/*, handbook/*, programmes/*, \
                     profiles/limits*, profiles/holidays.toml, sample.toml and sources.toml",
                );
            }
        }
    }
    for (stem, node) in procedures {
        let node = node.and_then(|node| use_shared(node, &mut shared, report));
        match read(node, stem, &shape::PROCEDURE, report) {
            Some(procedure) => all.procedures.push(with_ticks(procedure)),
            None => all.lost_procedure = true,
        }
    }
    if !all.lost_procedure {
        shared.report_unused(report);
    }
    all.profile = Some(profile_template(&all.all_limits()));
    all
}

/// The file's name without folder and ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}

/// Reads a document whose file is named after its id.
fn read<T: DeserializeOwned>(node: Option<Node>, stem: &str, shape: &Shape, report: &mut Report) -> Option<Found<T>> {
    let node = node?;
    check_name(&node, stem, report);
    decode(node, shape, report)
}

/// Checks that a file is named after the id in it, so that people and links find it.
fn check_name(node: &Node, stem: &str, report: &mut Report) {
    if let Some(id) = node.words("id").filter(|id| id.to_ascii_lowercase() != stem) {
        let name = id.to_ascii_lowercase();
        report
            .at(node.at("id").place, format!("the id '{id}' does not fit the file's name '{stem}.toml'"))
            .hint(format!("call the file '{name}.toml' or change the id"));
    }
}

fn decode<T: DeserializeOwned>(node: Node, shape: &Shape, report: &mut Report) -> Option<Found<T>> {
    let json = walk(&node, shape, report)?;
    match serde_json::from_value(json) {
        Ok(says) => Some(Found { node, says }),
        Err(error) => {
            report
                .at(node.place, format!("the core cannot read it: {error}"))
                .why("the checker's table of keys (crates/content/src/shape) is out of date");
            None
        }
    }
}

/// Gives a step that captures nothing its tick.
fn with_ticks(mut procedure: Found<Procedure>) -> Found<Procedure> {
    for step in procedure.says.stages.iter_mut().flat_map(|stage| &mut stage.steps) {
        if step.captures.is_empty() {
            step.captures.push(tick(step.level));
        }
    }
    procedure
}

fn tick(level: Level) -> Capture {
    Capture {
        id: "done".to_owned(),
        label: match level {
            Level::Must | Level::Should => Text::of("已完成", "Done"),
            Level::MustNot => Text::of("确认没有这样做", "Confirmed: not done"),
        },
        hint: None,
        required: true,
        when: None,
        suggest: None,
        kind: CaptureKind::Check,
    }
}

/// Puts an entry into a table, in the place of one with the same key.
pub(crate) fn set(node: &mut Node, entry: Entry) {
    if let Data::Table(entries) = &mut node.data {
        entries.retain(|old| old.key != entry.key);
        entries.push(entry);
    }
}
