//! Notifications of this device, shown while the app is alive. Whether they may be shown is the user's decision.

use super::listener::Listener;
use super::{reach, timers};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, MessageEvent};

/// A browser that has not answered by then, in milliseconds, is taken to have shown nothing: it fetches the icon before
/// it answers, and no reminder may wait for that for ever.
const PATIENCE: u32 = 10_000;

/// What the user has decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// This browser has no notifications, or not here: on iPhones only in the installed app.
    Absent,
    /// Not asked yet.
    Open,
    /// Allowed.
    Granted,
    /// Refused; only the settings of the browser change that.
    Denied,
}

/// Whether notifications may be shown.
pub fn permission() -> Permission {
    // Without a service worker phones cannot show any.
    let (Some(class), true) = (reach::of_window("Notification"), reach::of_navigator("serviceWorker").is_some()) else {
        return Permission::Absent;
    };
    match reach::get(&class, "permission").and_then(|word| word.as_string()).as_deref() {
        Some("granted") => Permission::Granted,
        Some("denied") => Permission::Denied,
        Some(_) => Permission::Open,
        None => Permission::Absent,
    }
}

/// Asks the user; must be called within a tap.
pub async fn ask() -> Permission {
    if let Some(class) = reach::of_window("Notification") {
        let _ = reach::ask(&class, "requestPermission", &[]).await;
    }
    permission()
}

/// Shows a notification; one with the same tag is replaced. A tap on it opens the app at `hash`. `false` if it could
/// not be shown.
///
/// It goes through the service worker: phones refuse those of a page.
pub async fn show(tag: &str, title: &str, body: &str, hash: &str) -> bool {
    let Some(container) = reach::of_navigator("serviceWorker") else { return false };
    let Ok(registration) = reach::ask(&container, "getRegistration", &[]).await else { return false };
    let data = reach::object(&[("hash", hash.into())]);
    let options = reach::object(&[
        ("tag", tag.into()),
        ("body", body.into()),
        ("icon", "icons/icon-192.png".into()),
        ("data", data),
    ]);
    let title = JsValue::from_str(title);
    let given = [&title, &options];
    let asked = reach::ask(&registration, "showNotification", &given);
    matches!(timers::within(PATIENCE, asked).await, Some(Ok(_)))
}

/// Calls `callback` with the address of a notification that was tapped while the app is open.
pub fn on_tapped(callback: impl Fn(String) + 'static) -> Listener {
    let target: Option<EventTarget> =
        reach::of_navigator("serviceWorker").and_then(|container| container.dyn_into().ok());
    let Some(target) = target else { return Listener::on_each(&[], |_| ()) };
    Listener::on_each(&[(&target, "message")], move |event| {
        let Some(message) = event.dyn_ref::<MessageEvent>() else { return };
        let data = message.data();
        let word = |name: &str| reach::get(&data, name).and_then(|word| word.as_string());
        if word("type").as_deref() == Some("open")
            && let Some(hash) = word("hash").filter(|hash| hash.starts_with("#/"))
        {
            callback(hash);
        }
    })
}
