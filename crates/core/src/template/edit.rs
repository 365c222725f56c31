//! Changing a procedure: what a tap in the editor does to it, as functions on values.
//!
//! Ids are made here and never shown: a step keeps its id when its words change, so that gates, forms and the versions
//! before still know it. It must not know the screen, or whether what comes about can be run; that is [`super::check`].

use super::rekey::rekey;
use super::{Capture, CaptureKind, Gate, Level, Predicate, Procedure, Stage, Step};
use crate::text::Text;

/// Most changes that can be taken back.
const REMEMBERED: usize = 100;

/// A procedure being written, with the way back.
#[derive(Debug, Clone, PartialEq)]
pub struct Pen {
    now: Procedure,
    past: Vec<Procedure>,
    next: Vec<Procedure>,
    /// What is being typed into: one entry of the way back for all its letters.
    typing: Option<String>,
}

impl Pen {
    /// Begins with a procedure.
    pub fn new(now: Procedure) -> Pen {
        Pen { now, past: Vec::new(), next: Vec::new(), typing: None }
    }

    /// As it stands.
    pub fn now(&self) -> &Procedure {
        &self.now
    }

    /// Changes it. A change that changes nothing leaves no trace.
    pub fn change<T>(&mut self, change: impl FnOnce(&mut Procedure) -> T) -> T {
        self.make(None, change)
    }

    /// Changes words: all letters typed into one place are one change.
    pub fn type_into<T>(&mut self, place: &str, change: impl FnOnce(&mut Procedure) -> T) -> T {
        self.make(Some(place), change)
    }

    fn make<T>(&mut self, place: Option<&str>, change: impl FnOnce(&mut Procedure) -> T) -> T {
        let before = self.now.clone();
        let answer = change(&mut self.now);
        if self.now == before {
            return answer;
        }
        self.next.clear();
        if place.is_none() || self.typing.as_deref() != place {
            self.remember(before);
        }
        self.typing = place.map(str::to_owned);
        answer
    }

    fn remember(&mut self, before: Procedure) {
        if self.past.len() == REMEMBERED {
            self.past.remove(0);
        }
        self.past.push(before);
    }

    /// Puts another procedure in its place: one entry of the way back, even if both say the same.
    pub fn replace(&mut self, new: Procedure) {
        let before = std::mem::replace(&mut self.now, new);
        self.next.clear();
        self.typing = None;
        self.remember(before);
    }

    /// Whether there is something to take back, and something to do again.
    pub fn can(&self) -> (bool, bool) {
        (!self.past.is_empty(), !self.next.is_empty())
    }

    /// Takes the last change back.
    pub fn undo(&mut self) {
        if let Some(before) = self.past.pop() {
            self.next.push(std::mem::replace(&mut self.now, before));
            self.typing = None;
        }
    }

    /// Does again what was taken back.
    pub fn redo(&mut self) {
        if let Some(after) = self.next.pop() {
            self.past.push(std::mem::replace(&mut self.now, after));
            self.typing = None;
        }
    }
}

/// A step: number of its stage, number in it.
pub type StepAt = (usize, usize);

/// What gates stand in front of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Front {
    /// A stage.
    Stage(usize),
    /// A step.
    Step(StepAt),
    /// Closing the record.
    Close,
}

/// An id that nobody of `taken` has: `step-4`.
pub fn free_id<'a>(base: &str, taken: impl Iterator<Item = &'a str>) -> String {
    let taken: Vec<&str> = taken.collect();
    let mut n = taken.len() + 1;
    loop {
        let id = format!("{base}-{n}");
        if !taken.contains(&id.as_str()) {
            return id;
        }
        n += 1;
    }
}

/// A copy under another id, with nothing of the inventory and the version still to come.
pub fn copy_of(procedure: &Procedure, id: &str, title: Text) -> Procedure {
    let mut copy = procedure.clone();
    id.clone_into(&mut copy.id);
    copy.version = 0;
    copy.title = title;
    copy.carries.clear();
    copy
}

/// What a new thing is called until somebody says it.
pub(super) fn named(zh: &'static str, en: &'static str) -> Text {
    Text::of(zh, en)
}

