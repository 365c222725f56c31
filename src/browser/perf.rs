//! Marks and measures in the browser's performance timeline, for the benchmarks.

use super::{clock, reach};
use std::cell::Cell;
use wasm_bindgen::JsValue;

/// The timeline keeps every entry; after so many measures ours are cleared.
const KEPT: u32 = 1000;

thread_local! {
    static MEASURES: Cell<u32> = const { Cell::new(0) };
}

/// Marks this moment as `name`.
pub fn mark(name: &str) {
    if let Some(timeline) = reach::of_window("performance") {
        let _ = reach::call(&timeline, "mark", &[&JsValue::from_str(name)]);
    }
}

/// Records that `name` ran from `start_ms` (of [`clock::monotonic`]) until now.
pub fn measure(name: &str, start_ms: f64) {
    let Some(timeline) = reach::of_window("performance") else { return };
    if MEASURES.get() >= KEPT {
        MEASURES.set(0);
        let _ = reach::call(&timeline, "clearMeasures", &[]);
    }
    MEASURES.set(MEASURES.get() + 1);
    let span = reach::object(&[("start", start_ms.into()), ("end", clock::monotonic().into())]);
    let _ = reach::call(&timeline, "measure", &[&JsValue::from_str(name), &span]);
}
