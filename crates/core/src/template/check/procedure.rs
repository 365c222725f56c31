//! Procedures: ids, stages, steps, gates, deadlines, and the forms they list.
//!
//! It must not look into a capture; that is `capture`.

use super::capture::capture;
use super::keys::{Keys, is_within};
use super::lists::within;
use super::lookup::{field_of, is_time, step as step_exists};
use super::predicate::{check_when, condition};
use super::spot::{Problems, Spot, unique};
use super::{Around, clause, computed, cycle};
use crate::template::{CaptureKind, ColumnKind, Deadline, Gate, Level, NAMESPACES, Procedure, Stage, Step};
use crate::text::Text;

/// What the checks of one procedure share.
struct Context<'a> {
    procedure: &'a Procedure,
    keys: &'a Keys<'a>,
    around: &'a Around<'a>,
}

const GATE: Text = Text::of("门禁", "a gate");

/// Checks a procedure.
pub fn procedure(at: &Spot, procedure: &Procedure, keys: &Keys<'_>, around: &Around<'_>, problems: &mut Problems) {
    let context = Context { procedure, keys, around };
    for (n, source) in procedure.sources.iter().enumerate() {
        clause(&at.item("sources", n), source, around, problems);
    }
    forms(at, procedure, around, problems);
    let ids = procedure.stages.iter().map(|stage| stage.id.as_str());
    unique(ids, |n| at.item("stage", n).at("id"), &Text::of("阶段", "a stage"), problems);
    for (n, stage) in procedure.stages.iter().enumerate() {
        context.stage(&at.item("stage", n), stage, problems);
    }
    let ids = procedure.deadlines.iter().map(|deadline| deadline.id.as_str());
    unique(ids, |n| at.item("deadline", n).at("id"), &Text::of("时限", "a deadline"), problems);
    for (n, deadline) in procedure.deadlines.iter().enumerate() {
        context.deadline(&at.item("deadline", n), deadline, problems);
    }
    for (n, outcome) in procedure.outcomes.iter().enumerate() {
        condition(&at.item("outcome", n).at("when"), &outcome.when, keys, problems);
    }
    context.gates(at, "close", &procedure.close, problems);
    cycle::check(at, procedure, problems);
    computed::check(at, procedure, problems);
}

fn forms(at: &Spot, procedure: &Procedure, around: &Around<'_>, problems: &mut Problems) {
    let ids = || around.forms.iter().map(|form| form.id.as_str());
    let listed = procedure.forms.iter().map(String::as_str);
    unique(listed, |n| at.item("forms", n), &Text::of("表单", "a form"), problems);
    for (n, id) in procedure.forms.iter().enumerate() {
        if !around.lost_forms.contains(id) && !ids().any(|known| known == id) {
            let file = id.to_ascii_lowercase();
            problems
                .at(&at.item("forms", n), Text::of("找不到表单“{0}”", "unknown form '{0}'").with(&[id]))
                .why(Text::of("没有文件 forms/{0}.toml", "there is no forms/{0}.toml").with(&[&file]))
                .meant(id, ids());
        }
    }
}

