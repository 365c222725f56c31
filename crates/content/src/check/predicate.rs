//! Conditions: every key exists and is of a kind that the condition can look at.
//!
//! It must not know whether the condition is a gate, a `when` or the end of a deadline.

use super::lookup::{amount, column, field, field_of, has_rows, is_number, is_time, is_words, step};
use crate::keys::{Keys, called, is_within};
use crate::node::Node;
use crate::problem::Report;
use sitebook_core::template::{CaptureKind, Predicate};

const NEEDS_TIME: &str = "a stamp or a moment is needed here";
const NEEDS_NUMBER: &str = "'compare' needs a number or a rating";

/// Checks a condition; `node` is the table with its one key.
pub(super) fn check(node: &Node, predicate: &Predicate, keys: &Keys<'_>, report: &mut Report) {
    match predicate {
        Predicate::Done(key) => step(node.at("done"), key, true, keys, report),
        Predicate::Answered(key) => {
            field(node.at("answered"), key, keys, report);
        }
        Predicate::Is { field: key, value } => {
            let node = node.at("is");
            if let Some(kind) = field(node.at("field"), key, keys, report) {
                constant(node, "value", node.at("value"), kind, key, value, report);
            }
        }
        Predicate::OneOf { field: key, values } => {
            let node = node.at("one-of");
            if let Some(kind) = field(node.at("field"), key, keys, report) {
                for (n, value) in values.iter().enumerate() {
                    let at = node.item("values", n);
                    constant(node, "values", at, kind, key, value, report);
                }
            }
        }
        Predicate::Compare(compare) => {
            let node = node.at("compare");
            let mut side = |at: &str, key: &str| {
                field_of(node.at(at), key, keys, NEEDS_NUMBER, is_number, report);
            };
            side("left", &compare.left);
            if let Some(key) = compare.right.key() {
                side("right", key);
                if key == compare.left {
                    same(node.at("right"), key, report);
                }
            }
        }
        Predicate::Signed(key) => {
            let fits = |kind: &CaptureKind| matches!(kind, CaptureKind::Signature { .. });
            let needs = "'signed' needs a signature";
            field_of(node.at("signed"), key, keys, needs, fits, report);
        }
        Predicate::Before { first, then } => {
            two_times(node.at("before"), ("first", first), ("then", then), keys, report);
        }
        Predicate::Later { moment, than, minutes } => {
            let node = node.at("later");
            two_times(node, ("moment", moment), ("than", than), keys, report);
            amount(node.get("minutes").unwrap_or(node), minutes, keys, report);
        }
        Predicate::InsideWindow { moment, from, to, window } => {
            let node = node.at("inside-window");
            field_of(node.at("moment"), moment, keys, NEEDS_TIME, is_time, report);
            window_bounds(node, from.as_deref(), to.as_deref(), window.as_deref(), keys, report);
        }
        Predicate::Rows { table, column: id, value, .. } => {
            let node = node.at("rows");
            field_of(node.at("table"), table, keys, "'rows' needs a table", has_rows, report);
            match (id, value) {
                (None, None) => {}
                (Some(id), Some(value)) => column(node, table, id, Some(value), keys, report),
                _ => {
                    report
                        .at(node.place, "'column' and 'value' belong together")
                        .why("only rows with this value in that column are counted");
                }
            }
        }
        Predicate::Every { table, column: id, value } => {
            let node = node.at("every");
            field_of(node.at("table"), table, keys, "'every' needs a table", has_rows, report);
            column(node, table, id, value.as_deref(), keys, report);
        }
        Predicate::Passed(key) | Predicate::Failed(key) => {
            let fits = |kind: &CaptureKind| matches!(kind, CaptureKind::Verdicts { .. });
            let name = if matches!(predicate, Predicate::Passed(_)) { "passed" } else { "failed" };
            field_of(node.at(name), key, keys, "an inspection list is needed here", fits, report);
        }
        Predicate::Observed(key) => {
            let fits = |kind: &CaptureKind| matches!(kind, CaptureKind::Series { .. });
            field_of(node.at("observed"), key, keys, "'observed' needs a series of readings", fits, report);
        }
        Predicate::Same { left, right } => {
            let node = node.at("same");
            field(node.at("left"), left, keys, report);
            field(node.at("right"), right, keys, report);
            if left == right {
                same(node.at("right"), right, report);
            }
        }
        // Which procedures and outcomes there are is known only when all are read: `outcome` checks it.
        Predicate::Outcome { .. } => {}
        Predicate::AtPeak(key) => {
            field_of(node.at("at-peak"), key, keys, NEEDS_TIME, is_time, report);
        }
        Predicate::WorkingTime(key) => {
            field_of(node.at("working-time"), key, keys, NEEDS_TIME, is_time, report);
        }
        Predicate::Frozen(key) => {
            field_of(node.at("frozen"), key, keys, NEEDS_TIME, is_time, report);
        }
        Predicate::Listed { field: key, list } => {
            let node = node.at("listed");
            field_of(node.at("field"), key, keys, "'listed' needs words", is_words, report);
            field_of(node.at("list"), list, keys, "'listed' needs a limit of the kind 'list'", is_words, report);
        }
        Predicate::Tallied(key) => {
            let fits = |kind: &CaptureKind| matches!(kind, CaptureKind::Tally { .. });
            let needs = "'tallied' needs a tally";
            field_of(node.at("tallied"), key, keys, needs, fits, report);
        }
        Predicate::All(parts) => {
            for (n, part) in parts.iter().enumerate() {
                check(node.item("all", n), part, keys, report);
            }
        }
        Predicate::Any(parts) => {
            for (n, part) in parts.iter().enumerate() {
                check(node.item("any", n), part, keys, report);
            }
        }
        Predicate::Not(part) => check(node.at("not"), part, keys, report),
    }
}

