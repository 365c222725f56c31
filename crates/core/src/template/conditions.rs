//! Conditions at their places: every condition of a procedure that pickers can change, read and changed part by part.
//!
//! It must not know the screen, or what a condition asks for. A place that is not there (any more) has no condition
//! and takes none.

use super::edit::{Front, StepAt, gates, gates_mut, step_mut};
use super::pick::{self, Asks};
use super::{Library, Predicate, Procedure};

/// Where a condition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// What a gate needs.
    Gate(Front, usize),
    /// The condition under which a gate is there.
    GateWhen(Front, usize),
    /// The condition under which a stage is there.
    Stage(usize),
    /// The condition under which a step is there.
    Step(StepAt),
    /// The condition under which a capture is there.
    Field(StepAt, usize),
    /// What meets a deadline.
    Until(usize),
    /// The condition under which a deadline runs.
    Due(usize),
}

/// A condition's place in the procedure: one that must be there, or one that may be left out.
enum Place<'a> {
    Needed(&'a mut Predicate),
    Optional(&'a mut Option<Predicate>),
}

/// The condition at a place.
pub fn asked(procedure: &Procedure, at: Asked) -> Option<&Predicate> {
    let step = |(stage, step): StepAt| procedure.stages.get(stage)?.steps.get(step);
    match at {
        Asked::Gate(front, n) => gates(procedure, front)?.get(n).map(|gate| &gate.needs),
        Asked::GateWhen(front, n) => gates(procedure, front)?.get(n)?.when.as_ref(),
        Asked::Stage(n) => procedure.stages.get(n)?.when.as_ref(),
        Asked::Step(at) => step(at)?.when.as_ref(),
        Asked::Field(at, n) => step(at)?.captures.get(n)?.when.as_ref(),
        Asked::Until(n) => procedure.deadlines.get(n).map(|deadline| &deadline.until),
        Asked::Due(n) => procedure.deadlines.get(n)?.when.as_ref(),
    }
}

fn place(procedure: &mut Procedure, at: Asked) -> Option<Place<'_>> {
    Some(match at {
        Asked::Gate(front, n) => Place::Needed(&mut gates_mut(procedure, front)?.get_mut(n)?.needs),
        Asked::GateWhen(front, n) => Place::Optional(&mut gates_mut(procedure, front)?.get_mut(n)?.when),
        Asked::Stage(n) => Place::Optional(&mut procedure.stages.get_mut(n)?.when),
        Asked::Step(at) => Place::Optional(&mut step_mut(procedure, at)?.when),
        Asked::Field(at, n) => Place::Optional(&mut step_mut(procedure, at)?.captures.get_mut(n)?.when),
        Asked::Until(n) => Place::Needed(&mut procedure.deadlines.get_mut(n)?.until),
        Asked::Due(n) => Place::Optional(&mut procedure.deadlines.get_mut(n)?.when),
    })
}

/// Part `n` of the condition at a place, without the "not" around it, and whether there is one.
pub fn part(procedure: &Procedure, at: Asked, n: usize) -> Option<(&Predicate, bool)> {
    let (parts, _) = pick::parts(asked(procedure, at)?);
    Some(match parts.get(n)? {
        Predicate::Not(inner) => (inner, true),
        one => (one, false),
    })
}

/// How many parts the condition at a place has, and whether one of them is enough.
pub fn shape(procedure: &Procedure, at: Asked) -> (usize, bool) {
    asked(procedure, at).map(pick::parts).map_or((0, false), |(parts, any)| (parts.len(), any))
}

/// Changes all parts of the condition at a place. Where it may be left out, one without parts is left out.
pub fn rejoin(procedure: &mut Procedure, at: Asked, change: impl FnOnce(&mut Vec<Predicate>, &mut bool)) {
    let Some(place) = place(procedure, at) else { return };
    let now = match &place {
        Place::Needed(now) => Some(&**now),
        Place::Optional(now) => now.as_ref(),
    };
    let (mut parts, mut any) = now.map_or((Vec::new(), false), |now| {
        let (parts, any) = pick::parts(now);
        (parts.into_iter().cloned().collect(), any)
    });
    change(&mut parts, &mut any);
    match place {
        Place::Needed(now) => *now = pick::join(parts, any),
        Place::Optional(now) => *now = (!parts.is_empty()).then(|| pick::join(parts, any)),
    }
}

/// Changes part `n` of the condition at a place; `new` is given it and makes it, without the "not" around it and with
/// whether there is one.
pub fn set_part(
    procedure: &mut Procedure,
    at: Asked,
    n: usize,
    new: impl FnOnce(Predicate, bool) -> (Predicate, bool),
) {
    rejoin(procedure, at, |parts, _| {
        let Some(place) = parts.get_mut(n) else { return };
        let (one, not) = match std::mem::replace(place, Predicate::All(Vec::new())) {
            Predicate::Not(inner) => (*inner, true),
            one => (one, false),
        };
        let (one, not) = new(one, not);
        *place = if not { Predicate::Not(Box::new(one)) } else { one };
    });
}

/// Takes part `n` out of the condition at a place.
pub fn remove_part(procedure: &mut Procedure, at: Asked, n: usize) {
    rejoin(procedure, at, |parts, _| {
        if n < parts.len() {
            parts.remove(n);
        }
    });
}

/// The step or stage that a condition at a place usually asks for: what comes before, what a deadline counts from or
/// ends with.
pub fn usual(procedure: &Procedure, at: Asked) -> Option<String> {
    match at {
        Asked::Gate(front, _) | Asked::GateWhen(front, _) => pick::before(procedure, front),
        Asked::Stage(n) => pick::before(procedure, Front::Stage(n)),
        Asked::Step(at) | Asked::Field(at, _) => pick::before(procedure, Front::Step(at)),
        Asked::Until(n) => procedure.deadlines.get(n).map(|deadline| deadline.step.clone()),
        Asked::Due(n) => {
            let key = procedure.deadlines.get(n)?.from.0.first()?;
            let (stage, below) = key.split_once('.')?;
            let step = below.split('.').next()?;
            procedure.stage(stage)?.steps.iter().any(|one| one.id == step).then(|| format!("{stage}.{step}"))
        }
    }
}

/// A condition for a place as it begins: that what usually comes before is done; at the very beginning, where anything
/// of the procedure would wait for itself, a choice of the records around it.
pub fn begin(procedure: &Procedure, at: Asked, library: &Library) -> Predicate {
    if let Some(usual) = usual(procedure, at) {
        return pick::begin(Asks::Done, Some(&usual), procedure, library);
    }
    match pick::around_choices(library).into_iter().next() {
        Some((key, _)) => pick::begin(Asks::Is, Some(&key), procedure, library),
        None => pick::begin(Asks::Done, None, procedure, library),
    }
}