/// The step as it begins: one tick, binding, decided by the company.
fn new_step(id: String) -> Step {
    Step {
        id,
        level: Level::Must,
        title: named("新步骤", "New step"),
        help: None,
        clause: "(I)".to_owned(),
        rules: Vec::new(),
        when: None,
        gates: Vec::new(),
        captures: vec![new_capture("done".to_owned(), CaptureKind::Check)],
        starts: Vec::new(),
        guidance: Vec::new(),
    }
}

fn new_capture(id: String, kind: CaptureKind) -> Capture {
    let label = match kind {
        CaptureKind::Check => named("已完成", "Done"),
        _ => super::check::called(&kind).capitalised(),
    };
    Capture { id, label, hint: None, required: true, when: None, suggest: None, kind }
}

/// Adds a stage with one step behind the stage `after`, or at the end. Gives its number.
pub fn add_stage(procedure: &mut Procedure, after: Option<usize>) -> usize {
    let id = free_id("stage", procedure.stages.iter().map(|stage| stage.id.as_str()));
    let at = after.map_or(procedure.stages.len(), |after| (after + 1).min(procedure.stages.len()));
    let stage = Stage {
        id,
        title: named("新阶段", "New stage"),
        summary: None,
        when: None,
        gates: Vec::new(),
        steps: vec![new_step("step-1".to_owned())],
    };
    procedure.stages.insert(at, stage);
    at
}

/// Adds a step behind the step `after` of a stage, or at its end. Gives where it stands.
pub fn add_step(procedure: &mut Procedure, stage: usize, after: Option<usize>) -> Option<StepAt> {
    let steps = &mut procedure.stages.get_mut(stage)?.steps;
    let id = free_id("step", steps.iter().map(|step| step.id.as_str()));
    let at = after.map_or(steps.len(), |after| (after + 1).min(steps.len()));
    steps.insert(at, new_step(id));
    Some((stage, at))
}

/// Takes a stage out.
pub fn remove_stage(procedure: &mut Procedure, stage: usize) {
    if stage < procedure.stages.len() {
        procedure.stages.remove(stage);
    }
}

/// Takes a step out. Its stage stays, even empty.
pub fn remove_step(procedure: &mut Procedure, (stage, step): StepAt) {
    if let Some(stage) = procedure.stages.get_mut(stage)
        && step < stage.steps.len()
    {
        stage.steps.remove(step);
    }
}

/// Moves a stage one place up or down. Gives where it stands then.
pub fn move_stage(procedure: &mut Procedure, stage: usize, up: bool) -> usize {
    let to = if up { stage.checked_sub(1) } else { Some(stage + 1) };
    match to.filter(|to| (*to).max(stage) < procedure.stages.len()) {
        Some(to) => {
            procedure.stages.swap(stage, to);
            to
        }
        None => stage,
    }
}

/// Moves a step one place up or down; from the edge of its stage into the next one, where everything that names it
/// follows. Gives where it stands then.
pub fn move_step(procedure: &mut Procedure, (stage, step): StepAt, up: bool) -> StepAt {
    let Some(steps) = procedure.stages.get_mut(stage).map(|stage| &mut stage.steps) else { return (stage, step) };
    if step >= steps.len() {
        return (stage, step);
    }
    let inside = if up { step.checked_sub(1) } else { Some(step + 1).filter(|to| *to < steps.len()) };
    if let Some(to) = inside {
        steps.swap(step, to);
        return (stage, to);
    }
    let other = if up { stage.checked_sub(1) } else { Some(stage + 1).filter(|to| *to < procedure.stages.len()) };
    match other {
        Some(other) => move_to(procedure, (stage, step), other, up),
        None => (stage, step),
    }
}

