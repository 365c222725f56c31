//! Reads: one record with everything around it, list lines, due items, attachment bytes.

use super::error::StoreError;
use super::{Store, numbers};
use crate::browser::db::{Key, Range, Table, Tx};
use leptos::prelude::{Set, WithUntracked};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sitebook_core::ids::{OpId, RecordId};
use sitebook_core::ledger::{Record, RecordKind, Sealed, State};
use sitebook_core::template::{Library, Procedure};
use sitebook_core::text::Text;
use sitebook_core::work::{Around, OtherRun, Scope, Summary};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A record with its procedure and the records around it, as of one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The record.
    pub record: Record,
    /// Order, customer, site, contact, asset, as far as it or its order names them.
    pub around: Around,
    /// For visits, and for versions of procedures: what they pin.
    pub procedure: Option<Arc<Procedure>>,
    /// Other records that have the same number of a series, by field key.
    pub twice: BTreeMap<String, Vec<String>>,
}

impl View {
    /// A record alone.
    pub fn new(record: Record) -> View {
        View { record, around: Around::default(), procedure: None, twice: BTreeMap::new() }
    }

    /// What predicates and forms can ask about; `None` for basic records.
    pub fn scope<'a>(&'a self, library: &'a Library) -> Option<Scope<'a>> {
        let procedure = self.procedure.as_deref().filter(|_| self.record.kind() != Some(RecordKind::Template))?;
        Some(Scope::new(library, procedure, &self.record, &self.around))
    }
}

/// A running deadline in the list of due items.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DueRow {
    /// The visit.
    pub record: String,
    /// Id of the deadline.
    pub id: String,
    /// What is due.
    pub title: Text,
    /// The clause that sets it.
    pub clause: String,
    /// When, milliseconds since 1970.
    pub at: i64,
    /// Where it is met.
    pub step: String,
    /// The appointment that it counts from, if there is one; rows of earlier versions do not tell.
    #[serde(default)]
    pub appointment: Option<i64>,
}

pub(super) fn parse<T: DeserializeOwned>(json: &str) -> Result<T, StoreError> {
    Ok(sitebook_core::json::read(json)?)
}

pub(super) fn parse_all<T: DeserializeOwned>(rows: &[String]) -> Result<Vec<T>, StoreError> {
    rows.iter().map(|json| parse(json)).collect()
}

pub(super) async fn read_record(tx: &Tx, id: &str) -> Result<Option<Record>, StoreError> {
    tx.get(Table::Records, id).await?.map(|json| parse(&json)).transpose()
}

/// The records around a record: those that a visit's order names, with the order, or those that it names itself.
pub(super) async fn read_around(tx: &Tx, record: &Record) -> Result<Around, StoreError> {
    let mut around = Around::default();
    let order = match record.text("visit.order") {
        Some(order) => read_record(tx, order).await?,
        None => None,
    };
    for field in ["customer", "site", "contact", "asset"] {
        if let Some(id) = order.as_ref().unwrap_or(record).text(field)
            && let Some(record) = read_record(tx, id).await?
        {
            around.set(record);
        }
    }
    if let Some(order) = order {
        around.others = read_others(tx, &order, record).await?;
        around.set(order);
    }
    if let Some(profile) = read_record(tx, RecordId::profile().as_str()).await? {
        around.set(profile);
    }
    Ok(around)
}

/// What the list lines say of the other runs under a work order.
async fn read_others(tx: &Tx, order: &Record, but: &Record) -> Result<Vec<OtherRun>, StoreError> {
    let range = Range::Only(vec![Key::Text(order.id.to_string())]);
    let mut others = Vec::new();
    for json in tx.list(Table::Lines, "order", &range, None).await? {
        let Ok(line) = parse::<Summary>(&json) else { continue };
        if let Some(procedure) = line.procedure.filter(|_| !line.void && line.id != but.id.as_str()) {
            let closed = line.state == State::Closed;
            others.push(OtherRun { id: line.id, procedure, outcomes: line.outcomes, closed });
        }
    }
    Ok(others)
}

/// A record with everything around it, inside a transaction.
pub(super) async fn read_view(tx: &Tx, store: Store, id: &RecordId) -> Result<Option<View>, StoreError> {
    let Some(record) = read_record(tx, id.as_str()).await? else { return Ok(None) };
    let mut view = View::new(record);
    view.around = read_around(tx, &view.record).await?;
    if view.record.kind() == Some(RecordKind::Template) {
        view.procedure = read_procedure(tx, store, &view.record).await?;
    }
    if view.record.kind() == Some(RecordKind::Visit) {
        view.procedure = read_procedure(tx, store, &view.record).await?;
        view.twice = numbers::twice(tx, &view).await?;
    }
    Ok(Some(view))
}

async fn read_procedure(tx: &Tx, store: Store, record: &Record) -> Result<Option<Arc<Procedure>>, StoreError> {
    let Some(reference) = record.created.as_ref().and_then(|created| created.template.as_ref()) else {
        return Ok(None);
    };
    if let Some(known) = store.known_procedure(&reference.digest) {
        return Ok(Some(known));
    }
    let Some(json) = tx.get(Table::Templates, &reference.digest).await? else { return Ok(None) };
    let procedure = Arc::new(parse::<Procedure>(&json)?);
    store.remember_procedure(&reference.digest, &procedure);
    Ok(Some(procedure))
}

