//! Where two people changed the same thing without knowing of each other: what each entered, until somebody chooses.

use super::{Command, Words};
use crate::gathered::sorted;
use crate::ids::RowId;
use crate::ledger::{Field, FieldHead, Record, Touch};
use crate::text::Text;
use crate::value::Value;

/// A field or cell that holds several values.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// Key of the field, or of the capture that sets the cell.
    pub key: String,
    /// Row and column, for a cell.
    pub cell: Option<(RowId, String)>,
    /// What it is called.
    pub label: Text,
    /// What was entered, the value that shows first.
    pub values: Vec<Claim>,
}

/// One of the values.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The value.
    pub value: Value,
    /// In words.
    pub words: Text,
    /// Who entered it and when.
    pub touch: Touch,
}

impl Conflict {
    /// The command that keeps one of the values and settles the conflict for everybody.
    pub fn keep(&self, value: &Value) -> Command {
        let (key, value) = (self.key.clone(), value.clone());
        match &self.cell {
            None => Command::Set { field: key, value },
            Some((row, column)) => Command::SetCell { table: key, row: row.clone(), column: column.clone(), value },
        }
    }

    /// The step it belongs to in a visit, as `stage.step`.
    pub fn step(&self) -> Option<String> {
        let mut parts = self.key.splitn(3, '.');
        Some(format!("{}.{}", parts.next()?, parts.next()?))
    }
}

/// All conflicts of a record, fields first.
pub fn conflicts(record: &Record, words: &Words<'_>) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (key, field) in record.fields.iter().filter(|(_, field)| field.in_conflict()) {
        let values = claims(field, key, words);
        found.push(Conflict { key: key.clone(), cell: None, label: words.label(key), values });
    }
    for table in record.tables.keys() {
        for (id, row) in record.rows(table) {
            for (column, field) in row.cells.iter().filter(|(_, field)| field.in_conflict()) {
                let values = claims(field, "", words);
                let (key, label) = (words.owner_of(table, column), words.cell_label(table, column));
                found.push(Conflict { key, cell: Some((id.clone(), column.clone())), label, values });
            }
        }
    }
    found
}

/// The different values, latest first; a value that several entered stands once, with the last of them.
fn claims(field: &Field, key: &str, words: &Words<'_>) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    let latest_first = sorted(field.heads.iter().collect(), |one: &&FieldHead, other| {
        (other.touch.hlc, &other.touch.op).cmp(&(one.touch.hlc, &one.touch.op))
    });
    for head in latest_first {
        if claims.iter().all(|claim| claim.value != head.value) {
            let (value, touch) = (head.value.clone(), head.touch.clone());
            claims.push(Claim { words: words.value(key, &value), value, touch });
        }
    }
    claims
}
