//! A checked file is taken in: its pictures one by one, then everything else in one transaction: all or nothing.
//!
//! A picture alone changes nothing: it is addressed by its hash, and no record shows it before the last transaction.
//! Those of an import that was given up are noted and taken away again: at once, and if the page was killed at the next
//! start. A lock between pages tells an import that was given up from one that another page is at.

use super::Store;
use super::coming::{Checked, Proven, read};
use super::commit::{NewBlob, TABLES, head, put_blob, put_json, put_op};
use super::device;
use super::erase;
use super::error::StoreError;
use super::going::{Step, Tell, go_on};
use super::query::parse;
use super::seals;
use crate::browser::db::{Doc, Key, Range, Table, Tx};
use crate::browser::files::{self, File};
use crate::browser::locks::{self, Asked};
use crate::browser::picture;
use leptos::prelude::GetValue;
use sitebook_core::exchange::{Event, Incoming, Picture, Reader};
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Change, Head, Record, RecordKind, Sealed};
use std::collections::BTreeMap;

/// Pictures of an import that is not finished, each a row among the small things of the device: one list of all would
/// be written anew with every picture.
const NOTE: &str = "incoming/";
/// Where the first release kept that list.
const OLD_NOTE: &str = "incoming";

impl Store {
    /// Takes a checked file in. Gives a visit that was in it.
    ///
    /// # Errors
    /// When the file is no longer what was checked, the database refuses, another page is taking in a file, or the user
    /// stops it; nothing is changed then.
    pub async fn take_in(self, file: &File, checked: &Checked, tell: Tell<'_>) -> Result<Option<RecordId>, StoreError> {
        self.device_key().await;
        let lock = locks::ask_patiently(&self.import_lock()).await;
        if matches!(lock, Asked::Busy) {
            return Err(StoreError::TakingIn);
        }
        self.sweep().await?;
        let taken = self.take(file, checked, tell).await;
        if taken.is_err() {
            // If that fails, too, the next start does it.
            let _ = self.sweep().await;
        }
        taken
    }

    async fn take(self, file: &File, checked: &Checked, tell: Tell<'_>) -> Result<Option<RecordId>, StoreError> {
        let mut reader = Reader::of_size(files::size(file))?;
        let (mut stored, mut seen) = (Vec::new(), 0);
        read(file, tell, async |bytes| {
            for event in reader.push(bytes)? {
                let Event::Picture(picture) = event else { continue };
                seen += 1;
                go_on(tell, Step::Pictures(seen, checked.pictures.len()))?;
                if checked.pictures.contains(&picture.attachment.sha256) && self.keep_picture(&picture).await? {
                    stored.push(picture.attachment.sha256);
                }
            }
            Ok(true)
        })
        .await?;
        let incoming = reader.finish()?;
        if incoming.digest != checked.digest {
            return Err(StoreError::Moved);
        }
        go_on(tell, Step::Last)?;
        let (incoming, _) = self.without_erased(incoming).await?;
        self.import(&incoming, &checked.proven, &stored).await?;
        let visit = |sealed: &Sealed| matches!(&sealed.op.change, Change::Create { kind: RecordKind::Visit, .. });
        Ok(incoming.ops.iter().find(|sealed| visit(sealed)).map(|sealed| sealed.op.record.clone()))
    }

    /// Stores a picture that is not here yet, and notes that no record shows it yet.
    async fn keep_picture(self, picture: &Picture) -> Result<bool, StoreError> {
        let Picture { attachment, bytes } = picture;
        if self.db()?.read(&[Table::Blobs])?.has(Table::Blobs, &attachment.sha256).await? {
            return Ok(false);
        }
        let thumb = picture::thumb_of(bytes, &attachment.mime).await.unwrap_or_else(|| bytes.clone());
        let tx = self.db()?.write(&[Table::Blobs, Table::Meta])?;
        put_json(&tx, Table::Meta, &format!("{NOTE}{}", attachment.sha256), &true, Vec::new())?;
        put_blob(&tx, &NewBlob { attachment: attachment.clone(), bytes: bytes.clone(), thumb })?;
        tx.done().await?;
        Ok(true)
    }

    /// One import at a time; each database has its own, the tests use many.
    fn import_lock(self) -> String {
        format!("sitebook.import.{}", self.name.get_value())
    }

    /// Takes away the pictures of an import whose page was killed. Without locks nobody can tell whether another page
    /// is still at it, and the next import does it.
    ///
    /// # Errors
    /// When the database refuses; the next start tries again.
    pub async fn sweep_given_up(self) -> Result<(), StoreError> {
        if noted(&self.db()?.read(&[Table::Meta])?).await?.is_empty() {
            return Ok(());
        }
        match locks::ask(&self.import_lock()).await {
            Asked::Held(_lock) => self.sweep().await,
            Asked::Busy | Asked::Absent => Ok(()),
        }
    }

