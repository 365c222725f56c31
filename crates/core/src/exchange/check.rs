//! Ops at the border: nothing in them that the app itself would never write.

use super::error::{Fault, ImportError};
use super::limits;
use crate::ids::{DeviceId, OpId, RecordId, RowId};
use crate::ledger::{Attachment, Change, Hlc, Sealed, is_sha256};
use crate::time::Stamp;
use crate::value::Value;

/// Whole numbers beyond 2^53 cannot be told from their neighbours.
const MAX_NUMBER: f64 = 9_007_199_254_740_991.0;

/// Refuses an op with an id, clock, text, number, moment or picture beyond the limits.
pub(super) fn check_op(sealed: &Sealed) -> Result<(), ImportError> {
    faults(sealed).map_err(|fault| ImportError::Unfit { op: super::error::short(sealed.op.id.as_str()), fault })
}

fn ensure(fits: bool, fault: Fault) -> Result<(), Fault> {
    if fits { Ok(()) } else { Err(fault) }
}

fn faults(sealed: &Sealed) -> Result<(), Fault> {
    let op = &sealed.op;
    let ids = OpId::parse(op.id.as_str()).is_some()
        && RecordId::parse(op.record.as_str()).is_some()
        && DeviceId::parse(op.device.as_str()).is_some();
    ensure(ids, Fault::Id)?;
    ensure((Hlc::FIRST_WALL..Hlc::END_WALL).contains(&op.hlc.wall), Fault::Clock)?;
    ensure((1..=limits::SEQ).contains(&op.seq), Fault::Place)?;
    ensure(is_sha256(&sealed.hash) && op.prev.as_deref().is_none_or(is_sha256), Fault::Hash)?;
    let wall = i64::try_from(op.hlc.wall).map_err(|_| Fault::Clock)?;
    moment(Stamp { at: wall, tz: op.tz })?;
    text(&op.actor)?;
    change(&op.change)
}

/// Refuses a text that is too long.
pub(super) fn text(text: &str) -> Result<(), Fault> {
    // A character has at most four bytes, so short texts need no counting.
    if text.len() <= limits::TEXT {
        return Ok(());
    }
    let is = text.chars().count();
    ensure(is <= limits::TEXT, Fault::Text { is, max: limits::TEXT })
}

fn key(key: &str) -> Result<(), Fault> {
    ensure(!key.is_empty() && key.chars().count() <= limits::KEY, Fault::Key)
}

fn moment(stamp: Stamp) -> Result<(), Fault> {
    ensure(stamp.is_plausible(), Fault::Moment)
}

fn value(value: &Value) -> Result<(), Fault> {
    match value {
        Value::Bool(_) | Value::Empty(()) => Ok(()),
        Value::Number(number) => ensure(number.abs() <= MAX_NUMBER, Fault::Number),
        Value::Text(words) => text(words),
        Value::Moment(stamp) => moment(*stamp),
    }
}

fn row_id(row: &RowId) -> Result<(), Fault> {
    ensure(RowId::parse(row.as_str()).is_some(), Fault::Id)
}

fn op_ids(ops: &[OpId]) -> Result<(), Fault> {
    ensure(ops.iter().all(|op| OpId::parse(op.as_str()).is_some()), Fault::Id)
}

fn picture(attachment: &Attachment) -> Result<(), Fault> {
    ensure(attachment.is_plausible(), Fault::Picture)
}

fn change(change: &Change) -> Result<(), Fault> {
    match change {
        Change::Create { kind: _, number, template } => {
            number.as_deref().map_or(Ok(()), text)?;
            template.as_ref().map_or(Ok(()), |template| {
                key(&template.id)?;
                ensure(is_sha256(&template.digest), Fault::Hash)
            })
        }
        Change::Set { field, value: new, was } => {
            key(field)?;
            value(new)?;
            op_ids(was)
        }
        Change::RowAdd { table, row, cells } => {
            key(table)?;
            row_id(row)?;
            cells.iter().try_for_each(|(column, cell)| {
                key(column)?;
                value(cell)
            })
        }
        Change::RowSet { table, row, column, value: new, was } => {
            key(table)?;
            row_id(row)?;
            key(column)?;
            value(new)?;
            op_ids(was)
        }
        Change::RowRemove { table, row, saw } => {
            key(table)?;
            row_id(row)?;
            op_ids(saw)
        }
        Change::RowRestore { table, row } => {
            key(table)?;
            row_id(row)
        }
        Change::Stamp { field, at, by_hand: _ } => {
            key(field)?;
            moment(*at)
        }
        Change::Attach { field, attachment, caption } => {
            key(field)?;
            picture(attachment)?;
            caption.as_deref().map_or(Ok(()), text)
        }
        Change::Sign { field, name, role, image, seen } => {
            key(field)?;
            text(name)?;
            text(role)?;
            picture(image)?;
            seen.iter().try_for_each(|(seen, hash)| {
                key(seen)?;
                let hex = hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
                ensure(hex && (16..=64).contains(&hash.len()), Fault::Hash)
            })
        }
        Change::Override { target, reason, approver } => {
            key(target)?;
            text(reason)?;
            text(approver)
        }
        Change::Withdraw { fact } => op_ids(std::slice::from_ref(fact)),
        Change::Transition { to: _ } => Ok(()),
        Change::Void { reason } => text(reason),
        Change::Erase { reason, sum, .. } => {
            text(reason)?;
            ensure(is_sha256(sum), Fault::Hash)
        }
    }
}
