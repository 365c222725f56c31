//! Hours that come again every week: when a customer works, when the network is busy.
//!
//! It must not know dates: which weekday's hours a holiday has is the job of the calendar. Text becomes hours in
//! `hours`.

use super::hours::{HoursError, read};
use crate::text::{Lang, Text};
use std::fmt;

/// Hours of one day that follow each other without a break: minutes after midnight, the end not included. One that
/// runs across midnight ends after 1440.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Open {
    /// Where it begins, below 1440.
    pub from: u32,
    /// Where it ends, at most 1440 later.
    pub to: u32,
}

/// The whole day.
pub(super) const FULL: Open = Open { from: 0, to: 1440 };

/// Hours by weekday.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Weekly {
    /// From Monday; each in order, without overlaps.
    days: [Vec<Open>; 7],
}

impl Weekly {
    /// Round the clock.
    pub fn always() -> Weekly {
        Weekly { days: std::array::from_fn(|_| vec![FULL]) }
    }

    /// The same hours from Monday to Friday.
    pub(super) fn office(from: u32, to: u32) -> Weekly {
        let mut weekly = Weekly::default();
        weekly.days[..5].fill(vec![Open { from, to }]);
        weekly
    }

    /// Reads working hours, e.g. `1-5 08:30-12:00 14:00-18:00; 6 09:00-12:00` (1 is Monday), `周一至周五 9:00-18:00` or
    /// `always`. Hours without a weekday are those of Monday to Friday. An empty text has no hours.
    ///
    /// # Errors
    /// What was not understood, where, with an example.
    pub fn parse(text: &str) -> Result<Weekly, HoursError> {
        read(text, &[0, 1, 2, 3, 4])
    }

    /// Reads peak hours: as [`Weekly::parse`], but hours without a weekday are those of every day.
    ///
    /// # Errors
    /// What was not understood, where, with an example.
    pub fn parse_peak(text: &str) -> Result<Weekly, HoursError> {
        read(text, &[0, 1, 2, 3, 4, 5, 6])
    }

    /// The hours of a weekday, 0 for Monday, in order.
    pub fn on(&self, weekday: usize) -> &[Open] {
        self.days.get(weekday).map_or(&[], Vec::as_slice)
    }

    /// Whether there are no hours at all.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }

    /// Whether some weekday has no hours. Who has no day of rest in the week has no public holidays either.
    pub fn rests(&self) -> bool {
        self.days.iter().any(Vec::is_empty)
    }

    /// Puts hours into a weekday. `false`, and nothing changed, if they overlap with hours of that weekday.
    pub(super) fn add(&mut self, weekday: usize, open: Open) -> bool {
        let Some(day) = self.days.get_mut(weekday) else { return false };
        if day.iter().any(|other| open.from < other.to && other.from < open.to) {
            return false;
        }
        let place = day.iter().take_while(|other| other.from < open.from).count();
        day.insert(place, open);
        true
    }

    /// The hours as people read them: `周一至周五 09:00-18:00；周六 09:00-12:00`. The parser reads it, too.
    pub fn words(&self) -> Text {
        if *self == Weekly::always() {
            return Text::of("全天", "always");
        }
        Text::owned(
            self.written("；", |out, first, last| named(out, first, last, Lang::Zh)),
            self.written("; ", |out, first, last| named(out, first, last, Lang::En)),
        )
    }

    /// Days with the same hours, then these hours; `name` writes a run of weekdays.
    fn written(&self, between: &str, name: fn(&mut String, usize, usize)) -> String {
        let mut out = String::new();
        for (day, hours) in self.days.iter().enumerate() {
            // Days with the hours of an earlier day stand there.
            if hours.is_empty() || self.days[..day].contains(hours) {
                continue;
            }
            if !out.is_empty() {
                out.push_str(between);
            }
            let mut first = day;
            while first < 7 {
                if self.days[first] != *hours {
                    first += 1;
                    continue;
                }
                let run = self.days[first..].iter().take_while(|other| *other == hours).count();
                if first > day {
                    out.push(',');
                }
                name(&mut out, first, first + run - 1);
                first += run;
            }
            for open in hours {
                out.push(' ');
                push_clock(&mut out, open.from);
                out.push('-');
                push_clock(&mut out, if open.to > 1440 { open.to - 1440 } else { open.to });
            }
        }
        out
    }
}

/// The canonical text: `1-5 08:30-12:00 14:00-18:00; 6 09:00-12:00`, `always`; empty without hours.
impl fmt::Display for Weekly {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Weekly::always() {
            return out.write_str("always");
        }
        out.write_str(&self.written("; ", |out, first, last| {
            out.extend(char::from_digit(first as u32 + 1, 10));
            if last > first {
                out.push('-');
                out.extend(char::from_digit(last as u32 + 1, 10));
            }
        }))
    }
}

/// `周一至周五`, `Mon-Fri`, `周六`, `Sat`.
fn named(out: &mut String, first: usize, last: usize, lang: Lang) {
    out.push_str(day_name(first).get(lang));
    if last > first {
        out.push_str(if lang == Lang::Zh { "至" } else { "-" });
        out.push_str(day_name(last).get(lang));
    }
}

/// The name of a weekday, 0 for Monday.
pub(super) fn day_name(weekday: usize) -> Text {
    const NAMES: [Text; 7] = [
        Text::of("周一", "Mon"),
        Text::of("周二", "Tue"),
        Text::of("周三", "Wed"),
        Text::of("周四", "Thu"),
        Text::of("周五", "Fri"),
        Text::of("周六", "Sat"),
        Text::of("周日", "Sun"),
    ];
    NAMES.get(weekday).cloned().unwrap_or_else(|| Text::same("?"))
}

/// `09:05`, `24:00`.
pub(super) fn push_clock(out: &mut String, minute: u32) {
    for (place, number) in [minute / 60, minute % 60].into_iter().enumerate() {
        if place > 0 {
            out.push(':');
        }
        out.extend(char::from_digit(number / 10, 10));
        out.extend(char::from_digit(number % 10, 10));
    }
}
