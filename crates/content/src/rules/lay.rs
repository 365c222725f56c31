//! Lays a case on the table: a run of its procedure with the answers that it names. Gates are not asked: a case
//! shows one rule and need not walk through the whole visit.

use super::case::{Case, Rows, Written};
use super::value::{self, TZ, accepted, item, item_ids, wants};
use super::world::{Pen, World, around};
use super::{fill, nearest_words};
use sitebook_core::ledger::{Change, Record, RecordKind};
use sitebook_core::template::{Capture, CaptureKind, ColumnKind, Procedure};
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use sitebook_core::work::{Around, Scope, holds, seen_by};
use std::collections::BTreeMap;

/// When runs begin of which a case does not set `visit.created`.
const BEGUN: &str = "2026-11-21T08:00";

/// A run with everything around it.
pub(super) struct Table<'a> {
    pub(super) world: &'a World,
    pub(super) procedure: &'a Procedure,
    pub(super) visit: Record,
    pub(super) around: Around,
    pub(super) pen: Pen,
    /// What the clock shows, if the case says so.
    pub(super) now: Option<Stamp>,
    /// What may explain why a case fails: rows that do not count.
    pub(super) notes: Vec<String>,
}

impl Table<'_> {
    /// Asks a question about the run.
    pub(super) fn ask<T>(&self, ask: impl FnOnce(&Scope<'_>) -> T) -> T {
        ask(&Scope::new(&self.world.library, self.procedure, &self.visit, &self.around))
    }

    /// Writes a change into the run.
    pub(super) fn write(&mut self, change: Change) -> Result<(), String> {
        self.pen.write(&mut self.visit, change)
    }

    /// Answers a field of the run.
    pub(super) fn set(&mut self, field: &str, value: Value) -> Result<(), String> {
        self.pen.set(&mut self.visit, field, value)
    }

    /// Signs what the signature covers, as it stands.
    pub(super) fn sign(&mut self, field: &str) -> Result<(), String> {
        let seen = self.ask(|scope| seen_by(field, scope));
        let (field, image) = (field.to_owned(), self.pen.picture());
        self.write(Change::Sign { field, name: "王主任".to_owned(), role: "负责人".to_owned(), image, seen })
    }

    /// Adds a row.
    pub(super) fn add(&mut self, table: &str, cells: BTreeMap<String, Value>) -> Result<(), String> {
        let (table, row) = (table.to_owned(), self.pen.row());
        self.write(Change::RowAdd { table, row, cells })
    }
}

/// The run that a case describes.
pub(super) fn lay<'a>(case: &Case, procedure: &'a Procedure, world: &'a World) -> Result<Table<'a>, Vec<String>> {
    let once = |words: String| vec![words];
    let begun = case.set.get("visit.created").cloned().unwrap_or_else(|| toml::Value::String(BEGUN.to_owned()));
    let begun = value::moment("visit.created", &begun).map_err(once)?;
    let now = case.now.as_ref().map(|now| value::moment("now", now)).transpose().map_err(once)?;
    let mut pen = Pen::new(Stamp { tz: TZ, ..begun });
    let around = around(case, world, &mut pen)?;
    let visit = pen.create(RecordKind::Visit, Some("SV-20261121-01")).map_err(once)?;
    let mut table = Table { world, procedure, visit, around, pen, now, notes: Vec::new() };
    let mut wrong = answers(&case.set, &mut table);
    for (key, rows) in &case.rows {
        wrong.extend(put_rows(key, rows, &mut table));
    }
    // What is ticked as a whole comes last: which items are shown hangs on the other answers.
    wrong.extend(wholes(&case.set, &mut table));
    if wrong.is_empty() {
        wrong.extend(fill::done(&case.done, &mut table));
    }
    for key in &case.signed {
        wrong.extend(signed(key, &mut table).err());
    }
    wrong.extend(answers(&case.after, &mut table));
    wrong.extend(wholes(&case.after, &mut table));
    if wrong.is_empty() { Ok(table) } else { Err(wrong) }
}

fn is_all(written: &toml::Value) -> bool {
    written.as_str() == Some("all")
}

/// Answers everything that is not written as "all".
fn answers(set: &Written, table: &mut Table<'_>) -> Vec<String> {
    let each = set.iter().filter(|(key, written)| !is_all(written) && *key != "visit.created");
    each.filter_map(|(key, written)| answer(key, written, table).err()).collect()
}

/// Answers what is written as "all".
fn wholes(set: &Written, table: &mut Table<'_>) -> Vec<String> {
    let each = set.iter().filter(|(_, written)| is_all(written));
    each.filter_map(|(key, _)| {
        let capture = match capture(key, table.procedure) {
            Ok(capture) => capture,
            Err(words) => return Some(words),
        };
        match capture.kind {
            CaptureKind::Signature { .. } => Some(by_signed(key)),
            _ => fill::capture(capture, key, table).err(),
        }
    })
    .collect()
}

fn by_signed(key: &str) -> String {
    format!("{key} is a signature: name it in signed = [\"{key}\"], so that it comes after what it covers")
}

