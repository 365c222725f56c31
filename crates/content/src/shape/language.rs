//! The keys of a procedure, from stage to capture and condition, in the order of the core structs in
//! `sitebook_core::template`.
//!
//! It must not say anything that the core structs do not: a key more or less fails `shape::tests`.

use super::handbook::MOMENTS;
use super::{Field, Shape, may, must};
use crate::words::{ANY, CLOCK, FORM_ID, ID, KEY, ROW, RULE};

pub(super) const TEXT: Shape = Shape::Bilingual;
pub(super) const ANY_WORDS: Shape = Shape::Words(ANY);
pub(super) const AN_ID: Shape = Shape::Words(ID);
pub(super) const A_KEY: Shape = Shape::Words(KEY);
pub(super) const KEYS: Shape = Shape::List(&A_KEY, 1);
const COUNT: Shape = Shape::Whole(0, u32::MAX as i64);
pub(super) const FROM_ONE: Shape = Shape::Whole(1, u32::MAX as i64);
pub(super) const DECIMALS: Shape = Shape::Whole(0, 9);
const RULES: Field = may("rules", Shape::List(&Shape::Words(RULE), 1));
pub(super) const WHEN: Field = may("when", Shape::OneKey(CONDITION, &CONDITIONS));
pub(super) const CONDITION: &str = "a condition";
pub(super) const LEVELS: &[&str] = &["must", "should", "must-not"];
pub(super) const REPEATS: &[&str] = &["once", "many"];
pub(super) const SIDES: &[&str] = &["customer", "company"];
pub(super) const COMPARING: &[&str] = &["lt", "le", "eq", "ge", "gt"];

/// A procedure after shared stages were put in.
pub(crate) static PROCEDURE: Shape = Shape::Table(
    "a procedure",
    &[
        must("schema", Shape::Schema),
        must("id", AN_ID),
        must("version", FROM_ONE),
        must("family", AN_ID),
        must("title", TEXT),
        must("summary", TEXT),
        must("sources", Shape::List(&ANY_WORDS, 1)),
        may("carries", Shape::List(&Shape::Words(ROW), 1)),
        may("repeats", Shape::OneOf(REPEATS)),
        may("notice", TEXT),
        may("forms", Shape::List(&Shape::Words(FORM_ID), 1)),
        must("stage", Shape::List(&STAGE, 1)),
        may("deadline", Shape::List(&DEADLINE, 1)),
        may("close", Shape::List(&GATE, 1)),
        may("outcome", Shape::List(&OUTCOME, 1)),
    ],
);

static OUTCOME: Shape = Shape::Table(
    "an outcome",
    &[must("id", AN_ID), must("title", TEXT), must("when", Shape::OneKey(CONDITION, &CONDITIONS))],
);

static STARTS: Shape = Shape::Table("a follow-on procedure", &[must("procedure", AN_ID), may("text", TEXT), WHEN]);

/// A stage, of a procedure or shared.
pub(crate) static STAGE: Shape = Shape::Table(
    "a stage",
    &[
        must("id", AN_ID),
        must("title", TEXT),
        may("summary", TEXT),
        WHEN,
        may("gate", Shape::List(&GATE, 1)),
        must("step", Shape::List(&STEP, 1)),
    ],
);

static STEP: Shape = Shape::Table(
    "a step",
    &[
        must("id", AN_ID),
        must("level", Shape::OneOf(LEVELS)),
        must("title", TEXT),
        may("help", TEXT),
        must("clause", ANY_WORDS),
        RULES,
        WHEN,
        may("gate", Shape::List(&GATE, 1)),
        may("capture", Shape::List(&CAPTURE, 1)),
        may("starts", Shape::List(&STARTS, 1)),
        may("guidance", Shape::List(&Shape::OneOf(MOMENTS), 1)),
    ],
);

static GATE: Shape = Shape::Table(
    "a gate",
    &[
        must("id", AN_ID),
        must("text", TEXT),
        must("clause", ANY_WORDS),
        RULES,
        WHEN,
        must("needs", Shape::OneKey(CONDITION, &CONDITIONS)),
    ],
);

