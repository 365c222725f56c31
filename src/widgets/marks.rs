//! Marks over a photo: painted as an SVG that lies on the picture, so that screen and paper show the same and the
//! picture itself is never touched.

use leptos::prelude::*;
use leptos::svg;
use sitebook_core::marks::{FAR, Mark, Spot};

/// Width of a line, in parts of the long edge.
const LINE: f64 = 0.009;
/// Height of words, in parts of the long edge.
const WORDS: f64 = 0.05;

/// The marks of a picture of this many pixels. It fills its box as a picture with `object-fit: contain` does.
pub fn marks_layer(marks: &[Mark], size: (u32, u32)) -> AnyView {
    if marks.is_empty() {
        return ().into_any();
    }
    let (width, height) = (f64::from(size.0.max(1)), f64::from(size.1.max(1)));
    let long = width.max(height);
    let on =
        move |spot: Spot| (f64::from(spot.x) / f64::from(FAR) * width, f64::from(spot.y) / f64::from(FAR) * height);
    let shapes = marks
        .iter()
        .map(|mark| match mark {
            Mark::Arrow { from, to } => stroke(arrow(on(*from), on(*to), long), long),
            Mark::Circle { from, to } => stroke(ellipse(on(*from), on(*to)), long),
            Mark::Text { at, words } => {
                let (x, y) = on(*at);
                svg::text()
                    .attr("x", round(x))
                    .attr("y", round(y))
                    .attr("font-size", round(long * WORDS))
                    .attr("stroke-width", round(long * WORDS * 0.16))
                    .child(words.clone())
                    .into_any()
            }
        })
        .collect_view();
    svg::svg()
        .attr("class", "photo-marks")
        .attr("viewBox", format!("0 0 {width} {height}"))
        .attr("preserveAspectRatio", "xMidYMid meet")
        .attr("aria-hidden", "true")
        .child(shapes)
        .into_any()
}

/// A line with a light rim, to be seen on any ground.
fn stroke(path: String, long: f64) -> AnyView {
    let line = |class: &'static str, width: f64| {
        svg::path().attr("class", class).attr("d", path.clone()).attr("stroke-width", round(width))
    };
    (line("mark-rim", long * LINE * 2.0), line("mark-line", long * LINE)).into_any()
}

fn arrow(from: (f64, f64), to: (f64, f64), long: f64) -> String {
    /// Length of the head's sides, in parts of the long edge, and their angle.
    const HEAD: f64 = 0.045;
    const ANGLE: f64 = 0.5;
    let turn = (to.1 - from.1).atan2(to.0 - from.0);
    let side = |angle: f64| {
        let (x, y) = (to.0 - long * HEAD * (turn + angle).cos(), to.1 - long * HEAD * (turn + angle).sin());
        format!("{} {}", round(x), round(y))
    };
    let (tail, head) = (format!("{} {}", round(from.0), round(from.1)), format!("{} {}", round(to.0), round(to.1)));
    format!("M{tail} L{head} M{} L{head} L{}", side(ANGLE), side(-ANGLE))
}

fn ellipse(one: (f64, f64), other: (f64, f64)) -> String {
    let (across, down) = ((one.0 - other.0).abs() / 2.0, (one.1 - other.1).abs() / 2.0);
    let (left, middle) = (one.0.min(other.0), f64::midpoint(one.1, other.1));
    let (across, left, middle) = (round(across), round(left), round(middle));
    let (down, right) = (round(down), round(one.0.max(other.0)));
    format!("M{left} {middle} A{across} {down} 0 1 0 {right} {middle} A{across} {down} 0 1 0 {left} {middle} Z")
}

/// Tenths of a pixel are enough.
fn round(number: f64) -> String {
    format!("{:.1}", number)
}
