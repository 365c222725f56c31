//! The language of procedures and forms: what a content file may say.
//!
//! Definitions only: these structs are what a file holds after parsing. They know no record and no screen;
//! `work` runs a procedure over a record and `print` resolves a form. TOML is read by the `sitebook-content`
//! crate at build time; the app reads the same structs from compact JSON.

mod capture;
mod form;
mod library;
mod predicate;
mod procedure;
mod record;

pub use capture::{Capture, CaptureKind, Choice, Column, ColumnKind, Item, Preset, Side};
pub use form::{Block, Cell, Form, Format, SignSlot, TableColumn};
pub use library::Library;
pub use predicate::{Compare, CompareOp, Operand, Predicate};
pub use procedure::{Deadline, Gate, Level, Procedure, Stage, Step, Within};
pub use record::{RecordTemplate, Sample, SampleRecord, SampleValue};

/// The schema version of content files that this build reads.
pub const SCHEMA: u32 = 1;

/// First parts of a field key that do not name a stage of the visit but another record it belongs to.
/// A stage must not carry one of these ids.
pub const NAMESPACES: [&str; 6] = ["visit", "order", "customer", "site", "contact", "asset"];
