//! Ink as data: strokes of points on a pad of a known size, and a typed name.
//!
//! It must not know the screen. The same ink can be drawn on any pad and kept as text until it is saved.

use std::fmt::Write;

/// Strokes that one pad takes.
pub(super) const MOST_STROKES: usize = 400;
/// Points that one pad takes.
pub(super) const MOST_POINTS: usize = 20_000;
/// Characters of a typed name.
const LONGEST_NAME: usize = 40;
/// Units of a point, per pixel of the pad.
const FINE: f32 = 10.0;

/// A place on the pad, in its pixels.
pub(super) type Point = (f32, f32);

/// The ink of one pad. Points are in pixels of the pad on which the first stroke was drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Strokes {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) lines: Vec<Vec<Point>>,
    pub(super) name: String,
}

impl Strokes {
    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.name.is_empty()
    }

    pub(super) fn set_name(&mut self, name: &str) {
        self.name = name.trim().chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    }

    pub(super) fn is_full(&self) -> bool {
        self.lines.len() > MOST_STROKES || self.lines.iter().map(Vec::len).sum::<usize>() >= MOST_POINTS
    }

    /// The ink as a short text: a line for the pad and one for each stroke, in tenths of a pixel; the typed name
    /// stands behind an apostrophe.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let mut line = |points: &[Point]| {
            for (place, (x, y)) in points.iter().enumerate() {
                let blank = if place == 0 { "" } else { " " };
                let _ = write!(text, "{blank}{} {}", (x * FINE).round() as i32, (y * FINE).round() as i32);
            }
            text.push('\n');
        };
        line(&[(self.width, self.height)]);
        self.lines.iter().for_each(|points| line(points));
        if !self.name.is_empty() {
            text.push('\'');
            text.push_str(&self.name);
        }
        text
    }

    /// Reads what [`Strokes::to_text`] wrote. `None` for anything else.
    pub fn from_text(text: &str) -> Option<Strokes> {
        let mut strokes = Strokes::default();
        let mut points = 0;
        let mut rows = text.lines();
        let size = read_points(rows.next()?)?;
        let [(width, height)] = size[..] else { return None };
        for row in rows {
            if let Some(name) = row.strip_prefix('\'') {
                strokes.set_name(name);
                continue;
            }
            let line = read_points(row)?;
            points += line.len();
            if line.is_empty() || strokes.lines.len() >= MOST_STROKES || points > MOST_POINTS {
                return None;
            }
            strokes.lines.push(line);
        }
        (strokes.width, strokes.height) = (width, height);
        let sound = (width > 0.0 && height > 0.0) || strokes.is_empty();
        sound.then_some(strokes)
    }

    /// The corners of all points: left, top, right, bottom.
    pub(super) fn bounds(&self) -> Option<(f32, f32, f32, f32)> {
        self.lines.iter().flatten().fold(None, |bounds, &(x, y)| {
            let (left, top, right, bottom) = bounds.unwrap_or((x, y, x, y));
            Some((left.min(x), top.min(y), right.max(x), bottom.max(y)))
        })
    }
}

fn read_points(row: &str) -> Option<Vec<Point>> {
    /// No screen is larger.
    const FAR: i32 = 200_000;
    let numbers = row.split_ascii_whitespace().map(|word| {
        let number: i32 = word.parse().ok()?;
        (-FAR..=FAR).contains(&number).then_some(number as f32 / FINE)
    });
    let numbers: Vec<f32> = numbers.collect::<Option<_>>()?;
    let pairs = numbers.chunks_exact(2);
    pairs.remainder().is_empty().then(|| pairs.map(|pair| (pair[0], pair[1])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed() -> Strokes {
        let mut strokes = Strokes { width: 350.0, height: 180.5, ..Strokes::default() };
        strokes.lines = vec![vec![(1.5, 2.0), (30.0, 40.2)], vec![(-3.0, 99.9)]];
        strokes.set_name(" 王小明\n ");
        strokes
    }

    #[test]
    fn ink_survives_as_text() {
        let strokes = signed();
        assert_eq!(strokes.to_text(), "3500 1805\n15 20 300 402\n-30 999\n'王小明");
        assert_eq!(Strokes::from_text(&strokes.to_text()), Some(strokes));
        assert_eq!(Strokes::from_text(&Strokes::default().to_text()), Some(Strokes::default()));
    }

    #[test]
    fn foreign_text_is_no_ink() {
        for text in
            ["", "x", "1", "10 10\n1", "10 10\n1 2 3", "10 10\n9999999 0", "0 0\n1 1", "10 10\n1e3 2", "10 10\n\n1 1"]
        {
            assert_eq!(Strokes::from_text(text), None, "{text:?}");
        }
        let flood = String::from("10 10\n") + &"1 1\n".repeat(MOST_STROKES + 1);
        assert_eq!(Strokes::from_text(&flood), None);
    }

    #[test]
    fn bounds_hold_every_point() {
        assert_eq!(signed().bounds(), Some((-3.0, 2.0, 30.0, 99.9)));
        assert_eq!(Strokes::default().bounds(), None);
    }
}
