//! Writing a small bundle in one go: everything that the ops name, a readable projection beside them, and a look at
//! the result.

use super::bundle::Exported;
use super::error::ImportError;
use super::read::{Incoming, is_picture, read};
use super::view::view;
use super::write::Writer;
use crate::gathered::sorted;
use crate::json::{self, Any};
use crate::ledger::{Attachment, Change, Record, Sealed, TemplateRef, hex, sha256};
use crate::seal::Seal;
use crate::text::Text;
use std::collections::BTreeMap;

/// What goes into a bundle.
#[derive(Debug, Clone, Copy)]
pub struct Parcel<'a> {
    /// Who exports, with what, when, on which device.
    pub exported: &'a Exported,
    /// All ops of the exported records, in any order.
    pub ops: &'a [Sealed],
    /// Canonical JSON of pinned procedures by digest. Those that no exported visit runs are left out.
    pub templates: &'a BTreeMap<String, String>,
    /// Bytes of pictures by SHA-256. Those that no op names are left out.
    pub attachments: &'a BTreeMap<String, Vec<u8>>,
    /// What devices state about their ops. Those of records that are not exported are left out.
    pub seals: &'a [Seal],
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
    /// Parts of a file came in an order in which no file is written.
    Order,
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
            ExportError::Order => Text::of(
                "导出程序出错，没有生成文件，记录没有改变。请重试；若再次出现，请报告此问题。",
                "The export went wrong. No file was made, the records are as before. Try again, and report it if it \
                 happens once more.",
            ),
            ExportError::Different => Text::of(
                "导出的文件读回后与原内容不同，已放弃，记录没有改变。请重试；若再次出现，请报告此问题。",
                "The file read back as something else and was given up; the records are as before. Try again, and \
                 report it if it happens once more.",
            ),
        }
    }
}

/// Writes a bundle without a signature and reads it back. For a file of any size, or a signed one, see [`Writer`].
///
/// # Errors
/// When there is nothing to write, or what was written would not be accepted by [`read`].
pub fn export(parcel: &Parcel<'_>) -> Result<Export, ExportError> {
    let mut ops = sorted(parcel.ops.to_vec(), |a, b| (a.op.hlc, &a.op.id, &a.hash).cmp(&(b.op.hlc, &b.op.id, &b.hash)));
    ops.dedup();
    if ops.is_empty() {
        return Err(ExportError::Nothing);
    }
    let (carried, missing) = pictures(&ops, parcel.attachments);
    let (templates, lacking) = procedures(&ops, parcel.templates);
    let (mut writer, mut bytes) = Writer::begin(parcel.exported, &missing)?;
    for sealed in &ops {
        bytes.append(&mut writer.op(sealed)?);
    }
    for (attachment, data) in &carried {
        bytes.append(&mut writer.picture(attachment, data)?);
    }
    let records = records(&ops);
    for record in &records {
        bytes.append(&mut writer.record(&view(record))?);
    }
    let known = |seal: &&Seal| records.binary_search_by(|record| record.id.cmp(&seal.record)).is_ok();
    for seal in parcel.seals.iter().filter(known) {
        bytes.append(&mut writer.seal(seal)?);
    }
    for (digest, json) in templates {
        bytes.append(&mut writer.template(digest, json)?);
    }
    let (mut end, digest) = writer.close()?;
    bytes.append(&mut end);
    bytes.append(&mut writer.finish(None)?);
    let back = read(&bytes).map_err(ExportError::Unreadable)?;
    if !same(&back, &digest, &ops, carried.len()) {
        return Err(ExportError::Different);
    }
    Ok(Export { bytes, missing, lacking })
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

/// A picture that goes out.
type Going<'a> = (&'a Attachment, &'a [u8]);

fn pictures<'a>(ops: &'a [Sealed], bytes: &'a BTreeMap<String, Vec<u8>>) -> (Vec<Going<'a>>, Vec<String>) {
    let (mut carried, mut missing) = (Vec::new(), Vec::new());
    for Named { attachment, alike } in named_pictures(ops) {
        match bytes.get(&attachment.sha256).filter(|bytes| alike && is_picture(attachment, bytes)) {
            Some(bytes) => carried.push((attachment, bytes.as_slice())),
            None => missing.push(attachment.sha256.clone()),
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

/// A procedure that goes out: its digest and its JSON.
type Norm<'a> = (&'a str, &'a str);

fn procedures<'a>(ops: &[Sealed], known: &'a BTreeMap<String, String>) -> (Vec<Norm<'a>>, Vec<TemplateRef>) {
    let (mut carried, mut lacking) = (Vec::new(), Vec::new());
    for template in pinned(ops) {
        let whole = known
            .get_key_value(&template.digest)
            .filter(|(digest, json)| hex(&sha256(json.as_bytes())) == **digest && json::read::<Any>(json).is_ok());
        match whole {
            Some((digest, json)) => carried.push((digest.as_str(), json.as_str())),
            None => lacking.push(template.clone()),
        }
    }
    (carried, lacking)
}

fn same(back: &Incoming, digest: &str, ops: &[Sealed], pictures: usize) -> bool {
    back.digest == digest && back.ops == ops && back.pictures.len() == pictures
}
