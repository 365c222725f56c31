//! A canvas that is never shown: to draw on and to encode.

use super::{blob, reach};
use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement};

/// A canvas outside the page. Its memory is given back when it is dropped.
pub(super) struct Canvas {
    element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Canvas {
    /// A transparent canvas of so many pixels. `None` if the browser has no memory for it.
    pub(super) fn new(width: u32, height: u32) -> Option<Canvas> {
        let element: HtmlCanvasElement = reach::document()?.create_element("canvas").ok()?.dyn_into().ok()?;
        element.set_width(width);
        element.set_height(height);
        let context = context(&element)?;
        Some(Canvas { element, context })
    }

    /// A canvas filled with one colour.
    pub(super) fn filled(width: u32, height: u32, colour: &str) -> Option<Canvas> {
        let canvas = Canvas::new(width, height)?;
        canvas.context.set_fill_style_str(colour);
        canvas.context.fill_rect(0.0, 0.0, f64::from(width), f64::from(height));
        Some(canvas)
    }

    /// What draws on it.
    pub(super) fn context(&self) -> &CanvasRenderingContext2d {
        &self.context
    }

    /// The element, to be drawn on another canvas.
    pub(super) fn element(&self) -> &HtmlCanvasElement {
        &self.element
    }

    /// The picture as a file, and the type that the browser really wrote: PNG where it cannot write `mime`.
    pub(super) async fn encode(&self, mime: &str, quality: f64) -> Option<(Vec<u8>, String)> {
        let made = Promise::new(&mut |resolve: Function, _reject| {
            let give_up = resolve.clone();
            let callback = Closure::once_into_js(move |blob: JsValue| {
                let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
            });
            let started = self.element.to_blob_with_type_and_encoder_options(
                callback.unchecked_ref(),
                mime,
                &JsValue::from_f64(quality),
            );
            if started.is_err() {
                let _ = give_up.call0(&JsValue::UNDEFINED);
            }
        });
        let blob: Blob = JsFuture::from(made).await.ok()?.dyn_into().ok()?;
        let bytes = blob::bytes(&blob).await?;
        (!bytes.is_empty()).then(|| (bytes, blob.type_()))
    }
}

impl Drop for Canvas {
    fn drop(&mut self) {
        // Some browsers hold on to the pixels until they feel like collecting.
        self.element.set_width(0);
        self.element.set_height(0);
    }
}

/// The drawing context of a canvas.
pub(super) fn context(element: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    element.get_context("2d").ok().flatten()?.dyn_into().ok()
}

/// Whether the browser gives back what was drawn. Some answer with noise, against fingerprinting; a photo kept from
/// such a canvas would be worthless.
pub(super) fn tells_the_truth() -> bool {
    const COLOUR: [u8; 3] = [200, 40, 120];
    // Gentle protections shift a colour by one or two.
    const SLACK: u8 = 4;
    let pixels = || {
        let canvas = Canvas::filled(8, 8, "rgb(200, 40, 120)")?;
        let pixels = reach::call(canvas.context(), "getImageData", &[&0.into(), &0.into(), &8.into(), &8.into()]);
        let data = reach::get(&pixels.ok()?, "data")?;
        Some(js_sys::Uint8Array::new(&data).to_vec())
    };
    pixels().is_some_and(|pixels: Vec<u8>| {
        pixels.len() == 8 * 8 * 4
            && pixels
                .chunks_exact(4)
                .all(|pixel| pixel.iter().zip(COLOUR).all(|(seen, drawn)| seen.abs_diff(drawn) <= SLACK))
    })
}
