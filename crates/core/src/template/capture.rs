//! What one step (or one field of a basic record) asks for and keeps.

use super::Predicate;
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// One thing that a step captures. Its full field key is `stage.step.capture`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Capture {
    /// Short id, unique in its step: `[a-z][a-z0-9-]*`.
    pub id: String,
    /// What the user reads beside the input.
    pub label: Text,
    /// A short help below the input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// Whether the step is done without it. Default: required.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub required: bool,
    /// Shown (and required) only while this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Predicate>,
    /// Value offered when nothing was entered yet: a field key such as `contact.name`. One tap accepts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggest: Option<String>,
    /// What is captured and within which limits.
    pub kind: CaptureKind,
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
fn is_true(value: &bool) -> bool {
    *value
}

/// The closed set of things that can be captured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum CaptureKind {
    /// A tick: done or seen.
    Check,
    /// Free text.
    Text {
        /// Longest accepted text, in characters (Unicode scalar values).
        #[serde(default = "default_max")]
        max: u32,
        /// A large box instead of one line; also offers dictation.
        #[serde(default)]
        long: bool,
        /// Texts offered for one-tap filling.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        phrases: Vec<Text>,
    },
    /// A number with its unit and limits.
    Number {
        /// Shown behind the number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<Text>,
        /// Smallest accepted value.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        /// Largest accepted value.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
        /// Digits after the point; 0 asks for whole numbers.
        #[serde(default)]
        decimals: u8,
    },
    /// One of several answers.
    Choice {
        /// The answers, in the order shown.
        options: Vec<Choice>,
    },
    /// A list of ticks. Each item is kept under `stage.step.capture.item`. Done when every shown item is ticked.
    Checklist {
        /// The items.
        items: Vec<Item>,
    },
    /// A moment stamped with one tap (or corrected by hand, which stays visible).
    Stamp {
        /// Key of a moment that must not be later than this one, e.g. the arrival for the leaving.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        not_before: Option<String>,
    },
    /// A moment that somebody agreed on or planned: picked, not stamped.
    Moment,
    /// A person's name (with the contact's and earlier names offered).
    Person,
    /// A telephone number.
    Phone,
    /// Stars from 1 to `of`.
    Rating {
        /// Best mark.
        #[serde(default = "five")]
        of: u8,
    },
    /// Photos, from the camera or from files.
    Photo {
        /// How many are needed for the step to be done.
        #[serde(default)]
        min: u8,
        /// How many are accepted.
        #[serde(default = "nine")]
        max: u8,
    },
    /// A signature drawn by the signer, kept with name, role and time; it covers what the named forms show.
    Signature {
        /// On whose side the signer stands.
        side: Side,
        /// What the signer is, e.g. the customer's responsible person.
        role: Text,
        /// Ids of the forms that the signer is shown and signs.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        covers: Vec<String>,
        /// A seal (or a photo of it) is expected beside the signature.
        #[serde(default)]
        seal: bool,
    },
    /// Rows that the user adds.
    Table {
        /// The columns.
        columns: Vec<Column>,
        /// How many rows are needed for the step to be done.
        #[serde(default)]
        min_rows: u32,
        /// Rows offered for one-tap adding.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        presets: Vec<Preset>,
    },
    /// Counts the rows of another table back: for each row the user enters how many are there now.
    /// Kept in the same rows, in column `out`. Done when `out` equals `quantity` in every row.
    Tally {
        /// Key of the table, e.g. `enter.objects.list`. It must have columns `item` and `quantity`.
        of: String,
    },
    /// A reference to another basic record (customer, site, contact, asset). Basic records only.
    Ref {
        /// The kind of record: `customer`, `site`, `contact`, `asset`.
        to: String,
        /// Only records whose field of this name holds the same reference as this record's: `customer` for sites.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        within: Option<String>,
    },
}

fn default_max() -> u32 {
    500
}

fn five() -> u8 {
    5
}

fn nine() -> u8 {
    9
}

impl CaptureKind {
    /// Whether the answers live in facts (stamps, photos, signatures) rather than in a field.
    pub fn is_fact(&self) -> bool {
        matches!(self, CaptureKind::Stamp { .. } | CaptureKind::Photo { .. } | CaptureKind::Signature { .. })
    }
}

/// One answer of a choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The value kept in the record.
    pub id: String,
    /// What the user reads.
    pub text: Text,
}

/// One item of a checklist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The last part of its field key.
    pub id: String,
    /// What the user reads.
    pub text: Text,
    /// Shown only while this holds, e.g. for one kind of work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Predicate>,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Column {
    /// Column id, unique in its table.
    pub id: String,
    /// Heading.
    pub label: Text,
    /// Whether a row is complete without it.
    #[serde(default)]
    pub required: bool,
    /// What is captured.
    pub kind: ColumnKind,
}

/// What a cell may hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum ColumnKind {
    /// Free text.
    Text {
        /// Longest accepted text, in characters.
        #[serde(default = "default_max")]
        max: u32,
    },
    /// A number.
    Number {
        /// Smallest accepted value.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        /// Largest accepted value.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
        /// Digits after the point.
        #[serde(default)]
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

/// A row offered for one-tap adding: text cells by column id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// What the user taps; becomes the value of the first text column.
    pub text: Text,
    /// Offered only while this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Predicate>,
}

/// The side a signer stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The customer's people. Never filled in the engineer's name.
    Customer,
    /// The engineer's own company.
    Company,
}
