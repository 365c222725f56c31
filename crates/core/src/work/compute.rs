//! Computed values, sums of points, and where a series of readings stands.

use super::{Scope, holds, row_complete};
use crate::template::{CaptureKind, ColumnOf, Expr, Verdict, Within};
use crate::time::Stamp;
use crate::value::Value;

const MINUTE: f64 = 60_000.0;

/// The value of a computed capture, or the sum of a score. `None` for every other key.
pub(super) fn computed(key: &str, scope: &Scope<'_>) -> Option<Value> {
    match scope.kind(key)? {
        CaptureKind::Computed { value, decimals, .. } if key.split('.').count() == 3 => {
            let number = scope.deeper(None, || number_of(value, scope))?;
            let scale = 10f64.powi(i32::from(*decimals));
            let rounded = (number * scale).round() / scale;
            rounded.is_finite().then_some(Value::Number(rounded))
        }
        CaptureKind::Score { items, .. } => {
            let list = key.strip_suffix(".total")?;
            let points = items.iter().filter_map(|item| scope.visit.value(&format!("{list}.{}", item.id))?.as_number());
            points.reduce(|sum, point| sum + point).map(Value::Number)
        }
        _ => None,
    }
}

/// The number that an expression gives, as far as everything it needs is known.
pub(super) fn number_of(expr: &Expr, scope: &Scope<'_>) -> Option<f64> {
    let each = |parts: &[Expr]| -> Vec<f64> { parts.iter().filter_map(|part| number_of(part, scope)).collect() };
    let all = |parts: &[Expr]| -> Option<Vec<f64>> { parts.iter().map(|part| number_of(part, scope)).collect() };
    match expr {
        Expr::Field(key) => scope.value(key)?.as_number(),
        Expr::Number(amount) => scope.amount(amount),
        Expr::Sum(parts) => each(parts).into_iter().reduce(|sum, part| sum + part),
        Expr::Product(parts) => all(parts)?.into_iter().reduce(|product, part| product * part),
        Expr::Minus(parts) => all(parts)?.into_iter().reduce(|rest, part| rest - part),
        Expr::Divide(parts) => all(parts)?.into_iter().map(Some).reduce(|rest, part| {
            let part = part.filter(|part| *part != 0.0)?;
            rest.map(|rest| rest / part)
        })?,
        Expr::Min(parts) => each(parts).into_iter().reduce(f64::min),
        Expr::Max(parts) => each(parts).into_iter().reduce(f64::max),
        Expr::Rows(table) => Some(count(scope.visit.rows(table).len())),
        Expr::RowsWhere { table, column, value } => {
            let has = |cell: Option<&Value>| cell.unwrap_or(&Value::EMPTY).equals(value);
            Some(count(scope.visit.rows(table).into_iter().filter(|(_, row)| has(row.value(column))).count()))
        }
        Expr::ColumnSum(of) => column(of, scope).into_iter().reduce(|sum, cell| sum + cell),
        Expr::ColumnAverage(of) => {
            let cells = column(of, scope);
            let number = count(cells.len());
            cells.into_iter().reduce(|sum, cell| sum + cell).map(|sum| sum / number)
        }
        Expr::MinutesBetween(keys) => {
            let (from, to) = two(keys, scope)?;
            #[expect(clippy::cast_precision_loss, reason = "a few years of milliseconds")]
            let millis = (to.at - from.at) as f64;
            Some((millis / MINUTE).trunc())
        }
        Expr::DaysBetween(keys) => {
            let (from, to) = two(keys, scope)?;
            let days = to.local()?.date_naive().signed_duration_since(from.local()?.date_naive()).num_days();
            i32::try_from(days).ok().map(f64::from)
        }
        Expr::Fails(key) => {
            Some(count(answers(key, scope).iter().filter(|(_, answer)| *answer == Some("fail")).count()))
        }
        Expr::Count(keys) => Some(count(keys.iter().filter(|key| scope.value(key).is_some()).count())),
    }
}

#[expect(clippy::cast_precision_loss, reason = "nobody enters 2^53 rows")]
fn count(number: usize) -> f64 {
    number as f64
}

fn column(of: &ColumnOf, scope: &Scope<'_>) -> Vec<f64> {
    let rows = scope.visit.rows(&of.table).into_iter();
    rows.filter_map(|(_, row)| row.value(&of.column)?.as_number()).collect()
}

fn two(keys: &[String], scope: &Scope<'_>) -> Option<(Stamp, Stamp)> {
    let [from, to] = keys else { return None };
    Some((scope.moment(from)?, scope.moment(to)?))
}

/// The shown items of an inspection list with their answers.
pub fn answers<'a>(key: &str, scope: &Scope<'a>) -> Vec<(&'a Verdict, Option<&'a str>)> {
    let Some(CaptureKind::Verdicts { items, .. }) = scope.kind(key) else { return Vec::new() };
    let shown = items.iter().filter(|item| item.when.as_ref().is_none_or(|when| holds(when, scope)));
    shown.map(|item| (item, scope.visit.text(&format!("{key}.{}", item.id)))).collect()
}

/// Whether every shown item is answered, and every failure has its finding.
pub(super) fn is_inspected(key: &str, scope: &Scope<'_>) -> bool {
    answers(key, scope).iter().all(|(item, answer)| match answer {
        None => false,
        Some("fail") => scope.visit.text(&format!("{key}.{}.note", item.id)).is_some_and(|note| !note.is_empty()),
        Some(_) => true,
    })
}

/// Where a series of readings stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Watch {
    /// When it began.
    pub from: Option<Stamp>,
    /// When it may end; unknown while it has not begun or a limit is not set.
    pub until: Option<Stamp>,
    /// When the next reading is due; none when it is over.
    pub next: Option<Stamp>,
    /// The last reading.
    pub last: Option<Stamp>,
    /// Whether the last reading is normal.
    pub normal: bool,
    /// Whether it went on long enough and the last reading is normal.
    pub done: bool,
}

/// Where the series under a key stands. `None` when there is no series.
pub fn watch(key: &str, scope: &Scope<'_>) -> Option<Watch> {
    let kind = scope.kind(key)?;
    let CaptureKind::Series { every, from, least, .. } = kind else { return None };
    let columns = kind.columns()?;
    let rows = scope.visit.rows(key).into_iter().map(|(_, row)| row).filter(|row| row_complete(row, &columns));
    let readings = rows.filter_map(|row| Some((row.value("at")?.as_moment()?, row.value("normal")?.equals("yes"))));
    let last = readings.reduce(|one, other| if other.0.at >= one.0.at { other } else { one });
    let begun = scope.moment(from);
    let until = begun.and_then(|begun| after(begun, least, scope));
    let normal = last.is_some_and(|(_, normal)| normal);
    let done = normal && last.zip(until).is_some_and(|((last, _), until)| last.at >= until.at);
    let since = last.map(|(at, _)| at).filter(|at| begun.is_some_and(|begun| at.at >= begun.at)).or(begun);
    let next = since.filter(|_| !done).and_then(|since| after(since, every, scope));
    Some(Watch { from: begun, until, next, last: last.map(|(at, _)| at), normal, done })
}

/// The moment so long after another, by the customer's calendar. `None` when a limit is not set or it cannot come.
pub(super) fn after(from: Stamp, within: &Within, scope: &Scope<'_>) -> Option<Stamp> {
    let amount = scope.amount(within.amount())?;
    let span = within.span(amount)?;
    scope.calendar().due(from, span)
}
