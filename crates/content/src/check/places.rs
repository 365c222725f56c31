//! The checker of the core, asked about files: a spot becomes a line and a column, words become those of the command
//! line.
//!
//! It must not have a rule of its own.

use crate::gather::Gathered;
use crate::node::{Data, Node};
use crate::problem::Report;
use sitebook_core::template::check::{self, Around, Keys, Part, Problems, Spot};
use sitebook_core::template::{CaptureKind, Predicate};
use sitebook_core::text::{Lang, Text};
use std::collections::BTreeSet;

/// What the keys of a document may name.
pub(super) fn around<'a>(all: &'a Gathered, clauses: Option<&BTreeSet<&'a str>>) -> Around<'a> {
    Around {
        records: all.records.iter().map(|found| &found.says).collect(),
        profile: all.profile.as_ref(),
        limits: all.limits.iter().flat_map(|file| &file.says.limits).collect(),
        lost_records: all.lost_records.clone(),
        forms: all.forms.iter().map(|found| &found.says).collect(),
        lost_forms: all.lost_forms.clone(),
        clauses: clauses.cloned(),
    }
}

/// Puts what was found below a node into the report.
pub(super) fn take(node: &Node, problems: Problems, report: &mut Report) {
    for problem in problems.finish() {
        let place = follow(node, &problem.spot).place;
        let draft = report.at(place, problem.what.get(Lang::En));
        draft.why(problem.why.get(Lang::En)).hint(problem.hint.get(Lang::En));
        if let Some(near) = &problem.near {
            draft.meant(&near.word, near.names.iter().map(String::as_str));
        }
    }
}

/// The place of a spot; the nearest one above it, if it is not written out.
fn follow<'a>(node: &'a Node, spot: &Spot) -> &'a Node {
    spot.parts().iter().fold(node, |node, part| match part {
        Part::Key(key) => node.at(key),
        Part::Either(one, other) => node.get(one).unwrap_or(node.at(other)),
        Part::Item(key, n) => node.item(key, *n),
        Part::Inside => node.entries().first().map_or(node, |entry| &entry.value),
        Part::Nth(n) => match &node.data {
            Data::List(items) => items.get(*n).unwrap_or(node),
            _ => node,
        },
    })
}

/// Asks the core about what stands at a node.
pub(super) fn ask<T>(node: &Node, report: &mut Report, ask: impl FnOnce(&Spot, &mut Problems) -> T) -> T {
    let mut problems = Problems::default();
    let answer = ask(&Spot::top(), &mut problems);
    take(node, problems, report);
    answer
}

/// Checks a condition.
pub(super) fn condition(node: &Node, predicate: &Predicate, keys: &Keys<'_>, report: &mut Report) {
    ask(node, report, |at, problems| check::condition(at, predicate, keys, problems));
}

/// The kind of the field with this key; reports when there is none.
pub(super) fn field<'a>(node: &Node, key: &str, keys: &Keys<'a>, report: &mut Report) -> Option<&'a CaptureKind> {
    ask(node, report, |at, problems| check::field(at, key, keys, problems))
}

/// The kind of the field with this key, if it fits; reports when not.
pub(super) fn field_of<'a>(
    node: &Node,
    key: &str,
    keys: &Keys<'a>,
    needs: &'static str,
    fits: impl Fn(&CaptureKind) -> bool,
    report: &mut Report,
) -> Option<&'a CaptureKind> {
    // What a form needs is said to its author only, who reads English.
    let needs = Text::of("", needs);
    ask(node, report, |at, problems| check::field_of(at, key, keys, &needs, fits, problems))
}

/// Reports a key that is no step.
pub(super) fn step(node: &Node, key: &str, keys: &Keys<'_>, report: &mut Report) {
    ask(node, report, |at, problems| check::step(at, key, false, keys, problems));
}

/// What a kind of capture is called.
pub(super) fn called(kind: &CaptureKind) -> String {
    check::called(kind).get(Lang::En).to_owned()
}
