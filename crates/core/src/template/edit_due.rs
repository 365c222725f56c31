//! Changing the deadlines of a procedure.
//!
//! As in [`super::edit`], whether what comes about can be run is the checker's to say.

use super::edit::{free_id, named};
use super::pick;
use super::{Deadline, Keys, Library, Operand, Predicate, Procedure, Within};

/// Adds a deadline: an hour after the first time of the procedure, or after its begin, for its last step. Gives its
/// number; `None` where there is no step.
pub fn add(procedure: &mut Procedure, library: &Library) -> Option<usize> {
    let (from, _) = pick::starts(procedure, library).into_iter().next()?;
    let (step, _) = pick::steps(procedure).pop()?;
    let id = free_id("due", procedure.deadlines.iter().map(|deadline| deadline.id.as_str()));
    procedure.deadlines.push(Deadline {
        id,
        title: named("新时限", "New deadline"),
        clause: "(I)".to_owned(),
        rules: Vec::new(),
        from: Keys(vec![from]),
        within: Within::Hours(Operand::Number(1.0)),
        when: None,
        until: Predicate::Done(step.clone()),
        step,
        clock: false,
        appointment: false,
    });
    Some(procedure.deadlines.len() - 1)
}

/// Takes a deadline away.
pub fn remove(procedure: &mut Procedure, n: usize) {
    if n < procedure.deadlines.len() {
        procedure.deadlines.remove(n);
    }
}

/// Sets the step that meets it. Where it was met by exactly that step's completion, it is met by the new one's.
pub fn set_step(procedure: &mut Procedure, n: usize, step: &str) {
    let Some(deadline) = procedure.deadlines.get_mut(n) else { return };
    if deadline.until == Predicate::Done(deadline.step.clone()) {
        deadline.until = Predicate::Done(step.to_owned());
    }
    step.clone_into(&mut deadline.step);
}

/// Sets the amount; how it is counted stays.
pub fn set_amount(procedure: &mut Procedure, n: usize, amount: Operand) {
    let Some(deadline) = procedure.deadlines.get_mut(n) else { return };
    if let Some(within) = Within::counted(deadline.within.unit(), amount) {
        deadline.within = within;
    }
}

/// Sets how it is counted, one of [`Within::UNITS`]; the amount stays.
pub fn set_unit(procedure: &mut Procedure, n: usize, unit: &str) {
    let Some(deadline) = procedure.deadlines.get_mut(n) else { return };
    if let Some(within) = Within::counted(unit, deadline.within.amount().clone()) {
        deadline.within = within;
    }
}
