//! How what stands under a key is written on paper.

use crate::template::{Capture, CaptureKind, Column, ColumnKind, Format};
use crate::text::Lang;
use crate::time::{Stamp, span_words};
use crate::value::{Value, number_words};
use crate::work::Scope;

pub(super) const TICKED: &str = "☑";
pub(super) const OPEN: &str = "☐";
/// Most answers of a choice that are printed with a box each. Of more only the chosen one is printed.
const MOST_BOXES: usize = 6;

/// The words under one key; empty when nothing was entered.
pub fn words_under(key: &str, format: Format, lang: Lang, scope: &Scope<'_>) -> String {
    let capture = scope.capture(key);
    if format == Format::Boxes
        && let Some(CaptureKind::Choice { options }) = capture.map(|capture| &capture.kind)
        && options.len() <= MOST_BOXES
    {
        let current = scope.value(key);
        let mark = |id: &str| match current.as_ref().and_then(Value::as_text) {
            Some(chosen) if chosen == id => TICKED,
            _ => OPEN,
        };
        let boxes = options.iter().map(|option| format!("{}{}", mark(&option.id), option.text.get(lang)));
        return boxes.collect::<Vec<_>>().join("  ");
    }
    if let Some(Capture { kind: CaptureKind::Signature { .. }, .. }) = capture {
        return match scope.visit.signature(key).map(|fact| &fact.kind) {
            Some(crate::ledger::FactKind::Signature { name, .. }) => name.clone(),
            _ => String::new(),
        };
    }
    match scope.value(key) {
        Some(Value::Moment(stamp)) => moment_words(stamp, format),
        Some(value) => words_of_value(key, &value, lang, scope),
        None => String::new(),
    }
}

/// A value in words, as its field's capture says. A reference is an id and says nothing to a reader: it stays blank.
pub fn words_of_value(key: &str, value: &Value, lang: Lang, scope: &Scope<'_>) -> String {
    let capture = scope.capture(key);
    match value {
        Value::Moment(stamp) => stamp.date_time(),
        Value::Number(number) => match capture.map(|capture| &capture.kind) {
            Some(CaptureKind::Number { unit: Some(unit), .. }) => {
                format!("{} {}", number_words(*number), unit.get(lang))
            }
            Some(CaptureKind::Rating { of }) => stars(*number, *of),
            _ => number_words(*number),
        },
        Value::Bool(_) => TICKED.to_owned(),
        Value::Text(text) => match capture.map(|capture| &capture.kind) {
            Some(CaptureKind::Choice { options }) => options
                .iter()
                .find(|option| option.id == *text)
                .map_or_else(|| text.clone(), |option| option.text.get(lang).to_owned()),
            Some(CaptureKind::Ref { .. }) => String::new(),
            _ => text.clone(),
        },
        Value::Empty(()) => String::new(),
    }
}

/// What stands in a cell that is filled in by hand: the boxes of a choice, a box for a tick, the unit of a number.
pub(super) fn blank_words(from: &[String], format: Format, lang: Lang, scope: &Scope<'_>) -> String {
    let words = |key: &String| match scope.capture(key).map(|capture| &capture.kind) {
        Some(CaptureKind::Choice { options }) if options.len() > MOST_BOXES => String::new(),
        Some(CaptureKind::Choice { .. }) => words_under(key, Format::Boxes, lang, scope),
        Some(CaptureKind::Check) => OPEN.to_owned(),
        Some(CaptureKind::Number { unit: Some(unit), .. }) => {
            format!("\u{3000}\u{3000}\u{3000}\u{3000}{}", unit.get(lang))
        }
        Some(CaptureKind::Rating { of }) => stars(0.0, *of),
        _ => String::new(),
    };
    if format == Format::Duration {
        return String::new();
    }
    from.iter().map(words).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The answers of the choices in a blank cell that get no boxes, so that whoever writes by hand knows them.
pub(super) fn long_choices(from: &[String], format: Format, lang: Lang, scope: &Scope<'_>) -> String {
    let long = |key: &String| match scope.capture(key).map(|capture| &capture.kind) {
        Some(CaptureKind::Choice { options }) if options.len() > MOST_BOXES && format != Format::Duration => {
            options.iter().map(|option| option.text.get(lang)).collect::<Vec<_>>().join(" / ")
        }
        _ => String::new(),
    };
    from.iter().map(long).filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; ")
}

fn stars(number: f64, of: u8) -> String {
    (1..=of).map(|n| if f64::from(n) <= number { '★' } else { '☆' }).collect()
}

fn moment_words(stamp: Stamp, format: Format) -> String {
    match format {
        Format::Date => stamp.date(),
        Format::Time => stamp.time(),
        Format::Plain | Format::Boxes | Format::Duration => stamp.date_time(),
    }
}

/// The words of a grid cell: its keys joined, or the time between two moments.
pub(super) fn cell_words(from: &[String], format: Format, lang: Lang, scope: &Scope<'_>) -> String {
    if format == Format::Duration {
        let [first, then] = from else {
            return String::new();
        };
        let between = scope.moment(first).zip(scope.moment(then));
        return match between.map(|(first, then)| then.at - first.at) {
            Some(span) if span >= 0 => span_words(span).get(lang).to_owned(),
            _ => String::new(),
        };
    }
    let words = from.iter().map(|key| words_under(key, format, lang, scope)).filter(|words| !words.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The words of a table cell.
pub(super) fn column_words(column: Option<&Column>, value: Option<&Value>, lang: Lang) -> String {
    let Some(value) = value else {
        return String::new();
    };
    match (value, column.map(|column| &column.kind)) {
        (Value::Text(text), Some(ColumnKind::Choice { options })) => options
            .iter()
            .find(|option| option.id == *text)
            .map_or_else(|| text.clone(), |option| option.text.get(lang).to_owned()),
        (Value::Text(text), _) => text.clone(),
        (Value::Number(number), _) => number_words(*number),
        (Value::Bool(ticked), _) => if *ticked { TICKED } else { OPEN }.to_owned(),
        (Value::Moment(stamp), _) => stamp.date_time(),
        (Value::Empty(()), _) => String::new(),
    }
}
