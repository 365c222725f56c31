//! Values at the border: what a capture or a column accepts.

use super::Refusal;
use crate::ledger::{PhotoPart, is_photo_name, photo_part};
use crate::marks;
use crate::template::{CaptureKind, Choice, Column, ColumnKind, VERDICTS, Verdict};
use crate::time::Stamp;
use crate::value::{MAX_TEXT, Value};

/// Longest name, phone number or role, in characters.
pub(super) const MAX_NAME: u32 = 80;
/// Longest reason or caption, in characters.
pub(super) const MAX_NOTE: u32 = 500;

/// Text without control characters (line breaks only where `long`), trimmed, within `max` characters.
pub(super) fn clean_text(text: &str, max: u32, long: bool) -> Result<String, Refusal> {
    let text = text.trim();
    let length = text.chars().count();
    if length > max as usize {
        return Err(Refusal::TooLong { max, is: length });
    }
    let allowed = |c: char| !(c.is_control() || turns_reading(c)) || (long && (c == '\n' || c == '\t')) || c == '\r';
    if !text.chars().all(allowed) {
        return Err(Refusal::Unprintable);
    }
    Ok(text.replace('\r', ""))
}

/// Marks that turn the reading direction: with them a name can be made to read as another.
fn turns_reading(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A value that no template describes, as it may be kept and carried.
pub(super) fn check_any(value: &Value) -> Result<Value, Refusal> {
    match value {
        Value::Text(_) => check_text(value.clone(), MAX_NOTE, true),
        Value::Number(_) => match check_number(value.clone(), None, None, u8::MAX) {
            Ok(value) => Ok(value),
            Err(_) => Err(Refusal::NotANumber),
        },
        Value::Moment(_) => check_moment(value.clone()),
        Value::Bool(_) | Value::Empty(()) => Ok(value.clone()),
    }
}

fn check_text(value: Value, max: u32, long: bool) -> Result<Value, Refusal> {
    let max = max.min(u32::try_from(MAX_TEXT).unwrap_or(u32::MAX));
    match value {
        Value::Text(text) => Ok(Value::text(&clean_text(&text, max, long)?)),
        _ => Err(Refusal::NoSuchField("text".into())),
    }
}

fn check_number(value: Value, min: Option<f64>, max: Option<f64>, decimals: u8) -> Result<Value, Refusal> {
    let Value::Number(number) = value else {
        return Err(Refusal::NotANumber);
    };
    if !number.is_finite() {
        return Err(Refusal::NotANumber);
    }
    // Beyond 2^53 a whole number cannot be told from its neighbour.
    let (low, high) = (min.unwrap_or(-9_007_199_254_740_991.0), max.unwrap_or(9_007_199_254_740_991.0));
    if number < low || number > high {
        return Err(Refusal::OutOfRange { min: Some(low), max: Some(high) });
    }
    let scaled = number * 10f64.powi(i32::from(decimals));
    if (scaled - scaled.round()).abs() > 1e-6 * scaled.abs().max(1.0) {
        return Err(Refusal::TooFine { decimals });
    }
    Ok(Value::Number(number))
}

fn check_choice(value: Value, options: &[Choice]) -> Result<Value, Refusal> {
    match &value {
        Value::Text(id) if options.iter().any(|option| option.id == *id) => Ok(value),
        _ => Err(Refusal::NotAnAnswer),
    }
}

fn check_verdict(value: Value) -> Result<Value, Refusal> {
    match &value {
        Value::Text(verdict) if VERDICTS.contains(&verdict.as_str()) => Ok(value),
        _ => Err(Refusal::NotAnAnswer),
    }
}

/// What was measured: a number where the item has limits, else a few words.
fn check_measured(item: &Verdict, value: Value) -> Result<Value, Refusal> {
    match value {
        Value::Number(_) => check_number(value, None, None, 6),
        Value::Text(_) if item.min.is_none() && item.max.is_none() => check_text(value, MAX_NAME, false),
        _ => Err(Refusal::NotANumber),
    }
}

fn check_bool(value: Value) -> Result<Value, Refusal> {
    match value {
        Value::Bool(_) => Ok(value),
        _ => Err(Refusal::NoSuchField("check".into())),
    }
}

fn check_moment(value: Value) -> Result<Value, Refusal> {
    match value {
        Value::Moment(stamp) if Stamp::is_plausible(stamp) => Ok(value),
        _ => Err(Refusal::NotAMoment),
    }
}

/// Marks as they are kept: empty when the last one was taken away.
fn check_marks(value: &Value) -> Result<Value, Refusal> {
    match value.as_text().and_then(marks::from_text) {
        Some(known) => Ok(Value::text(&marks::to_text(&known))),
        None => Err(Refusal::NoSuchField("marks".into())),
    }
}

fn check_phone(value: Value) -> Result<Value, Refusal> {
    let value = check_text(value, 40, false)?;
    let fits = |c: char| c.is_ascii_digit() || " +-()#*".contains(c);
    match value.as_text() {
        Some(text) if !text.chars().all(fits) || !text.chars().any(|c| c.is_ascii_digit()) => Err(Refusal::NotAPhone),
        _ => Ok(value),
    }
}

/// The value as it is kept, if the capture accepts it. Empty takes the answer back and is always accepted.
/// `item` is set when the key names one item of a checklist.
pub(super) fn check_value(kind: &CaptureKind, item: Option<&str>, value: Value) -> Result<Value, Refusal> {
    if matches!(value, Value::Empty(())) {
        return Ok(value);
    }
    match kind {
        CaptureKind::Check => check_bool(value),
        CaptureKind::Checklist { items } => match item {
            Some(item) if items.iter().any(|candidate| candidate.id == item) => check_bool(value),
            _ => Err(Refusal::NoSuchField("checklist".into())),
        },
        CaptureKind::Verdicts { items, measure } => {
            let (id, part) = item.map_or(("", None), |item| match item.split_once('.') {
                Some((id, part)) => (id, Some(part)),
                None => (item, None),
            });
            let known = items.iter().find(|candidate| candidate.id == id);
            match (known, part) {
                (Some(_), None) => check_verdict(value),
                (Some(item), Some("value")) if *measure => check_measured(item, value),
                (Some(_), Some("note")) => check_text(value, MAX_NOTE, true),
                _ => Err(Refusal::NoSuchField("verdicts".into())),
            }
        }
        CaptureKind::Score { items, .. } => match items.iter().find(|candidate| Some(candidate.id.as_str()) == item) {
            Some(found) => check_number(value, Some(0.0), Some(found.of), 1),
            None => Err(Refusal::NoSuchField("score".into())),
        },
        CaptureKind::Text { max, long, .. } => check_text(value, *max, *long),
        CaptureKind::Number { min, max, decimals, .. } => check_number(value, *min, *max, *decimals),
        CaptureKind::Choice { options } => check_choice(value, options),
        CaptureKind::Moment => check_moment(value),
        CaptureKind::Person => check_text(value, MAX_NAME, false),
        CaptureKind::Phone => check_phone(value),
        CaptureKind::Rating { of } => check_number(value, Some(1.0), Some(f64::from(*of)), 0),
        CaptureKind::Ref { .. } => check_text(value, 64, false),
        CaptureKind::Photo { .. } => match item.and_then(photo_part) {
            Some(PhotoPart::Caption) => check_text(value, MAX_NOTE, false),
            Some(PhotoPart::Marks) => check_marks(&value),
            Some(PhotoPart::After) => match value.as_text() {
                Some(name) if is_photo_name(name) => Ok(value),
                _ => Err(Refusal::NoSuchField("photo".into())),
            },
            None => Err(Refusal::NoSuchField("photo".into())),
        },
        CaptureKind::Stamp { .. }
        | CaptureKind::Signature { .. }
        | CaptureKind::Table { .. }
        | CaptureKind::Series { .. }
        | CaptureKind::Computed { .. }
        | CaptureKind::Serial { .. }
        | CaptureKind::Tally { .. } => Err(Refusal::NoSuchField("fact".into())),
    }
}

/// The cell's value as it is kept, if the column accepts it.
pub(super) fn check_cell(column: &Column, value: Value) -> Result<Value, Refusal> {
    if matches!(value, Value::Empty(())) {
        return Ok(value);
    }
    match &column.kind {
        ColumnKind::Text { max } => check_text(value, *max, true),
        ColumnKind::Number { min, max, decimals } => check_number(value, *min, *max, *decimals),
        ColumnKind::Choice { options } => check_choice(value, options),
        ColumnKind::Check => check_bool(value),
        ColumnKind::Moment => check_moment(value),
        ColumnKind::Person => check_text(value, MAX_NAME, false),
    }
}
