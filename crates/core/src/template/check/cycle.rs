//! Circles: gates that wait for what lies behind them, and conditions that hang on each other. Nobody could pass
//! such a gate without an override, and such a condition never holds.
//!
//! Only what a gate needs in every case counts: of `any` what all its parts need, of `not` nothing. Gates and
//! steps with a `when` may not exist, so they close no circle around corners.

use super::keys::is_within;
use super::procedure::BEHIND;
use super::spot::{Problems, Spot};
use crate::template::{CaptureKind, Gate, Level, Predicate, Procedure, Stage, Step};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// A step (`stage.step`) or a whole stage.
type Goal = String;

/// A condition, what waits for it, and what it waits for.
struct Wait {
    at: Spot,
    who: Vec<Goal>,
    needs: BTreeSet<Goal>,
}

/// Who waits for whom.
#[derive(Default)]
struct Waits {
    waits: Vec<Wait>,
    next: BTreeMap<Goal, BTreeSet<Goal>>,
}

impl Waits {
    fn add(&mut self, at: Spot, who: Vec<Goal>, needs: BTreeSet<Goal>) {
        for spot in &who {
            self.link(spot, needs.iter().cloned());
        }
        self.waits.push(Wait { at, who, needs });
    }

    fn link(&mut self, spot: &str, needs: impl IntoIterator<Item = Goal>) {
        self.next.entry(spot.to_owned()).or_default().extend(needs);
    }

    /// Everything that must come before a spot.
    fn before(&self, spot: &Goal) -> BTreeSet<&Goal> {
        let mut found = BTreeSet::new();
        let mut open = vec![spot];
        while let Some(spot) = open.pop() {
            for next in self.next.get(spot).into_iter().flatten() {
                if found.insert(next) {
                    open.push(next);
                }
            }
        }
        found
    }

    /// Reports every wait that is part of a circle.
    fn report(&self, what: &Text, problems: &mut Problems) {
        for wait in &self.waits {
            let closed = wait.needs.iter().find_map(|need| {
                let before = self.before(need);
                let own = wait.who.iter().find(|own| before.contains(own))?;
                Some((need, own))
            });
            if let Some((need, own)) = closed {
                let words = Text::of("{0}：“{1}”要等“{2}”", "{0}: '{1}' needs '{2}'");
                let (own, need) = (Text::same(own), Text::same(need));
                problems.at(&wait.at, words.with_texts(&[what, &own, &need])).why(
                    Text::of("“{0}”反过来又要等“{1}”", "'{0}' needs '{1}' in its turn").with_texts(&[&need, &own]),
                );
            }
        }
    }
}

/// Reports every circle of gates and every circle of conditions.
pub(super) fn check(at: &Spot, procedure: &Procedure, problems: &mut Problems) {
    let mut gates = Waits::default();
    let mut conditions = Waits::default();
    for (n, stage) in procedure.stages.iter().enumerate() {
        let at = at.item("stage", n);
        stage_gates(&at, stage, &mut gates);
        let all = stage.steps.iter().map(|step| path(stage, step));
        conditions.link(&stage.id, all.clone());
        if let Some(when) = &stage.when {
            // That a stage hangs on itself is reported where its `when` is checked.
            let mut needs = done_in(when);
            needs.retain(|spot| !is_within(spot, &stage.id));
            let who = all.chain([stage.id.clone()]).collect();
            conditions.add(at.at("when"), who, needs);
        }
        for (n, step) in stage.steps.iter().enumerate() {
            let at = at.item("step", n);
            step_gates(&at, &path(stage, step), step, &mut gates, problems);
            step_conditions(&at, &path(stage, step), step, &mut conditions);
        }
    }
    gates.report(&Text::of("门禁互相等待", "gates wait for each other"), problems);
    conditions.report(&Text::of("条件互相依赖", "conditions hang on each other"), problems);
}

fn path(stage: &Stage, step: &Step) -> Goal {
    format!("{}.{}", stage.id, step.id)
}

fn stage_gates(at: &Spot, stage: &Stage, gates: &mut Waits) {
    let firm = |step: &&Step| step.level != Level::Should && step.when.is_none();
    let all: Vec<Goal> = stage.steps.iter().map(|step| path(stage, step)).collect();
    let firm = stage.steps.iter().filter(firm);
    gates.link(&stage.id, firm.map(|step| path(stage, step)));
    for (n, gate) in stage.gates.iter().enumerate() {
        let needs = needed(&gate.needs);
        // A gate that needs its own stage is reported where the stage is checked.
        if is_firm(gate) && !needs.iter().any(|spot| is_within(spot, &stage.id)) {
            gates.add(at.item("gate", n).at("needs"), all.clone(), needs);
        }
    }
}

