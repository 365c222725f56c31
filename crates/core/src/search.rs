//! Finding a record by any words in it, in Chinese and in Latin letters: what is kept for it, and what is looked up.
//!
//! A text is cut into short pieces: two characters where a script writes without spaces, three elsewhere. A record is
//! listed under each of its pieces; a query looks up its own pieces and then checks the few candidates word for
//! word. So any part of a word, a serial number or a name is found, and the cost depends on how many records fit,
//! not on how many there are. It must not know how the lists are stored.

use crate::gathered::gathered;
use crate::ids::RecordId;
use crate::ledger::{FactKind, PhotoPart, Record, photo_part};
use crate::template::{CaptureKind, Library, Procedure};
use crate::text::Lang;
use crate::value::Value;
use crate::work::Around;
use std::collections::BTreeSet;

/// Most pieces kept of one record. A visit with all its notes has some hundreds.
pub const MOST_PIECES: usize = 2_000;
/// Most characters that a query may have; the rest is passed over.
pub const LONGEST_QUERY: usize = 60;

/// A text as it is compared: small letters, full-width letters and digits as plain ones, one blank between words.
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let letter = match letter {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
            letter if letter.is_whitespace() || letter.is_control() => ' ',
            letter => letter,
        };
        if letter == ' ' {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.extend(letter.to_lowercase());
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// Whether words of this script stand without blanks between them.
pub(crate) fn is_dense(letter: char) -> bool {
    matches!(u32::from(letter), 0x2E80..=0x9FFF | 0xA000..=0xA4CF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// The runs of letters and digits of a normal text, each of one kind of script.
fn runs(normal: &str) -> Vec<(bool, Vec<char>)> {
    let mut runs: Vec<(bool, Vec<char>)> = Vec::new();
    let mut open = false;
    for letter in normal.chars() {
        if !letter.is_alphanumeric() {
            open = false;
            continue;
        }
        let dense = is_dense(letter);
        match runs.last_mut() {
            Some((kind, run)) if open && *kind == dense => run.push(letter),
            _ => runs.push((dense, vec![letter])),
        }
        open = true;
    }
    runs
}

fn length(dense: bool) -> usize {
    if dense { 2 } else { 3 }
}

/// The pieces under which a text is listed. Ends of words are listed too, shorter than the others, so that a query of
/// one letter finds them by their beginning.
pub fn pieces(normal: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (dense, run) in runs(normal) {
        let length = length(dense);
        for start in 0..run.len() {
            if all.len() >= MOST_PIECES {
                return all;
            }
            all.insert(run[start..run.len().min(start + length)].iter().collect());
        }
    }
    all
}

/// What a piece of a query looks up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lookup {
    /// This very piece.
    Piece(String),
    /// All pieces that begin like this: the query's word is shorter than a piece.
    Beginning(String),
}

/// What somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    words: Vec<String>,
}

impl Query {
    /// Reads what was typed: words between blanks, each of which must occur.
    pub fn parse(typed: &str) -> Query {
        let short: String = typed.chars().take(LONGEST_QUERY).collect();
        Query { words: normal(&short).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect() }
    }

    /// The words as they are compared.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What to look up; a record must be listed under each. Empty when only marks were typed.
    pub fn lookups(&self) -> Vec<Lookup> {
        let mut all = BTreeSet::new();
        for word in &self.words {
            for (dense, run) in runs(word) {
                let length = length(dense);
                if run.len() < length {
                    all.insert(Lookup::Beginning(run.into_iter().collect()));
                    continue;
                }
                for window in run.windows(length) {
                    all.insert(Lookup::Piece(window.iter().collect()));
                }
            }
        }
        all.into_iter().collect()
    }

    /// Whether each word occurs in a normal text.
    pub fn fits(&self, normal: &str) -> bool {
        self.words.iter().all(|word| normal.contains(word.as_str()))
    }
}

/// Twelve digits that are the smaller the younger the record is, so that lists have the youngest first. An id that does
/// not tell its time comes anywhere.
pub fn youth(id: &RecordId) -> String {
    let digits = id.as_str().chars().filter_map(|digit| digit.to_digit(16)).take(12);
    digits.filter_map(|digit| char::from_digit(15 - digit, 16)).collect()
}

/// Whether a text is an id of ours, which nobody looks for.
fn is_id(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// Whether the key is of marks on a photo or of its pair, which are no words.
fn is_of_photo(key: &str) -> bool {
    let part = key.splitn(4, '.').nth(3).and_then(photo_part);
    matches!(part, Some(PhotoPart::Marks | PhotoPart::After))
}

/// The normal text by which a record is found: its number, what was typed into it, who signed, the chosen answers in
/// both languages, and the names of the records around it.
pub fn text_of(record: &Record, around: &Around, library: &Library, procedure: Option<&Procedure>) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(record.number().map(str::to_owned));
    let mut add = |key: &str, value: &Value| {
        let Some(text) = value.as_text() else { return };
        if is_id(text) || is_of_photo(key) {
            return;
        }
        let capture = procedure
            .and_then(|procedure| procedure.capture(key))
            .or_else(|| record.kind().and_then(|kind| library.record(kind)).and_then(|template| template.field(key)));
        match capture.map(|capture| &capture.kind) {
            Some(CaptureKind::Choice { options }) => {
                if let Some(option) = options.iter().find(|option| option.id == text) {
                    words.push(option.text.get(Lang::Zh).to_owned());
                    words.push(option.text.get(Lang::En).to_owned());
                }
            }
            _ => words.push(text.to_owned()),
        }
    };
    for (key, field) in &record.fields {
        if let Some(value) = field.value() {
            add(key, value);
        }
    }
    let tables: Vec<&str> = record.tables.keys().map(String::as_str).collect();
    for table in tables {
        for (_, row) in record.rows(table) {
            row.cells.values().filter_map(|cell| cell.value()).for_each(|value| add("", value));
        }
    }
    for fact in record.facts.values().flatten() {
        match &fact.kind {
            FactKind::Signature { name, .. } => words.push(name.clone()),
            FactKind::Photo { caption: Some(caption), .. } => words.push(caption.clone()),
            _ => {}
        }
    }
    for other in [&around.order, &around.customer, &around.site, &around.contact, &around.asset].into_iter().flatten() {
        if other.id != record.id {
            words.extend(other.number().map(str::to_owned));
            let template = other.kind().and_then(|kind| library.record(kind));
            let named = template.into_iter().flat_map(|template| [Some(&template.name), template.detail.as_ref()]);
            words.extend(named.flatten().filter_map(|field| other.text(field)).map(str::to_owned));
        }
    }
    let unlike: BTreeSet<String> = gathered(words.iter().map(|word| normal(word)));
    unlike.into_iter().collect::<Vec<_>>().join(" \u{2022} ")
}
