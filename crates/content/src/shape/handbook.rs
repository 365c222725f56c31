//! The keys of a chapter of the handbook.
//!
//! It must not say anything that the core structs do not: a key more or less fails `shape::tests`.

use super::language::{AN_ID, ANY_WORDS, FROM_ONE, TEXT};
use super::{Shape, may, must};
use crate::words::{BOOK_ROW, ENGLISH};

pub(super) const LEVELS: &[&str] = &["must", "must-not", "should", "observe"];
pub(super) const MOMENTS: &[&str] =
    &["all", "prepare", "phone", "arrive", "enter", "before", "during", "day-end", "leave", "sign", "after"];
pub(super) const PLACES: &[&str] =
    &["anywhere", "premises", "room", "office", "phone", "writing", "production", "resident", "counter"];
pub(super) const USES: &[&str] = &["self-check", "briefing", "observe"];
pub(super) const SAY: &[&str] = &["use", "avoid"];

/// A chapter.
pub(crate) static CHAPTER: Shape = Shape::Table(
    "a chapter of the handbook",
    &[
        must("schema", Shape::Schema),
        must("id", AN_ID),
        must("order", FROM_ONE),
        must("title", TEXT),
        may("entry", Shape::List(&ENTRY, 1)),
        may("dress", Shape::List(&DRESS, 1)),
        may("identity", Shape::List(&IDENTITY, 1)),
        may("category", Shape::List(&CATEGORY, 1)),
        may("phrase", Shape::List(&PHRASE, 1)),
    ],
);

static ENTRY: Shape = Shape::Table(
    "an entry",
    &[
        must("id", AN_ID),
        must("title", TEXT),
        must("text", TEXT),
        must("level", Shape::OneOf(LEVELS)),
        must("moments", Shape::List(&Shape::OneOf(MOMENTS), 1)),
        must("places", Shape::List(&Shape::OneOf(PLACES), 1)),
        must("uses", Shape::List(&Shape::OneOf(USES), 1)),
        may("works", Shape::List(&AN_ID, 1)),
        may("profiles", Shape::List(&AN_ID, 1)),
        may("identity", AN_ID),
        must("clause", ANY_WORDS),
        may("carries", Shape::List(&Shape::Words(BOOK_ROW), 1)),
    ],
);

static DRESS: Shape = Shape::Table(
    "a dress profile",
    &[
        must("id", AN_ID),
        must("title", TEXT),
        must("text", TEXT),
        may("places", Shape::List(&Shape::OneOf(PLACES), 1)),
        may("default", Shape::Truth),
        must("clause", ANY_WORDS),
    ],
);

static IDENTITY: Shape = Shape::Table(
    "an identity mode",
    &[
        must("id", AN_ID),
        must("title", TEXT),
        must("text", TEXT),
        may("default", Shape::Truth),
        must("clause", ANY_WORDS),
    ],
);

static CATEGORY: Shape = Shape::Table(
    "a category",
    &[must("id", AN_ID), must("say", Shape::OneOf(SAY)), must("title", TEXT), must("text", TEXT)],
);

static PHRASE: Shape = Shape::Table(
    "a phrase",
    &[
        must("id", AN_ID),
        must("category", AN_ID),
        must("words", ANY_WORDS),
        must("meaning", Shape::Words(ENGLISH)),
        may("moments", Shape::List(&Shape::OneOf(MOMENTS), 1)),
        may("instead", TEXT),
        may("finds", Shape::List(&ANY_WORDS, 0)),
        may("except", Shape::List(&ANY_WORDS, 1)),
        must("clause", ANY_WORDS),
    ],
);
