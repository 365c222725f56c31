//! A record as people and other tools read it in the file: what counts now, in plain JSON, moments as ISO 8601.
//!
//! It is made from the ops and never read back: an import folds the ops. Taken-back facts are left out; they are in
//! the ops.

use crate::json::Object;
use crate::json::fields::fields;
use crate::ledger::{Fact, FactKind, Field, Photo, Record, RecordKind, State, TemplateRef};
use crate::value::Value;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A record as it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordView {
    /// Record id.
    pub id: String,
    /// Kind; absent when the file does not hold the record's beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<RecordKind>,
    /// Number, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The procedure it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<TemplateRef>,
    /// Open or closed.
    pub state: State,
    /// Why it is void, if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub void: Option<String>,
    /// When and by whom it was begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<By>,
    /// When and by whom it was changed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<By>,
    /// Values by field key; taken-back answers are left out.
    pub fields: Object<Plain>,
    /// All values of fields and cells (`table/row/column`) that two people changed without knowing of each other.
    #[serde(skip_serializing_if = "Object::is_empty")]
    pub conflicts: Object<Vec<Plain>>,
    /// Rows by table key, each with its values by column.
    pub tables: Object<Vec<Object<Plain>>>,
    /// Stamps by field key.
    pub stamps: Object<Vec<StampView>>,
    /// Photos by field key.
    pub photos: Object<Vec<PhotoView>>,
    /// Signatures by field key.
    pub signatures: Object<Vec<SignatureView>>,
    /// What was overridden.
    pub overrides: Vec<OverrideView>,
}

fields!(strict RecordView {
    id,
    kind or None,
    number or None,
    template or None,
    state,
    void or None,
    created or None,
    updated or None,
    fields,
    conflicts or Object(Vec::new()),
    tables,
    stamps,
    photos,
    signatures,
    overrides,
});

/// Who and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct By {
    /// The moment, ISO 8601 with offset.
    pub at: String,
    /// The person.
    pub by: String,
}

fields!(strict By { at, by });

/// A value in plain JSON; a moment is ISO 8601 with offset.
#[derive(Debug, Clone, PartialEq, Serialize)]
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

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Plain, D::Error> {
        deserializer.deserialize_any(AnyPlain)
    }
}

struct AnyPlain;

impl Visitor<'_> for AnyPlain {
    type Value = Plain;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("true, false, a number, a text or null")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Plain, E> {
        Ok(Plain::Bool(value))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Plain, E> {
        Ok(Plain::Number(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Plain, E> {
        Ok(Plain::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Plain, E> {
        Ok(Plain::Text(text))
    }

    fn visit_unit<E: Error>(self) -> Result<Plain, E> {
        Ok(Plain::Empty(()))
    }
}

/// A stamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

fields!(strict StampView { moment, by_hand, at, by });

/// A photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhotoView {
    /// Address of the picture among `pictures`.
    pub sha256: String,
    /// Words below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// When it was attached, ISO 8601 with offset.
    pub at: String,
    /// The person.
    pub by: String,
}

fields!(strict PhotoView { sha256, caption or None, at, by });

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignatureView {
    /// Name of the signer.
    pub name: String,
    /// Role of the signer.
    pub role: String,
    /// Address of the drawing among `pictures`.
    pub sha256: String,
    /// When it was signed, ISO 8601 with offset.
    pub at: String,
    /// On whose phone.
    pub by: String,
}

fields!(strict SignatureView { name, role, sha256, at, by });

/// A gate passed or a step left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

fields!(strict OverrideView { target, reason, approver, at, by });

fn plain(value: &Value) -> Plain {
    match value {
        Value::Bool(value) => Plain::Bool(*value),
        Value::Number(number) => Plain::Number(*number),
        Value::Text(text) => Plain::Text(text.clone()),
        Value::Moment(stamp) => Plain::Text(stamp.iso()),
        Value::Empty(()) => Plain::Empty(()),
    }
}

fn by(touch: &crate::ledger::Touch) -> By {
    By { at: touch.stamp().iso(), by: touch.actor.clone() }
}

/// The facts that count of every field, as `pick` shows them; fields without any are left out.
fn facts<T>(record: &Record, pick: impl Fn(&Fact) -> Option<T>) -> Object<Vec<T>> {
    let list = |field: &String| {
        let list: Vec<T> = record.facts(field).filter_map(&pick).collect();
        (!list.is_empty()).then(|| (field.clone(), list))
    };
    Object::from_iter(record.facts.keys().filter_map(list))
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
        photos: photos(record),
        signatures: facts(record, signature),
        overrides: record.overrides.keys().filter_map(|target| overridden(record, target)).collect(),
    }
}

fn values(fields: &BTreeMap<String, Field>) -> Object<Plain> {
    let shown = |field: &Field| field.value().filter(|value| **value != Value::EMPTY).map(plain);
    Object::from_iter(fields.iter().filter_map(|(key, field)| Some((key.clone(), shown(field)?))))
}

fn tables(record: &Record) -> Object<Vec<Object<Plain>>> {
    let rows = |table: &str| record.rows(table).into_iter().map(|(_, row)| values(&row.cells)).collect();
    Object::from_iter(record.tables.keys().map(|table| (table.clone(), rows(table))))
}

fn conflicts(record: &Record) -> Object<Vec<Plain>> {
    let mut torn = Vec::new();
    let mut note = |key: &dyn Fn() -> String, field: &Field| {
        if field.in_conflict() {
            torn.push((key(), field.heads.iter().map(|head| plain(&head.value)).collect()));
        }
    };
    for (key, field) in &record.fields {
        note(&|| key.clone(), field);
    }
    for table in record.tables.keys() {
        for (id, row) in record.rows(table) {
            for (column, cell) in &row.cells {
                note(&|| format!("{table}/{id}/{column}"), cell);
            }
        }
    }
    Object(torn)
}

fn stamp(fact: &Fact) -> Option<StampView> {
    let FactKind::Stamp { at: moment, by_hand } = fact.kind else {
        return None;
    };
    let By { at, by } = by(&fact.touch);
    Some(StampView { moment: moment.iso(), by_hand, at, by })
}

fn photos(record: &Record) -> Object<Vec<PhotoView>> {
    let view = |photo: Photo<'_>| {
        let By { at, by } = by(&photo.fact.touch);
        PhotoView { sha256: photo.attachment.sha256.clone(), caption: photo.caption.map(str::to_owned), at, by }
    };
    let list = |field: &String| {
        let list: Vec<PhotoView> = record.photos(field).map(view).collect();
        (!list.is_empty()).then(|| (field.clone(), list))
    };
    Object::from_iter(record.facts.keys().filter_map(list))
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
