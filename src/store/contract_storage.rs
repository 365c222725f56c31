//! What holds when the storage below does not behave: upgrades, pages in the way, lost and damaged data. Tried in a
//! real browser on a real database, like [`super::contract`].

use super::Store;
use super::commit::{Job, commit};
use super::error::StoreError;
use super::local;
use super::opening::Opening;
use super::settings::Profile;
use crate::browser::db::{Db, DbError, Doc, Gone, Rewrite, Schema, Table, VERSION};
use crate::browser::{clock, random, timers};
use leptos::prelude::*;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;
use sitebook_core::value::Value;
use sitebook_core::work::Command;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

const FIRST: Schema = Schema { version: 1, rewrites: &[] };

fn fresh_name() -> String {
    format!("storage-{}", new_id())
}

fn new_id() -> RecordId {
    RecordId::at(clock::now_ms(), random::bytes())
}

fn owned() -> Owner {
    let owner = Owner::new();
    owner.set();
    owner
}

async fn tab(name: &str) -> Store {
    let store = Store::new(Profile::load());
    store.open_as(name).await.unwrap();
    store
}

fn customer(name: &str) -> Command {
    let values = BTreeMap::from([("name".to_owned(), Value::text(name))]);
    Command::Create { kind: RecordKind::Customer, number: None, template: None, values }
}

async fn keep(db: &Db, table: Table, key: &str, json: &str) {
    let tx = db.write(&[table]).unwrap();
    tx.put(table, key, &Doc { json: json.to_owned(), ..Doc::default() }).unwrap();
    tx.done().await.unwrap();
}

async fn kept(db: &Db, table: Table, key: &str) -> Option<String> {
    db.read(&[table]).unwrap().get(table, key).await.unwrap()
}

#[wasm_bindgen_test]
async fn a_database_of_the_first_version_gets_the_new_tables_and_keeps_its_rows() {
    let name = fresh_name();
    let old = Db::open(&name, FIRST, || (), |_| ()).await.unwrap();
    keep(&old, Table::Meta, "head", "here").await;
    assert!(old.read(&[Table::Losses]).is_err(), "the first version has no such table");
    old.close();
    let new = Db::open(&name, Schema::CURRENT, || (), |_| ()).await.unwrap();
    assert_eq!(kept(&new, Table::Meta, "head").await.as_deref(), Some("here"));
    for table in Table::ALL {
        assert!(new.read(&[table]).is_ok(), "{}", table.name());
    }
}

#[wasm_bindgen_test]
async fn an_upgrade_rewrites_the_rows_of_each_version_it_passes_once() {
    fn louder(json: &str) -> Option<Doc> {
        (json != "left alone").then(|| Doc { json: format!("{json}!"), ..Doc::default() })
    }
    const STEPS: &[Rewrite] = &[
        Rewrite { since: VERSION + 1, table: Table::Blobs, row: louder },
        Rewrite { since: VERSION + 2, table: Table::Blobs, row: louder },
    ];
    let name = fresh_name();
    let old = Db::open(&name, Schema::CURRENT, || (), |_| ()).await.unwrap();
    let tx = old.write(&[Table::Blobs]).unwrap();
    let bytes = Some((vec![1, 2, 3], vec![4]));
    tx.put(Table::Blobs, "a", &Doc { json: "a".to_owned(), keys: Vec::new(), bytes }).unwrap();
    tx.done().await.unwrap();
    keep(&old, Table::Blobs, "b", "left alone").await;
    old.close();
    for (version, expected) in [(VERSION + 1, "a!"), (VERSION + 2, "a!!")] {
        let db = Db::open(&name, Schema { version, rewrites: STEPS }, || (), |_| ()).await.unwrap();
        assert_eq!(kept(&db, Table::Blobs, "a").await.as_deref(), Some(expected));
        assert_eq!(kept(&db, Table::Blobs, "b").await.as_deref(), Some("left alone"));
        let tx = db.read(&[Table::Blobs]).unwrap();
        assert_eq!(tx.bytes(Table::Blobs, "a", false).await.unwrap(), Some(vec![1, 2, 3]), "bytes stay");
        db.close();
    }
    let older = Db::open(&name, Schema::CURRENT, || (), |_| ()).await;
    assert_eq!(older.err(), Some(DbError::Newer), "an older app does not touch it");
}

