//! Reading a bundle: from foreign bytes to ops, procedures and pictures that hold what they promise.

use super::bundle::{Bundle, Carried, Exported, FORMAT, Pinned, SCHEMA};
use super::check::{check_op, text};
use super::error::{ImportError, Part, at_most, short};
use super::export::{named_pictures, pinned};
use super::{limits, scan::scan};
use crate::gathered::sorted;
use crate::ids::{DeviceId, RecordId};
use crate::json::fields::fields;
use crate::json::{self, Any};
use crate::ledger::{Attachment, Head, Sealed, TemplateRef, hex, is_sha256, sha256, verify_ops};
use crate::template::{self, Procedure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

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
    /// The records that the ops belong to, in the order of their ids.
    pub fn record_ids(&self) -> Vec<&RecordId> {
        record_ids(&self.ops)
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

fn record_ids(ops: &[Sealed]) -> Vec<&RecordId> {
    let mut ids = sorted(ops.iter().map(|sealed| &sealed.op.record).collect(), Ord::cmp);
    ids.dedup();
    ids
}

/// Just enough to know whose file it is.
struct Peek {
    format: Any,
    schema: Any,
}

fields!(Peek { format or Any::Null, schema or Any::Null });

/// Reads a bundle. Nothing of it is handed on unless all of it holds.
///
/// # Errors
/// The first thing that does not fit, see [`ImportError`].
pub fn read(bytes: &[u8]) -> Result<Incoming, ImportError> {
    if bytes.len() > limits::BYTES {
        return Err(ImportError::TooBig { is: bytes.len(), max: limits::BYTES });
    }
    let json = std::str::from_utf8(bytes).map_err(|error| match error.error_len() {
        // The bytes end in the middle of a character: the rest is missing.
        None => ImportError::Truncated { line: 1 + bytes.iter().filter(|byte| **byte == b'\n').count() },
        Some(_) => ImportError::NotText,
    })?;
    // Some editors put a byte order mark in front of what they save.
    let json = json.strip_prefix('\u{FEFF}').unwrap_or(json);
    if json.trim().is_empty() {
        return Err(ImportError::Empty);
    }
    scan(json)?;
    if !json.trim_start().starts_with('{') {
        return Err(ImportError::Foreign);
    }
    whose(json)?;
    let bundle: Bundle<'_> = json::read(json).map_err(|error| parse_error(&error))?;
    check(bundle)
}

fn parse_error(error: &json::Error) -> ImportError {
    let (line, column) = (error.line(), error.column());
    let detail = short(error.what());
    match error.fault() {
        json::Fault::Data => ImportError::Shape { line, column, detail },
        json::Fault::End => ImportError::Truncated { line },
        json::Fault::Syntax => ImportError::Syntax { line, column, detail },
    }
}

fn whose(json: &str) -> Result<(), ImportError> {
    let peek: Peek = json::read(json).map_err(|error| match parse_error(&error) {
        ImportError::Shape { .. } => ImportError::Foreign,
        other => other,
    })?;
    match (peek.format, version(Some(&peek.schema))) {
        (Any::Text(format), Some(SCHEMA)) if format == FORMAT => Ok(()),
        (Any::Text(format), Some(schema)) if format == FORMAT && schema > SCHEMA => {
            Err(ImportError::TooNew { schema, reads: SCHEMA })
        }
        _ => Err(ImportError::Foreign),
    }
}

/// The number of a shape.
fn version(json: Option<&Any>) -> Option<u32> {
    match json {
        Some(Any::Number(number)) if number.fract() == 0.0 && *number >= 0.0 => {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a cast of a number stops at the ends"
            )]
            let version = *number as u32;
            Some(version)
        }
        _ => None,
    }
}

fn check(bundle: Bundle<'_>) -> Result<Incoming, ImportError> {
    at_most("ops", bundle.ops.len(), limits::OPS)?;
    at_most("records", bundle.records.len(), limits::RECORDS)?;
    at_most("pictures", bundle.attachments.len() + bundle.missing.len(), limits::PICTURES)?;
    at_most("templates", bundle.templates.len(), limits::TEMPLATES)?;
    if bundle.sum().ok().as_ref() != Some(&bundle.digest) {
        return Err(ImportError::Altered(Part::File));
    }
    head(&bundle)?;
    bundle.ops.iter().try_for_each(check_op)?;
    at_most("records", record_ids(&bundle.ops).len(), limits::RECORDS)?;
    verify_ops(&bundle.ops)?;
    let (templates, lacking) = templates(bundle.templates, &bundle.ops)?;
    let attachments = pictures(&bundle.attachments, &bundle.missing, &bundle.ops)?;
    let Bundle { app, exported, ops, missing, digest, .. } = bundle;
    Ok(Incoming { app, exported, ops, templates, lacking, attachments, missing, digest })
}

