//! A listener on an event target that is removed when dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// Listens until it is dropped.
#[must_use = "a dropped listener hears nothing"]
pub struct Listener {
    places: Vec<(EventTarget, &'static str)>,
    closure: Closure<dyn Fn(Event)>,
}

impl Listener {
    /// Calls `callback` at every `event` of `target`.
    pub fn on(target: &EventTarget, event: &'static str, callback: impl Fn(Event) + 'static) -> Listener {
        Listener::on_each(&[(target, event)], callback)
    }

    /// Calls one `callback` for several events of several targets.
    pub fn on_each(places: &[(&EventTarget, &'static str)], callback: impl Fn(Event) + 'static) -> Listener {
        let closure = Closure::new(callback);
        let places: Vec<_> = places.iter().map(|(target, event)| ((*target).clone(), *event)).collect();
        for (target, event) in &places {
            let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        }
        Listener { places, closure }
    }

    /// Listens as long as the page lives.
    pub fn keep(self) {
        std::mem::forget(self);
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        for (target, event) in &self.places {
            let _ = target.remove_event_listener_with_callback(event, self.closure.as_ref().unchecked_ref());
        }
    }
}

/// A listener on the window; hears nothing where there is none.
pub fn on_window(event: &'static str, callback: impl Fn(Event) + 'static) -> Listener {
    let window = super::reach::window();
    match &window {
        Some(window) => Listener::on(window, event, callback),
        None => Listener::on_each(&[], callback),
    }
}
