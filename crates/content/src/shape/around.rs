//! The keys of what stands around a procedure: forms, record templates, the sample, the holidays, the list of sources.
//!
//! It must not say anything that the core structs do not: a key more or less fails `shape::tests`.

use super::language::{A_KEY, AN_ID, ANY_WORDS, CAPTURE, CHOICES, DECIMALS, FROM_ONE, KEYS, TEXT, WHEN};
use super::{Shape, may, must};
use crate::words::{DATE, FORM_ID};

pub(super) const DAY_KINDS: &[&str] = &["holiday", "working"];

pub(super) const DEMANDS: &[&str] = &["must", "may"];
pub(super) const FORMATS: &[&str] = &["plain", "date", "time", "boxes", "duration"];

/// A printed form.
pub(crate) static FORM: Shape = Shape::Table(
    "a form",
    &[
        must("schema", Shape::Schema),
        must("id", Shape::Words(FORM_ID)),
        may("code", ANY_WORDS),
        must("version", FROM_ONE),
        must("title", TEXT),
        must("summary", TEXT),
        must("sources", Shape::List(&ANY_WORDS, 1)),
        must("keep", TEXT),
        may("letterhead", Shape::List(&ANY_WORDS, 1)),
        may("landscape", Shape::Truth),
        WHEN,
        must("block", Shape::List(&BLOCK, 1)),
    ],
);

static BLOCK: Shape = Shape::Kinds {
    called: "a block",
    under: None,
    common: &[],
    kinds: &[
        ("grid", &[may("title", TEXT), must("cells", Shape::List(&CELL, 1))]),
        (
            "table",
            &[
                must("title", TEXT),
                must("from", A_KEY),
                must(
                    "columns",
                    Shape::List(
                        &Shape::Table(
                            "a printed column",
                            &[must("label", TEXT), must("column", ANY_WORDS), must("width", Shape::Whole(1, 255))],
                        ),
                        1,
                    ),
                ),
                may("min-lines", Shape::Whole(0, 99)),
            ],
        ),
        ("checks", &[must("title", TEXT), must("from", KEYS)]),
        ("verdicts", &[must("title", TEXT), must("from", A_KEY)]),
        ("series", &[must("title", TEXT), must("from", A_KEY)]),
        ("score", &[must("title", TEXT), must("from", A_KEY)]),
        ("text", &[must("title", TEXT), must("from", KEYS), may("lines", Shape::Whole(1, 40))]),
        ("note", &[must("text", TEXT)]),
        ("photos", &[must("title", TEXT), must("from", KEYS)]),
        ("deviations", &[must("title", TEXT)]),
        (
            "signatures",
            &[must(
                "slots",
                Shape::List(
                    &Shape::Table(
                        "a signature area",
                        &[must("label", TEXT), may("from", A_KEY), may("seal", Shape::Truth)],
                    ),
                    1,
                ),
            )],
        ),
    ],
};

static CELL: Shape = Shape::Table(
    "a cell",
    &[
        must("label", TEXT),
        must("from", KEYS),
        may("span", Shape::Whole(1, 12)),
        may("lines", Shape::Whole(1, 99)),
        may("format", Shape::OneOf(FORMATS)),
    ],
);

/// The fields of a kind of basic record.
pub(crate) static RECORD: Shape = Shape::Table(
    "a record template",
    &[
        must("schema", Shape::Schema),
        must("id", AN_ID),
        must("version", FROM_ONE),
        must("title", TEXT),
        must("name", AN_ID),
        may("detail", AN_ID),
        must("field", Shape::List(&CAPTURE, 1)),
    ],
);

/// The limits of one file.
pub(crate) static LIMITS: Shape =
    Shape::Table("a list of limits", &[must("schema", Shape::Schema), must("limit", Shape::List(&LIMIT, 1))]);

static LIMIT: Shape = Shape::Kinds {
    called: "a limit",
    under: Some("kind"),
    common: &[
        must("id", AN_ID),
        must("group", AN_ID),
        must("title", TEXT),
        may("hint", TEXT),
        must("source", ANY_WORDS),
        may("default", Shape::NumberOrWords),
        may("customer", Shape::Truth),
        may("stands-for", A_KEY),
        may("blank", TEXT),
    ],
    kinds: &[
        (
            "number",
            &[may("unit", TEXT), may("min", Shape::Number), may("max", Shape::Number), may("decimals", DECIMALS)],
        ),
        ("clock-window", &[]),
        ("choice", &[CHOICES]),
        ("text", &[]),
        ("list", &[]),
        ("weekly-hours", &[]),
        ("freeze", &[]),
    ],
};

/// Which procedures a kind of work order runs.
pub(crate) static PROGRAMME: Shape = Shape::Table(
    "a programme",
    &[
        must("schema", Shape::Schema),
        must("id", AN_ID),
        must("title", TEXT),
        must("summary", TEXT),
        must("kinds", Shape::List(&AN_ID, 1)),
        must("phase", Shape::List(&PHASE, 1)),
    ],
);

static PHASE: Shape =
    Shape::Table("a phase", &[must("id", AN_ID), must("title", TEXT), must("item", Shape::List(&PHASE_ITEM, 1))]);

static PHASE_ITEM: Shape =
    Shape::Table("a procedure of a phase", &[must("procedure", AN_ID), may("need", Shape::OneOf(DEMANDS)), WHEN]);

/// The records offered on first use.
pub(crate) static SAMPLE: Shape = Shape::Table(
    "the sample",
    &[
        must("schema", Shape::Schema),
        may(
            "record",
            Shape::List(
                &Shape::Table(
                    "a sample record",
                    &[must("key", AN_ID), must("kind", AN_ID), must("values", Shape::SampleValues)],
                ),
                1,
            ),
        ),
    ],
);

/// The public holidays.
pub(crate) static HOLIDAYS: Shape = Shape::Table(
    "the list of holidays",
    &[
        must("schema", Shape::Schema),
        must(
            "day",
            Shape::List(
                &Shape::Table(
                    "a run of days",
                    &[
                        must("from", Shape::Words(DATE)),
                        may("to", Shape::Words(DATE)),
                        must("kind", Shape::OneOf(DAY_KINDS)),
                        must("name", TEXT),
                    ],
                ),
                1,
            ),
        ),
    ],
);

/// The documents that clauses may cite.
pub(crate) static SOURCES: Shape = Shape::Table(
    "the list of sources",
    &[
        must("schema", Shape::Schema),
        must("source", Shape::List(&Shape::Table("a source", &[must("short", ANY_WORDS), must("title", TEXT)]), 1)),
    ],
);
