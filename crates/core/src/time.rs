//! Moments with the offset they were taken in, and how people read them. No clock: `now` is always an argument.

use crate::text::{Lang, Text};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, TimeZone, Timelike};
use serde::{Deserialize, Serialize};

/// A moment and the local offset in force when it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// Minutes east of UTC, e.g. 480 in China.
    pub tz: i16,
}

/// Earliest and latest moments that a record accepts: 2000-01-01 and 2100-01-01, UTC.
const FIRST: i64 = 946_684_800_000;
const LAST: i64 = 4_102_444_800_000;

impl Stamp {
    /// Whether year and offset are within reason.
    pub fn is_plausible(self) -> bool {
        (FIRST..LAST).contains(&self.at) && (-14 * 60..=14 * 60).contains(&i32::from(self.tz))
    }

    /// The local date and time.
    pub fn local(self) -> Option<DateTime<FixedOffset>> {
        FixedOffset::east_opt(i32::from(self.tz) * 60)?.timestamp_millis_opt(self.at).single()
    }

    /// Minutes after local midnight.
    pub fn minute_of_day(self) -> Option<u32> {
        self.local().map(|local| local.hour() * 60 + local.minute())
    }

    /// `2026-11-21`
    pub fn date(self) -> String {
        self.local().map(|local| local.format("%Y-%m-%d").to_string()).unwrap_or_default()
    }

    /// `09:05`
    pub fn time(self) -> String {
        self.local().map(|local| local.format("%H:%M").to_string()).unwrap_or_default()
    }

    /// `2026-11-21 09:05`
    pub fn date_time(self) -> String {
        format!("{} {}", self.date(), self.time())
    }

    /// `20261121`
    pub fn compact_date(self) -> String {
        self.local().map(|local| local.format("%Y%m%d").to_string()).unwrap_or_default()
    }

    /// The value of a `datetime-local` input: `2026-11-21T09:05`.
    pub fn to_input(self) -> String {
        self.local().map(|local| local.format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
    }

    /// Reads the value of a `datetime-local` input in the given offset. `None` for anything else.
    pub fn from_input(text: &str, tz: i16) -> Option<Stamp> {
        let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
            .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"))
            .ok()?;
        let local = FixedOffset::east_opt(i32::from(tz) * 60)?.from_local_datetime(&naive).single()?;
        let stamp = Stamp { at: local.timestamp_millis(), tz };
        stamp.is_plausible().then_some(stamp)
    }

    /// How a person near `now` says it: `今天 09:05`, `Tomorrow 14:00`, `11-30 08:00`, `2025-11-30 08:00`.
    pub fn spoken(self, now: Stamp) -> Text {
        let (Some(local), Some(today)) = (self.local(), now.local()) else {
            return Text::same("?");
        };
        let days = (local.date_naive() - today.date_naive()).num_days();
        let time = self.time();
        match days {
            0 => Text::owned(format!("今天 {time}"), format!("Today {time}")),
            1 => Text::owned(format!("明天 {time}"), format!("Tomorrow {time}")),
            -1 => Text::owned(format!("昨天 {time}"), format!("Yesterday {time}")),
            _ if local.year() == today.year() => Text::same(&local.format("%m-%d %H:%M").to_string()),
            _ => Text::same(&self.date_time()),
        }
    }
}

/// A span in the largest two fitting units: `2 天 3 小时`, `14 min`.
pub fn span_words(millis: i64) -> Text {
    let minutes = millis.unsigned_abs() / 60_000;
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    if days > 0 {
        Text::owned(format!("{days} 天 {hours} 小时"), format!("{days} d {hours} h"))
    } else if hours > 0 {
        Text::owned(format!("{hours} 小时 {rest} 分"), format!("{hours} h {rest} min"))
    } else {
        Text::owned(format!("{rest} 分钟"), format!("{rest} min"))
    }
}

/// Minutes after midnight of `HH:MM`.
pub fn parse_clock(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (text.len() == 5 && hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Whether a minute of the day lies in the window `[from, to)`; a window whose end is not after its start runs
/// across midnight.
pub fn in_window(minute: u32, from: u32, to: u32) -> bool {
    if from < to { (from..to).contains(&minute) } else { minute >= from || minute < to }
}

/// The language's short weekday of a stamp: `周六`, `Sat`.
pub fn weekday(stamp: Stamp, lang: Lang) -> &'static str {
    const ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let Some(local) = stamp.local() else {
        return "";
    };
    let day = local.weekday().num_days_from_monday() as usize;
    match lang {
        Lang::Zh => ZH[day],
        Lang::En => EN[day],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Stamp = Stamp { at: 1_795_233_600_000, tz: 480 };

    #[test]
    fn a_datetime_input_round_trips() {
        let text = NOON.to_input();
        assert_eq!(Stamp::from_input(&text, 480), Some(NOON));
    }

    #[test]
    fn absurd_dates_are_refused() {
        assert_eq!(Stamp::from_input("0001-01-01T00:00", 480), None);
        assert_eq!(Stamp::from_input("2026-02-30T00:00", 480), None);
        assert_eq!(Stamp::from_input("275760-09-13T00:00", 480), None);
        assert_eq!(Stamp::from_input("", 480), None);
    }

    #[test]
    fn a_window_may_run_across_midnight() {
        assert!(in_window(23 * 60, 20 * 60, 6 * 60));
        assert!(in_window(5 * 60, 20 * 60, 6 * 60));
        assert!(!in_window(6 * 60, 20 * 60, 6 * 60));
        assert!(in_window(0, 0, 6 * 60));
        assert!(!in_window(12 * 60, 0, 6 * 60));
    }

    #[test]
    fn near_moments_are_spoken() {
        let tomorrow = Stamp { at: NOON.at + 86_400_000, ..NOON };
        assert!(tomorrow.spoken(NOON).zh.starts_with("明天"));
        assert!(NOON.spoken(NOON).en.starts_with("Today"));
    }
}
