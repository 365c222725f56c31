//! Inspection lists, series of readings, points, computed values and numbers of a series.
//!
//! It must not know how a run evaluates them; it sees to it that everything they name exists and fits.

use super::capture::{Place, in_order, not_itself, own_columns, visit_only};
use super::keys::{Keys, is_within};
use super::lookup::{amount, column, field, field_of, has_rows, is_number, is_time};
use super::predicate::check_when;
use super::spot::{Problems, Spot, unique};
use crate::template::{Capture, CaptureKind, Expr, SERIES_COLUMNS, Within};
use crate::text::Text;

/// Checks an inspection list, a series or a list of points; `own` is its key.
pub(super) fn check(at: &Spot, capture: &Capture, own: &str, place: &Place<'_>, problems: &mut Problems) {
    if place.procedure.is_none() {
        return visit_only(at, problems);
    }
    let item_called = Text::of("一条", "an item");
    match &capture.kind {
        CaptureKind::Verdicts { items, measure } => {
            unique(items.iter().map(|item| item.id.as_str()), |n| at.item("items", n).at("id"), &item_called, problems);
            for (n, item) in items.iter().enumerate() {
                let at = at.item("items", n);
                check_when(&at, item.when.as_ref(), &format!("{own}.{}", item.id), place.keys, problems);
                in_order(&at, item.min, item.max, problems);
                if (item.min.is_some() || item.max.is_some()) && !measure {
                    let words =
                        Text::of("“{0}”有上下限，却不测量", "the item '{0}' has limits, but nothing is measured");
                    problems.at(&at, words.with(&[&item.id])).hint(Text::of(
                        "给检查表加 measure = true，或去掉 min 和 max",
                        "add 'measure = true' to the list, or take 'min' and 'max' away",
                    ));
                }
            }
        }
        CaptureKind::Series { columns, every, from, least } => {
            own_columns(at, columns, problems);
            for (n, built_in) in columns.iter().enumerate().filter(|(_, one)| SERIES_COLUMNS.contains(&one.id.as_str()))
            {
                let words =
                    Text::of("连续读数本来就有“{0}”列", "every series has a column '{0}'").with(&[&built_in.id]);
                problems.at(&at.item("columns", n).at("id"), words).why(Text::of(
                    "时间、是否正常、记录人、备注自带",
                    "time, normal or not, by whom and remark are there anyway",
                ));
            }
            let needs = Text::of("连续读数从一个时间开始", "a series starts from a stamp or a moment");
            field_of(&at.at("from"), from, place.keys, &needs, is_time, problems);
            within(&at.at("every"), every, place.keys, problems);
            within(&at.at("least"), least, place.keys, problems);
        }
        CaptureKind::Score { items, pass } => {
            unique(items.iter().map(|item| item.id.as_str()), |n| at.item("items", n).at("id"), &item_called, problems);
            for (n, item) in items.iter().enumerate().filter(|(_, item)| item.of <= 0.0) {
                let words = Text::of("“{0}”给不了分", "'{0}' can give no points").with(&[&item.id]);
                problems
                    .at(&at.item("items", n).at("of"), words)
                    .why(Text::of("满分要大于 0", "'of' is the most points, more than 0"));
            }
            if let Some(pass) = pass {
                amount(&at.at("pass"), pass, place.keys, problems);
            }
        }
        _ => {}
    }
}

/// Checks a duration.
pub(super) fn within(at: &Spot, within: &Within, keys: &Keys<'_>, problems: &mut Problems) {
    amount(&at.inside(), within.amount(), keys, problems);
}

/// Checks a computed value; `own` is the key that it stands under.
pub(super) fn expr(at: &Spot, value: &Expr, own: &str, keys: &Keys<'_>, problems: &mut Problems) {
    let inside = at.inside();
    let table = |at: &Spot, key: &str, problems: &mut Problems| {
        field_of(at, key, keys, &Text::of("这里要的是表格", "a table is needed here"), has_rows, problems);
    };
    match value {
        Expr::Field(key) => {
            let needs = Text::of("这里要的是数字", "a number is needed here");
            field_of(&inside, key, keys, &needs, is_number, problems);
            not_itself(&inside, key, own, problems);
        }
        Expr::Number(number) => amount(&inside, number, keys, problems),
        Expr::Sum(parts)
        | Expr::Product(parts)
        | Expr::Minus(parts)
        | Expr::Divide(parts)
        | Expr::Min(parts)
        | Expr::Max(parts) => {
            for (n, part) in parts.iter().enumerate() {
                expr(&inside.nth(n), part, own, keys, problems);
            }
        }
        Expr::Rows(key) => table(&inside, key, problems),
        Expr::RowsWhere { table: key, column: id, value } => {
            table(&inside.at("table"), key, problems);
            column(&inside, key, id, Some(value), keys, problems);
        }
        Expr::ColumnSum(of) | Expr::ColumnAverage(of) => {
            table(&inside.at("table"), &of.table, problems);
            column(&inside, &of.table, &of.column, None, keys, problems);
        }
        Expr::MinutesBetween(times) | Expr::DaysBetween(times) => {
            if times.len() != 2 {
                let words = Text::of("要两个时间，这里有 {0} 个", "two moments are needed, there are {0}");
                problems.at(&inside, words.with(&[&times.len().to_string()]));
            }
            for key in times {
                let needs = Text::of("这里要的是时间", "a stamp or a moment is needed here");
                field_of(&inside, key, keys, &needs, is_time, problems);
            }
        }
        Expr::Fails(key) => {
            let fits = |kind: &CaptureKind| matches!(kind, CaptureKind::Verdicts { .. });
            let needs = Text::of("这里要的是检查表", "an inspection list is needed here");
            field_of(&inside, key, keys, &needs, fits, problems);
        }
        Expr::Count(all) => {
            for key in all {
                field(&inside, key, keys, problems);
                if is_within(key, own) {
                    problems.at(&inside, Text::of("“{0}”把自己也数进去了", "'{0}' counts itself").with(&[own]));
                }
            }
        }
    }
}

/// Checks the parts of a pattern such as `XM{year}{serial:3}`.
pub(super) fn pattern(at: &Spot, pattern: &str, problems: &mut Problems) {
    let mut rest = pattern;
    let mut serials = 0;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((part, next)) = after.split_once('}') else {
            problems.at(at, Text::of("编号格式里的“{”没有配对", "a '{' of the pattern is not closed"));
            return;
        };
        let digits = part.strip_prefix("serial:").and_then(|digits| digits.parse::<u8>().ok());
        match (part, digits) {
            ("year" | "month" | "day" | "device", _) => {}
            (_, Some(1..=9)) => serials += 1,
            _ => {
                let braced = format!("{{{part}}}");
                let words = Text::of("编号格式里有不认识的“{0}”", "the pattern has an unknown part '{0}'");
                problems.at(at, words.with(&[&braced])).why(Text::of(
                    "可用 {year}、{month}、{day}、{device} 和 {serial:1} 到 {serial:9}",
                    "the parts are {year}, {month}, {day}, {device} and {serial:1} to {serial:9}",
                ));
            }
        }
        rest = next;
    }
    if serials != 1 {
        let words = Text::of("编号格式里有 {0} 个流水号", "the pattern has {0} serials");
        problems
            .at(at, words.with(&[&serials.to_string()]))
            .why(Text::of("只能有一个，例如 {serial:3}", "a number of a series needs exactly one, e.g. {serial:3}"));
    }
}
