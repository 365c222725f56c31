//! `localStorage`, with a durable copy.
//!
//! Browsers write `localStorage` to the disk some seconds later, so a killed browser forgets the latest changes. The
//! same entries are therefore kept in the database, which writes at once. Each change counts a beat up, kept on both
//! sides: on start the side with the higher beat is right, and the other one follows it.

use super::commit::put_json;
use super::error::StoreError;
use crate::browser::db::{Db, Table, Tx};
use crate::browser::storage;
use gloo_storage::{LocalStorage, Storage as _};
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Key of the copy among the small things of the device.
const COPY: &str = "local";
/// Every key begins like this; other entries of the origin are not ours.
const OURS: &str = "sitebook.";
/// Where [`super::loss`] keeps what the database must hold.
const MARKS: &str = "sitebook.mark";
/// How many changes there were.
const BEAT: &str = "sitebook.beat";

/// Entries with their texts.
type Entries = BTreeMap<String, String>;

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

fn beat(entries: &Entries) -> u64 {
    entries.get(BEAT).and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// Counts the change here, and makes it in the copy, too.
fn copy(key: String, text: Option<String>) {
    let next = self::text(BEAT).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0).saturating_add(1);
    set_text(BEAT, Some(&next.to_string()));
    let Some(db) = DATABASE.with_borrow(Clone::clone) else { return };
    spawn_local(async move {
        // The copy is a second net: when it fails, localStorage has the entry and the higher beat.
        let _ = write_copy(&db, key, text, next).await;
    });
}

async fn write_copy(db: &Db, key: String, text: Option<String>, next: u64) -> Result<(), StoreError> {
    let tx = db.write(&[Table::Meta])?;
    let mut all = read_copy(&tx).await?;
    match text {
        Some(text) => all.insert(key, text),
        None => all.remove(&key),
    };
    // Without localStorage the beat stands still there; here it must not.
    let next = next.max(beat(&all).saturating_add(1));
    all.insert(BEAT.to_owned(), next.to_string());
    put_json(&tx, Table::Meta, COPY, &all, Vec::new())?;
    Ok(tx.done().await?)
}

async fn read_copy(tx: &Tx) -> Result<Entries, StoreError> {
    Ok(match tx.get(Table::Meta, COPY).await? {
        Some(json) => sitebook_core::json::read(&json)?,
        None => Entries::new(),
    })
}

/// Our entries in `localStorage` that have a copy: all but the marks of [`super::loss`], which stand against the
/// database.
fn entries() -> Entries {
    if !storage::has_local() {
        return Entries::new();
    }
    let storage = LocalStorage::raw();
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    let ours = keys.filter(|key| key.starts_with(OURS) && !key.starts_with(MARKS));
    ours.filter_map(|key| storage.get_item(&key).ok().flatten().map(|text| (key, text))).collect()
}

/// Brings `localStorage` and its copy together, and keeps the copy from now on. Tells whether anything changed here.
///
/// # Errors
/// When the copy cannot be read. That it cannot be written (a full device) is no reason not to start.
pub async fn restore(db: &Db) -> Result<bool, StoreError> {
    let (mut here, there) = (entries(), read_copy(&db.read(&[Table::Meta])?).await?);
    let mut changed = false;
    let mut take = |key: &String, value: Option<&String>| {
        set_text(key, value.map(String::as_str));
        changed |= text(key).as_ref() == value;
    };
    let (newer, older) = (beat(&there), beat(&here));
    if newer >= older {
        // With one beat on both sides nothing was forgotten since: what one lacks, the browser or the user cleared.
        for key in here.keys().filter(|key| newer > older && !there.contains_key(*key)) {
            take(key, None);
        }
        for (key, value) in &there {
            if newer > older && here.get(key) != Some(value) || !here.contains_key(key) {
                take(key, Some(value));
            }
        }
        if newer == older {
            for (key, value) in &there {
                here.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
    }
    if newer <= older && here != there {
        let _ = write_all(db, &here).await;
    }
    DATABASE.set(Some(db.clone()));
    Ok(changed)
}

async fn write_all(db: &Db, entries: &Entries) -> Result<(), StoreError> {
    let tx = db.write(&[Table::Meta])?;
    put_json(&tx, Table::Meta, COPY, entries, Vec::new())?;
    Ok(tx.done().await?)
}

/// Whether an entry is a draft, or a place in the app, that speaks of one of these.
fn speaks_of(key: &str, text: &str, needles: &[String]) -> bool {
    let private = ["sitebook.draft.", "sitebook.ink.", "sitebook.return", "sitebook.place", "sitebook.filters"];
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
