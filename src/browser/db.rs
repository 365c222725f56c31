//! `IndexedDB`: typed documents in named stores, transactions that are durable when they say so.
//!
//! It must not know what the documents mean. A document is JSON text with a few properties beside it that the
//! indexes read, and, for attachments, bytes. A transaction stays alive only while its own requests are awaited.

mod open;
mod schema;

use super::reach;
use idb::{KeyRange, Query, TransactionMode};
use js_sys::{Array, Object, Reflect, Uint8Array};
pub use open::Gone;
#[cfg(all(test, target_arch = "wasm32"))]
pub use schema::{Rewrite, VERSION};
pub use schema::{Schema, Table};
use wasm_bindgen::{JsCast, JsValue};

/// Name of the database.
pub const NAME: &str = "sitebook";

/// A part of an index key.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// Text.
    Text(String),
    /// A number that fits a double exactly.
    Number(f64),
    /// Several texts, each a key of its own.
    Each(Vec<String>),
}

impl Key {
    fn js(&self) -> JsValue {
        match self {
            Key::Text(text) => JsValue::from_str(text),
            Key::Number(number) => JsValue::from_f64(*number),
            Key::Each(texts) => texts.iter().map(|text| JsValue::from_str(text)).collect::<Array>().into(),
        }
    }
}

/// A document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Doc {
    /// JSON text.
    pub json: String,
    /// Properties for the indexes.
    pub keys: Vec<(&'static str, Key)>,
    /// Bytes, and a small picture of them.
    pub bytes: Option<(Vec<u8>, Vec<u8>)>,
}

impl Doc {
    /// Writes its parts into a stored object; bytes that it does not bring stay.
    fn put_into(&self, value: &JsValue) {
        reach::set(value, "json", &JsValue::from_str(&self.json));
        for (name, part) in &self.keys {
            reach::set(value, name, &part.js());
        }
        if let Some((bytes, thumb)) = &self.bytes {
            reach::set(value, "bytes", &Uint8Array::from(bytes.as_slice()));
            reach::set(value, "thumb", &Uint8Array::from(thumb.as_slice()));
        }
    }
}

/// An object of the browser itself, such as a key, that is kept as it is.
#[derive(Debug, Clone)]
pub struct Kept(pub(super) JsValue);

/// Why the database did not do what was asked. Nothing of a failed transaction was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DbError {
    /// The browser has no database or forbids it here (some private modes).
    Unavailable(String),
    /// The database is of a newer version of the app.
    Newer,
    /// The device or the browser's share of it is full.
    Full,
    /// The connection was closed by the browser or by an update in another tab.
    Closed,
    /// Anything else, with the browser's words.
    Failed(String),
}

fn text_of(value: &JsValue) -> String {
    let property = |name: &str| Reflect::get(value, &JsValue::from_str(name)).ok().and_then(|v| v.as_string());
    match (property("name"), property("message")) {
        (Some(name), Some(message)) => format!("{name}: {message}"),
        _ => value.as_string().unwrap_or_else(|| "?".to_owned()),
    }
}

fn js_error(value: &JsValue) -> DbError {
    let text = text_of(value);
    match text.split(':').next().unwrap_or("") {
        "QuotaExceededError" => DbError::Full,
        "VersionError" => DbError::Newer,
        "InvalidStateError" => DbError::Closed,
        "SecurityError" => DbError::Unavailable(text),
        _ => DbError::Failed(text),
    }
}

impl From<idb::Error> for DbError {
    fn from(error: idb::Error) -> DbError {
        match &error {
            idb::Error::DomException(exception) => js_error(exception),
            idb::Error::IndexedDbOpenFailed(value) | idb::Error::TransactionOpenFailed(value) => js_error(value),
            idb::Error::IndexedDbNotFound(_) => DbError::Unavailable(error.to_string()),
            _ => DbError::Failed(error.to_string()),
        }
    }
}

/// An open connection.
#[derive(Clone)]
pub struct Db {
    raw: web_sys::IdbDatabase,
}

impl Db {
    /// A transaction that reads.
    ///
    /// # Errors
    /// When the connection is gone.
    pub fn read(&self, tables: &[Table]) -> Result<Tx, DbError> {
        self.begin(tables, TransactionMode::ReadOnly)
    }