#[wasm_bindgen_test]
async fn a_page_that_holds_an_older_version_is_told_about_and_waited_for() {
    let _owner = owned();
    let name = fresh_name();
    let heard = Rc::new(RefCell::new(Vec::new()));
    let hearing = heard.clone();
    let old = Db::open(&name, FIRST, || (), move |gone| hearing.borrow_mut().push(gone)).await.unwrap();
    let store = Store::new(Profile::load());
    let opened = Cell::new(false);
    let opening = async {
        store.open_as(&name).await.unwrap();
        opened.set(true);
    };
    let looking = async {
        timers::sleep(300).await;
        assert_eq!(*heard.borrow(), [Gone::Wanted]);
        assert_eq!(store.opening.get_untracked(), Opening::Blocked, "the user is told");
        assert!(!opened.get());
        old.close();
    };
    // It goes on by itself; otherwise the test's own time limit ends it.
    futures::join!(opening, looking);
    assert!(opened.get());
}

#[wasm_bindgen_test]
async fn a_page_without_unsaved_entries_lets_go_at_once() {
    let _owner = owned();
    let name = fresh_name();
    let store = tab(&name).await;
    let blocked = Rc::new(Cell::new(false));
    let tell = blocked.clone();
    let next = Schema { version: VERSION + 1, rewrites: &[] };
    let newer = Db::open(&name, next, move || tell.set(true), |_| ()).await.unwrap();
    assert!(!blocked.get() && store.lost.get_untracked());
    let refused = commit(store, Job::new(new_id(), customer("甲"), "张伟")).await;
    assert_eq!(refused.err(), Some(StoreError::Db(DbError::Closed)), "and writes nothing any more");
    newer.close();
}

#[wasm_bindgen_test]
async fn entries_that_are_gone_are_missed_until_someone_decides_and_stay_on_record() {
    let _owner = owned();
    let name = fresh_name();
    let store = tab(&name).await;
    commit(store, Job::new(new_id(), customer("甲"), "张伟")).await.unwrap();
    let written = store.entries().await.unwrap();
    assert_eq!(tab(&name).await.loss.get_untracked(), None, "a whole book is not missed");
    // The same note beside another database that never had those entries: as after an eviction.
    let note = local::text(&format!("sitebook.mark.{name}")).unwrap();
    let (emptied, key) = (fresh_name(), |name: &str| format!("sitebook.mark.{name}"));
    local::set_text(&key(&emptied), Some(&note));
    let store = tab(&emptied).await;
    let loss = store.loss.get_untracked().unwrap();
    assert_eq!((loss.had, loss.has, loss.missing()), (written, 0, written));
    store.accept_loss().await.unwrap();
    assert_eq!(store.loss.get_untracked(), None);
    let again = tab(&emptied).await;
    assert_eq!(again.loss.get_untracked(), None, "asked once");
    assert_eq!(again.losses().await.unwrap(), [loss], "and kept for later");
}

#[wasm_bindgen_test]
async fn a_book_from_before_there_were_notes_is_missed_from_its_first_opening_on() {
    let _owner = owned();
    let (name, emptied) = (fresh_name(), fresh_name());
    let key = |name: &str| format!("sitebook.mark.{name}");
    commit(tab(&name).await, Job::new(new_id(), customer("甲"), "张伟")).await.unwrap();
    local::set_text(&key(&name), None);
    let opened = tab(&name).await;
    let note = local::text(&key(&name)).unwrap();
    assert!(note.ends_with(&format!(" {}", opened.entries().await.unwrap())), "{note}");
    local::set_text(&key(&emptied), Some(&note));
    assert!(tab(&emptied).await.loss.get_untracked().unwrap().empty);
}

