//! The stored record is the fold of its ops, and a rebuild finds where it is not.

use super::*;
use crate::store::commit::put_json;

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
async fn a_rebuild_finds_a_tampered_record_and_mends_it() {
    let _owner = owned();
    let (name, id, other) = (fresh_name(), new_id(), new_id());
    let store = tab(&name).await;
    commit(store, Job::new(id.clone(), customer("甲"), "张伟")).await.unwrap();
    commit(store, Job::new(other, customer("乙"), "张伟")).await.unwrap();
    let good = store.view(&id).await.unwrap().unwrap().record;
    let mut bad = good.clone();
    bad.fields.clear();
    let tx = store.db().unwrap().write(&[Table::Records]).unwrap();
    put_json(&tx, Table::Records, id.as_str(), &bad, Vec::new()).unwrap();
    tx.done().await.unwrap();
    assert_eq!(store.view(&id).await.unwrap().unwrap().record.text("name"), None);
    assert_eq!(rebuilt(store).await, (2, 1), "the tampered one of two");
    assert_eq!(store.view(&id).await.unwrap().unwrap().record, good);
    assert_eq!(rebuilt(store).await, (2, 0), "and then none");
}

#[wasm_bindgen_test]
async fn a_rebuild_makes_a_record_that_is_missing() {
    let _owner = owned();
    let (name, id) = (fresh_name(), new_id());
    let store = tab(&name).await;
    commit(store, Job::new(id.clone(), customer("甲"), "张伟")).await.unwrap();
    let good = store.view(&id).await.unwrap().unwrap().record;
    let tx = store.db().unwrap().write(&[Table::Records, Table::Lines]).unwrap();
    tx.delete(Table::Records, id.as_str()).unwrap();
    tx.delete(Table::Lines, id.as_str()).unwrap();
    tx.done().await.unwrap();
    assert_eq!(rebuilt(store).await, (1, 1));
    assert_eq!(store.view(&id).await.unwrap().unwrap().record, good);
    assert_eq!(store.lines(RecordKind::Customer, "open", None).await.unwrap().len(), 1);
}