    /// A transaction that writes; it is complete only when the disk has it.
    ///
    /// # Errors
    /// When the connection is gone.
    pub fn write(&self, tables: &[Table]) -> Result<Tx, DbError> {
        self.begin(tables, TransactionMode::ReadWrite)
    }

    fn begin(&self, tables: &[Table], mode: TransactionMode) -> Result<Tx, DbError> {
        let names: Array = tables.iter().map(|table| JsValue::from_str(table.name())).collect();
        // `idb` has no way to ask for durability, so the transaction is made by hand and then wrapped.
        let begin = Reflect::get(&self.raw, &JsValue::from_str("transaction"))
            .and_then(|begin| begin.dyn_into::<js_sys::Function>())
            .map_err(|error| js_error(&error))?;
        let options = Object::new();
        let _ = Reflect::set(&options, &JsValue::from_str("durability"), &JsValue::from_str("strict"));
        let made = begin.call3(&self.raw, &names, &mode.into(), &options).map_err(|error| js_error(&error))?;
        let raw: web_sys::IdbTransaction = made.unchecked_into();
        Ok(Tx { inner: idb::Transaction::from(raw.clone()), raw })
    }
}

/// Which documents of an index, in key order.
#[derive(Debug, Clone, PartialEq)]
pub enum Range {
    /// Exactly this key.
    Only(Vec<Key>),
    /// From the first key to the last, both included.
    Between(Vec<Key>, Vec<Key>),
    /// Everything behind this key.
    After(Vec<Key>),
    /// Everything.
    All,
}

fn js_key(parts: &[Key]) -> JsValue {
    match parts {
        [single] => single.js(),
        several => several.iter().map(Key::js).collect::<Array>().into(),
    }
}

impl Range {
    fn query(&self) -> Result<Option<Query>, DbError> {
        Ok(match self {
            Range::Only(key) => Some(KeyRange::only(&js_key(key))?.into()),
            Range::Between(from, to) => {
                Some(KeyRange::bound(&js_key(from), &js_key(to), Some(false), Some(false))?.into())
            }
            Range::After(key) => Some(KeyRange::lower_bound(&js_key(key), Some(true))?.into()),
            Range::All => None,
        })
    }
}

/// A running transaction.
pub struct Tx {
    raw: web_sys::IdbTransaction,
    inner: idb::Transaction,
}

fn property(value: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(value, &JsValue::from_str(name)).ok().filter(|found| !found.is_undefined())
}

fn json_of(value: &JsValue) -> Option<String> {
    property(value, "json")?.as_string()
}

impl Tx {
    /// The JSON of a document.
    ///
    /// # Errors
    /// When the transaction is gone.
    pub async fn get(&self, table: Table, key: &str) -> Result<Option<String>, DbError> {
        let store = self.inner.object_store(table.name())?;
        let value = store.get(JsValue::from_str(key))?.await?;
        Ok(value.as_ref().and_then(json_of))
    }

    /// Bytes of a document: all of them, or the small picture.
    ///
    /// # Errors
    /// When the transaction is gone.
    pub async fn bytes(&self, table: Table, key: &str, small: bool) -> Result<Option<Vec<u8>>, DbError> {
        let store = self.inner.object_store(table.name())?;
        let value = store.get(JsValue::from_str(key))?.await?;
        let name = if small { "thumb" } else { "bytes" };
        Ok(value.and_then(|value| property(&value, name)).map(|bytes| Uint8Array::new(&bytes).to_vec()))
    }

    /// An object of the browser.
    ///
    /// # Errors
    /// When the transaction is gone.
    pub async fn kept(&self, table: Table, key: &str) -> Result<Option<Kept>, DbError> {
        let store = self.inner.object_store(table.name())?;
        Ok(store.get(JsValue::from_str(key))?.await?.map(Kept))
    }

    /// Puts an object of the browser.
    ///
    /// # Errors
    /// When the transaction is gone, or the browser does not keep such objects here.
    pub fn put_kept(&self, table: Table, key: &str, Kept(value): &Kept) -> Result<(), DbError> {
        self.inner.object_store(table.name())?.put(value, Some(&JsValue::from_str(key)))?;
        Ok(())
    }

    /// Whether a key exists.
    ///
    /// # Errors
    /// When the transaction is gone.
    pub async fn has(&self, table: Table, key: &str) -> Result<bool, DbError> {
        let store = self.inner.object_store(table.name())?;
        Ok(store.get_key(JsValue::from_str(key))?.await?.is_some())
    }

