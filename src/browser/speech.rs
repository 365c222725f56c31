//! Dictation with the browser's own speech recognition.
//!
//! Most browsers send the sound to their maker's servers; the page must tell the user before it starts. Where the
//! browser can do it on the device ([`on_device`]), it does.

use super::listener::Listener;
use super::reach;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::EventTarget;

fn constructor() -> Option<JsValue> {
    reach::of_window("SpeechRecognition").or_else(|| reach::of_window("webkitSpeechRecognition"))
}

/// Whether the browser can take dictation at all.
pub fn available() -> bool {
    constructor().is_some()
}

/// Whether dictation in the language `tag` stays on the device.
pub async fn on_device(tag: &str) -> bool {
    let Some(constructor) = constructor() else { return false };
    let wanted = reach::object(&[("langs", reach::list(&[&tag.into()]).into()), ("processLocally", true.into())]);
    let answer = reach::ask(&constructor, "available", &[&wanted]).await;
    answer.is_ok_and(|answer| answer.as_string().as_deref() == Some("available"))
}

/// Where the sound may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It stays on the device; only after [`on_device`] has said so.
    Device,
    /// Wherever the browser sends it.
    Anywhere,
}

/// Takes dictation until it is dropped.
pub struct Dictation {
    recognition: JsValue,
    _listeners: [Listener; 3],
}

impl Dictation {
    /// Starts to listen in the language `tag`. `on_text` gets each finished piece, `on_end` is called once when the
    /// browser stops, with its reason (`not-allowed`, `network`, `no-speech`, …) if it was an error; not when this
    /// is dropped. `None` if dictation cannot start.
    pub fn start(
        tag: &str,
        place: Place,
        on_text: impl Fn(String) + 'static,
        on_end: impl Fn(Option<String>) + 'static,
    ) -> Option<Dictation> {
        let recognition = reach::make(&constructor()?, &[]).ok()?;
        reach::set(&recognition, "lang", &tag.into());
        reach::set(&recognition, "continuous", &true.into());
        reach::set(&recognition, "interimResults", &false.into());
        if place == Place::Device {
            reach::set(&recognition, "processLocally", &true.into());
        }
        let target: &EventTarget = recognition.unchecked_ref();
        let heard = Listener::on(target, "result", move |event| {
            for text in finished(&event) {
                on_text(text);
            }
        });
        let reason = Rc::new(RefCell::new(None));
        let failed = {
            let reason = reason.clone();
            Listener::on(target, "error", move |event| {
                reason.replace(reach::get(&event, "error").and_then(|error| error.as_string()));
            })
        };
        let ended = Listener::on(target, "end", move |_| on_end(reason.take()));
        reach::call(&recognition, "start", &[]).ok()?;
        Some(Dictation { recognition, _listeners: [heard, failed, ended] })
    }
}

impl Drop for Dictation {
    fn drop(&mut self) {
        let _ = reach::call(&self.recognition, "abort", &[]);
    }
}

/// The finished pieces that a result event brings.
fn finished(event: &JsValue) -> Vec<String> {
    let number = |target: &JsValue, name| Some(reach::get(target, name)?.as_f64()? as u32);
    let Some(results) = reach::get(event, "results") else { return Vec::new() };
    let first = number(event, "resultIndex").unwrap_or(0);
    let count = number(&results, "length").unwrap_or(0);
    (first..count)
        .filter_map(|place| {
            let result = reach::call(&results, "item", &[&place.into()]).ok()?;
            if !reach::get(&result, "isFinal")?.is_truthy() {
                return None;
            }
            let best = reach::call(&result, "item", &[&0.into()]).ok()?;
            let text = reach::get(&best, "transcript")?.as_string()?;
            Some(text.trim().to_owned()).filter(|text| !text.is_empty())
        })
        .collect()
}
