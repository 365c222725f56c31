//! The calendar of a run: what is known of the customer's hours, and durations in it.

use super::Scope;
use crate::calendar::{Calendar, Days, Freeze, Weekly};
use crate::time::parse_clock;
use crate::value::Value;

/// The calendar of a scope. What nobody has set, or what cannot be read, stays as it is by default.
pub(super) fn calendar(scope: &Scope<'_>) -> Calendar {
    let words = |key: &str| match scope.value(key) {
        Some(Value::Text(words)) => Some(words),
        _ => None,
    };
    let own = |field: &str| words(&format!("customer.{field}")).or_else(|| words(&format!("limit.{field}")));
    let mut calendar = Calendar { days: scope.library.days.clone(), ..Calendar::default() };
    if let Some(hours) = own("hours").and_then(|text| Weekly::parse(&text).ok()) {
        calendar.hours = hours;
    }
    if let Some(peak) = own("peak").and_then(|text| Weekly::parse_peak(&text).ok()) {
        calendar.peak = peak;
    }
    if let Some(freeze) = own("freeze").and_then(|text| Freeze::parse(&text).ok()) {
        calendar.freeze = freeze;
    }
    if let Some(days) = words("limit.holidays").and_then(|text| Days::parse(&text).ok()) {
        calendar.days.extend(days);
    }
    if let Some((from, to)) = words("limit.major-window").and_then(|text| clock_window(&text)) {
        calendar.night = (from, to);
    }
    calendar.tz = scope.visit.created.as_ref().map_or(calendar.tz, |created| created.touch.stamp().tz);
    calendar
}

/// A window of the day, `00:00-06:00`, as minutes.
pub fn clock_window(text: &str) -> Option<(u32, u32)> {
    let (from, to) = text.trim().split_once(['-', '–', '—', '~', '至'])?;
    Some((parse_clock(from.trim())?, parse_clock(to.trim())?))
}
