//! Marks drawn on a photo: arrows, circles and short words, as data beside the picture. The picture itself stays as it
//! was taken, and so does its hash.
//!
//! It must not know where photos are kept, nor how marks are painted. As text, a mark is a line: `arrow 1200 300 5000
//! 6000`, `circle 100 100 900 900`, `text 500 9000 裂纹`; places are ten-thousandths of the picture's width and height.

use serde::Serialize;
use std::fmt::Write;

/// Marks that one photo takes.
pub const MOST_MARKS: usize = 30;
/// Characters of the words of one mark.
pub const LONGEST_WORDS: usize = 40;
/// The far edge of a picture.
pub const FAR: u16 = 10_000;

/// A place on the picture, in ten-thousandths of its width and height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Spot {
    /// From the left edge.
    pub x: u16,
    /// From the top edge.
    pub y: u16,
}

impl Spot {
    /// The place of a fraction of width and height; what lies outside comes to the edge.
    pub fn at(x: f64, y: f64) -> Spot {
        let far = f64::from(FAR);
        // NaN becomes 0.
        let place = |part: f64| (part * far).round().clamp(0.0, far) as u16;
        Spot { x: place(x), y: place(y) }
    }
}

/// One mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// An arrow that points to `to`.
    Arrow {
        /// Its tail.
        from: Spot,
        /// Its head.
        to: Spot,
    },
    /// A circle or ellipse that fills the box between two corners.
    Circle {
        /// One corner.
        from: Spot,
        /// The other.
        to: Spot,
    },
    /// Words.
    Text {
        /// Where they begin.
        at: Spot,
        /// The words.
        words: String,
    },
}

/// Words as a mark takes them: one line, trimmed, not too long. `None` if nothing is left.
pub fn clean_words(words: &str) -> Option<String> {
    let plain = words.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let shown = plain.filter(|c| !c.is_control() && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'));
    let words: String = shown.collect::<String>().trim().chars().take(LONGEST_WORDS).collect();
    let words = words.trim_end().to_owned();
    (!words.is_empty()).then_some(words)
}

/// The marks as text; empty without any.
pub fn to_text(marks: &[Mark]) -> String {
    let mut text = String::new();
    for mark in marks {
        if !text.is_empty() {
            text.push('\n');
        }
        let _ = match mark {
            Mark::Arrow { from, to } => write!(text, "arrow {} {} {} {}", from.x, from.y, to.x, to.y),
            Mark::Circle { from, to } => write!(text, "circle {} {} {} {}", from.x, from.y, to.x, to.y),
            Mark::Text { at, words } => write!(text, "text {} {} {words}", at.x, at.y),
        };
    }
    text
}

/// Reads what [`to_text`] wrote. `None` for anything else, so that nothing strange is ever kept or painted.
pub fn from_text(text: &str) -> Option<Vec<Mark>> {
    let marks: Vec<Mark> = text.lines().take(MOST_MARKS + 1).map(mark).collect::<Option<_>>()?;
    (marks.len() <= MOST_MARKS).then_some(marks)
}

fn mark(line: &str) -> Option<Mark> {
    let (kind, rest) = line.split_once(' ')?;
    if kind == "text" {
        let mut parts = rest.splitn(3, ' ');
        let at = Spot { x: place(parts.next()?)?, y: place(parts.next()?)? };
        let words = parts.next()?;
        let clean = clean_words(words)?;
        return (clean == words).then_some(Mark::Text { at, words: clean });
    }
    let places: Vec<u16> = rest.split(' ').map(place).collect::<Option<_>>()?;
    let [x, y, to_x, to_y] = places[..] else { return None };
    let (from, to) = (Spot { x, y }, Spot { x: to_x, y: to_y });
    match kind {
        "arrow" => Some(Mark::Arrow { from, to }),
        "circle" => Some(Mark::Circle { from, to }),
        _ => None,
    }
}

fn place(word: &str) -> Option<u16> {
    let plain = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|place| plain && *place <= FAR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spots() -> impl Strategy<Value = Spot> {
        (0..=FAR, 0..=FAR).prop_map(|(x, y)| Spot { x, y })
    }

    fn some_mark() -> impl Strategy<Value = Mark> {
        prop_oneof![
            (spots(), spots()).prop_map(|(from, to)| Mark::Arrow { from, to }),
            (spots(), spots()).prop_map(|(from, to)| Mark::Circle { from, to }),
            (spots(), ".{1,60}")
                .prop_filter_map("words", |(at, words)| { Some(Mark::Text { at, words: clean_words(&words)? }) }),
        ]
    }

    proptest! {
        #[test]
        fn marks_survive_as_text(marks in prop::collection::vec(some_mark(), 0..=MOST_MARKS)) {
            prop_assert_eq!(from_text(&to_text(&marks)), Some(marks));
        }

        #[test]
        fn any_text_is_read_without_a_panic_and_only_one_way(text in "(arrow|circle|text|x)?[ 0-9a-z\n\u{202e}裂]{0,60}") {
            if let Some(marks) = from_text(&text) {
                prop_assert_eq!(to_text(&marks), text.trim_end_matches('\n'));
            }
        }
    }

    #[test]
    fn foreign_text_is_no_mark() {
        for text in
            ["arrow", "arrow 1 2 3", "arrow 1 2 3 10001", "arrow 1 2 3 +4", "text 1 2 ", "text 1 2", "svg 1 2 3 4"]
        {
            assert_eq!(from_text(text), None, "{text:?}");
        }
        assert_eq!(from_text(&"circle 1 1 2 2\n".repeat(MOST_MARKS + 1)), None);
    }

    #[test]
    fn a_place_outside_comes_to_the_edge() {
        assert_eq!(Spot::at(-0.5, 1.5), Spot { x: 0, y: FAR });
        assert_eq!(Spot::at(0.25, 0.5), Spot { x: 2_500, y: 5_000 });
        assert_eq!(Spot::at(f64::NAN, 0.0), Spot { x: 0, y: 0 });
    }
}
