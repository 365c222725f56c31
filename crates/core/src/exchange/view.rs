//! A record as people and other tools read it in the file: what counts now, in plain JSON, moments as ISO 8601.
//!
//! It is made from the ops and never read back: an import folds the ops. Taken-back facts are left out; they are in
//! the ops.

use crate::gathered::gathered;
use crate::ledger::{Fact, FactKind, Field, Record, RecordKind, State, TemplateRef};
use crate::time::Stamp;
use crate::value::Value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A record as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordView {
    /// Record id.
    pub id: String,
    /// Kind; absent when the file does not hold the record's beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<RecordKind>,
    /// Number, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The procedure it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<TemplateRef>,
    /// Open or closed.
    pub state: State,
    /// Why it is void, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void: Option<String>,
    /// When and by whom it was begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<By>,
    /// When and by whom it was changed last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<By>,
    /// Values by field key; taken-back answers are left out.
    pub fields: BTreeMap<String, Plain>,
    /// All values of fields and cells (`table/row/column`) that two people changed without knowing of each other.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub conflicts: BTreeMap<String, Vec<Plain>>,
    /// Rows by table key, each with its values by column.
    pub tables: BTreeMap<String, Vec<BTreeMap<String, Plain>>>,
    /// Stamps by field key.
    pub stamps: BTreeMap<String, Vec<StampView>>,
    /// Photos by field key.
    pub photos: BTreeMap<String, Vec<PhotoView>>,
    /// Signatures by field key.
    pub signatures: BTreeMap<String, Vec<SignatureView>>,
    /// What was overridden.
    pub overrides: Vec<OverrideView>,
}

/// Who and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct By {
    /// The moment, ISO 8601 with offset.
    pub at: String,
    /// The person.
    pub by: String,
}

/// A value in plain JSON; a moment is ISO 8601 with offset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Plain {
    /// A tick.
    Bool(bool),
    /// A number.
    Number(f64),
    /// Text or a moment.
    Text(String),
    /// Nothing: a taken-back answer in a conflict.
    Empty(()),
}

/// A stamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StampView {
    /// The stamped moment, ISO 8601 with offset.
    pub moment: String,
    /// Entered by hand.
    pub by_hand: bool,
    /// When it was entered, ISO 8601 with offset.
    pub at: String,
    /// The person.
    pub by: String,
}

/// A photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhotoView {
    /// Address of the picture among `attachments`.
    pub sha256: String,
    /// Words below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// When it was attached, ISO 8601 with offset.
    pub at: String,
    /// The person.
    pub by: String,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureView {
    /// Name of the signer.
    pub name: String,
    /// Role of the signer.
    pub role: String,
    /// Address of the drawing among `attachments`.
    pub sha256: String,
    /// When it was signed, ISO 8601 with offset.
    pub at: String,
    /// On whose phone.
    pub by: String,
}

/// A gate passed or a step left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverrideView {
    /// What, see `work::Target`.
    pub target: String,
    /// Why.
    pub reason: String,
    /// Who approved.
    pub approver: String,
    /// When it was entered, ISO 8601 with offset.
    pub at: String,
    /// The person.
    pub by: String,
}

fn iso(stamp: Stamp) -> String {
    stamp.local().map(|local| local.to_rfc3339_opts(chrono::SecondsFormat::Secs, false)).unwrap_or_default()
}

fn plain(value: &Value) -> Plain {
    match value {
        Value::Bool(value) => Plain::Bool(*value),
        Value::Number(number) => Plain::Number(*number),
        Value::Text(text) => Plain::Text(text.clone()),
        Value::Moment(stamp) => Plain::Text(iso(*stamp)),
        Value::Empty(()) => Plain::Empty(()),
    }
}

fn by(touch: &crate::ledger::Touch) -> By {
    By { at: iso(touch.stamp()), by: touch.actor.clone() }
}

/// The facts that count of every field, as `pick` shows them; fields without any are left out.
fn facts<T>(record: &Record, pick: impl Fn(&Fact) -> Option<T>) -> BTreeMap<String, Vec<T>> {
    let list = |field: &String| {
        let list: Vec<T> = record.facts(field).filter_map(&pick).collect();
        (!list.is_empty()).then(|| (field.clone(), list))
    };
    gathered(record.facts.keys().filter_map(list))
}

/// The record as people read it.
pub fn view(record: &Record) -> RecordView {
    let created = record.created.as_ref();
    RecordView {
        id: record.id.to_string(),
        kind: record.kind(),
        number: created.and_then(|created| created.number.clone()),
        template: created.and_then(|created| created.template.clone()),
        state: record.state(),
        void: record.void.as_ref().map(|(_, _, reason)| reason.clone()),
        created: created.map(|created| by(&created.touch)),
        updated: record.updated.as_ref().map(by),
        fields: values(&record.fields),
        conflicts: conflicts(record),
        tables: tables(record),
        stamps: facts(record, stamp),
        photos: facts(record, photo),
        signatures: facts(record, signature),
        overrides: record.overrides.keys().filter_map(|target| overridden(record, target)).collect(),
    }
}

fn values(fields: &BTreeMap<String, Field>) -> BTreeMap<String, Plain> {
    let shown = |field: &Field| field.value().filter(|value| **value != Value::EMPTY).map(plain);
    gathered(fields.iter().filter_map(|(key, field)| Some((key.clone(), shown(field)?))))
}

fn tables(record: &Record) -> BTreeMap<String, Vec<BTreeMap<String, Plain>>> {
    let rows = |table: &str| record.rows(table).into_iter().map(|(_, row)| values(&row.cells)).collect();
    gathered(record.tables.keys().map(|table| (table.clone(), rows(table))))
}

fn conflicts(record: &Record) -> BTreeMap<String, Vec<Plain>> {
    let cells = record.tables.keys().flat_map(|table| {
        record.rows(table).into_iter().flat_map(move |(id, row)| {
            row.cells.iter().map(move |(column, cell)| (format!("{table}/{id}/{column}"), cell))
        })
    });
    let fields = record.fields.iter().map(|(key, field)| (key.clone(), field));
    let values = |field: &Field| field.heads.iter().map(|head| plain(&head.value)).collect();
    let torn = fields.chain(cells).filter(|(_, field)| field.in_conflict());
    gathered(torn.map(|(key, field)| (key, values(field))))
}

fn stamp(fact: &Fact) -> Option<StampView> {
    let FactKind::Stamp { at: moment, by_hand } = fact.kind else {
        return None;
    };
    let By { at, by } = by(&fact.touch);
    Some(StampView { moment: iso(moment), by_hand, at, by })
}

fn photo(fact: &Fact) -> Option<PhotoView> {
    let FactKind::Photo { attachment, caption } = &fact.kind else {
        return None;
    };
    let By { at, by } = by(&fact.touch);
    Some(PhotoView { sha256: attachment.sha256.clone(), caption: caption.clone(), at, by })
}

fn signature(fact: &Fact) -> Option<SignatureView> {
    let FactKind::Signature { name, role, image, .. } = &fact.kind else {
        return None;
    };
    let By { at, by } = by(&fact.touch);
    Some(SignatureView { name: name.clone(), role: role.clone(), sha256: image.sha256.clone(), at, by })
}

fn overridden(record: &Record, target: &str) -> Option<OverrideView> {
    let fact = record.override_of(target)?;
    let FactKind::Override { reason, approver } = &fact.kind else {
        return None;
    };
    let By { at, by } = by(&fact.touch);
    let target = target.to_owned();
    Some(OverrideView { target, reason: reason.clone(), approver: approver.clone(), at, by })
}
