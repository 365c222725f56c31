//! The op: one immutable change, by one person on one device.

use super::Hlc;
use crate::ids::{DeviceId, OpId, RecordId, RowId};
use crate::json::fields::{Blank, fields, variants};
use crate::time::Stamp;
use crate::value::Value;
use serde::Serialize;
use std::collections::BTreeMap;

/// One change of one record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Op {
    /// Time-ordered id, unique everywhere.
    pub id: OpId,
    /// The record it changes.
    pub record: RecordId,
    /// The device it was made on.
    pub device: DeviceId,
    /// The person's name as set in the profile at that time.
    pub actor: String,
    /// Logical time.
    pub hlc: Hlc,
    /// Local offset of the device, minutes east of UTC.
    pub tz: i16,
    /// Running number on this device, from 1.
    pub seq: u64,
    /// SHA-256 (hex) of this device's previous op in canonical JSON; absent for its first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prev: Option<String>,
    /// What changed.
    pub change: Change,
}

fields!(strict Op {
    id, record, device, actor, hlc, tz, seq, prev or None, change
});

/// An op with its hash, as it is stored and exported.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sealed {
    /// The op.
    pub op: Op,
    /// SHA-256 (hex) of the op in canonical JSON.
    pub hash: String,
}

fields!(strict Sealed {
    op, hash
});

/// The kinds of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordKind {
    /// A customer.
    Customer,
    /// A site or machine room of a customer.
    Site,
    /// A person at a customer.
    Contact,
    /// A piece of equipment.
    Asset,
    /// A work order.
    Order,
    /// A visit: one run of a procedure.
    Visit,
    /// The limits of the company; there is one, with the id `profile`.
    Profile,
    /// A version of a procedure that the team wrote itself; it pins what it says, like a visit.
    Template,
}

variants!(RecordKind {
    "customer" => Customer,
    "site" => Site,
    "contact" => Contact,
    "asset" => Asset,
    "order" => Order,
    "visit" => Visit,
    "profile" => Profile,
    "template" => Template,
});

impl RecordKind {
    /// All kinds, referenced ones first.
    pub const ALL: [RecordKind; 8] = [
        RecordKind::Customer,
        RecordKind::Site,
        RecordKind::Contact,
        RecordKind::Asset,
        RecordKind::Order,
        RecordKind::Visit,
        RecordKind::Profile,
        RecordKind::Template,
    ];

    /// The word used in content files, routes and JSON.
    pub fn id(self) -> &'static str {
        match self {
            RecordKind::Customer => "customer",
            RecordKind::Site => "site",
            RecordKind::Contact => "contact",
            RecordKind::Asset => "asset",
            RecordKind::Order => "order",
            RecordKind::Visit => "visit",
            RecordKind::Profile => "profile",
            RecordKind::Template => "template",
        }
    }

    /// The kind with this word.
    pub fn parse(id: &str) -> Option<RecordKind> {
        RecordKind::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// The template a record runs, pinned at creation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TemplateRef {
    /// Id of the procedure.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// SHA-256 (hex) of its canonical JSON.
    pub digest: String,
}

fields!(strict TemplateRef {
    id, version, digest
});

/// Where a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Being worked on.
    #[default]
    Open,
    /// Finished and filed.
    Closed,
}

variants!(State {
    "open" => Open, "closed" => Closed
});

/// What an attachment is, without its bytes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attachment {
    /// SHA-256 (hex) of the bytes: its address.
    pub sha256: String,
    /// `image/jpeg`, `image/png`, …
    pub mime: String,
    /// Number of bytes.
    pub size: u64,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

fields!(strict Attachment {
    sha256, mime, size, width, height
});

impl Attachment {
    /// The kinds of pictures that a record takes. SVG is a program, not a photo.
    pub const MIMES: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];
    /// Most bytes of one picture: 12 MB. The camera path makes far smaller ones.
    pub const MAX_SIZE: u64 = 12 * 1024 * 1024;
    /// Most pixels along one edge.
    pub const MAX_EDGE: u32 = 16_384;

    /// Whether it is a picture that a record takes and another phone will accept.
    pub fn is_plausible(&self) -> bool {
        let edge = 1..=Attachment::MAX_EDGE;
        is_sha256(&self.sha256)
            && Attachment::MIMES.contains(&self.mime.as_str())
            && (1..=Attachment::MAX_SIZE).contains(&self.size)
            && edge.contains(&self.width)
            && edge.contains(&self.height)
    }
}

