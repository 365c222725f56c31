//! Photos: opened, checked, shrunk and encoded again. What comes out is pixels only: place, camera and other hidden
//! data of the file stay behind.
//!
//! It must not know what the photo shows or where it is kept. A file comes in, bytes go out.

mod error;
mod head;

use super::blob;
use super::canvas::{self, Canvas};
use super::reach;
use head::Kind;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlImageElement, ImageBitmap};

pub use super::blob::{ObjectUrl, object_url};
pub use error::PictureError;

/// Bytes of the largest file that is opened.
pub const MOST_BYTES: u64 = 60_000_000;
/// Pixels of the largest picture that is opened.
pub const MOST_PIXELS: u64 = 100_000_000;
/// Long edge of the kept picture, in pixels.
pub const LONG_EDGE: u32 = 1600;
/// Long edge of its thumbnail.
pub const THUMB_EDGE: u32 = 240;

/// Long edge of a logo: 25 mm on paper at 480 dots an inch.
const LOGO_EDGE: u32 = 480;
/// A sharp logo larger than this is kept like a photo.
const LOGO_BYTES: usize = 60_000;

const JPEG: &str = "image/jpeg";
const PICTURE_QUALITY: f64 = 0.82;
const THUMB_QUALITY: f64 = 0.7;
/// Enough to know the kind, and in most files the size.
const HEAD: u32 = 256 * 1024;

/// A picture as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across, the right way up.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// The encoded picture.
    pub bytes: Vec<u8>,
    /// A small one of the same kind, for lists.
    pub thumb: Vec<u8>,
    /// The kind of both: JPEG.
    pub mime: String,
}

/// Takes in a photo. One at a time: an open photo of a phone's camera needs 50 to 400 MB.
pub async fn shrink(file: &File) -> Result<Picture, PictureError> {
    let full = open_small(file, LONG_EDGE).await?;
    encode(&full).await.ok_or(PictureError::NoMemory)
}

/// Opens a photo, drawn with its long edge brought down to `edge`.
pub(super) async fn open_small(file: &File, edge: u32) -> Result<Canvas, PictureError> {
    let size = file.size() as u64;
    if size > MOST_BYTES {
        return Err(PictureError::TooLarge { size });
    }
    let kind = look(file, size).await?;
    if !canvas::tells_the_truth() {
        return Err(PictureError::Blocked);
    }
    let decoded = decode(file, kind).await.ok_or(PictureError::Undecodable { unusual: kind == Kind::Heif })?;
    let (width, height) = decoded.size();
    check_pixels(width, height)?;
    draw(&decoded, width, height, edge).ok_or(PictureError::NoMemory)
}

/// Takes in a logo: a small picture with sharp edges, on white as on paper.
///
/// # Errors
/// As for [`shrink`].
pub async fn logo(file: &File) -> Result<Vec<u8>, PictureError> {
    let small = open_small(file, LOGO_EDGE).await?;
    let (sharp, _) = small.encode("image/png", 1.0).await.ok_or(PictureError::NoMemory)?;
    if sharp.len() <= LOGO_BYTES {
        return Ok(sharp);
    }
    // A photo of a sign: as sharp as it came.
    Ok(small.encode(JPEG, PICTURE_QUALITY).await.ok_or(PictureError::NoMemory)?.0)
}

/// A small picture of a photo that came from elsewhere. `None` for anything but a sound photo of moderate size.
pub async fn thumb_of(bytes: &[u8], mime: &str) -> Option<Vec<u8>> {
    let kind = head::kind(bytes).filter(|_| mime == JPEG)?;
    let (width, height) = head::size(kind, bytes)?;
    check_pixels(width, height).ok()?;
    let decoded = decode(&blob::make(bytes, mime)?, kind).await?;
    let (width, height) = decoded.size();
    let small = draw(&decoded, width, height, THUMB_EDGE)?;
    Some(small.encode(JPEG, THUMB_QUALITY).await?.0)
}

/// Checks kind and size by the file's own first bytes, before anything decodes it. The name and the type that the
/// system tells are not trusted.
async fn look(file: &File, size: u64) -> Result<Kind, PictureError> {
    let start = file.slice_with_i32_and_i32(0, HEAD.cast_signed()).map_err(|_| PictureError::Unreadable)?;
    let mut bytes = blob::bytes(&start).await.ok_or(PictureError::Unreadable)?;
    let Some(kind) = head::kind(&bytes) else {
        let svg = head::is_svg(&bytes) || file.type_().starts_with("image/svg");
        return Err(if svg { PictureError::Svg } else { PictureError::NotAnImage });
    };
    let mut told = head::size(kind, &bytes);
    if told.is_none() && size > u64::from(HEAD) {
        // Some cameras put megabytes before the size.
        bytes = blob::bytes(file).await.ok_or(PictureError::Unreadable)?;
        told = head::size(kind, &bytes);
    }
    let (width, height) = told.ok_or(PictureError::Undecodable { unusual: false })?;
    check_pixels(width, height)?;
    Ok(kind)
}

