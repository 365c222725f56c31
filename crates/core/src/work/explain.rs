//! A predicate in words: what exactly is missing and where to go for it.

use super::{Scope, holds};
use crate::template::{CaptureKind, Compare, CompareOp, Operand, Predicate};
use crate::text::Text;

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// In words.
    pub words: Text,
    /// The field key or `stage.step` or `stage` where it is entered; `None` when it is on no visit screen.
    pub place: Option<String>,
}

/// What keeps the predicate from holding. Empty when it holds.
pub fn needs_of(predicate: &Predicate, scope: &Scope<'_>) -> Vec<Need> {
    if holds(predicate, scope) {
        return Vec::new();
    }
    match predicate {
        Predicate::All(parts) => parts.iter().flat_map(|part| needs_of(part, scope)).collect(),
        Predicate::Any(parts) => either(parts, scope),
        _ => vec![Need { words: words_of(predicate, scope), place: place_of(predicate, scope) }],
    }
}

/// Several ways to pass become one need that names them all and leads to the first. What should not have been the
/// case ("not more than 5 minutes late") cannot be done any more, so it is named only when nothing else is left.
fn either(parts: &[Predicate], scope: &Scope<'_>) -> Vec<Need> {
    let undoable = |part: &&Predicate| !matches!(part, Predicate::Not(_));
    let mut ways: Vec<&Predicate> = parts.iter().filter(undoable).collect();
    if ways.is_empty() {
        ways = parts.iter().collect();
    }
    let words = join(ways.iter().map(|part| words_of(part, scope)), &Text::of("，或", ", or "));
    let place = ways.iter().find_map(|part| place_of(part, scope));
    vec![Need { words, place }]
}

fn join(texts: impl Iterator<Item = Text>, between: &Text) -> Text {
    texts
        .reduce(|left, right| Text::of("{0}{1}{2}", "{0}{1}{2}").with_texts(&[&left, between, &right]))
        .unwrap_or_else(|| Text::same(""))
}

/// The first place on the visit's own screens that the predicate mentions.
fn place_of(predicate: &Predicate, scope: &Scope<'_>) -> Option<String> {
    let mut found = None;
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
        if let (CaptureKind::Checklist { items }, Some(item)) = (&part.kind, parts.next())
            && let Some(item) = items.iter().find(|candidate| candidate.id == item)
        {
            return item.text.clone();
        }
        if part.id == "done" && step.captures.len() == 1 {
            return step.title.clone();
        }
        return Text::of("{0} · {1}", "{0} · {1}").with_texts(&[&step.title, &part.label]);
    }
    scope.library.basic_field(key).map_or_else(|| Text::same(key), |field| field.label.clone())
}

fn option_words(key: &str, value: &str, scope: &Scope<'_>) -> Text {
    if let Some(CaptureKind::Choice { options }) = scope.capture(key).map(|capture| &capture.kind)
        && let Some(option) = options.iter().find(|option| option.id == value)
    {
        return option.text.clone();
    }
    match value {
        "true" => Text::of("是", "yes"),
        "false" => Text::of("否", "no"),
        other => Text::same(other),
    }
}

/// What the predicate asks for, in words.
fn words_of(predicate: &Predicate, scope: &Scope<'_>) -> Text {
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
                &Text::same(&minutes.to_string()),
            ])
        }
        Predicate::InsideWindow { moment, from, to } => Text::of("“{0}”在 {1}–{2} 之间", "“{0}” between {1} and {2}")
            .with_texts(&[&label(moment), &Text::same(from), &Text::same(to)]),
        Predicate::Rows { table, at_least } => Text::of("“{0}”至少 {1} 条", "at least {1} in “{0}”")
            .with_texts(&[&label(table), &Text::same(&at_least.to_string())]),
        Predicate::Tallied(key) => {
            Text::of("“{0}”全部清点一致", "everything counted back in “{0}”").with_texts(&[&label(key)])
        }
        Predicate::All(parts) => join(parts.iter().map(|part| words_of(part, scope)), &Text::of("，并", ", and ")),
        Predicate::Any(parts) => join(parts.iter().map(|part| words_of(part, scope)), &Text::of("，或", ", or ")),
        Predicate::Not(part) => Text::of("不出现：{0}", "not: {0}").with_texts(&[&words_of(part, scope)]),
    }
}

fn compare_words(compare: &Compare, scope: &Scope<'_>) -> Text {
    let right = match &compare.right {
        Operand::Number(number) => Text::same(&crate::value::number_words(*number)),
        Operand::Field(key) => label_of(key, scope),
    };
    let pattern = match compare.op {
        CompareOp::Lt => Text::of("“{0}”小于 {1}", "“{0}” below {1}"),
        CompareOp::Le => Text::of("“{0}”不大于 {1}", "“{0}” at most {1}"),
        CompareOp::Eq => Text::of("“{0}”等于 {1}", "“{0}” equal to {1}"),
        CompareOp::Ge => Text::of("“{0}”不小于 {1}", "“{0}” at least {1}"),
        CompareOp::Gt => Text::of("“{0}”大于 {1}", "“{0}” above {1}"),
    };
    pattern.with_texts(&[&label_of(&compare.left, scope), &right])
}
