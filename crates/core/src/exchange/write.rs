//! Writing a bundle element by element: nothing is held but the digest so far.

use super::bundle::{Exported, FORMAT, Member, Pinned, SCHEMA, Sum, around_data};
use super::check::check_op;
use super::error::{ImportError, Part, short};
use super::export::ExportError;
use super::limits;
use super::read::is_picture;
use super::view::RecordView;
use crate::json;
use crate::ledger::{Attachment, ChainError, Sealed, hex, is_sha256, sha256};
use crate::seal::{Seal, Signature};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

/// Writes a file of any size. Every call gives the bytes that come next; the calls go in the order of the file: all
/// ops, pictures, records, seals, procedures, then [`Writer::close`] and [`Writer::finish`]. Kinds may be left out.
///
/// It refuses what no reader would accept when it stands by itself: a damaged op, picture or procedure. Whether
/// everything fits together, only a [`super::Reader`] tells: let one read along before the file counts as a backup.
#[derive(Debug)]
pub struct Writer {
    at: Member,
    sum: Sum,
    digest: Option<String>,
}

fn unwritable(error: &json::Error) -> ExportError {
    ExportError::Unwritable(error.to_string())
}

fn written<T: Serialize>(value: &T) -> Result<String, ExportError> {
    json::write(value).map_err(|error| unwritable(&error))
}

fn damaged(part: Part) -> ExportError {
    ExportError::Unreadable(ImportError::Altered(part))
}

impl Writer {
    /// Begins a file. `missing` holds the SHA-256 of all pictures that the ops name and whose bytes will not come, in
    /// any order, each once.
    ///
    /// # Errors
    /// When one of them is no hash.
    pub fn begin(exported: &Exported, missing: &[String]) -> Result<(Writer, Vec<u8>), ExportError> {
        let mut writer = Writer { at: Member::Format, sum: Sum::new(), digest: None };
        let mut out = Vec::new();
        writer.one(&mut out, Member::Format, &format!("{FORMAT}/{SCHEMA}"))?;
        writer.one(&mut out, Member::From, exported)?;
        writer.open(&mut out, Member::Missing);
        for sha256 in missing {
            if !is_sha256(sha256) {
                return Err(damaged(Part::Picture(short(sha256))));
            }
            writer.item(&mut out, &[&written(sha256)?]);
        }
        Ok((writer, out))
    }

    fn one<T: Serialize>(&mut self, out: &mut Vec<u8>, member: Member, value: &T) -> Result<(), ExportError> {
        let json = written(value)?;
        self.sum.one(member, &json);
        let before = if member == Member::Format { "{\"" } else { ",\n\"" };
        [before, member.name(), "\":", &json].iter().for_each(|text| out.extend_from_slice(text.as_bytes()));
        Ok(())
    }

    fn open(&mut self, out: &mut Vec<u8>, member: Member) {
        self.at = member;
        self.sum.open(member);
        [",\n\"", member.name(), "\":["].iter().for_each(|text| out.extend_from_slice(text.as_bytes()));
    }

    fn item(&mut self, out: &mut Vec<u8>, pieces: &[&str]) {
        out.extend_from_slice(if self.sum.is_first() { b"\n" } else { b",\n" });
        out.reserve(pieces.iter().map(|piece| piece.len()).sum());
        pieces.iter().for_each(|piece| out.extend_from_slice(piece.as_bytes()));
        self.sum.item(pieces);
    }

    /// Closes lists until the one of this member is open.
    fn reach(&mut self, out: &mut Vec<u8>, member: Member) -> Result<(), ExportError> {
        if self.digest.is_some() || member < self.at {
            return Err(ExportError::Order);
        }
        let next = Member::ALL.get(self.at as usize + 1..=member as usize).unwrap_or_default();
        for next in next {
            self.shut(out);
            self.open(out, *next);
        }
        Ok(())
    }

    fn shut(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(if self.sum.is_first() { b"]" } else { b"\n]" });
        self.sum.close();
    }

