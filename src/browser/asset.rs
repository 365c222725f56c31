//! Files that lie beside the program: fetched when they are needed, from our own origin only. The service worker has
//! them offline.
//!
//! It must not know what is in them; whether a text is the right one is the caller's to judge.

use super::reach;
use wasm_bindgen::JsValue;

/// Why a file did not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssetError {
    /// No answer: no network, and not kept for offline use.
    Unreachable,
    /// The host answered with this status instead of the file.
    Refused(u16),
}

/// Where to look first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// What the browser has kept of an earlier time will do.
    Anywhere,
    /// What the browser has kept was wrong: ask the host.
    Host,
}

/// The text of a file beside the page.
///
/// # Errors
/// No answer, or another than the file.
pub async fn text(file: &str, from: From) -> Result<String, AssetError> {
    let window = reach::window().ok_or(AssetError::Unreachable)?;
    let cache = match from {
        From::Anywhere => "default",
        From::Host => "reload",
    };
    let options = reach::object(&[("cache", cache.into())]);
    let asked = reach::ask(&window, "fetch", &[&JsValue::from_str(&format!("./{file}")), &options]).await;
    let response = asked.map_err(|_| AssetError::Unreachable)?;
    if !reach::get(&response, "ok").is_some_and(|ok| ok.is_truthy()) {
        let status = reach::get(&response, "status").and_then(|status| status.as_f64()).unwrap_or(0.0);
        return Err(AssetError::Refused(status as u16));
    }
    let body = reach::ask(&response, "text", &[]).await.map_err(|_| AssetError::Unreachable)?;
    body.as_string().ok_or(AssetError::Unreachable)
}
