//! The JSON bundle: records on their way to the office, to another phone or into a backup, and back.
//!
//! A file is hostile until proven: [`read`] checks sizes before work, structure before content and content before
//! anything is handed on; [`preview`] says what an import would bring; only then does the app write, all or nothing.
//! It must not know files, screens or storage: bytes in, values out. The shape is published as a JSON Schema
//! (`public/schema/bundle-1.json`).
//!
//! Decisions:
//! - One JSON file instead of an archive: any tool opens it, nothing in it names a path, nothing inflates. Pictures
//!   are base64, a third larger; a visit's photos are a few megabytes.
//! - Base64 comes from the `base64` crate without `std`: one small, well-kept crate that refuses non-canonical text
//!   (stray bits, missing padding), so that one picture has exactly one spelling.
//! - One element a line, so that line and column of an error say something, and a difference between two files can
//!   be seen.
//! - [`export`] reads back what it wrote before it hands it out. A backup that cannot be read is worse than none.
//! - The bundle's digest finds damage, not malice: whoever changes a file can also compute its digest anew. Each
//!   device's chain of ops narrows that; a seal with the device's key will close it.

mod bundle;
mod check;
mod error;
mod export;
mod preview;
mod read;
mod scan;
mod view;

pub use bundle::{Exported, FORMAT, SCHEMA};
pub use error::{Fault, ImportError, Part};
pub use export::{Export, ExportError, Parcel, export};
pub use preview::{Known, Line, Preview, preview};
pub use read::{Incoming, Picture, Template, read};
pub use view::{RecordView, view};

/// What a bundle may hold at most.
pub mod limits {
    /// Bytes of the whole file: 200 MB.
    pub const BYTES: usize = 200 * 1024 * 1024;
    /// Objects and lists inside each other.
    pub const DEPTH: usize = 64;
    /// Keys of one object.
    pub const KEYS: usize = 100_000;
    /// Ops.
    pub const OPS: usize = 2_000_000;
    /// Records, counted by the ops.
    pub const RECORDS: usize = 200_000;
    /// Pictures.
    pub const PICTURES: usize = 20_000;
    /// Procedures.
    pub const TEMPLATES: usize = 1_000;
    /// Characters (Unicode scalar values) of one text.
    pub const TEXT: usize = crate::value::MAX_TEXT;
    /// Characters of a field key, table key, column id or override target.
    pub const KEY: usize = 256;
    /// Ops of one device. Far below 2^53, where a number of JSON can no longer be told from its neighbour.
    pub const SEQ: u64 = 1 << 40;
}
