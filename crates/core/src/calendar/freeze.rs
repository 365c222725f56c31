//! Periods in which a customer's equipment is left alone: festivals, year-end closing, important events.
//!
//! A period is written in the customer's local time. It must not know where that is: the calendar does.

use super::day::{Day, MINUTE};
use super::lines::{LineError, LineFault, lines, period};
use super::weekly::push_clock;
use crate::time::Stamp;
use std::fmt;

/// A period and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Where it begins: local minutes since 1970.
    from: i64,
    /// Where it ends, not included.
    to: i64,
    /// Why.
    reason: String,
}

impl Period {
    /// Why, in the words of whoever set it.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// When it begins, where the clocks are `tz` minutes ahead of UTC.
    pub fn from(&self, tz: i16) -> Stamp {
        Stamp { at: (self.from - i64::from(tz)) * MINUTE, tz }
    }

    /// When it is over.
    pub fn to(&self, tz: i16) -> Stamp {
        Stamp { at: (self.to - i64::from(tz)) * MINUTE, tz }
    }

    /// `2026-02-10..2026-02-25`, `2026-02-10 18:00..2026-02-25 08:00`, `2026-10-01`.
    pub fn when(&self) -> String {
        let whole = self.from.rem_euclid(1440) == 0 && self.to.rem_euclid(1440) == 0;
        if whole { self.dates() } else { self.moments() }
    }

    fn dates(&self) -> String {
        let (first, last) = (local_day(self.from), local_day(self.to - 1));
        if first == last { first.to_string() } else { format!("{first}..{last}") }
    }

    fn moments(&self) -> String {
        let mut words = String::new();
        for minute in [self.from, self.to] {
            words.push_str(if words.is_empty() { "" } else { ".." });
            words.push_str(&local_day(minute).to_string());
            words.push(' ');
            push_clock(&mut words, u32::try_from(minute.rem_euclid(1440)).unwrap_or(0));
        }
        words
    }
}

fn local_day(minute: i64) -> Day {
    Day::at(Stamp { at: minute.saturating_mul(MINUTE), tz: 0 }, 0)
}

/// One line of [`Freeze::parse`].
impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Behind a date without a time, a reason such as `8:00 sharp` would be read as its time.
        let is_word = self.reason.starts_with(|letter: char| letter.is_alphabetic() && !"至到".contains(letter));
        let when = if is_word { self.when() } else { self.moments() };
        write!(out, "{when} {}", self.reason)
    }
}

/// All periods of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Freeze(Vec<Period>);

const EXAMPLE: &str = "2026-02-10 18:00..2026-02-25 08:00 春节封网";

impl Freeze {
    /// Reads lines such as `2026-02-10..2026-02-25 春节封网` or `2026-02-10 18:00..2026-02-25 08:00 春节封网`. A last
    /// day without a time belongs to the period.
    ///
    /// # Errors
    /// Every line that is not understood.
    pub fn parse(text: &str) -> Result<Freeze, Vec<LineError>> {
        let mut all = Freeze::default();
        let mut errors = Vec::new();
        for (line, words) in lines(text) {
            match read(words) {
                Ok(period) => all.0.push(period),
                Err(fault) => errors.push(LineError { line, fault, example: EXAMPLE }),
            }
        }
        if errors.is_empty() { Ok(all) } else { Err(errors) }
    }

    /// The periods as they were written.
    pub fn periods(&self) -> &[Period] {
        &self.0
    }

    /// The period in force at a moment, by the local time of its own offset; of several the one that ends last.
    /// [`super::Calendar::frozen`] asks by the customer's.
    pub fn at(&self, stamp: Stamp) -> Option<&Period> {
        let minute = stamp.at.saturating_add(i64::from(stamp.tz) * MINUTE).div_euclid(MINUTE);
        let in_force = self.0.iter().filter(|period| (period.from..period.to).contains(&minute));
        in_force.max_by_key(|period| period.to)
    }
}

fn read(line: &str) -> Result<Period, LineFault> {
    let (first, last, reason) = period(line)?;
    let minutes = |day: Day, minute: u32| day.begins(0) / MINUTE + i64::from(minute);
    let from = minutes(first.0, first.1.unwrap_or(0));
    let (last_day, clock) = last.unwrap_or((first.0, None));
    let to = minutes(last_day, clock.unwrap_or(1440));
    if to <= from {
        return Err(LineFault::Reversed);
    }
    if reason.is_empty() {
        return Err(LineFault::Reason);
    }
    Ok(Period { from, to, reason: reason.to_owned() })
}

/// The lines again.
impl fmt::Display for Freeze {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|period| writeln!(out, "{period}"))
    }
}
