//! All of a transaction or nothing; and it asks for the disk.

use super::*;

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
async fn a_refused_command_leaves_no_bytes_behind() {
    let _owner = owned();
    let (name, id) = (fresh_name(), new_id());
    let store = tab(&name).await;
    let mut job = Job::new(id, customer(&"长".repeat(10_000)), "张伟");
    let blob = picture(1, 1000);
    job.blobs = vec![blob.clone()];
    assert!(commit(store, job).await.is_err());
    assert_eq!(store.blob(&blob.attachment.sha256, false).await.unwrap(), None);
}

#[wasm_bindgen_test]
async fn an_aborted_transaction_leaves_nothing() {
    let db = raw().await;
    let put = |text: &str| Doc { json: text.to_owned(), ..Doc::default() };
    let tx = db.write(&[Table::Meta, Table::Blobs]).unwrap();
    tx.put(Table::Meta, "kept", &put("1")).unwrap();
    tx.done().await.unwrap();
    let tx = db.write(&[Table::Meta, Table::Blobs]).unwrap();
    tx.put(Table::Meta, "kept", &put("2")).unwrap();
    tx.put(Table::Meta, "new", &put("2")).unwrap();
    tx.put(Table::Blobs, "new", &Doc { bytes: Some((vec![1; 500_000], vec![1])), ..put("2") }).unwrap();
    // Inside the transaction they are there.
    assert_eq!(tx.get(Table::Meta, "kept").await.unwrap().as_deref(), Some("2"));
    tx.delete(Table::Meta, "kept").unwrap();
    tx.abort();
    let tx = db.read(&[Table::Meta, Table::Blobs]).unwrap();
    assert_eq!(tx.get(Table::Meta, "kept").await.unwrap().as_deref(), Some("1"));
    assert_eq!(tx.get(Table::Meta, "new").await.unwrap(), None);
    assert!(!tx.has(Table::Blobs, "new").await.unwrap());
}

#[wasm_bindgen_test]
async fn an_aborted_transaction_is_never_called_done() {
    let db = raw().await;
    let tx = db.write(&[Table::Meta]).unwrap();
    tx.put(Table::Meta, "new", &Doc { json: "1".to_owned(), ..Doc::default() }).unwrap();
    tx.abort_quietly();
    assert!(tx.done().await.is_err(), "an aborted transaction says done");
}

#[wasm_bindgen_test]
async fn every_transaction_that_writes_asks_for_the_disk() {
    let db = raw().await;
    let tx = db.write(&[Table::Meta]).unwrap();
    assert_eq!(tx.durability().as_deref(), Some("strict"));
    tx.abort();
}

#[wasm_bindgen_test]
async fn an_import_is_all_or_nothing() {
    let _owner = owned();
    let (from, into) = (tab(&fresh_name()).await, tab(&fresh_name()).await);
    let id = new_id();
    commit(from, Job::new(id.clone(), customer("甲"), "张伟")).await.unwrap();
    commit(from, Job::new(new_id(), customer("乙"), "张伟")).await.unwrap();
    let made = whole(from).await;
    let incoming = exchange::read(&made).unwrap();
    // The device already holds another op under an id of the file: nothing of the file may be written.
    let mut forged = incoming.clone();
    forged.ops.truncate(1);
    forged.ops[0].hash = "0".repeat(64);
    into.import(&forged, &Proven::default(), &[]).await.unwrap();
    let before = into.lines(RecordKind::Customer, "open", None).await.unwrap().len();
    assert!(into.import(&incoming, &Proven::default(), &[]).await.is_err());
    assert_eq!(into.lines(RecordKind::Customer, "open", None).await.unwrap().len(), before);

    let empty = tab(&fresh_name()).await;
    empty.import(&incoming, &Proven::default(), &[]).await.unwrap();
    assert_eq!(empty.lines(RecordKind::Customer, "open", None).await.unwrap().len(), 2);
    let (mut theirs, mut ours) = (all_ops(from).await, all_ops(empty).await);
    theirs.sort_by(|a, b| a.op.id.cmp(&b.op.id));
    ours.sort_by(|a, b| a.op.id.cmp(&b.op.id));
    assert_eq!(theirs, ours);
    assert!(empty.preview(&incoming).await.unwrap().is_idle(), "a second import has nothing to do");
}
