//! Keys and values of a record in the words of its template, for history and conflicts.

use super::{Scope, label_of};
use crate::ledger::{PhotoPart, photo_part};
use crate::marks;
use crate::print::words_of_value;
use crate::template::{CaptureKind, Procedure, RecordTemplate};
use crate::text::{Lang, Text};
use crate::value::{Value, number_words};
use std::collections::BTreeMap;

/// Where the words of a record come from.
#[derive(Debug, Clone, Copy)]
pub enum Words<'a> {
    /// A visit: from its procedure.
    Visit(&'a Scope<'a>),
    /// A basic record: from its template. Without one (an erased record) keys speak for themselves.
    Basic {
        /// Its fields.
        template: Option<&'a RecordTemplate>,
        /// Names of the records it refers to or referred to, by id.
        names: &'a BTreeMap<String, String>,
    },
}

impl Words<'_> {
    /// What a field is called.
    pub fn label(&self, key: &str) -> Text {
        match self {
            Words::Visit(scope) => label_of(key, scope),
            Words::Basic { template, .. } => {
                let field = template.and_then(|template| template.field(key));
                field.map_or_else(|| Text::same(key), |field| field.label.clone())
            }
        }
    }

    /// What a cell is called: its table and its column.
    pub fn cell_label(&self, table: &str, column: &str) -> Text {
        let heading = match self {
            Words::Visit(scope) => column_label(scope.procedure, table, column),
            Words::Basic { .. } => None,
        };
        let heading = heading.unwrap_or_else(|| match column {
            "out" => Text::of("带出", "out"),
            other => Text::same(other),
        });
        Text::of("{0} · {1}", "{0} · {1}").with_texts(&[&self.label(table), &heading])
    }

    /// A value in words; an empty one says so.
    pub fn value(&self, key: &str, value: &Value) -> Text {
        match (self, value) {
            (_, Value::Empty(())) => Text::of("（空）", "(empty)"),
            (_, Value::Bool(ticked)) => {
                if *ticked {
                    Text::of("是", "yes")
                } else {
                    Text::of("否", "no")
                }
            }
            (Words::Visit(scope), Value::Text(text)) if is_photo_key(key, scope) => photo_value(key, text),
            (Words::Visit(scope), _) => {
                let words = |lang: Lang| words_of_value(key, value, lang, scope);
                Text::owned(words(Lang::Zh), words(Lang::En))
            }
            (Words::Basic { template, names }, _) => {
                let kind = template.and_then(|template| template.field(key)).map(|field| &field.kind);
                basic_value(kind, value, names)
            }
        }
    }

    /// The capture whose command sets a cell: the table's own, or the tally that counts its objects out.
    pub(super) fn owner_of(&self, table: &str, column: &str) -> String {
        let tally = match self {
            Words::Visit(scope) if column == "out" => tally_of(scope.procedure, table),
            _ => None,
        };
        tally.unwrap_or_else(|| table.to_owned())
    }
}

/// Whether the key is of something that is said of a photo.
fn is_photo_key(key: &str, scope: &Scope<'_>) -> bool {
    matches!(scope.capture(key).map(|capture| &capture.kind), Some(CaptureKind::Photo { .. }))
}

/// What is said of a photo, in words: marks are counted, not spelt.
fn photo_value(key: &str, text: &str) -> Text {
    match key.splitn(4, '.').nth(3).and_then(photo_part) {
        Some(PhotoPart::Marks) => {
            let count = marks::from_text(text).map_or(0, |marks| marks.len());
            Text::of("{0} 处标注", "{0} marks").with(&[&count.to_string()])
        }
        Some(PhotoPart::After) => Text::of("与另一张照片配对", "paired with another photo"),
        _ => Text::same(text),
    }
}

fn column_label(procedure: &Procedure, table: &str, column: &str) -> Option<Text> {
    let columns = procedure.capture(table)?.kind.columns()?;
    columns.iter().find(|candidate| candidate.id == column).map(|column| column.label.clone())
}

fn tally_of(procedure: &Procedure, table: &str) -> Option<String> {
    for stage in &procedure.stages {
        for step in &stage.steps {
            for capture in &step.captures {
                if matches!(&capture.kind, CaptureKind::Tally { of } if of == table) {
                    return Some(format!("{}.{}.{}", stage.id, step.id, capture.id));
                }
            }
        }
    }
    None
}

fn basic_value(kind: Option<&CaptureKind>, value: &Value, names: &BTreeMap<String, String>) -> Text {
    match (value, kind) {
        (Value::Text(id), Some(CaptureKind::Choice { options })) => {
            options.iter().find(|option| option.id == *id).map_or_else(|| Text::same(id), |option| option.text.clone())
        }
        (Value::Text(id), Some(CaptureKind::Ref { .. })) => match names.get(id).filter(|name| !name.is_empty()) {
            Some(name) => Text::same(name),
            None => Text::of("不在本机的记录", "a record that is not here"),
        },
        (Value::Text(text), _) => Text::same(text),
        (Value::Number(number), _) => Text::same(&number_words(*number)),
        (Value::Moment(stamp), _) => Text::same(&stamp.date_time()),
        (Value::Bool(_) | Value::Empty(()), _) => Text::same(""),
    }
}
