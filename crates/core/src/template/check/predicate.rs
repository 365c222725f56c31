//! Conditions: every key exists and is of a kind that the condition can look at.
//!
//! It must not know whether the condition is a gate, a `when` or the end of a deadline.

use super::keys::{Keys, is_within};
use super::lookup::{
    amount, column, field, field_of, has_rows, is_called, is_number, is_time, is_words, limit_of, step,
};
use super::spot::{Problems, Spot};
use crate::template::{CaptureKind, LimitKind, Predicate};
use crate::text::Text;

const NEEDS_TIME: Text = Text::of("这里要的是时间", "a stamp or a moment is needed here");
const NEEDS_NUMBER: Text = Text::of("比较大小要用数字或评分", "'compare' needs a number or a rating");

/// Checks a condition; `at` is the table with its one key.
pub fn condition(at: &Spot, predicate: &Predicate, keys: &Keys<'_>, problems: &mut Problems) {
    match predicate {
        Predicate::Done(key) => step(&at.at("done"), key, true, keys, problems),
        Predicate::Answered(key) => {
            field(&at.at("answered"), key, keys, problems);
        }
        Predicate::Is { field: key, value } => {
            let at = at.at("is");
            if let Some(kind) = field(&at.at("field"), key, keys, problems) {
                constant(&at, "value", &at.at("value"), kind, key, value, problems);
            }
        }
        Predicate::OneOf { field: key, values } => {
            let at = at.at("one-of");
            if let Some(kind) = field(&at.at("field"), key, keys, problems) {
                for (n, value) in values.iter().enumerate() {
                    constant(&at, "values", &at.item("values", n), kind, key, value, problems);
                }
            }
        }
        Predicate::Compare(compare) => {
            let at = at.at("compare");
            let mut side = |name: &'static str, key: &str| {
                field_of(&at.at(name), key, keys, &NEEDS_NUMBER, is_number, problems);
            };
            side("left", &compare.left);
            if let Some(key) = compare.right.key() {
                side("right", key);
                if key == compare.left {
                    same(&at.at("right"), key, problems);
                }
            }
        }
        Predicate::Signed(key) => {
            let fits = |kind: &CaptureKind| matches!(kind, CaptureKind::Signature { .. });
            let needs = Text::of("“已签字”要用签字项", "'signed' needs a signature");
            field_of(&at.at("signed"), key, keys, &needs, fits, problems);
        }
        Predicate::Before { first, then } => {
            two_times(&at.at("before"), ("first", first), ("then", then), keys, problems);
        }
        Predicate::Later { moment, than, minutes } => {
            let at = at.at("later");
            two_times(&at, ("moment", moment), ("than", than), keys, problems);
            amount(&at.at("minutes"), minutes, keys, problems);
        }
        Predicate::InsideWindow { moment, from, to, window } => {
            let at = at.at("inside-window");
            field_of(&at.at("moment"), moment, keys, &NEEDS_TIME, is_time, problems);
            window_bounds(&at, from.as_deref(), to.as_deref(), window.as_deref(), keys, problems);
        }
        Predicate::Rows { .. } | Predicate::Every { .. } => rows(at, predicate, keys, problems),
        Predicate::Passed(key) | Predicate::Failed(key) => {
            let fits = |kind: &CaptureKind| matches!(kind, CaptureKind::Verdicts { .. });
            let name = if matches!(predicate, Predicate::Passed(_)) { "passed" } else { "failed" };
            let needs = Text::of("这里要的是检查表", "an inspection list is needed here");
            field_of(&at.at(name), key, keys, &needs, fits, problems);
        }
        Predicate::Observed(key) => {
            let fits = |kind: &CaptureKind| matches!(kind, CaptureKind::Series { .. });
            let needs = Text::of("“观察够时间”要用连续读数", "'observed' needs a series of readings");
            field_of(&at.at("observed"), key, keys, &needs, fits, problems);
        }
        Predicate::Same { left, right } => {
            let at = at.at("same");
            field(&at.at("left"), left, keys, problems);
            field(&at.at("right"), right, keys, problems);
            if left == right {
                same(&at.at("right"), right, problems);
            }
        }
        // Which procedures and outcomes there are is known only when all are read: `others` checks it.
        Predicate::Outcome { .. } => {}
        Predicate::AtPeak(key) => {
            field_of(&at.at("at-peak"), key, keys, &NEEDS_TIME, is_time, problems);
        }
        Predicate::WorkingTime(key) => {
            field_of(&at.at("working-time"), key, keys, &NEEDS_TIME, is_time, problems);
        }
        Predicate::Frozen(key) => {
            field_of(&at.at("frozen"), key, keys, &NEEDS_TIME, is_time, problems);
        }
        Predicate::Listed { field: key, list } => {
            let at = at.at("listed");
            let words = Text::of("“在名单内”要用文字项", "'listed' needs words");
            field_of(&at.at("field"), key, keys, &words, is_words, problems);
            let limit = Text::of("“在名单内”查的是名单类设置", "'listed' looks in a limit of the kind 'list'");
            limit_of(&at.at("list"), list, keys, &limit, |kind| matches!(kind, LimitKind::List), problems);
        }
        Predicate::Tallied(key) => {
            let fits = |kind: &CaptureKind| matches!(kind, CaptureKind::Tally { .. });
            let needs = Text::of("“清点一致”要用清点项", "'tallied' needs a tally");
            field_of(&at.at("tallied"), key, keys, &needs, fits, problems);
        }
        Predicate::All(parts) => {
            for (n, part) in parts.iter().enumerate() {
                condition(&at.item("all", n), part, keys, problems);
            }
        }
        Predicate::Any(parts) => {
            for (n, part) in parts.iter().enumerate() {
                condition(&at.item("any", n), part, keys, problems);
            }
        }
        Predicate::Not(part) => condition(&at.at("not"), part, keys, problems),
    }
}

