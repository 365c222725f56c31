//! The seals of records: made for this device's own entries when they go out, kept so that an unchanged record needs no
//! new one, and passed on for other devices.
//!
//! It must not know files. A seal that does not fit the entries that are here is neither kept nor passed on: a file
//! that contradicts itself would be taken for a forgery.

use super::Store;
use super::commit::put_json;
use super::device;
use super::error::StoreError;
use super::query::parse;
use crate::browser::clock;
use crate::browser::db::{Table, Tx};
use crate::browser::keys::{Checker, DeviceKey};
use sitebook_core::ids::{DeviceId, RecordId};
use sitebook_core::ledger::Sealed;
use sitebook_core::seal::{Claim, Draft, PublicKey, Seal, SignatureBytes};
use std::collections::{BTreeMap, BTreeSet};

fn place_of(record: &RecordId, device: &DeviceId) -> String {
    format!("{record}/{device}")
}

fn put(tx: &Tx, seal: &Seal) -> Result<(), StoreError> {
    put_json(tx, Table::Seals, &place_of(&seal.record, &seal.device), seal, Vec::new())
}

/// The devices that wrote ops.
fn devices(ops: &[Sealed]) -> BTreeSet<&DeviceId> {
    ops.iter().map(|sealed| &sealed.op.device).collect()
}

/// The seals of these ops of one record that fit them.
pub(super) async fn kept(tx: &Tx, record: &RecordId, ops: &[Sealed]) -> Result<Vec<Seal>, StoreError> {
    let mut found = Vec::new();
    for device in devices(ops) {
        if let Some(json) = tx.get(Table::Seals, &place_of(record, device)).await?
            && let Ok(seal) = parse::<Seal>(&json)
            && seal.fits(ops)
        {
            found.push(seal);
        }
    }
    Ok(found)
}

/// Adds this device's seal where its entries have none, or one that does not cover the last. `true` if one was made.
pub(super) async fn add_own(
    seals: &mut Vec<Seal>,
    (device, key): (&DeviceId, &DeviceKey),
    record: &RecordId,
    ops: &[Sealed],
) -> bool {
    let own = ops.iter().filter(|sealed| sealed.op.device == *device).map(|sealed| sealed.op.seq);
    let Some(last) = own.max() else { return false };
    if seals.iter().any(|seal| seal.device == *device && seal.upto == last) {
        return false;
    }
    let Some(seal) = sign(device, key, record, ops).await else { return false };
    seals.retain(|seal| seal.device != *device);
    seals.push(seal);
    true
}

async fn sign(device: &DeviceId, key: &DeviceKey, record: &RecordId, ops: &[Sealed]) -> Option<Seal> {
    let public = PublicKey::of(key.public())?;
    let draft = Draft::new(device, &public, record, ops, clock::now())?;
    let sig = key.sign(&draft.message().ok()?).await?;
    Some(draft.signed(SignatureBytes::of(&sig)?))
}

/// Checks signatures one by one. `tell` hears how many were checked and answers whether to go on.
pub(super) async fn answers(claims: &[Claim], tell: &dyn Fn(usize) -> bool) -> Result<Vec<bool>, StoreError> {
    let mut checker = Checker::default();
    let mut answers = Vec::with_capacity(claims.len());
    for Claim { key, message, sig } in claims {
        answers.push(checker.holds(key, message, sig).await);
        if !tell(answers.len()) {
            return Err(StoreError::Stopped);
        }
    }
    Ok(answers)
}

/// Keeps seals that came in and whose signatures hold, where they fit what is here now and say more than those that
/// are here.
pub(super) async fn take_in(tx: &Tx, seals: &[Seal], ops: &BTreeMap<RecordId, Vec<Sealed>>) -> Result<(), StoreError> {
    for seal in seals {
        let Some(ops) = ops.get(&seal.record).filter(|ops| seal.fits(ops)) else { continue };
        if seal.device.is_of_a_key() {
            if !seal.device.is_bound_to(&seal.key) {
                continue;
            }
        } else {
            let known = device::known_key(tx, &seal.device).await?;
            if known.is_some_and(|known| known != seal.key) {
                continue;
            }
            device::note_key(tx, &seal.device, &seal.key).await?;
        }
        let older = kept(tx, &seal.record, ops).await?;
        if older.iter().all(|older| older.device != seal.device || older.upto < seal.upto) {
            put(tx, seal)?;
        }
    }
    Ok(())
}

/// Forgets all seals of a record.
pub(super) async fn forget(tx: &Tx, record: &RecordId, ops: &[Sealed]) -> Result<(), StoreError> {
    for device in devices(ops) {
        tx.delete(Table::Seals, &place_of(record, device))?;
    }
    Ok(())
}

impl Store {
    /// Keeps the seals that were made for a file. What cannot be kept is made again the next time.
    pub(super) async fn keep_seals(self, seals: &[Seal]) -> Result<(), StoreError> {
        if seals.is_empty() {
            return Ok(());
        }
        let tx = self.db()?.write(&[Table::Seals])?;
        for seal in seals {
            put(&tx, seal)?;
        }
        Ok(tx.done().await?)
    }
}
