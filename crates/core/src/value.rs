//! What a field or a cell can hold.

use crate::json::fields::Blank;
use crate::time::Stamp;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// Most characters (Unicode scalar values) of one text, whatever a template allows: what is kept can be carried.
pub const MAX_TEXT: usize = 20_000;

/// A value entered by a user. `Empty` is an answer that was taken back.
///
/// In JSON each is what it looks like: `true`, `2.5`, `"text"`, `{"at":…,"tz":…}`, `null`.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
        if text.trim().is_empty() { Value::EMPTY } else { Value::Text(text.trim().to_owned()) }
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

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

/// Takes whatever stands there.
struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("true, false, a number, a text, a moment or null")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "a number of JSON is a double")]
    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "a number of JSON is a double")]
    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::EMPTY)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
        let moment = serde::de::value::MapAccessDeserializer::new(map);
        Stamp::deserialize(moment).map(Value::Moment)
    }
}

/// A number in its shortest decimal form: `3`, `2.5`.
pub fn number_words(number: f64) -> String {
    format!("{number}")
}

impl Blank for Value {
    fn blank() -> Value {
        Value::EMPTY
    }
}
