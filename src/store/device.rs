//! This device's key: made before its first entry, kept by the browser, and never out of it. The device's id is made
//! from it, so that anybody can tell which seals are the device's own.
//!
//! It must not know what is sealed. Where the browser makes or keeps no key, the device works without one: it has an
//! id of its own all the same, and what it exports is unsigned.

use super::Store;
use super::commit::put_json;
use super::error::StoreError;
use crate::browser::db::{Db, Table, Tx};
use crate::browser::keys::DeviceKey;
use leptos::prelude::{GetValue, SetValue};
use sitebook_core::ids::DeviceId;
use sitebook_core::ledger::Head;
use sitebook_core::seal::PublicKey;

/// The key pair among the browser's objects.
const PAIR: &str = "device";
/// Its public part among the small things of the device: what a transaction can read without waiting for anything.
const PUBLIC: &str = "key";

impl Store {
    /// This device's key. The first call finds or makes it.
    pub async fn device_key(self) -> Option<DeviceKey> {
        if let Some(known) = self.key.get_value() {
            return known;
        }
        let db = self.db().ok()?;
        let key = find_or_make(&db).await.ok().flatten();
        self.key.set_value(Some(key.clone()));
        key
    }
}

/// Only one of several tabs makes it: whoever comes second finds the first one's.
async fn find_or_make(db: &Db) -> Result<Option<DeviceKey>, StoreError> {
    let tx = db.read(&[Table::Keys])?;
    if let Some(kept) = tx.kept(Table::Keys, PAIR).await? {
        return Ok(DeviceKey::of(kept).await);
    }
    let Some(made) = DeviceKey::make().await else { return Ok(None) };
    let Some(public) = PublicKey::of(made.public()) else { return Ok(None) };
    let tx = db.write(&[Table::Meta, Table::Keys])?;
    if let Some(kept) = tx.kept(Table::Keys, PAIR).await? {
        return Ok(DeviceKey::of(kept).await);
    }
    tx.put_kept(Table::Keys, PAIR, &made.kept())?;
    put_json(&tx, Table::Meta, PUBLIC, &public, Vec::new())?;
    if let Some(head) = tx.get(Table::Meta, "head").await? {
        // A device from before there were keys keeps its id.
        let head: Head = sitebook_core::json::read(&head)?;
        note_key(&tx, &head.device, &public).await?;
    }
    tx.done().await?;
    Ok(Some(made))
}

/// The id of a device that writes its first entry.
pub(super) async fn id_of_key(tx: &Tx) -> Result<Option<DeviceId>, StoreError> {
    let Some(json) = tx.get(Table::Meta, PUBLIC).await? else { return Ok(None) };
    let public: PublicKey = sitebook_core::json::read(&json)?;
    Ok(DeviceId::of_key(&public))
}

fn place_of(device: &DeviceId) -> String {
    format!("key/{device}")
}

/// The key under which a device is known here whose id does not tell it.
pub(super) async fn known_key(tx: &Tx, device: &DeviceId) -> Result<Option<PublicKey>, StoreError> {
    Ok(match tx.get(Table::Meta, &place_of(device)).await? {
        Some(json) => Some(sitebook_core::json::read(&json)?),
        None => None,
    })
}

/// Notes the key of a device whose id does not tell it: the first one that is seen is taken to be its own.
pub(super) async fn note_key(tx: &Tx, device: &DeviceId, key: &PublicKey) -> Result<(), StoreError> {
    if device.is_of_a_key() || known_key(tx, device).await?.is_some() {
        return Ok(());
    }
    put_json(tx, Table::Meta, &place_of(device), key, Vec::new())
}
