//! A form filled from a visit.

use super::words::{cell_words, column_words};
use crate::ledger::{Fact, FactKind};
use crate::template::{Block, CaptureKind, Cell, Form, SignSlot, TableColumn};
use crate::text::Lang;
use crate::value::Value;
use crate::work::{Run, Scope, StepState, changed_since, holds};
use serde::Serialize;

/// A filled form in one language.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FormView {
    /// Id of the form: `F-33`.
    pub id: String,
    /// Number of this paper: the visit's number and the form's id.
    pub number: String,
    /// Version of the form.
    pub version: u32,
    /// Title.
    pub title: String,
    /// Company on the letterhead.
    pub company: String,
    /// Where it goes.
    pub keep: String,
    /// Documents and clauses it comes from.
    pub sources: Vec<String>,
    /// Landscape paper.
    pub landscape: bool,
    /// The visit was declared void.
    pub void: bool,
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
}

/// An override on paper.
#[derive(Debug, Clone, PartialEq, Serialize)]
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

/// The forms that belong to a visit now, in the order of its procedure.
pub fn forms_of<'a>(scope: &Scope<'a>) -> Vec<&'a Form> {
    scope
        .procedure
        .forms
        .iter()
        .filter_map(|id| scope.form(id))
        .filter(|form| form.when.as_ref().is_none_or(|when| holds(when, scope)))
        .collect()
}

/// Fills a form.
pub fn resolve(form: &Form, lang: Lang, scope: &Scope<'_>) -> FormView {
    let number = scope.visit.number().unwrap_or_default();
    FormView {
        id: form.id.clone(),
        number: format!("{number}/{}", form.id),
        version: form.version,
        title: form.title.get(lang).to_owned(),
        company: letterhead(form, lang, scope),
        keep: form.keep.get(lang).to_owned(),
        sources: form.sources.clone(),
        landscape: form.landscape,
        void: scope.visit.is_void(),
        blocks: form.blocks.iter().filter_map(|block| block_view(block, lang, scope)).collect(),
    }
}

fn letterhead(form: &Form, lang: Lang, scope: &Scope<'_>) -> String {
    if form.letterhead.is_empty() {
        return scope.visit.text("visit.company").unwrap_or_default().to_owned();
    }
    cell_words(&form.letterhead, crate::template::Format::Plain, lang, scope)
}

fn block_view(block: &Block, lang: Lang, scope: &Scope<'_>) -> Option<BlockView> {
    let words = |text: &crate::text::Text| text.get(lang).to_owned();
    Some(match block {
        Block::Grid { title, cells } => {
            BlockView::Grid { title: title.as_ref().map(words), rows: grid_rows(cells, lang, scope) }
        }
        Block::Table { title, from, columns, min_lines } => BlockView::Table {
            title: words(title),
            columns: columns.iter().map(|column| (words(&column.label), column.width)).collect(),
            rows: table_rows(from, columns, *min_lines, lang, scope),
        },
        Block::Checks { title, from } => BlockView::Checks {
            title: words(title),
            items: from.iter().flat_map(|key| check_items(key, lang, scope)).collect(),
        },
        Block::Note { text } => BlockView::Note { text: words(text) },
        Block::Photos { title, from } => {
            let photos: Vec<_> = from.iter().flat_map(|key| scope.visit.facts(key)).filter_map(photo_view).collect();
            if photos.is_empty() {
                return None;
            }
            BlockView::Photos { title: words(title), photos }
        }
        Block::Deviations { title } => {
            let rows: Vec<_> = Run::new(scope)
                .deviations()
                .into_iter()
                .filter_map(|deviation| {
                    let FactKind::Override { reason, approver } = deviation.fact.kind else {
                        return None;
                    };
                    Some(DeviationView {
                        what: words(&deviation.what),
                        clause: deviation.clause,
                        reason,
                        approver,
                        at: deviation.fact.touch.stamp().date_time(),
                        by: deviation.fact.touch.actor,
                    })
                })
                .collect();
            if rows.is_empty() {
                return None;
            }
            BlockView::Deviations { title: words(title), rows }
        }
        Block::Signatures { slots } => {
            BlockView::Signatures { slots: slots.iter().map(|slot| slot_view(slot, lang, scope)).collect() }
        }
    })
}

