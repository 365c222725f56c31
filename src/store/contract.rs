//! The store's contract, tried in a real browser on a real database:
//! `cargo xtask test` runs it through `wasm-bindgen-test-runner`.

use super::Store;
use super::commit::{Job, commit};
use super::error::StoreError;
use super::local;
use super::settings::Profile;
use crate::browser::{clock, random, timers};
use gloo_storage::Storage as _;
use leptos::prelude::Owner;
use sitebook_core::exchange;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Record, RecordKind, Sealed, verify_ops};
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

pub(super) fn owned() -> Owner {
    // Mounting is what starts the tasks' executor.
    leptos::mount::mount_to_body(|| ());
    let owner = Owner::new();
    owner.set();
    owner
}

/// Records checked and found differing.
pub(super) async fn rebuilt(store: Store) -> (usize, usize) {
    let found = store.rebuild(|_| true).await.unwrap();
    (found.checked, found.differing)
}

pub(super) fn new_id() -> RecordId {
    RecordId::at(clock::now_ms(), random::bytes())
}

fn customer(name: &str) -> Command {
    let values = BTreeMap::from([("name".to_owned(), Value::text(name))]);
    Command::Create { kind: RecordKind::Customer, number: None, template: None, values }
}

fn rename(name: &str) -> Command {
    Command::Edit { values: BTreeMap::from([("name".to_owned(), Value::text(name))]) }
}

