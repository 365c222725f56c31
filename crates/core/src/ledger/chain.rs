//! Canonical JSON, hashes and the chain of each device's ops.

use super::erase::{Stub, accounted};
use super::{Hlc, Op, Sealed};
use crate::gathered::sorted;
use crate::ids::{DeviceId, OpId, RecordId};
use crate::json;
use crate::json::fields::fields;
use crate::ledger::Change;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// SHA-256 as bytes.
pub type Digest = [u8; 32];

/// SHA-256 of bytes.
pub fn sha256(bytes: &[u8]) -> Digest {
    Sha256::digest(bytes).into()
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut words = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            words.push(char::from(DIGITS[usize::from(nibble)]));
        }
    }
    words
}

/// Canonical JSON (RFC 8785) of anything that serialises.
///
/// # Errors
/// Only for values that JSON cannot hold, such as an infinite number.
pub fn canonical<T: Serialize>(value: &T) -> Result<Vec<u8>, json::Error> {
    json::write(value).map(String::into_bytes)
}

/// The end of a device's chain: what the next op continues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Head {
    /// The device.
    pub device: DeviceId,
    /// Hash of its last op.
    pub hash: Option<String>,
    /// Number of its last op.
    pub seq: u64,
    /// Greatest clock value seen, of any device.
    pub hlc: Hlc,
}

fields!(Head {
    device, hash or None, seq, hlc
});

impl Head {
    /// The head of a device that has written nothing.
    pub fn new(device: DeviceId) -> Head {
        Head { device, hash: None, seq: 0, hlc: Hlc::default() }
    }
}

/// Makes the next op of a device and moves its head.
///
/// # Errors
/// When the change cannot be written as JSON; the head is unchanged then.
pub fn seal(
    head: &mut Head,
    id: OpId,
    record: RecordId,
    actor: &str,
    now_ms: i64,
    tz: i16,
    change: Change,
) -> Result<Sealed, json::Error> {
    let hlc = head.hlc.tick(now_ms);
    let op = Op {
        id,
        record,
        device: head.device.clone(),
        actor: actor.to_owned(),
        hlc,
        tz,
        seq: head.seq + 1,
        prev: head.hash.clone(),
        change,
    };
    let hash = hex(&sha256(&canonical(&op)?));
    head.hlc = hlc;
    head.seq = op.seq;
    head.hash = Some(hash.clone());
    Ok(Sealed { op, hash })
}

/// Why a set of ops cannot be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainError {
    /// The op's content does not give its hash.
    Altered(OpId),
    /// Two neighbouring ops of one device do not fit together.
    Broken(OpId),
    /// Two different ops carry one id or one place in a chain.
    Twice(OpId),
    /// What is left of erased ops is not what the erasure says.
    Unaccounted(OpId),
}

/// An op's place in its device's chain: all that the chain needs of an op, and all that is left of an erased one.
pub(super) struct Link<'a> {
    pub id: &'a OpId,
    pub device: &'a DeviceId,
    pub hlc: Hlc,
    pub seq: u64,
    pub prev: Option<&'a String>,
    pub hash: &'a String,
}

impl<'a> Link<'a> {
    fn of(Sealed { op, hash }: &'a Sealed) -> Link<'a> {
        Link { id: &op.id, device: &op.device, hlc: op.hlc, seq: op.seq, prev: op.prev.as_ref(), hash }
    }

    fn leads_to(&self, after: &Link<'_>) -> bool {
        let neighbours = self.device == after.device && self.seq.checked_add(1) == Some(after.seq);
        !neighbours || (after.prev == Some(self.hash) && after.hlc > self.hlc)
    }
}

/// Checks that each op gives its hash, that only a device's first op continues nothing, and that ops which are
/// neighbours on a device fit together. Gaps are allowed: a bundle holds only the ops of the records it carries.
///
/// # Errors
/// The first op that does not fit.
pub fn verify_ops(ops: &[Sealed]) -> Result<(), ChainError> {
    verify(ops, &[])
}

/// Checks a ledger of which some ops were erased: their stubs are links like any other, of which only the hash is
/// known, and an erasure accounts for all of them.
///
/// # Errors
/// The first op or stub that does not fit.
pub fn verify(ops: &[Sealed], stubs: &[Stub]) -> Result<(), ChainError> {
    for Sealed { op, hash } in ops {
        let json = json::write(op).map_err(|_| ChainError::Altered(op.id.clone()))?;
        if hex(&sha256(json.as_bytes())) != *hash {
            return Err(ChainError::Altered(op.id.clone()));
        }
    }
    verify_chain(ops, stubs)
}

/// Checks, of ops that each give their hash, everything else that [`verify`] checks.
///
/// # Errors
/// The first op that does not fit.
pub fn verify_chain(ops: &[Sealed], stubs: &[Stub]) -> Result<(), ChainError> {
    accounted(ops, stubs)?;
    let all = || -> Vec<Link<'_>> { ops.iter().map(Link::of).chain(stubs.iter().map(Stub::link)).collect() };
    let by_id = sorted(all(), |one, other| one.id.cmp(other.id));
    if let Some(pair) = by_id.windows(2).find(|pair| pair[0].id == pair[1].id && pair[0].hash != pair[1].hash) {
        return Err(ChainError::Twice(pair[1].id.clone()));
    }
    let by_place = sorted(all(), |one, other| (one.device, one.seq).cmp(&(other.device, other.seq)));
    let mut before: Option<&Link<'_>> = None;
    for link in &by_place {
        match before {
            Some(before) if before.seq == link.seq && before.device == link.device => {
                if before.hash != link.hash {
                    return Err(ChainError::Twice(link.id.clone()));
                }
                continue;
            }
            Some(before) if !before.leads_to(link) => return Err(ChainError::Broken(link.id.clone())),
            _ if link.seq == 0 || link.prev.is_none() != (link.seq == 1) => {
                return Err(ChainError::Broken(link.id.clone()));
            }
            _ => before = Some(link),
        }
    }
    Ok(())
}

/// Whether two ops may stand in one ledger as far as their places tell: ops that are no neighbours always may.
pub fn follows(before: &Sealed, after: &Sealed) -> bool {
    Link::of(before).leads_to(&Link::of(after))
}
