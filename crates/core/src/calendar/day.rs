//! A date as a number, so that the calendar can count. It must not know what is done on it.

use crate::time::Stamp;
use chrono::{Datelike, NaiveDate};
use std::fmt;

/// Milliseconds of a minute and of a day.
pub(super) const MINUTE: i64 = 60_000;
pub(super) const DAY: i64 = 1440 * MINUTE;

/// Days from the first of January of the year 1 to that of 1970, as `chrono` counts.
const EPOCH: i32 = 719_163;

/// A date, without a time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// The date with these numbers; `None` if there is none or it lies outside 2000 to 2099.
    pub fn of(year: i32, month: u32, day: u32) -> Option<Day> {
        let date = NaiveDate::from_ymd_opt(year, month, day)?;
        (2000..2100).contains(&year).then(|| Day::from(date))
    }

    /// Reads `2026-10-01`, and nothing else.
    pub fn parse(text: &str) -> Option<Day> {
        let stamp = Stamp::from_input(&format!("{text}T00:00"), 0)?;
        Some(Day::at(stamp, 0))
    }

    /// The date of a moment where the clocks are `tz` minutes ahead of UTC.
    pub fn at(stamp: Stamp, tz: i16) -> Day {
        let local = stamp.at.saturating_add(i64::from(tz) * MINUTE);
        Day(i32::try_from(local.div_euclid(DAY)).unwrap_or(if local < 0 { i32::MIN } else { i32::MAX }))
    }

    /// The weekday, from 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> usize {
        // The first of January 1970 was a Thursday.
        usize::try_from((i64::from(self.0) + 3).rem_euclid(7)).unwrap_or(0)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.date().map_or(0, |date| date.year())
    }

    /// The month, from 1.
    pub fn month(self) -> u32 {
        self.date().map_or(0, |date| date.month())
    }

    /// The date so many days later, or earlier.
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// How many days later than `other`.
    pub fn since(self, other: Day) -> i32 {
        self.0.saturating_sub(other.0)
    }

    /// When it begins, in milliseconds since 1970, where the clocks are `tz` minutes ahead of UTC.
    pub fn begins(self, tz: i16) -> i64 {
        i64::from(self.0) * DAY - i64::from(tz) * MINUTE
    }

    fn date(self) -> Option<NaiveDate> {
        NaiveDate::from_num_days_from_ce_opt(self.0.checked_add(EPOCH)?)
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Day {
        Day(date.num_days_from_ce() - EPOCH)
    }
}

/// `2026-10-01`
impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&Stamp { at: self.begins(0), tz: 0 }.date())
    }
}
