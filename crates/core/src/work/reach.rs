//! What the state of a step or stage depends on, so that a screen looks again only after a change that can matter.
//!
//! A part is `stage` or `stage.step`; `visit` and `visit.order` for what the visit says of itself. Whatever is not
//! known to stay within parts counts as depending on everything: looking again too often costs time, looking again
//! too seldom would show what is no longer so. The records around a visit are no part: they never change by a tap,
//! and when they do, everything is looked at again.

use crate::ledger::{Field, Record};
use crate::template::{Capture, CaptureKind, Gate, Predicate, Procedure, Stage, Step};
use std::collections::{BTreeMap, BTreeSet};

/// What something depends on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reach {
    whole: bool,
    parts: BTreeSet<String>,
}

/// What a change has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// Possibly everything.
    All,
    /// These parts only.
    Parts(BTreeSet<String>),
}

impl Reach {
    /// What a step's state and answers depend on.
    pub fn of_step(procedure: &Procedure, stage: &Stage, step: &Step) -> Reach {
        let mut walk = Walk { procedure, reach: Reach::default(), seen: BTreeSet::new() };
        walk.reach.parts.insert(format!("{}.{}", stage.id, step.id));
        walk.step(stage, step);
        walk.reach
    }

    /// What a stage's state depends on.
    pub fn of_stage(procedure: &Procedure, stage: &Stage) -> Reach {
        let mut walk = Walk { procedure, reach: Reach::default(), seen: BTreeSet::new() };
        walk.stage(stage);
        walk.reach
    }

    /// Whether it depends on everything.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// The parts that it depends on, if it does not depend on everything.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(String::as_str)
    }

    /// Whether the change can matter.
    pub fn meets(&self, touched: &Touched) -> bool {
        match touched {
            Touched::All => true,
            Touched::Parts(parts) => self.whole || parts.iter().any(|part| self.parts.contains(part)),
        }
    }
}

/// Goes from a step to all that it waits for, and on to what that waits for.
struct Walk<'a> {
    procedure: &'a Procedure,
    reach: Reach,
    /// Steps that were looked at, as (stage, step).
    seen: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Walk<'a> {
    fn stage(&mut self, stage: &'a Stage) {
        self.reach.parts.insert(stage.id.clone());
        stage.steps.iter().for_each(|step| self.step(stage, step));
        self.before(stage);
    }

    /// What stands in front of all steps of a stage.
    fn before(&mut self, stage: &'a Stage) {
        stage.when.iter().for_each(|when| self.predicate(when));
        stage.gates.iter().for_each(|gate| self.gate(gate));
    }

    fn step(&mut self, stage: &'a Stage, step: &'a Step) {
        if self.reach.whole || !self.seen.insert((&stage.id, &step.id)) {
            return;
        }
        self.before(stage);
        step.when.iter().for_each(|when| self.predicate(when));
        step.gates.iter().for_each(|gate| self.gate(gate));
        step.starts.iter().filter_map(|starts| starts.when.as_ref()).for_each(|when| self.predicate(when));
        step.captures.iter().for_each(|capture| self.capture(capture));
    }

    fn gate(&mut self, gate: &'a Gate) {
        gate.when.iter().for_each(|when| self.predicate(when));
        self.predicate(&gate.needs);
    }

    fn capture(&mut self, capture: &'a Capture) {
        capture.when.iter().for_each(|when| self.predicate(when));
        capture.suggest.iter().for_each(|key| self.key(key));
        match &capture.kind {
            CaptureKind::Check
            | CaptureKind::Text { .. }
            | CaptureKind::Number { .. }
            | CaptureKind::Choice { .. }
            | CaptureKind::Stamp { .. }
            | CaptureKind::Moment
            | CaptureKind::Person
            | CaptureKind::Phone
            | CaptureKind::Rating { .. }
            | CaptureKind::Photo { .. } => {}
            CaptureKind::Checklist { items } => {
                items.iter().filter_map(|item| item.when.as_ref()).for_each(|when| self.predicate(when));
            }
            // They compute, cover or list what other steps hold, or have conditions below them.
            CaptureKind::Signature { .. }
            | CaptureKind::Table { .. }
            | CaptureKind::Tally { .. }
            | CaptureKind::Verdicts { .. }
            | CaptureKind::Series { .. }
            | CaptureKind::Score { .. }
            | CaptureKind::Computed { .. }
            | CaptureKind::Serial { .. }
            | CaptureKind::Ref { .. } => self.reach.whole = true,
        }
    }

    fn predicate(&mut self, predicate: &'a Predicate) {
        if self.reach.whole || asks_for_signature(predicate) {
            self.reach.whole = true;
            return;
        }
        predicate.keys(&mut |key| self.key(key));
    }

    /// What a key names: a part of the visit, or of a record around it.
    fn key(&mut self, key: &'a str) {
        let mut parts = key.split('.');
        let (first, second) = (parts.next().unwrap_or_default(), parts.next());
        if first == "visit" {
            self.reach.parts.insert(first.to_owned());
        }
        let Some(stage) = self.procedure.stage(first) else { return };
        self.reach.parts.insert(stage.id.clone());
        match second {
            Some(id) => {
                let named = stage.steps.iter().find(|step| step.id == id);
                named.into_iter().for_each(|step| self.step(stage, step));
            }
            None => self.stage(stage),
        }
    }
}

/// A signature is good while nothing that it covers has changed, wherever that stands.
fn asks_for_signature(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::Signed(_) => true,
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().any(asks_for_signature),
        Predicate::Not(part) => asks_for_signature(part),
        _ => false,
    }
}

/// What differs between two states of a record.
pub fn touched(before: &Record, after: &Record) -> Touched {
    let same = before.id == after.id
        && before.created == after.created
        && before.state == after.state
        && before.void == after.void
        && before.withdrawn == after.withdrawn
        && before.erased == after.erased
        && before.overrides == after.overrides;
    if !same {
        return Touched::All;
    }
    let mut parts = BTreeSet::new();
    differing::<Field>(&before.fields, &after.fields, &mut parts);
    differing(&before.tables, &after.tables, &mut parts);
    differing(&before.facts, &after.facts, &mut parts);
    Touched::Parts(parts)
}

/// Goes through both maps side by side and notes the parts of the keys under which they differ.
fn differing<T: PartialEq>(before: &BTreeMap<String, T>, after: &BTreeMap<String, T>, parts: &mut BTreeSet<String>) {
    let (mut old, mut new) = (before.iter().peekable(), after.iter().peekable());
    loop {
        let key = match (old.peek(), new.peek()) {
            (Some((one, _)), Some((other, _))) => one.min(other),
            (Some((key, _)), None) | (None, Some((key, _))) => *key,
            (None, None) => return,
        };
        let was = old.next_if(|(one, _)| *one == key);
        let is = new.next_if(|(one, _)| *one == key);
        if was.map(|(_, value)| value) != is.map(|(_, value)| value) {
            let first = key.split('.').next().unwrap_or_default();
            let both = key.match_indices('.').nth(1).and_then(|(at, _)| key.get(..at)).unwrap_or(key);
            parts.extend([first.to_owned(), both.to_owned()]);
        }
    }
}
