//! Which elements are near what is seen, so that a long list draws only those of its parts.
//!
//! It must not know what the parts are: each says its number.

use super::reach;
use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// The attribute by which an element says its number.
const NUMBER: &str = "data-part";

/// Watches elements until it is dropped.
#[must_use = "a dropped watch sees nothing"]
pub struct Near {
    observer: JsValue,
    _callback: Closure<dyn FnMut(Array)>,
}

/// Calls `told` with the number of an element, whether it is nearer than `margin` CSS pixels to what is seen, and its
/// height; once for each element that is watched and whenever that changes. `None` where the browser does not tell.
pub fn watch(margin: u32, told: impl Fn(usize, bool, f64) + 'static) -> Option<Near> {
    let constructor = reach::of_window("IntersectionObserver")?;
    let callback = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
        for entry in entries.iter() {
            let target = reach::get(&entry, "target").and_then(|target| target.dyn_into::<Element>().ok());
            let number = target.as_ref().and_then(|target| target.get_attribute(NUMBER)?.parse().ok());
            let near = reach::get(&entry, "isIntersecting").is_some_and(|near| near.is_truthy());
            if let (Some(target), Some(number)) = (target, number) {
                told(number, near, target.get_bounding_client_rect().height());
            }
        }
    });
    let options = reach::object(&[("rootMargin", format!("{margin}px 0px").into())]);
    let observer = reach::make(&constructor, &[callback.as_ref(), &options]).ok()?;
    Some(Near { observer, _callback: callback })
}

impl Near {
    /// Watches one more element.
    pub fn add(&self, element: &Element) {
        let _ = reach::call(&self.observer, "observe", &[element]);
    }
}

impl Drop for Near {
    fn drop(&mut self) {
        let _ = reach::call(&self.observer, "disconnect", &[]);
    }
}