    fn add(&mut self, member: Member, pieces: &[&str]) -> Result<Vec<u8>, ExportError> {
        if pieces.iter().map(|piece| piece.len()).sum::<usize>() > limits::ELEMENT {
            return Err(ExportError::Unreadable(ImportError::TooLarge { line: 0, max: limits::ELEMENT }));
        }
        let mut out = Vec::new();
        self.reach(&mut out, member)?;
        self.item(&mut out, pieces);
        Ok(out)
    }

    /// An op. Its hash is computed anew: a damaged op does not leave the device as if it were good.
    ///
    /// # Errors
    /// When it is damaged, or comes after a picture, record, seal or procedure.
    pub fn op(&mut self, sealed: &Sealed) -> Result<Vec<u8>, ExportError> {
        check_op(sealed).map_err(ExportError::Unreadable)?;
        let op = written(&sealed.op)?;
        if hex(&sha256(op.as_bytes())) != sealed.hash {
            return Err(ExportError::Unreadable(ChainError::Altered(sealed.op.id.clone()).into()));
        }
        self.add(Member::Ops, &["{\"hash\":\"", &sealed.hash, "\",\"op\":", &op, "}"])
    }

    /// A picture with its bytes. Each that the ops name comes once, unless it was declared missing.
    ///
    /// # Errors
    /// When the bytes are not that picture's, or it comes after a record, seal or procedure.
    pub fn picture(&mut self, attachment: &Attachment, bytes: &[u8]) -> Result<Vec<u8>, ExportError> {
        if !is_picture(attachment, bytes) {
            return Err(damaged(Part::Picture(short(&attachment.sha256))));
        }
        let (before, behind) = around_data(attachment).map_err(|error| unwritable(&error))?;
        self.add(Member::Pictures, &[before, &STANDARD.encode(bytes), &behind])
    }

    /// A record as people read it, see [`super::view`].
    ///
    /// # Errors
    /// When it comes after a seal or procedure.
    pub fn record(&mut self, view: &RecordView) -> Result<Vec<u8>, ExportError> {
        self.add(Member::Records, &[&written(view)?])
    }

    /// A seal, of this or another device.
    ///
    /// # Errors
    /// When it is none, or comes after a procedure.
    pub fn seal(&mut self, seal: &Seal) -> Result<Vec<u8>, ExportError> {
        if !seal.is_plausible() {
            return Err(damaged(Part::Seal(short(seal.record.as_str()))));
        }
        self.add(Member::Seals, &[&written(seal)?])
    }

    /// A pinned procedure: its digest, and the canonical JSON of which it is the digest.
    ///
    /// # Errors
    /// When the digest is another.
    pub fn template(&mut self, digest: &str, json: &str) -> Result<Vec<u8>, ExportError> {
        let part = || damaged(Part::Template(short(digest)));
        if hex(&sha256(json.as_bytes())) != digest {
            return Err(part());
        }
        let procedure = json::read(json).map_err(|_| part())?;
        self.add(Member::Templates, &[&written(&Pinned { digest: digest.to_owned(), procedure })?])
    }

    /// Ends the lists and gives the digest, which the device may sign ([`crate::seal::FileDraft`]).
    ///
    /// # Errors
    /// When called twice.
    pub fn close(&mut self) -> Result<(Vec<u8>, String), ExportError> {
        let mut out = Vec::new();
        self.reach(&mut out, Member::Templates)?;
        self.shut(&mut out);
        let digest = self.sum.done();
        out.extend_from_slice(format!(",\n\"digest\":\"{digest}\"").as_bytes());
        self.digest = Some(digest.clone());
        Ok((out, digest))
    }

    /// The last bytes of the file; unsigned where the device has no key.
    ///
    /// # Errors
    /// Before [`Writer::close`].
    pub fn finish(self, signature: Option<&Signature>) -> Result<Vec<u8>, ExportError> {
        if self.digest.is_none() {
            return Err(ExportError::Order);
        }
        let signature = signature.map(written).transpose()?;
        let signature = signature.map(|json| format!(",\n\"signature\":{json}")).unwrap_or_default();
        Ok(format!("{signature}}}\n").into_bytes())
    }
}
