//! Single keys, where a keyboard is at hand and nobody is typing.
//!
//! It must not know what they do.

use super::listener::{Listener, on_window};
use super::reach;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

/// Where a key is typed and not pressed.
const TYPING: &str = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

/// Calls `callback` with each single key that is pressed outside fields and sheets, and takes the key from the browser
/// if it answers `true`.
pub fn on_key(callback: impl Fn(&str) -> bool + 'static) -> Listener {
    on_window("keydown", move |event| {
        let held = |name: &str| reach::get(&event, name).is_some_and(|held| held.is_truthy());
        if ["ctrlKey", "altKey", "metaKey", "isComposing", "repeat"].into_iter().any(held) || event.default_prevented()
        {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let typing = target.is_some_and(|target| matches!(target.closest(TYPING), Ok(Some(_))));
        if typing || first("dialog[open]").is_some() {
            return;
        }
        let key = reach::get(&event, "key").and_then(|key: JsValue| key.as_string()).unwrap_or_default();
        if callback(&key) {
            event.prevent_default();
        }
    })
}

/// The first element that fits and takes up space.
fn first(css: &str) -> Option<HtmlElement> {
    let found = reach::document()?.query_selector_all(css).ok()?;
    let elements = (0..found.length()).filter_map(|place| found.get(place)?.dyn_into::<HtmlElement>().ok());
    elements.into_iter().find(|element| element.get_bounding_client_rect().height() > 0.0)
}

/// Clicks the first element that fits and can be seen; `false` if there is none.
pub fn press(css: &str) -> bool {
    first(css).map(|element| element.click()).is_some()
}

/// Puts the focus on the first element that fits and can be seen; `false` if there is none.
pub fn focus(css: &str) -> bool {
    first(css).is_some_and(|element| element.focus().is_ok())
}
