//! Commands: what a tap asks for, and against what it is checked. [`super::decide`] answers them.

use super::Scope;
use crate::ids::{OpId, RowId};
use crate::ledger::{Attachment, Record, RecordKind, TemplateRef};
use crate::template::RecordTemplate;
use crate::time::Stamp;
use crate::value::Value;
use std::collections::BTreeMap;
use std::fmt;

/// What a user asks for. Every command names one record (given beside it).
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Bring a record into being with its first values.
    Create {
        /// Kind.
        kind: RecordKind,
        /// Its number, already taken from the device's serials.
        number: Option<String>,
        /// Pinned procedure, for visits and for versions of procedures.
        template: Option<TemplateRef>,
        /// First values by field key.
        values: BTreeMap<String, Value>,
    },
    /// Set several fields of a basic record at once.
    Edit {
        /// Values by field id.
        values: BTreeMap<String, Value>,
    },
    /// Answer a field, or take the answer back with an empty value.
    Set {
        /// Field key.
        field: String,
        /// Value.
        value: Value,
    },
    /// Take the next number of a series; a field that has one keeps it.
    Number {
        /// Field key.
        field: String,
        /// The number, taken from the device's serials when it is written; until then its place is held.
        number: Option<String>,
    },
    /// Add a row.
    AddRow {
        /// Table key.
        table: String,
        /// Id of the new row.
        row: RowId,
        /// Cells by column id.
        cells: BTreeMap<String, Value>,
    },
    /// Set a cell.
    SetCell {
        /// Table key (or tally key for column `out`).
        table: String,
        /// Row.
        row: RowId,
        /// Column id.
        column: String,
        /// Value.
        value: Value,
    },
    /// Take a row out.
    RemoveRow {
        /// Table key.
        table: String,
        /// Row.
        row: RowId,
    },
    /// Bring a row back.
    RestoreRow {
        /// Table key.
        table: String,
        /// Row.
        row: RowId,
    },
    /// Stamp a moment.
    Stamp {
        /// Field key.
        field: String,
        /// The moment.
        at: Stamp,
        /// Entered by hand.
        by_hand: bool,
    },
    /// Attach a photo whose bytes are stored in the same transaction.
    Attach {
        /// Field key.
        field: String,
        /// The photo.
        attachment: Attachment,
        /// Words below it.
        caption: Option<String>,
    },
    /// Sign.
    Sign {
        /// Field key.
        field: String,
        /// Name of the signer.
        name: String,
        /// Role of the signer.
        role: String,
        /// The drawing; `None` when nothing was drawn.
        image: Option<Attachment>,
    },
    /// Pass a gate or leave out a step.
    Override {
        /// What.
        target: Target,
        /// Why.
        reason: String,
        /// Who approved.
        approver: String,
    },
    /// Take back a stamp, photo, signature or override.
    Withdraw {
        /// The op that made it.
        fact: OpId,
    },
    /// Close and file the visit.
    Close,
    /// Open a closed visit again.
    Reopen,
    /// Declare the record void.
    Void {
        /// Why.
        reason: String,
    },
}

/// What an override passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A gate in front of a stage.
    StageGate {
        /// Stage id.
        stage: String,
        /// Gate id.
        gate: String,
    },
    /// A gate in front of a step.
    StepGate {
        /// `stage.step`.
        path: String,
        /// Gate id.
        gate: String,
    },
    /// A step left out.
    Step {
        /// `stage.step`.
        path: String,
    },
    /// A gate in front of closing.
    CloseGate {
        /// Gate id.
        gate: String,
    },
}

impl fmt::Display for Target {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::StageGate { stage, gate } => write!(out, "gate:{stage}:{gate}"),
            Target::StepGate { path, gate } => write!(out, "gate:{path}:{gate}"),
            Target::Step { path } => write!(out, "step:{path}"),
            Target::CloseGate { gate } => write!(out, "close:{gate}"),
        }
    }
}

impl Target {
    /// Reads the form that [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Target> {
        let (kind, rest) = text.split_once(':')?;
        Some(match (kind, rest.split_once(':')) {
            ("gate", Some((path, gate))) if path.contains('.') => {
                Target::StepGate { path: path.into(), gate: gate.into() }
            }
            ("gate", Some((stage, gate))) => Target::StageGate { stage: stage.into(), gate: gate.into() },
            ("step", None) => Target::Step { path: rest.into() },
            ("close", None) => Target::CloseGate { gate: rest.into() },
            _ => return None,
        })
    }
}

/// What a command is checked against.
#[derive(Debug)]
pub enum Context<'a> {
    /// A basic record with its template; `record` is `None` before it is created.
    Basic {
        /// Fields it may have.
        template: &'a RecordTemplate,
        /// As it stands.
        record: Option<&'a Record>,
    },
    /// A visit.
    Visit {
        /// With everything around it.
        scope: &'a Scope<'a>,
    },
    /// A visit that is being created.
    NewVisit,
    /// A version of a procedure; `record` is `None` before it is published.
    Template {
        /// As it stands.
        record: Option<&'a Record>,
    },
}
