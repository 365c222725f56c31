//! Looks for phrases to be avoided in what a customer will read.
//!
//! Words are compared as people see them: full-width letters as plain ones, capitals as small letters, 您 as 你; blanks,
//! quotes and hyphens between letters are passed over. Commas, stops and line ends part sentences, so what stands on
//! both sides of one is no phrase, except where the phrase itself has a mark there. Words in Latin letters are found
//! as whole words only.
//!
//! What it cannot tell: Chinese is not cut into words, so a phrase inside a longer word is found unless the content
//! lists that word under `except`; and a harmless use of the very words (不可能的误差) is found too. It offers, it
//! never changes anything by itself.

use super::book::{Handbook, Phrase, Say};
use crate::text::{Lang, Text};
use std::ops::Range;

/// A phrase found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where it stands, in bytes; both ends lie between characters.
    pub range: Range<usize>,
    /// Id of the phrase.
    pub phrase: String,
    /// What kind of phrase it is.
    pub category: Text,
    /// Why it hurts.
    pub why: Text,
    /// What to write instead, in the language of what was found.
    pub instead: String,
}

/// All that is looked for, ready to be used on many texts.
#[derive(Debug, Clone, Default)]
pub struct Check {
    phrases: Vec<Ready>,
}

/// A phrase cut into letters.
#[derive(Debug, Clone)]
struct Ready {
    id: String,
    finds: Vec<Vec<Mark>>,
    except: Vec<Vec<Mark>>,
    category: Text,
    why: Text,
    instead: Text,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A letter or digit, or the blank between two Latin words.
    Letter(char),
    /// A mark that parts sentences, or several.
    Break,
}

/// A mark and the bytes it stands for.
#[derive(Debug, Clone)]
struct Placed {
    mark: Mark,
    range: Range<usize>,
}

/// Looks through a text once. For many texts, keep a [`Check`].
pub fn check_text(book: &Handbook, text: &str) -> Vec<Finding> {
    Check::of(book).look(text)
}

impl Check {
    /// What the book says is to be avoided.
    pub fn of(book: &Handbook) -> Check {
        let ready = |phrase: &Phrase| {
            let category = book.category(&phrase.category).filter(|category| category.say == Say::Avoid)?;
            let instead = phrase.instead.clone()?;
            Some(Ready {
                id: phrase.id.clone(),
                finds: cut(phrase.looked_for()),
                except: cut(&phrase.except),
                category: category.title.clone(),
                why: category.text.clone(),
                instead,
            })
        };
        Check { phrases: book.phrases().filter_map(ready).collect() }
    }

