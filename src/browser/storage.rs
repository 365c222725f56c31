//! How much room the browser gives us, and whether it promises to keep it.

use super::reach;
use wasm_bindgen::JsValue;

fn manager() -> Option<JsValue> {
    reach::of_navigator("storage")
}

/// Whether the page may use `localStorage`. Asking for it throws where the user forbids sites to keep anything.
pub fn has_local() -> bool {
    reach::of_window("localStorage").is_some()
}

/// Bytes used and bytes allowed, both estimates. `None` where the browser does not tell.
pub async fn estimate() -> Option<(u64, u64)> {
    let estimate = reach::ask(&manager()?, "estimate", &[]).await.ok()?;
    let bytes = |name| Some(reach::get(&estimate, name)?.as_f64()? as u64);
    Some((bytes("usage")?, bytes("quota")?))
}

/// Asks the browser to keep the records when room gets scarce. Not awaited: some browsers ask the user, some never
/// answer. [`is_persisted`] tells later.
pub fn request_persist() {
    if let Some(manager) = manager() {
        reach::ask_and_forget(&manager, "persist", &[]);
    }
}

/// Whether the browser has promised to keep the records. `None` where it does not tell.
pub async fn is_persisted() -> Option<bool> {
    reach::ask(&manager()?, "persisted", &[]).await.ok()?.as_bool()
}
