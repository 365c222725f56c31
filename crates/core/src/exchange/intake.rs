//! What each element of a file must be: members in their order, elements by their types and limits, and every part
//! fitting the ops.

use super::bundle::{Carried, Exported, FORMAT, Member, Pinned, SCHEMA, Sum, around_data};
use super::check::{check_op, text};
use super::cut::{Piece, Spot};
use super::error::{ImportError, Part, at_most, short};
use super::export::{named_pictures, pinned};
use super::once::Once;
use super::read::{Event, Incoming, Picture, Template, is_picture, record_ids};
use super::view::RecordView;
use super::{limits, scan::scan};
use crate::ids::{DeviceId, RecordId};
use crate::json::{self, Any};
use crate::ledger::{Attachment, Sealed, TemplateRef, hex, is_sha256, sha256, verify_chain};
use crate::seal::{Seal, Signature};
use crate::template::{self, Procedure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// What was taken in so far.
#[derive(Debug)]
pub(super) struct Intake {
    /// The member that was named last.
    member: Option<Member>,
    /// Elements of its list.
    count: usize,
    sum: Sum,
    exported: Option<Exported>,
    missing: Vec<String>,
    ops: Vec<Sealed>,
    /// Bytes of the file that are kept in one form or another.
    kept: usize,
    named: Once<(Attachment, bool)>,
    pinned: Once<TemplateRef>,
    records: Vec<RecordId>,
    pictures: Vec<Attachment>,
    seals: Vec<Seal>,
    templates: Vec<Template>,
    digest: String,
    signature: Option<Signature>,
}

impl Default for Intake {
    fn default() -> Intake {
        Intake {
            member: None,
            count: 0,
            sum: Sum::new(),
            exported: None,
            missing: Vec::new(),
            ops: Vec::new(),
            kept: 0,
            named: Once::new(Vec::new()),
            pinned: Once::new(Vec::new()),
            records: Vec::new(),
            pictures: Vec::new(),
            seals: Vec::new(),
            templates: Vec::new(),
            digest: String::new(),
            signature: None,
        }
    }
}

fn shape(spot: Spot, detail: String) -> ImportError {
    ImportError::Shape { line: spot.line, column: spot.column, detail }
}

/// An element that is complete: what ends too early in it is a mistake, not a file cut off.
fn parsed<'a, T: Deserialize<'a>>(json: &'a str, start: Spot) -> Result<T, ImportError> {
    scan(json, start)?;
    json::read(json).map_err(|error| {
        let spot = start.inside(error.line(), error.column());
        let detail = short(error.what());
        match error.fault() {
            json::Fault::Data => shape(spot, detail),
            json::Fault::End | json::Fault::Syntax => {
                ImportError::Syntax { line: spot.line, column: spot.column, detail }
            }
        }
    })
}

fn written<T: Serialize>(value: &T, spot: Spot) -> Result<String, ImportError> {
    json::write(value).map_err(|error| shape(spot, short(error.what())))
}

/// The number of a shape.
fn version(json: &Any) -> Option<u32> {
    match json {
        Any::Number(number) if number.fract() == 0.0 && *number >= 0.0 => {
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

impl Intake {
    /// Takes the next piece of the file.
    pub fn take(&mut self, piece: Piece<'_>, spot: Spot, hand_on: &mut dyn FnMut(Event)) -> Result<(), ImportError> {
        match piece {
            Piece::Key(key) => self.key(key, spot),
            Piece::Open => self.open(spot),
            Piece::Begin => self.begin(),
            Piece::Item(json) => self.item(json, spot, hand_on),
            Piece::Close => self.close(),
            Piece::One(json) => self.one(json, spot),
            Piece::End => self.end(spot),
        }
    }

    fn key(&mut self, key: &str, spot: Spot) -> Result<(), ImportError> {
        let next = self.member.map_or(0, |member| member as usize + 1);
        let is = Member::ALL.iter().position(|member| member.name() == key);
        match is {
            Some(at) if at == next => self.member = Member::ALL.get(at).copied(),
            _ if next == 0 => return Err(ImportError::Foreign),
            Some(at) if at < next => {
                let Spot { line, column } = spot;
                return Err(ImportError::KeyTwice { key: short(key), line, column });
            }
            _ => {
                let expected = Member::ALL.get(next).map_or("nothing more", |member| member.name());
                return Err(shape(spot, format!("`{}` where {expected} is expected", short(key))));
            }
        }
        Ok(())
    }

    fn open(&mut self, spot: Spot) -> Result<(), ImportError> {
        match self.member {
            Some(member) if member.is_list() => {
                self.sum.open(member);
                self.count = 0;
                Ok(())
            }
            Some(Member::Format) | None => Err(ImportError::Foreign),
            Some(member) => Err(shape(spot, format!("`{}` is no list", member.name()))),
        }
    }

    fn begin(&mut self) -> Result<(), ImportError> {
        self.count += 1;
        match self.member {
            Some(Member::Ops) => at_most("ops", self.count, limits::OPS),
            Some(Member::Missing) => at_most("pictures", self.count, limits::PICTURES),
            Some(Member::Pictures) => at_most("pictures", self.count + self.missing.len(), limits::PICTURES),
            Some(Member::Records) => at_most("records", self.count, limits::RECORDS),
            Some(Member::Seals) => at_most("seals", self.count, limits::SEALS),
            Some(Member::Templates) => at_most("templates", self.count, limits::TEMPLATES),
            _ => Ok(()),
        }
    }

    /// Counts what is kept in memory.
    fn keep(&mut self, json: &str) -> Result<(), ImportError> {
        self.kept = self.kept.saturating_add(json.len());
        if self.kept > limits::KEPT {
            return Err(ImportError::TooMany { what: "megabytes of entries", max: limits::KEPT >> 20 });
        }
        Ok(())
    }

    fn item(&mut self, json: &str, spot: Spot, hand_on: &mut dyn FnMut(Event)) -> Result<(), ImportError> {
        match self.member {
            Some(Member::Missing) => self.missing_picture(json, spot),
            Some(Member::Ops) => self.op(json, spot),
            Some(Member::Pictures) => self.picture(json, spot, hand_on),
            Some(Member::Records) => {
                let view: RecordView = parsed(json, spot)?;
                self.sum.item(&[&written(&view, spot)?]);
                hand_on(Event::Record(Box::new(view)));
                Ok(())
            }
            Some(Member::Seals) => self.seal(json, spot),
            _ => self.template(json, spot),
        }
    }

    fn missing_picture(&mut self, json: &str, spot: Spot) -> Result<(), ImportError> {
        let sha256: String = parsed(json, spot)?;
        if !is_sha256(&sha256) {
            return Err(ImportError::Stray(Part::Picture(short(&sha256))));
        }
        self.keep(json)?;
        self.sum.item(&["\"", &sha256, "\""]);
        self.missing.push(sha256);
        Ok(())
    }

    fn op(&mut self, json: &str, spot: Spot) -> Result<(), ImportError> {
        self.keep(json)?;
        let sealed: Sealed = parsed(json, spot)?;
        check_op(&sealed)?;
        let op = written(&sealed.op, spot)?;
        if hex(&sha256(op.as_bytes())) != sealed.hash {
            return Err(crate::ledger::ChainError::Altered(sealed.op.id).into());
        }
        self.sum.item(&["{\"hash\":\"", &sealed.hash, "\",\"op\":", &op, "}"]);
        self.ops.push(sealed);
        Ok(())
    }

    /// All ops are there: do they fit together, and what do they ask for?
    fn ops_end(&mut self) -> Result<(), ImportError> {
        verify_chain(&self.ops, &[])?;
        let named = named_pictures(&self.ops);
        self.named = Once::new(named.iter().map(|named| (named.attachment.clone(), named.alike)).collect());
        self.pinned = Once::new(pinned(&self.ops).into_iter().cloned().collect());
        self.records = record_ids(&self.ops).into_iter().cloned().collect();
        at_most("records", self.records.len(), limits::RECORDS)?;
        for sha256 in &self.missing {
            if self.named.take(sha256, |(named, _)| &named.sha256).is_none() {
                return Err(ImportError::Stray(Part::Picture(short(sha256))));
            }
        }
        Ok(())
    }

    /// A picture, named by an op exactly as it is.
    fn picture(&mut self, json: &str, spot: Spot, hand_on: &mut dyn FnMut(Event)) -> Result<(), ImportError> {
        let carried: Carried<'_> = parsed(json, spot)?;
        let part = || Part::Picture(short(&carried.sha256));
        let attachment = carried.attachment();
        let named = self.named.take(&carried.sha256, |(named, _)| &named.sha256);
        if named.is_none_or(|(named, alike)| !alike || *named != attachment) {
            return Err(ImportError::Stray(part()));
        }
        let bytes = decode(&carried).filter(|bytes| is_picture(&attachment, bytes));
        let bytes = bytes.ok_or_else(|| ImportError::Altered(part()))?;
        let (before, behind) = around_data(&attachment).map_err(|error| shape(spot, short(error.what())))?;
        self.sum.item(&[before, &carried.data.0, &behind]);
        self.pictures.push(attachment.clone());
        hand_on(Event::Picture(Picture { attachment, bytes }));
        Ok(())
    }

    fn seal(&mut self, json: &str, spot: Spot) -> Result<(), ImportError> {
        self.keep(json)?;
        let seal: Seal = parsed(json, spot)?;
        if !seal.is_plausible() || self.records.binary_search(&seal.record).is_err() {
            return Err(ImportError::Stray(Part::Seal(short(seal.record.as_str()))));
        }
        self.sum.item(&[&written(&seal, spot)?]);
        self.seals.push(seal);
        Ok(())
    }

    /// A procedure, named by a visit exactly as it is.
    fn template(&mut self, json: &str, spot: Spot) -> Result<(), ImportError> {
        self.keep(json)?;
        let Pinned { digest, procedure: value } = parsed(json, spot)?;
        let part = || Part::Template(short(&digest));
        let json = json::write(&value).ok();
        let json = json.filter(|json| hex(&sha256(json.as_bytes())) == digest);
        let json = json.ok_or_else(|| ImportError::Altered(part()))?;
        let reference = self.pinned.take(&digest, |one| &one.digest).ok_or_else(|| ImportError::Stray(part()))?;
        let procedure =
            procedure(&value, &json).map_err(|error| error.unwrap_or_else(|| ImportError::Stray(part())))?;
        if (&procedure.id, procedure.version) != (&reference.id, reference.version) {
            return Err(ImportError::Stray(part()));
        }
        self.sum.item(&["{\"digest\":\"", &digest, "\",\"procedure\":", &json, "}"]);
        self.templates.push(Template { reference: reference.clone(), procedure, json });
        Ok(())
    }

    fn close(&mut self) -> Result<(), ImportError> {
        self.sum.close();
        match self.member {
            Some(Member::Ops) => self.ops_end(),
            Some(Member::Pictures) => match self.named.left().next() {
                // Neither there nor declared missing.
                Some((named, _)) => Err(ImportError::Stray(Part::Picture(named.sha256.clone()))),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn one(&mut self, json: &str, spot: Spot) -> Result<(), ImportError> {
        match self.member {
            Some(Member::Format) | None => {
                let format: String = parsed(json, spot).map_err(foreign)?;
                ours(&format)?;
                self.sum.one(Member::Format, &written(&format, spot)?);
            }
            Some(Member::From) => {
                let exported: Exported = parsed(json, spot)?;
                head(&exported)?;
                self.sum.one(Member::From, &written(&exported, spot)?);
                self.exported = Some(exported);
            }
            Some(Member::Digest) => {
                self.digest = parsed(json, spot)?;
                if self.digest != self.sum.done() {
                    return Err(ImportError::Altered(Part::File));
                }
            }
            Some(Member::Signature) => {
                let signature: Signature = parsed(json, spot)?;
                if !signature.is_plausible() {
                    return Err(ImportError::Stray(Part::Head));
                }
                self.signature = Some(signature);
            }
            Some(list) => return Err(shape(spot, format!("`{}` is a list", list.name()))),
        }
        Ok(())
    }

    fn end(&self, spot: Spot) -> Result<(), ImportError> {
        match self.member {
            None => Err(ImportError::Foreign),
            Some(member) if member < Member::Digest => {
                let lacking = Member::ALL.get(member as usize + 1).map_or("", |member| member.name());
                Err(shape(spot, format!("missing field `{lacking}`")))
            }
            Some(_) => Ok(()),
        }
    }

    /// The whole file was taken in.
    pub fn done(self) -> Result<Incoming, ImportError> {
        let exported = self.exported.ok_or(ImportError::Foreign)?;
        let lacking = self.pinned.left().cloned().collect();
        let Intake { ops, templates, pictures, missing, seals, digest, signature, .. } = self;
        Ok(Incoming { exported, ops, templates, lacking, pictures, missing, seals, digest, signature })
    }
}

/// A format that is no text makes the file another program's.
fn foreign(error: ImportError) -> ImportError {
    match error {
        ImportError::Shape { .. } => ImportError::Foreign,
        other => other,
    }
}

/// Whether the file is ours, in a version that this build reads. There is no older version than the first yet.
fn ours(format: &str) -> Result<(), ImportError> {
    let schema = format.strip_prefix(FORMAT).and_then(|rest| rest.strip_prefix('/'));
    match schema.and_then(|schema| schema.parse().ok()) {
        Some(SCHEMA) if format.len() == FORMAT.len() + 2 => Ok(()),
        Some(schema) if schema > SCHEMA => Err(ImportError::TooNew { schema, reads: SCHEMA }),
        _ => Err(ImportError::Foreign),
    }
}

fn head(exported: &Exported) -> Result<(), ImportError> {
    let fits = DeviceId::parse(exported.device.as_str()).is_some()
        && exported.at.is_plausible()
        && [&exported.app, &exported.by, &exported.company].into_iter().all(|words| text(words).is_ok());
    if fits { Ok(()) } else { Err(ImportError::Stray(Part::Head)) }
}

/// The procedure in this build's language; `Err(None)` when it is none.
fn procedure(value: &Any, json: &str) -> Result<Procedure, Option<ImportError>> {
    let schema = value.get("schema").and_then(version);
    if let Some(schema) = schema.filter(|schema| *schema > template::SCHEMA) {
        return Err(Some(ImportError::TooNew { schema, reads: template::SCHEMA }));
    }
    json::read(json).map_err(|_| None)
}

/// The bytes, if there are as many as declared; counted before they are decoded.
fn decode(carried: &Carried<'_>) -> Option<Vec<u8>> {
    let size = usize::try_from(carried.size).ok().filter(|_| carried.size <= Attachment::MAX_SIZE)?;
    if carried.data.0.len() != size.div_ceil(3) * 4 {
        return None;
    }
    STANDARD.decode(carried.data.0.as_bytes()).ok()
}