/// Whether the text is a SHA-256 in lower-case hex.
pub fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// The closed set of changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Brings the record into being.
    Create {
        /// Kind of record.
        kind: RecordKind,
        /// Number under which people know it, if it has one.
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// Pinned procedure, for visits and for versions of procedures.
        #[serde(skip_serializing_if = "Option::is_none")]
        template: Option<TemplateRef>,
    },
    /// Sets a field. `was` names the ops whose values the user saw (one, or several while a conflict was open), so
    /// that a true conflict can be told from an edit and an edit settles what it saw.
    Set {
        /// Field key.
        field: String,
        /// New value; empty takes the answer back.
        value: Value,
        /// The ops that set the values before, as the user saw them.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        was: Vec<OpId>,
    },
    /// Adds a row with its first cells.
    RowAdd {
        /// Table key.
        table: String,
        /// New row.
        row: RowId,
        /// Cells by column id.
        cells: BTreeMap<String, Value>,
    },
    /// Sets a cell.
    RowSet {
        /// Table key.
        table: String,
        /// The row.
        row: RowId,
        /// Column id.
        column: String,
        /// New value.
        value: Value,
        /// The ops that set the values before, as the user saw them.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        was: Vec<OpId>,
    },
    /// Takes a row out of the table, as far as the user saw it. A change of one of its cells that is not named in
    /// `saw`, made later or on another device, keeps it or brings it back.
    RowRemove {
        /// Table key.
        table: String,
        /// The row.
        row: RowId,
        /// The ops that kept the row in the table, as the user saw it; see `Row::kept_by`.
        saw: Vec<OpId>,
    },
    /// Brings a removed row back.
    RowRestore {
        /// Table key.
        table: String,
        /// The row.
        row: RowId,
    },
    /// Stamps a moment.
    Stamp {
        /// Field key.
        field: String,
        /// The moment.
        at: Stamp,
        /// Entered by hand instead of by a tap at that time.
        by_hand: bool,
    },
    /// Attaches a photo.
    Attach {
        /// Field key.
        field: String,
        /// The photo.
        attachment: Attachment,
        /// Words below the photo.
        #[serde(skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
    },
    /// Signs.
    Sign {
        /// Field key of the signature.
        field: String,
        /// Name of the signer.
        name: String,
        /// Role of the signer.
        role: String,
        /// The drawn signature.
        image: Attachment,
        /// SHA-256 (hex) of each covered value as the signer saw it, by field key.
        seen: BTreeMap<String, String>,
    },
    /// Passes a gate, or leaves out a step, with a reason and a named approver.
    Override {
        /// `gate:…` or `step:…`, see `work::Target`.
        target: String,
        /// Why.
        reason: String,
        /// Who approved.
        approver: String,
    },
    /// Takes back a stamp, photo, signature or override; it stays in the history.
    Withdraw {
        /// The op taken back.
        fact: OpId,
    },
    /// Moves the record to a state.
    Transition {
        /// The state.
        to: State,
    },
    /// Declares the record void. It stays, marked.
    Void {
        /// Why.
        reason: String,
    },
    /// Says that a customer's data was erased on this device: stands on the customer's record, and stays when
    /// everything else about them is gone. See [`super::erase`].
    Erase {
        /// Why.
        reason: String,
        /// How many records were erased.
        records: u32,
        /// How many ops of them.
        entries: u32,
        /// How many pictures.
        photos: u32,
        /// SHA-256 (hex) over places and hashes of the erased ops: proof of what was there, without what it said.
        sum: String,
    },
}

variants!(strict Change {
    "create" => Create { kind, number or None, template or None },
    "set" => Set { field, value, was or Vec::new() },
    "row-add" => RowAdd { table, row, cells },
    "row-set" => RowSet { table, row, column, value, was or Vec::new() },
    "row-remove" => RowRemove { table, row, saw },
    "row-restore" => RowRestore { table, row },
    "stamp" => Stamp { field, at, by_hand },
    "attach" => Attach { field, attachment, caption or None },
    "sign" => Sign { field, name, role, image, seen },
    "override" => Override { target, reason, approver },
    "withdraw" => Withdraw { fact },
    "transition" => Transition { to },
    "void" => Void { reason },
    "erase" => Erase { reason, records, entries, photos, sum },
});

impl Blank for Change {
    fn blank() -> Change {
        Change::Void { reason: String::new() }
    }
}

impl Blank for State {
    fn blank() -> State {
        State::Open
    }
}

impl Blank for RecordKind {
    fn blank() -> RecordKind {
        RecordKind::Customer
    }
}
