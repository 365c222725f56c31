//! A predicate in words: what exactly is missing and where to go for it.

use super::compute::watch;
use super::{Scope, holds};
use crate::ledger::{PhotoPart, photo_part};
use crate::template::{
    CLOSED, CaptureKind, ColumnKind, Compare, CompareOp, Operand, Predicate, STARTED, verdict_words,
};
use crate::text::Text;
use crate::value::number_words;

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// In words.
    pub words: Text,
    /// The field key or `stage.step` or `stage` where it is entered, `limit.<id>` for a limit that must be set, or
    /// `run:<procedure>` for another run; `None` when it is on no screen.
    pub place: Option<String>,
}

/// What keeps the predicate from holding. Empty when it holds.
pub fn needs_of(predicate: &Predicate, scope: &Scope<'_>) -> Vec<Need> {
    if holds(predicate, scope) {
        return Vec::new();
    }
    if let Some(unset) = unset_of(predicate, scope) {
        return vec![unset];
    }
    match predicate {
        Predicate::All(parts) => parts.iter().flat_map(|part| needs_of(part, scope)).collect(),
        Predicate::Any(parts) => either(parts, scope),
        _ => vec![Need { words: words_of(predicate, scope), place: place_of(predicate, scope) }],
    }
}

/// A limit that the predicate asks for and nobody has set: without it, nothing else helps.
fn unset_of(predicate: &Predicate, scope: &Scope<'_>) -> Option<Need> {
    if matches!(predicate, Predicate::All(_) | Predicate::Any(_)) {
        return None;
    }
    let mut unset = None;
    let mut ask = |key: &str| {
        if unset.is_none() && key.starts_with("limit.") && scope.value(key).is_none() {
            unset = Some(key.to_owned());
        }
    };
    predicate.keys(&mut |key| ask(key));
    // How long a series takes may be a limit, too.
    if let Predicate::Observed(key) = predicate
        && let Some(CaptureKind::Series { least, .. }) = scope.kind(key)
    {
        least.amount().key().into_iter().for_each(&mut ask);
    }
    let key = unset?;
    let words = Text::of("先在设置里填写“{0}”", "first set “{0}” in Settings").with_texts(&[&label_of(&key, scope)]);
    Some(Need { words, place: Some(key) })
}

/// Several ways to pass become one need that names them all and leads to the first. What should not have been the
/// case ("not more than 5 minutes late") cannot be done any more, so it is named only when nothing else is left.
fn either(parts: &[Predicate], scope: &Scope<'_>) -> Vec<Need> {
    let undoable = |part: &&Predicate| !matches!(part, Predicate::Not(_));
    let mut ways: Vec<&Predicate> = parts.iter().filter(undoable).collect();
    if ways.is_empty() {
        ways = parts.iter().collect();
    }
    // A way that nobody can judge because a limit is not set says so instead of what it would ask for.
    let way = |part: &&Predicate| {
        let need = || Need { words: words_of(part, scope), place: place_of(part, scope) };
        unset_of(part, scope).unwrap_or_else(need)
    };
    let needs: Vec<Need> = ways.iter().map(way).collect();
    let words = join(needs.iter().map(|need| need.words.clone()), &Text::of("，或", ", or "));
    let place = needs.into_iter().find_map(|need| need.place);
    vec![Need { words, place }]
}

/// Texts with one between them.
pub(super) fn join(texts: impl Iterator<Item = Text>, between: &Text) -> Text {
    texts
        .reduce(|left, right| Text::of("{0}{1}{2}", "{0}{1}{2}").with_texts(&[&left, between, &right]))
        .unwrap_or_else(|| Text::same(""))
}

/// The first place on the visit's own screens that the predicate mentions.
fn place_of(predicate: &Predicate, scope: &Scope<'_>) -> Option<String> {
    let mut found = None;
    if let Predicate::Outcome { of, .. } = predicate {
        return Some(format!("run:{of}"));
    }
    predicate.keys(&mut |key| {
        let stage = key.split('.').next().unwrap_or(key);
        if found.is_none() && scope.procedure.stage(stage).is_some() {
            found = Some(key.to_owned());
        }
    });
    found
}