fn head(bundle: &Bundle<'_>) -> Result<(), ImportError> {
    let exported = &bundle.exported;
    let fits = DeviceId::parse(exported.device.as_str()).is_some()
        && exported.at.is_plausible()
        && [&bundle.app, &exported.by, &exported.company].into_iter().all(|words| text(words).is_ok());
    if fits { Ok(()) } else { Err(ImportError::Stray(Part::Head)) }
}

/// Takes each of a sorted list once.
struct Once<T> {
    list: Vec<T>,
    taken: Vec<bool>,
}

impl<T> Once<T> {
    fn new(list: Vec<T>) -> Once<T> {
        let taken = vec![false; list.len()];
        Once { list, taken }
    }

    /// The one with this key, unless it is not there or was taken before.
    fn take(&mut self, key: &str, key_of: impl Fn(&T) -> &str) -> Option<&T> {
        let at = self.list.binary_search_by(|one| key_of(one).cmp(key)).ok()?;
        if std::mem::replace(&mut self.taken[at], true) { None } else { Some(&self.list[at]) }
    }

    /// Those that were not taken.
    fn left(&self) -> impl Iterator<Item = &T> {
        self.list.iter().zip(&self.taken).filter(|(_, taken)| !**taken).map(|(one, _)| one)
    }
}

/// The procedures, each named by a visit exactly as it is, and the references that none of them answers.
fn templates(list: Vec<Pinned>, ops: &[Sealed]) -> Result<(Vec<Template>, Vec<TemplateRef>), ImportError> {
    let mut wanted = Once::new(pinned(ops));
    let mut found = Vec::with_capacity(list.len());
    for Pinned { digest, procedure: value } in list {
        let part = || Part::Template(short(&digest));
        let json = json::write(&value).ok();
        let json = json.filter(|json| hex(&sha256(json.as_bytes())) == digest);
        let json = json.ok_or_else(|| ImportError::Altered(part()))?;
        let reference = wanted.take(&digest, |one| &one.digest).ok_or_else(|| ImportError::Stray(part()))?;
        let procedure =
            procedure(&value, &json).map_err(|error| error.unwrap_or_else(|| ImportError::Stray(part())))?;
        if (&procedure.id, procedure.version) != (&reference.id, reference.version) {
            return Err(ImportError::Stray(part()));
        }
        found.push(Template { reference: (*reference).clone(), procedure, json });
    }
    Ok((found, wanted.left().map(|left| (*left).clone()).collect()))
}

/// The procedure in this build's language; `Err(None)` when it is none.
fn procedure(value: &Any, json: &str) -> Result<Procedure, Option<ImportError>> {
    let schema = version(value.get("schema"));
    if let Some(schema) = schema.filter(|schema| *schema > template::SCHEMA) {
        return Err(Some(ImportError::TooNew { schema, reads: template::SCHEMA }));
    }
    json::read(json).map_err(|_| None)
}

/// The pictures, each named by an op exactly as it is; every one named is either there or declared missing.
fn pictures(list: &[Carried<'_>], missing: &[String], ops: &[Sealed]) -> Result<Vec<Picture>, ImportError> {
    let mut wanted = Once::new(named_pictures(ops));
    let mut found = Vec::with_capacity(list.len());
    for carried in list {
        let part = || Part::Picture(short(&carried.sha256));
        let attachment = carried.attachment();
        let named = wanted.take(&carried.sha256, |named| &named.attachment.sha256);
        if named.is_none_or(|named| !named.alike || *named.attachment != attachment) {
            return Err(ImportError::Stray(part()));
        }
        let bytes = decode(carried).filter(|bytes| is_picture(&attachment, bytes));
        let bytes = bytes.ok_or_else(|| ImportError::Altered(part()))?;
        found.push(Picture { attachment, bytes });
    }
    for sha256 in missing {
        if !is_sha256(sha256) || wanted.take(sha256, |named| &named.attachment.sha256).is_none() {
            return Err(ImportError::Stray(Part::Picture(short(sha256))));
        }
    }
    match wanted.left().next() {
        Some(named) => Err(ImportError::Stray(Part::Picture(named.attachment.sha256.clone()))),
        None => Ok(found),
    }
}

/// The bytes, if there are as many as declared; counted before they are decoded.
fn decode(carried: &Carried<'_>) -> Option<Vec<u8>> {
    let size = usize::try_from(carried.size).ok().filter(|_| carried.size <= Attachment::MAX_SIZE)?;
    if carried.data.0.len() != size.div_ceil(3) * 4 {
        return None;
    }
    STANDARD.decode(carried.data.0.as_bytes()).ok()
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
