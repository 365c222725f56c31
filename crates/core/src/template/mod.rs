//! The language of procedures and forms: what a content file may say.
//!
//! Definitions only: these structs are what a file holds after parsing. They know no record and no screen;
//! `work` runs a procedure over a record and `print` resolves a form. TOML is read by the `sitebook-content`
//! crate at build time; the app reads the same structs from compact JSON.

mod capture;
mod capture_parts;
pub mod check;
pub mod conditions;
mod deadline;
pub mod diff;
pub mod edit;
pub mod edit_due;
mod expr;
pub mod file;
mod form;
pub mod kinds;
mod library;
mod limit;
pub mod pick;
mod predicate;
mod procedure;
mod record;
pub mod rekey;
pub mod words_at;

pub use capture::{Capture, CaptureKind, SERIES_COLUMNS, VERDICTS, verdict_words};
pub use capture_parts::{Choice, Column, ColumnKind, Item, Preset, ScoreItem, Side, Verdict};
pub use deadline::{Deadline, Keys, Within};
pub use expr::{ColumnOf, Expr};
pub use form::{Block, Cell, Form, Format, SignSlot, TableColumn};
pub use library::{CatalogueForm, CatalogueLine, CatalogueOutcome, Library};
pub use limit::{Demand, Limit, LimitDefault, LimitKind, Phase, PhaseItem, Programme, profile_template};
pub use predicate::{Compare, CompareOp, Operand, Predicate};
pub use procedure::{Gate, Level, Outcome, Procedure, Repeats, Stage, Starts, Step};
pub use record::{RecordTemplate, Sample, SampleRecord, SampleValue};

/// The schema version of content files that this build reads.
pub const SCHEMA: u32 = 1;

/// First parts of a field key that do not name a stage of the visit but another record it belongs to.
/// A stage must not carry one of these ids.
pub const NAMESPACES: [&str; 7] = ["visit", "order", "customer", "site", "contact", "asset", "limit"];

/// The outcome that every run has.
pub const STARTED: &str = "started";
/// The outcome of every run that is closed.
pub const CLOSED: &str = "closed";
