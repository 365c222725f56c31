//! Reading a bundle: from foreign bytes to ops, procedures and pictures that hold what they promise.

use super::bundle::{Bundle, Carried, Exported, FORMAT, Pinned, SCHEMA};
use super::check::{check_op, text};
use super::error::{ImportError, Part, at_most, short};
use super::export::{named_pictures, pinned, shape};
use super::{limits, scan::scan};
use crate::ids::{DeviceId, RecordId};
use crate::ledger::{
    Attachment, Head, Sealed, TemplateRef, canonical, hex, is_sha256, sha256, verify_ops,
};
use crate::template::{self, Procedure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use std::collections::BTreeSet;

/// A bundle that holds what it promises. Whether it fits what is known here, [`super::preview`] tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// Name and version of the app that wrote it.
    pub app: String,
    /// Who exported it, when, on which device.
    pub exported: Exported,
    /// The ops.
    pub ops: Vec<Sealed>,
    /// Procedures that visits of the file run.
    pub templates: Vec<Template>,
    /// Procedures that visits of the file run and that the file does not hold.
    pub lacking: Vec<TemplateRef>,
    /// Pictures.
    pub attachments: Vec<Picture>,
    /// SHA-256 of pictures that the ops name and that the exporting device did not have.
    pub missing: Vec<String>,
    /// The digest of the file.
    pub digest: String,
}

/// A procedure of a bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// What visits call it.
    pub reference: TemplateRef,
    /// The procedure.
    pub procedure: Procedure,
    /// Its canonical JSON, whose SHA-256 is the digest.
    pub json: String,
}

/// A picture of a bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// What the ops say of it.
    pub attachment: Attachment,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Incoming {
    /// The records that the ops belong to.
    pub fn record_ids(&self) -> BTreeSet<&RecordId> {
        self.ops.iter().map(|sealed| &sealed.op.record).collect()
    }

    /// The head of this device's chain after the import: its clock has seen the file's ops, and where the file holds
    /// later ops of this very device (a restored backup), the chain goes on after them.
    #[must_use]
    pub fn advance(&self, head: &Head) -> Head {
        let mut head = head.clone();
        for Sealed { op, hash } in &self.ops {
            head.hlc = head.hlc.observe(op.hlc);
            if op.device == head.device && op.seq > head.seq {
                head.seq = op.seq;
                head.hash = Some(hash.clone());
            }
        }
        head
    }
}

/// Just enough to know whose file it is.
#[derive(Deserialize)]
struct Peek {
    #[serde(default)]
    format: serde_json::Value,
    #[serde(default)]
    schema: serde_json::Value,
}

/// Reads a bundle. Nothing of it is handed on unless all of it holds.
///
/// # Errors
/// The first thing that does not fit, see [`ImportError`].
pub fn read(bytes: &[u8]) -> Result<Incoming, ImportError> {
    if bytes.len() > limits::BYTES {
        return Err(ImportError::TooBig {
            is: bytes.len(),
            max: limits::BYTES,
        });
    }
    let json = std::str::from_utf8(bytes).map_err(|_| ImportError::NotText)?;
    // Some editors put a byte order mark in front of what they save.
    let json = json.strip_prefix('\u{FEFF}').unwrap_or(json);
    if json.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    scan(json)?;
    whose(json)?;
    let bundle: Bundle<'_> = serde_json::from_str(json).map_err(|error| parse_error(&error))?;
    check(bundle)
}

fn parse_error(error: &serde_json::Error) -> ImportError {
    let (line, column) = (error.line(), error.column());
    let said = error.to_string();
    let detail = short(
        said.rsplit_once(" at line ")
            .map_or(said.as_str(), |(detail, _)| detail),
    );
    match error.classify() {
        serde_json::error::Category::Data => ImportError::Shape {
            line,
            column,
            detail,
        },
        serde_json::error::Category::Eof => ImportError::Truncated { line },
        _ => ImportError::Syntax {
            line,
            column,
            detail,
        },
    }
}

fn whose(json: &str) -> Result<(), ImportError> {
    let peek: Peek = serde_json::from_str(json).map_err(|error| match parse_error(&error) {
        ImportError::Shape { .. } => ImportError::Foreign,
        other => other,
    })?;
    if peek.format.as_str() != Some(FORMAT) {
        return Err(ImportError::Foreign);
    }
    match peek.schema.as_u64().map(u32::try_from) {
        Some(Ok(SCHEMA)) => Ok(()),
        Some(newer) if newer.is_ok_and(|schema| schema > SCHEMA) => Err(ImportError::TooNew {
            schema: newer.unwrap_or(u32::MAX),
            reads: SCHEMA,
        }),
        _ => Err(ImportError::Foreign),
    }
}

