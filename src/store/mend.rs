//! Stored documents that cannot be read: the others go on working, and a damaged record is made anew from its
//! entries. What is damaged is never thrown away unseen: it can be taken out as it lies there.

use super::Store;
use super::commit::TABLES;
use super::error::StoreError;
use crate::browser::db::{Key, Range, Table};
use leptos::prelude::Set;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Record, Sealed};

/// What is stored of a record, as it lies there.
#[derive(Debug, Serialize)]
struct Raw {
    record: Option<String>,
    line: Option<String>,
    entries: Vec<String>,
}

/// How a record was made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mended {
    /// Entries it was made of.
    pub used: usize,
    /// Entries that cannot be read themselves; they stay where they are.
    pub unreadable: usize,
}

impl Store {
    /// The rows of a list that can be read. That others cannot is shown once for all lists.
    pub(super) fn readable<T: DeserializeOwned>(self, rows: &[String]) -> Vec<T> {
        let read: Vec<T> = rows.iter().filter_map(|json| sitebook_core::json::read(json).ok()).collect();
        if read.len() < rows.len() {
            self.damaged.set(true);
        }
        read
    }

    /// Everything was made anew: if something is still damaged, the next list tells.
    pub(super) fn mended(self) {
        self.damaged.set(false);
        self.unread.set(None);
    }

    /// Makes a record anew from its entries.
    ///
    /// # Errors
    /// When the database cannot be read or written, or no entry of the record can be read; nothing changed then.
    pub async fn mend(self, id: &RecordId) -> Result<Mended, StoreError> {
        let tx = self.db()?.write(&TABLES)?;
        let rows = tx.list(Table::Ops, "record", &Range::Only(vec![Key::Text(id.to_string())]), None).await?;
        let ops: Vec<Sealed> = rows.iter().filter_map(|json| sitebook_core::json::read(json).ok()).collect();
        if ops.is_empty() {
            tx.abort();
            return Err(StoreError::Unreadable(id.to_string()));
        }
        let record = Record::fold(id, ops.iter().map(|sealed| &sealed.op));
        self.write_record(&tx, record).await?;
        tx.done().await?;
        self.mended();
        self.announce(id);
        Ok(Mended { used: ops.len(), unreadable: rows.len() - ops.len() })
    }

    /// What is stored of a record, as JSON of the stored texts.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn raw(self, id: &RecordId) -> Result<Vec<u8>, StoreError> {
        let tx = self.db()?.read(&[Table::Records, Table::Lines, Table::Ops])?;
        let record = tx.get(Table::Records, id.as_str()).await?;
        let line = tx.get(Table::Lines, id.as_str()).await?;
        let entries = tx.list(Table::Ops, "record", &Range::Only(vec![Key::Text(id.to_string())]), None).await?;
        Ok(sitebook_core::json::write(&Raw { record, line, entries })?.into_bytes())
    }
}
