//! Every field key that a condition, a form or a deadline may name, and what is captured under it.
//!
//! It must not know who asks: checks ask for a key and decide whether its kind fits.

use crate::gather::{Found, Gathered};
use sitebook_core::template::{Capture, CaptureKind, Choice, NAMESPACES, Procedure, RecordTemplate, VERDICTS};
use sitebook_core::text::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What the visit itself offers, filled by the app.
static VISIT: [(&str, CaptureKind); 5] = [
    ("number", WORDS),
    ("engineer", CaptureKind::Person),
    ("company", WORDS),
    ("created", CaptureKind::Moment),
    ("phone", CaptureKind::Phone),
];

const WORDS: CaptureKind = CaptureKind::Text { max: 500, long: false, phrases: Vec::new(), for_customer: false };

/// The app numbers work orders too.
static ORDER_NUMBER: CaptureKind = WORDS;

/// An item of a checklist answers like a tick.
static ITEM: CaptureKind = CaptureKind::Check;

/// An item of an inspection list.
static VERDICT: LazyLock<CaptureKind> = LazyLock::new(|| CaptureKind::Choice {
    options: VERDICTS.iter().map(|id| Choice { id: (*id).to_owned(), text: Text::same(id) }).collect(),
});
/// What was measured, and points.
static MEASURED: CaptureKind = CaptureKind::Number { unit: None, min: None, max: None, decimals: 6 };
static WORDS_OF_ITEM: CaptureKind = WORDS;

/// The keys that are known in one procedure or record template.
#[derive(Debug)]
pub(crate) struct Keys<'a> {
    /// In whose name messages speak: "the procedure field-visit".
    pub(crate) owner: String,
    fields: BTreeMap<String, &'a CaptureKind>,
    stages: BTreeSet<String>,
    steps: BTreeSet<String>,
    lost: &'a BTreeSet<String>,
}

/// What a key stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Known<'a> {
    /// A field, with its kind.
    Field(&'a CaptureKind),
    /// A step of the procedure.
    Step,
    /// A stage of the procedure.
    Stage,
    /// It belongs to a record template that could not be read: nobody can tell.
    Lost,
    /// Nothing has this key.
    Nothing,
}