fn window_bounds(
    node: &Node,
    from: Option<&str>,
    to: Option<&str>,
    window: Option<&str>,
    keys: &Keys<'_>,
    report: &mut Report,
) {
    match (from, to, window) {
        (Some(from), Some(to), None) if from == to => {
            report
                .at(node.at("to").place, "the window ends when it begins")
                .hint("a window across midnight is written from 20:00 to 06:00");
        }
        (Some(_), Some(_), None) => {}
        (None, None, Some(key)) => {
            field_of(
                node.at("window"),
                key,
                keys,
                "a limit of the kind 'clock-window' is needed here",
                is_words,
                report,
            );
        }
        _ => {
            report
                .at(node.place, "a window is written out or that of a limit")
                .hint("write 'from' and 'to', or 'window = \"limit.…\"'");
        }
    }
}

/// Checks a `when`; it must not look at what it makes appear, or that would never appear.
pub(super) fn check_when(node: &Node, when: Option<&Predicate>, path: &str, keys: &Keys<'_>, report: &mut Report) {
    let Some(when) = when else { return };
    let node = node.at("when");
    check(node, when, keys, report);
    when.keys(&mut |key| {
        if is_within(key, path) {
            report
                .at(node.place, format!("'{path}' is shown only after '{key}'"))
                .why("that is a part of it, so it would never be shown");
        }
    });
}

fn two_times(
    node: &Node,
    (one, first): (&str, &String),
    (other, second): (&str, &String),
    keys: &Keys<'_>,
    report: &mut Report,
) {
    field_of(node.at(one), first, keys, NEEDS_TIME, is_time, report);
    field_of(node.at(other), second, keys, NEEDS_TIME, is_time, report);
    if first == second {
        same(node.at(other), second, report);
    }
}

fn same(node: &Node, key: &str, report: &mut Report) {
    report.at(node.place, format!("'{key}' is compared with itself"));
}

/// Whether a field of this kind can ever hold the constant.
fn constant(condition: &Node, place: &str, at: &Node, kind: &CaptureKind, key: &str, value: &str, report: &mut Report) {
    match kind {
        CaptureKind::Choice { options } => {
            if !options.iter().any(|option| option.id == value) {
                let names = || options.iter().map(|option| option.id.as_str());
                let all: Vec<&str> = names().collect();
                report
                    .at(at.place, format!("'{value}' is no option of '{key}'"))
                    .why(format!("the options are '{}'", all.join("', '")))
                    .meant(value, names());
            }
        }
        CaptureKind::Check => {
            if value != "true" && value != "false" {
                report.at(at.place, format!("'{value}' is no value of '{key}'")).why("a tick is \"true\" or \"false\"");
            }
        }
        CaptureKind::Number { .. } | CaptureKind::Rating { .. } | CaptureKind::Computed { .. } => {
            if value.parse::<f64>().is_err() {
                report.at(at.place, format!("'{value}' is no value of '{key}'")).why(format!("it is {}", called(kind)));
            }
        }
        CaptureKind::Text { .. } | CaptureKind::Person | CaptureKind::Phone | CaptureKind::Serial { .. } => {}
        CaptureKind::Checklist { .. } | CaptureKind::Verdicts { .. } | CaptureKind::Score { .. } => {
            report
                .at(condition.at("field").place, format!("'{key}' is {}", called(kind)))
                .why(format!("'{place}' can be asked only of one of its items"))
                .hint(format!("write '{key}.item', or use 'answered' for the whole list"));
        }
        CaptureKind::Stamp { .. }
        | CaptureKind::Moment
        | CaptureKind::Photo { .. }
        | CaptureKind::Signature { .. }
        | CaptureKind::Table { .. }
        | CaptureKind::Series { .. }
        | CaptureKind::Tally { .. }
        | CaptureKind::Ref { .. } => {
            report
                .at(condition.at("field").place, format!("'{key}' is {}", called(kind)))
                .why("only a choice, a tick, a number or words can be compared with a value");
        }
    }
}