    /// How many documents a store holds.
    ///
    /// # Errors
    /// When the transaction is gone.
    pub async fn count(&self, table: Table) -> Result<u32, DbError> {
        Ok(self.inner.object_store(table.name())?.count(None)?.await?)
    }

    /// The JSON of documents in an index's order, at most `limit`.
    ///
    /// # Errors
    /// When the transaction is gone.
    pub async fn list(
        &self,
        table: Table,
        index: &str,
        range: &Range,
        limit: Option<u32>,
    ) -> Result<Vec<String>, DbError> {
        let index = self.inner.object_store(table.name())?.index(index)?;
        let values = index.get_all(range.query()?, limit)?.await?;
        Ok(values.iter().filter_map(json_of).collect())
    }

    /// The primary keys of documents in an index's order, at most `limit`.
    ///
    /// # Errors
    /// When the transaction is gone.
    pub async fn keys(
        &self,
        table: Table,
        index: &str,
        range: &Range,
        limit: Option<u32>,
    ) -> Result<Vec<String>, DbError> {
        let index = self.inner.object_store(table.name())?.index(index)?;
        let values = index.get_all_keys(range.query()?, limit)?.await?;
        Ok(values.iter().filter_map(JsValue::as_string).collect())
    }

    /// A property of the first document in an index's order.
    ///
    /// # Errors
    /// When the transaction is gone.
    pub async fn first(&self, table: Table, index: &str, range: &Range, name: &str) -> Result<Option<String>, DbError> {
        let index = self.inner.object_store(table.name())?.index(index)?;
        let values = index.get_all(range.query()?, Some(1))?.await?;
        Ok(values.first().and_then(|value| property(value, name)).and_then(|found| found.as_string()))
    }

    /// The keys of all documents of a store.
    ///
    /// # Errors
    /// When the transaction is gone.
    pub async fn all_keys(&self, table: Table) -> Result<Vec<String>, DbError> {
        let keys = self.inner.object_store(table.name())?.get_all_keys(None, None)?.await?;
        Ok(keys.iter().filter_map(JsValue::as_string).collect())
    }

    /// All documents of a store in key order, at most `limit`.
    ///
    /// # Errors
    /// When the transaction is gone.
    pub async fn all(&self, table: Table, limit: Option<u32>) -> Result<Vec<String>, DbError> {
        let store = self.inner.object_store(table.name())?;
        let values = store.get_all(None, limit)?.await?;
        Ok(values.iter().filter_map(json_of).collect())
    }

    /// Puts a document. It is written when the transaction completes.
    ///
    /// # Errors
    /// When the transaction is gone.
    pub fn put(&self, table: Table, key: &str, doc: &Doc) -> Result<(), DbError> {
        let value: JsValue = Object::new().into();
        doc.put_into(&value);
        let store = self.inner.object_store(table.name())?;
        store.put(&value, Some(&JsValue::from_str(key)))?;
        Ok(())
    }

    /// Deletes a document.
    ///
    /// # Errors
    /// When the transaction is gone.
    pub fn delete(&self, table: Table, key: &str) -> Result<(), DbError> {
        self.inner.object_store(table.name())?.delete(JsValue::from_str(key))?;
        Ok(())
    }

    /// Waits until everything is on the disk.
    ///
    /// # Errors
    /// When the browser could not write; nothing of the transaction was written then.
    pub async fn done(self) -> Result<(), DbError> {
        match self.inner.await {
            Ok(result) if result.is_committed() => Ok(()),
            other => Err(match (self.raw.error(), other) {
                (Some(error), _) => js_error(&error),
                (None, Err(error)) => error.into(),
                (None, Ok(_)) => DbError::Failed("transaction aborted".to_owned()),
            }),
        }
    }

    /// What the browser took from the wish for the disk; none in a browser that knows no such wish.
    #[cfg(all(test, target_arch = "wasm32"))]
    pub fn durability(&self) -> Option<String> {
        property(&self.raw, "durability")?.as_string()
    }

    /// Aborts it and goes on as if nobody had noticed.
    #[cfg(all(test, target_arch = "wasm32"))]
    pub fn abort_quietly(&self) {
        let _ = self.raw.abort();
    }

    /// Gives the transaction up; nothing of it is written.
    pub fn abort(self) {
        let _ = self.inner.abort();
    }
}
