//! What is due when. Deadlines are computed from stamps, never from timers.

use super::compute::{after, watch};
use super::{Run, Scope, StepState, holds};
use crate::gathered::sorted;
use crate::template::CaptureKind;
use crate::text::Text;

/// A running deadline of a visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    /// Id in the procedure.
    pub id: String,
    /// What is due.
    pub title: Text,
    /// The clause that sets it.
    pub clause: String,
    /// When it is due, milliseconds since 1970.
    pub at: i64,
    /// When it began, milliseconds since 1970.
    pub from: i64,
    /// Where it is met: `stage.step`.
    pub step: String,
    /// Minutes matter: show a running clock.
    pub clock: bool,
    /// It began with an appointment, of which people are reminded before it comes.
    pub appointment: bool,
}

impl Due {
    /// Whether it is late.
    pub fn is_overdue(&self, now_ms: i64) -> bool {
        now_ms > self.at
    }
}

/// The deadlines that have started and are not met, most urgent first. A closed or void visit has none.
pub fn deadlines(scope: &Scope<'_>) -> Vec<Due> {
    if scope.visit.is_void() || scope.visit.state() == crate::ledger::State::Closed {
        return Vec::new();
    }
    let mut list: Vec<Due> = scope
        .procedure
        .deadlines
        .iter()
        .filter(|deadline| deadline.when.as_ref().is_none_or(|when| holds(when, scope)))
        .filter(|deadline| !holds(&deadline.until, scope))
        .filter_map(|deadline| {
            let from = scope.latest(&deadline.from.0)?;
            Some(Due {
                id: deadline.id.clone(),
                title: deadline.title.clone(),
                clause: deadline.clause.clone(),
                at: after(from, &deadline.within, scope)?.at,
                from: from.at,
                step: deadline.step.clone(),
                clock: deadline.clock,
                appointment: deadline.appointment,
            })
        })
        .collect();
    list.extend(readings(scope));
    sorted(list, |one, other| one.at.cmp(&other.at))
}

/// The next reading of every series that has begun.
fn readings(scope: &Scope<'_>) -> Vec<Due> {
    let run = Run::new(scope);
    let mut list = Vec::new();
    for stage in &scope.procedure.stages {
        for step in &stage.steps {
            for capture in step.captures.iter().filter(|capture| matches!(capture.kind, CaptureKind::Series { .. })) {
                let path = format!("{}.{}", stage.id, step.id);
                let Some(watch) = watch(&format!("{path}.{}", capture.id), scope) else { continue };
                let open = matches!(run.step(stage, step).state, StepState::Open);
                if let (true, Some(next), Some(from)) = (open, watch.next, watch.last.or(watch.from)) {
                    list.push(Due {
                        id: format!("{path}.{}", capture.id),
                        title: Text::of("{0}：下一次读数", "{0}: next reading").with_texts(&[&capture.label]),
                        clause: step.clause.clone(),
                        at: next.at,
                        from: from.at,
                        step: path,
                        clock: false,
                        appointment: false,
                    });
                }
            }
        }
    }
    list
}
