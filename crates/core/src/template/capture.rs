//! What one step (or one field of a basic record) asks for and keeps.

use super::{Choice, Column, ColumnKind, Item, Preset, ScoreItem, Side, Verdict};
use super::{Expr, Operand, Predicate, Within};
use crate::json::fields::{Blank, fields, variants};
use crate::text::Text;
use serde::Serialize;
use std::borrow::Cow;

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
        /// The customer will read it: phrases to avoid are pointed out.
        #[serde(skip_serializing_if = "is_false")]
        for_customer: bool,
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
        /// Key of a limit of the kind `list`. Its lines are worked through: each is offered, and needs a complete row
        /// whose first text column begins with it. A line may go on behind bars: `Fans | running | dB`.
        #[serde(skip_serializing_if = "Option::is_none")]
        lines: Option<String>,
    },
    /// Counts the rows of another table back: for each row the user enters how many are there now.
    /// Kept in the same rows, in column `out`. Done when `out` equals `quantity` in every row.
    Tally {
        /// Key of the table, e.g. `enter.objects.list`. It must have columns `item` and `quantity`.
        of: String,
    },
    /// An inspection list: each item passes, fails or does not apply. The answer is kept under
    /// `stage.step.capture.item`, a measured value under `….item.value`, a finding under `….item.note`. Done when
    /// every shown item is answered and every failure has its finding.
    Verdicts {
        /// The items.
        items: Vec<Verdict>,
        /// A measured value is asked for with each item.
        #[serde(skip_serializing_if = "is_false")]
        measure: bool,
    },
    /// Readings over time, kept as rows of a table. Besides its own columns it has [`SERIES_COLUMNS`]. Done when the
    /// last reading is normal and lies long enough after the start.
    Series {
        /// What is read each time.
        columns: Vec<Column>,
        /// How much time between two readings at most.
        every: Within,
        /// Key of the moment from which it is observed.
        from: String,
        /// How long it is observed at least.
        least: Within,
    },
    /// Points for several items; the sum stands under `stage.step.capture.total`.
    Score {
        /// The items.
        items: Vec<ScoreItem>,
        /// The sum that passes.
        #[serde(skip_serializing_if = "Option::is_none")]
        pass: Option<Operand>,
    },
    /// A value computed from others; nobody types it.
    Computed {
        /// How it is computed.
        value: Expr,
        /// Shown behind the number.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<Text>,
        /// Digits after the point.
        decimals: u8,
    },
    /// A number of a series, taken with one tap, e.g. by the pattern `XM{year}{serial:3}`.
    Serial {
        /// Words with the parts `{year}`, `{month}`, `{day}`, `{device}`, `{serial:n}`.
        pattern: String,
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
    "text" => Text { max or 500, long or false, phrases or Vec::new(), for_customer as "for-customer" or false },
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
    "table" => Table { columns, min_rows as "min-rows" or 0, presets or Vec::new(), lines or None },
    "tally" => Tally { of },
    "verdicts" => Verdicts { items, measure or false },
    "series" => Series { columns, every, from, least },
    "score" => Score { items, pass or None },
    "computed" => Computed { value, unit or None, decimals or 0 },
    "serial" => Serial { pattern },
    "ref" => Ref { to, within or None },
});

impl CaptureKind {
    /// Whether the answers live in facts (stamps, photos, signatures) rather than in a field.
    pub fn is_fact(&self) -> bool {
        matches!(self, CaptureKind::Stamp { .. } | CaptureKind::Photo { .. } | CaptureKind::Signature { .. })
    }

    /// The columns of what is kept in rows; `None` for everything else.
    pub fn columns(&self) -> Option<Cow<'_, [Column]>> {
        match self {
            CaptureKind::Table { columns, .. } => Some(Cow::Borrowed(columns)),
            CaptureKind::Series { columns, .. } => {
                let [at, normal, by, note] = series_columns();
                let own = columns.iter().cloned();
                Some([at].into_iter().chain(own).chain([normal, by, note]).collect())
            }
            _ => None,
        }
    }

    /// Whether something is kept below the capture's own key: the items of a list, what is said of photos.
    pub fn has_items(&self) -> bool {
        matches!(
            self,
            CaptureKind::Checklist { .. }
                | CaptureKind::Verdicts { .. }
                | CaptureKind::Score { .. }
                | CaptureKind::Photo { .. }
        )
    }
}

/// The columns that every series of readings has, first to last: when, normal or not, by whom, remark.
pub const SERIES_COLUMNS: [&str; 4] = ["at", "normal", "by", "note"];
/// The answers of an inspection item.
pub const VERDICTS: [&str; 3] = ["pass", "fail", "na"];

fn series_columns() -> [Column; 4] {
    let option = |id: &str, text| Choice { id: id.to_owned(), text };
    let normal = vec![option("yes", Text::of("正常", "Normal")), option("no", Text::of("异常", "Not normal"))];
    let column = |id: &str, label, required, kind| Column { id: id.to_owned(), label, required, kind };
    let [at, is_normal, by, note] = SERIES_COLUMNS;
    [
        column(at, Text::of("时间", "Time"), true, ColumnKind::Moment),
        column(is_normal, Text::of("是否正常", "Normal?"), true, ColumnKind::Choice { options: normal }),
        column(by, Text::of("记录人", "Read by"), false, ColumnKind::Person),
        column(note, Text::of("备注", "Remark"), false, ColumnKind::Text { max: 200 }),
    ]
}

/// The words of an inspection answer.
pub fn verdict_words(verdict: &str) -> Option<Text> {
    Some(match verdict {
        "pass" => Text::of("合格", "Pass"),
        "fail" => Text::of("不合格", "Fail"),
        "na" => Text::of("不适用", "N/A"),
        _ => return None,
    })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
fn is_false(value: &bool) -> bool {
    !*value
}

impl Blank for CaptureKind {
    fn blank() -> CaptureKind {
        CaptureKind::Check
    }
}