fn grid_rows(cells: &[Cell], lang: Lang, scope: &Scope<'_>) -> Vec<Vec<CellView>> {
    let mut rows: Vec<Vec<CellView>> = Vec::new();
    let mut used = 12;
    for cell in cells {
        let span = cell.span.clamp(1, 12);
        if used + span > 12 {
            rows.push(Vec::new());
            used = 0;
        }
        used += span;
        let value = cell_words(&cell.from, cell.format, lang, scope);
        let view = CellView { label: cell.label.get(lang).to_owned(), value, span, lines: cell.lines };
        if let Some(row) = rows.last_mut() {
            row.push(view);
        }
    }
    rows
}

fn table_rows(from: &str, columns: &[TableColumn], min_lines: u32, lang: Lang, scope: &Scope<'_>) -> Vec<Vec<String>> {
    let known = scope.kind(from).and_then(CaptureKind::columns).unwrap_or_default();
    let mut rows: Vec<Vec<String>> = scope
        .visit
        .rows(from)
        .into_iter()
        .enumerate()
        .map(|(index, (_, row))| {
            let cell = |column: &TableColumn| {
                if column.column == "#" {
                    return (index + 1).to_string();
                }
                let kind = known.iter().find(|candidate| candidate.id == column.column);
                column_words(kind, row.value(&column.column), lang)
            };
            columns.iter().map(cell).collect()
        })
        .collect();
    while rows.len() < min_lines as usize {
        rows.push(vec![String::new(); columns.len()]);
    }
    rows
}

/// The boxes of a checklist, or one box for a step: ticked when the step is done.
fn check_items(key: &str, lang: Lang, scope: &Scope<'_>) -> Vec<(bool, String)> {
    if let Some(CaptureKind::Checklist { items }) = scope.procedure.capture(key).map(|capture| &capture.kind) {
        return items
            .iter()
            .filter(|item| item.when.as_ref().is_none_or(|when| holds(when, scope)))
            .map(|item| {
                let ticked = scope.visit.value(&format!("{key}.{}", item.id)).is_some_and(Value::is_true);
                (ticked, item.text.get(lang).to_owned())
            })
            .collect();
    }
    let stage = key.split('.').next().and_then(|stage| scope.procedure.stage(stage));
    let Some((stage, step)) = stage.zip(scope.procedure.step(key)) else {
        return Vec::new();
    };
    let status = Run::new(scope).step(stage, step);
    match status.state {
        StepState::Hidden => Vec::new(),
        state => vec![(state == StepState::Done, step.title.get(lang).to_owned())],
    }
}

fn photo_view(fact: &Fact) -> Option<PhotoView> {
    let FactKind::Photo { attachment, caption } = &fact.kind else {
        return None;
    };
    Some(PhotoView {
        sha256: attachment.sha256.clone(),
        caption: caption.clone().unwrap_or_default(),
        at: fact.touch.stamp().date_time(),
    })
}

fn slot_view(slot: &SignSlot, lang: Lang, scope: &Scope<'_>) -> SlotView {
    let mut view = SlotView {
        label: slot.label.get(lang).to_owned(),
        name: String::new(),
        role: String::new(),
        at: String::new(),
        image: None,
        seal: slot.seal,
        stale: false,
    };
    let signature = slot.from.as_deref().and_then(|key| scope.visit.signature(key));
    if let Some(fact) = signature
        && let FactKind::Signature { name, role, image, .. } = &fact.kind
    {
        view.name.clone_from(name);
        view.role.clone_from(role);
        view.image = Some(image.sha256.clone());
        view.at = fact.touch.stamp().date_time();
        view.stale = !changed_since(fact, scope).is_empty();
    }
    view
}
