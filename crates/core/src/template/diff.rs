//! What differs between two versions of a procedure, in words: for the manager who publishes one, and for the engineer
//! who finds it changed.
//!
//! Steps are known by their ids, not by their words or places. It must not judge which version is better.

use super::kinds::kind_word;
use super::{Capture, Deadline, Gate, Level, Operand, Procedure, Stage, Step, Within, check::called};
use crate::calendar::Span;
use crate::text::Text;
use std::collections::BTreeSet;

/// How something differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is only in the later version.
    Added,
    /// It is only in the earlier version.
    Removed,
    /// It stands elsewhere.
    Moved,
    /// It says something else.
    Changed,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// How.
    pub how: How,
    /// Where: the stage, or stage and step.
    pub place: Text,
    /// What, in words.
    pub what: Text,
    /// The words before and after, where a text changed.
    pub words: Option<(Text, Text)>,
}

/// Collects differences.
struct Notes(Vec<Difference>);

impl Notes {
    fn add(&mut self, how: How, place: &Text, what: Text) {
        self.0.push(Difference { how, place: place.clone(), what, words: None });
    }

    fn words(&mut self, place: &Text, what: Text, (before, after): (&Text, &Text)) {
        if before != after {
            // Where only the other language changed, its words show what did.
            let shown = |one: &Text| match (before.zh == after.zh, before.en == after.en) {
                (true, _) => Text::same(&one.en),
                (_, true) => Text::same(&one.zh),
                _ => one.clone(),
            };
            let words = Some((shown(before), shown(after)));
            self.0.push(Difference { how: How::Changed, place: place.clone(), what, words });
        }
    }

    fn optional(&mut self, place: &Text, what: Text, (before, after): (Option<&Text>, Option<&Text>)) {
        let none = Text::same("—");
        self.words(place, what, (before.unwrap_or(&none), after.unwrap_or(&none)));
    }

    fn plain(&mut self, place: &Text, what: Text, (before, after): (&str, &str)) {
        self.words(place, what, (&Text::same(before), &Text::same(after)));
    }

    fn changed(&mut self, place: &Text, differs: bool, what: Text) {
        if differs {
            self.add(How::Changed, place, what);
        }
    }
}

/// Everything in which `after` differs from `before`, in the order of the later one; what was taken out comes where
/// it stood.
pub fn diff(before: &Procedure, after: &Procedure) -> Vec<Difference> {
    let mut notes = Notes(Vec::new());
    let whole = Text::of("整个流程", "The whole procedure");
    notes.words(&whole, Text::of("名称", "Title"), (&before.title, &after.title));
    notes.words(&whole, Text::of("用途说明", "Summary"), (&before.summary, &after.summary));
    let sources = (&*before.sources.join("; "), &*after.sources.join("; "));
    notes.plain(&whole, Text::of("依据", "Sources"), sources);
    notes.optional(&whole, Text::of("提示", "Notice"), (before.notice.as_ref(), after.notice.as_ref()));
    notes.plain(&whole, Text::of("表单", "Forms"), (&before.forms.join(", "), &after.forms.join(", ")));
    let papers = before.forms == after.forms && before.papers != after.papers;
    notes.changed(&whole, papers, Text::of("表单的版面有改动", "the layout of a form changed"));
    stages(before, after, &mut notes);
    deadlines(&whole, &before.deadlines, &after.deadlines, &mut notes);
    gates(&Text::of("关闭前", "Before closing"), &before.close, &after.close, &mut notes);
    let outcomes = before.outcomes != after.outcomes;
    notes.changed(
        &whole,
        outcomes,
        Text::of("别的流程能看到的结果有改动", "what other procedures can see of it changed"),
    );
    notes.0
}

/// The words of a level.
pub fn level_words(level: Level) -> Text {
    match level {
        Level::Must => Text::of("必须", "Must"),
        Level::Should => Text::of("建议", "Should"),
        Level::MustNot => Text::of("禁止", "Must not"),
    }
}

