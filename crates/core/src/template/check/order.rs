//! A signature comes after everything that it covers: what is captured later on a covered form would make the
//! signature stale on every visit.
//!
//! The order is that of the file, the usual way through a visit; the core compares what really changed.

use super::Around;
use super::spot::{Problems, Spot};
use crate::template::{Block, CaptureKind, Form, Procedure};
use crate::text::Text;
use std::collections::BTreeMap;

/// Number of a capture in the order of the procedure, by key; a step has that of its first capture.
struct Order {
    by_key: BTreeMap<String, usize>,
}

/// Checks every signature of a procedure.
pub fn order(at: &Spot, procedure: &Procedure, around: &Around<'_>, problems: &mut Problems) {
    let order = Order::of(procedure);
    for (s, stage) in procedure.stages.iter().enumerate() {
        let at = at.item("stage", s);
        for (n, step) in stage.steps.iter().enumerate() {
            let at = at.item("step", n);
            for (n, capture) in step.captures.iter().enumerate() {
                if let CaptureKind::Signature { covers, .. } = &capture.kind {
                    let key = format!("{}.{}.{}", stage.id, step.id, capture.id);
                    covered(&at.item("capture", n), &key, covers, &order, around, problems);
                }
            }
        }
    }
}

fn covered(at: &Spot, signature: &str, covers: &[String], order: &Order, around: &Around<'_>, problems: &mut Problems) {
    let signed = order.by_key.get(signature);
    for (n, id) in covers.iter().enumerate() {
        let forms = around.forms.iter().filter(|form| form.id == *id);
        for key in forms.flat_map(|form| shown_keys(form)) {
            // Keys of the records around the visit have no number and are less than any.
            if order.by_key.get(key) > signed {
                let words = Text::of("“{0}”涵盖 {1}，而它显示“{2}”", "'{0}' covers {1}, which shows '{2}'");
                problems
                    .at(&at.item("covers", n), words.with(&[signature, id, key]))
                    .why(Text::of(
                        "那一项在签字之后才填，签字总会过时",
                        "that is filled in after it, so the signature would always be stale",
                    ))
                    .hint(Text::of(
                        "把签字往后移，或从表单上去掉这一项",
                        "move the signature, or take the key off the form",
                    ));
            }
        }
    }
}

impl Order {
    fn of(procedure: &Procedure) -> Order {
        let mut by_key = BTreeMap::new();
        let mut number = 0;
        for stage in &procedure.stages {
            for step in &stage.steps {
                let path = format!("{}.{}", stage.id, step.id);
                by_key.insert(path.clone(), number);
                for capture in &step.captures {
                    by_key.insert(format!("{path}.{}", capture.id), number);
                    for item in items_of(&capture.kind) {
                        by_key.insert(format!("{path}.{}.{item}", capture.id), number);
                    }
                    if let CaptureKind::Tally { of } = &capture.kind {
                        // Counting writes into the rows of the table.
                        by_key.insert(of.clone(), number);
                    }
                    number += 1;
                }
            }
        }
        Order { by_key }
    }
}

/// What is kept below the key of a list.
fn items_of(kind: &CaptureKind) -> Vec<String> {
    match kind {
        CaptureKind::Checklist { items } => items.iter().map(|item| item.id.clone()).collect(),
        CaptureKind::Verdicts { items, .. } => {
            let parts = |id: &String| ["", ".value", ".note"].map(|part| format!("{id}{part}"));
            items.iter().flat_map(|item| parts(&item.id)).collect()
        }
        CaptureKind::Score { items, .. } => {
            items.iter().map(|item| item.id.clone()).chain(["total".to_owned()]).collect()
        }
        _ => Vec::new(),
    }
}

/// Every key that a form shows, signatures left out: people sign the same paper one after the other.
pub(super) fn shown_keys(form: &Form) -> Vec<&str> {
    let mut keys: Vec<&str> = Vec::new();
    for block in &form.blocks {
        match block {
            Block::Grid { cells, .. } => {
                let from = cells.iter().flat_map(|cell| &cell.from);
                keys.extend(from.map(String::as_str));
            }
            Block::Table { from, .. }
            | Block::Verdicts { from, .. }
            | Block::Series { from, .. }
            | Block::Score { from, .. } => keys.push(from),
            Block::Checks { from, .. } | Block::Photos { from, .. } | Block::Text { from, .. } => {
                keys.extend(from.iter().map(String::as_str));
            }
            Block::Note { .. } | Block::Deviations { .. } | Block::Signatures { .. } => {}
        }
    }
    keys
}
