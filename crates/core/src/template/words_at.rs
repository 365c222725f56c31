//! Where the words of a procedure stand, so that one input can read and change any of them.
//!
//! It must not know the screen; a place that is not there (any more) has no words and takes none.

use super::edit::{Front, StepAt, gates, gates_mut, step_mut};
use super::kinds::{line_mut, lines};
use super::{Capture, CaptureKind, Procedure};
use crate::text::{Lang, Text};
use std::borrow::Cow;

/// A text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextAt {
    /// Title of the procedure.
    Title,
    /// When it is used.
    Summary,
    /// Title of a stage.
    Stage(usize),
    /// What a stage is for; may be empty.
    StageSummary(usize),
    /// Title of a step.
    Step(StepAt),
    /// Help of a step; may be empty.
    Help(StepAt),
    /// Label of a capture.
    Label(StepAt, usize),
    /// Hint of a capture; may be empty.
    Hint(StepAt, usize),
    /// A line of a list: option, item, column.
    Line(StepAt, usize, usize),
    /// Unit of a number; may be empty.
    Unit(StepAt, usize),
    /// Who signs.
    Role(StepAt, usize),
    /// Words of a gate.
    Gate(Front, usize),
    /// Title of a deadline.
    Deadline(usize),
}

impl TextAt {
    /// Whether it may be left empty.
    pub fn is_optional(self) -> bool {
        matches!(self, TextAt::StageSummary(_) | TextAt::Help(_) | TextAt::Hint(..) | TextAt::Unit(..))
    }
}

/// The text at a place.
pub fn text_at(procedure: &Procedure, at: TextAt) -> Option<&Text> {
    let stage = |n: usize| procedure.stages.get(n);
    let step = |(s, n): StepAt| stage(s)?.steps.get(n);
    let capture = |at: StepAt, n: usize| step(at)?.captures.get(n);
    match at {
        TextAt::Title => Some(&procedure.title),
        TextAt::Summary => Some(&procedure.summary),
        TextAt::Stage(n) => stage(n).map(|stage| &stage.title),
        TextAt::StageSummary(n) => stage(n)?.summary.as_ref(),
        TextAt::Step(at) => step(at).map(|step| &step.title),
        TextAt::Help(at) => step(at)?.help.as_ref(),
        TextAt::Label(at, n) => capture(at, n).map(|capture| &capture.label),
        TextAt::Hint(at, n) => capture(at, n)?.hint.as_ref(),
        TextAt::Line(at, n, line) => lines(&capture(at, n)?.kind).get(line).copied(),
        TextAt::Unit(at, n) => match &capture(at, n)?.kind {
            CaptureKind::Number { unit, .. } => unit.as_ref(),
            _ => None,
        },
        TextAt::Role(at, n) => match &capture(at, n)?.kind {
            CaptureKind::Signature { role, .. } => Some(role),
            _ => None,
        },
        TextAt::Gate(front, n) => gates(procedure, front)?.get(n).map(|gate| &gate.text),
        TextAt::Deadline(n) => procedure.deadlines.get(n).map(|deadline| &deadline.title),
    }
}

