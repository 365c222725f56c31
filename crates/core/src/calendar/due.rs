//! What is due when: from a moment, by the customer's calendar.
//!
//! It goes from span to span and day to day, never past 2099, so it always ends.

use super::day::{DAY, Day, MINUTE};
use super::{Calendar, Weekly};
use crate::text::Text;
use crate::time::Stamp;

/// How long something may take, and how that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Span {
    /// Minutes on the clock.
    Minutes(u32),
    /// Hours on the clock.
    Hours(u32),
    /// Days of 24 hours.
    Days(u32),
    /// Hours inside working hours.
    WorkingHours(u32),
    /// To the end of the working hours of the so-manieth working day after the day on which it began; 0 for the first
    /// end of a working day that is not over.
    WorkingDays(u32),
    /// To the end of the so-manieth night that begins at that moment or later.
    Nights(u32),
}

impl Span {
    /// How people say it: `2 个工作小时`, `2 working hours`.
    pub fn words(self) -> Text {
        let (count, text) = match self {
            Span::Minutes(n) => (n, Text::of("{0} 分钟", "{0} min")),
            Span::Hours(n) => (n, Text::of("{0} 小时", "{0} h")),
            Span::Days(1) => (1, Text::of("{0} 天", "{0} day")),
            Span::Days(n) => (n, Text::of("{0} 天", "{0} days")),
            Span::WorkingHours(1) => (1, Text::of("{0} 个工作小时", "{0} working hour")),
            Span::WorkingHours(n) => (n, Text::of("{0} 个工作小时", "{0} working hours")),
            Span::WorkingDays(1) => (1, Text::of("{0} 个工作日", "{0} working day")),
            Span::WorkingDays(n) => (n, Text::of("{0} 个工作日", "{0} working days")),
            Span::Nights(1) => (1, Text::of("{0} 夜", "{0} night")),
            Span::Nights(n) => (n, Text::of("{0} 夜", "{0} nights")),
        };
        text.with(&[&count.to_string()])
    }
}

impl Calendar {
    /// When a span that begins at `from` is over, on the customer's clocks. `None` when that cannot be told: no working
    /// time that is long enough, or a moment outside 2000 to 2099.
    pub fn due(&self, from: Stamp, span: Span) -> Option<Stamp> {
        let from = self.plausible(from.at)?;
        let at = match span {
            Span::Minutes(n) => from.at + i64::from(n) * MINUTE,
            Span::Hours(n) => from.at + i64::from(n) * 60 * MINUTE,
            Span::Days(n) => from.at + i64::from(n) * DAY,
            Span::WorkingHours(n) => self.after_working(from.at, i64::from(n) * 60 * MINUTE)?,
            Span::WorkingDays(n) => self.end_of_working_day(from, n)?,
            Span::Nights(n) => self.end_of_night(from, n),
        };
        self.plausible(at)
    }

    /// Whole minutes inside working hours between two moments; 0 if the second is not later.
    pub fn working_minutes(&self, from: Stamp, to: Stamp) -> i64 {
        let (Some(from), Some(to)) = (self.plausible(from.at), self.plausible(to.at)) else { return 0 };
        let parts = self.working_from(from.at).take_while(|(open, _)| *open < to.at);
        parts.map(|(open, close)| close.min(to.at) - open).sum::<i64>() / MINUTE
    }

    /// The moment itself if it lies inside working hours, else the next at which they begin.
    pub fn next_working(&self, stamp: Stamp) -> Option<Stamp> {
        let from = self.plausible(stamp.at)?;
        let (open, _) = self.working_from(from.at).next()?;
        self.plausible(open)
    }

    fn plausible(&self, at: i64) -> Option<Stamp> {
        let stamp = Stamp { at, tz: self.tz };
        stamp.is_plausible().then_some(stamp)
    }

    /// The first moment at which so much working time has passed.
    fn after_working(&self, from: i64, mut millis: i64) -> Option<i64> {
        if millis == 0 {
            return Some(from);
        }
        for (open, close) in self.working_from(from) {
            if close - open >= millis {
                return Some(open + millis);
            }
            millis -= close - open;
        }
        None
    }

    fn end_of_working_day(&self, from: Stamp, count: u32) -> Option<i64> {
        let today = self.day(from);
        let ends = |day: Day| {
            let last = self.opens(&self.hours, day).iter().map(|open| open.to).max()?;
            Some(day.begins(self.tz) + i64::from(last) * MINUTE)
        };
        match usize::try_from(count).ok()?.checked_sub(1) {
            Some(others) => working(&self.hours, today.plus(1)).filter_map(ends).nth(others),
            // Hours of yesterday may run into today.
            None => working(&self.hours, today.plus(-1)).filter_map(ends).find(|end| *end >= from.at),
        }
    }

    fn end_of_night(&self, from: Stamp, count: u32) -> i64 {
        if count == 0 {
            return from.at;
        }
        let (begin, end) = (i64::from(self.night.0 % 1440), i64::from(self.night.1 % 1440));
        let length = if end > begin { end - begin } else { end - begin + 1440 };
        let tonight = self.day(from).begins(self.tz) + begin * MINUTE;
        let first = if tonight < from.at { tonight + DAY } else { tonight };
        first + i64::from(count - 1) * DAY + length * MINUTE
    }

    /// Working time from a moment on: beginnings and ends in order, nothing twice.
    fn working_from(&self, from: i64) -> impl Iterator<Item = (i64, i64)> {
        // Hours of two days overlap when those of the first run across midnight far enough.
        let mut covered = from;
        let first = Day::at(Stamp { at: from, tz: self.tz }, self.tz).plus(-1);
        let all = working(&self.hours, first).flat_map(move |day| {
            let begins = day.begins(self.tz);
            let opens = self.opens(&self.hours, day).iter();
            opens.map(move |open| (begins + i64::from(open.from) * MINUTE, begins + i64::from(open.to) * MINUTE))
        });
        all.filter_map(move |(open, close)| {
            let open = open.max(covered);
            covered = covered.max(close);
            (open < close).then_some((open, close))
        })
    }
}

/// Every day from one on to the end of 2099; none without any hours.
fn working(hours: &Weekly, first: Day) -> impl Iterator<Item = Day> + use<> {
    let days = if hours.is_empty() { 0 } else { Day::of(2099, 12, 31).map_or(0, |last| last.since(first) + 1) };
    (0..days).map(move |n| first.plus(n))
}
