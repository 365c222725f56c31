//! Where the app is: the part of the address behind `#`, and the focus after a move.
//!
//! It must not know the pages. Only the hash is used, so that the app runs from any folder of any host.

use super::listener::{self, Listener};
use super::reach;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, History, HtmlElement};

thread_local! {
    /// How many steps back lead to the place where this visit began. Each step of the history carries its number,
    /// so that links, the browser's buttons and a reload are counted too.
    static STEPS: Cell<u32> = const { Cell::new(0) };
    /// Whether the coming change takes the place of the present step.
    static REPLACING: Cell<bool> = const { Cell::new(false) };
}

/// The hash without `#`, as it stands in the address: parts made with [`encode`] are still encoded.
pub fn current() -> String {
    let hash = reach::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.strip_prefix('#').map(str::to_owned).unwrap_or(hash)
}

/// The address of the app without the part behind `#`, if others may reach it there: not on this very machine.
pub fn public_address() -> Option<String> {
    let location = reach::window()?.location();
    let host = location.hostname().ok()?;
    if location.protocol().ok()? != "https:" || host == "localhost" || host.starts_with("127.") {
        return None;
    }
    Some(format!("{}{}", location.origin().ok()?, location.pathname().ok()?))
}

/// Moves to `hash` (with or without `#`), as a new step of the history. The listener hears of it.
pub fn set(hash: &str) {
    if let Some(window) = reach::window() {
        let _ = window.location().set_hash(hash);
    }
}

/// Moves to `hash` in place of the present step of the history. The listener hears of it.
pub fn replace(hash: &str) {
    let hash = hash.trim_start_matches('#');
    if hash == current() {
        return;
    }
    if let Some(window) = reach::window() {
        let mut address = String::from("#");
        address.push_str(hash);
        // Unlike history.replaceState this is heard as a hash change.
        REPLACING.set(window.location().replace(&address).is_ok());
    }
}

/// What stands behind `?` in the hash; empty without one.
pub fn query() -> String {
    current().split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default()
}

/// Writes another `query` behind the present place, without a step of the history; nobody hears of it. A reload and
/// the way back find it.
pub fn note_query(query: &str) {
    let current = current();
    let place = current.split('?').next().unwrap_or_default();
    let address = if query.is_empty() { format!("#{place}") } else { format!("#{place}?{query}") };
    if let Some(history) = history()
        && let Ok(state) = history.state()
    {
        let _ = history.replace_state_with_url(&state, "", Some(&address));
    }
}

/// Calls `callback` with the new hash after every move, by link, by button or by the functions here.
pub fn on_change(callback: impl Fn(String) + 'static) -> Listener {
    count_step(0);
    // Every move between hashes fires `hashchange`; `popstate` would only tell the same twice.
    listener::on_window("hashchange", move |_| {
        let step = u32::from(!REPLACING.take());
        count_step(STEPS.get() + step);
        callback(current());
    })
}

/// Reads the number of the present step; a new step gets `fresh`.
fn count_step(fresh: u32) {
    let Some(history) = history() else { return };
    match history.state().ok().and_then(|state| state.as_f64()) {
        Some(known) => STEPS.set(known as u32),
        None => {
            STEPS.set(fresh);
            let _ = history.replace_state(&fresh.into(), "");
        }
    }
}

fn history() -> Option<History> {
    reach::window().and_then(|window| window.history().ok())
}

/// After a move: focus on the element `main`, for screen readers and keyboards, and scroll to the top.
pub fn focus_main() {
    if focus_pane("main")
        && let Some(window) = reach::window()
    {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// After a move inside an element that scrolls by itself: focus on it, and its top. `false` if it is not there.
pub fn focus_pane(id: &str) -> bool {
    let Some(pane) = reach::document().and_then(|document| document.get_element_by_id(id)) else { return false };
    if !pane.has_attribute("tabindex") {
        let _ = pane.set_attribute("tabindex", "-1");
    }
    if let Some(pane) = pane.dyn_ref::<HtmlElement>() {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = pane.focus_with_options(&options);
    }
    pane.set_scroll_top(0);
    true
}
