//! Where the device is, once, if the user allows it.

use super::reach;
use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;

/// A place on Earth (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Radius in metres within which the device is with 95 % confidence.
    pub accuracy: f64,
}

/// Whether we may know the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// The user has allowed it.
    Granted,
    /// The browser will ask.
    Ask,
    /// The user or the device has denied it.
    Denied,
    /// The browser has no such thing.
    Absent,
}

/// Whether we may know the place, without asking the user. A browser that does not tell counts as [`Permission::Ask`].
pub async fn permission() -> Permission {
    if reach::of_navigator("geolocation").is_none() {
        return Permission::Absent;
    }
    let Some(permissions) = reach::of_navigator("permissions") else { return Permission::Ask };
    let query = reach::object(&[("name", "geolocation".into())]);
    let answer = reach::ask(&permissions, "query", &[&query]).await.ok();
    match answer.and_then(|answer| reach::get(&answer, "state")).and_then(|state| state.as_string()).as_deref() {
        Some("granted") => Permission::Granted,
        Some("denied") => Permission::Denied,
        _ => Permission::Ask,
    }
}

/// The place, if it is found within `timeout_ms`; a place up to a minute old will do. The browser may ask the user
/// first, which counts towards the time.
pub async fn locate(timeout_ms: u32) -> Option<Position> {
    const FRESH_MS: u32 = 60_000;
    let geolocation = reach::of_navigator("geolocation")?;
    let found = Promise::new(&mut |resolve: Function, _reject| {
        // The browser's own timer does not run while it asks the user.
        let give_up = resolve.clone();
        super::timers::later(timeout_ms, move || {
            let _ = give_up.call0(&JsValue::UNDEFINED);
        });
        let refused = resolve.clone();
        let refused = Closure::once_into_js(move |_: JsValue| {
            let _ = refused.call0(&JsValue::UNDEFINED);
        });
        let options = reach::object(&[
            ("enableHighAccuracy", true.into()),
            ("timeout", timeout_ms.into()),
            ("maximumAge", FRESH_MS.into()),
        ]);
        if reach::call(&geolocation, "getCurrentPosition", &[&resolve, &refused, &options]).is_err() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    let coords = reach::get(&JsFuture::from(found).await.ok()?, "coords")?;
    let number = |name| reach::get(&coords, name)?.as_f64().filter(|number| number.is_finite());
    Some(Position { latitude: number("latitude")?, longitude: number("longitude")?, accuracy: number("accuracy")? })
}
