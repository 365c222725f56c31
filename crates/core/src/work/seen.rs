//! What a signer saw: hashes of the values on the forms that a signature covers.
//!
//! A later change of such a value does not remove the signature; it makes the signature stale, and this module
//! says which values changed.

use super::{Scope, holds};
use crate::gathered::gathered;
use crate::json;
use crate::ledger::{Fact, FactKind, Row, hex, sha256};
use crate::template::{Block, CaptureKind, Form, SERIES_COLUMNS};
use crate::value::Value;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Hashes, by field key, of everything that the forms covered by a signature show now; of a table, by
/// `table.column`, only the columns on the paper (what is counted back on leaving is not on the paper signed at
/// entering). Signatures on the same paper are not part of it: people sign one after the other.
pub fn seen_by(signature_key: &str, scope: &Scope<'_>) -> BTreeMap<String, String> {
    let Some(CaptureKind::Signature { covers, .. }) =
        scope.procedure.capture(signature_key).map(|capture| &capture.kind)
    else {
        return BTreeMap::new();
    };
    // A form that does not belong to this visit is not shown to the signer, so it is not covered.
    let applies = |form: &&Form| form.when.as_ref().is_none_or(|when| holds(when, scope));
    let forms = covers.iter().filter_map(|form| scope.form(form)).filter(applies);
    let keys: BTreeSet<String> = gathered(forms.flat_map(keys_of));
    gathered(keys.into_iter().map(|key| {
        let seen = fingerprint(&key, scope);
        (key, seen)
    }))
}

/// Hashes, by key, of everything that a form shows now, signatures left out.
pub fn shown_by(form: &Form, scope: &Scope<'_>) -> BTreeMap<String, String> {
    let keys: BTreeSet<String> = gathered(keys_of(form).into_iter().chain(form.letterhead.iter().cloned()));
    gathered(keys.into_iter().map(|key| {
        let seen = fingerprint(&key, scope);
        (key, seen)
    }))
}

/// The keys of fields and tables that differ from what the signer saw.
pub fn changed_since(signature: &Fact, scope: &Scope<'_>) -> Vec<String> {
    let FactKind::Signature { seen, .. } = &signature.kind else {
        return Vec::new();
    };
    let changed = seen.iter().filter(|(key, was)| fingerprint(key, scope) != **was);
    let mut keys: Vec<String> =
        changed.map(|(key, _)| column_of(key, scope).map_or(key.as_str(), |(table, _)| table).to_owned()).collect();
    keys.dedup();
    keys
}

/// Every key that a form shows, signatures left out.
fn keys_of(form: &Form) -> Vec<String> {
    let mut keys = Vec::new();
    for block in &form.blocks {
        match block {
            Block::Grid { cells, .. } => {
                keys.extend(cells.iter().flat_map(|cell| &cell.from).cloned());
            }
            Block::Table { from, columns, .. } => {
                let shown = columns.iter().filter(|column| column.column != "#");
                keys.extend(shown.map(|column| format!("{from}.{}", column.column)));
            }
            Block::Checks { from, .. } | Block::Photos { from, .. } | Block::Text { from, .. } => {
                keys.extend(from.iter().cloned());
            }
            Block::Verdicts { from, .. } | Block::Series { from, .. } | Block::Score { from, .. } => {
                keys.push(from.clone());
            }
            Block::Note { .. } | Block::Deviations { .. } | Block::Signatures { .. } => {}
        }
    }
    keys
}

/// Table and column, if the key is that of a column.
fn column_of<'k>(key: &'k str, scope: &Scope<'_>) -> Option<(&'k str, &'k str)> {
    let kind = &scope.procedure.capture(key)?.kind;
    let (table, column) = key.rsplit_once('.')?;
    let is_column = kind.columns().is_some() && table.split('.').count() == 3;
    is_column.then_some((table, column))
}

/// What stands under a key.
#[derive(Serialize)]
#[serde(untagged)]
enum Shown<'a> {
    One(Option<Value>),
    Several(Vec<Option<Value>>),
    Photos(Vec<(&'a str, Option<&'a str>)>),
}

/// Half of a SHA-256 over the canonical JSON of what stands under the key: 128 bits are enough to notice a change
/// and keep the op small.
fn fingerprint(key: &str, scope: &Scope<'_>) -> String {
    let json = json::write(&shown(key, scope)).unwrap_or_default();
    hex(&sha256(json.as_bytes())[..16])
}

fn shown<'a>(key: &str, scope: &Scope<'a>) -> Shown<'a> {
    let visit = scope.visit;
    if let Some((table, column)) = column_of(key, scope) {
        let cell = |row: &Row| row.value(column).filter(|value| !value.is_empty()).cloned();
        let rows = visit.rows(table).into_iter();
        return Shown::Several(rows.map(|(_, row)| cell(row)).collect());
    }
    match scope.kind(key).filter(|_| key.split('.').count() == 3) {
        Some(CaptureKind::Checklist { items }) => {
            let value = |item: &str| visit.value(&format!("{key}.{item}")).cloned();
            Shown::Several(items.iter().map(|item| value(&item.id)).collect())
        }
        Some(CaptureKind::Verdicts { items, .. }) => {
            let one =
                |item: &str| ["", ".value", ".note"].map(|part| visit.value(&format!("{key}.{item}{part}")).cloned());
            Shown::Several(items.iter().flat_map(|item| one(&item.id)).collect())
        }
        Some(CaptureKind::Score { items, .. }) => {
            let value = |item: &str| visit.value(&format!("{key}.{item}")).cloned();
            Shown::Several(items.iter().map(|item| value(&item.id)).collect())
        }
        Some(CaptureKind::Series { columns, .. }) => {
            let names = || SERIES_COLUMNS.into_iter().chain(columns.iter().map(|column| column.id.as_str()));
            let cells = |row: &Row| names().map(|name| row.value(name).cloned()).collect::<Vec<_>>();
            Shown::Several(visit.rows(key).into_iter().flat_map(|(_, row)| cells(row)).collect())
        }
        Some(CaptureKind::Photo { .. }) => {
            // Photos of which nothing more is said read as they always did: old signatures stay good.
            let mut photos = Vec::new();
            for photo in visit.facts(key).filter_map(|fact| visit.photo(key, fact)) {
                photos.push((photo.attachment.sha256.as_str(), photo.caption));
                photos.extend(photo.marks.map(|marks| ("marks", Some(marks))));
                photos.extend(photo.after.map(|before| ("after", Some(before))));
            }
            Shown::Photos(photos)
        }
        _ => match scope.procedure.step(key) {
            Some(step) => {
                let value = |capture: &str| scope.value(&format!("{key}.{capture}"));
                Shown::Several(step.captures.iter().map(|part| value(&part.id)).collect())
            }
            None => Shown::One(scope.value(key)),
        },
    }
}
