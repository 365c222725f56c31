//! What kind of screen this is, by a media query, also when it changes: a phone that is turned, a window that is drawn.

use super::listener::Listener;
use super::reach;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::EventTarget;

fn list(query: &str) -> Option<JsValue> {
    reach::call(&reach::window()?.into(), "matchMedia", &[&query.into()]).ok()
}

fn holds(list: &JsValue) -> bool {
    reach::get(list, "matches").is_some_and(|matches| matches.is_truthy())
}

/// Whether the query holds now.
pub fn matches(query: &str) -> bool {
    list(query).is_some_and(|list| holds(&list))
}

/// Calls `callback` whenever that changes. `None` where the browser does not tell.
pub fn on_change(query: &str, callback: impl Fn(bool) + 'static) -> Option<Listener> {
    let list = list(query)?;
    let target: EventTarget = list.clone().dyn_into().ok()?;
    Some(Listener::on(&target, "change", move |_| callback(holds(&list))))
}
