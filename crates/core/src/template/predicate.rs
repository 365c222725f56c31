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
        minutes: Operand,
    },
    /// The moment lies in the daily window, local time; a window may run across midnight. The window is written out,
    /// or is that of a limit.
    InsideWindow {
        /// Field key of the moment.
        moment: String,
        /// First minute, `HH:MM`.
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        /// First minute after the window, `HH:MM`.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<String>,
        /// Key of a limit of the kind `clock-window`.
        #[serde(skip_serializing_if = "Option::is_none")]
        window: Option<String>,
    },
    /// The table has at least so many complete rows; with a column, only those with this value in it count.
    Rows {
        /// Key of the table.
        table: String,
        /// Least number.
        at_least: u32,
        /// Column id.
        #[serde(skip_serializing_if = "Option::is_none")]
        column: Option<String>,
        /// The value wanted in it.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<String>,
    },
    /// Every row of the table has something in the column, or this value. True for a table without rows.
    Every {
        /// Key of the table.
        table: String,
        /// Column id.
        column: String,
        /// The value wanted in it; any, if there is none.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<String>,
    },
    /// Every row of the tally's table counts as many out as in.
    Tallied(String),
    /// Every shown item of the inspection list is answered, and none fails.
    Passed(String),
    /// At least one shown item of the inspection list fails.
    Failed(String),
    /// The readings go on long enough, and the last is normal.
    Observed(String),
    /// Both fields are answered and hold the same.
    Same {
        /// Field key.
        left: String,
        /// Field key.
        right: String,
    },
    /// Another run under the same work order has reached something.
    Outcome {
        /// Id of the procedure that it runs.
        of: String,
        /// Id of one of its outcomes; [`super::STARTED`] and [`super::CLOSED`] exist for every procedure.
        is: String,
    },
    /// The moment lies in the customer's peak hours.
    AtPeak(String),
    /// The moment lies in the customer's working hours on a working day.
    WorkingTime(String),
    /// The moment lies in one of the customer's freeze periods.
    Frozen(String),
    /// The field holds one of the lines of a limit of the kind `list`.
    Listed {
        /// Field key.
        field: String,
        /// Key of the limit.
        list: String,
    },
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
    "later" => Later { moment, than, minutes or Operand::Number(0.0) },
    "inside-window" => InsideWindow { moment, from or None, to or None, window or None },
    "rows" => Rows { table, at_least as "at-least", column or None, value or None },
    "every" => Every { table, column, value or None },
    "tallied" => Tallied(key),
    "passed" => Passed(key),
    "failed" => Failed(key),
    "observed" => Observed(key),
    "same" => Same { left, right },
    "outcome" => Outcome { of, is },
    "at-peak" => AtPeak(key),
    "working-time" => WorkingTime(key),
    "frozen" => Frozen(key),
    "listed" => Listed { field, list },
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

/// A number, or where one stands: in JSON a number or a text. Also every amount that may be a limit, such as
/// `limit.critical-notice`.
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

impl Operand {
    /// The key, if it is one.
    pub fn key(&self) -> Option<&str> {
        match self {
            Operand::Number(_) => None,
            Operand::Field(key) => Some(key),
        }
    }
}

impl From<u32> for Operand {
    fn from(number: u32) -> Operand {
        Operand::Number(f64::from(number))
    }
}

impl Predicate {
    /// Calls `visit` with every field key (or step or stage id) that the predicate mentions.
    pub fn keys<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        match self {
            Predicate::Done(key)
            | Predicate::Answered(key)
            | Predicate::Signed(key)
            | Predicate::Tallied(key)
            | Predicate::Passed(key)
            | Predicate::Failed(key)
            | Predicate::Observed(key)
            | Predicate::AtPeak(key)
            | Predicate::WorkingTime(key)
            | Predicate::Frozen(key) => visit(key),
            Predicate::Is { field, .. } | Predicate::OneOf { field, .. } => visit(field),
            Predicate::Compare(compare) => {
                visit(&compare.left);
                compare.right.key().into_iter().for_each(visit);
            }
            Predicate::Before { first, then } => {
                visit(first);
                visit(then);
            }
            Predicate::Later { moment, than, minutes } => {
                visit(moment);
                visit(than);
                minutes.key().into_iter().for_each(visit);
            }
            Predicate::InsideWindow { moment, window, .. } => {
                visit(moment);
                window.as_deref().into_iter().for_each(visit);
            }
            Predicate::Rows { table, .. } | Predicate::Every { table, .. } => visit(table),
            Predicate::Same { left, right } => {
                visit(left);
                visit(right);
            }
            Predicate::Listed { field, list } => {
                visit(field);
                visit(list);
            }
            Predicate::Outcome { .. } => {}
            Predicate::All(parts) | Predicate::Any(parts) => parts.iter().for_each(|part| part.keys(visit)),
            Predicate::Not(part) => part.keys(visit),
        }
    }

    /// Calls `visit` with the procedure and outcome of every other run that the predicate asks about.
    pub fn outcomes<'a>(&'a self, visit: &mut impl FnMut(&'a str, &'a str)) {
        match self {
            Predicate::Outcome { of, is } => visit(of, is),
            Predicate::All(parts) | Predicate::Any(parts) => parts.iter().for_each(|part| part.outcomes(visit)),
            Predicate::Not(part) => part.outcomes(visit),
            _ => {}
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
