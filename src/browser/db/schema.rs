//! The stores and indexes of the database, and how a database of an earlier version becomes one of this.
//!
//! To change the schema: raise [`VERSION`], give new tables that version in [`Table::since`] (missing indexes are
//! made by themselves), add a [`Rewrite`] for rows that must change, and keep a fixture of the version before
//! (`tests/fixtures/README.md`). What has been released never changes here.

use super::Doc;
use crate::browser::reach;
use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

/// Version of the database's stores and indexes.
pub const VERSION: u32 = 2;

/// The object stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Small things of the device: chain head, serials.
    Meta,
    /// The ledger, by op id.
    Ops,
    /// Folded records, by record id.
    Records,
    /// List lines, by record id.
    Lines,
    /// Running deadlines, by `record/deadline`.
    Dues,
    /// Attachments, by SHA-256.
    Blobs,
    /// Pinned procedures, by digest.
    Templates,
    /// Words by which records are found, by record id.
    Texts,
    /// What is left of erased ops, by op id.
    Stubs,
    /// Seals of records, by `record/device`.
    Seals,
    /// Keys of this device. They are the browser's own objects, not documents.
    Keys,
    /// What this device once had and lost, by moment.
    Losses,
}

impl Table {
    /// All of them.
    pub const ALL: [Table; 12] = [
        Table::Meta,
        Table::Ops,
        Table::Records,
        Table::Lines,
        Table::Dues,
        Table::Blobs,
        Table::Templates,
        Table::Texts,
        Table::Stubs,
        Table::Seals,
        Table::Keys,
        Table::Losses,
    ];

    /// Its name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Table::Meta => "meta",
            Table::Ops => "ops",
            Table::Records => "records",
            Table::Lines => "lines",
            Table::Dues => "dues",
            Table::Blobs => "blobs",
            Table::Templates => "templates",
            Table::Texts => "texts",
            Table::Stubs => "stubs",
            Table::Seals => "seals",
            Table::Keys => "keys",
            Table::Losses => "losses",
        }
    }

    /// The version it came with.
    fn since(self) -> u32 {
        match self {
            Table::Texts | Table::Stubs | Table::Seals | Table::Keys | Table::Losses => 2,
            _ => 1,
        }
    }

    /// Indexes: name and the properties of the document that make the key. A property that is a list (`pieces`) makes
    /// a key of each of its items.
    fn indexes(self) -> &'static [(&'static str, &'static [&'static str])] {
        match self {
            Table::Ops => &[("record", &["record"]), ("chain", &["device", "seq"])],
            Table::Lines => {
                &[("sort", &["kind", "state", "sort"]), ("recent", &["kind", "state", "recent"]), ("order", &["order"])]
            }
            Table::Texts => &[("pieces", &["pieces"])],
            Table::Stubs => &[("record", &["record"])],
            Table::Dues => &[("at", &["at"]), ("record", &["record"])],
            _ => &[],
        }
    }
}

/// How a version changed the rows that were there.
#[derive(Debug, Clone, Copy)]
pub struct Rewrite {
    /// The version that needs the rows so.
    pub since: u32,
    /// Where they are.
    pub table: Table,
    /// The row made new, from its JSON; `None` leaves it alone. Bytes beside it stay.
    pub row: fn(&str) -> Option<Doc>,
}

/// A version of the schema. The app opens [`Schema::CURRENT`]; tests make databases of others.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// Its number.
    pub version: u32,
    /// Row changes of this and all earlier versions, in order.
    pub rewrites: &'static [Rewrite],
}

impl Schema {
    /// The one that this build works with.
    pub const CURRENT: Schema = Schema { version: VERSION, rewrites: &[] };
}

/// Brings a database from version `from` (0: it is new) to `schema`, inside the browser's upgrade transaction: when
/// anything fails, or the browser dies, the database is as it was.
pub(super) fn upgrade(database: &JsValue, tx: &JsValue, from: u32, schema: Schema) -> Result<(), JsValue> {
    for table in Table::ALL.into_iter().filter(|table| table.since() <= schema.version) {
        let name = JsValue::from_str(table.name());
        let store = if holds(database, "objectStoreNames", &name) {
            reach::call(tx, "objectStore", &[&name])?
        } else {
            reach::call(database, "createObjectStore", &[&name])?
        };
        for (name, path) in table.indexes() {
            let name = JsValue::from_str(name);
            if !holds(&store, "indexNames", &name) {
                let each = reach::object(&[("multiEntry", JsValue::from_bool(path == &["pieces"]))]);
                reach::call(&store, "createIndex", &[&name, &key_path(path), &each])?;
            }
        }
        let new = |rewrite: &&Rewrite| rewrite.table == table && (from + 1..=schema.version).contains(&rewrite.since);
        let rows: Vec<_> = schema.rewrites.iter().filter(new).map(|rewrite| rewrite.row).collect();
        if from > 0 && !rows.is_empty() {
            rewrite(&store, tx.clone(), rows)?;
        }
    }
    Ok(())
}

fn holds(target: &JsValue, list: &str, name: &JsValue) -> bool {
    let found = reach::get(target, list).and_then(|names| reach::call(&names, "contains", &[name]).ok());
    found.is_some_and(|found| found.is_truthy())
}

fn key_path(path: &[&str]) -> JsValue {
    match path {
        [single] => JsValue::from_str(single),
        several => several.iter().map(|part| JsValue::from_str(part)).collect::<Array>().into(),
    }
}

/// Walks over the rows one by one, so that a store of photos needs no more memory than one of them.
fn rewrite(store: &JsValue, tx: JsValue, rows: Vec<fn(&str) -> Option<Doc>>) -> Result<(), JsValue> {
    let request = reach::call(store, "openCursor", &[])?;
    let walking = request.clone();
    let step = Closure::<dyn FnMut()>::new(move || {
        let Some(cursor) = reach::get(&walking, "result") else { return };
        if rewrite_one(&cursor, &rows).is_err() {
            let _ = reach::call(&tx, "abort", &[]);
        }
    });
    reach::set(&request, "onsuccess", step.as_ref());
    // It runs as long as the cursor walks: once in the life of a version.
    step.forget();
    Ok(())
}

fn rewrite_one(cursor: &JsValue, rows: &[fn(&str) -> Option<Doc>]) -> Result<(), JsValue> {
    let value = reach::get(cursor, "value").ok_or(JsValue::UNDEFINED)?;
    let mut changed = false;
    for row in rows {
        let json = reach::get(&value, "json").and_then(|json| json.as_string()).unwrap_or_default();
        if let Some(doc) = row(&json) {
            doc.put_into(&value);
            changed = true;
        }
    }
    if changed {
        reach::call(cursor, "update", &[&value])?;
    }
    reach::call(cursor, "continue", &[]).map(drop)
}