fn check_pixels(width: u32, height: u32) -> Result<(), PictureError> {
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(PictureError::TooManyPixels { width, height });
    }
    Ok(())
}

/// An open picture, the right way up.
enum Decoded {
    Bitmap(ImageBitmap),
    Element(HtmlImageElement),
}

impl Decoded {
    fn size(&self) -> (u32, u32) {
        match self {
            Decoded::Bitmap(bitmap) => (bitmap.width(), bitmap.height()),
            Decoded::Element(image) => (image.natural_width(), image.natural_height()),
        }
    }

    fn draw(&self, context: &CanvasRenderingContext2d, width: f64, height: f64) -> Option<()> {
        match self {
            Decoded::Bitmap(bitmap) => {
                context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height)
            }
            Decoded::Element(image) => {
                context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)
            }
        }
        .ok()
    }
}

impl Drop for Decoded {
    fn drop(&mut self) {
        match self {
            Decoded::Bitmap(bitmap) => bitmap.close(),
            Decoded::Element(image) => image.set_src(""),
        }
    }
}

async fn decode(file: &Blob, kind: Kind) -> Option<Decoded> {
    let decoded = match decode_bitmap(file).await {
        Ok(bitmap) => Decoded::Bitmap(bitmap),
        // An element would show the sound part of a damaged file and leave the rest grey. It is asked only where the
        // browser does not know the call or its option, and for kinds that some browsers open in elements only.
        Err(error) if error.is_undefined() || kind == Kind::Heif || reach::error_name(&error) == "TypeError" => {
            Decoded::Element(decode_element(file).await?)
        }
        Err(_) => return None,
    };
    let (width, height) = decoded.size();
    (width > 0 && height > 0).then_some(decoded)
}

async fn decode_bitmap(file: &Blob) -> Result<ImageBitmap, JsValue> {
    let window = reach::window().ok_or(JsValue::UNDEFINED)?;
    let options = reach::object(&[("imageOrientation", "from-image".into())]);
    reach::ask(&window, "createImageBitmap", &[file, &options]).await?.dyn_into()
}

async fn decode_element(file: &Blob) -> Option<HtmlImageElement> {
    let image: HtmlImageElement = reach::document()?.create_element("img").ok()?.dyn_into().ok()?;
    let url = ObjectUrl::of(file)?;
    image.set_src(url.as_str());
    reach::ask(&image, "decode", &[]).await.ok()?;
    Some(image)
}

/// Draws onto white: what is transparent would turn black in a JPEG.
fn draw(decoded: &Decoded, width: u32, height: u32, edge: u32) -> Option<Canvas> {
    let (width, height) = fit(width, height, edge);
    let canvas = Canvas::filled(width, height, "#fff")?;
    smooth(&canvas);
    decoded.draw(canvas.context(), f64::from(width), f64::from(height))?;
    Some(canvas)
}

fn thumb(full: &Canvas) -> Option<Canvas> {
    let (width, height) = fit(full.element().width(), full.element().height(), THUMB_EDGE);
    let canvas = Canvas::new(width, height)?;
    smooth(&canvas);
    canvas
        .context()
        .draw_image_with_html_canvas_element_and_dw_and_dh(
            full.element(),
            0.0,
            0.0,
            f64::from(width),
            f64::from(height),
        )
        .ok()?;
    Some(canvas)
}

async fn encode(full: &Canvas) -> Option<Picture> {
    let small = thumb(full)?;
    let (bytes, mime) = full.encode(JPEG, PICTURE_QUALITY).await?;
    let (thumb, _) = small.encode(JPEG, THUMB_QUALITY).await?;
    let (width, height) = (full.element().width(), full.element().height());
    Some(Picture { width, height, bytes, thumb, mime })
}

fn smooth(canvas: &Canvas) {
    reach::set(canvas.context(), "imageSmoothingQuality", &JsValue::from_str("high"));
}

/// The size with the long edge brought down to `edge`; nothing is made larger, nothing vanishes.
pub(super) fn fit(width: u32, height: u32, edge: u32) -> (u32, u32) {
    let long = width.max(height);
    if long <= edge {
        return (width, height);
    }
    let scaled = |side: u32| {
        let rounded = (u64::from(side) * u64::from(edge) + u64::from(long) / 2) / u64::from(long);
        u32::try_from(rounded).unwrap_or(edge).max(1)
    };
    (scaled(width), scaled(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_long_edge_is_brought_down_and_nothing_vanishes() {
        assert_eq!(fit(4032, 3024, 1600), (1600, 1200));
        assert_eq!(fit(3024, 4032, 1600), (1200, 1600));
        assert_eq!(fit(800, 600, 1600), (800, 600));
        assert_eq!(fit(10_000, 1, 1600), (1600, 1));
    }

    #[test]
    fn too_many_pixels_are_refused() {
        assert!(check_pixels(10_000, 10_000).is_ok());
        assert!(check_pixels(u32::MAX, u32::MAX).is_err());
    }
}
