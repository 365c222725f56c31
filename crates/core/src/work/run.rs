//! A procedure over a record: the state of every stage, step and gate.

use super::{Need, Scope, Target, capture_answered, holds, needs_of};
use crate::ledger::Fact;
use crate::template::{Capture, CaptureKind, Gate, Level, Stage, Step};
use crate::text::Text;

/// Looks at one visit through its procedure.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    scope: &'a Scope<'a>,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// It does not apply to this visit.
    Hidden,
    /// A gate in front of it is not passed.
    Locked,
    /// It waits for answers.
    Open,
    /// Every required answer is there.
    Done,
    /// Left out with reason and approver.
    LeftOut,
}

/// A step's state with what it waits for.
#[derive(Debug, Clone, PartialEq)]
pub struct StepStatus {
    /// Where it stands.
    pub state: StepState,
    /// Whether the stage waits for it.
    pub binding: bool,
    /// Gates in front of it that are not passed.
    pub locked_by: Vec<GateView>,
    /// Ids of required captures without an answer.
    pub missing: Vec<String>,
}

impl StepStatus {
    /// Whether the stage still waits for this step.
    pub fn blocks(&self) -> bool {
        self.binding && matches!(self.state, StepState::Locked | StepState::Open)
    }
}

/// A stage's state.
#[derive(Debug, Clone, PartialEq)]
pub struct StageStatus {
    /// It does not apply to this visit.
    pub hidden: bool,
    /// Gates in front of it that are not passed.
    pub locked_by: Vec<GateView>,
    /// Binding steps that are done or left out.
    pub done: usize,
    /// Binding steps that apply.
    pub total: usize,
}

impl StageStatus {
    /// Whether nothing binding is open. A stage that does not apply is complete.
    pub fn is_complete(&self) -> bool {
        self.hidden || self.done >= self.total
    }
}

/// A gate that is not passed, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct GateView {
    /// What an override would name.
    pub target: String,
    /// What it needs.
    pub text: Text,
    /// The clause that asks for it.
    pub clause: String,
    /// What exactly is missing, and where to go.
    pub needs: Vec<Need>,
}

/// Something that was not done as the norm asks, for the record and the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Deviation {
    /// What was overridden.
    pub what: Text,
    /// The clause that asks for it.
    pub clause: String,
    /// The override.
    pub fact: Fact,
}

