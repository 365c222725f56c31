//! Whether a predicate holds.

use super::compute::{answers, is_inspected, watch};
use super::hours::clock_window;
use super::lines::is_worked_through;
use super::{Run, Scope, StepState, seen};
use crate::ledger::Row;
use crate::template::{Capture, CaptureKind, Column, CompareOp, Predicate};
use crate::time::{Stamp, in_window, parse_clock};
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
            let right = scope.amount(&compare.right);
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
        Predicate::Later { moment, than, minutes } => {
            let allowed = scope.amount(minutes);
            let pair = scope.moment(moment).zip(scope.moment(than));
            pair.zip(allowed).is_some_and(|((moment, than), minutes)| later_by(moment, than) > minutes)
        }
        Predicate::InsideWindow { moment, from, to, window } => {
            let minute = scope.moment(moment).and_then(|moment| moment.minute_of_day());
            let bounds = match window {
                Some(limit) => scope.value(limit).and_then(|value| clock_window(value.as_text()?)),
                None => from.as_deref().and_then(parse_clock).zip(to.as_deref().and_then(parse_clock)),
            };
            minute.zip(bounds).is_some_and(|(minute, (from, to))| in_window(minute, from, to))
        }
        Predicate::Rows { table, at_least, column, value } => {
            complete_rows(table, column.as_deref().zip(value.as_deref()), scope) >= *at_least as usize
        }
        Predicate::Every { table, column, value } => {
            scope.visit.rows(table).into_iter().all(|(_, row)| match (row.value(column), value) {
                (Some(cell), Some(value)) => cell.equals(value),
                (Some(cell), None) => !cell.is_empty(),
                (None, _) => false,
            })
        }
        Predicate::Passed(key) => {
            is_inspected(key, scope) && answers(key, scope).iter().all(|(_, answer)| *answer != Some("fail"))
        }
        Predicate::Failed(key) => answers(key, scope).iter().any(|(_, answer)| *answer == Some("fail")),
        Predicate::Observed(key) => watch(key, scope).is_some_and(|watch| watch.done),
        Predicate::Same { left, right } => {
            scope.value(left).zip(scope.value(right)).is_some_and(|(left, right)| left == right)
        }
        Predicate::Outcome { of, is } => scope.around.others.iter().any(|run| run.procedure == *of && run.has(is)),
        Predicate::AtPeak(key) => scope.moment(key).is_some_and(|moment| scope.calendar().is_peak(moment)),
        Predicate::WorkingTime(key) => scope.moment(key).is_some_and(|moment| scope.calendar().is_working(moment)),
        Predicate::Frozen(key) => scope.moment(key).is_some_and(|moment| scope.calendar().frozen(moment).is_some()),
        Predicate::Listed { field, list } => {
            let value = scope.value(field);
            let lines = scope.value(list);
            let wanted = value.as_ref().and_then(Value::as_text).map(str::trim);
            let lines = lines.as_ref().and_then(Value::as_text);
            wanted.zip(lines).is_some_and(|(wanted, lines)| lines.lines().any(|line| line.trim() == wanted))
        }
        Predicate::Tallied(key) => match scope.kind(key) {
            Some(CaptureKind::Tally { of }) => is_tallied(of, scope),
            _ => false,
        },
        Predicate::All(parts) => parts.iter().all(|part| holds(part, scope)),
        Predicate::Any(parts) => parts.iter().any(|part| holds(part, scope)),
        Predicate::Not(part) => !holds(part, scope),
    })
}

/// Minutes from one moment to a later one.
#[expect(clippy::cast_precision_loss, reason = "a few years of milliseconds")]
fn later_by(moment: Stamp, than: Stamp) -> f64 {
    (moment.at - than.at) as f64 / 60_000.0
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

/// Whether the key names one item of the list and not the whole.
fn is_item(capture: &Capture, key: &str) -> bool {
    capture.kind.has_items() && key.split('.').count() > 3
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
        | CaptureKind::Computed { .. }
        | CaptureKind::Serial { .. }
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
        CaptureKind::Table { min_rows, lines, .. } => {
            complete_rows(key, None, scope) >= (*min_rows as usize).max(1)
                && (lines.is_none() || is_worked_through(key, scope))
        }
        CaptureKind::Verdicts { .. } => is_inspected(key, scope),
        CaptureKind::Series { .. } => watch(key, scope).is_some_and(|watch| watch.done),
        CaptureKind::Score { items, .. } => {
            items.iter().all(|item| scope.visit.value(&format!("{key}.{}", item.id)).is_some_and(|one| !one.is_empty()))
        }
        CaptureKind::Tally { of } => is_tallied(of, scope),
    }
}

/// Whether a row has all that its columns require.
pub fn row_complete(row: &Row, columns: &[Column]) -> bool {
    let filled = |column: &Column| row.value(&column.id).is_some_and(|value| !value.is_empty());
    columns.iter().filter(|column| column.required).all(filled)
}

/// The rows with all that their columns require; of these, if asked, those with a value in a column.
fn complete_rows(table: &str, only: Option<(&str, &str)>, scope: &Scope<'_>) -> usize {
    let columns = scope.kind(table).and_then(CaptureKind::columns).unwrap_or_default();
    let rows = scope.visit.rows(table).into_iter().filter(|(_, row)| row_complete(row, &columns));
    rows.filter(|(_, row)| only.is_none_or(|(column, value)| equals(row.value(column), value))).count()
}

/// Whether every row counts as many out as in; a table without rows is tallied.
fn is_tallied(table: &str, scope: &Scope<'_>) -> bool {
    scope.visit.rows(table).into_iter().all(|(_, row)| {
        let number = |column: &str| row.value(column).and_then(Value::as_number);
        number("out").is_some() && number("out") == Some(number("quantity").unwrap_or(1.0))
    })
}
