//! A table that works through the lines of a limit: a list which the company or a customer keeps, such as what is looked
//! at on an inspection. It must not know how a screen offers a line.

use super::{Scope, row_complete};
use crate::template::{CaptureKind, Column, ColumnKind};
use crate::value::Value;

/// A line of a list: what is worked through, and what stands behind it (a standard, a unit), without the bars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The parts; the first is never empty.
    pub parts: Vec<String>,
}

impl Line {
    /// What is worked through.
    pub fn name(&self) -> &str {
        self.parts.first().map_or("", String::as_str)
    }
}

/// The lines of a text, each once: parts behind bars, blanks at the ends left out.
fn parse(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for line in text.lines() {
        let line = Line { parts: line.split(['|', '｜']).map(|part| part.trim().to_owned()).collect() };
        if !line.name().is_empty() && !lines.iter().any(|other| other.name() == line.name()) {
            lines.push(line);
        }
    }
    lines
}

/// The lines that a table works through; none for a table that works through nothing.
pub fn lines_of(table: &str, scope: &Scope<'_>) -> Vec<Line> {
    let Some(CaptureKind::Table { lines: Some(list), .. }) = scope.kind(table) else { return Vec::new() };
    scope.value(list).as_ref().and_then(Value::as_text).map(parse).unwrap_or_default()
}

/// The lines that no row begins with.
pub fn lines_left(table: &str, scope: &Scope<'_>) -> Vec<Line> {
    left(table, scope, |_, _| true)
}

/// Whether each line has a complete row.
pub(super) fn is_worked_through(table: &str, scope: &Scope<'_>) -> bool {
    left(table, scope, row_complete).is_empty()
}

fn left(table: &str, scope: &Scope<'_>, counts: impl Fn(&crate::ledger::Row, &[Column]) -> bool) -> Vec<Line> {
    let lines = lines_of(table, scope);
    let columns = scope.kind(table).and_then(CaptureKind::columns).unwrap_or_default();
    let first = columns.iter().find(|column| matches!(column.kind, ColumnKind::Text { .. }));
    let Some(first) = first.filter(|_| !lines.is_empty()) else { return Vec::new() };
    let rows = scope.visit.rows(table);
    let rows = rows.iter().filter(|(_, row)| counts(row, &columns));
    let there: Vec<&str> = rows.filter_map(|(_, row)| row.value(&first.id)?.as_text().map(str::trim)).collect();
    lines.into_iter().filter(|line| !there.contains(&line.name())).collect()
}