fn rows(at: &Spot, predicate: &Predicate, keys: &Keys<'_>, problems: &mut Problems) {
    match predicate {
        Predicate::Rows { table, column: id, value, .. } => {
            let at = at.at("rows");
            let needs = Text::of("“至少几行”要用表格", "'rows' needs a table");
            field_of(&at.at("table"), table, keys, &needs, has_rows, problems);
            match (id, value) {
                (None, None) => {}
                (Some(id), Some(value)) => column(&at, table, id, Some(value), keys, problems),
                _ => {
                    problems
                        .at(&at, Text::of("“列”和“值”要一起填", "'column' and 'value' belong together"))
                        .why(Text::of("只数该列为该值的行", "only rows with this value in that column are counted"));
                }
            }
        }
        Predicate::Every { table, column: id, value } => {
            let at = at.at("every");
            let needs = Text::of("“每行都有”要用表格", "'every' needs a table");
            field_of(&at.at("table"), table, keys, &needs, has_rows, problems);
            column(&at, table, id, value.as_deref(), keys, problems);
        }
        _ => {}
    }
}

fn window_bounds(
    at: &Spot,
    from: Option<&str>,
    to: Option<&str>,
    window: Option<&str>,
    keys: &Keys<'_>,
    problems: &mut Problems,
) {
    match (from, to, window) {
        (Some(from), Some(to), None) if from == to => {
            problems
                .at(&at.at("to"), Text::of("时段的起止相同", "the window ends when it begins"))
                .hint(Text::of("跨零点写成 20:00 到 06:00", "a window across midnight is written from 20:00 to 06:00"));
        }
        (Some(_), Some(_), None) => {}
        (None, None, Some(key)) => {
            let needs = Text::of("这里要的是时段类设置", "a limit of the kind 'clock-window' is needed here");
            limit_of(&at.at("window"), key, keys, &needs, |kind| matches!(kind, LimitKind::ClockWindow), problems);
        }
        _ => {
            problems
                .at(at, Text::of("时段要么写出起止，要么取自设置", "a window is written out or that of a limit"))
                .hint(Text::of(
                    "写 from 和 to，或 window = \"limit.…\"",
                    "write 'from' and 'to', or 'window = \"limit.…\"'",
                ));
        }
    }
}