const READ: [Table; 4] = [Table::Records, Table::Templates, Table::Lines, Table::Meta];

/// Latest sort key: later than any moment that a record accepts.
const END: f64 = 9e15;

impl Store {
    /// A record with everything around it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn view(self, id: &RecordId) -> Result<Option<View>, StoreError> {
        let tx = self.db()?.read(&READ)?;
        let view = read_view(&tx, self, id).await?;
        self.forms_for(view.as_ref().and_then(|view| view.procedure.as_deref())).await?;
        Ok(view)
    }

    /// List lines of a kind and state (`open`, `closed`, `void`), by agreed time or latest change.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn lines(self, kind: RecordKind, state: &str, limit: Option<u32>) -> Result<Vec<Summary>, StoreError> {
        let key = |sort: f64| vec![Key::Text(kind.id().to_owned()), Key::Text(state.to_owned()), Key::Number(sort)];
        self.list(Table::Lines, "sort", &Range::Between(key(0.0), key(END)), limit).await
    }

    /// List lines of a kind and state, latest change first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn recent(self, kind: RecordKind, state: &str, limit: u32) -> Result<Vec<Summary>, StoreError> {
        let key = |sort: f64| vec![Key::Text(kind.id().to_owned()), Key::Text(state.to_owned()), Key::Number(sort)];
        self.list(Table::Lines, "recent", &Range::Between(key(-END), key(END)), Some(limit)).await
    }

    /// The lines of several records, by id.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn lines_of(self, ids: &[String]) -> Result<BTreeMap<String, Summary>, StoreError> {
        let tx = self.db()?.read(&[Table::Lines])?;
        let mut found = BTreeMap::new();
        for id in ids {
            if let Some(json) = tx.get(Table::Lines, id).await?
                && let Some(line) = self.readable(&[json]).pop()
            {
                found.insert(id.clone(), line);
            }
        }
        Ok(found)
    }

    /// The visits of a work order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn visits_of(self, order: &str) -> Result<Vec<Summary>, StoreError> {
        self.list(Table::Lines, "order", &Range::Only(vec![Key::Text(order.to_owned())]), None).await
    }

    /// Running deadlines, most urgent first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn dues(self, limit: u32) -> Result<Vec<DueRow>, StoreError> {
        self.list(Table::Dues, "at", &Range::All, Some(limit)).await
    }

    /// Running deadlines of one visit.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn dues_of(self, visit: &str) -> Result<Vec<DueRow>, StoreError> {
        self.list(Table::Dues, "record", &Range::Only(vec![Key::Text(visit.to_owned())]), None).await
    }

    /// Work orders that are not done, agreed for a time between two moments.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn appointments(self, from: i64, to: i64, limit: u32) -> Result<Vec<Summary>, StoreError> {
        let mut found = Vec::new();
        for state in ["open", "begun"] {
            let key = |at: i64| {
                vec![Key::Text(RecordKind::Order.id().to_owned()), Key::Text(state.to_owned()), Key::Number(at as f64)]
            };
            let lines: Vec<Summary> =
                self.list(Table::Lines, "sort", &Range::Between(key(from), key(to)), Some(limit)).await?;
            found.extend(lines.into_iter().filter(|line| line.agreed().is_some()));
        }
        Ok(found)
    }

    /// The readable rows of a list. A failure is noted in [`Store::unread`], so that no page takes it for an empty
    /// book.
    async fn list<T: DeserializeOwned>(
        self,
        table: Table,
        index: &str,
        range: &Range,
        limit: Option<u32>,
    ) -> Result<Vec<T>, StoreError> {
        let rows: Result<Vec<String>, StoreError> = async {
            let tx = self.db()?.read(&[table])?;
            Ok(tx.list(table, index, range, limit).await?)
        }
        .await;
        let trouble = rows.as_ref().err().cloned();
        if self.unread.with_untracked(|known| *known != trouble) {
            self.unread.set(trouble);
        }
        Ok(self.readable(&rows?))
    }

    /// Bytes of an attachment, or its small picture.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn blob(self, sha256: &str, small: bool) -> Result<Option<Vec<u8>>, StoreError> {
        let tx = self.db()?.read(&[Table::Blobs])?;
        Ok(tx.bytes(Table::Blobs, sha256, small).await?)
    }

    /// How many entries, and how many photos and signatures, are on this device.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn holds(self) -> Result<(u32, u32), StoreError> {
        let tx = self.db()?.read(&[Table::Ops, Table::Blobs])?;
        Ok((tx.count(Table::Ops).await?, tx.count(Table::Blobs).await?))
    }

    /// The short names of the devices that made these ops.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn devices_of(self, ops: &[OpId]) -> Result<BTreeMap<OpId, String>, StoreError> {
        let tx = self.db()?.read(&[Table::Ops])?;
        let mut found = BTreeMap::new();
        for id in ops {
            if let Some(json) = tx.get(Table::Ops, id.as_str()).await? {
                found.insert(id.clone(), parse::<Sealed>(&json)?.op.device.tag());
            }
        }
        Ok(found)
    }

    /// The ops of a record, in the order of their ids.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn ops(self, record: &str) -> Result<Vec<Sealed>, StoreError> {
        let tx = self.db()?.read(&[Table::Ops])?;
        let range = Range::Only(vec![Key::Text(record.to_owned())]);
        tx.list(Table::Ops, "record", &range, None).await?.iter().map(|json| parse(json)).collect()
    }
}