/// The words for what stands under a key: the capture's label, led by its step's title where the label alone would
/// not say enough (a stamp called "Time"), or the title of a step or stage.
pub fn label_of(key: &str, scope: &Scope<'_>) -> Text {
    match key {
        "visit.number" => return Text::of("服务编号", "Visit number"),
        "visit.engineer" => return Text::of("现场工程师", "Engineer"),
        "visit.company" => return Text::of("公司", "Company"),
        "visit.phone" => return Text::of("工程师电话", "Engineer's phone"),
        "visit.created" => return Text::of("创建时间", "Created"),
        _ => {}
    }
    let mut parts = key.splitn(4, '.');
    let (stage, step, capture) = (parts.next().unwrap_or(key), parts.next(), parts.next());
    if let Some(stage) = scope.procedure.stage(stage) {
        let Some(step) = step.and_then(|step| stage.steps.iter().find(|candidate| candidate.id == step)) else {
            return stage.title.clone();
        };
        let Some(part) = capture.and_then(|id| step.captures.iter().find(|candidate| candidate.id == id)) else {
            return step.title.clone();
        };
        if let Some(below) = parts.next()
            && let Some(words) = item_label(&part.kind, below)
        {
            return words;
        }
        if part.id == "done" && step.captures.len() == 1 {
            return step.title.clone();
        }
        return Text::of("{0} · {1}", "{0} · {1}").with_texts(&[&step.title, &part.label]);
    }
    if let Some(limit) = scope.library.limit(key) {
        return limit.title.clone();
    }
    scope.library.basic_field(key).map_or_else(|| Text::same(key), |field| field.label.clone())
}

/// The words for an item of a list, or for the value or finding below it.
fn item_label(kind: &CaptureKind, below: &str) -> Option<Text> {
    if let CaptureKind::Photo { .. } = kind {
        return Some(match photo_part(below)? {
            PhotoPart::Caption => Text::of("照片说明", "Photo caption"),
            PhotoPart::Marks => Text::of("照片标注", "Marks on a photo"),
            PhotoPart::After => Text::of("照片前后对比", "Photo before and after"),
        });
    }
    let (item, part) = below.split_once('.').map_or((below, None), |(item, part)| (item, Some(part)));
    let text = match kind {
        CaptureKind::Checklist { items } => &items.iter().find(|one| one.id == item)?.text,
        CaptureKind::Verdicts { items, .. } => &items.iter().find(|one| one.id == item)?.text,
        CaptureKind::Score { .. } if item == "total" => return Some(Text::of("总分", "Total")),
        CaptureKind::Score { items, .. } => &items.iter().find(|one| one.id == item)?.text,
        _ => return None,
    };
    Some(match part {
        Some("value") => Text::of("{0} · 实测", "{0} · measured").with_texts(&[text]),
        Some("note") => Text::of("{0} · 问题", "{0} · finding").with_texts(&[text]),
        _ => text.clone(),
    })
}

fn option_words(key: &str, value: &str, scope: &Scope<'_>) -> Text {
    if let Some(CaptureKind::Choice { options }) = scope.capture(key).map(|capture| &capture.kind)
        && let Some(option) = options.iter().find(|option| option.id == value)
    {
        return option.text.clone();
    }
    match scope.kind(key) {
        Some(CaptureKind::Verdicts { .. }) => verdict_words(value).unwrap_or_else(|| plain_words(value)),
        _ => plain_words(value),
    }
}

