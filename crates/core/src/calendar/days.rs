//! Public holidays and the working days that are shifted for them.
//!
//! The arrangement of a year is announced in the autumn before, so it is data that users can edit. It must not know
//! working hours.

use super::day::Day;
use super::file::HolidayFile;
use super::lines::{LineError, LineFault, lines, period};
use crate::text::{Lang, Text};
use serde::Serialize;
use std::collections::BTreeMap;

/// What an arrangement makes of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayKind {
    /// A day off, whatever weekday it is.
    Holiday,
    /// A working day, whatever weekday it is.
    Working,
}

/// The arrangement: days that are not what their weekday says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Days(BTreeMap<Day, (DayKind, Text)>);

const EXAMPLE: &str = "2026-10-01..2026-10-07 休 国庆节";

impl Days {
    /// The arrangement of these days, without names. A later entry of a day replaces an earlier one.
    pub fn new<D: Into<Day>>(days: impl Iterator<Item = (D, DayKind)>) -> Days {
        let mut all = Days::default();
        for (day, kind) in days {
            all.0.insert(day.into(), (kind, Text::of("", "")));
        }
        all
    }

    /// The arrangement of a file; the content checker has seen to it that every entry can be read.
    pub fn from_file(file: &HolidayFile) -> Days {
        let mut all = Days::default();
        for entry in &file.days {
            for day in entry.days().into_iter().flatten() {
                all.0.insert(day, (entry.kind, entry.name.clone()));
            }
        }
        all
    }

    /// Puts other days in; they replace those that are there.
    pub fn extend(&mut self, other: Days) {
        self.0.extend(other.0);
    }

    /// Reads lines such as `2026-10-01..2026-10-07 休 国庆节` and `2026-09-20 班 国庆节`.
    ///
    /// # Errors
    /// Every line that is not understood.
    pub fn parse(text: &str) -> Result<Days, Vec<LineError>> {
        let mut all = Days::default();
        let mut errors = Vec::new();
        for (line, words) in lines(text) {
            if let Err(fault) = all.read(words) {
                errors.push(LineError { line, fault, example: EXAMPLE });
            }
        }
        if errors.is_empty() { Ok(all) } else { Err(errors) }
    }

    fn read(&mut self, line: &str) -> Result<(), LineFault> {
        let (from, to, rest) = period(line)?;
        if from.1.is_some() || to.is_some_and(|to| to.1.is_some()) {
            return Err(LineFault::WholeDays);
        }
        let (word, name) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let kind = match word.to_ascii_lowercase().as_str() {
            "休" | "假" | "放假" | "休息" | "off" | "holiday" => DayKind::Holiday,
            "班" | "上班" | "补班" | "work" | "working" => DayKind::Working,
            _ => return Err(LineFault::Kind(word.chars().take(16).collect())),
        };
        let last = to.map_or(from.0, |to| to.0);
        let run = || (0..=last.since(from.0)).map(|n| from.0.plus(n));
        if let Some(day) = run().find(|day| self.0.contains_key(day)) {
            return Err(LineFault::Twice(day));
        }
        for day in run() {
            self.0.insert(day, (kind, Text::same(name.trim())));
        }
        Ok(())
    }

    /// What the arrangement makes of a day; `None` for a day like any other.
    pub fn kind(&self, day: Day) -> Option<DayKind> {
        self.0.get(&day).map(|(kind, _)| *kind)
    }

    /// What the day is called, if it has a name.
    pub fn name(&self, day: Day) -> Option<&Text> {
        self.0.get(&day).map(|(_, name)| name).filter(|name| !name.zh.is_empty())
    }

    /// Whether the arrangement of a year is set: holidays in two months at least. A holiday at the turn of the year
    /// belongs to the arrangement of one year and reaches into the other.
    pub fn known(&self, year: i32) -> bool {
        let mut months = (1..=12).filter(|month| {
            let end = Day::of(year, *month, 28).map(|day| day.plus(3));
            let run = Day::of(year, *month, 1).zip(end);
            run.is_some_and(|(first, last)| {
                let inside = self.0.range(first..=last).filter(|(day, _)| day.month() == *month);
                inside.map(|(_, (kind, _))| kind).any(|kind| *kind == DayKind::Holiday)
            })
        });
        months.next().is_some() && months.next().is_some()
    }

    /// The arrangement as lines for editing, with the names in one language.
    pub fn lines(&self, lang: Lang) -> String {
        let mut out = String::new();
        let mut days = self.0.iter().peekable();
        while let Some((first, (kind, name))) = days.next() {
            let mut last = *first;
            while let Some((day, _)) =
                days.next_if(|(day, what)| **day == last.plus(1) && **what == (*kind, name.clone()))
            {
                last = *day;
            }
            out.push_str(&first.to_string());
            if last > *first {
                out.push_str("..");
                out.push_str(&last.to_string());
            }
            out.push_str(match (kind, lang) {
                (DayKind::Holiday, Lang::Zh) => " 休",
                (DayKind::Holiday, Lang::En) => " off",
                (DayKind::Working, Lang::Zh) => " 班",
                (DayKind::Working, Lang::En) => " work",
            });
            let name = name.get(lang);
            if !name.is_empty() {
                out.push(' ');
                out.push_str(name);
            }
            out.push('\n');
        }
        out
    }
}
