//! What keys refer to, and whether it fits: every rule that needs more than one place of the content.
//!
//! It must not parse or repair. It walks what a document says beside its tree, to know the place of a mistake.

mod capture;
mod clause;
mod cycle;
mod form;
mod handbook;
mod holidays;
mod lists;
mod lookup;
mod order;
mod predicate;
mod procedure;
mod record;
mod sample;
mod whole;

use crate::gather::{Found, Gathered};
use crate::keys::Keys;
use crate::node::Node;
use crate::problem::Report;
use clause::Clauses;
pub(crate) use handbook::book;
use sitebook_core::template::Procedure;
use std::collections::BTreeSet;

/// A procedure and the keys that are known in it.
struct Listed<'a> {
    found: &'a Found<Procedure>,
    keys: Keys<'a>,
}

/// Checks everything that could be read.
pub(crate) fn check(all: &Gathered, report: &mut Report) {
    let clauses = Clauses::of(all, report);
    let procedures: Vec<Listed<'_>> =
        all.procedures.iter().map(|found| Listed { found, keys: Keys::of_procedure(&found.says, all) }).collect();
    for Listed { found, keys } in &procedures {
        procedure::check(found, keys, all, &clauses, report);
        order::check(found, all, report);
    }
    for found in &all.forms {
        form::check(found, &procedures, all, &clauses, report);
    }
    for found in &all.records {
        record::check(found, all, report);
    }
    handbook::check(all, &clauses, report);
    if let Some(found) = &all.sample {
        sample::check(found, all, report);
    }
    if let Some(found) = &all.holidays {
        holidays::check(found, report);
    }
    whole::check(all, &clauses, report);
    let ids = all.procedures.iter();
    unique(ids.map(|found| (found.says.id.as_str(), found.node.at("id"))), "a procedure", report);
}

/// Reports every id that was there before.
fn unique<'a>(ids: impl IntoIterator<Item = (&'a str, &'a Node)>, called: &str, report: &mut Report) {
    let mut seen = BTreeSet::new();
    for (id, node) in ids {
        if !seen.insert(id) {
            report
                .at(node.place, format!("'{id}' is there twice"))
                .why(format!("{called} before it is called the same"));
        }
    }
}

/// Reports every `id` of a list of tables that was there before in the same list.
fn unique_ids(list: &[Node], called: &str, report: &mut Report) {
    let ids = list.iter().filter_map(|node| Some((node.words("id")?, node.at("id"))));
    unique(ids, called, report);
}
