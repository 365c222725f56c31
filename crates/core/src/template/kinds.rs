//! What the editor of procedures knows of the kinds of captures: those that it makes, and the lines of those that are
//! lists.
//!
//! Like [`super::edit`] it works on values and must not know the screen.

use super::edit::{free_id, named};
use super::{CaptureKind, Choice, Column, ColumnKind, Item, ScoreItem, Side, Verdict};
use crate::text::Text;

/// The kinds of captures that the editor makes, by their word in the language, with what each begins with.
pub fn kinds() -> Vec<(&'static str, CaptureKind)> {
    let option = |n: usize, zh, en| Choice { id: format!("option-{n}"), text: named(zh, en) };
    let column = |n: usize, label, kind| Column { id: format!("column-{n}"), label, required: n == 1, kind };
    let item = named("第 1 条", "Item 1");
    vec![
        ("check", CaptureKind::Check),
        ("text", CaptureKind::Text { max: 500, long: false, phrases: Vec::new(), for_customer: false }),
        ("number", CaptureKind::Number { unit: None, min: None, max: None, decimals: 0 }),
        ("choice", CaptureKind::Choice { options: vec![option(1, "是", "Yes"), option(2, "否", "No")] }),
        (
            "checklist",
            CaptureKind::Checklist { items: vec![Item { id: "item-1".into(), text: item.clone(), when: None }] },
        ),
        (
            "verdicts",
            CaptureKind::Verdicts {
                items: vec![Verdict {
                    id: "item-1".into(),
                    text: item.clone(),
                    standard: None,
                    unit: None,
                    min: None,
                    max: None,
                    when: None,
                }],
                measure: false,
            },
        ),
        ("stamp", CaptureKind::Stamp { not_before: None }),
        ("moment", CaptureKind::Moment),
        ("person", CaptureKind::Person),
        ("phone", CaptureKind::Phone),
        ("photo", CaptureKind::Photo { min: 1, max: 9 }),
        (
            "signature",
            CaptureKind::Signature {
                side: Side::Customer,
                role: named("客户责任人", "Customer's responsible person"),
                covers: Vec::new(),
                seal: false,
            },
        ),
        (
            "table",
            CaptureKind::Table {
                columns: vec![
                    column(1, named("名称", "Name"), ColumnKind::Text { max: 200 }),
                    column(2, named("备注", "Remark"), ColumnKind::Text { max: 200 }),
                ],
                min_rows: 1,
                presets: Vec::new(),
                lines: None,
            },
        ),
        ("rating", CaptureKind::Rating { of: 5 }),
        (
            "score",
            CaptureKind::Score { items: vec![ScoreItem { id: "item-1".into(), text: item, of: 10.0 }], pass: None },
        ),
    ]
}

/// The word of a kind in the language.
pub fn kind_word(kind: &CaptureKind) -> &'static str {
    match kind {
        CaptureKind::Check => "check",
        CaptureKind::Text { .. } => "text",
        CaptureKind::Number { .. } => "number",
        CaptureKind::Choice { .. } => "choice",
        CaptureKind::Checklist { .. } => "checklist",
        CaptureKind::Stamp { .. } => "stamp",
        CaptureKind::Moment => "moment",
        CaptureKind::Person => "person",
        CaptureKind::Phone => "phone",
        CaptureKind::Rating { .. } => "rating",
        CaptureKind::Photo { .. } => "photo",
        CaptureKind::Signature { .. } => "signature",
        CaptureKind::Table { .. } => "table",
        CaptureKind::Tally { .. } => "tally",
        CaptureKind::Verdicts { .. } => "verdicts",
        CaptureKind::Series { .. } => "series",
        CaptureKind::Score { .. } => "score",
        CaptureKind::Computed { .. } => "computed",
        CaptureKind::Serial { .. } => "serial",
        CaptureKind::Ref { .. } => "ref",
    }
}

/// The lines of a list (options, items, columns), to change their words one below the other.
pub fn lines(kind: &CaptureKind) -> Vec<&Text> {
    match kind {
        CaptureKind::Choice { options } => options.iter().map(|option| &option.text).collect(),
        CaptureKind::Checklist { items } => items.iter().map(|item| &item.text).collect(),
        CaptureKind::Verdicts { items, .. } => items.iter().map(|item| &item.text).collect(),
        CaptureKind::Score { items, .. } => items.iter().map(|item| &item.text).collect(),
        CaptureKind::Table { columns, .. } | CaptureKind::Series { columns, .. } => {
            columns.iter().map(|column| &column.label).collect()
        }
        _ => Vec::new(),
    }
}

/// The words of one line of a list, to change them.
pub fn line_mut(kind: &mut CaptureKind, n: usize) -> Option<&mut Text> {
    match kind {
        CaptureKind::Choice { options } => options.get_mut(n).map(|option| &mut option.text),
        CaptureKind::Checklist { items } => items.get_mut(n).map(|item| &mut item.text),
        CaptureKind::Verdicts { items, .. } => items.get_mut(n).map(|item| &mut item.text),
        CaptureKind::Score { items, .. } => items.get_mut(n).map(|item| &mut item.text),
        CaptureKind::Table { columns, .. } | CaptureKind::Series { columns, .. } => {
            columns.get_mut(n).map(|column| &mut column.label)
        }
        _ => None,
    }
}

/// Adds a line to a list.
pub fn add_line(kind: &mut CaptureKind) {
    match kind {
        CaptureKind::Choice { options } => {
            let id = free_id("option", options.iter().map(|option| option.id.as_str()));
            options.push(Choice { id, text: named("新选项", "New option") });
        }
        CaptureKind::Checklist { items } => {
            let id = free_id("item", items.iter().map(|item| item.id.as_str()));
            items.push(Item { id, text: named("新的一条", "New item"), when: None });
        }
        CaptureKind::Verdicts { items, .. } => {
            let id = free_id("item", items.iter().map(|item| item.id.as_str()));
            let text = named("新的一条", "New item");
            items.push(Verdict { id, text, standard: None, unit: None, min: None, max: None, when: None });
        }
        CaptureKind::Score { items, .. } => {
            let id = free_id("item", items.iter().map(|item| item.id.as_str()));
            items.push(ScoreItem { id, text: named("新的一条", "New item"), of: 10.0 });
        }
        CaptureKind::Table { columns, .. } | CaptureKind::Series { columns, .. } => {
            let id = free_id("column", columns.iter().map(|column| column.id.as_str()));
            let (label, kind) = (named("新的一列", "New column"), ColumnKind::Text { max: 200 });
            columns.push(Column { id, label, required: false, kind });
        }
        _ => {}
    }
}

/// Takes a line out of a list.
pub fn remove_line(kind: &mut CaptureKind, n: usize) {
    fn out<T>(list: &mut Vec<T>, n: usize) {
        if n < list.len() {
            list.remove(n);
        }
    }
    match kind {
        CaptureKind::Choice { options } => out(options, n),
        CaptureKind::Checklist { items } => out(items, n),
        CaptureKind::Verdicts { items, .. } => out(items, n),
        CaptureKind::Score { items, .. } => out(items, n),
        CaptureKind::Table { columns, .. } | CaptureKind::Series { columns, .. } => out(columns, n),
        _ => {}
    }
}