static DEADLINE: Shape = Shape::Table(
    "a deadline",
    &[
        must("id", AN_ID),
        must("title", TEXT),
        must("clause", ANY_WORDS),
        RULES,
        must("from", Shape::KeyOrKeys),
        must("within", WITHIN),
        WHEN,
        must("until", Shape::OneKey(CONDITION, &CONDITIONS)),
        must("step", A_KEY),
        may("clock", Shape::Truth),
        may("appointment", Shape::Truth),
    ],
);

/// A duration: the customer's working time counts in `working-hours` and `working-days`.
const WITHIN: Shape = Shape::OneKey(
    "a duration",
    &[
        ("minutes", &AMOUNT),
        ("hours", &AMOUNT),
        ("days", &AMOUNT),
        ("working-hours", &AMOUNT),
        ("working-days", &AMOUNT),
        ("nights", &AMOUNT),
    ],
);
/// A number, or the key of a limit.
const AMOUNT: Shape = Shape::NumberOrKey;

static PREDICATE: Shape = Shape::OneKey(CONDITION, &CONDITIONS);

/// The conditions: name and what stands behind it.
static CONDITIONS: [(&str, &Shape); 24] = [
    ("done", &A_KEY),
    ("answered", &A_KEY),
    ("is", &Shape::Table("'is'", &[must("field", A_KEY), must("value", ANY_WORDS)])),
    ("one-of", &Shape::Table("'one-of'", &[must("field", A_KEY), must("values", Shape::List(&ANY_WORDS, 1))])),
    (
        "compare",
        &Shape::Table(
            "'compare'",
            &[must("left", A_KEY), must("op", Shape::OneOf(COMPARING)), must("right", Shape::NumberOrKey)],
        ),
    ),
    ("signed", &A_KEY),
    ("before", &Shape::Table("'before'", &[must("first", A_KEY), must("then", A_KEY)])),
    ("later", &Shape::Table("'later'", &[must("moment", A_KEY), must("than", A_KEY), may("minutes", AMOUNT)])),
    (
        "inside-window",
        &Shape::Table(
            "'inside-window'",
            &[
                must("moment", A_KEY),
                may("from", Shape::Words(CLOCK)),
                may("to", Shape::Words(CLOCK)),
                may("window", A_KEY),
            ],
        ),
    ),
    (
        "rows",
        &Shape::Table(
            "'rows'",
            &[must("table", A_KEY), must("at-least", FROM_ONE), may("column", AN_ID), may("value", ANY_WORDS)],
        ),
    ),
    ("every", &Shape::Table("'every'", &[must("table", A_KEY), must("column", AN_ID), may("value", ANY_WORDS)])),
    ("tallied", &A_KEY),
    ("passed", &A_KEY),
    ("failed", &A_KEY),
    ("observed", &A_KEY),
    ("same", &Shape::Table("'same'", &[must("left", A_KEY), must("right", A_KEY)])),
    ("outcome", &Shape::Table("'outcome'", &[must("of", AN_ID), must("is", AN_ID)])),
    ("at-peak", &A_KEY),
    ("working-time", &A_KEY),
    ("frozen", &A_KEY),
    ("listed", &Shape::Table("'listed'", &[must("field", A_KEY), must("list", A_KEY)])),
    ("all", &Shape::List(&PREDICATE, 1)),
    ("any", &Shape::List(&PREDICATE, 1)),
    ("not", &PREDICATE),
];

pub(super) const CHOICES: Field =
    must("options", Shape::List(&Shape::Table("an option", &[must("id", AN_ID), must("text", TEXT)]), 2));

