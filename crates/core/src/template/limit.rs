//! Limits: the numbers that the norms leave open or disagree on, each with its source, its default and its place in
//! Settings; and programmes: which procedures a kind of work order runs.

use super::{Capture, CaptureKind, Choice, Predicate, RecordTemplate, SCHEMA};
use crate::json::fields::{Blank, fields, variants};
use crate::text::Text;
use serde::Serialize;

/// A setting of the norms: one entry of `content/profiles/limits*.toml`. Its key is `limit.<id>`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Limit {
    /// Id, unique among limits.
    pub id: String,
    /// Group in Settings.
    pub group: String,
    /// What it sets.
    pub title: Text,
    /// How to choose it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// The clause that leaves it open, or names it; `(I)` marks a default of ours.
    pub source: String,
    /// The value that holds until somebody sets another; without one it must be set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<LimitDefault>,
    /// It may differ for a customer.
    #[serde(skip_serializing_if = "is_false")]
    pub customer: bool,
    /// The field of a basic record that it stands in for while nobody has filled that in: `order.identity`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stands_for: Option<String>,
    /// What it means that nothing is set. Without a default and without this it must be set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blank: Option<Text>,
    /// What is set.
    pub kind: LimitKind,
}

fields!(Limit {
    id,
    group,
    title,
    hint or None,
    source,
    default or None,
    customer or false,
    stands_for as "stands-for" or None,
    blank or None,
    kind,
});

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// What a limit holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum LimitKind {
    /// A number.
    Number {
        /// Shown behind it.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<Text>,
        /// Smallest accepted.
        #[serde(skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        /// Largest accepted.
        #[serde(skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
        /// Digits after the point.
        decimals: u8,
    },
    /// A window of the day, `00:00-06:00`; may run across midnight.
    ClockWindow,
    /// One of several answers.
    Choice {
        /// The answers.
        options: Vec<Choice>,
    },
    /// Words.
    Text,
    /// Lines, each one entry.
    List,
    /// Hours of a week; see [`crate::calendar::Weekly`].
    WeeklyHours,
    /// Periods in which nothing is changed; see [`crate::calendar::Freeze`].
    Freeze,
}

variants!(LimitKind {
    "number" => Number { unit or None, min or None, max or None, decimals or 0 },
    "clock-window" => ClockWindow,
    "choice" => Choice { options },
    "text" => Text,
    "list" => List,
    "weekly-hours" => WeeklyHours,
    "freeze" => Freeze,
});

/// A default: a number, or words.
pub type LimitDefault = super::Operand;

impl Blank for LimitKind {
    fn blank() -> LimitKind {
        LimitKind::Text
    }
}

impl Limit {
    /// Its field in the record that keeps it: of the profile, or (with [`Limit::customer`]) of a customer.
    pub fn field(&self) -> Capture {
        let kind = match &self.kind {
            LimitKind::Number { unit, min, max, decimals } => {
                CaptureKind::Number { unit: unit.clone(), min: *min, max: *max, decimals: *decimals }
            }
            LimitKind::Choice { options } => CaptureKind::Choice { options: options.clone() },
            LimitKind::ClockWindow | LimitKind::Text => words(80, false),
            LimitKind::WeeklyHours => words(200, false),
            LimitKind::List | LimitKind::Freeze => words(4000, true),
        };
        Capture {
            id: self.field_id(),
            label: self.title.clone(),
            hint: self.hint.clone(),
            required: false,
            when: None,
            suggest: None,
            kind,
        }
    }

    /// The id of that field.
    pub fn field_id(&self) -> String {
        format!("limit-{}", self.id)
    }
}

fn words(max: u32, long: bool) -> CaptureKind {
    CaptureKind::Text { max, long, phrases: Vec::new(), for_customer: false }
}

/// The template of the one record that keeps the limits of the whole company.
pub fn profile_template(limits: &[Limit]) -> RecordTemplate {
    RecordTemplate {
        schema: SCHEMA,
        id: "profile".to_owned(),
        version: 1,
        title: Text::of("规则设置", "Rules and limits"),
        name: "name".to_owned(),
        detail: None,
        fields: limits.iter().map(Limit::field).collect(),
    }
}

/// Which procedures a kind of work order runs, in phases: one file under `content/programmes/`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Programme {
    /// Version of the language.
    pub schema: u32,
    /// Id, unique among programmes.
    pub id: String,
    /// Title.
    pub title: Text,
    /// One or two sentences.
    pub summary: Text,
    /// The kinds of work order that run it.
    pub kinds: Vec<String>,
    /// The phases in order.
    #[serde(rename = "phase")]
    pub phases: Vec<Phase>,
}

fields!(strict Programme { schema, id, title, summary, kinds, phases as "phase" });

/// A part of a programme.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Phase {
    /// Id, unique in the programme.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Its procedures.
    #[serde(rename = "item")]
    pub items: Vec<PhaseItem>,
}

fields!(strict Phase { id, title, items as "item" });

/// A procedure in a phase.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PhaseItem {
    /// Id of the procedure.
    pub procedure: String,
    /// Whether the work order is done without it.
    pub need: Demand,
    /// Shown only while this holds; asks only for the records around a run and for outcomes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Predicate>,
}

fields!(strict PhaseItem { procedure, need or Demand::Must, when or None });

/// Whether a programme's item is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Demand {
    /// The work order waits for it.
    Must,
    /// As the case asks.
    May,
}

variants!(Demand { "must" => Must, "may" => May });

impl Blank for Demand {
    fn blank() -> Demand {
        Demand::Must
    }
}