/// What the predicate asks for, in words.
pub(super) fn words_of(predicate: &Predicate, scope: &Scope<'_>) -> Text {
    let label = |key: &str| label_of(key, scope);
    match predicate {
        Predicate::Done(path) => Text::of("完成“{0}”", "finish “{0}”").with_texts(&[&label(path)]),
        Predicate::Answered(key) => Text::of("填写“{0}”", "fill in “{0}”").with_texts(&[&label(key)]),
        Predicate::Signed(key) if scope.visit.signature(key).is_some() => {
            Text::of("“{0}”签字后内容有改动，需重新签字", "“{0}” again: the content changed after signing")
                .with_texts(&[&label(key)])
        }
        Predicate::Signed(key) => Text::of("“{0}”签字", "the signature “{0}”").with_texts(&[&label(key)]),
        Predicate::Is { field, value } => {
            Text::of("“{0}”为“{1}”", "“{0}” is “{1}”").with_texts(&[&label(field), &option_words(field, value, scope)])
        }
        Predicate::OneOf { field, values } => {
            let options = join(values.iter().map(|value| option_words(field, value, scope)), &Text::of("或", " or "));
            Text::of("“{0}”为“{1}”", "“{0}” is “{1}”").with_texts(&[&label(field), &options])
        }
        Predicate::Compare(compare) => compare_words(compare, scope),
        Predicate::Before { first, then } => {
            Text::of("“{0}”不晚于“{1}”", "“{0}” not after “{1}”").with_texts(&[&label(first), &label(then)])
        }
        Predicate::Later { moment, than, minutes } => {
            Text::of("“{0}”比“{1}”晚 {2} 分钟以上", "“{0}” more than {2} min after “{1}”").with_texts(&[
                &label(moment),
                &label(than),
                &amount_words(minutes, scope),
            ])
        }
        Predicate::InsideWindow { moment, from, to, window } => {
            let bounds = match window {
                Some(limit) => scope.value(limit).and_then(|value| value.as_text().map(Text::same)),
                None => from.as_ref().zip(to.as_ref()).map(|(from, to)| Text::same(&format!("{from}–{to}"))),
            };
            let bounds = bounds.unwrap_or_else(|| Text::same("?"));
            Text::of("“{0}”在 {1} 之间", "“{0}” within {1}").with_texts(&[&label(moment), &bounds])
        }
        Predicate::Rows { table, at_least, column, value } => {
            let number = Text::same(&at_least.to_string());
            match column.as_deref().zip(value.as_deref()) {
                None => Text::of("“{0}”至少 {1} 条", "at least {1} in “{0}”").with_texts(&[&label(table), &number]),
                Some((column, value)) => {
                    let cell = cell_words(table, column, Some(value), scope);
                    Text::of("“{0}”至少 {1} 条：{2}", "at least {1} in “{0}” with {2}").with_texts(&[
                        &label(table),
                        &number,
                        &cell,
                    ])
                }
            }
        }
        Predicate::Every { table, column, value } => {
            let cell = cell_words(table, column, value.as_deref(), scope);
            Text::of("“{0}”每条都有：{1}", "each row of “{0}” with {1}").with_texts(&[&label(table), &cell])
        }
        Predicate::Passed(key) => Text::of("“{0}”逐项检查，没有不合格", "every item of “{0}” answered, none failed")
            .with_texts(&[&label(key)]),
        Predicate::Failed(key) => Text::of("“{0}”有不合格项", "a failed item in “{0}”").with_texts(&[&label(key)]),
        Predicate::Observed(key) => observed_words(key, scope),
        Predicate::Same { left, right } => {
            Text::of("“{0}”与“{1}”一致", "“{0}” the same as “{1}”").with_texts(&[&label(left), &label(right)])
        }
        Predicate::Outcome { of, is } => outcome_words(of, is, scope),
        Predicate::AtPeak(key) => {
            Text::of("“{0}”在业务高峰时段", "“{0}” in the customer's peak hours").with_texts(&[&label(key)])
        }
        Predicate::WorkingTime(key) => {
            Text::of("“{0}”在客户作息时间内", "“{0}” in the customer's working hours").with_texts(&[&label(key)])
        }
        Predicate::Frozen(key) => frozen_words(key, scope),
        Predicate::Listed { field, list } => {
            Text::of("“{0}”在“{1}”之列", "“{0}” listed in “{1}”").with_texts(&[&label(field), &label(list)])
        }
        Predicate::Tallied(key) => {
            Text::of("“{0}”全部清点一致", "everything counted back in “{0}”").with_texts(&[&label(key)])
        }
        Predicate::All(parts) => join(parts.iter().map(|part| words_of(part, scope)), &Text::of("，并", ", and ")),
        Predicate::Any(parts) => join(parts.iter().map(|part| words_of(part, scope)), &Text::of("，或", ", or ")),
        Predicate::Not(part) => Text::of("不出现：{0}", "not: {0}").with_texts(&[&words_of(part, scope)]),
    }
}

