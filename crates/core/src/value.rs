//! What a field or a cell can hold.

use crate::time::Stamp;
use serde::{Deserialize, Serialize};

/// Most characters (Unicode scalar values) of one text, whatever a template allows: what is kept can be carried.
pub const MAX_TEXT: usize = 20_000;

/// A value entered by a user. `Empty` is an answer that was taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A tick.
    Bool(bool),
    /// A finite number.
    Number(f64),
    /// Text, a choice id, a record id.
    Text(String),
    /// A moment.
    Moment(Stamp),
    /// Nothing.
    Empty(()),
}

impl Value {
    /// The empty value.
    pub const EMPTY: Value = Value::Empty(());

    /// A text value; blank text is empty.
    pub fn text(text: &str) -> Value {
        if text.trim().is_empty() {
            Value::EMPTY
        } else {
            Value::Text(text.trim().to_owned())
        }
    }

    /// Whether nothing was entered. An unticked box is an entry taken back.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Empty(()) | Value::Bool(false) => true,
            Value::Text(text) => text.is_empty(),
            Value::Bool(true) | Value::Number(_) | Value::Moment(_) => false,
        }
    }

    /// The text, if it is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The moment, if it is one.
    pub fn as_moment(&self) -> Option<Stamp> {
        match self {
            Value::Moment(stamp) => Some(*stamp),
            _ => None,
        }
    }

    /// Whether the tick is set.
    pub fn is_true(&self) -> bool {
        matches!(self, Value::Bool(true))
    }

    /// Whether it equals a constant of a content file.
    pub fn equals(&self, constant: &str) -> bool {
        match self {
            Value::Text(text) => text == constant,
            Value::Bool(value) => constant == if *value { "true" } else { "false" },
            Value::Number(number) => constant.parse() == Ok(*number),
            Value::Moment(_) => false,
            Value::Empty(()) => constant.is_empty() || constant == "false",
        }
    }
}

/// A number in its shortest decimal form: `3`, `2.5`.
pub fn number_words(number: f64) -> String {
    format!("{number}")
}
