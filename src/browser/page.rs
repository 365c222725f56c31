//! The page itself: title, language, theme, print, and what the device tells about its state.

use super::listener::{self, Listener};
use super::reach;
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::VisibilityState;

/// Opens the print dialogue. `false` where there is none.
pub fn print() -> bool {
    reach::window().is_some_and(|window| window.print().is_ok())
}

/// Opens the print dialogue under a title, which becomes the name of a PDF. Some browsers print later than this
/// returns, so the title stays until the next page sets its own.
pub fn print_as(title: &str) -> bool {
    set_title(title);
    print()
}

/// Sets the title: of the window, of a print-out, of a bookmark.
pub fn set_title(title: &str) {
    if let Some(document) = reach::document() {
        document.set_title(title);
    }
}

/// Sets the language of the page, for screen readers, fonts and hyphenation.
pub fn set_lang(tag: &str) {
    set_root("lang", tag);
}

/// Sets `data-theme` of the root; empty follows the system.
pub fn set_theme(theme: &str) {
    set_root("data-theme", theme);
}

fn set_root(attribute: &str, value: &str) {
    let Some(root) = reach::document().and_then(|document| document.document_element()) else { return };
    let _ = if value.is_empty() { root.remove_attribute(attribute) } else { root.set_attribute(attribute, value) };
}

/// The languages that the user prefers, as BCP 47 tags, first choice first.
pub fn prefers_lang() -> Vec<String> {
    let list = reach::of_navigator("languages");
    list.map(|list| Array::from(&list).iter().filter_map(|tag| tag.as_string()).collect()).unwrap_or_default()
}

/// Whether nobody sees the page now. A hidden page is never painted.
pub fn is_hidden() -> bool {
    reach::document().is_some_and(|document| document.visibility_state() == VisibilityState::Hidden)
}

/// Calls `callback` when the page goes out of sight: the last event that phones reliably tell. It may come twice.
pub fn on_visibility_hidden(callback: impl Fn() + 'static) -> Listener {
    on_visibility(VisibilityState::Hidden, callback)
}

/// Calls `callback` when the page comes back into sight.
pub fn on_visibility_shown(callback: impl Fn() + 'static) -> Listener {
    on_visibility(VisibilityState::Visible, callback)
}

fn on_visibility(wanted: VisibilityState, callback: impl Fn() + 'static) -> Listener {
    let (Some(window), Some(document)) = (reach::window(), reach::document()) else {
        return Listener::on_each(&[], |_| ());
    };
    // Some browsers tell only `pagehide` when the page is left for another.
    let other = if wanted == VisibilityState::Hidden { "pagehide" } else { "pageshow" };
    let watched = document.clone();
    Listener::on_each(&[(&document, "visibilitychange"), (&window, other)], move |event| {
        if watched.visibility_state() == wanted || event.type_() == other {
            callback();
        }
    })
}

/// Calls `callback` before the page is unloaded if `unsaved` says so; the browser then asks the user.
pub fn on_leaving(unsaved: impl Fn() -> bool + 'static) -> Listener {
    listener::on_window("beforeunload", move |event| {
        if unsaved() {
            event.prevent_default();
            reach::set(&event, "returnValue", &JsValue::TRUE);
        }
    })
}

/// A short tremble, where the device can and the user has touched the page.
pub fn vibrate(ms: u32) {
    if let Some(navigator) = reach::navigator() {
        let _ = reach::call(&navigator, "vibrate", &[&ms.into()]);
    }
}

/// Shows `count` on the app's icon; zero clears it.
pub fn set_badge(count: u32) {
    let Some(navigator) = reach::navigator() else { return };
    if count == 0 {
        reach::ask_and_forget(&navigator, "clearAppBadge", &[]);
    } else {
        reach::ask_and_forget(&navigator, "setAppBadge", &[&count.into()]);
    }
}

/// Reloads the page.
pub fn reload() {
    if let Some(window) = reach::window() {
        let _ = window.location().reload();
    }
}
