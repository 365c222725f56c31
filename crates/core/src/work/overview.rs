//! A run in one look: how far it is, and its steps by stage, all of them or those that somebody looks for.

use super::{Run, Scope, StageStatus, StepState};
use crate::search::{Query, normal};
use crate::template::{Capture, CaptureKind, Stage, Step};
use crate::text::Text;

/// How far a run is, in binding steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Overview {
    /// Steps that are done or left out with approval.
    pub done: usize,
    /// Steps that apply.
    pub total: usize,
}

impl Overview {
    /// Of all stages of a run.
    pub fn of(stages: &[StageStatus]) -> Overview {
        let [done, total] = [|stage: &StageStatus| stage.done, |stage: &StageStatus| stage.total];
        Overview { done: stages.iter().map(done).sum(), total: stages.iter().map(total).sum() }
    }

    /// Steps that are still missing.
    pub fn missing(self) -> usize {
        self.total.saturating_sub(self.done)
    }

    /// From 0 to 100; a run without binding steps is complete.
    pub fn percent(self) -> u32 {
        match self.total {
            0 => 100,
            total => u32::try_from(self.done * 100 / total).unwrap_or(100),
        }
    }
}

/// A step in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct StepLine {
    /// Where it is: `stage.step`.
    pub path: String,
    /// Its title.
    pub title: Text,
    /// Where it stands.
    pub state: StepState,
    /// Whether its stage waits for it.
    pub blocks: bool,
}

/// Which steps to list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Words that each must have, in its title, its help, its clause or its captures, in either language.
    pub query: Query,
    /// Only those that the run still waits for.
    pub open: bool,
}

/// The steps that apply and are wanted, by stage, in the order of the procedure. Stages without any are left out.
pub fn step_lines(scope: &Scope<'_>, wanted: &Wanted) -> Vec<(Text, Vec<StepLine>)> {
    let run = Run::new(scope);
    let line = |stage: &Stage, step: &Step| {
        let status = run.step(stage, step);
        let fits = wanted.query.is_empty() || wanted.query.fits(&text_of(stage, step));
        let is_wanted = status.state != StepState::Hidden && (status.blocks() || !wanted.open) && fits;
        is_wanted.then(|| StepLine {
            path: format!("{}.{}", stage.id, step.id),
            title: step.title.clone(),
            state: status.state,
            blocks: status.blocks(),
        })
    };
    let stages = scope.procedure.stages.iter().map(|stage| {
        let lines: Vec<StepLine> = stage.steps.iter().filter_map(|step| line(stage, step)).collect();
        (stage.title.clone(), lines)
    });
    stages.filter(|(_, lines)| !lines.is_empty()).collect()
}

/// What is looked through, as it is compared.
fn text_of(stage: &Stage, step: &Step) -> String {
    let mut texts = vec![&stage.title, &step.title];
    texts.extend(&step.help);
    texts.extend(step.captures.iter().flat_map(read_on));
    let words = texts.into_iter().flat_map(|text| [text.zh.as_ref(), text.en.as_ref()]);
    normal(&words.chain([step.clause.as_str()]).collect::<Vec<_>>().join("\n"))
}

/// What is read on a capture: its label, its items, its answers.
fn read_on(capture: &Capture) -> Vec<&Text> {
    let inside: Vec<&Text> = match &capture.kind {
        CaptureKind::Choice { options } => options.iter().map(|option| &option.text).collect(),
        CaptureKind::Checklist { items } => items.iter().map(|item| &item.text).collect(),
        CaptureKind::Verdicts { items, .. } => items.iter().map(|item| &item.text).collect(),
        CaptureKind::Score { items, .. } => items.iter().map(|item| &item.text).collect(),
        _ => Vec::new(),
    };
    [vec![&capture.label], inside].concat()
}
