//! The rows of a list, of which only those near what is seen are in the page.
//!
//! Rows come in parts of some dozens; a part that is far away is an empty box as high as it was. Each row says its
//! place and how many there are, and a part that has the focus stays, so that keyboards and screen readers walk
//! through the whole list: what comes next is always there before they reach it.

use crate::browser::{layout, near, timers};
use crate::i18n::{t, words};
use crate::widgets::ui::dynamic;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// Rows of one part.
const PART: usize = 30;
/// Rows are drawn this far, in CSS pixels, before they are seen.
const AHEAD: u32 = 1200;
/// How high a row is before it was drawn, in CSS pixels.
const ABOUT: usize = 96;

/// Draws the row at a place of the list.
pub type Draw = Arc<dyn Fn(usize) -> AnyView + Send + Sync>;

/// Id of the row at a place.
pub fn row_id(place: usize) -> String {
    format!("row-{place}")
}

/// The list.
#[component]
pub fn Rows(
    /// How many rows there are.
    count: usize,
    /// Draws one.
    draw: Draw,
    /// The row to come back to.
    at: Option<usize>,
) -> impl IntoView {
    let parts = count.div_ceil(PART);
    let first = at.filter(|at| *at < count);
    // What is near at the beginning, so that there is something to see at once.
    let begins = move |part: usize| part == 0 || first.is_some_and(|at| (part * PART).abs_diff(at) <= 2 * PART);
    let shown: Arc<Vec<RwSignal<bool>>> = Arc::new((0..parts).map(|part| RwSignal::new(begins(part))).collect());
    let heights: Arc<Vec<RwSignal<f64>>> = {
        #[expect(clippy::cast_precision_loss, reason = "some thousand pixels")]
        let about = |part: usize| ((count - part * PART).min(PART) * ABOUT) as f64;
        Arc::new((0..parts).map(|part| RwSignal::new(about(part))).collect())
    };
    let watch = {
        let (shown, heights) = (shown.clone(), heights.clone());
        near::watch(AHEAD, move |part, is_near, height| {
            let (Some(shown), Some(kept)) = (shown.get(part), heights.get(part)) else { return };
            if shown.try_get_untracked() == Some(true) && !is_near {
                if layout::has_focus(&part_id(part)) {
                    return;
                }
                let _ = kept.try_set(height);
            }
            if shown.try_get_untracked() == Some(!is_near) {
                let _ = shown.try_set(is_near);
            }
        })
    };
    if watch.is_none() {
        shown.iter().for_each(|shown| shown.set(true));
    }
    let watch = StoredValue::new_local(watch);
    if let Some(at) = first {
        timers::after_paint(move || layout::return_to(&row_id(at)));
    }
    let boxes = (0..parts)
        .map(|part| {
            let (Some(shown), Some(height)) = (shown.get(part).copied(), heights.get(part).copied()) else {
                return ().into_any();
            };
            let node = NodeRef::<html::Div>::new();
            Effect::new(move |_| {
                if let Some(element) = node.get() {
                    watch.with_value(|watch| {
                        if let Some(watch) = watch {
                            watch.add(&element);
                        }
                    });
                }
            });
            let draw = draw.clone();
            let rows = dynamic(move || {
                if !shown.get() {
                    return ().into_any();
                }
                (part * PART..(part * PART + PART).min(count)).map(|place| draw(place)).collect_view().into_any()
            });
            let least = move || if shown.get() { String::new() } else { format!("{}px", height.get()) };
            view! {
                <div class="rows-part" id=part_id(part) data-part=part.to_string() node_ref=node style:min-block-size=least>
                    {rows}
                </div>
            }
            .into_any()
        })
        .collect_view();
    view! { <div class="rows" role="feed" aria-label=t(&words::lists::LIST)>{boxes}</div> }
}

fn part_id(part: usize) -> String {
    format!("rows-{part}")
}