/// Moves a step into another stage, to its end or its beginning. Gives where it stands then.
pub fn move_to(procedure: &mut Procedure, (stage, step): StepAt, other: usize, to_end: bool) -> StepAt {
    let names = |n: usize| procedure.stages.get(n).map(|stage| stage.id.clone());
    let (Some(from), Some(to)) = (names(stage), names(other)) else { return (stage, step) };
    let taken: Vec<String> = procedure.stages[other].steps.iter().map(|step| step.id.clone()).collect();
    let Some(mut moved) =
        procedure.stages.get_mut(stage).filter(|stage| step < stage.steps.len()).map(|stage| stage.steps.remove(step))
    else {
        return (stage, step);
    };
    let before = format!("{from}.{}", moved.id);
    if taken.contains(&moved.id) {
        moved.id = free_id("step", taken.iter().map(String::as_str));
    }
    let after = format!("{to}.{}", moved.id);
    let steps = &mut procedure.stages[other].steps;
    let at = if to_end { steps.len() } else { 0 };
    steps.insert(at, moved);
    rekey(procedure, &before, &after);
    (other, at)
}

/// A step, to change it.
pub fn step_mut(procedure: &mut Procedure, (stage, step): StepAt) -> Option<&mut Step> {
    procedure.stages.get_mut(stage)?.steps.get_mut(step)
}

/// Adds a capture of this kind to a step. Gives its number.
pub fn add_capture(procedure: &mut Procedure, at: StepAt, kind: CaptureKind) -> Option<usize> {
    let step = step_mut(procedure, at)?;
    let id = free_id("field", step.captures.iter().map(|capture| capture.id.as_str()));
    step.captures.push(new_capture(id, kind));
    Some(step.captures.len() - 1)
}

/// Takes a capture out of a step.
pub fn remove_capture(procedure: &mut Procedure, at: StepAt, capture: usize) {
    if let Some(step) = step_mut(procedure, at)
        && capture < step.captures.len()
    {
        step.captures.remove(capture);
    }
}

/// Moves a capture one place up or down in its step.
pub fn move_capture(procedure: &mut Procedure, at: StepAt, capture: usize, up: bool) {
    let Some(step) = step_mut(procedure, at) else { return };
    let to = if up { capture.checked_sub(1) } else { Some(capture + 1) };
    if let Some(to) = to.filter(|to| (*to).max(capture) < step.captures.len()) {
        step.captures.swap(capture, to);
    }
}

/// The gates in front of something.
pub fn gates(procedure: &Procedure, front: Front) -> Option<&Vec<Gate>> {
    match front {
        Front::Stage(stage) => procedure.stages.get(stage).map(|stage| &stage.gates),
        Front::Step((stage, step)) => procedure.stages.get(stage)?.steps.get(step).map(|step| &step.gates),
        Front::Close => Some(&procedure.close),
    }
}

/// The gates in front of something, to change them.
pub fn gates_mut(procedure: &mut Procedure, front: Front) -> Option<&mut Vec<Gate>> {
    match front {
        Front::Stage(stage) => procedure.stages.get_mut(stage).map(|stage| &mut stage.gates),
        Front::Step(at) => step_mut(procedure, at).map(|step| &mut step.gates),
        Front::Close => Some(&mut procedure.close),
    }
}

/// Adds a gate. Gives its number.
pub fn add_gate(procedure: &mut Procedure, front: Front, text: Text, needs: Predicate) -> Option<usize> {
    let gates = gates_mut(procedure, front)?;
    let id = free_id("gate", gates.iter().map(|gate| gate.id.as_str()));
    gates.push(Gate { id, text, clause: "(I)".to_owned(), rules: Vec::new(), when: None, needs });
    Some(gates.len() - 1)
}

/// Takes a gate away.
pub fn remove_gate(procedure: &mut Procedure, front: Front, gate: usize) {
    if let Some(gates) = gates_mut(procedure, front)
        && gate < gates.len()
    {
        gates.remove(gate);
    }
}

impl Text {
    /// The English words with a capital letter, without their article: "a tick" becomes "Tick".
    fn capitalised(&self) -> Text {
        let bare = ["a ", "an "].iter().find_map(|article| self.en.strip_prefix(article)).unwrap_or(&self.en);
        let mut letters = bare.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
        Text::owned(self.zh.to_string(), first + letters.as_str())
    }
}
