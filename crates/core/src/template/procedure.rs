//! A procedure: stages, steps, gates and deadlines, as a quality manager writes them.

use super::{Capture, Deadline, Form, Predicate};
use crate::handbook::Moment;
use crate::json::fields::{Blank, fields, variants};
use crate::text::Text;
use serde::Serialize;

/// A written norm that can be run: one file under `content/procedures/`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Procedure {
    /// Version of the language; see [`super::SCHEMA`].
    pub schema: u32,
    /// Id, unique among procedures: `[a-z][a-z0-9-]*`.
    pub id: String,
    /// Version of this procedure; raised with every change that a user would notice. A run pins its version.
    pub version: u32,
    /// Group in the catalogue: `support`, `engineering`, …
    pub family: String,
    /// Title.
    pub title: Text,
    /// One or two sentences: when it is used.
    pub summary: Text,
    /// Documents and clauses it comes from.
    pub sources: Vec<String>,
    /// Rows of the inventory that it carries, e.g. `S01`, `R-050`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub carries: Vec<String>,
    /// Whether one work order usually has several runs of it.
    #[serde(skip_serializing_if = "Repeats::is_once")]
    pub repeats: Repeats,
    /// The sources lack the details: what stands here is to be adapted, and this says why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<Text>,
    /// Forms it produces, in printing order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<String>,
    /// The forms themselves, so that a run keeps the paper that it started with. Put in by the content compiler.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<Form>,
    /// The stages in order.
    #[serde(rename = "stage", skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
    /// Deadlines that run while the procedure is open.
    #[serde(rename = "deadline", skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<Deadline>,
    /// What must hold before the record is closed and filed.
    #[serde(rename = "close", skip_serializing_if = "Vec::is_empty")]
    pub close: Vec<Gate>,
    /// What other runs of the same work order, and its board, can see of a run.
    #[serde(rename = "outcome", skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
}

fields!(strict Procedure {
    schema,
    id,
    version,
    family,
    title,
    summary,
    sources,
    carries or Vec::new(),
    repeats or Repeats::Once,
    notice or None,
    forms or Vec::new(),
    papers or Vec::new(),
    stages as "stage" or Vec::new(),
    deadlines as "deadline" or Vec::new(),
    close or Vec::new(),
    outcomes as "outcome" or Vec::new(),
});

/// How often a work order runs a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Repeats {
    /// Once.
    #[default]
    Once,
    /// As often as the day, the week or the case asks.
    Many,
}

variants!(Repeats {
    "once" => Once, "many" => Many
});

impl Repeats {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
    fn is_once(&self) -> bool {
        *self == Repeats::Once
    }
}

/// A fact about a run that stands in its list line, so that other runs can wait for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// Id, unique in the procedure, neither [`super::STARTED`] nor [`super::CLOSED`].
    pub id: String,
    /// What is reached, in a few words.
    pub title: Text,
    /// It is reached while this holds.
    pub when: Predicate,
}

fields!(strict Outcome { id, title, when });

/// Another procedure that a step offers to start under the same work order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Starts {
    /// Id of the procedure.
    pub procedure: String,
    /// Words on the button; the procedure's title, if there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// Offered only while this holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Predicate>,
}

fields!(strict Starts { procedure, text or None, when or None });

/// A part of a procedure in one place or moment. In a file, `use = "shared-id"` takes the stage from
/// `content/procedures/shared/`; the content compiler resolves it, so it never appears here.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Stage {
    /// Id, unique in the procedure, not one of [`super::NAMESPACES`].
    pub id: String,
    /// Title; a few words that fit a phone's stage bar.
    pub title: Text,
    /// One sentence: what this stage is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// The whole stage exists only while this holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Predicate>,
    /// Gates in front of the stage.
    #[serde(rename = "gate", skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<Gate>,
    /// The steps in order.
    #[serde(rename = "step", skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
}

fields!(strict Stage {
    id,
    title,
    summary or None,
    when or None,
    gates as "gate" or Vec::new(),
    steps as "step" or Vec::new(),
});

/// One thing to do, with the clause that asks for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Step {
    /// Id, unique in its stage.
    pub id: String,
    /// How binding it is.
    pub level: Level,
    /// What to do, in a few words of ours.
    pub title: Text,
    /// How and why; may be a few sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// The clause it comes from, e.g. `ZTE 6.3.6`.
    pub clause: String,
    /// Rules of the inventory that it carries.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// Shown (and needed) only while this holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Predicate>,
    /// Gates in front of the step.
    #[serde(rename = "gate", skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<Gate>,
    /// What is captured. Empty in a file means one tick with id `done`.
    #[serde(rename = "capture", skip_serializing_if = "Vec::is_empty")]
    pub captures: Vec<Capture>,
    /// Procedures that may have to follow from it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub starts: Vec<Starts>,
    /// Moments of the handbook whose self-check belongs to it: house rules and conduct stand beside what is captured.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub guidance: Vec<Moment>,
}

fields!(strict Step {
    id,
    level,
    title,
    help or None,
    clause,
    rules or Vec::new(),
    when or None,
    gates as "gate" or Vec::new(),
    captures as "capture" or Vec::new(),
    starts or Vec::new(),
    guidance or Vec::new(),
});

/// How binding a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Mandatory: the stage is not done without it.
    Must,
    /// Expected: may be left out without an override.
    Should,
    /// Forbidden: the user confirms that it was not done. Binding like [`Level::Must`].
    MustNot,
}

variants!(Level {
    "must" => Must, "should" => Should, "must-not" => MustNot
});

/// A condition in front of a stage, a step or the closing. Never a physical lock: it can be overridden with a
/// reason and a named approver, and that stays on the record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Gate {
    /// Id, unique in its stage, step or closing.
    pub id: String,
    /// What it needs, as a sentence that follows "Needs:".
    pub text: Text,
    /// The clause that asks for it.
    pub clause: String,
    /// Rules of the inventory that it carries.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// The gate exists only while this holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Predicate>,
    /// What must hold.
    pub needs: Predicate,
}

fields!(strict Gate {
    id, text, clause, rules or Vec::new(), when or None, needs
});

impl Procedure {
    /// The stage with this id.
    pub fn stage(&self, id: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    /// The step with this `stage.step` id.
    pub fn step(&self, path: &str) -> Option<&Step> {
        let (stage, step) = path.split_once('.')?;
        self.stage(stage)?.steps.iter().find(|candidate| candidate.id == step)
    }

    /// The form with this id that the procedure brings along.
    pub fn paper(&self, id: &str) -> Option<&Form> {
        self.papers.iter().find(|form| form.id == id)
    }

    /// The capture with this `stage.step.capture` key (an item's key finds its list).
    pub fn capture(&self, key: &str) -> Option<&Capture> {
        let mut parts = key.splitn(4, '.');
        let (stage, step, capture) = (parts.next()?, parts.next()?, parts.next()?);
        let stage = self.stage(stage)?;
        let step = stage.steps.iter().find(|candidate| candidate.id == step)?;
        step.captures.iter().find(|candidate| candidate.id == capture)
    }
}

impl Blank for Level {
    fn blank() -> Level {
        Level::Must
    }
}

impl Blank for Repeats {
    fn blank() -> Repeats {
        Repeats::Once
    }
}
