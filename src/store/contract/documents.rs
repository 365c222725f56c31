//! What is put comes back byte by byte, and lists come in the order of their index.

use super::*;

#[wasm_bindgen_test]
async fn bytes_come_back_exactly() {
    let db = raw().await;
    // Around the sizes at which engines change the way they store.
    let sizes = [0, 1, 255, 256, 65_535, 65_536, 1_000_003, 5_000_000];
    for size in sizes {
        let NewBlob { bytes, thumb, attachment } = picture(7, size);
        let tx = db.write(&[Table::Blobs]).unwrap();
        let doc = Doc { json: "{}".to_owned(), keys: Vec::new(), bytes: Some((bytes.clone(), thumb.clone())) };
        tx.put(Table::Blobs, &attachment.sha256, &doc).unwrap();
        tx.done().await.unwrap();
        let tx = db.read(&[Table::Blobs]).unwrap();
        let back = tx.bytes(Table::Blobs, &attachment.sha256, false).await.unwrap().unwrap();
        assert!(back == bytes, "{size} bytes are not the same");
        assert_eq!(hex(&sha256(&back)), attachment.sha256);
        assert_eq!(tx.bytes(Table::Blobs, &attachment.sha256, true).await.unwrap(), Some(thumb));
    }
}

#[wasm_bindgen_test]
async fn texts_come_back_exactly() {
    let db = raw().await;
    let texts = ["", "\u{0}", "机房 A 排 𠮷野 👷🏽‍♀️ e\u{301} é", "\u{2028}\u{feff}\"\\</script>", &"长".repeat(300_000)];
    for (number, text) in texts.iter().enumerate() {
        let key = format!("键 {number} {}", text.chars().take(3).collect::<String>());
        let tx = db.write(&[Table::Meta]).unwrap();
        tx.put(Table::Meta, &key, &Doc { json: (*text).to_owned(), ..Doc::default() }).unwrap();
        tx.done().await.unwrap();
        let tx = db.read(&[Table::Meta]).unwrap();
        assert_eq!(tx.get(Table::Meta, &key).await.unwrap().as_deref(), Some(*text));
    }
}

#[wasm_bindgen_test]
async fn a_chain_is_listed_by_number_and_by_device() {
    let db = raw().await;
    let tx = db.write(&[Table::Ops]).unwrap();
    for (device, seq) in [("b", 1.0), ("a", 10.0), ("a", 2.0), ("a", 1.0), ("a", 9_007_199_254_740_991.0), ("ab", 3.0)]
    {
        let keys = vec![
            ("record", Key::Text("r".to_owned())),
            ("device", Key::Text(device.to_owned())),
            ("seq", Key::Number(seq)),
        ];
        let doc = Doc { json: format!("{device}{seq}"), keys, bytes: None };
        tx.put(Table::Ops, &format!("{device}{seq}"), &doc).unwrap();
    }
    tx.done().await.unwrap();
    let tx = db.read(&[Table::Ops]).unwrap();
    let all = tx.list(Table::Ops, "chain", &Range::All, None).await.unwrap();
    assert_eq!(all, ["a1", "a2", "a10", "a9007199254740991", "ab3", "b1"]);
    let place = |device: &str, seq: f64| vec![Key::Text(device.to_owned()), Key::Number(seq)];
    let some = Range::Between(place("a", 2.0), place("a", 10.0));
    assert_eq!(tx.list(Table::Ops, "chain", &some, None).await.unwrap(), ["a2", "a10"]);
    assert_eq!(tx.list(Table::Ops, "chain", &Range::All, Some(2)).await.unwrap(), ["a1", "a2"]);
    assert_eq!(tx.keys(Table::Ops, "chain", &Range::Only(place("ab", 3.0)), None).await.unwrap(), ["ab3"]);
    assert!(tx.list(Table::Ops, "chain", &Range::Only(place("b", 2.0)), None).await.unwrap().is_empty());
}

#[wasm_bindgen_test]
async fn lines_are_listed_by_kind_state_and_moment() {
    let db = raw().await;
    let tx = db.write(&[Table::Lines]).unwrap();
    let rows = [("visit", "open", 30.0), ("visit", "closed", 1.0), ("visit", "open", 4.0), ("order", "open", 2.0)];
    for (kind, state, sort) in rows {
        let keys = vec![
            ("kind", Key::Text(kind.to_owned())),
            ("state", Key::Text(state.to_owned())),
            ("sort", Key::Number(sort)),
        ];
        let name = format!("{kind} {state} {sort}");
        tx.put(Table::Lines, &name, &Doc { json: name.clone(), keys, bytes: None }).unwrap();
    }
    // A document without the key is not in the index, and is no error.
    tx.put(Table::Lines, "bare", &Doc { json: "bare".to_owned(), ..Doc::default() }).unwrap();
    tx.done().await.unwrap();
    let tx = db.read(&[Table::Lines]).unwrap();
    let key = |sort: f64| vec![Key::Text("visit".to_owned()), Key::Text("open".to_owned()), Key::Number(sort)];
    let open = tx.list(Table::Lines, "sort", &Range::Between(key(0.0), key(9e15)), None).await.unwrap();
    assert_eq!(open, ["visit open 4", "visit open 30"]);
    assert_eq!(tx.list(Table::Lines, "sort", &Range::All, None).await.unwrap().len(), rows.len());
    assert_eq!(tx.all(Table::Lines, None).await.unwrap().len(), rows.len() + 1);
}
