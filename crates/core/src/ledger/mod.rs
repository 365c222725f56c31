//! The ledger: immutable ops, their clock, their hash chain, and the fold that turns them into a record.
//!
//! It must not know templates, screens or storage. Merging is the union of ops; the fold gives the same record
//! whatever the order, grouping or duplication in which the ops arrived.

mod cell;
mod chain;
mod erase;
mod fold;
mod hlc;
mod jump;
mod op;
mod photo;

pub use cell::{Field, FieldHead, Row, Touch};
pub use chain::{ChainError, Digest, Head, canonical, follows, hex, seal, sha256, verify, verify_chain, verify_ops};
pub use erase::{Erased, Stub, erasure};
pub use fold::{Created, Fact, FactKind, Record};
pub use hlc::Hlc;
pub use jump::{Clock, TOLERANCE_MS, jumps};
pub use op::{Attachment, Change, Op, RecordKind, Sealed, State, TemplateRef, is_sha256};
pub use photo::{Photo, PhotoPart, is_photo_name, photo_name, photo_part};
