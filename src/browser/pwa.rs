//! The app as an installed app: updates, offline readiness, installation.
//!
//! The start script (`xtask/assets/boot.js`) registers the service worker, so that an update is found even when the
//! app does not start. This module speaks with it: `sitebook:update` comes in, `sitebook:activate` and the mark
//! `sitebook:usable` go out.

use super::listener::{self, Listener};
use super::{perf, reach};
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, EventTarget};

/// What became of a new version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Update {
    /// It is installed and waits for [`activate_update`].
    Waiting,
    /// Another page has switched to it: this page should be loaded again soon.
    Activated,
}

/// Calls `callback` when a new version is there, at once if one was found while the app started.
pub fn on_update(callback: impl Fn(Update) + 'static) -> Listener {
    if let Some(update) = update() {
        callback(update);
    }
    listener::on_window("sitebook:update", move |_| {
        if let Some(update) = update() {
            callback(update);
        }
    })
}

/// The new version that is known now.
pub fn update() -> Option<Update> {
    let root = reach::document()?.document_element()?;
    match root.get_attribute("data-update")?.as_str() {
        "waiting" => Some(Update::Waiting),
        "activated" => Some(Update::Activated),
        _ => None,
    }
}

/// Switches to the waiting version; the page loads again. Save everything first.
pub fn activate_update() {
    if let (Some(window), Ok(event)) = (reach::window(), Event::new("sitebook:activate")) {
        let _ = window.dispatch_event(&event);
    }
}

/// Tells the service worker that this version has started, so that the one before may go. Call it when the first
/// screen is usable; a second call does nothing.
pub fn started() {
    thread_local! {
        static TOLD: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    }
    if !TOLD.replace(true) {
        perf::mark("sitebook:usable");
    }
}

/// Asks the server whether there is a newer version. [`on_update`] tells.
pub fn check_for_update() {
    let Some(container) = reach::of_navigator("serviceWorker") else { return };
    spawn_local(async move {
        if let Ok(registration) = reach::ask(&container, "getRegistration", &[]).await {
            reach::ask_and_forget(&registration, "update", &[]);
        }
    });
}

/// Calls `callback` once all files are stored on the device and the app starts without a network: soon after every
/// start but the first, at the end of the download at the first. Never where there is no service worker.
pub fn offline_ready(callback: impl FnOnce() + 'static) {
    let Some(container) = reach::of_navigator("serviceWorker") else { return };
    let Some(ready) = reach::get(&container, "ready") else { return };
    spawn_local(async move {
        let ready = js_sys::Promise::resolve(&ready);
        if wasm_bindgen_futures::JsFuture::from(ready).await.is_ok() {
            callback();
        }
    });
}

/// Whether the app runs in a window of its own, started from the home screen.
pub fn is_standalone() -> bool {
    let own_window = ["(display-mode: standalone)", "(display-mode: fullscreen)", "(display-mode: minimal-ui)"];
    let by_mode = reach::window().is_some_and(|window| {
        own_window.iter().any(|query| window.match_media(query).ok().flatten().is_some_and(|answer| answer.matches()))
    });
    by_mode || reach::of_navigator("standalone").is_some_and(|own| own.is_truthy())
}

/// Whether this is an iPhone or iPad, where installing goes through the share sheet and unvisited sites lose data.
pub fn is_ios() -> bool {
    let agent = reach::of_navigator("userAgent").and_then(|agent| agent.as_string()).unwrap_or_default();
    if agent.contains("iPhone") || agent.contains("iPad") || agent.contains("iPod") {
        return true;
    }
    // An iPad that asks for desktop pages says it is a Mac; Macs have no touch screen.
    let touches = reach::of_navigator("maxTouchPoints").and_then(|count| count.as_f64()).unwrap_or(0.0);
    agent.contains("Macintosh") && touches > 1.0
}

thread_local! {
    /// The browser's offer to install, kept until the user asks for it.
    static OFFER: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// The browser's offer to install the app. Chromium only; elsewhere it is never available.
#[derive(Debug)]
pub struct InstallPrompt;

impl InstallPrompt {
    /// Keeps the offer for later. Call it at the start; `on_change` is told whether an offer is there.
    ///
    /// The browser may make the offer before the app runs; the start script keeps such an early one as
    /// `window.sitebookInstall`.
    pub fn capture(on_change: impl Fn(bool) + 'static) -> Listener {
        let Some(window) = reach::window() else { return Listener::on_each(&[], |_| ()) };
        if let Some(early) = reach::get(&window, "sitebookInstall") {
            OFFER.set(Some(early));
            // It can be shown once.
            reach::set(&window, "sitebookInstall", &JsValue::UNDEFINED);
            on_change(true);
        }
        let target: &EventTarget = &window;
        Listener::on_each(&[(target, "beforeinstallprompt"), (target, "appinstalled")], move |event| {
            let offered = event.type_() == "beforeinstallprompt";
            if offered {
                event.prevent_default();
            }
            OFFER.set(offered.then(|| event.into()));
            on_change(offered);
        })
    }

    /// Whether [`InstallPrompt::prompt`] would show something.
    pub fn available() -> bool {
        OFFER.with_borrow(Option::is_some)
    }

    /// Shows the offer; must be called within a tap. `Some(true)` if the user accepted, `None` if there is no offer.
    /// An offer can be shown once; the browser makes a new one when it sees fit.
    pub async fn prompt() -> Option<bool> {
        let offer = OFFER.take()?;
        reach::ask(&offer, "prompt", &[]).await.ok()?;
        let choice = js_sys::Promise::resolve(&reach::get(&offer, "userChoice")?);
        let choice = wasm_bindgen_futures::JsFuture::from(choice).await.ok()?;
        Some(reach::get(&choice, "outcome")?.as_string()? == "accepted")
    }
}
