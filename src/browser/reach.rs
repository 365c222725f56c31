//! Careful reaching: window, document and members that a browser may or may not have.
//!
//! The bindings of `web_sys` throw where a member is missing, and a throw through wasm cannot be caught; whatever is
//! younger than the oldest browser we serve is therefore looked up by name here.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, HtmlElement, Navigator, Window};

/// The window, absent outside a page.
pub(super) fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub(super) fn document() -> Option<Document> {
    window()?.document()
}

/// The body, once there is one.
pub(super) fn body() -> Option<HtmlElement> {
    document()?.body()
}

/// The navigator.
pub(super) fn navigator() -> Option<Navigator> {
    Some(window()?.navigator())
}

/// The member `name`, unless it is absent, `undefined` or `null`.
pub(super) fn get(target: &JsValue, name: &str) -> Option<JsValue> {
    // Reflect refuses what is no object.
    let value = Reflect::get(target, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// The member `name` of the navigator.
pub(super) fn of_navigator(name: &str) -> Option<JsValue> {
    navigator().and_then(|navigator| get(&navigator, name))
}

/// The member `name` of the window: constructors and newer functions.
pub(super) fn of_window(name: &str) -> Option<JsValue> {
    window().and_then(|window| get(&window, name))
}

/// Sets the member `name`; failure is silent.
pub(super) fn set(target: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(target, &JsValue::from_str(name), value);
}

/// Calls the method `name`. An absent method is an error like one that throws.
pub(super) fn call(target: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = get(target, name).and_then(|member| member.dyn_into().ok()).ok_or(JsValue::UNDEFINED)?;
    method.apply(target, &list(arguments))
}

/// Calls the method `name` and awaits what it promises.
pub(super) async fn ask(target: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&call(target, name, arguments)?)).await
}

/// Calls the method `name`, lets its promise run and swallows its failure.
pub(super) fn ask_and_forget(target: &JsValue, name: &str, arguments: &[&JsValue]) {
    if let Ok(promise) = call(target, name, arguments) {
        spawn_local(async move {
            let _ = JsFuture::from(Promise::resolve(&promise)).await;
        });
    }
}

/// `new constructor(...arguments)`.
pub(super) fn make(constructor: &JsValue, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let constructor: &Function = constructor.dyn_ref().ok_or(JsValue::UNDEFINED)?;
    Reflect::construct(constructor, &list(arguments))
}

/// An object literal.
pub(super) fn object(members: &[(&str, JsValue)]) -> JsValue {
    let made: JsValue = Object::new().into();
    for (name, value) in members {
        set(&made, name, value);
    }
    made
}

/// An array literal.
pub(super) fn list(values: &[&JsValue]) -> Array {
    let made = Array::new();
    for value in values {
        made.push(value);
    }
    made
}

/// The `name` of a thrown `DOMException`, e.g. `AbortError`; empty if it has none.
pub(super) fn error_name(error: &JsValue) -> String {
    get(error, "name").and_then(|name| name.as_string()).unwrap_or_default()
}
