//! What one step (or one field of a basic record) asks for and keeps.

use super::Predicate;
use crate::json::fields::{Blank, fields, variants};
use crate::text::Text;
use serde::Serialize;

/// One thing that a step captures. Its full field key is `stage.step.capture`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Capture {
    /// Short id, unique in its step: `[a-z][a-z0-9-]*`.
    pub id: String,
    /// What the user reads beside the input.
    pub label: Text,
    /// A short help below the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// Whether the step is done without it. Default: required.
    #[serde(skip_serializing_if = "is_true")]
    pub required: bool,
    /// Shown (and required) only while this holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Predicate>,
    /// Value offered when nothing was entered yet: a field key such as `contact.name`. One tap accepts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggest: Option<String>,
    /// What is captured and within which limits.
    pub kind: CaptureKind,
}

fields!(Capture {
    id,
    label,
    hint or None,
    required or true,
    when or None,
    suggest or None,
    kind,
});

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
fn is_true(value: &bool) -> bool {
    *value
}

/// The closed set of things that can be captured.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum CaptureKind {
    /// A tick: done or seen.
    Check,
    /// Free text.
    Text {
        /// Longest accepted text, in characters (Unicode scalar values).
        max: u32,
        /// A large box instead of one line; also offers dictation.
        long: bool,
        /// Texts offered for one-tap filling.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        phrases: Vec<Text>,
    },
    /// A number with its unit and limits.
    Number {
        /// Shown behind the number.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<Text>,
        /// Smallest accepted value.
        #[serde(skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        /// Largest accepted value.
        #[serde(skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
        /// Digits after the point; 0 asks for whole numbers.
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
        #[serde(skip_serializing_if = "Option::is_none")]
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
        of: u8,
    },
    /// Photos, from the camera or from files.
    Photo {
        /// How many are needed for the step to be done.
        min: u8,
        /// How many are accepted.
        max: u8,
    },
    /// A signature drawn by the signer, kept with name, role and time; it covers what the named forms show.
    Signature {
        /// On whose side the signer stands.
        side: Side,
        /// What the signer is, e.g. the customer's responsible person.
        role: Text,
        /// Ids of the forms that the signer is shown and signs.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        covers: Vec<String>,
        /// A seal (or a photo of it) is expected beside the signature.
        seal: bool,
    },
    /// Rows that the user adds.
    Table {
        /// The columns.
        columns: Vec<Column>,
        /// How many rows are needed for the step to be done.
        min_rows: u32,
        /// Rows offered for one-tap adding.
        #[serde(skip_serializing_if = "Vec::is_empty")]
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
        #[serde(skip_serializing_if = "Option::is_none")]
        within: Option<String>,
    },
}

variants!(CaptureKind {
    "check" => Check,
    "text" => Text { max or 500, long or false, phrases or Vec::new() },
    "number" => Number { unit or None, min or None, max or None, decimals or 0 },
    "choice" => Choice { options },
    "checklist" => Checklist { items },
    "stamp" => Stamp { not_before as "not-before" or None },
    "moment" => Moment,
    "person" => Person,
    "phone" => Phone,
    "rating" => Rating { of or 5 },
    "photo" => Photo { min or 0, max or 9 },
    "signature" => Signature { side, role, covers or Vec::new(), seal or false },
    "table" => Table { columns, min_rows as "min-rows" or 0, presets or Vec::new() },
    "tally" => Tally { of },
    "ref" => Ref { to, within or None },
});

impl CaptureKind {
    /// Whether the answers live in facts (stamps, photos, signatures) rather than in a field.
    pub fn is_fact(&self) -> bool {
        matches!(self, CaptureKind::Stamp { .. } | CaptureKind::Photo { .. } | CaptureKind::Signature { .. })
    }
}

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

impl Blank for CaptureKind {
    fn blank() -> CaptureKind {
        CaptureKind::Check
    }
}

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