impl Context<'_> {
    fn stage(&self, at: &Spot, stage: &Stage, problems: &mut Problems) {
        let id = stage.id.as_str();
        if NAMESPACES.contains(&id) || id == "self" {
            problems
                .at(&at.at("id"), Text::of("阶段不能叫“{0}”", "a stage must not be called '{0}'").with(&[id]))
                .why(Text::of("以它开头的键另有含义", "keys that begin with it mean something else"));
        }
        check_when(at, stage.when.as_ref(), id, self.keys, problems);
        self.gates(at, "gate", &stage.gates, problems);
        for (n, gate) in stage.gates.iter().enumerate() {
            let at = at.item("gate", n).at("needs");
            gate.needs.keys(&mut |key| {
                if is_within(key, id) {
                    let words = Text::of("阶段“{0}”前的门禁要求“{1}”", "the gate before the stage '{0}' needs '{1}'");
                    problems.at(&at, words.with(&[id, key])).why(BEHIND);
                }
            });
        }
        let ids = stage.steps.iter().map(|step| step.id.as_str());
        unique(ids, |n| at.item("step", n).at("id"), &Text::of("步骤", "a step"), problems);
        for (n, step) in stage.steps.iter().enumerate() {
            self.step(&at.item("step", n), &format!("{id}.{}", step.id), step, problems);
        }
    }

    fn step(&self, at: &Spot, path: &str, step: &Step, problems: &mut Problems) {
        clause(&at.at("clause"), &step.clause, self.around, problems);
        check_when(at, step.when.as_ref(), path, self.keys, problems);
        self.gates(at, "gate", &step.gates, problems);
        let ids = step.captures.iter().map(|capture| capture.id.as_str());
        unique(ids, |n| at.item("capture", n).at("id"), &Text::of("填写项", "a capture"), problems);
        let asks = step.captures.iter().any(|capture| capture.required);
        if step.level != Level::Should && !asks {
            problems
                .at(&at.at("level"), Text::of("步骤“{0}”没有约束力", "the step '{0}' binds to nothing").with(&[path]))
                .why(Text::of(
                    "它没有一项是必填的，永远不会算缺",
                    "none of its captures is required, so it never counts as missing",
                ))
                .hint(Text::of("把一项设为必填，或改为“应做”", "make a capture required, or the level 'should'"));
        }
        for (n, starts) in step.starts.iter().enumerate() {
            if let Some(when) = &starts.when {
                condition(&at.item("starts", n).at("when"), when, self.keys, problems);
            }
        }
        for (n, one) in step.captures.iter().enumerate() {
            let place = (path, Some(self.procedure));
            capture(&at.item("capture", n), one, place, self.keys, self.around, problems);
        }
    }

    fn gates(&self, at: &Spot, name: &'static str, gates: &[Gate], problems: &mut Problems) {
        unique(gates.iter().map(|gate| gate.id.as_str()), |n| at.item(name, n).at("id"), &GATE, problems);
        for (n, gate) in gates.iter().enumerate() {
            let at = at.item(name, n);
            clause(&at.at("clause"), &gate.clause, self.around, problems);
            if let Some(when) = &gate.when {
                condition(&at.at("when"), when, self.keys, problems);
            }
            condition(&at.at("needs"), &gate.needs, self.keys, problems);
        }
    }

    /// What starts a deadline: a stamp, a moment, a column of moments, or a signature.
    fn start(&self, at: &Spot, key: &str, problems: &mut Problems) {
        let column = key.rsplit_once('.').and_then(|(table, column)| {
            let columns = self.keys.kind(table)?.columns()?;
            columns.iter().find(|one| one.id == column).map(|one| matches!(one.kind, ColumnKind::Moment))
        });
        match column {
            Some(true) => {}
            Some(false) => {
                problems.at(at, Text::of("“{0}”列不是时间", "the column '{0}' has no moments").with(&[key]));
            }
            None => {
                let needs =
                    Text::of("时限从一个时间或签字开始", "a deadline starts from a stamp, a moment or a signature");
                let fits = |kind: &CaptureKind| is_time(kind) || matches!(kind, CaptureKind::Signature { .. });
                field_of(at, key, self.keys, &needs, fits, problems);
            }
        }
    }

    fn deadline(&self, at: &Spot, deadline: &Deadline, problems: &mut Problems) {
        clause(&at.at("clause"), &deadline.clause, self.around, problems);
        for (n, key) in deadline.from.0.iter().enumerate() {
            let from = if deadline.from.0.len() == 1 { at.at("from") } else { at.item("from", n) };
            self.start(&from, key, problems);
        }
        within(&at.at("within"), &deadline.within, self.keys, problems);
        if let Some(when) = &deadline.when {
            condition(&at.at("when"), when, self.keys, problems);
        }
        condition(&at.at("until"), &deadline.until, self.keys, problems);
        step_exists(&at.at("step"), &deadline.step, false, self.keys, problems);
    }
}

/// Why a gate that needs what it locks can never be passed.
pub(super) const BEHIND: Text =
    Text::of("那在门禁之后，永远过不了", "that lies behind the gate, so it could never be passed");
