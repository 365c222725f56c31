//! Plausible answers, always the same: what a filled form is printed with.

use crate::wishes::Wishes;
use sitebook_core::ledger::sha256;
use sitebook_core::template::{Capture, CaptureKind, Column, ColumnKind};
use sitebook_core::text::Lang;
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;

/// People of all sides.
pub const PEOPLE: [&str; 6] = ["王建国", "周敏", "陈志远", "孙倩", "刘洋", "赵晓晴"];
/// Milliseconds.
pub const MINUTE: i64 = 60_000;

/// What stands in a cell of the row of this number.
pub fn cell(column: &Column, number: usize, now: Stamp) -> Value {
    let label = column.label.get(Lang::Zh);
    match &column.kind {
        ColumnKind::Text { max } => short(&format!("{label}{}", number + 1), *max),
        ColumnKind::Number { min, max, decimals } => Value::Number(middle(*min, *max, *decimals)),
        ColumnKind::Choice { options } => options.first().map_or(Value::EMPTY, |one| Value::text(&one.id)),
        ColumnKind::Check => Value::Bool(number % 4 != 3),
        ColumnKind::Moment => Value::Moment(now),
        ColumnKind::Person => Value::text(PEOPLE[number % PEOPLE.len()]),
    }
}

/// The answer of a field that holds one value.
pub fn single(key: &str, capture: &Capture, wishes: &Wishes, suggested: Option<Value>, now: Stamp) -> Option<Value> {
    let label = capture.label.get(Lang::Zh);
    let number = usize::from(sha256(key.as_bytes())[0]);
    Some(match &capture.kind {
        CaptureKind::Check => Value::Bool(true),
        CaptureKind::Choice { options } => Value::text(wishes.choose(key, options)?),
        _ if suggested.is_some() => suggested?,
        CaptureKind::Text { phrases, .. } if !phrases.is_empty() => Value::text(phrases[0].get(Lang::Zh)),
        CaptureKind::Text { max, long: true, .. } => {
            short(&format!("{label}：按规程逐项核对，数值和状态都已记录；与现场负责人当面确认，没有异议。"), *max)
        }
        CaptureKind::Text { max, .. } => short(&format!("{label}（示例）"), *max),
        CaptureKind::Number { min, max, decimals, .. } => Value::Number(middle(*min, *max, *decimals)),
        CaptureKind::Moment => Value::Moment(Stamp { at: now.at + 30 * MINUTE, tz: now.tz }),
        CaptureKind::Person => Value::text(PEOPLE[number % PEOPLE.len()]),
        CaptureKind::Phone => Value::text(&format!("0000-5550{:03}", 100 + number)),
        CaptureKind::Rating { of } => Value::Number(f64::from(of.saturating_sub(1).max(1))),
        _ => return None,
    })
}

fn short(words: &str, max: u32) -> Value {
    let max = usize::try_from(max).unwrap_or(usize::MAX);
    Value::text(&words.chars().take(max).collect::<String>())
}

/// A number somewhere in the middle of what is allowed.
pub fn middle(min: Option<f64>, max: Option<f64>, decimals: u8) -> f64 {
    let value = match (min, max) {
        (Some(min), Some(max)) => (min + 2.0).min(f64::midpoint(min, max)),
        (Some(min), None) => min + 2.0,
        (None, Some(max)) => max - 1.0,
        (None, None) => 12.0,
    };
    let scale = 10_f64.powi(i32::from(decimals));
    (value * scale).round() / scale
}
