//! Lines that begin with a date or a period, as people write them, and what is wrong with one.
//!
//! `2026-10-01..2026-10-07`, `2026年10月1日至7日`, `2026/2/10 18:00 ~ 2/25 8:00`. What follows is up to the caller.

use super::day::Day;
use super::letters::plain;
use crate::text::Text;

/// The longest period that a line may name: longer ones are slips of the finger.
const MOST: i32 = 366;

/// Why a line is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: LineFault,
    /// How a good line looks.
    pub(super) example: &'static str,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineFault {
    /// No date where one must stand.
    Date(String),
    /// A date that does not exist, or not between 2000 and 2099.
    NoDate(String),
    /// A time that no clock shows.
    Clock(String),
    /// A time where only whole days count.
    WholeDays,
    /// An end that does not come after its beginning.
    Reversed,
    /// A period longer than a year.
    Long,
    /// Neither a day off nor a working day.
    Kind(String),
    /// The reason is missing.
    Reason,
    /// A date that stands in an earlier line, too.
    Twice(Day),
}

impl LineError {
    /// The sentence for the user: which line, what is wrong, how it looks right.
    pub fn words(&self) -> Text {
        let what = match &self.fault {
            LineFault::Date(word) => {
                Text::of("“{0}”不是日期", "“{0}” is no date").with(&[if word.is_empty() { " " } else { word }])
            }
            LineFault::NoDate(word) => {
                Text::of("没有“{0}”这一天（2000 至 2099 年）", "There is no day “{0}” (2000 to 2099)").with(&[word])
            }
            LineFault::Clock(word) => Text::of("没有“{0}”这个时间", "There is no time “{0}”").with(&[word]),
            LineFault::WholeDays => {
                Text::of("这里只按整天算，请不要写时间", "Only whole days count here: leave the time out")
            }
            LineFault::Reversed => Text::of("结束不晚于开始", "The end does not come after the beginning"),
            LineFault::Long => Text::of("时间超过一年", "It is longer than a year"),
            LineFault::Kind(word) if word.is_empty() => {
                Text::of("日期后面请写“休”或“班”", "Write “off” or “work” after the date")
            }
            LineFault::Kind(word) => Text::of(
                "“{0}”看不懂，请写“休”（放假）或“班”（上班）",
                "“{0}” is not understood: write “off” (holiday) or “work” (working day)",
            )
            .with(&[word]),
            LineFault::Reason => Text::of("后面请写原因", "The reason is missing"),
            LineFault::Twice(day) => {
                Text::of("{0} 在前面已经写过", "{0} already stands further up").with(&[&day.to_string()])
            }
        };
        Text::of("第 {1} 行：{0}。例如：{2}", "Line {1}: {0}. For example: {2}").with_texts(&[
            &what,
            &Text::same(&self.line.to_string()),
            &Text::same(self.example),
        ])
    }
}

/// The lines that say something, each with its number: blank ones and those that begin with `#` do not.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text.lines().enumerate().map(|(n, line)| (n + 1, line.trim()));
    numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with(['#', '＃']))
}

/// A beginning or an end: the date, and the minutes after its midnight if a time is given.
pub(super) type Moment = (Day, Option<u32>);

/// The period at the beginning of a line, and what follows it.
pub(super) fn period(line: &str) -> Result<(Moment, Option<Moment>, &str), LineFault> {
    let mut scan = Scan { line, letters: line.chars().map(plain).collect(), at: 0 };
    let from = scan.moment(None)?;
    let mut to = None;
    if scan.passes_range() {
        to = Some(scan.moment(Some(from.0))?);
    }
    let last = to.unwrap_or(from).0;
    if last.since(from.0) < 0 {
        return Err(LineFault::Reversed);
    }
    if last.since(from.0) >= MOST {
        return Err(LineFault::Long);
    }
    Ok((from, to, scan.behind(scan.at).trim()))
}

struct Scan<'a> {
    line: &'a str,
    letters: Vec<char>,
    at: usize,
}

