//! Locks between the pages of the app: held by one at a time, and freed by the browser when their page is gone,
//! however it went.
//!
//! It must not know what they guard.

use super::reach;
use super::timers;
use js_sys::{Function, Promise};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A lock that this page holds until it is dropped.
#[derive(Debug)]
#[must_use = "a dropped lock guards nothing"]
pub struct Lock(Function);

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

/// What came of asking for a lock.
#[derive(Debug)]
pub enum Asked {
    /// It is ours.
    Held(Lock),
    /// Another page holds it.
    Busy,
    /// This browser has no locks.
    Absent,
}

/// Asks for a lock and does not wait for it.
pub async fn ask(name: &str) -> Asked {
    let Some(locks) = reach::of_navigator("locks") else { return Asked::Absent };
    let given: Rc<RefCell<Option<Function>>> = Rc::default();
    let keep = given.clone();
    let asked = Promise::new(&mut |answer, refuse| {
        let keep = keep.clone();
        // The browser holds the lock until the promise that it is given here is kept.
        let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let held = !lock.is_null() && !lock.is_undefined();
            let until = Promise::new(&mut |free, _| {
                if held {
                    keep.replace(Some(free));
                } else {
                    let _ = free.call0(&JsValue::UNDEFINED);
                }
            });
            let _ = answer.call1(&JsValue::UNDEFINED, &JsValue::from_bool(held));
            until.into()
        });
        let options = reach::object(&[("ifAvailable", JsValue::TRUE)]);
        match reach::call(&locks, "request", &[&name.into(), &options, &granted]) {
            // A page that may not have locks is told by the promise of the request.
            Ok(request) => {
                let refused = Closure::once_into_js(move |_: JsValue| {
                    let _ = refuse.call0(&JsValue::UNDEFINED);
                });
                let _ = reach::call(&request, "catch", &[refused.unchecked_ref()]);
            }
            Err(_) => drop(refuse.call0(&JsValue::UNDEFINED)),
        }
    });
    match JsFuture::from(asked).await {
        Ok(_) => given.take().map_or(Asked::Busy, |free| Asked::Held(Lock(free))),
        Err(_) => Asked::Absent,
    }
}

/// Asks for a lock again and again, for as long as a second: another page may hold it for a moment only.
pub async fn ask_patiently(name: &str) -> Asked {
    const PAUSE: u32 = 100;
    for _ in 0..10 {
        match ask(name).await {
            Asked::Busy => timers::sleep(PAUSE).await,
            other => return other,
        }
    }
    ask(name).await
}
