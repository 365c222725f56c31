//! Answers everything that something asks for, with the plainest answer that it takes.

use super::lay::{Table, applies};
use super::nearest_words;
use sitebook_core::ledger::Change;
use sitebook_core::template::{Capture, CaptureKind, Column, ColumnKind, Procedure};
use sitebook_core::value::Value;
use sitebook_core::work::{answers, capture_answered, lines_left, watch};
use std::collections::BTreeMap;

/// Words that stand for something written.
const WORDS: &str = "已填";
/// How often answers may bring new questions.
const ROUNDS: usize = 4;

/// Answers the required captures of these steps and stages; gives what cannot be answered.
pub(super) fn done(paths: &[String], table: &mut Table<'_>) -> Vec<String> {
    let mut wrong: Vec<String> = paths.iter().filter_map(|path| unknown(path, table.procedure)).collect();
    if !wrong.is_empty() {
        return wrong;
    }
    let within = |path: &str, stage: &str| paths.iter().any(|wanted| wanted == path || wanted == stage);
    for _ in 0..ROUNDS {
        let mut changed = false;
        // Signatures come last: what they cover stands by then.
        for signatures in [false, true] {
            for stage in &table.procedure.stages {
                for step in &stage.steps {
                    let path = format!("{}.{}", stage.id, step.id);
                    if !within(&path, &stage.id) || !applies(stage.when.as_ref(), table) {
                        continue;
                    }
                    for one in step.captures.iter().filter(|one| one.required && is_signature(one) == signatures) {
                        let key = format!("{path}.{}", one.id);
                        if !lacks(one, &key, table) || !applies(step.when.as_ref(), table) {
                            continue;
                        }
                        changed = true;
                        match capture(one, &key, table) {
                            Ok(()) => {}
                            Err(words) => wrong.push(words),
                        }
                    }
                }
            }
        }
        if !changed || !wrong.is_empty() {
            break;
        }
    }
    wrong
}

fn is_signature(capture: &Capture) -> bool {
    matches!(capture.kind, CaptureKind::Signature { .. })
}

/// Shown and not answered.
fn lacks(capture: &Capture, key: &str, table: &Table<'_>) -> bool {
    applies(capture.when.as_ref(), table) && !table.ask(|scope| capture_answered(capture, key, scope))
}

fn unknown(path: &str, procedure: &Procedure) -> Option<String> {
    if procedure.stage(path).is_some() || procedure.step(path).is_some() {
        return None;
    }
    let mut known: Vec<String> = Vec::new();
    for stage in &procedure.stages {
        known.push(stage.id.clone());
        known.extend(stage.steps.iter().map(|step| format!("{}.{}", stage.id, step.id)));
    }
    let near = nearest_words(path, known.iter().map(String::as_str));
    Some(format!("'done' knows no step or stage '{path}'{near}"))
}

