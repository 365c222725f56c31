//! What a device signs: its ops of one record, and a file it exported.

use super::key::{PublicKey, SignatureBytes};
use crate::gathered::sorted;
use crate::ids::{DeviceId, RecordId};
use crate::json;
use crate::json::fields::fields;
use crate::ledger::{Sealed, hex, is_sha256};
use crate::time::Stamp;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// A device's statement about its own ops of one record: these and no others, up to a place in its chain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Seal {
    /// The device.
    pub device: DeviceId,
    /// Its public key.
    pub key: PublicKey,
    /// The record.
    pub record: RecordId,
    /// Running number of the last op it covers.
    pub upto: u64,
    /// How many ops it covers.
    pub count: u64,
    /// SHA-256 (hex) over the hashes of these ops in the order of their running numbers.
    pub sum: String,
    /// When it was made.
    pub at: Stamp,
    /// Signature of the canonical JSON of all of this but `sig`.
    pub sig: SignatureBytes,
}

fields!(strict Seal { device, key, record, upto, count, sum, at, sig });

/// A seal that waits for its signature.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Draft {
    device: DeviceId,
    key: PublicKey,
    record: RecordId,
    upto: u64,
    count: u64,
    sum: String,
    at: Stamp,
}

/// A signature to be checked: ECDSA, P-256, SHA-256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The raw public point.
    pub key: Vec<u8>,
    /// What was signed.
    pub message: Vec<u8>,
    /// r and s.
    pub sig: Vec<u8>,
}

/// SHA-256 (hex) over the hashes of ops, one after the other.
pub fn sum_of<'a>(hashes: impl IntoIterator<Item = &'a str>) -> String {
    let mut sum = Sha256::new();
    for hash in hashes {
        sum.update(hash.as_bytes());
    }
    hex(&sum.finalize())
}

impl Draft {
    /// The statement about the ops of this device and record among `ops`; `None` when there are none. All ops that
    /// the device wrote of the record must be among them: the seal says that there are no others.
    pub fn new(device: &DeviceId, key: &PublicKey, record: &RecordId, ops: &[Sealed], at: Stamp) -> Option<Draft> {
        let own = ops.iter().filter(|sealed| sealed.op.device == *device && sealed.op.record == *record);
        let mut own = sorted(own.collect(), |one: &&Sealed, other| one.op.seq.cmp(&other.op.seq));
        own.dedup_by(|one, other| one.op.seq == other.op.seq);
        Some(Draft {
            device: device.clone(),
            key: key.clone(),
            record: record.clone(),
            upto: own.last()?.op.seq,
            count: u64::try_from(own.len()).ok()?,
            sum: sum_of(own.iter().map(|sealed| sealed.hash.as_str())),
            at,
        })
    }

    /// The bytes to be signed with the device's key.
    ///
    /// # Errors
    /// Never for a statement made by [`Draft::new`].
    pub fn message(&self) -> Result<Vec<u8>, json::Error> {
        json::write(self).map(String::into_bytes)
    }

    /// The seal.
    pub fn signed(self, sig: SignatureBytes) -> Seal {
        let Draft { device, key, record, upto, count, sum, at } = self;
        Seal { device, key, record, upto, count, sum, at, sig }
    }
}

impl Seal {
    /// Whether it could be one: sizes and forms, not the signature.
    pub fn is_plausible(&self) -> bool {
        DeviceId::parse(self.device.as_str()).is_some()
            && RecordId::parse(self.record.as_str()).is_some()
            && is_sha256(&self.sum)
            && self.at.is_plausible()
            && (1..=self.upto).contains(&self.count)
            && self.upto <= crate::exchange::limits::SEQ
            && self.key.raw().is_some()
            && self.sig.raw().is_some()
    }

    /// Whether these are the ops that it speaks of, and no others up to its place. Ops of other devices and records
    /// among them do not count.
    pub fn fits(&self, ops: &[Sealed]) -> bool {
        let own = ops.iter().filter(|sealed| sealed.op.device == self.device && sealed.op.record == self.record);
        let own = own.filter(|sealed| sealed.op.seq <= self.upto);
        let mut own = sorted(own.collect(), |one: &&Sealed, other| one.op.seq.cmp(&other.op.seq));
        own.dedup_by(|one, other| one.op.seq == other.op.seq);
        own.len() as u64 == self.count
            && own.last().is_some_and(|last| last.op.seq == self.upto)
            && sum_of(own.iter().map(|sealed| sealed.hash.as_str())) == self.sum
    }

    /// What must be checked before it is believed; `None` when it is no seal at all.
    pub fn claim(&self) -> Option<Claim> {
        let Seal { device, key, record, upto, count, sum, at, sig } = self.clone();
        let message = Draft { device, key, record, upto, count, sum, at }.message().ok()?;
        Some(Claim { key: self.key.raw()?, message, sig: sig.raw()? })
    }
}

/// The exporting device's signature of a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Signature {
    /// The device.
    pub device: DeviceId,
    /// Its public key.
    pub key: PublicKey,
    /// Signature of the canonical JSON of device, file digest and key.
    pub sig: SignatureBytes,
}

fields!(strict Signature { device, key, sig });

/// A file's signature that waits to be made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileDraft {
    device: DeviceId,
    digest: String,
    key: PublicKey,
}

impl FileDraft {
    /// The statement that this device exported the file with this digest.
    pub fn new(device: &DeviceId, key: &PublicKey, digest: &str) -> FileDraft {
        FileDraft { device: device.clone(), digest: digest.to_owned(), key: key.clone() }
    }

    /// The bytes to be signed with the device's key.
    ///
    /// # Errors
    /// Never for ids and digests that were checked.
    pub fn message(&self) -> Result<Vec<u8>, json::Error> {
        json::write(self).map(String::into_bytes)
    }

    /// The signature for the file.
    pub fn signed(self, sig: SignatureBytes) -> Signature {
        Signature { device: self.device, key: self.key, sig }
    }
}

impl Signature {
    /// Whether it could be one: sizes and forms.
    pub fn is_plausible(&self) -> bool {
        DeviceId::parse(self.device.as_str()).is_some() && self.key.raw().is_some() && self.sig.raw().is_some()
    }

    /// What must be checked before it is believed; `None` when it is no signature at all.
    pub fn claim(&self, digest: &str) -> Option<Claim> {
        let message = FileDraft::new(&self.device, &self.key, digest).message().ok()?;
        Some(Claim { key: self.key.raw()?, message, sig: self.sig.raw()? })
    }
}
