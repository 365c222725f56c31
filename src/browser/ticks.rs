//! Boxes and circles that the browser ticks by itself, before anybody could refuse it.
//!
//! It must not know what was refused.

use super::reach;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

/// Puts a box back as it was before its `change` event, or the circles of a group to the one whose value is
/// `chosen`. A framework that knows of no change draws nothing, so the screen would go on showing what nobody took.
pub fn put_back(event: &Event, chosen: Option<&str>) {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    if input.type_() != "radio" {
        return input.set_checked(!input.checked());
    }
    let Some(all) = reach::document().and_then(|page| page.query_selector_all("input[type=radio]").ok()) else {
        return;
    };
    let group = input.name();
    let circles = (0..all.length()).filter_map(|place| all.get(place)?.dyn_into::<HtmlInputElement>().ok());
    for circle in circles.filter(|circle| circle.name() == group) {
        circle.set_checked(chosen == Some(circle.value().as_str()));
    }
}