impl<'a> Keys<'a> {
    /// The keys that a procedure's conditions and forms may name.
    pub(crate) fn of_procedure(procedure: &'a Procedure, all: &'a Gathered) -> Keys<'a> {
        let mut keys = Keys::new(format!("the procedure {}", procedure.id), all);
        for (field, kind) in &VISIT {
            keys.fields.insert(format!("visit.{field}"), kind);
        }
        for record in &all.records {
            keys.add_record(&record.says);
        }
        keys.fields.entry("order.number".to_owned()).or_insert(&ORDER_NUMBER);
        keys.add_limits(all);
        for stage in &procedure.stages {
            keys.stages.insert(stage.id.clone());
            for step in &stage.steps {
                let path = format!("{}.{}", stage.id, step.id);
                for capture in &step.captures {
                    keys.add(&path, capture);
                }
                keys.steps.insert(path);
            }
        }
        keys
    }

    /// The keys that a record template may name: its own, and those of the records that it refers to.
    pub(crate) fn of_record(record: &'a RecordTemplate, all: &'a Gathered) -> Keys<'a> {
        let mut keys = Keys::new(format!("the record template {}", record.id), all);
        keys.add_record(record);
        for field in &record.fields {
            if let CaptureKind::Ref { to, .. } = &field.kind {
                template(all, to).into_iter().for_each(|found| keys.add_record(&found.says));
            }
        }
        keys
    }

    fn new(owner: String, all: &'a Gathered) -> Keys<'a> {
        Keys {
            owner,
            fields: BTreeMap::new(),
            stages: BTreeSet::new(),
            steps: BTreeSet::new(),
            lost: &all.lost_records,
        }
    }

    /// The keys of a programme's conditions: there is no run yet, only the records around it and limits.
    pub(crate) fn of_programme(id: &str, all: &'a Gathered) -> Keys<'a> {
        let mut keys = Keys::new(format!("the programme {id}"), all);
        all.records.iter().for_each(|record| keys.add_record(&record.says));
        keys.add_limits(all);
        keys
    }

    fn add_limits(&mut self, all: &'a Gathered) {
        for field in all.profile.iter().flat_map(|profile| &profile.fields) {
            let id = field.id.strip_prefix("limit-").unwrap_or(&field.id);
            self.fields.insert(format!("limit.{id}"), &field.kind);
        }
    }

    fn add_record(&mut self, record: &'a RecordTemplate) {
        for field in &record.fields {
            self.add(&record.id, field);
        }
    }

    fn add(&mut self, path: &str, capture: &'a Capture) {
        let key = format!("{path}.{}", capture.id);
        match &capture.kind {
            CaptureKind::Checklist { items } => {
                for item in items {
                    self.fields.insert(format!("{key}.{}", item.id), &ITEM);
                }
            }
            CaptureKind::Verdicts { items, .. } => {
                for item in items {
                    self.fields.insert(format!("{key}.{}", item.id), &*VERDICT);
                    self.fields.insert(format!("{key}.{}.value", item.id), &MEASURED);
                    self.fields.insert(format!("{key}.{}.note", item.id), &WORDS_OF_ITEM);
                }
            }
            CaptureKind::Score { items, .. } => {
                for item in items {
                    self.fields.insert(format!("{key}.{}", item.id), &MEASURED);
                }
                self.fields.insert(format!("{key}.total"), &MEASURED);
            }
            _ => {}
        }
        self.fields.insert(key, &capture.kind);
    }

    /// What stands under a key.
    pub(crate) fn find(&self, key: &str) -> Known<'a> {
        let first = first_part(key);
        if let Some(kind) = self.fields.get(key) {
            Known::Field(kind)
        } else if self.steps.contains(key) {
            Known::Step
        } else if self.stages.contains(key) {
            Known::Stage
        } else if self.lost.contains(first) {
            Known::Lost
        } else {
            Known::Nothing
        }
    }

    /// The kind of a field; none if the key is no field.
    pub(crate) fn kind(&self, key: &str) -> Option<&'a CaptureKind> {
        self.fields.get(key).copied()
    }

    /// Whether a tally counts the rows of this table.
    pub(crate) fn is_tallied(&self, table: &str) -> bool {
        self.fields.values().any(|kind| matches!(kind, CaptureKind::Tally { of } if of == table))
    }

    /// All field keys.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(String::as_str)
    }

    /// All ids of steps and stages.
    pub(crate) fn places(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().chain(&self.stages).map(String::as_str)
    }

    /// Why there is no such field.
    pub(crate) fn why_not(&self, key: &str) -> String {
        let first = first_part(key);
        if first == "self" {
            "'self' means the stage only in a file of procedures/shared".to_owned()
        } else if NAMESPACES.contains(&first) && !self.has_namespace(first) {
            format!("{} does not see a record template '{first}'", self.owner)
        } else if NAMESPACES.contains(&first) {
            format!("'{first}' has no such field")
        } else {
            format!("{} has no such capture", self.owner)
        }
    }

    fn has_namespace(&self, name: &str) -> bool {
        self.fields().any(|key| first_part(key) == name && key != "order.number")
    }
}

/// The part before the first dot.
pub(crate) fn first_part(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}

/// Whether a key belongs to a stage, step or capture with this path.
pub(crate) fn is_within(key: &str, path: &str) -> bool {
    key.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The record template with this id.
pub(crate) fn template<'a>(all: &'a Gathered, id: &str) -> Option<&'a Found<RecordTemplate>> {
    all.records.iter().find(|found| found.says.id == id)
}

/// What a kind of capture is called.
pub(crate) fn called(kind: &CaptureKind) -> &'static str {
    match kind {
        CaptureKind::Check => "a tick",
        CaptureKind::Text { .. } => "a text",
        CaptureKind::Number { .. } => "a number",
        CaptureKind::Choice { .. } => "a choice",
        CaptureKind::Checklist { .. } => "a checklist",
        CaptureKind::Stamp { .. } => "a stamp",
        CaptureKind::Moment => "a moment",
        CaptureKind::Person => "a person",
        CaptureKind::Phone => "a phone number",
        CaptureKind::Rating { .. } => "a rating",
        CaptureKind::Photo { .. } => "photos",
        CaptureKind::Signature { .. } => "a signature",
        CaptureKind::Table { .. } => "a table",
        CaptureKind::Tally { .. } => "a tally",
        CaptureKind::Ref { .. } => "a reference",
        CaptureKind::Verdicts { .. } => "an inspection list",
        CaptureKind::Series { .. } => "a series of readings",
        CaptureKind::Score { .. } => "a list of points",
        CaptureKind::Computed { .. } => "a computed value",
        CaptureKind::Serial { .. } => "a number of a series",
    }
}