async fn all_ops(store: Store) -> Vec<Sealed> {
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

#[wasm_bindgen_test]
async fn a_refused_command_writes_nothing() {
    let _owner = owned();
    let (name, id) = (fresh_name(), new_id());
    let store = tab(&name).await;
    let refused = commit(store, Job::new(id.clone(), customer(&"长".repeat(10_000)), "张伟")).await;
    assert!(matches!(refused, Err(StoreError::Refused(Refusal::TooLong { .. }))));
    assert_eq!(store.view(&id).await.unwrap(), None);
    assert_eq!(store.ops(id.as_str()).await.unwrap(), []);
    assert_eq!(store.entries().await.unwrap(), 0);
}

#[wasm_bindgen_test]
async fn two_tabs_that_write_at_once_keep_one_unbroken_chain() {
    let _owner = owned();
    let (name, id) = (fresh_name(), new_id());
    let (one, two) = (tab(&name).await, tab(&name).await);
    commit(one, Job::new(id.clone(), customer("一"), "张伟")).await.unwrap();
    for round in 0..10 {
        let left = commit(one, Job::new(id.clone(), rename(&format!("左{round}")), "张伟"));
        let right = commit(two, Job::new(new_id(), customer(&format!("右{round}")), "李强"));
        let (left, right) = futures::join!(left, right);
        left.unwrap();
        right.unwrap();
    }
    let ops = all_ops(one).await;
    assert_eq!(verify_ops(&ops), Ok(()));
    let places: BTreeSet<u64> = ops.iter().map(|sealed| sealed.op.seq).collect();
    assert_eq!(places.len(), ops.len(), "no place of the chain is taken twice");
    assert_eq!(places.last().copied(), Some(ops.len() as u64), "and none is left out");
}

#[wasm_bindgen_test]
async fn the_stored_record_is_the_fold_of_its_ops() {
    let _owner = owned();
    let (name, id) = (fresh_name(), new_id());
    let store = tab(&name).await;
    commit(store, Job::new(id.clone(), customer("甲"), "张伟")).await.unwrap();
    for round in 0..20 {
        commit(store, Job::new(id.clone(), rename(&format!("甲{round}")), "张伟")).await.unwrap();
    }
    let ops = store.ops(id.as_str()).await.unwrap();
    let folded = Record::fold(&id, ops.iter().rev().map(|sealed| &sealed.op));
    assert_eq!(store.view(&id).await.unwrap().unwrap().record, folded);
    assert_eq!(rebuilt(store).await, (1, 0), "a rebuild finds nothing to mend");
}

#[wasm_bindgen_test]
async fn numbers_are_never_given_twice_by_two_tabs() {
    let _owner = owned();
    let name = fresh_name();
    let (one, two) = (tab(&name).await, tab(&name).await);
    let owner_id = new_id();
    commit(one, Job::new(owner_id.clone(), customer("甲"), "张伟")).await.unwrap();
    let order = || {
        let values = [
            ("kind", Value::text("fault")),
            ("customer", Value::text(owner_id.as_str())),
            ("fault", Value::text("掉线")),
            ("scope", Value::text("恢复")),
            ("severity", Value::text("general")),
            ("identity", Value::text("own")),
            ("agreed", Value::Moment(clock::now())),
            ("site", Value::text("s")),
            ("contact", Value::text("c")),
        ];
        let values = values.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
        let command = Command::Create { kind: RecordKind::Order, number: None, template: None, values };
        let mut job = Job::new(new_id(), command, "张伟");
        job.prefix = Some("WO");
        job
    };
    let (a, b) = futures::join!(commit(one, order()), commit(two, order()));
    let (a, b) = (a.unwrap(), b.unwrap());
    assert!(a.record.number().is_some());
    assert_ne!(a.record.number(), b.record.number());
}

#[wasm_bindgen_test]
async fn an_import_is_all_or_nothing() {
    let _owner = owned();
    let (from, into) = (tab(&fresh_name()).await, tab(&fresh_name()).await);
    let id = new_id();
    commit(from, Job::new(id.clone(), customer("甲"), "张伟")).await.unwrap();
    commit(from, Job::new(new_id(), customer("乙"), "张伟")).await.unwrap();
    let made = from.export_all(&from.profile.now()).await.unwrap();
    let incoming = exchange::read(&made.bytes).unwrap();
    // The device already holds another op under an id of the file: nothing of the file may be written.
    let mut forged = incoming.clone();
    forged.ops.truncate(1);
    forged.ops[0].hash = "0".repeat(64);
    into.import(&forged, &[], &BTreeMap::new()).await.unwrap();
    let before = into.lines(RecordKind::Customer, "open", None).await.unwrap().len();
    assert!(into.import(&incoming, &[], &BTreeMap::new()).await.is_err());
    assert_eq!(into.lines(RecordKind::Customer, "open", None).await.unwrap().len(), before);

    let empty = tab(&fresh_name()).await;
    empty.import(&incoming, &[], &BTreeMap::new()).await.unwrap();
    assert_eq!(empty.lines(RecordKind::Customer, "open", None).await.unwrap().len(), 2);
    let (mut theirs, mut ours) = (all_ops(from).await, all_ops(empty).await);
    theirs.sort_by(|a, b| a.op.id.cmp(&b.op.id));
    ours.sort_by(|a, b| a.op.id.cmp(&b.op.id));
    assert_eq!(theirs, ours);
    assert!(empty.preview(&incoming).await.unwrap().is_idle(), "a second import has nothing to do");
}

#[wasm_bindgen_test]
async fn a_setting_that_the_browser_wrote_too_late_comes_back_and_a_newer_one_stays() {
    let _owner = owned();
    let name = fresh_name();
    let store = tab(&name).await;
    let storage = gloo_storage::LocalStorage::raw;
    local::set("sitebook.try", &"old");
    let stale: Vec<(&str, Option<String>)> =
        ["sitebook.try", "sitebook.beat"].map(|key| (key, storage().get_item(key).unwrap())).into();
    local::set("sitebook.try", &"new");
    local::set("sitebook.more", &"more");
    // A transaction that begins after the copies have begun waits for them.
    timers::sleep(0).await;
    commit(store, Job::new(new_id(), customer("甲"), "张伟")).await.unwrap();

    // A killed browser comes back with what it had written: an older state.
    for (key, text) in stale {
        storage().set_item(key, &text.unwrap()).unwrap();
    }
    storage().remove_item("sitebook.more").unwrap();
    tab(&name).await;
    assert_eq!(local::get::<String>("sitebook.try").as_deref(), Some("new"));
    assert_eq!(local::get::<String>("sitebook.more").as_deref(), Some("more"));

    // What was set while there was no copy is newer than the copy.
    local::forget("sitebook.more");
    tab(&fresh_name()).await;
    local::set("sitebook.try", &"newest");
    tab(&name).await;
    assert_eq!(local::get::<String>("sitebook.try").as_deref(), Some("newest"));
    assert_eq!(local::get::<String>("sitebook.more"), None);
    local::forget("sitebook.try");
}
