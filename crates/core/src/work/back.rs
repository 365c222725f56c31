//! Putting back what a record held before, and undoing that.

use super::{Command, Words};
use crate::ledger::{Change, FactKind, Op, Record};
use crate::value::Value;

/// The commands that bring back what an op entered; none when it stands already or is no value. A signature or an
/// override is somebody's word at a moment: it is given anew, not put back.
pub(super) fn commands(op: &Op, record: &Record, words: &Words<'_>) -> Vec<Command> {
    match &op.change {
        // What a visit begins with is not entered on any screen.
        Change::Set { field, value, .. } if !field.starts_with("visit.") => {
            let stands = record.value(field).unwrap_or(&Value::EMPTY) == value
                && record.fields.get(field).is_some_and(|field| !field.in_conflict());
            let set = Command::Set { field: field.clone(), value: value.clone() };
            if stands || (value.is_empty() && record.value(field).is_none()) { Vec::new() } else { vec![set] }
        }
        Change::RowSet { table, row, column, value, .. } => {
            match record.tables.get(table).and_then(|rows| rows.get(row)) {
                Some(found) if found.is_present() && found.value(column) == Some(value) => Vec::new(),
                _ => vec![Command::SetCell {
                    table: words.owner_of(table, column),
                    row: row.clone(),
                    column: column.clone(),
                    value: value.clone(),
                }],
            }
        }
        Change::RowAdd { table, row, .. } | Change::RowRemove { table, row, .. } => {
            let present =
                record.tables.get(table).and_then(|rows| rows.get(row)).is_some_and(crate::ledger::Row::is_present);
            if !present {
                return vec![Command::RestoreRow { table: table.clone(), row: row.clone() }];
            }
            first_cells(&op.change, record, words)
        }
        Change::Stamp { field, at, .. } if record.stamp(field) != Some(*at) => {
            vec![Command::Stamp { field: field.clone(), at: *at, by_hand: true }]
        }
        Change::Attach { field, attachment, caption } if record.withdrawn.contains(&op.id) => {
            let again = record.facts(field).any(|fact| matches!(&fact.kind, FactKind::Photo { attachment: other, .. } if other.sha256 == attachment.sha256));
            let (field, attachment, caption) = (field.clone(), attachment.clone(), caption.clone());
            if again { Vec::new() } else { vec![Command::Attach { field, attachment, caption }] }
        }
        _ => Vec::new(),
    }
}

/// The cells that a row began with and that read otherwise now.
fn first_cells(change: &Change, record: &Record, words: &Words<'_>) -> Vec<Command> {
    let Change::RowAdd { table, row, cells } = change else { return Vec::new() };
    let now = |column: &str| record.tables.get(table)?.get(row)?.value(column);
    let differing = cells.iter().filter(|(column, value)| now(column) != Some(*value));
    differing
        .map(|(column, value)| Command::SetCell {
            table: words.owner_of(table, column),
            row: row.clone(),
            column: column.clone(),
            value: value.clone(),
        })
        .collect()
}

/// The command that undoes one of those that put something back, from the record before and after it.
pub fn undo(command: &Command, before: &Record, after: &Record) -> Option<Command> {
    Some(match command {
        Command::Set { field, .. } => {
            let value = before.value(field).cloned().unwrap_or(Value::EMPTY);
            Command::Set { field: field.clone(), value }
        }
        Command::SetCell { table, row, column, .. } => {
            // A tally sets the cells of another table: whichever holds the row.
            let held = before.tables.values().find_map(|rows| rows.get(row))?;
            if !held.is_present() {
                return Some(Command::RemoveRow { table: table.clone(), row: row.clone() });
            }
            let value = held.value(column).cloned().unwrap_or(Value::EMPTY);
            Command::SetCell { table: table.clone(), row: row.clone(), column: column.clone(), value }
        }
        Command::RestoreRow { table, row } => Command::RemoveRow { table: table.clone(), row: row.clone() },
        Command::Stamp { field, .. } | Command::Attach { field, .. } => {
            let known = before.facts.get(field).map_or(&[][..], Vec::as_slice);
            let new = after.facts(field).find(|fact| known.iter().all(|old| old.touch.op != fact.touch.op))?;
            Command::Withdraw { fact: new.touch.op.clone() }
        }
        _ => return None,
    })
}
