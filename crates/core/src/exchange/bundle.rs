//! The shape of the file, its digest and its writing.

use super::view::RecordView;
use crate::ids::DeviceId;
use crate::json;
use crate::json::fields::{Blank, fields};
use crate::ledger::{Attachment, Sealed, hex};
use crate::time::Stamp;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::fmt;

/// The word by which a file is known as ours.
pub const FORMAT: &str = "sitebook-bundle";
/// The version of the shape that this build writes and reads.
pub const SCHEMA: u32 = 1;

/// Who wrote the file, when and where.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exported {
    /// When.
    pub at: Stamp,
    /// The person's name as set in the profile.
    pub by: String,
    /// The company as set in the profile.
    pub company: String,
    /// The device.
    pub device: DeviceId,
}

fields!(strict Exported { at, by, company, device });

/// The whole file. `data` is borrowed from the bytes read.
#[derive(Debug, Serialize)]
pub(super) struct Bundle<'a> {
    pub format: String,
    pub schema: u32,
    pub app: String,
    pub exported: Exported,
    /// For people and other tools; an import folds the ops instead.
    pub records: Vec<RecordView>,
    pub templates: Vec<Pinned>,
    pub ops: Vec<Sealed>,
    pub attachments: Vec<Carried<'a>>,
    /// SHA-256 of pictures that the ops name and the exporting device did not have.
    pub missing: Vec<String>,
    pub digest: String,
}

fields!(strict Bundle<'de> {
    format,
    schema,
    app,
    exported,
    records,
    templates,
    ops,
    attachments,
    missing,
    digest,
});

/// A procedure that a visit of the file runs.
#[derive(Debug, Serialize)]
pub(super) struct Pinned {
    pub digest: String,
    /// As it was pinned: its digest covers every key, also one that this build would pass over.
    pub procedure: json::Any,
}

fields!(strict Pinned { digest, procedure });

/// A picture with its bytes in base64.
#[derive(Debug, Serialize)]
pub(super) struct Carried<'a> {
    pub sha256: String,
    pub mime: String,
    pub size: u64,
    pub width: u32,
    pub height: u32,
    pub data: Lent<'a>,
}

fields!(strict Carried<'de> { sha256, mime, size, width, height, data });

/// A text that is borrowed from the file: a picture is not copied before it is decoded.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct Lent<'a>(pub Cow<'a, str>);

impl Blank for Lent<'_> {
    fn blank() -> Self {
        Lent(Cow::Borrowed(""))
    }
}

impl<'de> Deserialize<'de> for Lent<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Lent<'de>, D::Error> {
        deserializer.deserialize_str(AnyText)
    }
}

struct AnyText;

impl<'de> Visitor<'de> for AnyText {
    type Value = Lent<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a text")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Lent<'de>, E> {
        Ok(Lent(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Lent<'de>, E> {
        Ok(Lent(Cow::Owned(text.to_owned())))
    }
}

impl Carried<'_> {
    /// What the ops say of it.
    pub fn attachment(&self) -> Attachment {
        let (sha256, mime) = (self.sha256.clone(), self.mime.clone());
        Attachment { sha256, mime, size: self.size, width: self.width, height: self.height }
    }
}

/// SHA-256 over canonical JSON that is never in memory as a whole.
struct Sum {
    hash: Sha256,
    first: bool,
}

impl Sum {
    fn key(&mut self, key: &str) {
        let before = if self.first { "{" } else { "," };
        self.first = false;
        self.hash.update(format!("{before}\"{key}\":").as_bytes());
    }

    fn one<T: Serialize>(&mut self, key: &str, value: &T) -> Result<(), json::Error> {
        self.key(key);
        self.hash.update(json::write(value)?);
        Ok(())
    }

    fn list<T: Serialize>(&mut self, key: &str, values: &[T]) -> Result<(), json::Error> {
        self.key(key);
        for (n, value) in values.iter().enumerate() {
            self.hash.update(if n == 0 { "[" } else { "," });
            self.hash.update(json::write(value)?);
        }
        self.hash.update(if values.is_empty() { "[]" } else { "]" });
        Ok(())
    }
}

impl Bundle<'_> {
    /// SHA-256 (hex) of the canonical JSON (RFC 8785) of the bundle without `digest`. Keys go in sorted order.
    pub fn sum(&self) -> Result<String, json::Error> {
        let mut sum = Sum { hash: Sha256::new(), first: true };
        sum.one("app", &self.app)?;
        sum.list("attachments", &self.attachments)?;
        sum.one("exported", &self.exported)?;
        sum.one("format", &self.format)?;
        sum.list("missing", &self.missing)?;
        sum.list("ops", &self.ops)?;
        sum.list("records", &self.records)?;
        sum.one("schema", &self.schema)?;
        sum.list("templates", &self.templates)?;
        sum.hash.update("}");
        Ok(hex(&sum.hash.finalize()))
    }

    /// The file: UTF-8 JSON, one element a line.
    pub fn write(&self) -> Result<Vec<u8>, json::Error> {
        let mut out = Vec::new();
        one(&mut out, "{\"format\":", &self.format)?;
        one(&mut out, ",\"schema\":", &self.schema)?;
        one(&mut out, ",\"app\":", &self.app)?;
        one(&mut out, ",\n\"exported\":", &self.exported)?;
        list(&mut out, ",\n\"records\":", &self.records)?;
        list(&mut out, ",\n\"templates\":", &self.templates)?;
        list(&mut out, ",\n\"ops\":", &self.ops)?;
        list(&mut out, ",\n\"attachments\":", &self.attachments)?;
        list(&mut out, ",\n\"missing\":", &self.missing)?;
        one(&mut out, ",\n\"digest\":", &self.digest)?;
        out.extend_from_slice(b"}\n");
        Ok(out)
    }
}

fn one<T: Serialize>(out: &mut Vec<u8>, before: &str, value: &T) -> Result<(), json::Error> {
    out.extend_from_slice(before.as_bytes());
    out.extend_from_slice(json::write(value)?.as_bytes());
    Ok(())
}

fn list<T: Serialize>(out: &mut Vec<u8>, before: &str, values: &[T]) -> Result<(), json::Error> {
    out.extend_from_slice(before.as_bytes());
    for (n, value) in values.iter().enumerate() {
        one(out, if n == 0 { "[\n" } else { ",\n" }, value)?;
    }
    out.extend_from_slice(if values.is_empty() { b"[]" } else { b"\n]" });
    Ok(())
}