/// Answers one capture as a whole.
pub(super) fn capture(capture: &Capture, key: &str, table: &mut Table<'_>) -> Result<(), String> {
    match &capture.kind {
        CaptureKind::Check => table.set(key, Value::Bool(true)),
        CaptureKind::Text { .. } | CaptureKind::Person | CaptureKind::Ref { .. } => table.set(key, Value::text(WORDS)),
        CaptureKind::Phone => table.set(key, Value::text("010-12345678")),
        CaptureKind::Serial { .. } => table.set(key, Value::text("2026-001")),
        CaptureKind::Number { min, max, .. } => table.set(key, Value::Number(plain(*min, *max))),
        CaptureKind::Rating { of } => table.set(key, Value::Number(f64::from(*of))),
        CaptureKind::Choice { options } => match options.first() {
            Some(first) => table.set(key, Value::text(&first.id)),
            None => Ok(()),
        },
        CaptureKind::Moment => table.set(key, Value::Moment(table.pen.at)),
        CaptureKind::Stamp { .. } => {
            let at = table.pen.at;
            table.write(Change::Stamp { field: key.to_owned(), at, by_hand: false })
        }
        CaptureKind::Photo { min, .. } => photos(key, usize::from(*min).max(1), table),
        CaptureKind::Signature { .. } => table.sign(key),
        CaptureKind::Checklist { items } => {
            for item in items {
                if applies(item.when.as_ref(), table) {
                    table.set(&format!("{key}.{}", item.id), Value::Bool(true))?;
                }
            }
            Ok(())
        }
        CaptureKind::Verdicts { .. } => {
            let shown: Vec<String> = table.ask(|scope| {
                let open = answers(key, scope).into_iter().filter(|(_, answer)| answer.is_none());
                open.map(|(item, _)| item.id.clone()).collect()
            });
            shown.into_iter().try_for_each(|item| table.set(&format!("{key}.{item}"), Value::text("pass")))
        }
        CaptureKind::Score { items, .. } => {
            let open = items.iter().filter(|item| table.visit.value(&format!("{key}.{}", item.id)).is_none());
            let open: Vec<(String, f64)> = open.map(|item| (format!("{key}.{}", item.id), item.of)).collect();
            open.into_iter().try_for_each(|(key, of)| table.set(&key, Value::Number(of)))
        }
        CaptureKind::Table { columns, min_rows, .. } => {
            let lines = table.ask(|scope| lines_left(key, scope));
            let first = columns.iter().find(|column| matches!(column.kind, ColumnKind::Text { .. }));
            for (line, first) in lines.iter().zip(first.into_iter().cycle()) {
                let mut cells = cells(columns, table);
                cells.insert(first.id.clone(), Value::text(line.name()));
                table.add(key, cells)?;
            }
            rows(key, (*min_rows as usize).max(1).saturating_sub(lines.len()), columns, table)
        }
        CaptureKind::Tally { of } => count_back(of, table),
        CaptureKind::Series { columns, .. } => read(key, columns, table),
        CaptureKind::Computed { .. } => {
            Err(format!("{key} is computed and what it needs is not there: set what it is computed from"))
        }
    }
}

fn plain(min: Option<f64>, max: Option<f64>) -> f64 {
    min.or(max.map(|max| max.min(1.0))).unwrap_or(1.0)
}

/// Takes photos.
pub(super) fn photos(key: &str, count: usize, table: &mut Table<'_>) -> Result<(), String> {
    (0..count).try_for_each(|_| {
        let attachment = table.pen.picture();
        table.write(Change::Attach { field: key.to_owned(), attachment, caption: None })
    })
}

/// Adds so many rows with every required cell (with every cell, if none is required).
pub(super) fn rows(key: &str, count: usize, columns: &[Column], table: &mut Table<'_>) -> Result<(), String> {
    (0..count).try_for_each(|_| {
        let cells = cells(columns, table);
        table.add(key, cells)
    })
}

fn cells(columns: &[Column], table: &Table<'_>) -> BTreeMap<String, Value> {
    let some_required = columns.iter().any(|column| column.required);
    let wanted = columns.iter().filter(|column| column.required || !some_required);
    let value = |kind: &ColumnKind| match kind {
        ColumnKind::Text { .. } | ColumnKind::Person => Value::text(WORDS),
        ColumnKind::Number { min, max, .. } => Value::Number(plain(*min, *max)),
        ColumnKind::Choice { options } => options.first().map_or(Value::EMPTY, |first| Value::text(&first.id)),
        ColumnKind::Check => Value::Bool(true),
        ColumnKind::Moment => Value::Moment(table.pen.at),
    };
    wanted.map(|column| (column.id.clone(), value(&column.kind))).collect()
}

/// Counts every row of a table back.
fn count_back(of: &str, table: &mut Table<'_>) -> Result<(), String> {
    let there = table.visit.rows(of).into_iter();
    let there: Vec<_> =
        there.map(|(id, row)| (id.clone(), row.value("quantity").cloned().unwrap_or(Value::Number(1.0)))).collect();
    there.into_iter().try_for_each(|(row, value)| {
        let (table_key, column) = (of.to_owned(), "out".to_owned());
        table.write(Change::RowSet { table: table_key, row, column, value, was: Vec::new() })
    })
}

/// Reads a series once more, normal, at the moment when it may end.
fn read(key: &str, columns: &[Column], table: &mut Table<'_>) -> Result<(), String> {
    let until = table.ask(|scope| watch(key, scope).and_then(|watch| watch.until));
    let until = until.ok_or_else(|| {
        format!("{key} cannot be read to its end: set the moment it starts from, and the limit of how long it takes")
    })?;
    let mut cells = cells(columns, table);
    cells.insert("at".to_owned(), Value::Moment(until));
    cells.insert("normal".to_owned(), Value::text("yes"));
    table.add(key, cells)
}
