//! The store's contract, tried in real browsers on a real database:
//! `cargo xtask test` runs it through `wasm-bindgen-test-runner` in Chromium, Firefox and WebKitGTK.
//!
//! What every test needs is here. [`documents`]: what is put comes back, in the order of its index. [`whole`]: all of
//! a transaction or nothing. [`tabs`]: several tabs on one database. [`fold`]: the record is the fold of its ops.
//! [`settings`]: what the browser wrote too late.

mod documents;
mod fold;
mod settings;
mod tabs;
mod whole;

use super::Store;
use super::coming::Proven;
use super::commit::{Job, NewBlob, commit};
use super::error::StoreError;
use super::settings::Profile;
use crate::browser::db::{Db, Doc, Key, Range, Schema, Table};
use crate::browser::sink::Sink;
use crate::browser::{clock, files, random};
use leptos::prelude::Owner;
use sitebook_core::exchange;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Attachment, Record, RecordKind, Sealed, hex, sha256, verify_ops};
use sitebook_core::value::Value;
use sitebook_core::work::{Command, Refusal};
use std::collections::{BTreeMap, BTreeSet};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

pub(super) fn fresh_name() -> String {
    format!("contract-{}", RecordId::at(clock::now_ms(), random::bytes()))
}

/// A store on a database of this name, as a tab that was just opened has it.
pub(super) async fn tab(name: &str) -> Store {
    let store = Store::new(Profile::load());
    store.open_as(name).await.unwrap();
    store
}

/// A database of its own, without a store over it.
async fn raw() -> Db {
    Db::open(&fresh_name(), Schema::CURRENT, || (), |_| ()).await.unwrap()
}

/// Bytes that look like a picture to the store, different for each `seed`.
pub(super) fn picture(seed: u8, size: usize) -> NewBlob {
    let bytes: Vec<u8> = (0..size).map(|at| (at * 31 + usize::from(seed)).to_le_bytes()[0]).collect();
    let sha256 = hex(&sha256(&bytes));
    let attachment =
        Attachment { sha256, mime: "image/jpeg".to_owned(), size: bytes.len() as u64, width: 4, height: 3 };
    NewBlob { attachment, thumb: vec![seed], bytes }
}

pub(super) fn owned() -> Owner {
    // Mounting is what starts the tasks' executor.
    leptos::mount::mount_to_body(|| ());
    let owner = Owner::new();
    owner.set();
    owner
}

/// Records checked and found differing.
pub(super) async fn rebuilt(store: Store) -> (usize, usize) {
    let found = store.rebuild(&|_| true).await.unwrap();
    (found.checked, found.differing)
}

pub(super) fn new_id() -> RecordId {
    RecordId::at(clock::now_ms(), random::bytes())
}

pub(super) fn customer(name: &str) -> Command {
    let values = BTreeMap::from([("name".to_owned(), Value::text(name))]);
    Command::Create { kind: RecordKind::Customer, number: None, template: None, values }
}

pub(super) fn rename(name: &str) -> Command {
    Command::Edit { values: BTreeMap::from([("name".to_owned(), Value::text(name))]) }
}

pub(super) async fn bytes_of(file: &files::File) -> Vec<u8> {
    files::slice(file, 0, files::size(file)).await.unwrap()
}

/// A backup of everything, as bytes.
pub(super) async fn whole(store: Store) -> Vec<u8> {
    let made = store.export_all(&store.profile.now(), Sink::pieces("all.json"), &|_| true).await.unwrap();
    bytes_of(&made.file.unwrap()).await
}

pub(super) async fn all_ops(store: Store) -> Vec<Sealed> {
    let ids: BTreeSet<String> = {
        let mut ids = BTreeSet::new();
        for line in store.lines(RecordKind::Customer, "open", None).await.unwrap() {
            ids.insert(line.id);
        }
        ids
    };
    let mut ops = Vec::new();
    for id in ids {
        ops.extend(store.ops(&id).await.unwrap());
    }
    ops
}

#[wasm_bindgen_test]
async fn what_was_committed_is_there_for_a_tab_opened_later() {
    let _owner = owned();
    let (name, id) = (fresh_name(), new_id());
    let first = tab(&name).await;
    commit(first, Job::new(id.clone(), customer("云岭"), "张伟")).await.unwrap();
    let later = tab(&name).await;
    let view = later.view(&id).await.unwrap().unwrap();
    assert_eq!(view.record.text("name"), Some("云岭"));
    assert_eq!(later.lines(RecordKind::Customer, "open", None).await.unwrap().len(), 1);
}