/// The capture of a key, or of the list that a key is an item of.
fn capture<'a>(key: &str, procedure: &'a Procedure) -> Result<&'a Capture, String> {
    let found = procedure.capture(key);
    let fits = |capture: &&Capture| key.split('.').count() == 3 || capture.kind.has_items();
    found.filter(fits).ok_or_else(|| match procedure.step(key) {
        Some(step) if !step.captures.is_empty() => {
            let captures = step.captures.iter().map(|capture| format!("{key}.{}", capture.id)).collect::<Vec<_>>();
            format!(
                "'{key}' is a step: set its fields ('{}'), or answer all of it with done = [\"{key}\"]",
                captures.join("', '")
            )
        }
        _ => {
            let keys = keys(procedure);
            format!("there is no field '{key}'{}", nearest_words(key, keys.iter().map(String::as_str)))
        }
    })
}

/// Every key that can be answered.
fn keys(procedure: &Procedure) -> Vec<String> {
    let mut keys = Vec::new();
    for stage in &procedure.stages {
        for step in &stage.steps {
            for capture in &step.captures {
                let key = format!("{}.{}.{}", stage.id, step.id, capture.id);
                keys.extend(item_ids(&capture.kind).into_iter().map(|item| format!("{key}.{item}")));
                keys.push(key);
            }
        }
    }
    keys
}

fn answer(key: &str, written: &toml::Value, table: &mut Table<'_>) -> Result<(), String> {
    if key.starts_with("visit.") {
        let text = written.as_str().ok_or_else(|| wants(key, "words", written))?;
        return table.set(key, Value::text(text));
    }
    let capture = capture(key, table.procedure)?;
    if let Some(path) = key.splitn(4, '.').nth(3) {
        return table.set(key, item(key, &capture.kind, path, written)?);
    }
    match &capture.kind {
        CaptureKind::Stamp { .. } => {
            let at = value::moment(key, written)?;
            table.write(Change::Stamp { field: key.to_owned(), at, by_hand: false })
        }
        CaptureKind::Photo { .. } => {
            let count = written.as_integer().ok_or_else(|| wants(key, "a number of photos", written))?;
            fill::photos(key, usize::try_from(count).unwrap_or(0), table)
        }
        CaptureKind::Checklist { .. } | CaptureKind::Verdicts { .. } | CaptureKind::Score { .. } => {
            let items = item_ids(&capture.kind).join("', '");
            Err(wants(key, &format!("\"all\"; or set one of its items: '{key}.…' with '{items}'"), written))
        }
        CaptureKind::Signature { .. } => Err(by_signed(key)),
        CaptureKind::Table { .. } | CaptureKind::Series { .. } => {
            Err(format!("{key} has rows: write them in rows = {{ \"{key}\" = [ {{ … }} ] }}"))
        }
        CaptureKind::Tally { of } => Err(wants(key, &format!("\"all\": everything of {of} counted back"), written)),
        CaptureKind::Computed { .. } => Err(format!("{key} is computed: set what it is computed from")),
        _ => {
            let value = accepted(key, capture, written, table.pen.at)?;
            table.set(key, value)
        }
    }
}

fn put_rows(key: &str, rows: &Rows, table: &mut Table<'_>) -> Vec<String> {
    let capture = match capture(key, table.procedure) {
        Ok(capture) => capture,
        Err(words) => return vec![words],
    };
    let Some(columns) = capture.kind.columns() else { return vec![format!("{key} has no rows: write it in 'set'")] };
    let each = match rows {
        Rows::Count(count) => return fill::rows(key, *count as usize, &columns, table).err().into_iter().collect(),
        Rows::Each(each) => each,
    };
    let mut wrong = Vec::new();
    // What is counted back of a table stands in its rows.
    let out = ("out", ColumnKind::Number { min: None, max: None, decimals: 3 });
    for row in each {
        let mut cells = BTreeMap::new();
        for (column, written) in row {
            let named = format!("{key}.{column}");
            let known = columns.iter().map(|known| (known.id.as_str(), &known.kind)).chain([(out.0, &out.1)]);
            match known.clone().find(|(id, _)| id == column) {
                Some((_, kind)) => match value::cell(&named, kind, written) {
                    Ok(value) => drop(cells.insert(column.clone(), value)),
                    Err(words) => wrong.push(words),
                },
                None => {
                    let known = nearest_words(column, known.map(|(id, _)| id));
                    wrong.push(format!("{key} has no column '{column}'{known}"));
                }
            }
        }
        let lacks = columns.iter().filter(|column| column.required && !row.contains_key(&column.id));
        let lacks: Vec<&str> = lacks.map(|column| column.id.as_str()).collect();
        if !lacks.is_empty() {
            table.notes.push(format!("a row of {key} lacks '{}' and does not count as complete", lacks.join("', '")));
        }
        wrong.extend(table.add(key, cells).err());
    }
    wrong
}

fn signed(key: &str, table: &mut Table<'_>) -> Result<(), String> {
    let capture = capture(key, table.procedure)?;
    match capture.kind {
        CaptureKind::Signature { .. } => table.sign(key),
        _ => Err(format!("{key} is no signature: write it in 'set'")),
    }
}

/// Whether a condition, if there is one, holds on the table.
pub(super) fn applies(when: Option<&sitebook_core::template::Predicate>, table: &Table<'_>) -> bool {
    when.is_none_or(|when| table.ask(|scope| holds(when, scope)))
}
