//! Writing a bundle: everything that the ops name, a readable projection beside them, and a look at the result.

use super::bundle::{Bundle, Carried, Exported, FORMAT, Lent, Pinned, SCHEMA};
use super::error::ImportError;
use super::read::{Incoming, is_picture, read};
use super::view::view;
use crate::gathered::sorted;
use crate::json;
use crate::ledger::{Attachment, Change, Record, Sealed, TemplateRef, hex, sha256};
use crate::text::Text;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;

/// What goes into a bundle.
#[derive(Debug, Clone, Copy)]
pub struct Parcel<'a> {
    /// Name and version of the app, e.g. `sitebook 0.1.0`.
    pub app: &'a str,
    /// Who exports, when, on which device.
    pub exported: &'a Exported,
    /// All ops of the exported records, in any order.
    pub ops: &'a [Sealed],
    /// Canonical JSON of pinned procedures by digest. Those that no exported visit runs are left out.
    pub templates: &'a BTreeMap<String, String>,
    /// Bytes of pictures by SHA-256. Those that no op names are left out.
    pub attachments: &'a BTreeMap<String, Vec<u8>>,
}

/// A bundle, written and read back.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    /// The file, UTF-8 JSON.
    pub bytes: Vec<u8>,
    /// SHA-256 of pictures that the ops name and whose bytes are absent or damaged. The file lists them, too.
    pub missing: Vec<String>,
    /// Procedures that exported visits run and that are absent or damaged. The file can be imported only where
    /// they are known.
    pub lacking: Vec<TemplateRef>,
}

/// Why nothing was exported.
#[derive(Debug, Clone, PartialEq)]
pub enum ExportError {
    /// There is nothing to export.
    Nothing,
    /// A value cannot be written as JSON.
    Unwritable(String),
    /// The file would not be accepted by any import: too large, or an op in the store is damaged.
    Unreadable(ImportError),
    /// What was written reads back as something else.
    Different,
}

impl ExportError {
    /// The sentence for the user.
    pub fn words(&self) -> Text {
        match self {
            ExportError::Nothing => {
                Text::of("没有可导出的记录。请先选择记录。", "There is nothing to export. Choose some records first.")
            }
            ExportError::Unwritable(detail) => Text::of(
                "有内容无法写成 JSON（{0}）。没有生成文件，记录没有改变。请分开导出，找出有问题的记录。",
                "Something cannot be written as JSON ({0}). No file was made, the records are as before. Export in \
                 parts to find the record in question.",
            )
            .with(&[&super::error::short(detail)]),
            ExportError::Unreadable(ImportError::TooBig { is, max }) => Text::of(
                "文件会太大：{0} MB，最多 {1} MB。没有生成文件，记录没有改变。请分几次导出。",
                "The file would be too large: {0} MB, at most {1} MB. No file was made, the records are as before. \
                 Export in parts.",
            )
            .with(&[&is.div_ceil(1 << 20).to_string(), &(max >> 20).to_string()]),
            ExportError::Unreadable(why) => Text::of(
                "导出前的自检未通过，没有生成文件，记录没有改变。请分开导出，找出有问题的记录。原因：{0}",
                "The check before the export failed. No file was made, the records are as before. Export in parts to \
                 find the record in question. The check says: {0}",
            )
            .with_texts(&[&why.words()]),
            ExportError::Different => Text::of(
                "导出的文件读回后与原内容不同，已放弃，记录没有改变。请重试；若再次出现，请报告此问题。",
                "The file read back as something else and was given up; the records are as before. Try again, and \
                 report it if it happens once more.",
            ),
        }
    }
}

/// Writes a bundle and reads it back.
///
/// # Errors
/// When there is nothing to write, or what was written would not be accepted by [`read`].
pub fn export(parcel: &Parcel<'_>) -> Result<Export, ExportError> {
    let mut ops = sorted(parcel.ops.to_vec(), |a, b| (a.op.hlc, &a.op.id, &a.hash).cmp(&(b.op.hlc, &b.op.id, &b.hash)));
    ops.dedup();
    if ops.is_empty() {
        return Err(ExportError::Nothing);
    }
    let (attachments, missing) = pictures(&ops, parcel.attachments);
    let (templates, lacking) = procedures(&ops, parcel.templates);
    let mut bundle = Bundle {
        format: FORMAT.to_owned(),
        schema: SCHEMA,
        app: parcel.app.to_owned(),
        exported: parcel.exported.clone(),
        records: records(&ops).iter().map(view).collect(),
        templates,
        ops,
        attachments,
        missing,
        digest: String::new(),
    };
    let unwritable = |error: json::Error| ExportError::Unwritable(error.to_string());
    bundle.digest = bundle.sum().map_err(unwritable)?;
    let bytes = bundle.write().map_err(unwritable)?;
    let back = read(&bytes).map_err(ExportError::Unreadable)?;
    if !same(&back, &bundle) {
        return Err(ExportError::Different);
    }
    Ok(Export { bytes, missing: bundle.missing, lacking })
}

