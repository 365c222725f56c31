//! Basic records (customer, site, contact, asset, work order) and the sample, as data.

use super::Capture;
use crate::json::fields::{fields, variants};
use crate::text::Text;
use serde::Serialize;
use std::collections::BTreeMap;

/// The fields of one kind of basic record: one file under `content/records/`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RecordTemplate {
    /// Version of the language.
    pub schema: u32,
    /// The kind: `customer`, `site`, `contact`, `asset`, `order`.
    pub id: String,
    /// Version of this template.
    pub version: u32,
    /// What one is called.
    pub title: Text,
    /// The field shown as the record's name in lists.
    pub name: String,
    /// The field shown below the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The fields in order.
    #[serde(rename = "field")]
    pub fields: Vec<Capture>,
}

fields!(strict RecordTemplate {
    schema,
    id,
    version,
    title,
    name,
    detail or None,
    fields as "field" or Vec::new(),
});

impl RecordTemplate {
    /// The field with this id.
    pub fn field(&self, id: &str) -> Option<&Capture> {
        self.fields.iter().find(|field| field.id == id)
    }
}

/// Records offered on first use to try the app with: `content/sample.toml`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Sample {
    /// Version of the language.
    pub schema: u32,
    /// The records, referenced ones first.
    #[serde(rename = "record")]
    pub records: Vec<SampleRecord>,
}

fields!(strict Sample {
    schema, records as "record" or Vec::new()
});

/// One record of the sample.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SampleRecord {
    /// Name by which other sample records refer to it.
    pub key: String,
    /// Kind of record.
    pub kind: String,
    /// Values by field id.
    pub values: BTreeMap<String, SampleValue>,
}

fields!(strict SampleRecord {
    key, kind, values
});

/// A value of the sample.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SampleValue {
    /// Words in both languages.
    Text(Text),
    /// The sample record with this key.
    Ref(String),
    /// A moment so many hours after the sample is made, on the full hour.
    InHours(i32),
    /// A number.
    Number(f64),
    /// A choice id, a serial, a phone number: the same in both languages.
    Plain(String),
}

variants!(SampleValue {
    "text" => Text(text),
    "ref" => Ref(key),
    "in-hours" => InHours(hours),
    "number" => Number(number),
    "plain" => Plain(word),
});
