//! What a procedure says of other procedures: outcomes that it waits for, procedures that its steps start, and the
//! outcomes that it has itself.
//!
//! It must not look into stages beyond the conditions that name another procedure.

use super::spot::{Problems, Spot, unique};
use crate::template::{CLOSED, Gate, Predicate, Procedure, STARTED};
use crate::text::Text;

/// What is known of a procedure with some id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Other {
    /// It is there and has these outcomes.
    Has(Vec<String>),
    /// Nobody can tell: some procedures could not be read.
    Lost,
    /// There is none.
    Unknown,
}

/// Looks a procedure up by its id.
pub type Lookup<'a> = dyn Fn(&str) -> Other + 'a;

/// Checks everything that a procedure says of others; `names` are the ids that there are.
pub fn others(at: &Spot, procedure: &Procedure, known: &Lookup<'_>, names: &[&str], problems: &mut Problems) {
    let ids = procedure.outcomes.iter().map(|outcome| outcome.id.as_str());
    unique(ids, |n| at.item("outcome", n).at("id"), &Text::of("结果", "an outcome"), problems);
    for (n, outcome) in procedure.outcomes.iter().enumerate() {
        if [STARTED, CLOSED].contains(&outcome.id.as_str()) {
            let words = Text::of("每个流程都有结果“{0}”", "every procedure has the outcome '{0}'");
            problems
                .at(&at.item("outcome", n).at("id"), words.with(&[&outcome.id]))
                .hint(Text::of("换一个编号", "give it another id"));
        }
    }
    let mut ask = |at: &Spot, predicate: &Predicate| outcomes(at, predicate, known, names, problems);
    let gates = |at: &Spot, name: &'static str, gates: &[Gate], ask: &mut dyn FnMut(&Spot, &Predicate)| {
        for (n, gate) in gates.iter().enumerate() {
            let at = at.item(name, n);
            ask(&at.at("needs"), &gate.needs);
            gate.when.iter().for_each(|when| ask(&at.at("when"), when));
        }
    };
    for (s, stage) in procedure.stages.iter().enumerate() {
        let at = at.item("stage", s);
        stage.when.iter().for_each(|when| ask(&at.at("when"), when));
        gates(&at, "gate", &stage.gates, &mut ask);
        for (n, step) in stage.steps.iter().enumerate() {
            let at = at.item("step", n);
            step.when.iter().for_each(|when| ask(&at.at("when"), when));
            gates(&at, "gate", &step.gates, &mut ask);
            for (n, capture) in step.captures.iter().enumerate() {
                capture.when.iter().for_each(|when| ask(&at.item("capture", n).at("when"), when));
            }
        }
    }
    gates(at, "close", &procedure.close, &mut ask);
    for (n, deadline) in procedure.deadlines.iter().enumerate() {
        let at = at.item("deadline", n);
        ask(&at.at("until"), &deadline.until);
        deadline.when.iter().for_each(|when| ask(&at.at("when"), when));
    }
    for (s, stage) in procedure.stages.iter().enumerate() {
        for (n, step) in stage.steps.iter().enumerate() {
            let at = at.item("stage", s).item("step", n);
            for (n, starts) in step.starts.iter().enumerate() {
                other(&at.item("starts", n).at("procedure"), &starts.procedure, known, names, problems);
            }
        }
    }
}

/// The outcomes of the procedure with this id, if it is there; reports when there is none.
pub fn other(at: &Spot, id: &str, known: &Lookup<'_>, names: &[&str], problems: &mut Problems) -> Option<Vec<String>> {
    match known(id) {
        Other::Has(outcomes) => Some(outcomes),
        Other::Lost => None,
        Other::Unknown => {
            problems
                .at(at, Text::of("没有流程“{0}”", "unknown procedure '{0}'").with(&[id]))
                .meant(id, names.iter().copied());
            None
        }
    }
}

/// Checks every outcome of another procedure that a condition asks for.
pub fn outcomes(at: &Spot, predicate: &Predicate, known: &Lookup<'_>, names: &[&str], problems: &mut Problems) {
    predicate.outcomes(&mut |of, is| {
        let Some(has) = other(at, of, known, names, problems) else { return };
        if ![STARTED, CLOSED].contains(&is) && !has.iter().any(|outcome| outcome == is) {
            let names = || has.iter().map(String::as_str).chain([STARTED, CLOSED]);
            let words = Text::of("流程“{0}”没有结果“{1}”", "the procedure '{0}' has no outcome '{1}'");
            problems
                .at(at, words.with(&[of, is]))
                .why(Text::of("它有：{0}", "it has '{0}'").with(&[&names().collect::<Vec<_>>().join("', '")]))
                .meant(is, names());
        }
    });
}
