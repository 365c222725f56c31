//! Moments with the offset they were taken in, and how people read them. No clock: `now` is always an argument.

use crate::json::fields::fields;
use crate::text::{Lang, Text};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Timelike};
use serde::Serialize;

/// A moment and the local offset in force when it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Stamp {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// Minutes east of UTC, e.g. 480 in China.
    pub tz: i16,
}

fields!(strict Stamp {
    at, tz
});

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
        self.written("Y-M-D")
    }

    /// `09:05`
    pub fn time(self) -> String {
        self.written("h:m")
    }

    /// `2026-11-21 09:05`
    pub fn date_time(self) -> String {
        self.written("Y-M-D h:m")
    }

    /// `20261121`
    pub fn compact_date(self) -> String {
        self.written("YMD")
    }

    /// The value of a `datetime-local` input: `2026-11-21T09:05`.
    pub fn to_input(self) -> String {
        self.written("Y-M-DTh:m")
    }

    /// ISO 8601 with offset: `2026-11-21T09:05:00+08:00`.
    pub fn iso(self) -> String {
        self.written("Y-M-DTh:m:sz")
    }

    /// In UTC as iCalendar writes it: `20261121T010500Z`.
    pub fn utc(self) -> String {
        Stamp { at: self.at, tz: 0 }.written("YMDThmsZ")
    }

    /// The local time, letter by letter: `Y` year, `M` month, `D` day, `h` hour, `m` minute, `s` second, `z` offset;
    /// everything else as it is. The formatter of `chrono` would put its whole language into the app.
    fn written(self, letters: &str) -> String {
        let mut words = String::new();
        let Some(local) = self.local() else { return words };
        for letter in letters.chars() {
            match letter {
                'Y' => push_year(&mut words, local.year()),
                'M' => push_two(&mut words, local.month()),
                'D' => push_two(&mut words, local.day()),
                'h' => push_two(&mut words, local.hour()),
                'm' => push_two(&mut words, local.minute()),
                's' => push_two(&mut words, local.second()),
                'z' => {
                    let minutes = u32::from(self.tz.unsigned_abs());
                    words.push(if self.tz < 0 { '-' } else { '+' });
                    push_two(&mut words, minutes / 60);
                    words.push(':');
                    push_two(&mut words, minutes % 60);
                }
                other => words.push(other),
            }
        }
        words
    }

    /// Reads the value of a `datetime-local` input in the given offset. `None` for anything else.
    pub fn from_input(text: &str, tz: i16) -> Option<Stamp> {
        let naive = parse_input(text)?;
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
            _ if local.year() == today.year() => Text::same(&self.written("M-D h:m")),
            _ => Text::same(&self.date_time()),
        }
    }
}

/// A number from 0 to 99 in two digits.
fn push_two(words: &mut String, number: u32) {
    for digit in [number / 10, number % 10] {
        words.extend(char::from_digit(digit % 10, 10));
    }
}

/// A year in four digits; with a sign where four are not enough, as ISO 8601 asks.
fn push_year(words: &mut String, year: i32) {
    let plain = year.unsigned_abs();
    if year < 0 {
        words.push('-');
    } else if plain > 9999 {
        words.push('+');
    }
    if plain > 9999 {
        words.push_str(&(plain / 10_000).to_string());
    }
    push_two(words, plain / 100 % 100);
    push_two(words, plain % 100);
}

/// `2026-11-21T09:05`, also with seconds.
fn parse_input(text: &str) -> Option<NaiveDateTime> {
    let number = |from: usize, to: usize| -> Option<u32> {
        let digits = text.get(from..to)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let second = match text.len() {
        16 => 0,
        19 => number(17, 19)?,
        _ => return None,
    };
    let marks = text.bytes().enumerate().filter(|(at, _)| [4, 7, 10, 13, 16].contains(at));
    if !marks.map(|(_, mark)| mark).eq("--T::".bytes().take(if text.len() == 16 { 4 } else { 5 })) {
        return None;
    }
    let year = i32::try_from(number(0, 4)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(5, 7)?, number(8, 10)?)?.and_hms_opt(number(11, 13)?, number(14, 16)?, second)
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
    fn moments_are_written_as_chrono_writes_them() {
        let far = [-80_000_000_000_000, -62_167_219_200_001, 253_402_300_800_000];
        let near = (0..400).map(|n| NOON.at + n * 40_000_003);
        for at in far.into_iter().chain(near) {
            for tz in [0, 480, -210, 345, -840] {
                let stamp = Stamp { at, tz };
                let local = stamp.local().map(|local| local.fixed_offset());
                let says = |pattern: &str| local.map(|local| local.format(pattern).to_string()).unwrap_or_default();
                assert_eq!(stamp.date(), says("%Y-%m-%d"));
                assert_eq!(stamp.time(), says("%H:%M"));
                assert_eq!(stamp.date_time(), says("%Y-%m-%d %H:%M"));
                assert_eq!(stamp.compact_date(), says("%Y%m%d"));
                assert_eq!(stamp.to_input(), says("%Y-%m-%dT%H:%M"));
                assert_eq!(stamp.iso(), says("%Y-%m-%dT%H:%M:%S%:z"));
            }
        }
    }

    #[test]
    fn only_the_value_of_an_input_is_read() {
        let read = |text: &str| Stamp::from_input(text, 480);
        assert_eq!(read("2026-11-21T09:05:00"), read("2026-11-21T09:05"));
        assert!(read("2026-11-21T09:05").is_some());
        for other in
            ["2026-11-21 09:05", "2026-11-21T9:05", "2026-11-21T09:05Z", "2026-11-21T09:05:0x", "2026-11-21T24:00"]
        {
            assert_eq!(read(other), None, "{other}");
        }
        for other in ["+026-11-21T09:05", "2026-1-21T009:05", "2026/11/21T09:05", "２０２６-11-21T09:05"] {
            assert_eq!(read(other), None, "{other}");
        }
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
