//! The public holidays that the app ships: `content/profiles/holidays.toml`.

use super::day::Day;
use super::days::DayKind;
use crate::json::fields::{Blank, fields, variants};
use crate::text::Text;
use serde::Serialize;

/// The arrangements of some years.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct HolidayFile {
    /// Version of the language.
    pub schema: u32,
    /// The days that are not what their weekday says.
    #[serde(rename = "day")]
    pub days: Vec<HolidayRun>,
}

fields!(strict HolidayFile {
    schema, days as "day" or Vec::new()
});

/// Days that follow each other and are arranged in the same way.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct HolidayRun {
    /// The first day: `2026-10-01`.
    pub from: String,
    /// The last day; only the first without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What they are.
    pub kind: DayKind,
    /// The holiday for which they are so.
    pub name: Text,
}

fields!(strict HolidayRun {
    from,
    to or None,
    kind,
    name,
});

variants!(DayKind {
    "holiday" => Holiday,
    "working" => Working,
});

impl Blank for DayKind {
    fn blank() -> DayKind {
        DayKind::Holiday
    }
}

impl HolidayRun {
    /// The days; `None` if a date cannot be read, the last comes before the first, or they are more than 30.
    pub fn days(&self) -> Option<impl Iterator<Item = Day>> {
        let first = Day::parse(&self.from)?;
        let last = self.to.as_ref().map_or(Some(first), |to| Day::parse(to))?;
        (0..30).contains(&last.since(first)).then(|| (0..=last.since(first)).map(move |n| first.plus(n)))
    }
}
