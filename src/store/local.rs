//! `localStorage`, with a durable copy.
//!
//! Browsers write `localStorage` to the disk some seconds later, so a killed browser forgets the latest changes. The
//! same entries are therefore kept in the database, which writes at once; on start, what `localStorage` lacks is
//! put back from there.

use super::commit::put_json;
use super::error::StoreError;
use crate::browser::db::{Db, Table, Tx};
use gloo_storage::{LocalStorage, Storage};
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Key of the copy among the small things of the device.
const COPY: &str = "local";

thread_local! {
    static DATABASE: RefCell<Option<Db>> = const { RefCell::new(None) };
}

/// The value under a key; `None` if there is none or it cannot be read.
pub fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    let text = LocalStorage::raw().get_item(key).ok().flatten()?;
    sitebook_core::json::read(&text).ok()
}

/// Sets a value, here and in the copy. A browser that refuses `localStorage` still has the copy.
pub fn set<T: Serialize>(key: &str, value: &T) {
    let Ok(text) = sitebook_core::json::write(value) else { return };
    let _ = LocalStorage::raw().set_item(key, &text);
    copy(key.to_owned(), Some(text));
}

/// Forgets a value, here and in the copy.
pub fn forget(key: &str) {
    let _ = LocalStorage::raw().remove_item(key);
    copy(key.to_owned(), None);
}

fn copy(key: String, text: Option<String>) {
    let Some(db) = DATABASE.with_borrow(Clone::clone) else { return };
    spawn_local(async move {
        // The copy is a second net: when it fails, localStorage has the entry.
        let _ = write_copy(&db, key, text).await;
    });
}

async fn write_copy(db: &Db, key: String, text: Option<String>) -> Result<(), StoreError> {
    let tx = db.write(&[Table::Meta])?;
    let mut all: BTreeMap<String, String> = match tx.get(Table::Meta, COPY).await? {
        Some(json) => sitebook_core::json::read(&json)?,
        None => BTreeMap::new(),
    };
    match text {
        Some(text) => all.insert(key, text),
        None => all.remove(&key),
    };
    put_json(&tx, Table::Meta, COPY, &all, Vec::new())?;
    Ok(tx.done().await?)
}

/// Puts back what `localStorage` lacks, and keeps the copy from now on. Tells whether anything was put back.
///
/// # Errors
/// When the copy cannot be read.
pub async fn restore(db: &Db) -> Result<bool, StoreError> {
    let tx = db.read(&[Table::Meta])?;
    let all: BTreeMap<String, String> = match tx.get(Table::Meta, COPY).await? {
        Some(json) => sitebook_core::json::read(&json)?,
        None => BTreeMap::new(),
    };
    DATABASE.set(Some(db.clone()));
    let storage = LocalStorage::raw();
    let mut restored = false;
    for (key, text) in all {
        if matches!(storage.get_item(&key), Ok(None)) {
            restored |= storage.set_item(&key, &text).is_ok();
        }
    }
    Ok(restored)
}

/// Whether an entry is a draft, or a place in the app, that speaks of one of these.
fn speaks_of(key: &str, text: &str, needles: &[String]) -> bool {
    let private = ["sitebook.draft.", "sitebook.ink.", "sitebook.return", "sitebook.place"];
    private.iter().any(|begin| key.starts_with(begin))
        && needles.iter().any(|needle| key.contains(needle) || text.contains(needle))
}

/// Forgets drafts that speak of something that is erased.
pub(super) fn sweep(needles: &[String]) {
    let storage = LocalStorage::raw();
    let count = storage.length().unwrap_or(0);
    let keys: Vec<String> = (0..count).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for key in keys {
        let text = storage.get_item(&key).ok().flatten().unwrap_or_default();
        if speaks_of(&key, &text, needles) {
            let _ = storage.remove_item(&key);
        }
    }
}

/// The same in the copy, inside the erasing transaction.
pub(super) async fn sweep_copy(tx: &Tx, needles: &[String]) -> Result<(), StoreError> {
    let Some(json) = tx.get(Table::Meta, COPY).await? else { return Ok(()) };
    let mut all: BTreeMap<String, String> = sitebook_core::json::read(&json)?;
    all.retain(|key, text| !speaks_of(key, text, needles));
    put_json(tx, Table::Meta, COPY, &all, Vec::new())
}
