//! What a procedure asks for, in words, before anything of it is filled in: for the desk where it is written, and for
//! the checker's sentences.
//!
//! It must not know a run.

use super::explain::{join, label_of, words_of};
use super::{Around, Scope};
use crate::calendar::Span;
use crate::ids::RecordId;
use crate::ledger::Record;
use crate::template::check::is_key;
use crate::template::{CaptureKind, Deadline, Library, Operand, Predicate, Procedure};
use crate::text::{Lang, Text};

/// What a condition of a procedure asks for, in words, when nothing is filled in yet.
pub fn condition_words(predicate: &Predicate, procedure: &Procedure, library: &Library) -> Text {
    let (visit, around) = (Record::new(RecordId::at(0, [0; 10])), Around::default());
    words_of(predicate, &Scope::new(library, procedure, &visit, &around))
}

/// What a deadline of a procedure counts from and how long it gives, in words, when nothing is filled in yet.
pub fn deadline_words(deadline: &Deadline, procedure: &Procedure, library: &Library) -> Text {
    let (visit, around) = (Record::new(RecordId::at(0, [0; 10])), Around::default());
    let scope = Scope::new(library, procedure, &visit, &around);
    let from = join(deadline.from.0.iter().map(|key| start_words(key, &scope)), &Text::of("、", ", "));
    let amount = deadline.within.amount();
    let long = match amount {
        Operand::Number(number) => deadline.within.span(*number).map_or_else(|| Text::same("?"), Span::words),
        Operand::Field(key) => Text::of("“{0}”", "“{0}”").with_texts(&[&label_of(key, &scope)]),
    };
    Text::of("从{0}起，{1}之内", "within {1} of {0}").with_texts(&[&from, &long])
}

/// A field, or a column of a table.
fn start_words(key: &str, scope: &Scope<'_>) -> Text {
    let column = key.rsplit_once('.').and_then(|(table, id)| {
        let columns = scope.kind(table).and_then(CaptureKind::columns)?;
        let label = columns.iter().find(|column| column.id == id)?.label.clone();
        Some(Text::of("{0} · {1}", "{0} · {1}").with_texts(&[&label_of(table, scope), &label]))
    });
    Text::of("“{0}”", "“{0}”").with_texts(&[&column.unwrap_or_else(|| label_of(key, scope))])
}

/// A sentence of the checker with the titles of steps and fields in place of their keys, as far as there are any.
pub fn without_keys(text: &Text, procedure: &Procedure, library: &Library) -> Text {
    let (visit, around) = (Record::new(RecordId::at(0, [0; 10])), Around::default());
    let scope = Scope::new(library, procedure, &visit, &around);
    let named = |key: &str, lang: Lang| {
        let label = label_of(key, &scope);
        label.get(lang).to_owned()
    };
    let zh = quoted(&text.zh, ('“', '”'), &|key| named(key, Lang::Zh));
    let en = quoted(&text.en, ('\'', '\''), &|key| named(key, Lang::En));
    Text::owned(zh, en)
}

/// The text with each key between quotes replaced.
fn quoted(text: &str, (open, close): (char, char), named: &dyn Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        out.push_str(before);
        out.push(open);
        let Some((inside, next)) = after.split_once(close) else {
            out.push_str(after);
            return out;
        };
        if is_key(inside) {
            out.push_str(&named(inside));
        } else {
            out.push_str(inside);
        }
        out.push(close);
        rest = next;
    }
    out.push_str(rest);
    out
}
