//! Bytes as the browser's blobs, and addresses for them.

use super::reach;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, Url};

/// The address of some bytes, for `src` and `href`. The browser forgets the bytes when it is dropped.
#[derive(Debug)]
#[must_use = "a dropped address leads nowhere"]
pub struct ObjectUrl(String);

impl ObjectUrl {
    /// An address for `blob`.
    pub(super) fn of(blob: &Blob) -> Option<ObjectUrl> {
        Url::create_object_url_with_blob(blob).ok().map(ObjectUrl)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}

/// An address for `bytes`. `None` if the browser has no memory left for them.
pub fn object_url(bytes: &[u8], mime: &str) -> Option<ObjectUrl> {
    ObjectUrl::of(&make(bytes, mime)?)
}

/// A blob that holds a copy of `bytes`.
pub(super) fn make(bytes: &[u8], mime: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()
}

/// The bytes of a blob. `None` if it cannot be read, e.g. because the file behind it has changed.
pub(super) async fn bytes(blob: &Blob) -> Option<Vec<u8>> {
    let buffer = reach::ask(blob, "arrayBuffer", &[]).await.ok()?;
    buffer.is_instance_of::<js_sys::ArrayBuffer>().then(|| Uint8Array::new(&buffer).to_vec())
}
