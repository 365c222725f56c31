//! Circles: gates that wait for what lies behind them, and conditions that hang on each other. Nobody could pass
//! such a gate without an override, and such a condition never holds.
//!
//! Only what a gate needs in every case counts: of `any` what all its parts need, of `not` nothing. Gates and
//! steps with a `when` may not exist, so they close no circle around corners.

use crate::keys::is_within;
use crate::node::Node;
use crate::problem::Report;
use sitebook_core::template::{CaptureKind, Gate, Level, Predicate, Procedure, Stage, Step};
use std::collections::{BTreeMap, BTreeSet};

/// A step (`stage.step`) or a whole stage.
type Spot = String;

/// A condition, the spots that wait for it, and the spots that it waits for.
struct Wait<'a> {
    node: &'a Node,
    who: Vec<Spot>,
    needs: BTreeSet<Spot>,
}

/// Who waits for whom.
#[derive(Default)]
struct Waits<'a> {
    waits: Vec<Wait<'a>>,
    next: BTreeMap<Spot, BTreeSet<Spot>>,
}

impl<'a> Waits<'a> {
    fn add(&mut self, node: &'a Node, who: Vec<Spot>, needs: BTreeSet<Spot>) {
        for spot in &who {
            self.link(spot, needs.iter().cloned());
        }
        self.waits.push(Wait { node, who, needs });
    }

    fn link(&mut self, spot: &str, needs: impl IntoIterator<Item = Spot>) {
        self.next.entry(spot.to_owned()).or_default().extend(needs);
    }

    /// Everything that must come before a spot.
    fn before(&self, spot: &Spot) -> BTreeSet<&Spot> {
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
    fn report(&self, what: &str, report: &mut Report) {
        for wait in &self.waits {
            let closed = wait.needs.iter().find_map(|need| {
                let before = self.before(need);
                let own = wait.who.iter().find(|own| before.contains(own))?;
                Some((need, own))
            });
            if let Some((need, own)) = closed {
                report
                    .at(wait.node.place, format!("{what}: '{own}' needs '{need}'"))
                    .why(format!("'{need}' needs '{own}' in its turn"));
            }
        }
    }
}

/// Reports every circle of gates and every circle of conditions.
pub(super) fn check(node: &Node, procedure: &Procedure, report: &mut Report) {
    let mut gates = Waits::default();
    let mut conditions = Waits::default();
    for (n, stage) in procedure.stages.iter().enumerate() {
        let node = node.item("stage", n);
        stage_gates(node, stage, &mut gates);
        let all = stage.steps.iter().map(|step| path(stage, step));
        conditions.link(&stage.id, all.clone());
        if let Some(when) = &stage.when {
            // That a stage hangs on itself is reported where its `when` is checked.
            let mut needs = done_in(when);
            needs.retain(|spot| !is_within(spot, &stage.id));
            let who = all.chain([stage.id.clone()]).collect();
            conditions.add(node.at("when"), who, needs);
        }
        for (n, step) in stage.steps.iter().enumerate() {
            let node = node.item("step", n);
            step_gates(node, &path(stage, step), step, &mut gates, report);
            step_conditions(node, &path(stage, step), step, &mut conditions);
        }
    }
    gates.report("gates wait for each other", report);
    conditions.report("conditions hang on each other", report);
}

fn path(stage: &Stage, step: &Step) -> Spot {
    format!("{}.{}", stage.id, step.id)
}

fn stage_gates<'a>(node: &'a Node, stage: &Stage, gates: &mut Waits<'a>) {
    let firm = |step: &&Step| step.level != Level::Should && step.when.is_none();
    let all: Vec<Spot> = stage.steps.iter().map(|step| path(stage, step)).collect();
    let firm = stage.steps.iter().filter(firm);
    gates.link(&stage.id, firm.map(|step| path(stage, step)));
    for (n, gate) in stage.gates.iter().enumerate() {
        let needs = needed(&gate.needs);
        // A gate that needs its own stage is reported where the stage is checked.
        if is_firm(gate) && !needs.iter().any(|spot| is_within(spot, &stage.id)) {
            gates.add(node.item("gate", n).at("needs"), all.clone(), needs);
        }
    }
}

fn step_gates<'a>(node: &'a Node, own: &Spot, step: &Step, gates: &mut Waits<'a>, report: &mut Report) {
    for (n, gate) in step.gates.iter().enumerate() {
        let node = node.item("gate", n).at("needs");
        let needs = needed(&gate.needs);
        if needs.contains(own) {
            report
                .at(node.place, format!("the gate before the step '{own}' needs the step itself"))
                .why("that lies behind the gate, so it could never be passed");
        } else if is_firm(gate) {
            gates.add(node, vec![own.clone()], needs);
        }
    }
}

fn is_firm(gate: &Gate) -> bool {
    gate.when.is_none()
}

/// Whether a step is done hangs on what its `when` and those of its captures and items ask.
fn step_conditions<'a>(node: &'a Node, own: &Spot, step: &Step, conditions: &mut Waits<'a>) {
    let mut add = |node: &'a Node, when: &Option<Predicate>| {
        if let Some(when) = when {
            conditions.add(node.at("when"), vec![own.clone()], done_in(when));
        }
    };
    add(node, &step.when);
    for (n, capture) in step.captures.iter().enumerate() {
        let node = node.item("capture", n);
        add(node, &capture.when);
        if let CaptureKind::Checklist { items } = &capture.kind {
            for (n, item) in items.iter().enumerate() {
                add(node.item("items", n), &item.when);
            }
        }
    }
}

/// The steps and stages that are asked whether they are done.
fn done_in(predicate: &Predicate) -> BTreeSet<Spot> {
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
fn needed(predicate: &Predicate) -> BTreeSet<Spot> {
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
