//! Timers that stop when dropped, and waiting.
//!
//! No deadline hangs on a timer: phones stop them in the background. They only refresh what is on the screen.

use super::{page, reach};
use futures::future::{Either, select};
use js_sys::{Function, Promise};
use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Calls again and again until it is dropped.
#[must_use = "a dropped interval never calls"]
pub struct Interval {
    id: Option<i32>,
    _callback: Closure<dyn FnMut()>,
}

/// Calls once unless it is dropped before.
#[must_use = "a dropped timeout never calls"]
pub struct Timeout {
    id: Option<i32>,
    _callback: Closure<dyn FnMut()>,
}

/// Calls `callback` every `ms` milliseconds.
pub fn every(ms: u32, callback: impl FnMut() + 'static) -> Interval {
    let callback = Closure::new(callback);
    let id = reach::window().and_then(|window| {
        let function = callback.as_ref().unchecked_ref();
        window.set_interval_with_callback_and_timeout_and_arguments_0(function, delay(ms)).ok()
    });
    Interval { id, _callback: callback }
}

/// Calls `callback` once, `ms` milliseconds from now (at most 24 days).
pub fn after(ms: u32, callback: impl FnOnce() + 'static) -> Timeout {
    let callback = Closure::once(callback);
    let id = set_timeout(callback.as_ref().unchecked_ref(), ms);
    Timeout { id, _callback: callback }
}

impl Interval {
    /// Lets it call as long as the page lives.
    pub fn keep(self) {
        std::mem::forget(self);
    }
}

impl Drop for Interval {
    fn drop(&mut self) {
        if let (Some(id), Some(window)) = (self.id, reach::window()) {
            window.clear_interval_with_handle(id);
        }
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        if let (Some(id), Some(window)) = (self.id, reach::window()) {
            window.clear_timeout_with_handle(id);
        }
    }
}

/// Calls `callback` when the changes made so far have been painted. In a hidden page, which never paints, it is
/// called soon all the same.
pub fn after_paint(callback: impl FnOnce() + 'static) {
    const PATIENCE: u32 = 250;
    let slot = Rc::new(Cell::new(Some(callback)));
    let run = move || {
        if let Some(callback) = slot.take() {
            callback();
        }
    };
    let guard = Closure::once_into_js(run.clone());
    set_timeout(guard.unchecked_ref(), PATIENCE);
    // A frame's callbacks run before its paint; the task after them runs behind it.
    let frame = Closure::once_into_js(move || {
        set_timeout(Closure::once_into_js(run).unchecked_ref(), 0);
    });
    if let Some(window) = reach::window() {
        let _ = window.request_animation_frame(frame.unchecked_ref());
    }
}

/// Comes back when the changes made so far have been painted; at once in a hidden page.
pub async fn painted() {
    if page::is_hidden() {
        return;
    }
    let promise = Promise::new(&mut |resolve, _reject| {
        after_paint(move || drop(resolve.call0(&JsValue::UNDEFINED)));
    });
    let _ = JsFuture::from(promise).await;
}

/// What comes of `work`, or nothing when it is not done within `ms` milliseconds; it is then let go.
pub async fn within<T>(ms: u32, work: impl Future<Output = T>) -> Option<T> {
    match select(pin!(work), pin!(sleep(ms))).await {
        Either::Left((done, _)) => Some(done),
        Either::Right(_) => None,
    }
}

/// Comes back after `ms` milliseconds.
pub async fn sleep(ms: u32) {
    let promise = Promise::new(&mut |resolve, _reject| {
        if set_timeout(&resolve, ms).is_none() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Calls `callback` once, whatever is dropped meanwhile.
pub fn later(ms: u32, callback: impl FnOnce() + 'static) {
    set_timeout(Closure::once_into_js(callback).unchecked_ref(), ms);
}

fn set_timeout(function: &Function, ms: u32) -> Option<i32> {
    reach::window()?.set_timeout_with_callback_and_timeout_and_arguments_0(function, delay(ms)).ok()
}

/// Browsers take a delay beyond 31 bits for zero.
fn delay(ms: u32) -> i32 {
    i32::try_from(ms).unwrap_or(i32::MAX)
}
