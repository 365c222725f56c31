//! The customer's calendar: working hours, peak hours, public holidays, freezes, and what is due when by them.
//!
//! Everything is reckoned in the customer's time zone, never in that of the phone. It must not know records or
//! procedures; text for people to edit comes in and goes out, and errors are said in words.
//!
//! Holidays: on a day off the hours of its weekday fall away, unless the hours leave out no weekday: who works every
//! day of the week works on holidays. A Saturday or Sunday that was made a working day has the hours of Friday (or of
//! the last weekday before it that has any).

mod day;
mod days;
mod due;
mod file;
mod freeze;
mod hours;
mod ics;
mod letters;
mod lines;
mod weekly;

pub use day::Day;
pub use days::{DayKind, Days};
pub use due::Span;
pub use file::{HolidayFile, HolidayRun};
pub use freeze::{Freeze, Period};
pub use hours::{HoursError, HoursFault};
pub use ics::{Event, When, ics};
pub use lines::{LineError, LineFault};
pub use weekly::{Open, Weekly};

use crate::time::{Stamp, in_window};
use day::MINUTE;

/// When a customer works, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// Working hours.
    pub hours: Weekly,
    /// Hours in which the customer's network is busiest.
    pub peak: Weekly,
    /// Public holidays and shifted working days.
    pub days: Days,
    /// Periods in which nothing is touched.
    pub freeze: Freeze,
    /// The night in which work on live equipment is done: minutes after midnight, from and to, across midnight if the
    /// end is not after the start.
    pub night: (u32, u32),
    /// Minutes east of UTC.
    pub tz: i16,
}

impl Default for Calendar {
    /// Monday to Friday 09:00-18:00, nights 00:00-06:00, China's time; no holidays, peaks or freezes.
    fn default() -> Calendar {
        Calendar {
            hours: Weekly::office(9 * 60, 18 * 60),
            peak: Weekly::default(),
            days: Days::default(),
            freeze: Freeze::default(),
            night: (0, 6 * 60),
            tz: 480,
        }
    }
}

impl Calendar {
    /// The same moment on the customer's clocks.
    pub fn here(&self, stamp: Stamp) -> Stamp {
        Stamp { at: stamp.at, tz: self.tz }
    }

    /// The date of a moment at the customer's.
    pub fn day(&self, stamp: Stamp) -> Day {
        Day::at(stamp, self.tz)
    }

    /// Whether working hours begin on a day.
    pub fn is_working_day(&self, day: impl Into<Day>) -> bool {
        !self.opens(&self.hours, day.into()).is_empty()
    }

    /// Whether a moment lies inside working hours.
    pub fn is_working(&self, stamp: Stamp) -> bool {
        self.is_inside(&self.hours, stamp)
    }

    /// Whether a moment lies inside peak hours.
    pub fn is_peak(&self, stamp: Stamp) -> bool {
        self.is_inside(&self.peak, stamp)
    }

    /// Whether a moment lies inside the night window.
    pub fn is_night(&self, stamp: Stamp) -> bool {
        self.in_window(stamp, self.night.0, self.night.1)
    }

    /// The freeze in force at a moment.
    pub fn frozen(&self, stamp: Stamp) -> Option<&Period> {
        self.freeze.at(self.here(stamp))
    }

    /// Whether the customer's clocks show a time in the window `[from, to)`, minutes after midnight.
    pub fn in_window(&self, stamp: Stamp, from: u32, to: u32) -> bool {
        self.here(stamp).minute_of_day().is_some_and(|minute| in_window(minute, from, to))
    }

    /// The hours that begin on a day: those of its weekday or of the weekday that it was made.
    fn opens<'a>(&self, weekly: &'a Weekly, day: Day) -> &'a [Open] {
        let weekday = day.weekday();
        match self.days.kind(day) {
            Some(DayKind::Holiday) if weekly.rests() => &[],
            Some(DayKind::Working) if weekday > 4 => {
                let stands_for = (0..5).rev().find(|other| !weekly.on(*other).is_empty());
                weekly.on(stands_for.unwrap_or(weekday))
            }
            _ => weekly.on(weekday),
        }
    }

    fn is_inside(&self, weekly: &Weekly, stamp: Stamp) -> bool {
        let today = self.day(stamp);
        // Hours of yesterday may run across midnight.
        [today.plus(-1), today].into_iter().any(|day| {
            let minute = (stamp.at.saturating_sub(day.begins(self.tz))).div_euclid(MINUTE);
            self.opens(weekly, day).iter().any(|open| (i64::from(open.from)..i64::from(open.to)).contains(&minute))
        })
    }
}
