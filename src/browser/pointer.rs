//! Where on an element a finger, pen or mouse is.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, PointerEvent};

/// The place of a pointer on the element that listens, as fractions of its width and height: `(0, 0)` is the top left
/// corner. `None` for a second finger or button, and for an element without a size.
pub fn place(event: &Event) -> Option<(f64, f64)> {
    let pointer: &PointerEvent = event.dyn_ref()?;
    if !pointer.is_primary() || pointer.button() > 0 {
        return None;
    }
    let element: Element = event.current_target()?.dyn_into().ok()?;
    let area = element.get_bounding_client_rect();
    if area.width() < 1.0 || area.height() < 1.0 {
        return None;
    }
    let across = (f64::from(pointer.client_x()) - area.left()) / area.width();
    let down = (f64::from(pointer.client_y()) - area.top()) / area.height();
    Some((across, down))
}

/// Sends all further moves of the pointer to the element that listens, until it is lifted, and keeps the page from
/// scrolling or selecting with it.
pub fn hold(event: &Event) {
    event.prevent_default();
    if let Some(pointer) = event.dyn_ref::<PointerEvent>()
        && let Some(element) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok())
    {
        let _ = element.set_pointer_capture(pointer.pointer_id());
    }
}