pub(super) static CAPTURE: Shape = Shape::Kinds {
    called: "a capture",
    under: Some("kind"),
    common: &[
        must("id", AN_ID),
        must("label", TEXT),
        may("hint", TEXT),
        may("required", Shape::Truth),
        WHEN,
        may("suggest", A_KEY),
    ],
    kinds: &[
        ("check", &[]),
        (
            "text",
            &[
                may("max", FROM_ONE),
                may("long", Shape::Truth),
                may("phrases", Shape::List(&TEXT, 1)),
                may("for-customer", Shape::Truth),
            ],
        ),
        (
            "number",
            &[may("unit", TEXT), may("min", Shape::Number), may("max", Shape::Number), may("decimals", DECIMALS)],
        ),
        ("choice", &[CHOICES]),
        (
            "checklist",
            &[must("items", Shape::List(&Shape::Table("an item", &[must("id", AN_ID), must("text", TEXT), WHEN]), 1))],
        ),
        ("stamp", &[may("not-before", A_KEY)]),
        ("moment", &[]),
        ("person", &[]),
        ("phone", &[]),
        ("rating", &[may("of", Shape::Whole(2, 10))]),
        ("photo", &[may("min", Shape::Whole(0, 99)), may("max", Shape::Whole(1, 99))]),
        (
            "signature",
            &[
                must("side", Shape::OneOf(SIDES)),
                must("role", TEXT),
                may("covers", Shape::List(&Shape::Words(FORM_ID), 1)),
                may("seal", Shape::Truth),
            ],
        ),
        (
            "table",
            &[
                must("columns", Shape::List(&COLUMN, 1)),
                may("min-rows", COUNT),
                may("presets", Shape::List(&Shape::Table("a preset", &[must("text", TEXT), WHEN]), 1)),
                may("lines", A_KEY),
            ],
        ),
        ("tally", &[must("of", A_KEY)]),
        ("verdicts", &[must("items", Shape::List(&VERDICT, 1)), may("measure", Shape::Truth)]),
        (
            "series",
            &[
                must("columns", Shape::List(&COLUMN, 1)),
                must("every", WITHIN),
                must("from", A_KEY),
                must("least", WITHIN),
            ],
        ),
        ("score", &[must("items", Shape::List(&SCORE_ITEM, 1)), may("pass", AMOUNT)]),
        ("computed", &[must("value", Shape::OneKey(EXPR, &EXPRS)), may("unit", TEXT), may("decimals", DECIMALS)]),
        ("serial", &[must("pattern", ANY_WORDS)]),
        ("ref", &[must("to", AN_ID), may("within", AN_ID)]),
    ],
};

static VERDICT: Shape = Shape::Table(
    "an inspection item",
    &[
        must("id", AN_ID),
        must("text", TEXT),
        may("standard", TEXT),
        may("unit", TEXT),
        may("min", Shape::Number),
        may("max", Shape::Number),
        WHEN,
    ],
);

static SCORE_ITEM: Shape =
    Shape::Table("an item with points", &[must("id", AN_ID), must("text", TEXT), must("of", Shape::Number)]);

const EXPR: &str = "a computed value";
static AN_EXPR: Shape = Shape::OneKey(EXPR, &EXPRS);
static SOME_EXPRS: Shape = Shape::List(&AN_EXPR, 1);
static TWO_KEYS: Shape = Shape::List(&A_KEY, 2);
static COLUMN_OF: Shape = Shape::Table("a column of a table", &[must("table", A_KEY), must("column", AN_ID)]);

/// How a value is computed: name and what stands behind it.
static EXPRS: [(&str, &Shape); 16] = [
    ("field", &A_KEY),
    ("number", &AMOUNT),
    ("sum", &SOME_EXPRS),
    ("product", &SOME_EXPRS),
    ("minus", &SOME_EXPRS),
    ("divide", &SOME_EXPRS),
    ("min", &SOME_EXPRS),
    ("max", &SOME_EXPRS),
    ("rows", &A_KEY),
    (
        "rows-where",
        &Shape::Table("'rows-where'", &[must("table", A_KEY), must("column", AN_ID), must("value", ANY_WORDS)]),
    ),
    ("column-sum", &COLUMN_OF),
    ("column-average", &COLUMN_OF),
    ("minutes-between", &TWO_KEYS),
    ("days-between", &TWO_KEYS),
    ("fails", &A_KEY),
    ("count", &KEYS),
];

static COLUMN: Shape = Shape::Kinds {
    called: "a column",
    under: Some("kind"),
    common: &[must("id", AN_ID), must("label", TEXT), may("required", Shape::Truth)],
    kinds: &[
        ("text", &[may("max", FROM_ONE)]),
        ("number", &[may("min", Shape::Number), may("max", Shape::Number), may("decimals", DECIMALS)]),
        ("choice", &[CHOICES]),
        ("check", &[]),
        ("moment", &[]),
        ("person", &[]),
    ],
};
