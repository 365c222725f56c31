//! Stages that several procedures have in common: `use = "enter-room"` in a procedure takes the stage from
//! `procedures/shared/enter-room.toml`. The stage's own id may differ from the file's name.
//!
//! It works on trees, before anything is typed: after it, nothing knows that a stage was shared, except that its
//! places point into the shared file.

use crate::gather::set;
use crate::node::{Data, Node};
use crate::problem::Report;
use crate::shape::{self, walk};
use std::collections::{BTreeMap, BTreeSet};

/// The shared stages by name of file.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// The stage; none if its file could not be read.
    stages: BTreeMap<String, Option<Node>>,
    used: BTreeSet<String>,
}

impl Shared {
    /// Takes in a file of `procedures/shared/`: one stage, with the schema version at its top.
    pub(crate) fn add(&mut self, stem: &str, node: Option<Node>, report: &mut Report) {
        let stage = node.and_then(|node| {
            match node.get("schema") {
                Some(schema) => {
                    shape::schema(schema, report);
                }
                None => {
                    report.at(node.place, "a shared stage needs 'schema'");
                }
            }
            let mut stage = node;
            if let Data::Table(entries) = &mut stage.data {
                entries.retain(|entry| entry.key != "schema");
            }
            walk(&stage, &shape::STAGE, report).map(|_| stage)
        });
        self.stages.insert(stem.to_owned(), stage);
    }

    /// Reports stages that no procedure uses.
    pub(crate) fn report_unused(&self, report: &mut Report) {
        for (id, stage) in &self.stages {
            if let Some(stage) = stage.as_ref().filter(|_| !self.used.contains(id)) {
                report
                    .at(stage.place, format!("no procedure uses the stage '{id}'"))
                    .hint(format!("put '[[stage]]' with 'use = \"{id}\"' into one, or delete the file"));
            }
        }
    }
}

/// Replaces every `use` of a procedure by the shared stage. `None` when one is unknown or unreadable.
pub(crate) fn use_shared(mut procedure: Node, shared: &mut Shared, report: &mut Report) -> Option<Node> {
    let mut whole = true;
    if let Data::Table(entries) = &mut procedure.data {
        let stages = entries.iter_mut().filter(|entry| entry.key == "stage");
        for entry in stages {
            let Data::List(items) = &mut entry.value.data else {
                continue;
            };
            for item in items.iter_mut().filter(|item| item.get("use").is_some()) {
                match resolve(item, shared, report) {
                    Some(stage) => *item = stage,
                    None => whole = false,
                }
            }
        }
    }
    whole.then_some(procedure)
}

fn resolve(item: &Node, shared: &mut Shared, report: &mut Report) -> Option<Node> {
    for entry in item.entries() {
        if entry.key != "use" && entry.key != "id" {
            report
                .at(entry.place, format!("unknown key '{}'", entry.key))
                .why("a stage that is used from 'shared' has only the keys 'use' and 'id'");
        }
    }
    let Some(wanted) = item.words("use") else {
        let found = item.at("use");
        report.at(found.place, format!("expected the id of a shared stage, found {}", found.called()));
        return None;
    };
    let Some(stage) = shared.stages.get(wanted) else {
        report
            .at(item.at("use").place, format!("unknown shared stage '{wanted}'"))
            .why(format!("there is no procedures/shared/{wanted}.toml"))
            .meant(wanted, shared.stages.keys().map(String::as_str));
        return None;
    };
    shared.used.insert(wanted.to_owned());
    let mut stage = stage.clone()?;
    let mut id = match item.entries().iter().find(|entry| entry.key == "id") {
        Some(renamed) => renamed.clone(),
        None => stage.entries().iter().find(|entry| entry.key == "id")?.clone(),
    };
    if item.get("id").is_none() {
        // A second use of the same stage is a mistake of the procedure, not of the shared file.
        id.value.place = item.at("use").place;
    }
    set(&mut stage, id);
    let id = stage.words("id")?.to_owned();
    rewrite(&mut stage, &id);
    Some(stage)
}

/// Replaces `self.` at the beginning of field keys by the stage's id; texts for people stay.
fn rewrite(node: &mut Node, id: &str) {
    match &mut node.data {
        Data::Words(words) => {
            if let Some(rest) = words.strip_prefix("self.") {
                *words = format!("{id}.{rest}");
            }
        }
        Data::List(items) => items.iter_mut().for_each(|item| rewrite(item, id)),
        Data::Table(entries) => {
            for entry in entries.iter_mut().filter(|entry| entry.key != "zh" && entry.key != "en") {
                rewrite(&mut entry.value, id);
            }
        }
        Data::Whole(_) | Data::Real(_) | Data::Truth(_) | Data::Date => {}
    }
}
