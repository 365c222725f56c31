//! The live camera, for reading codes: opened into a `<video>`, with a torch where the device offers one.
//!
//! It must not know what is looked for. Dropping the camera turns it off.

use super::reach;
use wasm_bindgen::{JsCast, JsValue};

/// Why there is no live picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameraError {
    /// The user or the browser forbids it.
    Forbidden,
    /// There is none, another app holds it, or the browser has no such call.
    Absent,
}

/// An open camera.
pub struct Camera {
    stream: JsValue,
    video: JsValue,
}

impl Camera {
    /// Opens the camera at the back, if there is one, and shows it in `video`.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub async fn open(video: impl AsRef<JsValue>) -> Result<Camera, CameraError> {
        let video = video.as_ref().clone();
        let devices = reach::of_navigator("mediaDevices").ok_or(CameraError::Absent)?;
        let ideal = |value: JsValue| reach::object(&[("ideal", value)]);
        let picture = reach::object(&[
            ("facingMode", ideal("environment".into())),
            ("width", ideal(1280.into())),
            ("height", ideal(960.into())),
        ]);
        let wanted = reach::object(&[("video", picture), ("audio", false.into())]);
        let stream =
            reach::ask(&devices, "getUserMedia", &[&wanted]).await.map_err(|error| {
                match reach::error_name(&error).as_str() {
                    "NotAllowedError" | "SecurityError" => CameraError::Forbidden,
                    _ => CameraError::Absent,
                }
            })?;
        let camera = Camera { stream, video };
        reach::set(&camera.video, "muted", &true.into());
        reach::set(&camera.video, "playsInline", &true.into());
        reach::set(&camera.video, "srcObject", &camera.stream);
        match reach::ask(&camera.video, "play", &[]).await {
            Ok(_) => Ok(camera),
            Err(_) => Err(CameraError::Absent),
        }
    }

    /// The element that shows it.
    pub(super) fn video(&self) -> &JsValue {
        &self.video
    }

    fn tracks(&self) -> Vec<JsValue> {
        let tracks = reach::call(&self.stream, "getVideoTracks", &[]).ok();
        tracks.and_then(|tracks| tracks.dyn_into::<js_sys::Array>().ok()).map(|all| all.to_vec()).unwrap_or_default()
    }

    /// Whether it has a torch.
    pub fn has_torch(&self) -> bool {
        self.tracks().first().is_some_and(|track| {
            let able = reach::call(track, "getCapabilities", &[]).ok().and_then(|able| reach::get(&able, "torch"));
            able.is_some_and(|torch| torch.is_truthy())
        })
    }

    /// Turns the torch on or off.
    pub fn light(&self, on: bool) {
        if let Some(track) = self.tracks().first() {
            let torch = reach::object(&[("torch", on.into())]);
            let wanted = reach::object(&[("advanced", reach::list(&[&torch]).into())]);
            reach::ask_and_forget(track, "applyConstraints", &[&wanted]);
        }
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.tracks() {
            let _ = reach::call(&track, "stop", &[]);
        }
        reach::set(&self.video, "srcObject", &JsValue::NULL);
    }
}
