//! What a visit left on a piece of equipment: faults found, parts changed, photos taken.
//!
//! It is derived from the visit's own answers and never kept: whoever opens the equipment reads the visits again.

use super::{Scope, Words};
use crate::ledger::Row;
use crate::marks::{self, Mark};
use crate::template::{CaptureKind, Column, ColumnKind};
use crate::text::Text;
use crate::value::Value;

/// Columns and captures that name a part by its number.
const NUMBERS: [&str; 3] = ["serial", "sn", "barcode"];

/// What a visit says of the equipment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trace {
    /// Inspection items that were not in order, each with what was noted.
    pub faults: Vec<(Text, String)>,
    /// Parts and objects with a number, each as one line.
    pub parts: Vec<Text>,
    /// Photos.
    pub photos: Vec<TracePhoto>,
}

/// A photo of a visit.
#[derive(Debug, Clone, PartialEq)]
pub struct TracePhoto {
    /// Address of the bytes.
    pub sha256: String,
    /// Pixels across and down.
    pub size: (u32, u32),
    /// Words below it.
    pub caption: String,
    /// Marks on it.
    pub marks: Vec<Mark>,
}

/// What this visit left.
pub fn trace(scope: &Scope<'_>) -> Trace {
    let mut trace = Trace::default();
    for stage in &scope.procedure.stages {
        for step in &stage.steps {
            for capture in &step.captures {
                let key = format!("{}.{}.{}", stage.id, step.id, capture.id);
                match &capture.kind {
                    CaptureKind::Verdicts { items, .. } => {
                        for item in items {
                            if scope.visit.text(&format!("{key}.{}", item.id)) == Some("fail") {
                                let note = scope.visit.text(&format!("{key}.{}.note", item.id)).unwrap_or_default();
                                trace.faults.push((item.text.clone(), note.to_owned()));
                            }
                        }
                    }
                    CaptureKind::Table { columns, .. } if has_number(columns) => {
                        let rows = scope.visit.rows(&key).into_iter();
                        trace.parts.extend(rows.filter_map(|(_, row)| line(row, columns, scope)));
                    }
                    CaptureKind::Text { .. } if names_part(&capture.id) => {
                        if let Some(number) = scope.visit.text(&key) {
                            let number = Text::same(number);
                            let pattern = Text::of("{0}：{1}", "{0}: {1}");
                            trace.parts.push(pattern.with_texts(&[&step.title, &number]));
                        }
                    }
                    CaptureKind::Photo { .. } => {
                        trace.photos.extend(scope.visit.photos(&key).map(|photo| TracePhoto {
                            sha256: photo.attachment.sha256.clone(),
                            size: (photo.attachment.width, photo.attachment.height),
                            caption: photo.caption.unwrap_or_default().to_owned(),
                            marks: photo.marks.and_then(marks::from_text).unwrap_or_default(),
                        }))
                    }
                    _ => {}
                }
            }
        }
    }
    trace
}

fn has_number(columns: &[Column]) -> bool {
    columns.iter().any(is_number)
}

/// Whether the name of a field or column says that it holds the number of a part: `serial`, `old-serial`,
/// `Old serial`.
pub fn names_part(name: &str) -> bool {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .any(|part| NUMBERS.iter().any(|one| part.eq_ignore_ascii_case(one)))
}

fn is_number(column: &Column) -> bool {
    names_part(&column.id) || names_part(&column.label.en)
}

/// A row as one line: its texts and numbers. `None` for an empty one.
fn line(row: &Row, columns: &[Column], scope: &Scope<'_>) -> Option<Text> {
    let cells = columns.iter().filter_map(|column| {
        let value = row.value(&column.id).filter(|value| !value.is_empty())?;
        let words = match (value, &column.kind) {
            (Value::Text(id), ColumnKind::Choice { options }) => {
                options.iter().find(|option| option.id == *id).map_or_else(|| Text::same(id), |one| one.text.clone())
            }
            (Value::Bool(_) | Value::Moment(_) | Value::Empty(()), _) => return None,
            (other, _) => Words::Visit(scope).value("", other),
        };
        Some(if is_number(column) {
            Text::of("{0} {1}", "{0} {1}").with_texts(&[&column.label, &words])
        } else {
            words
        })
    });
    cells.reduce(|one, other| Text::of("{0} · {1}", "{0} · {1}").with_texts(&[&one, &other]))
}
