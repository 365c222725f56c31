//! A file on its way out: records with their history, photos and seals, read from the database a few at a time and
//! written piece by piece, so that years of work fit through a phone.
//!
//! It must not know where the file goes: that is the sink's. Work goes on meanwhile; what is entered after the beginning
//! is not in the file.

use super::Store;
use super::commit::head;
use super::error::StoreError;
use super::query::parse;
use super::seals;
use super::settings::Settings;
use super::transfer::APP;
use crate::browser::clock;
use crate::browser::db::{Key, Range, Table};
use crate::browser::keys::DeviceKey;
use crate::browser::sink::Sink;
use sitebook_core::exchange::{self, ExportError, Exported, ImportError, Part, Reader, Writer};
use sitebook_core::ids::{DeviceId, RecordId};
use sitebook_core::ledger::{Attachment, Change, Record, Sealed};
use sitebook_core::seal::{FileDraft, PublicKey, Seal, Signature, SignatureBytes};
use std::collections::{BTreeMap, BTreeSet};

/// What goes out.
#[derive(Debug, Clone, Copy)]
pub enum Load<'a> {
    /// Everything on this device.
    All,
    /// These records.
    Records(&'a [String]),
}

/// How far a long piece of work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Bytes of a file that were read, of so many.
    Reading(u64, u64),
    /// Records, of so many.
    Records(usize, usize),
    /// Photos and signatures, of so many.
    Pictures(usize, usize),
    /// Seals, of so many.
    Seals(usize, usize),
    /// The last step, which cannot be stopped.
    Last,
}

/// Hears how far it is and answers whether to go on.
pub type Tell<'a> = &'a dyn Fn(Step) -> bool;

pub(super) fn go_on(tell: Tell<'_>, step: Step) -> Result<(), StoreError> {
    if tell(step) { Ok(()) } else { Err(StoreError::Stopped) }
}

/// What went out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sent {
    /// Records.
    pub records: usize,
    /// Photos and signatures.
    pub pictures: usize,
    /// Photos and signatures whose bytes are not on this device, or damaged.
    pub missing: usize,
    /// Whether the file is signed by this device.
    pub signed: bool,
}

/// Records that are read in one transaction.
const AT_ONCE: usize = 20;
/// A file with more entries is not read back while it is written: the reader keeps them all.
const READ_BACK: usize = 50_000;

/// What a file needs to know before its first byte.
#[derive(Debug, Default)]
struct Plan {
    records: Vec<RecordId>,
    pictures: BTreeMap<String, Attachment>,
    missing: BTreeSet<String>,
    entries: usize,
}

/// A file on its way.
struct Going<'a> {
    store: Store,
    device: DeviceId,
    /// The last entry of this device that goes along.
    upto: u64,
    key: Option<DeviceKey>,
    exported: Exported,
    sink: &'a mut Sink,
    /// Reads along.
    reader: Option<Reader>,
    tell: Tell<'a>,
}

fn picture(sealed: &Sealed) -> Option<&Attachment> {
    match &sealed.op.change {
        Change::Attach { attachment, .. } | Change::Sign { image: attachment, .. } => Some(attachment),
        _ => None,
    }
}

impl Store {
    /// Writes records into a file and signs it.
    ///
    /// # Errors
    /// When the database cannot be read, the file cannot be written, or the user stops it.
    pub async fn send(
        self,
        load: Load<'_>,
        settings: &Settings,
        sink: &mut Sink,
        tell: Tell<'_>,
    ) -> Result<Sent, StoreError> {
        let key = self.device_key().await;
        let head = head(&self.db()?.read(&[Table::Meta])?).await?;
        let (by, company) = (settings.name.clone(), settings.company.clone());
        let exported = Exported { app: APP.to_owned(), at: clock::now(), by, company, device: head.device.clone() };
        let (device, upto) = (head.device, head.seq);
        let mut going = Going { store: self, device, upto, key, exported, sink, reader: None, tell };
        // Pictures found damaged on the way: the file begins by naming what it lacks, so it is begun again.
        let mut damaged = BTreeSet::new();
        loop {
            match going.write(load, &damaged).await {
                Err(StoreError::Export(ExportError::Unreadable(ImportError::Altered(Part::Picture(sha256)))))
                    if damaged.insert(sha256.clone()) =>
                {
                    going.sink.restart().await?;
                }
                other => return other,
            }
        }
    }
}

