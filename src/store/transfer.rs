//! Export and import: bundles out to a file, files in after a preview, all or nothing.

use super::commit::{NewBlob, TABLES, head, put_blob, put_json, put_op};
use super::erase;
use super::error::StoreError;
use super::projection::put_view;
use super::query::{self, View};
use super::{Store, settings::Settings};
use crate::browser::clock;
use crate::browser::db::{Doc, Key, Range, Table};
use sitebook_core::exchange::{self, Exported, Incoming, Known, Parcel, Picture, Preview};
use sitebook_core::ids::{DeviceId, OpId, RecordId};
use sitebook_core::ledger::{Head, Record, Sealed};
use std::collections::{BTreeMap, BTreeSet};

/// A file made by an export.
#[derive(Debug, Clone)]
pub struct Made {
    /// File name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Attachments whose bytes are not on this device.
    pub missing: usize,
}

impl Made {
    /// The name under which it can be shared: other apps take text, not JSON.
    pub fn shared_name(&self) -> String {
        format!("{}.sitebook.txt", self.name.trim_end_matches(".json"))
    }
}

/// Version of the app, as written into exports.
pub const APP: &str = env!("CARGO_PKG_VERSION");

impl Store {
    /// Exports a visit, a work order or another record with everything around it.
    ///
    /// # Errors
    /// When the database cannot be read or the bundle cannot be made.
    pub async fn export_record(self, id: &RecordId, settings: &Settings) -> Result<Made, StoreError> {
        let view = self.view(id).await?.ok_or(sitebook_core::work::Refusal::NoRecord)?;
        let around = &view.around;
        let mut ids = vec![id.to_string()];
        for record in [&around.order, &around.customer, &around.site, &around.contact, &around.asset] {
            ids.extend(record.as_ref().map(|record| record.id.to_string()));
        }
        let mut ops = Vec::new();
        for id in &ids {
            ops.extend(self.ops(id).await?);
        }
        let name = view.record.number().map_or_else(|| view.record.id.to_string(), str::to_owned);
        self.export(&name, ops, settings).await
    }

    /// Exports everything on this device.
    ///
    /// # Errors
    /// When the database cannot be read or the bundle cannot be made.
    pub async fn export_all(self, settings: &Settings) -> Result<Made, StoreError> {
        let tx = self.db()?.read(&[Table::Ops])?;
        let rows = tx.all(Table::Ops, None).await?;
        let ops = rows.iter().map(|json| sitebook_core::json::read(json)).collect::<Result<Vec<Sealed>, _>>()?;
        let name = format!("sitebook-{}", clock::now().compact_date());
        self.export(&name, ops, settings).await
    }

    pub(super) async fn export(self, name: &str, ops: Vec<Sealed>, settings: &Settings) -> Result<Made, StoreError> {
        let ids: BTreeSet<RecordId> = ops.iter().map(|sealed| sealed.op.record.clone()).collect();
        let tx = self.db()?.read(&[Table::Meta, Table::Blobs, Table::Templates])?;
        let device = head(&tx).await?.device;
        let (mut attachments, mut templates) = (BTreeMap::new(), BTreeMap::new());
        for id in &ids {
            let record = Record::fold(id, ops.iter().map(|sealed| &sealed.op));
            for attachment in record.attachments() {
                if let Some(bytes) = tx.bytes(Table::Blobs, &attachment.sha256, false).await? {
                    attachments.insert(attachment.sha256.clone(), bytes);
                }
            }
            if let Some(pin) = record.created.and_then(|created| created.template)
                && let Some(json) = tx.get(Table::Templates, &pin.digest).await?
            {
                templates.insert(pin.digest, json);
            }
        }
        let (by, company) = (settings.name.clone(), settings.company.clone());
        let exported = Exported { app: APP.to_owned(), at: clock::now(), by, company, device };
        let parcel =
            Parcel { exported: &exported, ops: &ops, templates: &templates, attachments: &attachments, seals: &[] };
        let export = exchange::export(&parcel).map_err(StoreError::Export)?;
        Ok(Made { name: format!("{name}.json"), bytes: export.bytes, missing: export.missing.len() })
    }

