//! Inspection lists, series of readings, points, computed values and numbers of a series.
//!
//! It must not know how a run evaluates them; it sees to it that everything they name exists and fits.

use super::capture::{Scope, in_order, not_itself, own_columns, visit_only};
use super::lookup::{amount, column, field, field_of, has_rows, is_number, is_time};
use super::predicate::check_when;
use super::unique_ids;
use crate::keys::{Keys, is_within};
use crate::node::Node;
use crate::problem::Report;
use sitebook_core::template::{Capture, CaptureKind, Expr, SERIES_COLUMNS, Within};

/// Checks an inspection list, a series or a list of points; `own` is its key.
pub(super) fn check(node: &Node, capture: &Capture, own: &str, scope: &Scope<'_>, report: &mut Report) {
    if scope.procedure.is_none() {
        return visit_only(node, report);
    }
    match &capture.kind {
        CaptureKind::Verdicts { items, measure } => {
            unique_ids(node.list("items"), "an item", report);
            for (n, item) in items.iter().enumerate() {
                let at = node.item("items", n);
                check_when(at, item.when.as_ref(), &format!("{own}.{}", item.id), scope.keys, report);
                in_order(at, item.min, item.max, report);
                if (item.min.is_some() || item.max.is_some()) && !measure {
                    report
                        .at(at.place, format!("the item '{}' has limits, but nothing is measured", item.id))
                        .hint("add 'measure = true' to the list, or take 'min' and 'max' away");
                }
            }
        }
        CaptureKind::Series { columns, every, from, least } => {
            own_columns(node, columns, report);
            for (n, built_in) in columns.iter().enumerate().filter(|(_, one)| SERIES_COLUMNS.contains(&one.id.as_str()))
            {
                report
                    .at(node.item("columns", n).at("id").place, format!("every series has a column '{}'", built_in.id))
                    .why("time, normal or not, by whom and remark are there anyway");
            }
            let needs = "a series starts from a stamp or a moment";
            field_of(node.at("from"), from, scope.keys, needs, is_time, report);
            within(node.at("every"), every, scope.keys, report);
            within(node.at("least"), least, scope.keys, report);
        }
        CaptureKind::Score { items, pass } => {
            unique_ids(node.list("items"), "an item", report);
            for (n, item) in items.iter().enumerate().filter(|(_, item)| item.of <= 0.0) {
                report
                    .at(node.item("items", n).at("of").place, format!("'{}' can give no points", item.id))
                    .why("'of' is the most points, more than 0");
            }
            if let Some(pass) = pass {
                amount(node.at("pass"), pass, scope.keys, report);
            }
        }
        _ => {}
    }
}

/// Checks a duration.
pub(super) fn within(node: &Node, within: &Within, keys: &Keys<'_>, report: &mut Report) {
    let at = node.entries().first().map_or(node, |entry| &entry.value);
    amount(at, within.amount(), keys, report);
}

/// Checks a computed value; `own` is the key that it stands under.
pub(super) fn expr(node: &Node, value: &Expr, own: &str, keys: &Keys<'_>, report: &mut Report) {
    let inside = node.entries().first().map_or(node, |entry| &entry.value);
    let table = |at: &Node, key: &str, report: &mut Report| {
        field_of(at, key, keys, "a table is needed here", has_rows, report);
    };
    match value {
        Expr::Field(key) => {
            field_of(inside, key, keys, "a number is needed here", is_number, report);
            not_itself(inside, key, own, report);
        }
        Expr::Number(number) => amount(inside, number, keys, report),
        Expr::Sum(parts)
        | Expr::Product(parts)
        | Expr::Minus(parts)
        | Expr::Divide(parts)
        | Expr::Min(parts)
        | Expr::Max(parts) => {
            let name = node.entries().first().map_or("", |entry| entry.key.as_str());
            for (n, part) in parts.iter().enumerate() {
                expr(node.item(name, n), part, own, keys, report);
            }
        }
        Expr::Rows(key) => table(inside, key, report),
        Expr::RowsWhere { table: key, column: id, value } => {
            table(inside.at("table"), key, report);
            column(inside, key, id, Some(value), keys, report);
        }
        Expr::ColumnSum(of) | Expr::ColumnAverage(of) => {
            table(inside.at("table"), &of.table, report);
            column(inside, &of.table, &of.column, None, keys, report);
        }
        Expr::MinutesBetween(times) | Expr::DaysBetween(times) => {
            if times.len() != 2 {
                report.at(inside.place, format!("two moments are needed, there are {}", times.len()));
            }
            for key in times {
                field_of(inside, key, keys, "a stamp or a moment is needed here", is_time, report);
            }
        }
        Expr::Fails(key) => {
            let fits = |kind: &CaptureKind| matches!(kind, CaptureKind::Verdicts { .. });
            field_of(inside, key, keys, "an inspection list is needed here", fits, report);
        }
        Expr::Count(all) => {
            for key in all {
                field(inside, key, keys, report);
                if is_within(key, own) {
                    report.at(inside.place, format!("'{own}' counts itself"));
                }
            }
        }
    }
}

/// Checks the parts of a pattern such as `XM{year}{serial:3}`.
pub(super) fn pattern(node: &Node, pattern: &str, report: &mut Report) {
    let mut rest = pattern;
    let mut serials = 0;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((part, next)) = after.split_once('}') else {
            report.at(node.place, "a '{' of the pattern is not closed");
            return;
        };
        let digits = part.strip_prefix("serial:").and_then(|digits| digits.parse::<u8>().ok());
        match (part, digits) {
            ("year" | "month" | "day" | "device", _) => {}
            (_, Some(1..=9)) => serials += 1,
            _ => {
                report
                    .at(node.place, format!("the pattern has an unknown part '{{{part}}}'"))
                    .why("the parts are {year}, {month}, {day}, {device} and {serial:1} to {serial:9}");
            }
        }
        rest = next;
    }
    if serials != 1 {
        report
            .at(node.place, format!("the pattern has {serials} serials"))
            .why("a number of a series needs exactly one, e.g. {serial:3}");
    }
}