impl Going<'_> {
    async fn write(&mut self, load: Load<'_>, damaged: &BTreeSet<String>) -> Result<Sent, StoreError> {
        let plan = self.plan(load, damaged).await?;
        if plan.entries == 0 {
            return Err(ExportError::Nothing.into());
        }
        let missing: Vec<String> = plan.missing.iter().cloned().collect();
        self.reader = (plan.entries <= READ_BACK).then(Reader::new);
        let (mut writer, bytes) = Writer::begin(&self.exported, &missing)?;
        self.put(&bytes).await?;
        let (counts, seals, pins) = self.entries(&mut writer, &plan).await?;
        self.pictures(&mut writer, &plan).await?;
        self.views(&mut writer, &counts).await?;
        for seal in &seals {
            self.put(&writer.seal(seal)?).await?;
        }
        self.procedures(&mut writer, &pins).await?;
        let (bytes, digest) = writer.close()?;
        self.put(&bytes).await?;
        let signature = self.sign(&digest).await;
        self.put(&writer.finish(signature.as_ref())?).await?;
        if let Some(reader) = self.reader.take() {
            let back = reader.finish().map_err(ExportError::Unreadable)?;
            if back.digest != digest {
                return Err(ExportError::Different.into());
            }
        }
        let pictures = plan.pictures.len() - plan.missing.len();
        Ok(Sent { records: counts.len(), pictures, missing: plan.missing.len(), signed: signature.is_some() })
    }

    async fn put(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        if let Some(reader) = &mut self.reader {
            reader.push_to(bytes, &mut |_| {}).map_err(ExportError::Unreadable)?;
        }
        Ok(self.sink.write(bytes).await?)
    }

    /// Which records, and which of their pictures are here.
    async fn plan(&self, load: Load<'_>, damaged: &BTreeSet<String>) -> Result<Plan, StoreError> {
        let mut plan = Plan::default();
        match load {
            Load::Records(ids) => {
                let ids: BTreeSet<&String> = ids.iter().collect();
                plan.records = ids.into_iter().filter_map(|id| RecordId::parse(id)).collect();
            }
            Load::All => plan.records = self.all_records().await?,
        }
        let records = std::mem::take(&mut plan.records);
        for some in records.chunks(AT_ONCE) {
            for (id, ops) in self.ops_of(some).await? {
                for attachment in ops.iter().filter_map(picture) {
                    match plan.pictures.get(&attachment.sha256) {
                        // The same bytes under two descriptions: no reader takes them.
                        Some(known) if known != attachment => {
                            plan.missing.insert(attachment.sha256.clone());
                        }
                        Some(_) => {}
                        None => drop(plan.pictures.insert(attachment.sha256.clone(), attachment.clone())),
                    }
                }
                plan.entries += ops.len();
                if !ops.is_empty() {
                    plan.records.push(id);
                }
            }
            go_on(self.tell, Step::Records(0, records.len()))?;
        }
        let tx = self.store.db()?.read(&[Table::Blobs])?;
        for sha256 in plan.pictures.keys() {
            if damaged.contains(sha256) || !tx.has(Table::Blobs, sha256).await? {
                plan.missing.insert(sha256.clone());
            }
        }
        Ok(plan)
    }

    async fn all_records(&self) -> Result<Vec<RecordId>, StoreError> {
        let tx = self.store.db()?.read(&[Table::Ops])?;
        let (mut ids, mut after) = (Vec::new(), String::new());
        loop {
            let range = Range::After(vec![Key::Text(after.clone())]);
            let Some(next) = tx.first(Table::Ops, "record", &range, "record").await? else { return Ok(ids) };
            after.clone_from(&next);
            ids.extend(RecordId::parse(&next));
        }
    }

    /// The entries of some records, without those made since the beginning.
    async fn ops_of(&self, ids: &[RecordId]) -> Result<Vec<(RecordId, Vec<Sealed>)>, StoreError> {
        let tx = self.store.db()?.read(&[Table::Ops])?;
        let mut found = Vec::new();
        for id in ids {
            let range = Range::Only(vec![Key::Text(id.to_string())]);
            let rows = tx.list(Table::Ops, "record", &range, None).await?;
            let mut ops = rows.iter().map(|json| parse::<Sealed>(json)).collect::<Result<Vec<_>, _>>()?;
            ops.retain(|sealed| sealed.op.device != self.device || sealed.op.seq <= self.upto);
            found.push((id.clone(), ops));
        }
        Ok(found)
    }

    /// Writes the entries. Gives how many each record has, its seals, and the procedures that are asked for.
    async fn entries(&mut self, writer: &mut Writer, plan: &Plan) -> Result<Entries, StoreError> {
        let (mut counts, mut all, mut pins) = (Vec::new(), Vec::new(), BTreeSet::new());
        for some in plan.records.chunks(AT_ONCE) {
            let found = self.ops_of(some).await?;
            let tx = self.store.db()?.read(&[Table::Seals])?;
            let mut kept = Vec::new();
            for (id, ops) in &found {
                kept.push(seals::kept(&tx, id, ops).await?);
            }
            let mut new = Vec::new();
            for ((id, ops), mut seals) in found.iter().zip(kept) {
                if let Some(key) = &self.key
                    && seals::add_own(&mut seals, (&self.device, key), id, ops).await
                {
                    new.extend(seals.last().cloned());
                }
                for sealed in ops {
                    if let Change::Create { template: Some(template), .. } = &sealed.op.change {
                        pins.insert(template.digest.clone());
                    }
                    // Something came in since the plan was made.
                    if picture(sealed).is_some_and(|one| plan.pictures.get(&one.sha256) != Some(one))
                        && !picture(sealed).is_some_and(|one| plan.missing.contains(&one.sha256))
                    {
                        return Err(StoreError::Moved);
                    }
                    let bytes = writer.op(sealed)?;
                    self.put(&bytes).await?;
                }
                counts.push((id.clone(), ops.len()));
                all.append(&mut seals);
            }
            self.store.keep_seals(&new).await?;
            go_on(self.tell, Step::Records(counts.len(), 2 * plan.records.len()))?;
        }
        Ok((counts, all, pins))
    }

    async fn pictures(&mut self, writer: &mut Writer, plan: &Plan) -> Result<(), StoreError> {
        let all = plan.pictures.values().filter(|picture| !plan.missing.contains(&picture.sha256));
        for (done, attachment) in all.enumerate() {
            let tx = self.store.db()?.read(&[Table::Blobs])?;
            let bytes = tx.bytes(Table::Blobs, &attachment.sha256, false).await?.ok_or(StoreError::Moved)?;
            let piece = writer.picture(attachment, &bytes)?;
            drop(bytes);
            self.put(&piece).await?;
            go_on(self.tell, Step::Pictures(done + 1, plan.pictures.len()))?;
        }
        Ok(())
    }

    /// Writes the records as people read them: folded from just the entries that were written.
    async fn views(&mut self, writer: &mut Writer, counts: &[(RecordId, usize)]) -> Result<(), StoreError> {
        let mut done = 0;
        for some in counts.chunks(AT_ONCE) {
            let ids: Vec<RecordId> = some.iter().map(|(id, _)| id.clone()).collect();
            for ((id, ops), (_, count)) in self.ops_of(&ids).await?.into_iter().zip(some) {
                if ops.len() != *count {
                    return Err(StoreError::Moved);
                }
                let record = Record::fold(&id, ops.iter().map(|sealed| &sealed.op));
                let bytes = writer.record(&exchange::view(&record))?;
                self.put(&bytes).await?;
            }
            done += some.len();
            go_on(self.tell, Step::Records(counts.len() + done, 2 * counts.len()))?;
        }
        Ok(())
    }

    async fn procedures(&mut self, writer: &mut Writer, pins: &BTreeSet<String>) -> Result<(), StoreError> {
        for digest in pins {
            let tx = self.store.db()?.read(&[Table::Templates])?;
            let Some(json) = tx.get(Table::Templates, digest).await? else { continue };
            match writer.template(digest, &json) {
                Ok(bytes) => self.put(&bytes).await?,
                // One that is absent or damaged here is lacking in the file; whoever takes it in may know it.
                Err(ExportError::Unreadable(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    async fn sign(&self, digest: &str) -> Option<Signature> {
        let key = self.key.as_ref()?;
        let draft = FileDraft::new(&self.device, &PublicKey::of(key.public())?, digest);
        let sig = key.sign(&draft.message().ok()?).await?;
        Some(draft.signed(SignatureBytes::of(&sig)?))
    }
}

/// Entries of each record, seals, digests of procedures.
type Entries = (Vec<(RecordId, usize)>, Vec<Seal>, BTreeSet<String>);