fn compare_words(compare: &Compare, scope: &Scope<'_>) -> Text {
    let right = amount_words(&compare.right, scope);
    let pattern = match compare.op {
        CompareOp::Lt => Text::of("“{0}”小于 {1}", "“{0}” below {1}"),
        CompareOp::Le => Text::of("“{0}”不大于 {1}", "“{0}” at most {1}"),
        CompareOp::Eq => Text::of("“{0}”等于 {1}", "“{0}” equal to {1}"),
        CompareOp::Ge => Text::of("“{0}”不小于 {1}", "“{0}” at least {1}"),
        CompareOp::Gt => Text::of("“{0}”大于 {1}", "“{0}” above {1}"),
    };
    pattern.with_texts(&[&label_of(&compare.left, scope), &right])
}

/// A number, what a limit holds, or the name of the field that holds it.
fn amount_words(amount: &Operand, scope: &Scope<'_>) -> Text {
    match amount {
        Operand::Number(number) => Text::same(&number_words(*number)),
        Operand::Field(key) if key.starts_with("limit.") => match scope.amount(amount) {
            Some(number) => Text::same(&number_words(number)),
            None => label_of(key, scope),
        },
        Operand::Field(key) => label_of(key, scope),
    }
}

/// A column of a table and the value wanted in it.
fn cell_words(table: &str, column: &str, value: Option<&str>, scope: &Scope<'_>) -> Text {
    let columns = scope.kind(table).and_then(CaptureKind::columns).unwrap_or_default();
    let Some(found) = columns.iter().find(|one| one.id == column) else { return Text::same(column) };
    let Some(value) = value else { return Text::of("“{0}”", "“{0}”").with_texts(&[&found.label]) };
    let words = match &found.kind {
        ColumnKind::Choice { options } => options.iter().find(|one| one.id == value).map(|one| one.text.clone()),
        _ => None,
    };
    let words = words.unwrap_or_else(|| plain_words(value));
    Text::of("“{0}”为“{1}”", "“{0}” = “{1}”").with_texts(&[&found.label, &words])
}

fn plain_words(value: &str) -> Text {
    match value {
        "true" => Text::of("是", "yes"),
        "false" => Text::of("否", "no"),
        other => Text::same(other),
    }
}

/// How long the observation still has to go.
fn observed_words(key: &str, scope: &Scope<'_>) -> Text {
    let label = label_of(key, scope);
    match watch(key, scope).and_then(|watch| watch.until) {
        Some(until) => Text::of("“{0}”持续到 {1}，且最后一次读数正常", "“{0}” until {1}, with a normal last reading")
            .with_texts(&[&label, &Text::same(&until.date_time())]),
        None => Text::of("“{0}”满时长，且最后一次读数正常", "“{0}” to its end, with a normal last reading")
            .with_texts(&[&label]),
    }
}

fn frozen_words(key: &str, scope: &Scope<'_>) -> Text {
    let label = label_of(key, scope);
    match scope.moment(key).and_then(|moment| scope.calendar().frozen(moment)) {
        Some(period) => Text::of("“{0}”在封网期内（{1}）", "“{0}” in a freeze period ({1})")
            .with_texts(&[&label, &Text::same(period.reason())]),
        None => Text::of("“{0}”在封网期内", "“{0}” in a freeze period").with_texts(&[&label]),
    }
}

/// What another run must have reached.
fn outcome_words(of: &str, is: &str, scope: &Scope<'_>) -> Text {
    let known = scope.library.catalogue.get(of);
    let title = known.map_or_else(|| Text::same(of), |line| line.title.clone());
    match is {
        STARTED => Text::of("开始“{0}”", "start “{0}”").with_texts(&[&title]),
        CLOSED => Text::of("“{0}”办结", "“{0}” closed").with_texts(&[&title]),
        other => {
            let reached = known.and_then(|line| line.outcomes.iter().find(|one| one.id == other));
            let reached = reached.map_or_else(|| Text::same(other), |one| one.title.clone());
            Text::of("“{0}”：{1}", "“{0}”: {1}").with_texts(&[&title, &reached])
        }
    }
}
