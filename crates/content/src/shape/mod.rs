//! What may stand where in a content file: keys, kinds of values, what is needed.
//!
//! `language`, `around` and `handbook` are the one hand-kept table of the keys that the core structs read; a test builds every core struct
//! in full and compares, so the two cannot drift apart. `walk` compares a document with it and makes the JSON
//! that serde turns into the core structs. Nothing here knows what a key refers to; that is `check`.

mod around;
#[cfg(test)]
mod full;
mod handbook;
mod language;
mod publish;
#[cfg(test)]
mod tests;
mod walk;

pub(crate) use around::{FORM, HOLIDAYS, LIMITS, PROGRAMME, RECORD, SAMPLE, SOURCES};
pub(crate) use handbook::CHAPTER;
pub(crate) use language::{PROCEDURE, STAGE};
pub(crate) use publish::{json_schema, vocabulary};
pub(crate) use walk::{schema, walk};

use crate::words::Pattern;

/// What a value must look like.
#[derive(Debug)]
pub(crate) enum Shape {
    /// `{ zh = "…", en = "…" }`
    Bilingual,
    /// A string that follows a pattern.
    Words(Pattern),
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A whole number between the two, both included.
    Whole(i64, i64),
    /// A finite number.
    Number,
    /// A number or a field key.
    NumberOrKey,
    /// A number or any words.
    NumberOrWords,
    /// A field key or a list of them.
    KeyOrKeys,
    /// `true` or `false`.
    Truth,
    /// The schema version that this build reads.
    Schema,
    /// A list of at least so many.
    List(&'static Shape, usize),
    /// A table with these keys.
    Table(&'static str, &'static [Field]),
    /// A table whose key `kind` tells which further keys it has. In the JSON the kind stands around its own keys,
    /// `{ "text": { "max": 80 } }`, or alone if it has none.
    Kinds {
        /// What such a table is called.
        called: &'static str,
        /// Key of the JSON under which the kind stands, beside the common keys; without one it is the whole.
        under: Option<&'static str>,
        /// Keys of every kind.
        common: &'static [Field],
        /// The kinds with their own keys.
        kinds: &'static [(&'static str, &'static [Field])],
    },
    /// A table with exactly one of these keys.
    OneKey(&'static str, &'static [(&'static str, &'static Shape)]),
    /// A table with any ids as keys and values of the sample.
    SampleValues,
}

/// A key of a table.
#[derive(Debug)]
pub(crate) struct Field {
    name: &'static str,
    shape: Shape,
    needed: bool,
}

const fn must(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, needed: true }
}

const fn may(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, needed: false }
}
