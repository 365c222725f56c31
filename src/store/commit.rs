//! The one transaction of a tap: check against the stored record, append the ops, write the folded record, its list
//! line and its deadlines, and move the chain's head.
//!
//! Everything a command depends on is read inside the same read-write transaction, so two tabs cannot write past
//! each other: the database itself puts their transactions in a row.

use super::device;
use super::error::StoreError;
use super::numbers;
use super::projection::put_view;
use super::query::{self, View};
use super::{Store, content::Pinned};
use crate::browser::db::{Doc, Key, Table, Tx};
use crate::browser::{clock, random};
use serde::Serialize;
use sitebook_core::ids::{DeviceId, OpId, RecordId};
use sitebook_core::ledger::{Attachment, Head, Op, Record, RecordKind, Sealed, seal};
use sitebook_core::time::Stamp;
use sitebook_core::work::{Command, Context, Refusal, Scope, decide, next_number};

/// What a record is kept in; all of it may be touched by a tap.
pub(super) const TABLES: [Table; 10] = [
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
];

/// Bytes that a command brings along, stored in the same transaction.
#[derive(Debug, Clone)]
pub struct NewBlob {
    /// What the op says of it.
    pub attachment: Attachment,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// A small picture.
    pub thumb: Vec<u8>,
}

/// One command on its way to the disk.
#[derive(Debug, Clone)]
pub struct Job {
    /// The record.
    pub record: RecordId,
    /// The command.
    pub command: Command,
    /// Bytes that belong to it.
    pub blobs: Vec<NewBlob>,
    /// Ids for its ops, so that the screen can name them before they are written.
    pub ids: Vec<OpId>,
    /// The person.
    pub actor: String,
    /// When it was asked for.
    pub now: Stamp,
    /// For a new visit, or a version of a procedure: what it pins.
    pub pin: Option<Pinned>,
    /// For a new order or visit: take a number with this prefix.
    pub prefix: Option<&'static str>,
}

impl Job {
    /// A command now, by this person.
    pub fn new(record: RecordId, command: Command, actor: &str) -> Job {
        let now = clock::now();
        let ids = (0..2).map(|_| OpId::at(now.at, random::bytes())).collect();
        Job { record, command, blobs: Vec::new(), ids, actor: actor.to_owned(), now, pin: None, prefix: None }
    }
}