fn check(bundle: Bundle<'_>) -> Result<Incoming, ImportError> {
    at_most("ops", bundle.ops.len(), limits::OPS)?;
    at_most("records", bundle.records.len(), limits::RECORDS)?;
    at_most(
        "pictures",
        bundle.attachments.len() + bundle.missing.len(),
        limits::PICTURES,
    )?;
    at_most("templates", bundle.templates.len(), limits::TEMPLATES)?;
    if bundle.sum().ok().as_ref() != Some(&bundle.digest) {
        return Err(ImportError::Altered(Part::File));
    }
    head(&bundle)?;
    bundle.ops.iter().try_for_each(check_op)?;
    let records: BTreeSet<&RecordId> = bundle.ops.iter().map(|sealed| &sealed.op.record).collect();
    at_most("records", records.len(), limits::RECORDS)?;
    verify_ops(&bundle.ops)?;
    let (templates, lacking) = templates(bundle.templates, &bundle.ops)?;
    let attachments = pictures(&bundle.attachments, &bundle.missing, &bundle.ops)?;
    let Bundle {
        app,
        exported,
        ops,
        missing,
        digest,
        ..
    } = bundle;
    Ok(Incoming {
        app,
        exported,
        ops,
        templates,
        lacking,
        attachments,
        missing,
        digest,
    })
}

fn head(bundle: &Bundle<'_>) -> Result<(), ImportError> {
    let exported = &bundle.exported;
    let fits = DeviceId::parse(exported.device.as_str()).is_some()
        && exported.at.is_plausible()
        && [&bundle.app, &exported.by, &exported.company]
            .into_iter()
            .all(|words| text(words).is_ok());
    if fits {
        Ok(())
    } else {
        Err(ImportError::Stray(Part::Head))
    }
}

/// The procedures, each named by a visit exactly as it is, and the references that none of them answers.
fn templates(
    list: Vec<Pinned>,
    ops: &[Sealed],
) -> Result<(Vec<Template>, Vec<TemplateRef>), ImportError> {
    let mut wanted = pinned(ops);
    let mut found = Vec::with_capacity(list.len());
    for Pinned {
        digest,
        procedure: value,
    } in list
    {
        let part = || Part::Template(short(&digest));
        let json = canonical(&value)
            .ok()
            .and_then(|json| String::from_utf8(json).ok());
        let json = json.filter(|json| hex(&sha256(json.as_bytes())) == digest);
        let json = json.ok_or_else(|| ImportError::Altered(part()))?;
        let reference = wanted
            .remove(digest.as_str())
            .ok_or_else(|| ImportError::Stray(part()))?;
        let procedure = procedure(value)
            .map_err(|error| error.unwrap_or_else(|| ImportError::Stray(part())))?;
        if (&procedure.id, procedure.version) != (&reference.id, reference.version) {
            return Err(ImportError::Stray(part()));
        }
        found.push(Template {
            reference: reference.clone(),
            procedure,
            json,
        });
    }
    Ok((found, wanted.into_values().cloned().collect()))
}

/// The procedure in this build's language; `Err(None)` when it is none.
fn procedure(value: serde_json::Value) -> Result<Procedure, Option<ImportError>> {
    let schema = value.get("schema").and_then(serde_json::Value::as_u64);
    if let Some(schema) = schema.filter(|schema| *schema > u64::from(template::SCHEMA)) {
        let schema = u32::try_from(schema).unwrap_or(u32::MAX);
        return Err(Some(ImportError::TooNew {
            schema,
            reads: template::SCHEMA,
        }));
    }
    serde_json::from_value(value).map_err(|_| None)
}

/// The pictures, each named by an op exactly as it is; every one named is either there or declared missing.
fn pictures(
    list: &[Carried<'_>],
    missing: &[String],
    ops: &[Sealed],
) -> Result<Vec<Picture>, ImportError> {
    let mut wanted = named_pictures(ops);
    let mut found = Vec::with_capacity(list.len());
    for carried in list {
        let part = || Part::Picture(short(&carried.sha256));
        let attachment = carried.attachment();
        let named = wanted.remove(carried.sha256.as_str());
        if named.is_none_or(|shapes| shapes.iter().any(|named| *named != shape(&attachment))) {
            return Err(ImportError::Stray(part()));
        }
        let bytes = decode(carried).filter(|bytes| is_picture(&attachment, bytes));
        let bytes = bytes.ok_or_else(|| ImportError::Altered(part()))?;
        found.push(Picture { attachment, bytes });
    }
    for sha256 in missing {
        if !is_sha256(sha256) || wanted.remove(sha256.as_str()).is_none() {
            return Err(ImportError::Stray(Part::Picture(short(sha256))));
        }
    }
    match wanted.into_keys().next() {
        Some(sha256) => Err(ImportError::Stray(Part::Picture(sha256.to_owned()))),
        None => Ok(found),
    }
}

/// The bytes, if there are as many as declared; counted before they are decoded.
fn decode(carried: &Carried<'_>) -> Option<Vec<u8>> {
    let size = usize::try_from(carried.size)
        .ok()
        .filter(|_| carried.size <= Attachment::MAX_SIZE)?;
    if carried.data.len() != size.div_ceil(3) * 4 {
        return None;
    }
    STANDARD.decode(carried.data.as_bytes()).ok()
}

/// Whether the bytes are what the op says: size, kind by their first bytes, and SHA-256.
pub(super) fn is_picture(attachment: &Attachment, bytes: &[u8]) -> bool {
    let begins = match attachment.mime.as_str() {
        "image/jpeg" => bytes.starts_with(&[0xFF, 0xD8, 0xFF]),
        "image/png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        "image/webp" => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        _ => false,
    };
    begins
        && attachment.is_plausible()
        && u64::try_from(bytes.len()) == Ok(attachment.size)
        && hex(&sha256(bytes)) == attachment.sha256
}
