//! The shape of the file: its members in their order, their elements, and the digest over them.

use crate::ids::DeviceId;
use crate::json;
use crate::json::fields::{Blank, fields};
use crate::ledger::{Attachment, hex};
use crate::time::Stamp;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::fmt;

/// The word by which a file is known as ours; the version follows behind a slash.
pub const FORMAT: &str = "sitebook-bundle";
/// The version of the shape that this build writes and reads.
pub const SCHEMA: u32 = 1;

/// The members of the file in the order in which they stand there. All but the last two are in the order of
/// RFC 8785, so that the digest can be computed while the file passes by; what is judged by the ops comes after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Member {
    /// Whose file it is, in which version: known after thirty bytes.
    Format,
    /// Who wrote it.
    From,
    /// SHA-256 of pictures that the ops name and the exporting device did not have.
    Missing,
    /// The ops.
    Ops,
    /// Pictures with their bytes.
    Pictures,
    /// Records as people read them; an import folds the ops instead.
    Records,
    /// What devices state about their ops.
    Seals,
    /// Pinned procedures.
    Templates,
    /// SHA-256 of the canonical JSON of everything before.
    Digest,
    /// The exporting device's signature of the digest; may be absent.
    Signature,
}

impl Member {
    pub const ALL: [Member; 10] = [
        Member::Format,
        Member::From,
        Member::Missing,
        Member::Ops,
        Member::Pictures,
        Member::Records,
        Member::Seals,
        Member::Templates,
        Member::Digest,
        Member::Signature,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Member::Format => "format",
            Member::From => "from",
            Member::Missing => "missing",
            Member::Ops => "ops",
            Member::Pictures => "pictures",
            Member::Records => "records",
            Member::Seals => "seals",
            Member::Templates => "templates",
            Member::Digest => "digest",
            Member::Signature => "signature",
        }
    }

    pub fn is_list(self) -> bool {
        (Member::Missing..=Member::Templates).contains(&self)
    }
}

/// Who wrote the file, with what, when and where.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exported {
    /// Name and version of the app, e.g. `sitebook 0.1.0`.
    pub app: String,
    /// When.
    pub at: Stamp,
    /// The person's name as set in the profile.
    pub by: String,
    /// The company as set in the profile.
    pub company: String,
    /// The device.
    pub device: DeviceId,
}

fields!(strict Exported { app, at, by, company, device });

/// A procedure that a visit of the file runs.
#[derive(Debug, Serialize)]
pub(super) struct Pinned {
    pub digest: String,
    /// As it was pinned: its digest covers every key, also one that this build would pass over.
    pub procedure: json::Any,
}

fields!(strict Pinned { digest, procedure });

/// A picture with its bytes in base64. `data` is borrowed from the bytes read.
#[derive(Debug)]
pub(super) struct Carried<'a> {
    pub data: Lent<'a>,
    pub height: u32,
    pub mime: String,
    pub sha256: String,
    pub size: u64,
    pub width: u32,
}

fields!(strict Carried<'de> { data, height, mime, sha256, size, width });

/// A text that is borrowed from the file: a picture is not copied before it is decoded.
#[derive(Debug)]
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

/// The canonical JSON of a picture in two pieces around its base64: the first keys come before all others, and
/// base64 needs no escapes. So a picture is never copied to be hashed or written.
pub(super) fn around_data(attachment: &Attachment) -> Result<(&'static str, String), json::Error> {
    let rest = json::write(attachment)?;
    Ok(("{\"data\":\"", format!("\",{}", rest.strip_prefix('{').unwrap_or(&rest))))
}

/// SHA-256 over the canonical JSON of the file, which is never in memory as a whole.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    hash: Sha256,
    items: u64,
}

impl Sum {
    pub fn new() -> Sum {
        Sum { hash: Sha256::new(), items: 0 }
    }

    fn key(&mut self, member: Member) {
        let before = if member == Member::Format { "{\"" } else { ",\"" };
        [before, member.name(), "\":"].iter().for_each(|text| self.hash.update(text));
    }

    /// A member that is no list.
    pub fn one(&mut self, member: Member, json: &str) {
        self.key(member);
        self.hash.update(json);
    }

    /// The beginning of a list.
    pub fn open(&mut self, member: Member) {
        self.key(member);
        self.hash.update("[");
        self.items = 0;
    }

    /// An element, in pieces.
    pub fn item(&mut self, pieces: &[&str]) {
        self.hash.update(if self.items == 0 { "" } else { "," });
        pieces.iter().for_each(|piece| self.hash.update(piece));
        self.items += 1;
    }

    /// Whether the list that is open has no element yet.
    pub fn is_first(&self) -> bool {
        self.items == 0
    }

    /// The end of a list.
    pub fn close(&mut self) {
        self.hash.update("]");
    }

    /// The digest: SHA-256 (hex) of the canonical JSON of all members before it.
    pub fn done(&self) -> String {
        let mut hash = self.hash.clone();
        hash.update("}");
        hex(&hash.finalize())
    }
}
