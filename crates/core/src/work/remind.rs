//! When to remind of what is ahead: an appointment a day and two hours before, a deadline an hour before.
//!
//! How long before is a limit of *Rules and limits*, for appointments also one of the customer. It must not know how
//! the reminder reaches anybody: a screen, a notification, the phone's own calendar.

use super::limits::held_for;
use crate::ledger::Record;
use crate::template::Library;

/// The limits, each with what its number is in minutes.
const FIRST: (&str, f64) = ("remind-first", 60.0);
const SECOND: (&str, f64) = ("remind-second", 60.0);
const DUE: (&str, f64) = ("remind-due", 1.0);
/// No reminder comes earlier: two weeks.
const EARLIEST: f64 = 14.0 * 24.0 * 60.0;

/// How long before something people are reminded, in minutes, earliest first. Empty where it was switched off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Leads {
    /// Before an appointment.
    pub appointment: Vec<u32>,
    /// Before a deadline.
    pub due: Vec<u32>,
}

impl Leads {
    /// What holds for a customer.
    pub fn of(library: &Library, customer: Option<&Record>, profile: Option<&Record>) -> Leads {
        let minutes = |(id, unit): (&str, f64)| {
            let limit = library.limits.get(id)?;
            whole(held_for(limit, customer, profile)?.as_number()? * unit)
        };
        let mut appointment: Vec<u32> = [FIRST, SECOND].into_iter().filter_map(minutes).collect();
        appointment.sort_unstable_by(|one, other| other.cmp(one));
        appointment.dedup();
        Leads { appointment, due: minutes(DUE).into_iter().collect() }
    }
}

/// Whole minutes; none for zero, which switches a reminder off.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked against both ends")]
fn whole(minutes: f64) -> Option<u32> {
    (minutes.is_finite() && minutes >= 1.0).then(|| minutes.min(EARLIEST).round() as u32)
}

/// The reminder that holds now: the shortest lead that has begun. `None` long before it, and from the moment itself
/// on.
pub fn reminder(at: i64, now: i64, leads: &[u32]) -> Option<u32> {
    let left = at.checked_sub(now).filter(|left| *left > 0)?;
    leads.iter().copied().filter(|lead| left <= i64::from(*lead) * 60_000).min()
}
