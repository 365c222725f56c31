//! Whether a predicate holds.

use super::{Run, Scope, StepState, seen};
use crate::ledger::Row;
use crate::template::{Capture, CaptureKind, Column, CompareOp, Operand, Predicate};
use crate::time::{in_window, parse_clock};
use crate::value::Value;

/// Whether the predicate holds now.
pub fn holds(predicate: &Predicate, scope: &Scope<'_>) -> bool {
    scope.deeper(false, || match predicate {
        Predicate::Done(path) => is_done(path, scope),
        Predicate::Answered(key) => match scope.capture(key) {
            Some(capture) if !is_item(capture, key) => capture_answered(capture, key, scope),
            _ => scope.value(key).is_some(),
        },
        Predicate::Is { field, value } => equals(scope.value(field).as_ref(), value),
        Predicate::OneOf { field, values } => {
            let current = scope.value(field);
            values.iter().any(|value| equals(current.as_ref(), value))
        }
        Predicate::Compare(compare) => {
            let left = scope.value(&compare.left).and_then(|value| value.as_number());
            let right = match &compare.right {
                Operand::Number(number) => Some(*number),
                Operand::Field(key) => scope.value(key).and_then(|value| value.as_number()),
            };
            left.zip(right).is_some_and(|(left, right)| match compare.op {
                CompareOp::Lt => left < right,
                CompareOp::Le => left <= right,
                CompareOp::Eq => (left - right).abs() < f64::EPSILON,
                CompareOp::Ge => left >= right,
                CompareOp::Gt => left > right,
            })
        }
        Predicate::Signed(key) => {
            scope.visit.signature(key).is_some_and(|fact| seen::changed_since(fact, scope).is_empty())
        }
        Predicate::Before { first, then } => {
            scope.moment(first).zip(scope.moment(then)).is_some_and(|(first, then)| first.at <= then.at)
        }
        Predicate::Later { moment, than, minutes } => scope
            .moment(moment)
            .zip(scope.moment(than))
            .is_some_and(|(moment, than)| moment.at - than.at > i64::from(*minutes) * 60_000),
        Predicate::InsideWindow { moment, from, to } => {
            let minute = scope.moment(moment).and_then(|moment| moment.minute_of_day());
            match (minute, parse_clock(from), parse_clock(to)) {
                (Some(minute), Some(from), Some(to)) => in_window(minute, from, to),
                _ => false,
            }
        }
        Predicate::Rows { table, at_least } => complete_rows(table, scope) >= *at_least as usize,
        Predicate::Tallied(key) => match scope.procedure.capture(key).map(|capture| &capture.kind) {
            Some(CaptureKind::Tally { of }) => is_tallied(of, scope),
            _ => false,
        },
        Predicate::All(parts) => parts.iter().all(|part| holds(part, scope)),
        Predicate::Any(parts) => parts.iter().any(|part| holds(part, scope)),
        Predicate::Not(part) => !holds(part, scope),
    })
}

fn equals(current: Option<&Value>, constant: &str) -> bool {
    current.unwrap_or(&Value::EMPTY).equals(constant)
}

/// Whether a step or stage is done. What does not apply counts as done. Gates are left out of it: a stage that waits
/// for the one before, which waits for the one before it, would be asked again for every step on the way.
fn is_done(path: &str, scope: &Scope<'_>) -> bool {
    let run = Run::new(scope);
    if let Some((stage, _)) = path.split_once('.') {
        let Some(stage) = scope.procedure.stage(stage) else {
            return false;
        };
        let Some(step) = scope.procedure.step(path) else {
            return false;
        };
        run.answers(stage, step).state != StepState::Open
    } else {
        scope.procedure.stage(path).is_some_and(|stage| run.is_complete(stage))
    }
}

/// Whether the key names one item of the checklist and not the whole.
fn is_item(capture: &Capture, key: &str) -> bool {
    matches!(capture.kind, CaptureKind::Checklist { .. }) && key.split('.').count() > 3
}

/// Whether a capture has its answer. `key` is its full key.
pub fn capture_answered(capture: &Capture, key: &str, scope: &Scope<'_>) -> bool {
    match &capture.kind {
        CaptureKind::Check
        | CaptureKind::Text { .. }
        | CaptureKind::Number { .. }
        | CaptureKind::Choice { .. }
        | CaptureKind::Moment
        | CaptureKind::Person
        | CaptureKind::Phone
        | CaptureKind::Rating { .. }
        | CaptureKind::Ref { .. } => scope.value(key).is_some(),
        CaptureKind::Checklist { items } => items
            .iter()
            .filter(|item| item.when.as_ref().is_none_or(|when| holds(when, scope)))
            .all(|item| scope.visit.value(&format!("{key}.{}", item.id)).is_some_and(Value::is_true)),
        CaptureKind::Stamp { .. } => scope.visit.stamp(key).is_some(),
        CaptureKind::Photo { min, .. } => scope.visit.facts(key).count() >= usize::from(*min).max(1),
        CaptureKind::Signature { .. } => {
            scope.visit.signature(key).is_some_and(|fact| seen::changed_since(fact, scope).is_empty())
        }
        CaptureKind::Table { min_rows, .. } => complete_rows(key, scope) >= (*min_rows as usize).max(1),
        CaptureKind::Tally { of } => is_tallied(of, scope),
    }
}

/// Whether a row has all that its columns require.
pub fn row_complete(row: &Row, columns: &[Column]) -> bool {
    let filled = |column: &Column| row.value(&column.id).is_some_and(|value| !value.is_empty());
    columns.iter().filter(|column| column.required).all(filled)
}

fn complete_rows(table: &str, scope: &Scope<'_>) -> usize {
    let columns: &[Column] = match scope.procedure.capture(table).map(|capture| &capture.kind) {
        Some(CaptureKind::Table { columns, .. }) => columns,
        _ => &[],
    };
    scope.visit.rows(table).into_iter().filter(|(_, row)| row_complete(row, columns)).count()
}

/// Whether every row counts as many out as in; a table without rows is tallied.
fn is_tallied(table: &str, scope: &Scope<'_>) -> bool {
    scope.visit.rows(table).into_iter().all(|(_, row)| {
        let number = |column: &str| row.value(column).and_then(Value::as_number);
        number("out").is_some() && number("out") == Some(number("quantity").unwrap_or(1.0))
    })
}
