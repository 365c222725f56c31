//! The handbook: how to behave where and when, what to say and what not to say.
//!
//! [`book`] is what the content files say; [`search`](find::search) finds in it, [`briefing`] and [`self_check`] pick
//! what belongs to one visit, [`check_text`] looks for phrases that a customer should not read. Nothing here knows a
//! record, a procedure or a screen, and no rule of conduct stands in code.

mod book;
mod check;
mod find;
mod moment;
mod pick;

pub use book::{Category, Chapter, Dress, Entry, Handbook, Identity, Level, Phrase, Say};
pub use check::{Check, Finding, check_text};
pub use find::{Hit, search};
pub use moment::{Moment, Place, Use};
pub use pick::{Part, Visit, briefing, self_check};