impl<'a> Run<'a> {
    /// The run of a scope.
    pub fn new(scope: &'a Scope<'a>) -> Run<'a> {
        Run { scope }
    }

    fn applies(&self, when: Option<&crate::template::Predicate>) -> bool {
        when.is_none_or(|when| holds(when, self.scope))
    }

    /// Whether a stage exists for this visit.
    pub fn stage_applies(&self, stage: &Stage) -> bool {
        self.applies(stage.when.as_ref())
    }

    /// The gates of a list that are neither passed nor overridden.
    fn unmet(&self, gates: &[Gate], target: impl Fn(&Gate) -> Target) -> Vec<GateView> {
        gates
            .iter()
            .filter(|gate| self.applies(gate.when.as_ref()) && !holds(&gate.needs, self.scope))
            .filter_map(|gate| {
                let target = target(gate).to_string();
                self.scope.visit.override_of(&target).is_none().then(|| GateView {
                    target,
                    text: gate.text.clone(),
                    clause: gate.clause.clone(),
                    needs: needs_of(&gate.needs, self.scope),
                })
            })
            .collect()
    }

    /// Gates in front of a stage that are not passed.
    pub fn stage_gates(&self, stage: &Stage) -> Vec<GateView> {
        self.unmet(&stage.gates, |gate| Target::StageGate { stage: stage.id.clone(), gate: gate.id.clone() })
    }

    /// Gates in front of closing that are not passed.
    ///
    /// Besides the gates that the procedure names, every binding step must be done or left out with approval: a
    /// filed record has no silent gaps.
    pub fn close_gates(&self) -> Vec<GateView> {
        let mut gates = self.unmet(&self.scope.procedure.close, |gate| Target::CloseGate { gate: gate.id.clone() });
        for stage in &self.scope.procedure.stages {
            for step in stage.steps.iter().filter(|step| self.step(stage, step).blocks()) {
                let path = format!("{}.{}", stage.id, step.id);
                let words = Text::of("“{0}”还没有完成", "“{0}” is not finished").with_texts(&[&step.title]);
                gates.push(GateView {
                    target: Target::Step { path: path.clone() }.to_string(),
                    text: step.title.clone(),
                    clause: step.clause.clone(),
                    needs: vec![Need { words, place: Some(path) }],
                });
            }
        }
        gates
    }

    /// The state of one step, gates aside: never [`StepState::Locked`].
    pub(super) fn answers(&self, stage: &Stage, step: &Step) -> StepStatus {
        let mut status =
            StepStatus { state: StepState::Hidden, binding: false, locked_by: Vec::new(), missing: Vec::new() };
        if !self.applies(stage.when.as_ref()) || !self.applies(step.when.as_ref()) {
            return status;
        }
        // Joined, not formatted: this runs for every step of the procedure.
        let path = [stage.id.as_str(), step.id.as_str()].join(".");
        let mut required = 0;
        let mut answered = 0;
        for capture in &step.captures {
            if !self.applies(capture.when.as_ref()) {
                continue;
            }
            let key = [path.as_str(), capture.id.as_str()].join(".");
            let has_answer = self.answered(capture, &key);
            answered += usize::from(has_answer);
            required += usize::from(capture.required);
            if capture.required && !has_answer {
                status.missing.push(capture.id.clone());
            }
        }
        let done = status.missing.is_empty() && (required > 0 || answered > 0);
        status.binding = required > 0 && matches!(step.level, Level::Must | Level::MustNot);
        status.state = if done {
            StepState::Done
        } else if self.is_left_out(path) {
            StepState::LeftOut
        } else {
            StepState::Open
        };
        status
    }

    /// The same as [`capture_answered`], shorter for what a procedure mostly asks: nothing is computed there.
    fn answered(&self, capture: &Capture, key: &str) -> bool {
        match capture.kind {
            CaptureKind::Check | CaptureKind::Text { .. } | CaptureKind::Choice { .. } => {
                self.scope.visit.value(key).is_some() || self.scope.visit.stamp(key).is_some()
            }
            _ => capture_answered(capture, key, self.scope),
        }
    }

    fn is_left_out(&self, path: String) -> bool {
        // Most visits have no override at all, and this is asked of every step.
        let visit = self.scope.visit;
        !visit.overrides.is_empty() && visit.override_of(&Target::Step { path }.to_string()).is_some()
    }

    /// The state of one step; the gates of its stage count too.
    pub fn step(&self, stage: &Stage, step: &Step) -> StepStatus {
        let mut status = self.answers(stage, step);
        if status.state == StepState::Open {
            let path = format!("{}.{}", stage.id, step.id);
            status.locked_by = self.stage_gates(stage);
            status
                .locked_by
                .extend(self.unmet(&step.gates, |gate| Target::StepGate { path: path.clone(), gate: gate.id.clone() }));
            if !status.locked_by.is_empty() {
                status.state = StepState::Locked;
            }
        }
        status
    }

    /// Whether nothing binding of a stage is open. A stage that does not apply is complete.
    pub(super) fn is_complete(&self, stage: &Stage) -> bool {
        let open = |step| self.answers(stage, step).blocks();
        !self.stage_applies(stage) || !stage.steps.iter().any(open)
    }

    /// Whether the procedure has this gate or step, so that it can be overridden.
    pub(super) fn has(&self, target: &Target) -> bool {
        let procedure = self.scope.procedure;
        let among = |gates: &[Gate], id: &str| gates.iter().any(|gate| gate.id == id);
        match target {
            Target::StageGate { stage, gate } => procedure.stage(stage).is_some_and(|stage| among(&stage.gates, gate)),
            Target::StepGate { path, gate } => procedure.step(path).is_some_and(|step| among(&step.gates, gate)),
            Target::Step { path } => procedure.step(path).is_some(),
            Target::CloseGate { gate } => among(&procedure.close, gate),
        }
    }

    /// The state of a stage.
    pub fn stage(&self, stage: &Stage) -> StageStatus {
        let hidden = !self.stage_applies(stage);
        let mut status = StageStatus { hidden, locked_by: Vec::new(), done: 0, total: 0 };
        if hidden {
            return status;
        }
        status.locked_by = self.stage_gates(stage);
        for step in &stage.steps {
            let step = self.answers(stage, step);
            if step.binding {
                status.total += 1;
                status.done += usize::from(!step.blocks());
            }
        }
        status
    }

    /// The states of all stages, in the order of the procedure.
    pub fn stages(&self) -> Vec<StageStatus> {
        self.scope.procedure.stages.iter().map(|stage| self.stage(stage)).collect()
    }

    /// The first binding step that is still open or locked, as (stage, step).
    pub fn next(&self) -> Option<(&'a Stage, &'a Step)> {
        self.scope.procedure.stages.iter().find_map(|stage| {
            stage.steps.iter().find(|step| self.answers(stage, step).blocks()).map(|step| (stage, step))
        })
    }

    /// Everything overridden, in the order of the procedure.
    pub fn deviations(&self) -> Vec<Deviation> {
        let mut list = Vec::new();
        let mut add = |target: Target, what: &Text, clause: &str| {
            if let Some(fact) = self.scope.visit.override_of(&target.to_string()) {
                list.push(Deviation { what: what.clone(), clause: clause.to_owned(), fact: fact.clone() });
            }
        };
        for stage in &self.scope.procedure.stages {
            for gate in &stage.gates {
                let target = Target::StageGate { stage: stage.id.clone(), gate: gate.id.clone() };
                add(target, &gate.text, &gate.clause);
            }
            for step in &stage.steps {
                let path = format!("{}.{}", stage.id, step.id);
                for gate in &step.gates {
                    let target = Target::StepGate { path: path.clone(), gate: gate.id.clone() };
                    add(target, &gate.text, &gate.clause);
                }
                add(Target::Step { path }, &step.title, &step.clause);
            }
        }
        for gate in &self.scope.procedure.close {
            add(Target::CloseGate { gate: gate.id.clone() }, &gate.text, &gate.clause);
        }
        list
    }
}
