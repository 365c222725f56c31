//! What only the whole of the content can tell: outcomes that other procedures wait for, procedures that steps start,
//! programmes, limits.
//!
//! It must not look into stages beyond the conditions that name another procedure.

use super::clause::Clauses;
use super::predicate;
use super::{unique, unique_ids};
use crate::gather::{Found, Gathered};
use crate::keys::Keys;
use crate::node::Node;
use crate::problem::Report;
use sitebook_core::calendar::{Freeze, Weekly};
use sitebook_core::template::{
    CLOSED, CaptureKind, Gate, Limit, LimitKind, Operand, Predicate, Procedure, Programme, STARTED,
};
use sitebook_core::text::{Lang, Text};
use sitebook_core::work::clock_window;

/// Checks everything that spans several documents.
pub(super) fn check(all: &Gathered, clauses: &Clauses<'_>, report: &mut Report) {
    for Found { node, says } in &all.procedures {
        procedure(node, says, all, report);
    }
    for found in &all.programmes {
        programme(found, all, report);
    }
    let programmes = all.programmes.iter();
    unique(programmes.map(|found| (found.says.id.as_str(), found.node.at("id"))), "a programme", report);
    for file in &all.limits {
        for (n, says) in file.says.limits.iter().enumerate() {
            limit(file.node.item("limit", n), says, clauses, report);
        }
    }
    let entries = all.limits.iter().flat_map(|file| {
        let limits = file.says.limits.iter().enumerate();
        limits.map(|(n, limit)| (limit.id.as_str(), file.node.item("limit", n).at("id")))
    });
    unique(entries, "a limit", report);
}

fn procedure(node: &Node, procedure: &Procedure, all: &Gathered, report: &mut Report) {
    unique_ids(node.list("outcome"), "an outcome", report);
    for (n, outcome) in procedure.outcomes.iter().enumerate() {
        if [STARTED, CLOSED].contains(&outcome.id.as_str()) {
            report
                .at(node.item("outcome", n).at("id").place, format!("every procedure has the outcome '{}'", outcome.id))
                .hint("give it another id");
        }
    }
    let mut ask = |node: &Node, predicate: &Predicate| outcomes(node, predicate, all, report);
    let gates = |at: &Node, name: &str, gates: &[Gate], ask: &mut dyn FnMut(&Node, &Predicate)| {
        for (n, gate) in gates.iter().enumerate() {
            let at = at.item(name, n);
            ask(at.at("needs"), &gate.needs);
            gate.when.iter().for_each(|when| ask(at.at("when"), when));
        }
    };
    for (s, stage) in procedure.stages.iter().enumerate() {
        let at = node.item("stage", s);
        stage.when.iter().for_each(|when| ask(at.at("when"), when));
        gates(at, "gate", &stage.gates, &mut ask);
        for (n, step) in stage.steps.iter().enumerate() {
            let at = at.item("step", n);
            step.when.iter().for_each(|when| ask(at.at("when"), when));
            gates(at, "gate", &step.gates, &mut ask);
            for (n, capture) in step.captures.iter().enumerate() {
                capture.when.iter().for_each(|when| ask(at.item("capture", n).at("when"), when));
            }
        }
    }
    gates(node, "close", &procedure.close, &mut ask);
    for (n, deadline) in procedure.deadlines.iter().enumerate() {
        let at = node.item("deadline", n);
        ask(at.at("until"), &deadline.until);
        deadline.when.iter().for_each(|when| ask(at.at("when"), when));
    }
    for (s, stage) in procedure.stages.iter().enumerate() {
        for (n, step) in stage.steps.iter().enumerate() {
            let at = node.item("stage", s).item("step", n);
            for (n, starts) in step.starts.iter().enumerate() {
                known(at.item("starts", n).at("procedure"), &starts.procedure, all, report);
            }
        }
    }
}

/// The procedure with this id; reports when there is none.
fn known<'a>(node: &Node, id: &str, all: &'a Gathered, report: &mut Report) -> Option<&'a Procedure> {
    let found = all.procedures.iter().find(|found| found.says.id == id);
    if found.is_none() && !all.lost_procedure {
        report
            .at(node.place, format!("unknown procedure '{id}'"))
            .meant(id, all.procedures.iter().map(|found| found.says.id.as_str()));
    }
    found.map(|found| &found.says)
}

fn outcomes(node: &Node, predicate: &Predicate, all: &Gathered, report: &mut Report) {
    predicate.outcomes(&mut |of, is| {
        let Some(other) = known(node, of, all, report) else { return };
        if ![STARTED, CLOSED].contains(&is) && !other.outcomes.iter().any(|outcome| outcome.id == is) {
            let names = || other.outcomes.iter().map(|outcome| outcome.id.as_str()).chain([STARTED, CLOSED]);
            report
                .at(node.place, format!("the procedure '{of}' has no outcome '{is}'"))
                .why(format!("it has '{}'", names().collect::<Vec<_>>().join("', '")))
                .meant(is, names());
        }
    });
}

fn programme(found: &Found<Programme>, all: &Gathered, report: &mut Report) {
    let Found { node, says } = found;
    let keys = Keys::of_programme(&says.id, all);
    kinds(node, says, &keys, all, report);
    unique_ids(node.list("phase"), "a phase", report);
    for (n, phase) in says.phases.iter().enumerate() {
        let at = node.item("phase", n);
        for (n, item) in phase.items.iter().enumerate() {
            let at = at.item("item", n);
            known(at.at("procedure"), &item.procedure, all, report);
            if let Some(when) = &item.when {
                predicate::check(at.at("when"), when, &keys, report);
                outcomes(at.at("when"), when, all, report);
            }
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

fn limit(node: &Node, limit: &Limit, clauses: &Clauses<'_>, report: &mut Report) {
    if limit.source != "(I)" && !limit.source.starts_with("R-") {
        clauses.check(node.at("source"), &limit.source, report);
    }
    let Some(default) = &limit.default else { return };
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
