//! The JSON bundle: records on their way to the office, to another phone or into a backup, and back.
//!
//! A file is hostile until proven: a [`Reader`] checks sizes before work, structure before content and content before
//! anything is handed on; [`preview`] says what an import would bring; only then does the app write, all or nothing.
//! It must not know files, screens or storage: bytes in, values out. The shape is published as a JSON Schema
//! (`public/schema/bundle-1.json`).
//!
//! Decisions:
//! - One JSON file instead of an archive: any tool opens it, nothing in it names a path, nothing inflates. Pictures
//!   are base64, a third larger; a visit's photos are a few megabytes.
//! - The members stand in one order, and a [`Writer`] and a [`Reader`] go through the file once, piece by piece: a
//!   backup of years fits through a phone. Its digest is that of canonical JSON, which has the same order.
//! - The format comes first: another program's file, or one of a newer version, is known after thirty bytes.
//! - What must be judged by the ops (pictures, seals, procedures) comes after them, so it is judged as it passes by.
//! - Base64 comes from the `base64` crate without `std`: one small, well-kept crate that refuses non-canonical text
//!   (stray bits, missing padding), so that one picture has exactly one spelling.
//! - One element a line, so that line and column of an error say something, and a difference between two files can
//!   be seen.
//! - [`export`] reads back what it wrote before it hands it out. A backup that cannot be read is worse than none.
//! - The bundle's digest finds damage, not malice: whoever changes a file can also compute its digest anew. Seals and
//!   the file's signature find that; see [`crate::verify`].

mod bundle;
mod check;
mod cut;
mod error;
mod export;
mod intake;
mod once;
mod preview;
mod read;
mod scan;
mod view;
mod write;

pub use bundle::{Exported, FORMAT, SCHEMA};
pub use error::{Fault, ImportError, Part};
pub use export::{Export, ExportError, Parcel, export};
pub use preview::{Known, Line, Preview, preview};
pub use read::{Event, Incoming, Picture, Reader, Template, read, read_all};
pub use view::{RecordView, view};
pub use write::Writer;

/// What a bundle may hold at most.
pub mod limits {
    /// Bytes of the whole file: 8 GB.
    pub const BYTES: u64 = 8 << 30;
    /// Bytes of one element: an op, a picture, a record, a procedure.
    pub const ELEMENT: usize = 20 << 20;
    /// Bytes of all that is kept while a file is read, everything but pictures and readable records: 1 GB.
    pub const KEPT: usize = 1 << 30;
    /// Objects and lists inside each other.
    pub const DEPTH: usize = 64;
    /// Keys of one object.
    pub const KEYS: usize = 100_000;
    /// Ops.
    pub const OPS: usize = 2_000_000;
    /// Records, counted by the ops.
    pub const RECORDS: usize = 200_000;
    /// Pictures.
    pub const PICTURES: usize = 100_000;
    /// Seals.
    pub const SEALS: usize = 1_000_000;
    /// Procedures.
    pub const TEMPLATES: usize = 1_000;
    /// Characters (Unicode scalar values) of one text.
    pub const TEXT: usize = crate::value::MAX_TEXT;
    /// Characters of a field key, table key, column id or override target.
    pub const KEY: usize = 256;
    /// Ops of one device. Far below 2^53, where a number of JSON can no longer be told from its neighbour.
    pub const SEQ: u64 = 1 << 40;
}
