//! The backup of a large book, written natively: copies of one visit and its work order, with photos.

use anyhow::{Result, anyhow};
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use sitebook_core::exchange::{self, ExportError, Writer};
use sitebook_core::ids::{DeviceId, OpId, RecordId};
use sitebook_core::json;
use sitebook_core::ledger::{Attachment, Change, Head, Op, Record, RecordKind, Sealed, hex, seal, sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// 2026-11-20, noon in China.
const NOON: i64 = 1_795_147_200_000;

/// How large the book is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub visits: usize,
    /// Entries of a visit with its order.
    pub entries: usize,
    /// Photos of all visits.
    pub photos: usize,
}

/// What was written.
pub struct Book {
    pub entries: usize,
    pub pictures: usize,
    /// Bytes of the file.
    pub bytes: u64,
    /// Bytes of a photo.
    pub photo: usize,
}

/// Ids that are never the same twice.
struct Ids(u64);

impl Ids {
    fn ten(&mut self) -> [u8; 10] {
        self.0 += 1;
        let mut ten = [0x77; 10];
        ten[2..].copy_from_slice(&self.0.to_be_bytes());
        ten
    }
}

fn words(error: &ExportError) -> anyhow::Error {
    anyhow!("{}", error.words().en)
}

/// A photo as the app keeps them, 1600 pixels wide.
fn photo() -> Result<Vec<u8>> {
    // Noise makes it as large as a picture of a rack is.
    let mut seed = 1_u32;
    let picture = RgbImage::from_fn(1600, 1200, |x, y| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = (seed >> 28) * 2;
        let byte = |value: u32| u8::try_from((value + noise) % 256).unwrap_or(0);
        Rgb([byte(x * 200 / 1600), byte(y * 200 / 1200), byte((x + y) / 16)])
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 75).write_image(&picture, 1600, 1200, ExtendedColorType::Rgb8)?;
    Ok(bytes)
}

impl Book {
    /// Writes it: first the entries, then what they name, in the order of the format.
    pub fn write(pattern: &[u8], size: Size, path: &Path) -> Result<Book> {
        let incoming = exchange::read(pattern).map_err(|error| anyhow!("{}", error.words().en))?;
        let mut head = Head::new(DeviceId::at(NOON, [9; 10]));
        for sealed in &incoming.ops {
            head.hlc = head.hlc.observe(sealed.op.hlc);
        }
        let mut exported = incoming.exported.clone();
        exported.device = head.device.clone();
        let mut out = BufWriter::new(File::create(path)?);
        let (mut writer, begin) = Writer::begin(&exported, &[]).map_err(|error| words(&error))?;
        out.write_all(&begin)?;
        let mut records: BTreeMap<RecordId, Record> = BTreeMap::new();
        let mut entries = 0;
        let mut put = |out: &mut BufWriter<File>, writer: &mut Writer, sealed: &Sealed| -> Result<()> {
            let id = &sealed.op.record;
            records.entry(id.clone()).or_insert_with(|| Record::new(id.clone())).apply(&sealed.op);
            entries += 1;
            Ok(out.write_all(&writer.op(sealed).map_err(|error| words(&error))?)?)
        };
        for sealed in &incoming.ops {
            put(&mut out, &mut writer, sealed)?;
        }
        let photo = photo()?;
        let mut ids = Ids(0);
        let mut photos = BTreeMap::new();
        for visit in 0..size.visits {
            let own = (visit + 1) * size.photos / size.visits - visit * size.photos / size.visits;
            for sealed in copies(&incoming.ops, size.entries - own, &mut head, &mut ids)? {
                put(&mut out, &mut writer, &sealed)?;
                // They come right behind the visit's beginning, of which there is one in each round of copies.
                let begins = matches!(&sealed.op.change, Change::Create { kind: RecordKind::Visit, .. });
                while begins && photos.len() < (visit + 1) * size.photos / size.visits {
                    let mark = u64::try_from(photos.len())?;
                    let attachment = described(&marked(&photo, mark));
                    photos.insert(attachment.sha256.clone(), mark);
                    let change = Change::Attach { field: "apply.ask.photo".to_owned(), attachment, caption: None };
                    let (id, record) = (OpId::at(NOON, ids.ten()), sealed.op.record.clone());
                    put(&mut out, &mut writer, &seal(&mut head, id, record, "钱芳", NOON, 480, change)?)?;
                }
            }
        }
        for mark in photos.values() {
            let bytes = marked(&photo, *mark);
            out.write_all(&writer.picture(&described(&bytes), &bytes).map_err(|error| words(&error))?)?;
        }
        for record in records.values() {
            out.write_all(&writer.record(&exchange::view(record)).map_err(|error| words(&error))?)?;
        }
        for template in &incoming.templates {
            let digest = &template.reference.digest;
            out.write_all(&writer.template(digest, &template.json).map_err(|error| words(&error))?)?;
        }
        let (end, _) = writer.close().map_err(|error| words(&error))?;
        out.write_all(&end)?;
        out.write_all(&writer.finish(None).map_err(|error| words(&error))?)?;
        out.flush()?;
        let bytes = std::fs::metadata(path)?.len();
        Ok(Book { entries, pictures: photos.len(), bytes, photo: photo.len() })
    }
}

/// The photo with a mark behind its end, so that each is another one.
fn marked(photo: &[u8], mark: u64) -> Vec<u8> {
    [photo, &mark.to_be_bytes()].concat()
}

fn described(bytes: &[u8]) -> Attachment {
    let size = bytes.len() as u64;
    Attachment { sha256: hex(&sha256(bytes)), mime: "image/jpeg".to_owned(), size, width: 1600, height: 1200 }
}

/// The entries of the visit and its order once more, under new ids, again and again until there are so many.
fn copies(ops: &[Sealed], count: usize, head: &mut Head, ids: &mut Ids) -> Result<Vec<Sealed>> {
    let copied: BTreeSet<&RecordId> = ops
        .iter()
        .filter(|sealed| {
            matches!(&sealed.op.change, Change::Create { kind: RecordKind::Visit | RecordKind::Order, .. })
        })
        .map(|sealed| &sealed.op.record)
        .collect();
    let pattern: Vec<&Op> = ops.iter().map(|sealed| &sealed.op).filter(|op| copied.contains(&op.record)).collect();
    let records: Vec<(&RecordId, RecordId)> = copied.iter().map(|id| (*id, RecordId::at(NOON, ids.ten()))).collect();
    let mut made = Vec::new();
    while made.len() < count {
        let renamed: Vec<(&OpId, OpId)> = pattern.iter().map(|op| (&op.id, OpId::at(NOON, ids.ten()))).collect();
        for (op, (_, id)) in pattern.iter().zip(&renamed).take(count - made.len()) {
            let mut text = json::write(&op.change)?;
            for (from, to) in &records {
                text = text.replace(from.as_str(), to.as_str());
            }
            for (from, to) in &renamed {
                text = text.replace(from.as_str(), to.as_str());
            }
            let Some((_, record)) = records.iter().find(|(from, _)| **from == op.record) else { continue };
            made.push(seal(head, id.clone(), record.clone(), &op.actor, NOON, op.tz, json::read(&text)?)?);
        }
    }
    Ok(made)
}