/// The records that the ops make, in the order of their ids.
pub(super) fn records(ops: &[Sealed]) -> Vec<Record> {
    let ops = sorted(ops.iter().collect(), |one: &&Sealed, other| one.op.record.cmp(&other.op.record));
    let mut records: Vec<Record> = Vec::new();
    for Sealed { op, .. } in ops {
        match records.last_mut() {
            Some(record) if record.id == op.record => record.apply(op),
            _ => records.push(Record::fold(&op.record, [op])),
        }
    }
    records
}

/// A picture that ops name.
pub(super) struct Named<'a> {
    /// As the first of them describes it.
    pub attachment: &'a Attachment,
    /// The others describe it alike.
    pub alike: bool,
}

/// The pictures that the ops name, in the order of their SHA-256.
pub(super) fn named_pictures(ops: &[Sealed]) -> Vec<Named<'_>> {
    let named = ops.iter().filter_map(|sealed| match &sealed.op.change {
        Change::Attach { attachment, .. } | Change::Sign { image: attachment, .. } => Some(attachment),
        _ => None,
    });
    let mut pictures: Vec<Named<'_>> = Vec::new();
    for attachment in sorted(named.collect(), |one: &&Attachment, other| one.sha256.cmp(&other.sha256)) {
        match pictures.last_mut() {
            Some(last) if last.attachment.sha256 == attachment.sha256 => last.alike &= last.attachment == attachment,
            _ => pictures.push(Named { attachment, alike: true }),
        }
    }
    pictures
}

fn pictures(ops: &[Sealed], bytes: &BTreeMap<String, Vec<u8>>) -> (Vec<Carried<'static>>, Vec<String>) {
    let (mut carried, mut missing) = (Vec::new(), Vec::new());
    for Named { attachment, alike } in named_pictures(ops) {
        let bytes = bytes.get(&attachment.sha256).filter(|bytes| alike && is_picture(attachment, bytes));
        let Attachment { sha256, mime, size, width, height } = attachment.clone();
        match bytes {
            Some(bytes) => {
                let data = Lent(STANDARD.encode(bytes).into());
                carried.push(Carried { sha256, mime, size, width, height, data });
            }
            None => missing.push(sha256),
        }
    }
    (carried, missing)
}

/// The procedures that the ops pin, in the order of their digests.
pub(super) fn pinned(ops: &[Sealed]) -> Vec<&TemplateRef> {
    let named = ops.iter().filter_map(|sealed| match &sealed.op.change {
        Change::Create { template, .. } => template.as_ref(),
        _ => None,
    });
    let mut pinned = sorted(named.collect(), |one: &&TemplateRef, other| one.digest.cmp(&other.digest));
    pinned.dedup_by(|later, kept| {
        let same = later.digest == kept.digest;
        if same {
            *kept = *later;
        }
        same
    });
    pinned
}

fn procedures(ops: &[Sealed], known: &BTreeMap<String, String>) -> (Vec<Pinned>, Vec<TemplateRef>) {
    let (mut carried, mut lacking) = (Vec::new(), Vec::new());
    for template in pinned(ops) {
        let digest = template.digest.clone();
        let json = known.get(&digest).filter(|json| hex(&sha256(json.as_bytes())) == digest);
        match json.and_then(|json| json::read(json).ok()) {
            Some(procedure) => carried.push(Pinned { digest, procedure }),
            None => lacking.push(template.clone()),
        }
    }
    (carried, lacking)
}

fn same(back: &Incoming, bundle: &Bundle<'_>) -> bool {
    back.digest == bundle.digest && back.ops == bundle.ops && back.attachments.len() == bundle.attachments.len()
}
