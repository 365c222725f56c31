//! Finding guidance and phrases by what somebody types, in either language.
//!
//! Each word must occur: Chinese anywhere, Latin words from their beginning, so that *no* does not find *know*.

use super::book::{Entry, Handbook, Phrase};
use crate::gathered::sorted;
use crate::search::{Query, is_dense, normal};
use crate::text::{Lang, Text};

/// Something found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Hit<'a> {
    /// Guidance.
    Entry(&'a Entry),
    /// A phrase.
    Phrase(&'a Phrase),
}

/// How far a place in the book is from what is meant by a word found there.
const IN_TITLE: u32 = 0;
const IN_TEXT: u32 = 3;
const IN_CLAUSE: u32 = 6;
/// Found in the language that the reader does not use.
const OTHER_LANGUAGE: u32 = 1;

/// What fits, the best first; of equals the order of the book. Nothing typed finds nothing.
pub fn search<'a>(book: &'a Handbook, typed: &str, lang: Lang) -> Vec<Hit<'a>> {
    let query = Query::parse(typed);
    if query.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<(u32, Hit<'a>)> = Vec::new();
    for entry in book.entries() {
        let texts = [(IN_TITLE, &entry.title), (IN_TEXT, &entry.text)];
        if let Some(rank) = rank(&query, &sides(&texts, &entry.clause, lang)) {
            hits.push((rank, Hit::Entry(entry)));
        }
    }
    for phrase in book.phrases() {
        let said = Text::owned(phrase.words.as_str(), phrase.meaning.as_str());
        let category = book.category(&phrase.category).map(|category| &category.title);
        let mut texts = vec![(IN_TITLE, &said)];
        texts.extend(phrase.instead.iter().chain(category).map(|text| (IN_TEXT, text)));
        if let Some(rank) = rank(&query, &sides(&texts, &phrase.clause, lang)) {
            hits.push((rank, Hit::Phrase(phrase)));
        }
    }
    sorted(hits, |one, other| one.0.cmp(&other.0)).into_iter().map(|(_, hit)| hit).collect()
}

/// The texts in both languages as they are compared, with their distance.
fn sides(texts: &[(u32, &Text)], clause: &str, lang: Lang) -> Vec<(u32, String)> {
    let other = match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    };
    let mut all = Vec::new();
    for (rank, text) in texts {
        all.push((*rank, normal(text.get(lang))));
        all.push((rank + OTHER_LANGUAGE, normal(text.get(other))));
    }
    all.push((IN_CLAUSE, normal(clause)));
    all
}

/// The sum of what each word's nearest place costs; none if a word is nowhere.
fn rank(query: &Query, texts: &[(u32, String)]) -> Option<u32> {
    query.words().iter().try_fold(0, |sum, word| {
        let nearest = texts.iter().filter(|(_, text)| has(text, word)).map(|(rank, _)| *rank).min()?;
        Some(sum + nearest)
    })
}

/// Whether a word occurs: at the beginning of a word, or anywhere where words stand without blanks.
fn has(text: &str, word: &str) -> bool {
    let is_latin = |letter: char| letter.is_alphanumeric() && !is_dense(letter);
    let anywhere = !word.starts_with(is_latin);
    text.match_indices(word).any(|(at, _)| anywhere || !text[..at].ends_with(is_latin))
}
