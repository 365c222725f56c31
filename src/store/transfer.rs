//! Records as files: what is exported, and what a file that comes in would change.

use super::commit::{head, put_json};
use super::error::StoreError;
use super::going::{Load, Sent, Tell};
use super::projection::put_view;
use super::query::{self, View};
use super::{Store, numbers, settings::Settings};
use crate::browser::clock;
use crate::browser::db::{Key, Range, Table};
use crate::browser::files::File;
use crate::browser::sink::Sink;
use sitebook_core::exchange::{self, Incoming, Known, Preview};
use sitebook_core::ids::{DeviceId, OpId, RecordId};
use sitebook_core::ledger::{Record, Sealed};
use std::collections::{BTreeMap, BTreeSet};

/// A file made by an export.
#[derive(Debug, Clone)]
pub struct Made {
    /// File name.
    pub name: String,
    /// The file; `None` if it lies where the user wanted it.
    pub file: Option<File>,
    /// What is in it.
    pub sent: Sent,
    /// Its bytes.
    pub size: u64,
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
        let name = view.record.number().map_or_else(|| view.record.id.to_string(), str::to_owned);
        self.export(&name, &ids, settings).await
    }

    /// The name of a backup of today.
    pub fn backup_name() -> String {
        format!("sitebook-{}.json", clock::now().compact_date())
    }

    /// Exports everything on this device.
    ///
    /// # Errors
    /// When the database cannot be read, the file cannot be written, or the user stops it: a file that was there
    /// before is as it was then.
    pub async fn export_all(self, settings: &Settings, sink: Sink, tell: Tell<'_>) -> Result<Made, StoreError> {
        self.make(Load::All, settings, sink, tell).await
    }

    /// Exports these records.
    ///
    /// # Errors
    /// As [`Store::export_all`].
    pub(super) async fn export_chosen(
        self,
        ids: &[String],
        settings: &Settings,
        sink: Sink,
        tell: Tell<'_>,
    ) -> Result<Made, StoreError> {
        self.make(Load::Records(ids), settings, sink, tell).await
    }

    pub(super) async fn export(self, name: &str, ids: &[String], settings: &Settings) -> Result<Made, StoreError> {
        let sink = Sink::pieces(&format!("{name}.json"));
        self.make(Load::Records(ids), settings, sink, &|_| true).await
    }

    async fn make(
        self,
        load: Load<'_>,
        settings: &Settings,
        mut sink: Sink,
        tell: Tell<'_>,
    ) -> Result<Made, StoreError> {
        match self.send(load, settings, &mut sink, tell).await {
            Ok(sent) => {
                let (name, size) = (sink.name().to_owned(), sink.size());
                Ok(Made { name, file: sink.finish().await?, sent, size })
            }
            Err(error) => {
                sink.abandon().await;
                Err(error)
            }
        }
    }

    /// What an import of these ops would do. Nothing is written.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn preview(self, incoming: &Incoming) -> Result<Preview, StoreError> {
        let tx = self.db()?.read(&[Table::Ops, Table::Templates, Table::Blobs])?;
        let mut by_id: BTreeMap<OpId, String> = BTreeMap::new();
        let mut by_place: BTreeMap<(DeviceId, u64), Sealed> = BTreeMap::new();
        // On an empty device there is nothing to ask about a hundred thousand times.
        let known = if tx.count(Table::Ops).await? == 0 { &[] } else { incoming.ops.as_slice() };
        for sealed in known {
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

    /// Writes a folded record with its line and deadlines.
    pub(super) async fn write_record(self, tx: &crate::browser::db::Tx, record: Record) -> Result<(), StoreError> {
        put_json(tx, Table::Records, record.id.as_str(), &record, Vec::new())?;
        let view = query::read_view(tx, self, &record.id).await?.unwrap_or_else(|| View::new(record));
        numbers::remember(tx, &view, &head(tx).await?.device).await?;
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

    /// The short name of this device.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn tag(self) -> Result<String, StoreError> {
        let tx = self.db()?.read(&[Table::Meta])?;
        Ok(head(&tx).await?.device.tag())
    }
}
