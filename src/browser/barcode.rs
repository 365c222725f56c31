//! Codes in pictures: the browser's own reader where it has one, and grey pixels for a reader of ours elsewhere.
//!
//! It must not know what a code means.

use super::camera::Camera;
use super::canvas::Canvas;
use super::picture;
use super::reach;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

/// Kinds of codes on equipment and parts.
const KINDS: [&str; 9] =
    ["qr_code", "code_128", "code_39", "code_93", "data_matrix", "ean_13", "ean_8", "itf", "upc_a"];
/// Long edge of the picture that our own reader gets.
const EDGE: u32 = 1000;

/// The browser's own reader.
#[derive(Clone)]
pub struct Detector(JsValue);

impl Detector {
    /// `None` where the browser has none, or one that knows no kind of code.
    pub async fn find() -> Option<Detector> {
        let constructor = reach::of_window("BarcodeDetector")?;
        let known = reach::ask(&constructor, "getSupportedFormats", &[]).await.ok()?.dyn_into::<Array>().ok()?;
        let known: Vec<String> = known.iter().filter_map(|kind| kind.as_string()).collect();
        let wanted: Vec<JsValue> =
            KINDS.iter().filter(|kind| known.iter().any(|one| one == *kind)).map(|kind| (*kind).into()).collect();
        if wanted.is_empty() {
            return None;
        }
        let wanted = reach::list(&wanted.iter().collect::<Vec<_>>());
        reach::make(&constructor, &[&reach::object(&[("formats", wanted.into())])]).ok().map(Detector)
    }

    /// What a code in the live picture says.
    pub async fn read(&self, camera: &Camera) -> Option<String> {
        self.detect(camera.video()).await
    }

    /// What a code in a photo says.
    pub async fn read_file(&self, file: &File) -> Option<String> {
        self.detect(file).await
    }

    async fn detect(&self, source: &JsValue) -> Option<String> {
        let found = reach::ask(&self.0, "detect", &[source]).await.ok()?.dyn_into::<Array>().ok()?;
        let mut texts = found.iter().filter_map(|code| reach::get(&code, "rawValue")?.as_string());
        texts.find(|text| !text.is_empty())
    }
}

/// A picture in grey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grey {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// One byte a pixel, row by row.
    pub pixels: Vec<u8>,
}

/// What the camera sees now. `None` before its first picture.
pub fn look(camera: &Camera) -> Option<Grey> {
    let number = |name: &str| Some(reach::get(camera.video(), name)?.as_f64()? as u32).filter(|size| *size > 0);
    let (width, height) = picture::fit(number("videoWidth")?, number("videoHeight")?, EDGE);
    let canvas = Canvas::new(width, height)?;
    let size = [0.0, 0.0, f64::from(width), f64::from(height)].map(JsValue::from_f64);
    let [left, top, across, down] = &size;
    reach::call(canvas.context(), "drawImage", &[camera.video(), left, top, across, down]).ok()?;
    grey(&canvas)
}

/// A photo. `None` if it cannot be opened.
pub async fn look_at(file: &File) -> Option<Grey> {
    grey(&picture::open_small(file, EDGE).await.ok()?)
}

fn grey(canvas: &Canvas) -> Option<Grey> {
    let (width, height) = (canvas.element().width(), canvas.element().height());
    let area = [0.0, 0.0, f64::from(width), f64::from(height)].map(JsValue::from_f64);
    let [left, top, across, down] = &area;
    let data = reach::call(canvas.context(), "getImageData", &[left, top, across, down]).ok()?;
    let colours = Uint8Array::new(&reach::get(&reach::get(&data, "data")?, "buffer")?).to_vec();
    let light = |pixel: &[u8]| match pixel {
        [red, green, blue, ..] => ((u32::from(*red) * 77 + u32::from(*green) * 150 + u32::from(*blue) * 29) >> 8) as u8,
        _ => 0,
    };
    let pixels: Vec<u8> = colours.chunks_exact(4).map(light).collect();
    let (width, height) = (width as usize, height as usize);
    (pixels.len() == width * height).then_some(Grey { width, height, pixels })
}
