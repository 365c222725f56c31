//! Conditions as data: a closed set of predicates, so that a gate can be explained in words.

use crate::json::fields::{Blank, fields, variants};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// A condition over a visit and the records it belongs to. Field keys are `stage.step.capture`, or
/// `order.…`, `customer.…`, `site.…`, `contact.…`, `asset.…`, `visit.…` for the records around it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Predicate {
    /// The step (`stage.step`) or the whole stage (`stage`) is done: every required capture answered, or overridden.
    Done(String),
    /// The field, stamp, photo, signature or checklist has an answer.
    Answered(String),
    /// The field holds this value (choice id, `true`/`false` for a tick, text).
    Is {
        /// Field key.
        field: String,
        /// The value.
        value: String,
    },
    /// The field holds one of these values.
    OneOf {
        /// Field key.
        field: String,
        /// The values.
        values: Vec<String>,
    },
    /// Two numbers, or a number and a constant, compare.
    Compare(Compare),
    /// The signature capture is signed, and nothing it covers has changed since.
    Signed(String),
    /// Both moments are known and `first` is not later than `then`. Stamps and moments.
    Before {
        /// Field key of the earlier moment.
        first: String,
        /// Field key of the later moment.
        then: String,
    },
    /// Both moments are known and `moment` is more than `minutes` later than `than`.
    Later {
        /// Field key of the moment.
        moment: String,
        /// Field key it is compared with.
        than: String,
        /// Allowed minutes.
        minutes: u32,
    },
    /// The moment lies in the daily window, local time; a window may run across midnight.
    InsideWindow {
        /// Field key of the moment.
        moment: String,
        /// First minute, `HH:MM`.
        from: String,
        /// First minute after the window, `HH:MM`.
        to: String,
    },
    /// The table has at least so many complete rows.
    Rows {
        /// Key of the table.
        table: String,
        /// Least number.
        at_least: u32,
    },
    /// Every row of the tally's table counts as many out as in.
    Tallied(String),
    /// Every one holds.
    All(Vec<Predicate>),
    /// At least one holds.
    Any(Vec<Predicate>),
    /// It does not hold.
    Not(Box<Predicate>),
}

variants!(strict Predicate {
    "done" => Done(key),
    "answered" => Answered(key),
    "is" => Is { field, value },
    "one-of" => OneOf { field, values },
    "compare" => Compare(compare),
    "signed" => Signed(key),
    "before" => Before { first, then },
    "later" => Later { moment, than, minutes or 0 },
    "inside-window" => InsideWindow { moment, from, to },
    "rows" => Rows { table, at_least as "at-least" },
    "tallied" => Tallied(key),
    "all" => All(parts),
    "any" => Any(parts),
    "not" => Not(part),
});

/// A comparison of numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Compare {
    /// Field key of the left side.
    pub left: String,
    /// How they compare.
    pub op: CompareOp,
    /// A number or a field key.
    pub right: Operand,
}

fields!(strict Compare {
    left, op, right
});

/// How two numbers compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CompareOp {
    /// Less than.
    Lt,
    /// Less or equal.
    Le,
    /// Equal.
    Eq,
    /// Greater or equal.
    Ge,
    /// Greater than.
    Gt,
}

variants!(CompareOp {
    "lt" => Lt, "le" => Le, "eq" => Eq, "ge" => Ge, "gt" => Gt
});

/// The right side of a comparison: in JSON a number or a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Operand {
    /// A constant.
    Number(f64),
    /// A field key.
    Field(String),
}

impl<'de> Deserialize<'de> for Operand {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Operand, D::Error> {
        struct Either;
        impl Visitor<'_> for Either {
            type Value = Operand;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a number or a field key")
            }

            #[expect(clippy::cast_precision_loss, reason = "a number of JSON is a double")]
            fn visit_i64<E: Error>(self, number: i64) -> Result<Operand, E> {
                Ok(Operand::Number(number as f64))
            }

            #[expect(clippy::cast_precision_loss, reason = "a number of JSON is a double")]
            fn visit_u64<E: Error>(self, number: u64) -> Result<Operand, E> {
                Ok(Operand::Number(number as f64))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Operand, E> {
                Ok(Operand::Number(number))
            }

            fn visit_str<E: Error>(self, key: &str) -> Result<Operand, E> {
                Ok(Operand::Field(key.to_owned()))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl Predicate {
    /// Calls `visit` with every field key (or step or stage id) that the predicate mentions.
    pub fn keys<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        match self {
            Predicate::Done(key) | Predicate::Answered(key) | Predicate::Signed(key) | Predicate::Tallied(key) => {
                visit(key);
            }
            Predicate::Is { field, .. } | Predicate::OneOf { field, .. } => visit(field),
            Predicate::Compare(compare) => {
                visit(&compare.left);
                if let Operand::Field(key) = &compare.right {
                    visit(key);
                }
            }
            Predicate::Before { first, then } => {
                visit(first);
                visit(then);
            }
            Predicate::Later { moment, than, .. } => {
                visit(moment);
                visit(than);
            }
            Predicate::InsideWindow { moment, .. } => visit(moment),
            Predicate::Rows { table, .. } => visit(table),
            Predicate::All(parts) | Predicate::Any(parts) => parts.iter().for_each(|part| part.keys(visit)),
            Predicate::Not(part) => part.keys(visit),
        }
    }
}

impl Blank for Predicate {
    fn blank() -> Predicate {
        Predicate::All(Vec::new())
    }
}

impl Blank for CompareOp {
    fn blank() -> CompareOp {
        CompareOp::Eq
    }
}

impl Blank for Operand {
    fn blank() -> Operand {
        Operand::Number(0.0)
    }
}
