//! Draws ink: smooth lines through the points, and a typed name.

use super::strokes::{Point, Strokes};
use std::f64::consts::TAU;
use web_sys::CanvasRenderingContext2d;

/// Width of the pen, in pixels of the pad.
pub(super) const PEN: f32 = 2.6;
/// Fonts that look written, by system: Windows, Apple, Android, then whatever the browser takes for handwriting.
const SCRIPT: &str =
    "'Segoe Script','Snell Roundhand','Dancing Script','STXingkai','Xingkai SC','STKaiti','Kaiti SC','KaiTi',cursive";

/// How pixels of the pad lie on a canvas.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    pub(super) scale: f64,
    pub(super) left: f64,
    pub(super) top: f64,
}

impl View {
    /// The pad of `strokes` as large as fits into `width` × `height`, centred. Ink is never stretched.
    pub(super) fn fitting(strokes: &Strokes, width: f64, height: f64) -> View {
        let (own_width, own_height) = (f64::from(strokes.width), f64::from(strokes.height));
        if own_width <= 0.0 || own_height <= 0.0 {
            return View { scale: 1.0, left: 0.0, top: 0.0 };
        }
        let scale = (width / own_width).min(height / own_height);
        View { scale, left: (width - own_width * scale) / 2.0, top: (height - own_height * scale) / 2.0 }
    }

    /// The place on the pad of a place on the canvas.
    pub(super) fn back(self, x: f64, y: f64) -> Point {
        (((x - self.left) / self.scale) as f32, ((y - self.top) / self.scale) as f32)
    }

    /// Lets `context` draw in pixels of the pad; `ratio` is the canvas's pixels per pixel of the view.
    pub(super) fn apply(self, context: &CanvasRenderingContext2d, ratio: f64) {
        let scale = self.scale * ratio;
        let _ = context.set_transform(scale, 0.0, 0.0, scale, self.left * ratio, self.top * ratio);
    }
}

/// Prepares colour and pen.
pub(super) fn dip(context: &CanvasRenderingContext2d, colour: &str) {
    context.set_stroke_style_str(colour);
    context.set_fill_style_str(colour);
    context.set_line_width(f64::from(PEN));
    context.set_line_cap("round");
    context.set_line_join("round");
}

/// Draws everything.
pub(super) fn all(context: &CanvasRenderingContext2d, strokes: &Strokes) {
    for line in &strokes.lines {
        some(context, line, 0);
        end(context, line);
    }
    if let Some(name) = Written::measure(context, strokes) {
        let _ = context.fill_text(&strokes.name, name.left, name.base);
    }
}

/// Draws a line from its point number `from` on, up to the middle between the last two points.
pub(super) fn some(context: &CanvasRenderingContext2d, line: &[Point], from: usize) {
    context.begin_path();
    for place in from.max(1)..line.len() {
        let (last, next) = (line[place - 1], line[place]);
        let start = if place == 1 { last } else { middle(line[place - 2], last) };
        let stop = middle(last, next);
        context.move_to(f64::from(start.0), f64::from(start.1));
        context.quadratic_curve_to(f64::from(last.0), f64::from(last.1), f64::from(stop.0), f64::from(stop.1));
    }
    context.stroke();
}

/// Draws what [`some`] left open at the end of a line; a line of one point is a dot.
pub(super) fn end(context: &CanvasRenderingContext2d, line: &[Point]) {
    let Some(&(x, y)) = line.last() else { return };
    context.begin_path();
    if line.len() == 1 {
        let _ = context.arc(f64::from(x), f64::from(y), f64::from(PEN) * 0.7, 0.0, TAU);
        context.fill();
    } else {
        let start = middle(line[line.len() - 2], (x, y));
        context.move_to(f64::from(start.0), f64::from(start.1));
        context.line_to(f64::from(x), f64::from(y));
        context.stroke();
    }
}

fn middle(one: Point, other: Point) -> Point {
    ((one.0 + other.0) / 2.0, (one.1 + other.1) / 2.0)
}

/// Where a typed name stands on the pad.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    base: f64,
}

impl Written {
    /// As large as fits on the pad, on a line below the middle. Sets the font of `context`. `None` without a name.
    pub(super) fn measure(context: &CanvasRenderingContext2d, strokes: &Strokes) -> Option<Written> {
        if strokes.name.is_empty() {
            return None;
        }
        let (width, height) = (f64::from(strokes.width), f64::from(strokes.height));
        let largest = height * 0.5;
        let length_at = |size: f64| {
            context.set_font(&format!("{size:.1}px {SCRIPT}"));
            context.measure_text(&strokes.name).map(|text| text.width()).unwrap_or(width)
        };
        let mut length = length_at(largest);
        let mut size = largest;
        if length > width * 0.9 {
            size = largest * width * 0.9 / length;
            length = length_at(size);
        }
        let left = (width - length) / 2.0;
        let base = (height + size) / 2.0 - size * 0.15;
        // Script fonts reach out of their boxes.
        let reach = size * 0.2;
        Some(Written { left, right: left + length + reach, top: base - size, bottom: base + size * 0.4, base })
    }
}