#[wasm_bindgen_test]
async fn fewer_entries_than_were_written_are_missed_too() {
    let _owner = owned();
    let name = fresh_name();
    let store = tab(&name).await;
    commit(store, Job::new(new_id(), customer("甲"), "张伟")).await.unwrap();
    let key = format!("sitebook.mark.{name}");
    let (note, written) = (local::text(&key).unwrap(), store.entries().await.unwrap());
    let (device, _) = note.split_once(' ').unwrap();
    local::set_text(&key, Some(&format!("{device} {}", written + 7)));
    let loss = tab(&name).await.loss.get_untracked().unwrap();
    assert_eq!((loss.had, loss.has, loss.missing()), (written + 7, written, 7));
}

#[wasm_bindgen_test]
async fn a_damaged_record_is_named_the_others_go_on_and_it_is_made_anew() {
    let _owner = owned();
    let (name, id, other) = (fresh_name(), new_id(), new_id());
    let store = tab(&name).await;
    commit(store, Job::new(id.clone(), customer("甲"), "张伟")).await.unwrap();
    commit(store, Job::new(other.clone(), customer("乙"), "张伟")).await.unwrap();
    let db = store.db().unwrap();
    keep(&db, Table::Records, id.as_str(), "{\"id\":").await;
    let line = kept(&db, Table::Lines, id.as_str()).await.unwrap();
    let tx = db.write(&[Table::Lines]).unwrap();
    let text = |text: &str| crate::browser::db::Key::Text(text.to_owned());
    let sort = crate::browser::db::Key::Number(1.0);
    let keys = vec![("kind", text("customer")), ("state", text("open")), ("sort", sort)];
    tx.put(Table::Lines, id.as_str(), &Doc { json: line.replace("{", "["), keys, bytes: None }).unwrap();
    tx.done().await.unwrap();

    assert!(matches!(store.view(&id).await, Err(StoreError::Unreadable(_))));
    let lines = store.lines(RecordKind::Customer, "open", None).await.unwrap();
    assert_eq!(lines.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["乙"]);
    assert!(store.damaged.get_untracked(), "the missing line is told");
    let raw = String::from_utf8(store.raw(&id).await.unwrap()).unwrap();
    assert!(raw.contains("{\\\"id\\\":"), "the row as it lies there: {raw}");

    let mended = store.mend(&id).await.unwrap();
    assert_eq!((mended.used, mended.unreadable), (store.ops(id.as_str()).await.unwrap().len(), 0));
    assert_eq!(store.view(&id).await.unwrap().unwrap().record.text("name"), Some("甲"));
    assert_eq!(store.lines(RecordKind::Customer, "open", None).await.unwrap().len(), 2);
    assert!(!store.damaged.get_untracked());
}

#[wasm_bindgen_test]
async fn an_unreadable_entry_does_not_stop_a_rebuild_of_the_rest() {
    let _owner = owned();
    let (name, id) = (fresh_name(), new_id());
    let store = tab(&name).await;
    commit(store, Job::new(id.clone(), customer("甲"), "张伟")).await.unwrap();
    let db = store.db().unwrap();
    keep(&db, Table::Ops, "broken", "no json").await;
    keep(&db, Table::Records, id.as_str(), "no json").await;
    assert_eq!(super::contract::rebuilt(store).await, (1, 1));
    assert_eq!(store.view(&id).await.unwrap().unwrap().record.text("name"), Some("甲"));
    assert_eq!(kept(&db, Table::Ops, "broken").await.as_deref(), Some("no json"), "it stays where it is");
}

#[wasm_bindgen_test]
async fn a_list_that_cannot_be_read_is_not_an_empty_list() {
    let _owner = owned();
    let store = tab(&fresh_name()).await;
    store.db().unwrap().close();
    assert!(store.lines(RecordKind::Visit, "open", None).await.is_err());
    assert_eq!(store.unread.get_untracked(), Some(StoreError::Db(DbError::Closed)));
}
