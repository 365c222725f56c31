//! What a filled form is made of, for whoever draws it.

use super::PaperCode;
use crate::marks::Mark;
use serde::Serialize;

/// A filled form in one language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FormView {
    /// Id of the form: `F-33`.
    pub id: String,
    /// The code printed in the corner; several forms of one kind share it.
    pub code: String,
    /// Number of this paper: the visit's number and the form's code. Empty on a blank paper.
    pub number: String,
    /// Version of the form.
    pub version: u32,
    /// Title.
    pub title: String,
    /// Company on the letterhead; empty where it is to be written by hand.
    pub company: String,
    /// The letterhead is that of the engineer's own company, not of one in whose name they came.
    pub own: bool,
    /// Where it goes.
    pub keep: String,
    /// Documents and clauses it comes from.
    pub sources: Vec<String>,
    /// Landscape paper.
    pub landscape: bool,
    /// The visit was declared void.
    pub void: bool,
    /// Nothing is filled in: to be written on by hand.
    pub blank: bool,
    /// What *Verify* compares this paper with; `None` on a blank one.
    pub seal: Option<PaperCode>,
    /// What stands on the paper.
    pub blocks: Vec<BlockView>,
}

/// A filled part of a form.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockView {
    /// Label and value pairs in rows of twelve units.
    Grid {
        /// Heading.
        title: Option<String>,
        /// Rows of cells.
        rows: Vec<Vec<CellView>>,
    },
    /// A table.
    Table {
        /// Heading.
        title: String,
        /// Headings and shares of the width.
        columns: Vec<(String, u8)>,
        /// Lines, empty ones included.
        rows: Vec<Vec<String>>,
    },
    /// Ticked and open boxes.
    Checks {
        /// Heading.
        title: String,
        /// Items.
        items: Vec<(bool, String)>,
    },
    /// A long text over the full width; it may run over several pages.
    Text {
        /// Heading.
        title: String,
        /// The words.
        text: String,
        /// Least height in lines.
        lines: u8,
    },
    /// A paragraph.
    Note {
        /// The words.
        text: String,
    },
    /// Photos.
    Photos {
        /// Heading.
        title: String,
        /// The photos.
        photos: Vec<PhotoView>,
    },
    /// Overrides.
    Deviations {
        /// Heading.
        title: String,
        /// The overrides.
        rows: Vec<DeviationView>,
    },
    /// Signature areas.
    Signatures {
        /// The areas.
        slots: Vec<SlotView>,
    },
}

/// A filled cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CellView {
    /// Label.
    pub label: String,
    /// Words, possibly several lines.
    pub value: String,
    /// On a blank paper, the answers of a choice that are too many for a box each; small, below the line to write on.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub choices: String,
    /// Width in twelfths.
    pub span: u8,
    /// Least height in lines.
    pub lines: u8,
}

/// A photo on paper.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PhotoView {
    /// Address of the bytes.
    pub sha256: String,
    /// Words below it.
    pub caption: String,
    /// When it was taken into the record.
    pub at: String,
    /// Pixels across and down.
    pub size: (u32, u32),
    /// Marks on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    /// Its place in a pair, which stands side by side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pair: Option<Pair>,
}

/// One half of a pair of photos.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pair {
    /// As it was; the next photo shows what became of it.
    Before,
    /// As it is now.
    After,
}

/// An override on paper.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct DeviationView {
    /// What was not done as the norm asks.
    pub what: String,
    /// The clause.
    pub clause: String,
    /// Why.
    pub reason: String,
    /// Who approved.
    pub approver: String,
    /// Who recorded it.
    pub by: String,
    /// When.
    pub at: String,
}

/// A signature area on paper.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SlotView {
    /// Words above it.
    pub label: String,
    /// Name of the signer.
    pub name: String,
    /// Role of the signer.
    pub role: String,
    /// When.
    pub at: String,
    /// Address of the drawing.
    pub image: Option<String>,
    /// Room for the seal.
    pub seal: bool,
    /// Something that the signer saw was changed afterwards.
    pub stale: bool,
}
