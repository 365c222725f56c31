//! Files that the system hands to the app: opened with it, or shared to it from another app.
//!
//! It must not know what is in them. Opened files come through the launch queue of the window; shared ones are put
//! aside by the service worker, because they may come before any page is there.

use super::files::File;
use super::reach;
use js_sys::{Array, JsString, decode_uri_component};
use std::cell::RefCell;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

thread_local! {
    static OPENED: RefCell<Option<File>> = const { RefCell::new(None) };
}

/// Calls `on_file` whenever the system opened a file with the app; [`take_opened`] then has it. Nothing happens where
/// the browser has no launch queue.
pub fn on_opened(on_file: impl Fn() + Clone + 'static) {
    let Some(queue) = reach::of_window("launchQueue") else { return };
    let consumer = Closure::<dyn Fn(JsValue)>::new(move |launch: JsValue| {
        let Some(handle) = reach::get(&launch, "files").map(|files| Array::from(&files).get(0)) else { return };
        let on_file = on_file.clone();
        spawn_local(async move {
            let Ok(file) = reach::ask(&handle, "getFile", &[]).await else { return };
            OPENED.set(file.dyn_into().ok());
            on_file();
        });
    });
    let _ = reach::call(&queue, "setConsumer", &[consumer.as_ref()]);
    // Files may be opened as long as the page lives.
    consumer.forget();
}

/// Puts a file where the next page takes it.
pub fn pass_on(file: File) {
    OPENED.set(Some(file));
}

/// The file that was opened with the app, once.
pub fn take_opened() -> Option<File> {
    OPENED.take()
}

/// The file that was shared to the app, once. The names here are those of the service worker.
pub async fn take_shared() -> Option<File> {
    let caches = reach::of_window("caches")?;
    let base = reach::document()?.base_uri().ok().flatten()?;
    let scope = base.split(['#', '?']).next()?.rsplit_once('/')?.0;
    let name = format!("sitebook-shared {scope}/");
    // Opening makes a cache that is not there; only what was shared shall leave a trace.
    if !reach::ask(&caches, "has", &[&JsValue::from_str(&name)]).await.ok()?.is_truthy() {
        return None;
    }
    let cache = reach::ask(&caches, "open", &[&JsValue::from_str(&name)]).await.ok()?;
    let response = reach::ask(&cache, "match", &[&JsValue::from_str("shared-file")]).await.ok()?;
    let headers = reach::get(&response, "headers")?;
    let written = reach::call(&headers, "get", &[&JsValue::from_str("x-name")]).ok()?.as_string().unwrap_or_default();
    let called = decode_uri_component(&written).unwrap_or_else(|_| JsString::from(written));
    let blob = reach::ask(&response, "blob", &[]).await.ok()?;
    let _ = reach::ask(&caches, "delete", &[&JsValue::from_str(&name)]).await;
    File::new_with_blob_sequence(&Array::of1(&blob), &String::from(called)).ok()
}