    /// The phrases in a text, in their order; none overlaps another. Of two that begin together the longer is told.
    pub fn look(&self, text: &str) -> Vec<Finding> {
        let placed = marks(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < placed.len() {
            match self.longest(&placed, at) {
                Some((ready, end)) => {
                    found.push(ready.finding(&placed[at..end], text));
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The longest phrase that begins here, and where it ends.
    fn longest(&self, placed: &[Placed], at: usize) -> Option<(&Ready, usize)> {
        let mut best: Option<(&Ready, usize)> = None;
        for ready in &self.phrases {
            for find in &ready.finds {
                if let Some(end) = end_of(find, placed, at)
                    && best.is_none_or(|(_, other)| end > other)
                    && !ready.is_harmless(placed, at, end)
                {
                    best = Some((ready, end));
                }
            }
        }
        best
    }
}

impl Ready {
    /// Whether what was found is a part of a longer, harmless word.
    fn is_harmless(&self, placed: &[Placed], start: usize, end: usize) -> bool {
        self.except.iter().any(|word| {
            let first = start.saturating_sub(word.len());
            (first..=start).any(|at| end_of(word, placed, at).is_some_and(|over| over >= end))
        })
    }

    fn finding(&self, placed: &[Placed], text: &str) -> Finding {
        let start = placed.first().map_or(0, |first| first.range.start);
        let end = placed.last().map_or(start, |last| last.range.end);
        let is_latin = text.get(start..end).is_some_and(|words| words.is_ascii());
        let lang = if is_latin { Lang::En } else { Lang::Zh };
        Finding {
            range: start..end,
            phrase: self.id.clone(),
            category: self.category.clone(),
            why: self.why.clone(),
            instead: self.instead.get(lang).to_owned(),
        }
    }
}

impl Finding {
    /// The text with the better phrase in it; unchanged if the finding is not of this text.
    pub fn replaced(&self, text: &str) -> String {
        match (text.get(..self.range.start), text.get(self.range.end..)) {
            (Some(before), Some(behind)) => format!("{before}{}{behind}", self.instead),
            _ => text.to_owned(),
        }
    }
}

/// The letters of phrases; what has none is left out.
fn cut(phrases: &[String]) -> Vec<Vec<Mark>> {
    let cut = |phrase: &String| {
        let all: Vec<Mark> = marks(phrase).into_iter().map(|placed| placed.mark).collect();
        let is_letter = |mark: &Mark| *mark != Mark::Break;
        let first = all.iter().position(is_letter)?;
        let last = all.iter().rposition(is_letter)?;
        Some(all[first..=last].to_vec())
    };
    phrases.iter().filter_map(cut).collect()
}

/// Where the phrase ends if it begins at this place.
fn end_of(phrase: &[Mark], placed: &[Placed], start: usize) -> Option<usize> {
    let mut at = start;
    for mark in phrase {
        match (mark, placed.get(at).map(|placed| placed.mark)) {
            (Mark::Break, Some(Mark::Break)) => at += 1,
            // People leave marks out.
            (Mark::Break, _) => {}
            (Mark::Letter(wanted), Some(Mark::Letter(letter))) if *wanted == letter => at += 1,
            _ => return None,
        }
    }
    let joined = |one: Option<&Placed>, other: Option<&Placed>| {
        one.is_some_and(Placed::is_latin) && other.is_some_and(Placed::is_latin)
    };
    let before = start.checked_sub(1).and_then(|before| placed.get(before));
    let inside = joined(before, placed.get(start))
        || joined(at.checked_sub(1).and_then(|last| placed.get(last)), placed.get(at));
    (at > start && !inside).then_some(at)
}

impl Placed {
    fn is_latin(&self) -> bool {
        matches!(self.mark, Mark::Letter(letter) if letter.is_ascii_alphanumeric())
    }
}

/// The text as it is compared.
fn marks(text: &str) -> Vec<Placed> {
    let mut all: Vec<Placed> = Vec::with_capacity(text.len() / 2);
    let mut blank: Option<Range<usize>> = None;
    for (start, letter) in text.char_indices() {
        let range = start..start + letter.len_utf8();
        let letter = plain(letter);
        if letter.is_alphanumeric() {
            let blank = blank.take();
            for letter in letter.to_lowercase() {
                let placed = Placed { mark: Mark::Letter(letter), range: range.clone() };
                if let Some(blank) = blank.clone()
                    && placed.is_latin()
                    && all.last().is_some_and(Placed::is_latin)
                {
                    all.push(Placed { mark: Mark::Letter(' '), range: blank });
                }
                all.push(placed);
            }
        } else if letter.is_whitespace() && letter != '\n' {
            blank = Some(range);
        } else if !is_passed_over(letter) && all.last().is_none_or(|last| last.mark != Mark::Break) {
            all.push(Placed { mark: Mark::Break, range });
        }
    }
    all
}

/// Full-width letters and marks as plain ones, and the polite you as the common one.
fn plain(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '您' | '妳' => '你',
        other => other,
    }
}

/// Marks inside a sentence, and letters that nobody sees.
fn is_passed_over(letter: char) -> bool {
    matches!(
        letter,
        '"' | '\''
            | '“'
            | '”'
            | '‘'
            | '’'
            | '「'
            | '」'
            | '『'
            | '』'
            | '《'
            | '》'
            | '<'
            | '>'
            | '('
            | ')'
            | '['
            | ']'
            | '【'
            | '】'
            | '*'
            | '_'
            | '-'
            | '~'
            | '·'
            | '•'
            | '`'
            | '^'
            | '|'
            | '\u{00AD}'
            | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
    )
}