/// Checks a `when`; it must not look at what it makes appear, or that would never appear.
pub(super) fn check_when(at: &Spot, when: Option<&Predicate>, path: &str, keys: &Keys<'_>, problems: &mut Problems) {
    let Some(when) = when else { return };
    let at = at.at("when");
    condition(&at, when, keys, problems);
    when.keys(&mut |key| {
        if is_within(key, path) {
            problems
                .at(&at, Text::of("“{0}”要等“{1}”才显示", "'{0}' is shown only after '{1}'").with(&[path, key]))
                .why(Text::of("那是它自己的一部分，永远显示不了", "that is a part of it, so it would never be shown"));
        }
    });
}

fn two_times(
    at: &Spot,
    (one, first): (&'static str, &String),
    (other, second): (&'static str, &String),
    keys: &Keys<'_>,
    problems: &mut Problems,
) {
    field_of(&at.at(one), first, keys, &NEEDS_TIME, is_time, problems);
    field_of(&at.at(other), second, keys, &NEEDS_TIME, is_time, problems);
    if first == second {
        same(&at.at(other), second, problems);
    }
}

fn same(at: &Spot, key: &str, problems: &mut Problems) {
    problems.at(at, Text::of("“{0}”和自己相比", "'{0}' is compared with itself").with(&[key]));
}

/// Whether a field of this kind can ever hold the constant.
fn constant(
    condition: &Spot,
    place: &str,
    at: &Spot,
    kind: &CaptureKind,
    key: &str,
    value: &str,
    problems: &mut Problems,
) {
    let no_value = || Text::of("“{0}”不可能是“{1}”的值", "'{0}' is no value of '{1}'").with(&[value, key]);
    match kind {
        CaptureKind::Choice { options } => {
            if !options.iter().any(|option| option.id == value) {
                let names = || options.iter().map(|option| option.id.as_str());
                let all: Vec<&str> = names().collect();
                problems
                    .at(at, Text::of("“{0}”不是“{1}”的选项", "'{0}' is no option of '{1}'").with(&[value, key]))
                    .why(Text::of("选项有：{0}", "the options are '{0}'").with(&[&all.join("', '")]))
                    .meant(value, names());
            }
        }
        CaptureKind::Check => {
            if value != "true" && value != "false" {
                problems.at(at, no_value()).why(Text::of("勾选只有“true”或“false”", "a tick is \"true\" or \"false\""));
            }
        }
        CaptureKind::Number { .. } | CaptureKind::Rating { .. } | CaptureKind::Computed { .. } => {
            if value.parse::<f64>().is_err() {
                let why = Text::of("它是{0}", "it is {0}").with_texts(&[&super::called(kind)]);
                problems.at(at, no_value()).why(why);
            }
        }
        CaptureKind::Text { .. } | CaptureKind::Person | CaptureKind::Phone | CaptureKind::Serial { .. } => {}
        CaptureKind::Checklist { .. } | CaptureKind::Verdicts { .. } | CaptureKind::Score { .. } => {
            problems
                .at(&condition.at("field"), is_called(key, kind))
                .why(Text::of("“{0}”只能问其中一条", "'{0}' can be asked only of one of its items").with(&[place]))
                .hint(
                    Text::of(
                        "写“{0}.item”，或用“已填写”问整张表",
                        "write '{0}.item', or use 'answered' for the whole list",
                    )
                    .with(&[key]),
                );
        }
        CaptureKind::Stamp { .. }
        | CaptureKind::Moment
        | CaptureKind::Photo { .. }
        | CaptureKind::Signature { .. }
        | CaptureKind::Table { .. }
        | CaptureKind::Series { .. }
        | CaptureKind::Tally { .. }
        | CaptureKind::Ref { .. } => {
            problems.at(&condition.at("field"), is_called(key, kind)).why(Text::of(
                "只有单选、勾选、数字或文字能与一个值相比",
                "only a choice, a tick, a number or words can be compared with a value",
            ));
        }
    }
}
