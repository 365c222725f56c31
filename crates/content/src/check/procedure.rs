//! Procedures: ids, stages, steps, gates, deadlines, and the forms they list.
//!
//! It must not look into a capture; that is `capture`.

use super::capture::{self, Scope};
use super::clause::Clauses;
use super::lists::within;
use super::lookup::{field_of, is_time, step as step_exists};
use super::predicate::{check as condition, check_when};
use super::{cycle, unique, unique_ids};
use crate::gather::{Found, Gathered};
use crate::keys::{Keys, is_within};
use crate::node::Node;
use crate::problem::Report;
use sitebook_core::template::{ColumnKind, Deadline, Gate, Level, NAMESPACES, Procedure, Stage};

/// What the checks of one procedure share.
struct Context<'a> {
    procedure: &'a Procedure,
    keys: &'a Keys<'a>,
    all: &'a Gathered,
    clauses: &'a Clauses<'a>,
}

/// Checks a procedure.
pub(super) fn check(
    found: &Found<Procedure>,
    keys: &Keys<'_>,
    all: &Gathered,
    clauses: &Clauses<'_>,
    report: &mut Report,
) {
    let Found { node, says: procedure } = found;
    let context = Context { procedure, keys, all, clauses };
    clauses.check_list(node, &procedure.sources, report);
    forms(node, procedure, all, report);
    unique_ids(node.list("stage"), "a stage", report);
    for (n, stage) in procedure.stages.iter().enumerate() {
        context.stage(node.item("stage", n), stage, report);
    }
    unique_ids(node.list("deadline"), "a deadline", report);
    for (n, deadline) in procedure.deadlines.iter().enumerate() {
        context.deadline(node.item("deadline", n), deadline, report);
    }
    for (n, outcome) in procedure.outcomes.iter().enumerate() {
        condition(node.item("outcome", n).at("when"), &outcome.when, keys, report);
    }
    unique_ids(node.list("close"), "a gate", report);
    for (n, gate) in procedure.close.iter().enumerate() {
        context.gate(node.item("close", n), gate, report);
    }
    cycle::check(node, procedure, report);
}

fn forms(node: &Node, procedure: &Procedure, all: &Gathered, report: &mut Report) {
    let ids = || all.forms.iter().map(|form| form.says.id.as_str());
    let listed = procedure.forms.iter().enumerate();
    unique(listed.clone().map(|(n, id)| (id.as_str(), node.item("forms", n))), "a form", report);
    for (n, id) in listed {
        if !all.lost_forms.contains(id) && !ids().any(|known| known == id) {
            report
                .at(node.item("forms", n).place, format!("unknown form '{id}'"))
                .why(format!("there is no forms/{}.toml", id.to_ascii_lowercase()))
                .meant(id, ids());
        }
    }
}

impl Context<'_> {
    fn stage(&self, node: &Node, stage: &Stage, report: &mut Report) {
        let id = stage.id.as_str();
        if NAMESPACES.contains(&id) || id == "self" {
            report
                .at(node.at("id").place, format!("a stage must not be called '{id}'"))
                .why("keys that begin with it mean something else");
        }
        check_when(node, stage.when.as_ref(), id, self.keys, report);
        unique_ids(node.list("gate"), "a gate", report);
        for (n, gate) in stage.gates.iter().enumerate() {
            let at = node.item("gate", n);
            self.gate(at, gate, report);
            gate.needs.keys(&mut |key| {
                if is_within(key, id) {
                    report
                        .at(at.at("needs").place, format!("the gate before the stage '{id}' needs '{key}'"))
                        .why("that lies behind the gate, so it could never be passed");
                }
            });
        }
        unique_ids(node.list("step"), "a step", report);
        for (n, step) in stage.steps.iter().enumerate() {
            let at = node.item("step", n);
            let path = format!("{id}.{}", step.id);
            self.clauses.check(at.at("clause"), &step.clause, report);
            check_when(at, step.when.as_ref(), &path, self.keys, report);
            unique_ids(at.list("gate"), "a gate", report);
            for (n, gate) in step.gates.iter().enumerate() {
                self.gate(at.item("gate", n), gate, report);
            }
            unique_ids(at.list("capture"), "a capture", report);
            let asks = step.captures.iter().any(|capture| capture.required);
            if step.level != Level::Should && !asks {
                report
                    .at(at.at("level").place, format!("the step '{path}' binds to nothing"))
                    .why("none of its captures is required, so it never counts as missing")
                    .hint("make a capture required, or the level 'should'");
            }
            for (n, starts) in step.starts.iter().enumerate() {
                if let Some(when) = &starts.when {
                    condition(at.item("starts", n).at("when"), when, self.keys, report);
                }
            }
            for (n, capture) in step.captures.iter().enumerate() {
                let scope = Scope { path: &path, keys: self.keys, all: self.all, procedure: Some(self.procedure) };
                capture::check(at.item("capture", n), capture, &scope, report);
            }
        }
    }

    fn gate(&self, node: &Node, gate: &Gate, report: &mut Report) {
        self.clauses.check(node.at("clause"), &gate.clause, report);
        if let Some(when) = &gate.when {
            condition(node.at("when"), when, self.keys, report);
        }
        condition(node.at("needs"), &gate.needs, self.keys, report);
    }

    /// What starts a deadline: a stamp, a moment, or a column of moments.
    fn start(&self, node: &Node, key: &str, report: &mut Report) {
        let column = key.rsplit_once('.').and_then(|(table, column)| {
            let columns = self.keys.kind(table)?.columns()?;
            columns.iter().find(|one| one.id == column).map(|one| matches!(one.kind, ColumnKind::Moment))
        });
        match column {
            Some(true) => {}
            Some(false) => {
                report.at(node.place, format!("the column '{key}' has no moments"));
            }
            None => {
                let needs = "a deadline starts from a stamp or a moment";
                field_of(node, key, self.keys, needs, is_time, report);
            }
        }
    }

    fn deadline(&self, node: &Node, deadline: &Deadline, report: &mut Report) {
        self.clauses.check(node.at("clause"), &deadline.clause, report);
        for (n, key) in deadline.from.0.iter().enumerate() {
            let at = if deadline.from.0.len() == 1 { node.at("from") } else { node.item("from", n) };
            self.start(at, key, report);
        }
        within(node.at("within"), &deadline.within, self.keys, report);
        if let Some(when) = &deadline.when {
            condition(node.at("when"), when, self.keys, report);
        }
        condition(node.at("until"), &deadline.until, self.keys, report);
        step_exists(node.at("step"), &deadline.step, false, self.keys, report);
    }
}
