//! The store's contract for what is kept beside the ledger: lists by state, finding, making all of it again.

use super::Store;
use super::commit::{Job, commit, put_json};
use super::contract::{fresh_name, owned, rebuilt, tab};
use super::contract_ledger::customer_with_all;
use super::projection::put_line;
use super::query::parse;
use crate::browser::db::{Doc, Table};
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;
use sitebook_core::listing::standing;
use sitebook_core::work::{Command, Summary};
use wasm_bindgen_test::wasm_bindgen_test;

async fn kinds_found(store: Store, typed: &str) -> Vec<RecordKind> {
    let mut kinds: Vec<RecordKind> = store.find(typed, 50).await.unwrap().into_iter().map(|line| line.kind).collect();
    kinds.sort_unstable();
    kinds
}

async fn orders(store: Store, state: &str) -> usize {
    store.recent(RecordKind::Order, state, 50).await.unwrap().len()
}

#[wasm_bindgen_test]
async fn records_are_found_by_any_part_of_their_words_and_of_the_records_around_them() {
    let _owner = owned();
    let store = tab(&fresh_name()).await;
    customer_with_all(store, "云岭市通信分公司", 1).await;
    customer_with_all(store, "青松县广电中心", 2).await;
    // The customer, and what names it: site, contact, order and visit.
    assert_eq!(kinds_found(store, "云岭").await.len(), 5);
    assert_eq!(kinds_found(store, "云岭 三楼").await, [RecordKind::Site, RecordKind::Order, RecordKind::Visit]);
    assert_eq!(kinds_found(store, "0000-5550118").await.first(), Some(&RecordKind::Contact));
    assert_eq!(kinds_found(store, "5550119").await, []);
    assert_eq!(kinds_found(store, "岭云").await, []);
    let visit = store.recent(RecordKind::Visit, "open", 1).await.unwrap().remove(0);
    let number = visit.number.clone().unwrap();
    assert_eq!(kinds_found(store, &number[3..]).await, [RecordKind::Visit]);
    assert_eq!(store.find("掉线", 2).await.unwrap().len(), 2, "no more than asked for");
}

#[wasm_bindgen_test]
async fn an_order_stands_where_its_visits_are() {
    let _owner = owned();
    let store = tab(&fresh_name()).await;
    customer_with_all(store, "甲", 1).await;
    assert_eq!((orders(store, "open").await, orders(store, "begun").await), (0, 1));
    let visit = store.recent(RecordKind::Visit, "open", 1).await.unwrap().remove(0);
    let id = RecordId::parse(&visit.id).unwrap();
    commit(store, Job::new(id, Command::Void { reason: "试验".into() }, "张伟")).await.unwrap();
    assert_eq!((orders(store, "open").await, orders(store, "begun").await), (1, 0), "to be visited again");
}

#[wasm_bindgen_test]
async fn what_is_kept_beside_the_ledger_is_made_again_from_it() {
    let _owner = owned();
    let store = tab(&fresh_name()).await;
    customer_with_all(store, "云岭", 1).await;
    let tables = [Table::Records, Table::Lines, Table::Texts, Table::Dues];
    let tx = store.db().unwrap().write(&tables).unwrap();
    let mut records = 0;
    for table in tables {
        for key in tx.all_keys(table).await.unwrap() {
            records += usize::from(table == Table::Records);
            tx.delete(table, &key).unwrap();
        }
    }
    tx.put(Table::Records, "damaged", &Doc { json: "{".into(), ..Doc::default() }).unwrap();
    tx.done().await.unwrap();
    assert_eq!(kinds_found(store, "云岭").await, []);
    assert_eq!(rebuilt(store).await, (records, records));
    assert_eq!(rebuilt(store).await, (records, 0));
    assert_eq!(kinds_found(store, "云岭").await.len(), 5);
    assert_eq!(orders(store, "begun").await, 1);
    assert_eq!(store.is_outdated().await, Ok(false));
}

async fn lines(store: Store) -> Vec<Summary> {
    let tx = store.db().unwrap().read(&[Table::Lines]).unwrap();
    let mut lines = Vec::new();
    for key in tx.all_keys(Table::Lines).await.unwrap() {
        lines.push(parse(&tx.get(Table::Lines, &key).await.unwrap().unwrap()).unwrap());
    }
    lines
}

#[wasm_bindgen_test]
async fn lines_of_an_older_version_are_completed_and_nothing_else_is_made_again() {
    let _owner = owned();
    let store = tab(&fresh_name()).await;
    customer_with_all(store, "云岭", 1).await;
    let whole = lines(store).await;
    let tx = store.db().unwrap().write(&[Table::Lines, Table::Meta, Table::Texts]).unwrap();
    for line in &whole {
        let older = Summary { begun: None, by: String::new(), ..line.clone() };
        let state = if line.kind == RecordKind::Order { "begun" } else { standing(line) };
        put_line(&tx, &older, state).unwrap();
    }
    put_json(&tx, Table::Meta, "projection", &2, Vec::new()).unwrap();
    for key in tx.all_keys(Table::Texts).await.unwrap() {
        tx.delete(Table::Texts, &key).unwrap();
    }
    tx.done().await.unwrap();
    assert_eq!(store.is_outdated().await, Ok(true));
    store.renew().await.unwrap();
    assert_eq!(lines(store).await, whole);
    assert_eq!(orders(store, "begun").await, 1, "each stands under its state again");
    assert_eq!(kinds_found(store, "云岭").await, [], "words to find by are not made for the sake of lines");
    assert_eq!(store.is_outdated().await, Ok(false));
}
