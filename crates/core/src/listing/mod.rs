//! Lists of records: what a row says, which rows a filter leaves, in which order, and on which day each stands.
//!
//! Rows are made of list lines, never of whole records, so that ten thousand of them fit into a phone. It must not
//! know where lines are stored nor how a row is drawn.

mod filter;
mod rows;

pub use filter::{Facet, Filter, Saved, Sort};
pub use rows::{Row, chosen, has_days, row, standing};
