//! The parts of which captures are made: answers, items, columns, sides.

use super::Predicate;
use crate::json::fields::{Blank, fields, variants};
use crate::text::Text;
use serde::Serialize;

/// One item of an inspection list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// The last part of its field key.
    pub id: String,
    /// What is inspected.
    pub text: Text,
    /// What it must be like, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard: Option<Text>,
    /// Unit of the measured value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
    /// Least measured value that passes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Largest measured value that passes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// Shown only while this holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Predicate>,
}

fields!(strict Verdict {
    id, text, standard or None, unit or None, min or None, max or None, when or None
});

/// One item that is given points.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoreItem {
    /// The last part of its field key.
    pub id: String,
    /// What is judged.
    pub text: Text,
    /// Most points.
    pub of: f64,
}

fields!(strict ScoreItem { id, text, of });

/// One answer of a choice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice {
    /// The value kept in the record.
    pub id: String,
    /// What the user reads.
    pub text: Text,
}

fields!(strict Choice {
    id, text
});

/// One item of a checklist.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// The last part of its field key.
    pub id: String,
    /// What the user reads.
    pub text: Text,
    /// Shown only while this holds, e.g. for one kind of work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Predicate>,
}

fields!(strict Item {
    id, text, when or None
});

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Column {
    /// Column id, unique in its table.
    pub id: String,
    /// Heading.
    pub label: Text,
    /// Whether a row is complete without it.
    pub required: bool,
    /// What is captured.
    pub kind: ColumnKind,
}

fields!(Column {
    id, label, required or false, kind
});

/// What a cell may hold.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum ColumnKind {
    /// Free text.
    Text {
        /// Longest accepted text, in characters.
        max: u32,
    },
    /// A number.
    Number {
        /// Smallest accepted value.
        #[serde(skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        /// Largest accepted value.
        #[serde(skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
        /// Digits after the point.
        decimals: u8,
    },
    /// One of several answers.
    Choice {
        /// The answers.
        options: Vec<Choice>,
    },
    /// A tick.
    Check,
    /// A moment; set to now when the row is added, can be corrected.
    Moment,
    /// A person's name; the engineer's own name is offered.
    Person,
}

variants!(ColumnKind {
    "text" => Text { max or 500 },
    "number" => Number { min or None, max or None, decimals or 0 },
    "choice" => Choice { options },
    "check" => Check,
    "moment" => Moment,
    "person" => Person,
});

/// A row offered for one-tap adding: text cells by column id.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Preset {
    /// What the user taps; becomes the value of the first text column.
    pub text: Text,
    /// Offered only while this holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Predicate>,
}

fields!(strict Preset {
    text, when or None
});

/// The side a signer stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The customer's people. Never filled in the engineer's name.
    Customer,
    /// The engineer's own company.
    Company,
}

variants!(Side {
    "customer" => Customer, "company" => Company
});

impl Blank for ColumnKind {
    fn blank() -> ColumnKind {
        ColumnKind::Check
    }
}

impl Blank for Side {
    fn blank() -> Side {
        Side::Customer
    }
}