impl<'a> Scan<'a> {
    /// The line from a letter on, as it was typed.
    fn behind(&self, at: usize) -> &'a str {
        let place = self.line.char_indices().nth(at).map_or(self.line.len(), |(place, _)| place);
        &self.line[place..]
    }

    /// The word that begins at a letter, cut to what a message can show.
    fn word(&self, at: usize) -> String {
        self.behind(at).trim_start().chars().take_while(|letter| !letter.is_whitespace()).take(16).collect()
    }

    fn letter(&self, at: usize) -> char {
        self.letters.get(at).copied().unwrap_or('\0')
    }

    fn pass_spaces(&mut self) {
        while self.letter(self.at).is_whitespace() {
            self.at += 1;
        }
    }

    /// Up to four digits.
    fn number(&mut self) -> Option<(u32, usize)> {
        let digits = self.letters[self.at..].iter().map_while(|letter| letter.to_digit(10));
        let (value, len) = digits.take(5).fold((0, 0), |(value, len), digit| (value * 10 + digit, len + 1));
        self.at += len;
        (1..=4).contains(&len).then_some((value, len))
    }

    fn passes_range(&mut self) -> bool {
        let before = self.at;
        self.pass_spaces();
        let start = self.at;
        let is_dots = self.letter(self.at) == '.' && self.letter(self.at + 1) == '.';
        while matches!(self.letter(self.at), '-' | '…') || is_dots && self.letter(self.at) == '.' {
            self.at += 1;
        }
        if self.at == start {
            self.at = before;
        }
        self.at > start
    }

    fn moment(&mut self, base: Option<Day>) -> Result<Moment, LineFault> {
        let day = self.day(base)?;
        Ok((day, self.clock()?))
    }

    /// A date. The end of a period may leave out the year, or year and month, of its beginning.
    fn day(&mut self, base: Option<Day>) -> Result<Day, LineFault> {
        self.pass_spaces();
        let start = self.at;
        let no_date = |scan: &Scan<'_>| LineFault::Date(scan.word(start));
        let (first, len) = self.number().ok_or_else(|| no_date(self))?;
        let mut numbers = vec![first];
        let needed = match (base, len) {
            (_, 4) => 3,
            (Some(_), 1..=2) => 2,
            _ => return Err(no_date(self)),
        };
        while numbers.len() < needed
            && matches!(self.letter(self.at), '-' | '/' | '.' | '年' | '月')
            && self.letter(self.at + 1).is_ascii_digit()
        {
            self.at += 1;
            let (number, len) = self.number().ok_or_else(|| no_date(self))?;
            if len > 2 {
                return Err(no_date(self));
            }
            numbers.push(number);
        }
        if matches!(self.letter(self.at), '日' | '号') {
            self.at += 1;
        }
        let day = match (numbers.as_slice(), base) {
            ([year, month, day], _) => Day::of(i32::try_from(*year).unwrap_or(0), *month, *day),
            ([month, day], Some(base)) => Day::of(base.year(), *month, *day),
            ([day], Some(base)) => Day::of(base.year(), base.month(), *day),
            _ => return Err(no_date(self)),
        };
        day.ok_or_else(|| LineFault::NoDate(self.word(start)))
    }

    /// A time after a date; without one the scanner stays where it is.
    fn clock(&mut self) -> Result<Option<u32>, LineFault> {
        let before = self.at;
        if self.letter(self.at) == 't' {
            self.at += 1;
        } else {
            self.pass_spaces();
        }
        let start = self.at;
        match (self.number(), self.letter(self.at)) {
            (Some((hour, 1..=2)), ':') => {
                self.at += 1;
                match (hour, self.number()) {
                    (0..24, Some((minute @ 0..60, 2))) => Ok(Some(hour * 60 + minute)),
                    (24, Some((0, 2))) => Ok(Some(1440)),
                    _ => Err(LineFault::Clock(self.word(start))),
                }
            }
            _ => {
                self.at = before;
                Ok(None)
            }
        }
    }
}
