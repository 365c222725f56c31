//! What keys refer to, and whether it fits: every rule that needs more than one place of the content.
//!
//! It must not parse or repair. What a procedure says is checked by the core, which the editor asks, too; what only files
//! have (forms, the handbook, lists) is checked here, beside the tree, to know the place of a mistake.

mod clause;
mod form;
mod handbook;
mod holidays;
mod places;
mod record;
mod sample;
mod whole;

use crate::gather::{Found, Gathered};
use crate::node::Node;
use crate::problem::Report;
use clause::Clauses;
pub(crate) use handbook::book;
use sitebook_core::template::Procedure;
use sitebook_core::template::check::{self, Keys};
use std::collections::BTreeSet;

/// A procedure and the keys that are known in it.
struct Listed<'a> {
    found: &'a Found<Procedure>,
    keys: Keys<'a>,
}

/// Checks everything that could be read.
pub(crate) fn check(all: &Gathered, report: &mut Report) {
    let clauses = Clauses::of(all, report);
    let around = places::around(all, clauses.known());
    let procedures: Vec<Listed<'_>> =
        all.procedures.iter().map(|found| Listed { found, keys: Keys::of_procedure(&found.says, &around) }).collect();
    for Listed { found, keys } in &procedures {
        places::ask(&found.node, report, |at, problems| {
            check::procedure(at, &found.says, keys, &around, problems);
            check::order(at, &found.says, &around, problems);
        });
    }
    for found in &all.forms {
        form::check(found, &procedures, all, &clauses, report);
    }
    for found in &all.records {
        record::check(found, &around, report);
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