/// Changes the words of one language at a place.
pub fn set_text(procedure: &mut Procedure, at: TextAt, lang: Lang, words: &str) {
    match at {
        TextAt::Title => put(&mut procedure.title, lang, words),
        TextAt::Summary => put(&mut procedure.summary, lang, words),
        TextAt::Stage(n) => {
            procedure.stages.get_mut(n).into_iter().for_each(|stage| put(&mut stage.title, lang, words))
        }
        TextAt::StageSummary(n) => {
            procedure.stages.get_mut(n).into_iter().for_each(|stage| put_optional(&mut stage.summary, lang, words));
        }
        TextAt::Step(at) => step_mut(procedure, at).into_iter().for_each(|step| put(&mut step.title, lang, words)),
        TextAt::Help(at) => {
            step_mut(procedure, at).into_iter().for_each(|step| put_optional(&mut step.help, lang, words));
        }
        TextAt::Gate(front, n) => {
            let gate = gates_mut(procedure, front).and_then(|gates| gates.get_mut(n));
            gate.into_iter().for_each(|gate| put(&mut gate.text, lang, words));
        }
        TextAt::Deadline(n) => {
            procedure.deadlines.get_mut(n).into_iter().for_each(|deadline| put(&mut deadline.title, lang, words));
        }
        TextAt::Label(step, n)
        | TextAt::Hint(step, n)
        | TextAt::Line(step, n, _)
        | TextAt::Unit(step, n)
        | TextAt::Role(step, n) => {
            let Some(capture) = step_mut(procedure, step).and_then(|step| step.captures.get_mut(n)) else { return };
            in_capture(capture, at, lang, words);
        }
    }
}

fn in_capture(capture: &mut Capture, at: TextAt, lang: Lang, words: &str) {
    match (at, &mut capture.kind) {
        (TextAt::Label(..), _) => put(&mut capture.label, lang, words),
        (TextAt::Hint(..), _) => put_optional(&mut capture.hint, lang, words),
        (TextAt::Line(_, _, line), kind) => line_mut(kind, line).into_iter().for_each(|text| put(text, lang, words)),
        (TextAt::Unit(..), CaptureKind::Number { unit, .. }) => put_optional(unit, lang, words),
        (TextAt::Role(..), CaptureKind::Signature { role, .. }) => put(role, lang, words),
        _ => {}
    }
}

fn put(text: &mut Text, lang: Lang, words: &str) {
    let words = Cow::Owned(words.to_owned());
    match lang {
        Lang::Zh => text.zh = words,
        Lang::En => text.en = words,
    }
}

/// Words that may be left out are left out when both languages are empty.
fn put_optional(text: &mut Option<Text>, lang: Lang, words: &str) {
    let mut new = text.take().unwrap_or_else(|| Text::of("", ""));
    put(&mut new, lang, words);
    *text = (!new.zh.is_empty() || !new.en.is_empty()).then_some(new);
}

/// A code that is the same in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeAt {
    /// Documents and clauses that the procedure comes from, `;` between them.
    Sources,
    /// The clause of a step.
    Clause(StepAt),
    /// The clause of a gate.
    GateClause(Front, usize),
    /// The clause of a deadline.
    DeadlineClause(usize),
}

/// The code at a place.
pub fn code_at(procedure: &Procedure, at: CodeAt) -> Option<String> {
    match at {
        CodeAt::Sources => Some(procedure.sources.join("; ")),
        CodeAt::Clause((stage, step)) => Some(procedure.stages.get(stage)?.steps.get(step)?.clause.clone()),
        CodeAt::GateClause(front, n) => Some(gates(procedure, front)?.get(n)?.clause.clone()),
        CodeAt::DeadlineClause(n) => procedure.deadlines.get(n).map(|deadline| deadline.clause.clone()),
    }
}

/// Changes the code at a place.
pub fn set_code(procedure: &mut Procedure, at: CodeAt, words: &str) {
    match at {
        CodeAt::Sources => {
            let parts = words.split([';', '；']).map(|part| part.trim_start().to_owned());
            procedure.sources = parts.collect();
        }
        CodeAt::Clause(at) => {
            step_mut(procedure, at).into_iter().for_each(|step| words.clone_into(&mut step.clause));
        }
        CodeAt::GateClause(front, n) => {
            let gate = gates_mut(procedure, front).and_then(|gates| gates.get_mut(n));
            gate.into_iter().for_each(|gate| words.clone_into(&mut gate.clause));
        }
        CodeAt::DeadlineClause(n) => {
            procedure.deadlines.get_mut(n).into_iter().for_each(|deadline| words.clone_into(&mut deadline.clause));
        }
    }
}