    /// Takes away the pictures of an import that was given up.
    async fn sweep(self) -> Result<(), StoreError> {
        let tx = self.db()?.write(&[Table::Blobs, Table::Meta, Table::Records])?;
        let mut noted = noted(&tx).await?;
        if noted.is_empty() {
            return Ok(());
        }
        for id in tx.all_keys(Table::Records).await? {
            if let Some(json) = tx.get(Table::Records, &id).await? {
                noted.retain(|sha256| !json.contains(sha256.as_str()));
            }
        }
        for sha256 in &noted {
            tx.delete(Table::Blobs, sha256)?;
        }
        forget_notes(&tx).await?;
        Ok(tx.done().await?)
    }

    /// The last step: ops, records, procedures and seals in one transaction. `stored` are the pictures that came
    /// before.
    ///
    /// # Errors
    /// When the database refuses; nothing was written then.
    pub(super) async fn import(
        self,
        incoming: &Incoming,
        proven: &Proven,
        stored: &[String],
    ) -> Result<(), StoreError> {
        let tx = self.db()?.write(&TABLES)?;
        match self.write_import(&tx, incoming, proven, stored).await {
            Ok(head) => {
                tx.done().await?;
                self.mark(&head);
            }
            Err(error) => {
                tx.abort();
                return Err(error);
            }
        }
        for id in incoming.record_ids() {
            self.announce(id);
        }
        Ok(())
    }

    async fn write_import(
        self,
        tx: &Tx,
        incoming: &Incoming,
        proven: &Proven,
        stored: &[String],
    ) -> Result<Head, StoreError> {
        let own = incoming.advance(&head(tx).await?);
        put_json(tx, Table::Meta, "head", &own, Vec::new())?;
        for sha256 in stored {
            // Another tab may have begun an import and swept.
            if !tx.has(Table::Blobs, sha256).await? {
                return Err(StoreError::Moved);
            }
        }
        forget_notes(tx).await?;
        for template in &incoming.templates {
            let doc = Doc { json: template.json.clone(), ..Doc::default() };
            tx.put(Table::Templates, &template.reference.digest, &doc)?;
        }
        let mut by_record: BTreeMap<&RecordId, Vec<&Sealed>> = BTreeMap::new();
        // The page has left out what was erased here; another tab may have erased since.
        let erased = erase::erased_of(tx, &incoming.record_ids()).await?;
        for sealed in incoming.ops.iter().filter(|sealed| !erase::stays_out(sealed, &erased)) {
            // The preview found no conflict; another tab may have written since.
            if let Some(json) = tx.get(Table::Ops, sealed.op.id.as_str()).await? {
                let known: Sealed = sitebook_core::json::read(&json)?;
                if known.hash != sealed.hash {
                    return Err(StoreError::Unreadable(sealed.op.id.to_string()));
                }
            }
            put_op(tx, sealed)?;
            by_record.entry(&sealed.op.record).or_default().push(sealed);
        }
        // Orders and customers first, so that visits find them when their lines are made.
        let mut records: Vec<Record> = Vec::new();
        for (id, ops) in by_record {
            let mut record = match tx.get(Table::Records, id.as_str()).await? {
                Some(json) => sitebook_core::json::read(&json)?,
                None => Record::new(id.clone()),
            };
            for sealed in ops {
                record.apply(&sealed.op);
            }
            records.push(record);
        }
        records.sort_by_key(Record::kind);
        for record in records {
            self.write_record(tx, record).await?;
        }
        self.take_proof(tx, incoming, proven).await?;
        Ok(own)
    }

    /// Keeps seals, and the keys of devices that are seen for the first time.
    async fn take_proof(self, tx: &Tx, incoming: &Incoming, proven: &Proven) -> Result<(), StoreError> {
        if let Some(signature) = incoming.signature.as_ref().filter(|_| proven.signed) {
            device::note_key(tx, &signature.device, &signature.key).await?;
        }
        let mut ops: BTreeMap<RecordId, Vec<Sealed>> = BTreeMap::new();
        for seal in &proven.seals {
            if !ops.contains_key(&seal.record) {
                let range = Range::Only(vec![Key::Text(seal.record.to_string())]);
                let rows = tx.list(Table::Ops, "record", &range, None).await?;
                let found = rows.iter().filter_map(|json| parse(json).ok()).collect();
                ops.insert(seal.record.clone(), found);
            }
        }
        seals::take_in(tx, &proven.seals, &ops).await
    }
}

async fn notes(tx: &Tx) -> Result<Vec<String>, StoreError> {
    let keys = tx.all_keys(Table::Meta).await?;
    Ok(keys.into_iter().filter(|key| key.starts_with(NOTE) || key == OLD_NOTE).collect())
}

/// The pictures that are noted.
async fn noted(tx: &Tx) -> Result<Vec<String>, StoreError> {
    let mut noted = Vec::new();
    for key in notes(tx).await? {
        match key.strip_prefix(NOTE) {
            Some(sha256) => noted.push(sha256.to_owned()),
            None => {
                let old: Option<Vec<String>> = tx.get(Table::Meta, &key).await?.map(|json| parse(&json)).transpose()?;
                noted.extend(old.into_iter().flatten());
            }
        }
    }
    Ok(noted)
}

async fn forget_notes(tx: &Tx) -> Result<(), StoreError> {
    for key in notes(tx).await? {
        tx.delete(Table::Meta, &key)?;
    }
    Ok(())
}
