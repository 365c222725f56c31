//! What only the whole of the content can tell: which procedures and outcomes there are for others to name; programmes,
//! limits.
//!
//! It must not look into stages beyond the conditions that name another procedure.

use super::clause::Clauses;
use super::places;
use super::{unique, unique_ids};
use crate::gather::{Found, Gathered};
use crate::node::Node;
use crate::problem::Report;
use sitebook_core::calendar::{Freeze, Weekly};
use sitebook_core::template::check::{self, Keys, Other};
use sitebook_core::template::{CaptureKind, Limit, LimitKind, Operand, Programme};
use sitebook_core::text::{Lang, Text};
use sitebook_core::work::clock_window;

/// Checks everything that spans several documents.
pub(super) fn check(all: &Gathered, clauses: &Clauses<'_>, report: &mut Report) {
    let names: Vec<&str> = all.procedures.iter().map(|found| found.says.id.as_str()).collect();
    let known = |id: &str| known(all, id);
    for Found { node, says } in &all.procedures {
        places::ask(node, report, |at, problems| check::others(at, says, &known, &names, problems));
    }
    for found in &all.programmes {
        programme(found, all, (&known, &names), report);
    }
    let programmes = all.programmes.iter();
    unique(programmes.map(|found| (found.says.id.as_str(), found.node.at("id"))), "a programme", report);
    let keys = Keys::of_programme("", &places::around(all, None));
    for file in &all.limits {
        for (n, says) in file.says.limits.iter().enumerate() {
            limit(file.node.item("limit", n), says, clauses, report);
            stands_for(file.node.item("limit", n), says, &keys, report);
        }
    }
    let entries = all.limits.iter().flat_map(|file| {
        let limits = file.says.limits.iter().enumerate();
        limits.map(|(n, limit)| (limit.id.as_str(), file.node.item("limit", n).at("id")))
    });
    unique(entries, "a limit", report);
    let stands = all.limits.iter().flat_map(|file| {
        let limits = file.says.limits.iter().enumerate();
        limits
            .filter_map(|(n, limit)| Some((limit.stands_for.as_deref()?, file.node.item("limit", n).at("stands-for"))))
    });
    unique(stands, "a field that a limit stands in for", report);
}

/// What is known of the procedure with this id.
fn known(all: &Gathered, id: &str) -> Other {
    let found = all.procedures.iter().find(|found| found.says.id == id);
    match found {
        Some(found) => Other::Has(found.says.outcomes.iter().map(|outcome| outcome.id.clone()).collect()),
        None if all.lost_procedure => Other::Lost,
        None => Other::Unknown,
    }
}

/// What is known of other procedures, and the names of all, to offer the nearest.
type Others<'a> = (&'a dyn Fn(&str) -> Other, &'a [&'a str]);

fn programme(found: &Found<Programme>, all: &Gathered, (known, names): Others<'_>, report: &mut Report) {
    let Found { node, says } = found;
    let keys = Keys::of_programme(&says.id, &places::around(all, None));
    kinds(node, says, &keys, all, report);
    unique_ids(node.list("phase"), "a phase", report);
    for (n, phase) in says.phases.iter().enumerate() {
        let at = node.item("phase", n);
        for (n, item) in phase.items.iter().enumerate() {
            let at = at.item("item", n);
            places::ask(at, report, |at, problems| {
                check::other(&at.at("procedure"), &item.procedure, known, names, problems);
                if let Some(when) = &item.when {
                    check::condition(&at.at("when"), when, &keys, problems);
                    check::outcomes(&at.at("when"), when, known, names, problems);
                }
            });
        }
    }
}

/// The kinds of a programme are kinds of work order, and none belongs to two programmes.
fn kinds(node: &Node, says: &Programme, keys: &Keys<'_>, all: &Gathered, report: &mut Report) {
    for (n, kind) in says.kinds.iter().enumerate() {
        let at = node.item("kinds", n);
        if let Some(CaptureKind::Choice { options }) = keys.kind("order.kind")
            && !options.iter().any(|option| option.id == *kind)
        {
            report
                .at(at.place, format!("'{kind}' is no kind of work order"))
                .meant(kind, options.iter().map(|option| option.id.as_str()));
        }
        let other = all.programmes.iter().find(|other| other.says.id != says.id && other.says.kinds.contains(kind));
        if let Some(other) = other {
            report.at(at.place, format!("'{kind}' has two programmes")).why(format!("'{}' has it too", other.says.id));
        }
    }
}

/// A limit stands in for a field of the records around a run that can hold the same.
fn stands_for(node: &Node, limit: &Limit, keys: &Keys<'_>, report: &mut Report) {
    let Some(key) = &limit.stands_for else { return };
    let at = node.at("stands-for");
    if key.starts_with("limit.") {
        report.at(at.place, format!("'{key}' is a limit")).why("a limit stands in for a field of a basic record");
        return;
    }
    let Some(kind) = places::field(at, key, keys, report) else { return };
    let options = |kind: &CaptureKind| match kind {
        CaptureKind::Choice { options } => options.iter().map(|one| one.id.clone()).collect(),
        _ => Vec::new(),
    };
    let own = limit.field().kind;
    if std::mem::discriminant(kind) != std::mem::discriminant(&own) || options(kind) != options(&own) {
        let what = format!("'{}' cannot stand in for '{key}'", limit.id);
        report.at(at.place, what).why(format!(
            "'{key}' is {}; the limit must hold the same, a choice with the same options",
            places::called(kind)
        ));
    }
}

fn limit(node: &Node, limit: &Limit, clauses: &Clauses<'_>, report: &mut Report) {
    if limit.source != "(I)" && !limit.source.starts_with("R-") {
        clauses.check(node.at("source"), &limit.source, report);
    }
    let Some(default) = &limit.default else { return };
    if limit.blank.is_some() {
        report
            .at(node.at("blank").place, format!("'{}' has a default and is never blank", limit.id))
            .hint("leave out one of the two");
    }
    let at = node.at("default");
    let wrong = |what: Text, report: &mut Report| {
        report.at(at.place, format!("the default of '{}' does not fit", limit.id)).why(what.get(Lang::En));
    };
    match (&limit.kind, default) {
        (LimitKind::Number { min, max, .. }, Operand::Number(number)) => {
            let below = min.is_some_and(|min| *number < min);
            if below || max.is_some_and(|max| *number > max) {
                wrong(Text::of("不在范围内", "it is out of the limit's own range"), report);
            }
        }
        (LimitKind::ClockWindow, Operand::Field(words)) if clock_window(words).is_none() => {
            wrong(Text::of("格式不对", "a window is written 00:00-06:00"), report);
        }
        (LimitKind::Choice { options }, Operand::Field(words)) if !options.iter().any(|one| one.id == *words) => {
            wrong(Text::of("没有这个选项", "it is none of the options"), report);
        }
        (LimitKind::WeeklyHours, Operand::Field(words)) => {
            if let Err(error) = Weekly::parse(words) {
                wrong(error.words(), report);
            }
        }
        (LimitKind::Freeze, Operand::Field(words)) if Freeze::parse(words).is_err() => {
            wrong(Text::of("格式不对", "freeze periods are lines of dates with a reason"), report);
        }
        (LimitKind::Number { .. }, Operand::Field(_)) | (_, Operand::Number(_)) => {
            wrong(Text::of("类型不对", "a number has a number, everything else words"), report);
        }
        _ => {}
    }
}
