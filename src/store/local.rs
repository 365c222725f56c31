//! `localStorage`, with a durable copy.
//!
//! Browsers write `localStorage` to the disk some seconds later, so a killed browser forgets the latest changes. The
//! same entries are therefore kept in the database, which writes at once; on start, what `localStorage` lacks is
//! put back from there.

use super::commit::put_json;
use super::error::StoreError;
use crate::browser::db::{Db, Table};
use crate::browser::storage;
use gloo_storage::{LocalStorage, Storage as _};
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

/// The text under a key, without a copy in the database.
pub fn text(key: &str) -> Option<String> {
    storage::has_local().then(|| LocalStorage::raw().get_item(key).ok().flatten())?
}

/// Sets or removes a text, without a copy in the database. Failure is silent.
pub fn set_text(key: &str, text: Option<&str>) {
    if storage::has_local() {
        let _ = match text {
            Some(text) => LocalStorage::raw().set_item(key, text),
            None => LocalStorage::raw().remove_item(key),
        };
    }
}

/// The value under a key; `None` if there is none or it cannot be read.
pub fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    sitebook_core::json::read(&text(key)?).ok()
}

/// Sets a value, here and in the copy. A browser that refuses `localStorage` still has the copy.
pub fn set<T: Serialize>(key: &str, value: &T) {
    let Ok(text) = sitebook_core::json::write(value) else { return };
    set_text(key, Some(&text));
    copy(key.to_owned(), Some(text));
}

/// Forgets a value, here and in the copy.
pub fn forget(key: &str) {
    set_text(key, None);
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
    let mut restored = false;
    for (key, value) in all {
        if text(&key).is_none() {
            set_text(&key, Some(&value));
            restored |= text(&key).is_some();
        }
    }
    Ok(restored)
}
