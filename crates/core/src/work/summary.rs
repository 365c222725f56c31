//! The line of a record in lists, kept beside the record so that lists never read whole records.

use super::{Run, Scope, holds};
use crate::gathered::gathered;
use crate::json::fields::fields;
use crate::ledger::{Record, RecordKind, State};
use crate::template::Library;
use crate::text::Text;
use crate::value::Value;
use serde::Serialize;
use std::collections::BTreeMap;

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Record id.
    pub id: String,
    /// Kind of record.
    pub kind: RecordKind,
    /// Number, if it has one.
    pub number: Option<String>,
    /// Name, or the reported fault of an order.
    pub name: String,
    /// Second line.
    pub detail: String,
    /// Ids of the records it refers to, by field: `customer`, `site`, `order`, …
    pub refs: BTreeMap<String, String>,
    /// Open or closed.
    pub state: State,
    /// Declared void.
    pub void: bool,
    /// A customer of whom only the erasure is left.
    pub erased: bool,
    /// Fields and cells that two people changed without knowing of each other.
    pub conflicts: usize,
    /// Agreed time of an order; otherwise the latest change. Milliseconds since 1970.
    pub sort: i64,
    /// Latest change, milliseconds since 1970.
    pub updated: i64,
    /// When it was begun, milliseconds since 1970.
    pub begun: Option<i64>,
    /// Who began it.
    pub by: String,
    /// Progress of a visit.
    pub progress: Option<Progress>,
    /// Kind of work and severity of an order, as choice ids.
    pub tags: Vec<String>,
    /// Of a visit: the procedure that it runs. Of a version of a procedure: which one.
    pub procedure: Option<String>,
    /// Of a visit: that procedure's title.
    pub title: Option<Text>,
    /// Of a visit: the outcomes that it has reached.
    pub outcomes: Vec<String>,
}

fields!(Summary {
    id,
    kind,
    number or None,
    name,
    detail,
    refs,
    state,
    void,
    erased or false,
    conflicts or 0,
    sort,
    updated,
    begun or None,
    by or String::new(),
    progress or None,
    tags,
    procedure or None,
    title or None,
    outcomes or Vec::new(),
});

impl Summary {
    /// The agreed time of a work order, if there is one: without it, it is sorted by its latest change.
    pub fn agreed(&self) -> Option<i64> {
        (self.kind == RecordKind::Order && self.sort != self.updated).then_some(self.sort)
    }
}

/// How far a visit is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Progress {
    /// Binding steps done.
    pub done: usize,
    /// Binding steps in all.
    pub total: usize,
    /// Title of the stage that is next.
    pub stage: Option<Text>,
    /// Steps and gates overridden.
    pub deviations: usize,
}

fields!(Progress {
    done, total, stage or None, deviations
});

/// The line of a record. `scope` is given for visits.
pub fn summarise(record: &Record, library: &Library, scope: Option<&Scope<'_>>) -> Option<Summary> {
    let (kind, number) = match &record.created {
        Some(created) => (created.kind, created.number.clone()),
        // The tombstone of a customer stays in the list of customers.
        None if !record.erased.is_empty() => (RecordKind::Customer, None),
        None => return None,
    };
    let text = |field: &str| record.text(field).unwrap_or_default().to_owned();
    let template = library.record(kind);
    let refs = match kind {
        RecordKind::Visit => gathered([("order".to_owned(), text("visit.order"))]),
        _ => gathered(
            ["customer", "site", "contact", "asset"]
                .into_iter()
                .filter_map(|field| Some((field.to_owned(), record.text(field)?.to_owned()))),
        ),
    };
    let updated = record.updated.as_ref().map_or(0, |touch| touch.stamp().at);
    let agreed = record.value("agreed").and_then(Value::as_moment).map(|stamp| stamp.at);
    Some(Summary {
        id: record.id.to_string(),
        kind,
        number,
        name: template.map(|template| text(&template.name)).unwrap_or_default(),
        detail: template.and_then(|template| template.detail.as_deref()).map(text).unwrap_or_default(),
        refs,
        state: record.state(),
        void: record.is_void(),
        erased: record.created.is_none(),
        conflicts: record.conflicts(),
        sort: agreed.unwrap_or(updated),
        updated,
        begun: record.created.as_ref().map(|created| created.touch.stamp().at),
        by: record.created.as_ref().map(|created| created.touch.actor.clone()).unwrap_or_default(),
        progress: scope.map(progress),
        tags: ["kind", "severity"].into_iter().filter_map(|field| record.text(field)).map(str::to_owned).collect(),
        procedure: scope.map(|scope| scope.procedure.id.clone()).or_else(|| pinned(record)),
        title: scope.map(|scope| scope.procedure.title.clone()),
        outcomes: scope.map(reached).unwrap_or_default(),
    })
}

/// Of a version of a procedure: which one.
fn pinned(record: &Record) -> Option<String> {
    let created = record.created.as_ref().filter(|created| created.kind == RecordKind::Template)?;
    created.template.as_ref().map(|template| template.id.clone())
}

/// The outcomes that a run has reached. A run declared void has reached nothing.
fn reached(scope: &Scope<'_>) -> Vec<String> {
    if scope.visit.is_void() {
        return Vec::new();
    }
    let outcomes = scope.procedure.outcomes.iter().filter(|outcome| holds(&outcome.when, scope));
    outcomes.map(|outcome| outcome.id.clone()).collect()
}

fn progress(scope: &Scope<'_>) -> Progress {
    let run = Run::new(scope);
    let (done, total) = scope.procedure.stages.iter().fold((0, 0), |(done, total), stage| {
        let status = run.stage(stage);
        (done + status.done, total + status.total)
    });
    let stage = run.next().map(|(stage, _)| stage.title.clone());
    Progress { done, total, stage, deviations: run.deviations().len() }
}
