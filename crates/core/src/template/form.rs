//! A printed form: where each value on the paper comes from.

use super::Predicate;
use crate::json::fields::{fields, variants};
use crate::text::Text;
use serde::Serialize;

/// A form of the norms: one file under `content/forms/`. A form is a view of the work: it asks for nothing
/// itself, every cell is bound to a field key (see [`super::Predicate`] for keys).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Form {
    /// Version of the language.
    pub schema: u32,
    /// Id of the inventory: `F-33`.
    pub id: String,
    /// The code printed in the corner. Default: the id without its variant, `F-24` for `F-24-install`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Version of this form, printed beside the code.
    pub version: u32,
    /// Title, centred at the top.
    pub title: Text,
    /// One line: what the form is for and who keeps it.
    pub summary: Text,
    /// Documents and clauses it comes from.
    pub sources: Vec<String>,
    /// Where it goes, e.g. office archive; printed at the foot.
    pub keep: Text,
    /// Keys whose values make the letterhead, e.g. the company in whose name the engineer came. Empty: the
    /// engineer's own company.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub letterhead: Vec<String>,
    /// Landscape paper; portrait otherwise.
    pub landscape: bool,
    /// The form belongs to the visit only while this holds; always otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Predicate>,
    /// What stands on the paper, from top to bottom.
    #[serde(rename = "block")]
    pub blocks: Vec<Block>,
}

fields!(strict Form {
    schema,
    id,
    code or None,
    version,
    title,
    summary,
    sources,
    keep,
    letterhead or Vec::new(),
    landscape or false,
    when or None,
    blocks as "block" or Vec::new(),
});

impl Form {
    /// The code printed in the corner.
    pub fn printed_code(&self) -> &str {
        let variant = self.id.match_indices('-').nth(1).map_or(self.id.len(), |(at, _)| at);
        self.code.as_deref().unwrap_or(&self.id[..variant])
    }
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Block {
    /// A bordered grid of label and value pairs, twelve units wide.
    Grid {
        /// Heading above the grid.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Text>,
        /// The cells; they fill rows from left to right and wrap at twelve units.
        cells: Vec<Cell>,
    },
    /// A table with one line a row; breaks across pages with its heading repeated.
    Table {
        /// Heading above the table.
        title: Text,
        /// Key of the table capture.
        from: String,
        /// The columns shown.
        columns: Vec<TableColumn>,
        /// Empty lines are drawn until there are so many lines.
        min_lines: u32,
    },
    /// A checklist with a box before each item, ticked or empty.
    Checks {
        /// Heading above the list.
        title: Text,
        /// Keys of checklist captures, or `stage.step` ids of steps whose ticks are shown.
        from: Vec<String>,
    },
    /// An inspection list: number, item, standard and limits, measured value, a box for each answer, finding.
    Verdicts {
        /// Heading above the table.
        title: Text,
        /// Key of the verdicts capture.
        from: String,
    },
    /// Readings over time: a line each, with when, what was read, normal or not, by whom.
    Series {
        /// Heading above the table.
        title: Text,
        /// Key of the series capture.
        from: String,
    },
    /// Points for each item, and their sum.
    Score {
        /// Heading above the table.
        title: Text,
        /// Key of the score capture.
        from: String,
    },
    /// A long text over the full width, with a heading; it may run over several pages and is never cut inside a line.
    Text {
        /// Heading above the text.
        title: Text,
        /// Field keys; each begins a line of its own.
        from: Vec<String>,
        /// Least height in lines.
        lines: u8,
    },
    /// A paragraph of fixed words: an undertaking, a note to the signer.
    Note {
        /// The words.
        text: Text,
    },
    /// Photos with caption and time.
    Photos {
        /// Heading above the photos.
        title: Text,
        /// Keys of photo captures.
        from: Vec<String>,
    },
    /// What was overridden, by whom approved and why. Left out when there is nothing.
    Deviations {
        /// Heading.
        title: Text,
    },
    /// Signature areas side by side.
    Signatures {
        /// The areas.
        slots: Vec<SignSlot>,
    },
}

variants!(Block {
    "grid" => Grid { title or None, cells },
    "table" => Table { title, from, columns, min_lines as "min-lines" or 0 },
    "checks" => Checks { title, from },
    "verdicts" => Verdicts { title, from },
    "series" => Series { title, from },
    "score" => Score { title, from },
    "text" => Text { title, from, lines or 3 },
    "note" => Note { text },
    "photos" => Photos { title, from },
    "deviations" => Deviations { title },
    "signatures" => Signatures { slots },
});

/// A label and its value in a grid.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Cell {
    /// The printed label.
    pub label: Text,
    /// Field key of the value. Several keys are joined with a space.
    pub from: Vec<String>,
    /// Width in twelfths of the paper, label included.
    pub span: u8,
    /// Least height in lines, for long answers.
    pub lines: u8,
    /// How a value is written.
    pub format: Format,
}

fields!(strict Cell {
    label, from, span or 6, lines or 1, format or Format::Plain
});

/// How a value is written on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// As the capture suggests: choices in words, ticks as boxes, moments with date and time.
    #[default]
    Plain,
    /// Only the date of a moment.
    Date,
    /// Only the time of a moment.
    Time,
    /// All answers of a choice with a box before each.
    Boxes,
    /// Whole minutes between two moments: `from` names exactly two keys.
    Duration,
}

variants!(Format {
    "plain" => Plain,
    "date" => Date,
    "time" => Time,
    "boxes" => Boxes,
    "duration" => Duration,
});

/// A column of a printed table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TableColumn {
    /// Heading.
    pub label: Text,
    /// Column id of the table capture; `#` is the running number.
    pub column: String,
    /// Share of the width.
    pub width: u8,
}

fields!(strict TableColumn {
    label, column, width
});

/// A signature area.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SignSlot {
    /// Words above the area, e.g. customer's responsible person.
    pub label: Text,
    /// Key of the signature capture; without one the area stays for pen and seal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// An area for the seal is drawn.
    pub seal: bool,
}

fields!(strict SignSlot {
    label, from or None, seal or false
});
