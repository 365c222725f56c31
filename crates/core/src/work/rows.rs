//! Commands on the rows of a visit's tables.

use super::check::check_cell;
use super::decide::open_capture;
use super::{Refusal, Scope};
use crate::ids::RowId;
use crate::ledger::{Change, Row};
use crate::template::{CaptureKind, Column, ColumnKind};
use crate::value::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Most rows of one table.
const MAX_ROWS: usize = 500;

fn columns<'a>(table: &str, scope: &Scope<'a>) -> Result<Cow<'a, [Column]>, Refusal> {
    open_capture(table, scope)?.kind.columns().ok_or_else(|| Refusal::NoSuchField(table.to_owned()))
}

/// A new row.
pub(super) fn add_row(
    table: &str,
    row: &RowId,
    cells: &BTreeMap<String, Value>,
    scope: &Scope<'_>,
) -> Result<Change, Refusal> {
    let columns = columns(table, scope)?;
    if scope.visit.rows(table).len() >= MAX_ROWS {
        return Err(Refusal::TooManyRows { max: MAX_ROWS });
    }
    let mut checked = BTreeMap::new();
    for (id, value) in cells {
        let column = columns
            .iter()
            .find(|column| column.id == *id)
            .ok_or_else(|| Refusal::NoSuchField(format!("{table}.{id}")))?;
        checked.insert(id.clone(), check_cell(column, value.clone())?);
    }
    Ok(Change::RowAdd { table: table.to_owned(), row: row.clone(), cells: checked })
}

/// A changed cell, or what was counted back.
pub(super) fn set_cell(
    table: &str,
    row: &RowId,
    column: &str,
    value: &Value,
    scope: &Scope<'_>,
) -> Result<Change, Refusal> {
    let (table, value) = match &open_capture(table, scope)?.kind {
        kind @ (CaptureKind::Table { .. } | CaptureKind::Series { .. }) => {
            let columns = kind.columns().unwrap_or_default();
            let found = columns.iter().find(|candidate| candidate.id == column);
            let found = found.ok_or_else(|| Refusal::NoSuchField(format!("{table}.{column}")))?;
            (table, check_cell(found, value.clone())?)
        }
        CaptureKind::Tally { of } if column == "out" => {
            let kind = ColumnKind::Number { min: Some(0.0), max: Some(9999.0), decimals: 2 };
            let label = crate::text::Text::of("带出", "Out");
            let out = Column { id: column.to_owned(), label, required: false, kind };
            (of.as_str(), check_cell(&out, value.clone())?)
        }
        _ => return Err(Refusal::NoSuchField(table.to_owned())),
    };
    let was = known_row(table, row, scope)?.cells.get(column).map(crate::ledger::Field::ops).unwrap_or_default();
    Ok(Change::RowSet { table: table.to_owned(), row: row.clone(), column: column.to_owned(), value, was })
}

/// The row, in the table or taken out of it.
fn known_row<'a>(table: &str, row: &RowId, scope: &Scope<'a>) -> Result<&'a Row, Refusal> {
    let rows = scope.visit.tables.get(table).ok_or(Refusal::NoRecord)?;
    rows.get(row).ok_or(Refusal::NoRecord)
}

/// A row taken out, as far as the user saw it.
pub(super) fn remove_row(table: &str, row: &RowId, scope: &Scope<'_>) -> Result<Change, Refusal> {
    columns(table, scope)?;
    let saw = known_row(table, row, scope)?.kept_by();
    Ok(Change::RowRemove { table: table.to_owned(), row: row.clone(), saw })
}

/// A row brought back.
pub(super) fn restore_row(table: &str, row: &RowId, scope: &Scope<'_>) -> Result<Change, Refusal> {
    columns(table, scope)?;
    known_row(table, row, scope)?;
    Ok(Change::RowRestore { table: table.to_owned(), row: row.clone() })
}