fn step_gates(at: &Spot, own: &Goal, step: &Step, gates: &mut Waits, problems: &mut Problems) {
    for (n, gate) in step.gates.iter().enumerate() {
        let at = at.item("gate", n).at("needs");
        let needs = needed(&gate.needs);
        if needs.contains(own) {
            let words =
                Text::of("步骤“{0}”前的门禁要求这一步自己", "the gate before the step '{0}' needs the step itself");
            problems.at(&at, words.with(&[own])).why(BEHIND);
        } else if is_firm(gate) {
            gates.add(at, vec![own.clone()], needs);
        }
    }
}

fn is_firm(gate: &Gate) -> bool {
    gate.when.is_none()
}

/// Whether a step is done hangs on what its `when` and those of its captures and items ask.
fn step_conditions(at: &Spot, own: &Goal, step: &Step, conditions: &mut Waits) {
    let mut add = |at: &Spot, when: &Option<Predicate>| {
        if let Some(when) = when {
            conditions.add(at.at("when"), vec![own.clone()], done_in(when));
        }
    };
    add(at, &step.when);
    for (n, capture) in step.captures.iter().enumerate() {
        let at = at.item("capture", n);
        add(&at, &capture.when);
        if let CaptureKind::Checklist { items } = &capture.kind {
            for (n, item) in items.iter().enumerate() {
                add(&at.item("items", n), &item.when);
            }
        }
    }
}

/// The steps and stages that are asked whether they are done.
fn done_in(predicate: &Predicate) -> BTreeSet<Goal> {
    match predicate {
        Predicate::Done(spot) => BTreeSet::from([spot.clone()]),
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().flat_map(done_in).collect(),
        Predicate::Not(part) => done_in(part),
        Predicate::Answered(_)
        | Predicate::Is { .. }
        | Predicate::OneOf { .. }
        | Predicate::Compare(_)
        | Predicate::Signed(_)
        | Predicate::Before { .. }
        | Predicate::Later { .. }
        | Predicate::InsideWindow { .. }
        | Predicate::Rows { .. }
        | Predicate::Every { .. }
        | Predicate::Passed(_)
        | Predicate::Failed(_)
        | Predicate::Observed(_)
        | Predicate::Same { .. }
        | Predicate::Outcome { .. }
        | Predicate::AtPeak(_)
        | Predicate::WorkingTime(_)
        | Predicate::Frozen(_)
        | Predicate::Listed { .. }
        | Predicate::Tallied(_) => BTreeSet::new(),
    }
}

/// The steps and stages without which the condition cannot hold.
fn needed(predicate: &Predicate) -> BTreeSet<Goal> {
    match predicate {
        Predicate::All(parts) => parts.iter().flat_map(needed).collect(),
        Predicate::Any(parts) => {
            parts.iter().map(needed).reduce(|all, part| all.intersection(&part).cloned().collect()).unwrap_or_default()
        }
        Predicate::Not(_) => BTreeSet::new(),
        // True of a table without rows; and what another run has reached is no part of this one.
        Predicate::Every { .. } | Predicate::Outcome { .. } => BTreeSet::new(),
        // A tick that was never set is "false" already.
        Predicate::Is { value, .. } if value == "false" => BTreeSet::new(),
        Predicate::OneOf { values, .. } if values.iter().any(|value| value == "false") => BTreeSet::new(),
        Predicate::Done(_)
        | Predicate::Answered(_)
        | Predicate::Is { .. }
        | Predicate::OneOf { .. }
        | Predicate::Compare(_)
        | Predicate::Signed(_)
        | Predicate::Before { .. }
        | Predicate::Later { .. }
        | Predicate::InsideWindow { .. }
        | Predicate::Rows { .. }
        | Predicate::Passed(_)
        | Predicate::Failed(_)
        | Predicate::Observed(_)
        | Predicate::Same { .. }
        | Predicate::AtPeak(_)
        | Predicate::WorkingTime(_)
        | Predicate::Frozen(_)
        | Predicate::Listed { .. }
        | Predicate::Tallied(_) => {
            let mut spots = BTreeSet::new();
            predicate.keys(&mut |key| {
                if key.starts_with("limit.") {
                    return;
                }
                let step: Vec<&str> = key.splitn(3, '.').take(2).collect();
                spots.insert(step.join("."));
            });
            spots
        }
    }
}