/// Puts JSON under a key.
pub(super) fn put_json<T: Serialize>(
    tx: &Tx,
    table: Table,
    key: &str,
    value: &T,
    keys: Vec<(&'static str, Key)>,
) -> Result<(), StoreError> {
    let json = sitebook_core::json::write(value)?;
    Ok(tx.put(table, key, &Doc { json, keys, bytes: None })?)
}

/// The head of this device's chain; a device without one gets its id here.
pub(super) async fn head(tx: &Tx) -> Result<Head, StoreError> {
    match tx.get(Table::Meta, "head").await? {
        Some(json) => Ok(sitebook_core::json::read(&json)?),
        None => {
            let of_key = device::id_of_key(tx).await?;
            Ok(Head::new(of_key.unwrap_or_else(|| DeviceId::at(clock::now().at, random::bytes()))))
        }
    }
}

/// An op in the ledger.
pub(super) fn put_op(tx: &Tx, sealed: &Sealed) -> Result<(), StoreError> {
    #[expect(clippy::cast_precision_loss, reason = "a device does not write 2^53 ops")]
    let seq = sealed.op.seq as f64;
    let keys = vec![
        ("record", Key::Text(sealed.op.record.to_string())),
        ("device", Key::Text(sealed.op.device.to_string())),
        ("seq", Key::Number(seq)),
    ];
    put_json(tx, Table::Ops, sealed.op.id.as_str(), sealed, keys)
}

/// An attachment's bytes.
pub(super) fn put_blob(tx: &Tx, blob: &NewBlob) -> Result<(), StoreError> {
    let json = sitebook_core::json::write(&blob.attachment)?;
    let bytes = Some((blob.bytes.clone(), blob.thumb.clone()));
    Ok(tx.put(Table::Blobs, &blob.attachment.sha256, &Doc { json, keys: Vec::new(), bytes })?)
}

/// Runs one job to the disk and gives the record as it stands then.
///
/// # Errors
/// A refusal or a database error; nothing was written then.
pub async fn commit(store: Store, mut job: Job) -> Result<View, StoreError> {
    // The first entry's device id is made from the key, and no transaction can wait for one.
    store.device_key().await;
    let tx = store.db()?.write(&TABLES)?;
    match write(&tx, store, &mut job).await {
        Ok((view, head)) => {
            tx.done().await?;
            store.mark(&head);
            store.announce(&job.record);
            Ok(view)
        }
        Err(error) => {
            tx.abort();
            Err(error)
        }
    }
}

async fn write(tx: &Tx, store: Store, job: &mut Job) -> Result<(View, Head), StoreError> {
    let mut head = head(tx).await?;
    if let (Some(prefix), Command::Create { number, .. }) = (job.prefix, &mut job.command) {
        let mut serials = numbers::serials(tx).await?;
        *number = Some(next_number(&mut serials, prefix, job.now, &head.device));
        numbers::put_serials(tx, &serials)?;
    }
    let mut view = match query::read_view(tx, store, &job.record).await? {
        Some(view) => view,
        None => View::new(Record::new(job.record.clone())),
    };
    numbers::fill(tx, &view, &mut job.command, job.now, &head.device).await?;
    let changes = decide_on(store, &view, job)?;
    if let Some(pin) = &job.pin {
        let doc = Doc { json: pin.json.clone(), ..Doc::default() };
        tx.put(Table::Templates, &pin.reference.digest, &doc)?;
        view.procedure = Some(pin.procedure.clone());
    }
    let mut ids = std::mem::take(&mut job.ids).into_iter();
    for change in changes {
        let id = ids.next().unwrap_or_else(|| OpId::at(job.now.at, random::bytes()));
        let record = job.record.clone();
        let sealed = seal(&mut head, id, record, &job.actor, job.now.at, job.now.tz, change)?;
        put_op(tx, &sealed)?;
        view.record.apply(&sealed.op);
    }
    if view.around.order.is_none() {
        view.around = query::read_around(tx, &view.record).await?;
    }
    for blob in &job.blobs {
        put_blob(tx, blob)?;
    }
    numbers::remember(tx, &view, &head.device).await?;
    put_view(tx, store, &view).await?;
    put_json(tx, Table::Meta, "head", &head, Vec::new())?;
    Ok((view, head))
}

/// Asks the core what the command changes.
pub(super) fn decide_on(store: Store, view: &View, job: &Job) -> Result<Vec<sitebook_core::ledger::Change>, Refusal> {
    let content = store.content();
    let exists = view.record.created.is_some();
    let kind = match (&job.command, view.record.kind()) {
        (Command::Create { kind, .. }, None) => *kind,
        (_, Some(kind)) => kind,
        _ => return Err(Refusal::NoRecord),
    };
    if kind == RecordKind::Template {
        let record = exists.then_some(&view.record);
        return decide(&job.command, &Context::Template { record }, job.now, &job.actor);
    }
    if kind != RecordKind::Visit {
        let template = content.record(kind).ok_or(Refusal::NoRecord)?;
        let record = exists.then_some(&view.record);
        return decide(&job.command, &Context::Basic { template, record }, job.now, &job.actor);
    }
    if !exists {
        return decide(&job.command, &Context::NewVisit, job.now, &job.actor);
    }
    let scope: Scope<'_> = view.scope(&content.library).ok_or(Refusal::NoRecord)?;
    decide(&job.command, &Context::Visit { scope: &scope }, job.now, &job.actor)
}

/// Ops as they would be, for the screen to paint before the disk has them.
pub(super) fn provisional(job: &Job, view: &View, changes: Vec<sitebook_core::ledger::Change>) -> Vec<Op> {
    let device = DeviceId::at(0, [0; 10]);
    let mut hlc = view.record.updated.as_ref().map_or_else(Default::default, |touch| touch.hlc);
    changes
        .into_iter()
        .zip(&job.ids)
        .map(|(change, id)| {
            hlc = hlc.tick(job.now.at);
            Op {
                id: id.clone(),
                record: job.record.clone(),
                device: device.clone(),
                actor: job.actor.clone(),
                hlc,
                tz: job.now.tz,
                seq: 0,
                prev: None,
                change,
            }
        })
        .collect()
}
