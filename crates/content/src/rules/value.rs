//! Answers as written in a case, and as a record keeps them.

use super::nearest_words;
use sitebook_core::ledger::RecordKind;
use sitebook_core::template::{Capture, CaptureKind, ColumnKind, RecordTemplate, SCHEMA, VERDICTS};
use sitebook_core::text::{Lang, Text};
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use sitebook_core::work::{Command, Context, decide};
use std::collections::BTreeMap;

/// Minutes east of UTC of every moment in a case: China.
pub(super) const TZ: i16 = 480;

/// The moment written as `2026-11-25T05:00`.
pub(super) fn moment(key: &str, written: &toml::Value) -> Result<Stamp, String> {
    let text = match written {
        toml::Value::String(text) => text.clone(),
        toml::Value::Datetime(moment) => moment.to_string(),
        other => return Err(wants(key, "a moment like \"2026-11-25T05:00\"", other)),
    };
    let input = text.strip_suffix(":00").filter(|short| short.len() == 16).unwrap_or(&text);
    Stamp::from_input(input, TZ)
        .ok_or_else(|| format!("{key} is a moment: write it as \"2026-11-25T05:00\" (local time), not \"{text}\""))
}

/// `x wants y, not z`.
pub(super) fn wants(key: &str, wanted: &str, found: &toml::Value) -> String {
    let found = match found {
        toml::Value::String(text) => format!("\"{text}\""),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Boolean(truth) => truth.to_string(),
        other => format!("a value of type {}", other.type_str()),
    };
    format!("{key} wants {wanted}, not {found}")
}

/// A written number.
pub(super) fn number(key: &str, written: &toml::Value) -> Result<f64, String> {
    match written {
        #[expect(clippy::cast_precision_loss, reason = "nobody writes 2^53 into a test")]
        toml::Value::Integer(number) => Ok(*number as f64),
        toml::Value::Float(number) => Ok(*number),
        other => Err(wants(key, "a number", other)),
    }
}

fn words(key: &str, written: &toml::Value) -> Result<String, String> {
    let text = written.as_str().filter(|text| !text.trim().is_empty());
    text.map(str::to_owned).ok_or_else(|| wants(key, "words", written))
}

fn truth(key: &str, written: &toml::Value) -> Result<bool, String> {
    match written {
        toml::Value::Boolean(truth) => Ok(*truth),
        toml::Value::String(all) if all == "all" => Ok(true),
        other => Err(wants(key, "true or false", other)),
    }
}

/// One of these words.
pub(super) fn one_of<'a>(
    key: &str,
    written: &toml::Value,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Result<Value, String> {
    let word = words(key, written)?;
    if known.clone().any(|known| known == word) {
        return Ok(Value::Text(word));
    }
    Err(format!("{key} has no answer '{word}'{}", nearest_words(&word, known)))
}

/// A value that a capture with one field takes, checked as the app checks it.
pub(super) fn accepted(key: &str, capture: &Capture, written: &toml::Value, now: Stamp) -> Result<Value, String> {
    let value = match &capture.kind {
        CaptureKind::Check => Value::Bool(truth(key, written)?),
        CaptureKind::Number { .. } | CaptureKind::Rating { .. } => Value::Number(number(key, written)?),
        CaptureKind::Choice { options } => one_of(key, written, options.iter().map(|option| option.id.as_str()))?,
        CaptureKind::Moment => Value::Moment(moment(key, written)?),
        CaptureKind::Text { .. }
        | CaptureKind::Person
        | CaptureKind::Phone
        | CaptureKind::Serial { .. }
        | CaptureKind::Ref { .. } => Value::Text(words(key, written)?),
        _ => return Err(format!("{key} cannot be given as one value")),
    };
    let CaptureKind::Serial { .. } = &capture.kind else {
        return checked(key, capture, value, now);
    };
    Ok(value)
}

/// Asks the core whether the capture takes the value.
fn checked(key: &str, capture: &Capture, value: Value, now: Stamp) -> Result<Value, String> {
    let field = Capture { required: false, when: None, suggest: None, ..capture.clone() };
    let template = RecordTemplate {
        schema: SCHEMA,
        id: RecordKind::Order.id().to_owned(),
        version: 1,
        title: Text::of("", ""),
        name: capture.id.clone(),
        detail: None,
        fields: vec![field],
    };
    let values = BTreeMap::from([(capture.id.clone(), value.clone())]);
    let command = Command::Create { kind: RecordKind::Order, number: None, template: None, values };
    match decide(&command, &Context::Basic { template: &template, record: None }, now, "") {
        Ok(_) => Ok(value),
        Err(refusal) => Err(format!("{key} does not take this value: {}", refusal.words().get(Lang::En))),
    }
}

/// The value of a list's item: `list.item`, or a part of it.
pub(super) fn item(key: &str, kind: &CaptureKind, path: &str, written: &toml::Value) -> Result<Value, String> {
    let (id, part) = path.split_once('.').map_or((path, None), |(id, part)| (id, Some(part)));
    let known = item_ids(kind);
    if !known.contains(&id) {
        return Err(format!("there is no item '{key}'{}", nearest_words(id, known.into_iter())));
    }
    match (kind, part) {
        (CaptureKind::Checklist { .. }, None) => Ok(Value::Bool(truth(key, written)?)),
        (CaptureKind::Verdicts { .. }, None) => one_of(key, written, VERDICTS.into_iter()),
        (CaptureKind::Verdicts { measure: true, .. }, Some("value")) => {
            number(key, written).map(Value::Number).or_else(|_| words(key, written).map(Value::Text))
        }
        (CaptureKind::Verdicts { .. }, Some("note")) => words(key, written).map(Value::Text),
        (CaptureKind::Score { items, .. }, None) => {
            let points = number(key, written)?;
            let most = items.iter().find(|item| item.id == id).map_or(0.0, |item| item.of);
            if (0.0..=most).contains(&points) {
                Ok(Value::Number(points))
            } else {
                Err(format!("{key} takes 0 to {most} points"))
            }
        }
        _ => Err(format!("an item has no part '{}'", part.unwrap_or_default())),
    }
}

/// The ids of a list's items.
pub(super) fn item_ids(kind: &CaptureKind) -> Vec<&str> {
    match kind {
        CaptureKind::Checklist { items } => items.iter().map(|item| item.id.as_str()).collect(),
        CaptureKind::Verdicts { items, .. } => items.iter().map(|item| item.id.as_str()).collect(),
        CaptureKind::Score { items, .. } => items.iter().map(|item| item.id.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// The value of a cell.
pub(super) fn cell(key: &str, kind: &ColumnKind, written: &toml::Value) -> Result<Value, String> {
    match kind {
        ColumnKind::Text { .. } | ColumnKind::Person => words(key, written).map(Value::Text),
        ColumnKind::Number { .. } => number(key, written).map(Value::Number),
        ColumnKind::Choice { options } => one_of(key, written, options.iter().map(|option| option.id.as_str())),
        ColumnKind::Check => truth(key, written).map(Value::Bool),
        ColumnKind::Moment => moment(key, written).map(Value::Moment),
    }
}
