//! What is due when. Deadlines are computed from stamps, never from timers.

use super::{Scope, holds};
use crate::gathered::sorted;
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
    let list: Vec<Due> = scope
        .procedure
        .deadlines
        .iter()
        .filter(|deadline| deadline.when.as_ref().is_none_or(|when| holds(when, scope)))
        .filter(|deadline| !holds(&deadline.until, scope))
        .filter_map(|deadline| {
            let from = scope.moment(&deadline.from)?.at;
            Some(Due {
                id: deadline.id.clone(),
                title: deadline.title.clone(),
                clause: deadline.clause.clone(),
                at: from.saturating_add(deadline.within.millis()),
                from,
                step: deadline.step.clone(),
                clock: deadline.clock,
            })
        })
        .collect();
    sorted(list, |one, other| one.at.cmp(&other.at))
}
