//! Rows that are too high to stay in one piece, cut between their lines. Pure: heights and lines come in.

use super::pieces::{Cut, Printed};
use leptos::prelude::AnyView;
use std::sync::Arc;

/// Rows up to here stay whole: 40 mm, in CSS pixels.
const WHOLE: f64 = 151.0;
/// Height of a line of a cut row: 14 pt, as the style sheet has it.
const LINE: f64 = 14.0 * 96.0 / 72.0;
/// What the first and the last line of a cut row have in addition.
const EDGE: f64 = 3.0;

/// A line of a row that was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The row begins here.
    pub first: bool,
    /// The row ends here.
    pub last: bool,
}

impl Place {
    /// The classes of a drawn line.
    pub fn class(self, of: &str) -> String {
        let first = if self.first { " is-first" } else { "" };
        let last = if self.last { " is-last" } else { "" };
        format!("{of} is-part{first}{last}")
    }
}

/// The pieces with long rows cut, and the height of each. `lines` tells the lines of each cell of a piece.
pub fn cut_long(
    pieces: &[Printed],
    heights: &[f64],
    lines: impl Fn(usize) -> Vec<Vec<String>>,
) -> (Vec<Printed>, Vec<f64>) {
    let (mut all, mut measured, mut moved) = (Vec::new(), Vec::new(), Vec::new());
    for (index, (piece, height)) in pieces.iter().zip(heights).enumerate() {
        moved.push(all.len());
        let cut = piece.cut.as_ref().filter(|_| *height > WHOLE).map(|cut| (cut, lines(index)));
        let count = cut.as_ref().and_then(|(_, cells)| cells.iter().map(Vec::len).max()).unwrap_or(0);
        let Some((cut, cells)) = cut.filter(|_| count > 2) else {
            all.push(piece.clone());
            measured.push(*height);
            continue;
        };
        for line in 0..count {
            let place = Place { first: line == 0, last: line + 1 == count };
            // No line stands alone on its page.
            let stay_with_next = place.first || line + 2 == count || (place.last && piece.stay_with_next);
            let words: Vec<String> = cells.iter().map(|cell| cell.get(line).cloned().unwrap_or_default()).collect();
            all.push(Printed {
                stay_with_next,
                repeat: piece.repeat,
                draw: part(cut.clone(), words, place),
                cut: None,
            });
            measured.push(LINE + if place.first || place.last { EDGE } else { 0.0 });
        }
    }
    for piece in &mut all {
        piece.repeat = piece.repeat.and_then(|heading| moved.get(heading).copied());
    }
    (all, measured)
}

fn part(cut: Cut, words: Vec<String>, place: Place) -> Arc<dyn Fn() -> AnyView + Send + Sync> {
    Arc::new(move || cut(&words, place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::prelude::*;

    fn piece(repeat: Option<usize>) -> Printed {
        Printed {
            stay_with_next: false,
            repeat,
            draw: Arc::new(|| ().into_any()),
            cut: Some(Arc::new(|_, _| ().into_any())),
        }
    }

    #[test]
    fn a_row_too_high_becomes_its_lines_and_headings_are_found_again() {
        let pieces = [piece(None), piece(None), piece(Some(1))];
        let lines = |_: usize| vec![vec!["a".to_owned(); 12], vec!["b".to_owned(); 3]];
        let (all, heights) = cut_long(&pieces, &[500.0, 20.0, 500.0], lines);
        assert_eq!((all.len(), heights.len()), (25, 25));
        assert_eq!(all[24].repeat, Some(12), "the heading stands behind the twelve lines of the first row");
        assert!(all[0].stay_with_next && !all[1].stay_with_next && all[10].stay_with_next && !all[11].stay_with_next);
    }

    #[test]
    fn a_row_of_usual_height_stays_whole() {
        let (all, heights) = cut_long(&[piece(None)], &[60.0], |_| Vec::new());
        assert_eq!((all.len(), heights), (1, vec![60.0]));
    }
}
