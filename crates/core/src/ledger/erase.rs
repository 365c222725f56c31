//! Erasing a customer's data: what is left of an op, and how that is proved.
//!
//! A law may ask for it, so it must really go; a record must be trusted, so nobody may be able to pass off a loss as
//! an erasure. Of every erased op a [`Stub`] stays: its place in the chain and its hash, nothing of what it said.
//! One op, [`Change::Erase`], says who erased how many, why, and a sum over the stubs. So the chain still
//! verifies, the stubs account for the erasure, and whoever kept an old file can still prove that it is the one.
//!
//! Erasing is a deed on one device and does not travel: another phone that holds the data keeps it until somebody
//! erases it there. What travels is the erasing op, so everybody can see that it happened. A device that erased a
//! record takes nothing of it in again, whichever file brings it.

use super::chain::{ChainError, Link, hex, sha256};
use super::{Change, Hlc, Sealed, Touch};
use crate::gathered::sorted;
use crate::ids::{DeviceId, OpId, RecordId};
use crate::json::fields::fields;
use serde::Serialize;

/// What is left of an erased op.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stub {
    /// Its id.
    pub id: OpId,
    /// The record it belonged to.
    pub record: RecordId,
    /// The device it was made on.
    pub device: DeviceId,
    /// Its logical time.
    pub hlc: Hlc,
    /// Its number on that device.
    pub seq: u64,
    /// Hash of the op before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prev: Option<String>,
    /// Its hash.
    pub hash: String,
    /// The op that erased it.
    pub by: OpId,
}

fields!(strict Stub {
    id, record, device, hlc, seq, prev or None, hash, by
});

impl Stub {
    /// What stays of an op that is erased by another.
    pub fn of(Sealed { op, hash }: &Sealed, by: &OpId) -> Stub {
        Stub {
            id: op.id.clone(),
            record: op.record.clone(),
            device: op.device.clone(),
            hlc: op.hlc,
            seq: op.seq,
            prev: op.prev.clone(),
            hash: hash.clone(),
            by: by.clone(),
        }
    }

    fn line(&self) -> String {
        line(&self.id, &self.record, &self.device, self.hlc, self.seq, self.prev.as_deref(), &self.hash)
    }

    pub(super) fn link(&self) -> Link<'_> {
        Link {
            id: &self.id,
            device: &self.device,
            hlc: self.hlc,
            seq: self.seq,
            prev: self.prev.as_ref(),
            hash: &self.hash,
        }
    }
}

/// That a customer's data was erased, as their record says it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Erased {
    /// Who and when.
    pub touch: Touch,
    /// Why.
    pub reason: String,
    /// How many records.
    pub records: u32,
    /// How many ops.
    pub entries: u32,
    /// How many pictures.
    pub photos: u32,
}

fields!(Erased { touch, reason, records, entries, photos });

/// The change that erases these ops.
pub fn erasure<'a>(ops: impl IntoIterator<Item = &'a Sealed>, records: u32, photos: u32, reason: String) -> Change {
    let lines: Vec<String> = ops
        .into_iter()
        .map(|Sealed { op, hash }| line(&op.id, &op.record, &op.device, op.hlc, op.seq, op.prev.as_deref(), hash))
        .collect();
    let entries = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    Change::Erase { reason, records, entries, photos, sum: sum(lines) }
}

/// All that a stub says, in one line.
fn line(id: &OpId, record: &RecordId, device: &DeviceId, hlc: Hlc, seq: u64, prev: Option<&str>, hash: &str) -> String {
    format!("{hash} {id} {record} {device} {hlc} {seq} {}\n", prev.unwrap_or("-"))
}

/// SHA-256 over the lines, in the order of their hashes.
fn sum(lines: Vec<String>) -> String {
    hex(&sha256(sorted(lines, Ord::cmp).concat().as_bytes()))
}

/// Whether every stub belongs to an erasure among the ops that counts just these stubs. An erasure made on another
/// device has none here.
pub(super) fn accounted(ops: &[Sealed], stubs: &[Stub]) -> Result<(), ChainError> {
    let stubs = sorted(stubs.iter().collect(), |one: &&Stub, other| one.by.cmp(&other.by));
    for group in stubs.chunk_by(|one, other| one.by == other.by) {
        let by = &group[0].by;
        let eraser = ops.iter().find(|sealed| sealed.op.id == *by);
        let counts = |entries: u32| u32::try_from(group.len()) == Ok(entries);
        match eraser.map(|sealed| &sealed.op.change) {
            Some(Change::Erase { entries, sum: proof, .. })
                if counts(*entries) && sum(group.iter().map(|stub| stub.line()).collect()) == *proof => {}
            _ => return Err(ChainError::Unaccounted(by.clone())),
        }
    }
    Ok(())
}