    /// What an import of these ops would do. Nothing is written.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn preview(self, incoming: &Incoming) -> Result<Preview, StoreError> {
        let tx = self.db()?.read(&[Table::Ops, Table::Templates, Table::Blobs])?;
        let mut by_id: BTreeMap<OpId, String> = BTreeMap::new();
        let mut by_place: BTreeMap<(DeviceId, u64), Sealed> = BTreeMap::new();
        for sealed in &incoming.ops {
            if let Some(json) = tx.get(Table::Ops, sealed.op.id.as_str()).await? {
                let known: Sealed = sitebook_core::json::read(&json)?;
                by_id.insert(known.op.id.clone(), known.hash.clone());
            }
            for seq in [sealed.op.seq.saturating_sub(1), sealed.op.seq, sealed.op.seq + 1] {
                #[expect(clippy::cast_precision_loss, reason = "the bundle's reader limits it")]
                let key = vec![Key::Text(sealed.op.device.to_string()), Key::Number(seq as f64)];
                for json in tx.list(Table::Ops, "chain", &Range::Only(key), Some(1)).await? {
                    let known: Sealed = sitebook_core::json::read(&json)?;
                    by_place.insert((known.op.device.clone(), known.op.seq), known);
                }
            }
        }
        let (mut templates, mut pictures) = (BTreeSet::new(), BTreeSet::new());
        for reference in &incoming.lacking {
            if tx.has(Table::Templates, &reference.digest).await? {
                templates.insert(reference.digest.clone());
            }
        }
        let named = incoming.pictures.iter().map(|picture| &picture.sha256).chain(&incoming.missing);
        for sha256 in named {
            if tx.has(Table::Blobs, sha256).await? {
                pictures.insert(sha256.clone());
            }
        }
        let known = Known {
            hash_of: &|id| by_id.get(id).cloned(),
            op_at: &|device, seq| by_place.get(&(device.clone(), seq)).cloned(),
            has_template: &|digest| templates.contains(digest),
            has_picture: &|sha256| pictures.contains(sha256),
        };
        Ok(exchange::preview(incoming, &known, &self.content().library))
    }

    /// Takes a checked file in: one transaction, all or nothing. `pictures` are those of the file with their bytes,
    /// `thumbs` small pictures by SHA-256.
    ///
    /// # Errors
    /// When the database refuses; nothing was written then.
    pub async fn import(
        self,
        incoming: &Incoming,
        pictures: &[Picture],
        thumbs: &BTreeMap<String, Vec<u8>>,
    ) -> Result<(), StoreError> {
        let tx = self.db()?.write(&TABLES)?;
        match self.write_import(&tx, incoming, pictures, thumbs).await {
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
        tx: &crate::browser::db::Tx,
        incoming: &Incoming,
        pictures: &[Picture],
        thumbs: &BTreeMap<String, Vec<u8>>,
    ) -> Result<Head, StoreError> {
        let own = incoming.advance(&head(tx).await?);
        put_json(tx, Table::Meta, "head", &own, Vec::new())?;
        for template in &incoming.templates {
            let doc = Doc { json: template.json.clone(), ..Doc::default() };
            tx.put(Table::Templates, &template.reference.digest, &doc)?;
        }
        for picture in pictures {
            let sha256 = &picture.attachment.sha256;
            let thumb = thumbs.get(sha256).unwrap_or(&picture.bytes).clone();
            put_blob(tx, &NewBlob { attachment: picture.attachment.clone(), bytes: picture.bytes.clone(), thumb })?;
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
        Ok(own)
    }

    /// Writes a folded record with its line and deadlines.
    pub(super) async fn write_record(self, tx: &crate::browser::db::Tx, record: Record) -> Result<(), StoreError> {
        put_json(tx, Table::Records, record.id.as_str(), &record, Vec::new())?;
        let view = query::read_view(tx, self, &record.id).await?.unwrap_or_else(|| View::new(record));
        put_view(tx, self, &view).await
    }

    /// How many entries this device has written.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn entries(self) -> Result<u64, StoreError> {
        let tx = self.db()?.read(&[Table::Meta])?;
        Ok(head(&tx).await?.seq)
    }
}
