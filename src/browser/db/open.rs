//! Opening the database, upgrading it, and hearing when it goes away. Never hangs without a word: whoever opens is
//! told when another page is in the way.

use super::schema::{Schema, upgrade};
use super::{Db, DbError, js_error, text_of};
use crate::browser::reach;
use js_sys::Promise;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// What an open connection hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// Another page wants to upgrade or delete the database and waits until this page calls [`Db::close`].
    Wanted,
    /// The browser has closed it: data cleared by the user, or a broken disk.
    Closed,
}

impl Db {
    /// Opens the database and creates or upgrades its stores. `on_blocked` is called when a page with an older
    /// version holds it; the opening goes on by itself as soon as that page lets go. `on_gone` hears what happens to
    /// the connection later.
    ///
    /// # Errors
    /// When the browser refuses; see [`DbError`].
    pub async fn open(
        name: &str,
        schema: Schema,
        on_blocked: impl Fn() + 'static,
        on_gone: impl Fn(Gone) + Clone + 'static,
    ) -> Result<Db, DbError> {
        // Absent, or a getter that throws, where the browser forbids storage.
        let factory = reach::of_window("indexedDB").ok_or_else(|| DbError::Unavailable("IndexedDB".to_owned()))?;
        let version = JsValue::from_f64(f64::from(schema.version));
        let request =
            reach::call(&factory, "open", &[&JsValue::from_str(name), &version]).map_err(|error| refused(&error))?;
        let upgrading = request.clone();
        let upgrade = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let from = reach::get(&event, "oldVersion").and_then(|version| version.as_f64()).unwrap_or(0.0);
            let parts = reach::get(&upgrading, "result").zip(reach::get(&upgrading, "transaction"));
            let Some((database, tx)) = parts else { return };
            if upgrade(&database, &tx, from as u32, schema).is_err() {
                // The open request then reports it, and the database is as it was.
                let _ = reach::call(&tx, "abort", &[]);
            }
        });
        let blocked = Closure::<dyn FnMut()>::new(on_blocked);
        reach::set(&request, "onupgradeneeded", upgrade.as_ref());
        reach::set(&request, "onblocked", blocked.as_ref());
        let opened = Promise::new(&mut |resolve, reject| {
            reach::set(&request, "onsuccess", &resolve);
            reach::set(&request, "onerror", &reject);
        });
        let opened = JsFuture::from(opened).await;
        // A request that has ended calls no more.
        drop((upgrade, blocked));
        if opened.is_err() {
            let error = reach::get(&request, "error").unwrap_or(JsValue::UNDEFINED);
            return Err(refused(&error));
        }
        let raw = reach::get(&request, "result").ok_or_else(|| DbError::Failed("no result".to_owned()))?;
        let db = Db { raw: raw.unchecked_into() };
        db.listen(on_gone);
        Ok(db)
    }

    fn listen(&self, on_gone: impl Fn(Gone) + Clone + 'static) {
        let closed = on_gone.clone();
        let wanted = Closure::<dyn FnMut()>::new(move || on_gone(Gone::Wanted));
        let closed = Closure::<dyn FnMut()>::new(move || closed(Gone::Closed));
        reach::set(&self.raw, "onversionchange", wanted.as_ref());
        reach::set(&self.raw, "onclose", closed.as_ref());
        // The connection lives as long as the page, and so do its two handlers.
        wanted.forget();
        closed.forget();
    }

    /// Closes the connection once its running transactions have ended. Later ones fail with [`DbError::Closed`].
    pub fn close(&self) {
        self.raw.close();
    }
}

/// A refusal to open: there is no connection that could have been closed, so a wrong state means *not here* (as in
/// private windows of older Firefox versions).
fn refused(value: &JsValue) -> DbError {
    match js_error(value) {
        DbError::Closed => DbError::Unavailable(text_of(value)),
        // Chromium has no error of its own for it.
        DbError::Failed(text) if text.contains("full disk") => DbError::Full,
        other => other,
    }
}