/// Ids that stand in another order in the second list than in the first: as few as explain it.
fn moved<'a>(before: &[&'a str], after: &[&'a str]) -> BTreeSet<&'a str> {
    let first: Vec<&str> = before.iter().copied().filter(|id| after.contains(id)).collect();
    let second: Vec<&str> = after.iter().copied().filter(|id| before.contains(id)).collect();
    // The longest common subsequence stays; everything else has moved.
    let (rows, columns) = (first.len(), second.len());
    let mut best = vec![vec![0_usize; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            best[row][column] = if first[row] == second[column] {
                best[row + 1][column + 1] + 1
            } else {
                best[row + 1][column].max(best[row][column + 1])
            };
        }
    }
    let (mut row, mut column, mut kept) = (0, 0, BTreeSet::new());
    while row < rows && column < columns {
        if first[row] == second[column] {
            kept.insert(first[row]);
            (row, column) = (row + 1, column + 1);
        } else if best[row + 1][column] >= best[row][column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    second.into_iter().filter(|id| !kept.contains(id)).collect()
}

fn ids(stages: &[Stage]) -> Vec<&str> {
    stages.iter().map(|stage| stage.id.as_str()).collect()
}

fn stages(before: &Procedure, after: &Procedure, notes: &mut Notes) {
    let elsewhere = moved(&ids(&before.stages), &ids(&after.stages));
    for stage in &after.stages {
        let place = &stage.title;
        let Some(was) = before.stage(&stage.id) else {
            let count = stage.steps.len().to_string();
            notes.add(How::Added, place, Text::of("新阶段，{0} 步", "new stage, {0} steps").with(&[&count]));
            for step in stage.steps.iter().filter(|step| came_from(before, after, stage, step).is_some()) {
                let from = came_from(before, after, stage, step);
                step_moved(from, stage, step, notes);
            }
            continue;
        };
        if elsewhere.contains(stage.id.as_str()) {
            notes.add(How::Moved, place, Text::of("阶段换了位置", "the stage stands elsewhere"));
        }
        notes.words(place, Text::of("阶段名称", "Title of the stage"), (&was.title, &stage.title));
        let summaries = (was.summary.as_ref(), stage.summary.as_ref());
        notes.optional(place, Text::of("阶段说明", "Summary of the stage"), summaries);
        let when = was.when != stage.when;
        notes.changed(place, when, Text::of("出现的条件有改动", "the condition under which it applies changed"));
        gates(place, &was.gates, &stage.gates, notes);
        steps(before, after, was, stage, notes);
    }
    for stage in before.stages.iter().filter(|stage| after.stage(&stage.id).is_none()) {
        let count = stage.steps.len().to_string();
        notes.add(
            How::Removed,
            &stage.title,
            Text::of("删除了阶段，{0} 步", "stage removed, {0} steps").with(&[&count]),
        );
    }
}

fn place_of(stage: &Stage, step: &Step) -> Text {
    Text::of("{0} › {1}", "{0} › {1}").with_texts(&[&stage.title, &step.title])
}

/// The step of another stage that this one was before: with its id and words, and no longer where it was.
fn came_from<'a>(
    before: &'a Procedure,
    after: &Procedure,
    stage: &Stage,
    step: &Step,
) -> Option<(&'a Stage, &'a Step)> {
    let gone = |was: &Stage, one: &Step| after.step(&format!("{}.{}", was.id, one.id)).is_none();
    let others = before.stages.iter().filter(|was| was.id != stage.id);
    let mut steps = others.flat_map(|was| was.steps.iter().map(move |one| (was, one)));
    steps.find(|(was, one)| gone(was, one) && one.title == step.title)
}

fn step_moved(from: Option<(&Stage, &Step)>, stage: &Stage, step: &Step, notes: &mut Notes) {
    if let Some((was, _)) = from {
        let words = Text::of("从“{0}”移来", "moved here from “{0}”").with_texts(&[&was.title]);
        notes.add(How::Moved, &place_of(stage, step), words);
    }
}

fn steps(before: &Procedure, after: &Procedure, was: &Stage, stage: &Stage, notes: &mut Notes) {
    let list = |stage: &'_ Stage| -> Vec<String> { stage.steps.iter().map(|step| step.id.clone()).collect() };
    let (old, new) = (list(was), list(stage));
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
    let elsewhere = moved(&old, &new);
    for step in &stage.steps {
        let place = place_of(stage, step);
        match was.steps.iter().find(|one| one.id == step.id) {
            Some(one) => {
                if elsewhere.contains(step.id.as_str()) {
                    notes.add(How::Moved, &place, Text::of("换了位置", "stands elsewhere in the stage"));
                }
                one_step(&place, one, step, notes);
            }
            None => match came_from(before, after, stage, step) {
                Some((from, one)) => {
                    step_moved(Some((from, one)), stage, step, notes);
                    one_step(&place, one, step, notes);
                }
                None => {
                    let level = level_words(step.level);
                    notes.add(How::Added, &place, Text::of("新步骤（{0}）", "new step ({0})").with_texts(&[&level]));
                }
            },
        }
    }
    for one in was.steps.iter().filter(|one| !new.contains(&one.id.as_str())) {
        let arrived = |stage: &Stage| {
            let here = |step: &Step| {
                came_from(before, after, stage, step).is_some_and(|(s, o)| s.id == was.id && o.id == one.id)
            };
            stage.steps.iter().any(here)
        };
        let still = after.stages.iter().filter(|stage| stage.id != was.id).any(arrived);
        if !still {
            notes.add(How::Removed, &place_of(was, one), Text::of("删除了步骤", "step removed"));
        }
    }
}

fn one_step(place: &Text, was: &Step, step: &Step, notes: &mut Notes) {
    notes.words(place, Text::of("步骤名称", "Title of the step"), (&was.title, &step.title));
    notes.optional(place, Text::of("说明", "Help"), (was.help.as_ref(), step.help.as_ref()));
    notes.words(place, Text::of("要求程度", "Level"), (&level_words(was.level), &level_words(step.level)));
    notes.plain(place, Text::of("条款", "Clause"), (&was.clause, &step.clause));
    let when = was.when != step.when;
    notes.changed(place, when, Text::of("出现的条件有改动", "the condition under which it applies changed"));
    let starts = was.starts != step.starts;
    notes.changed(place, starts, Text::of("可接着开始的流程有改动", "the procedures that may follow changed"));
    let guidance = was.guidance != step.guidance;
    notes.changed(place, guidance, Text::of("附带的行为自检有改动", "the self-check beside it changed"));
    gates(place, &was.gates, &step.gates, notes);
    captures(place, &was.captures, &step.captures, notes);
}

fn captures(place: &Text, before: &[Capture], after: &[Capture], notes: &mut Notes) {
    for capture in after {
        let words = |pattern: Text| pattern.with_texts(&[&capture.label, &called(&capture.kind)]);
        let Some(was) = before.iter().find(|one| one.id == capture.id) else {
            notes.add(How::Added, place, words(Text::of("新增填写项“{0}”（{1}）", "new field “{0}” ({1})")));
            continue;
        };
        notes.words(place, Text::of("填写项的名称", "Label of a field"), (&was.label, &capture.label));
        if kind_word(&was.kind) != kind_word(&capture.kind) {
            notes.words(
                place,
                words(Text::of("“{0}”的类型", "Kind of “{0}”")),
                (&called(&was.kind), &called(&capture.kind)),
            );
        } else {
            let kind = was.kind != capture.kind;
            notes.changed(
                place,
                kind,
                words(Text::of("“{0}”的选项或范围有改动", "options or limits of “{0}” changed")),
            );
        }
        let must = match capture.required {
            true => Text::of("“{0}”改为必填", "“{0}” is now required"),
            false => Text::of("“{0}”改为选填", "“{0}” is now optional"),
        };
        notes.changed(place, was.required != capture.required, words(must));
        let rest = was.when != capture.when || was.suggest != capture.suggest || was.hint != capture.hint;
        notes.changed(place, rest, words(Text::of("“{0}”的提示或条件有改动", "hint or condition of “{0}” changed")));
    }
    for capture in before.iter().filter(|one| !after.iter().any(|other| other.id == one.id)) {
        notes.add(
            How::Removed,
            place,
            Text::of("删除了填写项“{0}”", "field “{0}” removed").with_texts(&[&capture.label]),
        );
    }
}

fn gates(place: &Text, before: &[Gate], after: &[Gate], notes: &mut Notes) {
    for gate in after {
        let words = |pattern: Text| pattern.with_texts(&[&gate.text]);
        let Some(was) = before.iter().find(|one| one.id == gate.id) else {
            notes.add(How::Added, place, words(Text::of("新增门禁：{0}", "new gate: {0}")));
            continue;
        };
        notes.words(place, Text::of("门禁的文字", "Words of a gate"), (&was.text, &gate.text));
        let needs = was.needs != gate.needs || was.when != gate.when;
        notes.changed(place, needs, words(Text::of("门禁的条件有改动：{0}", "the condition of a gate changed: {0}")));
        notes.plain(place, Text::of("门禁的条款", "Clause of a gate"), (&was.clause, &gate.clause));
    }
    for gate in before.iter().filter(|one| !after.iter().any(|other| other.id == one.id)) {
        notes.add(How::Removed, place, Text::of("取消了门禁：{0}", "gate removed: {0}").with_texts(&[&gate.text]));
    }
}

fn deadlines(place: &Text, before: &[Deadline], after: &[Deadline], notes: &mut Notes) {
    for deadline in after {
        let words = |pattern: Text| pattern.with_texts(&[&deadline.title]);
        match before.iter().find(|one| one.id == deadline.id) {
            None => notes.add(How::Added, place, words(Text::of("新增时限：{0}", "new deadline: {0}"))),
            Some(was) => {
                notes.words(place, Text::of("时限的名称", "Title of a deadline"), (&was.title, &deadline.title));
                let (before, after) = (long_words(was), long_words(deadline));
                let what = words(Text::of("时限“{0}”有多久", "how long “{0}” may take"));
                notes.words(place, what, (&before, &after));
                // Whatever else of it was changed.
                let mut rest = Deadline { title: was.title.clone(), ..deadline.clone() };
                if before != after {
                    rest.within = was.within.clone();
                }
                notes.changed(place, rest != *was, words(Text::of("时限有改动：{0}", "deadline changed: {0}")));
            }
        }
    }
    for deadline in before.iter().filter(|one| !after.iter().any(|other| other.id == one.id)) {
        let words = Text::of("取消了时限：{0}", "deadline removed: {0}");
        notes.add(How::Removed, place, words.with_texts(&[&deadline.title]));
    }
}

/// How long, if it is a number. An amount of Settings has no words here, so a change from one to another is told
/// without them.
fn long_words(deadline: &Deadline) -> Text {
    let within = &deadline.within;
    match within.amount() {
        Operand::Number(number) => within.span(*number).map_or_else(|| Text::same("?"), Span::words),
        Operand::Field(_) => {
            Text::of("按设置 · {0}", "as in Settings · {0}").with_texts(&[&Within::unit_words(within.unit())])
        }
    }
}
