//! Our own reader of QR codes, for browsers without one: a part of the program of its own, loaded when somebody scans
//! and kept for offline use like every other file.

use crate::browser::barcode::Grey;

/// The reader could not be loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotLoaded;

/// What the first QR code in the picture says.
///
/// # Errors
/// The reader could not be loaded.
pub async fn read(grey: Grey) -> Result<Option<String>, NotLoaded> {
    part::read_code(grey).await.map_err(|_| NotLoaded)
}

fn decode(grey: &Grey) -> Option<String> {
    // Smaller than any code.
    if grey.width.min(grey.height) < 21 {
        return None;
    }
    let pixel = |x: usize, y: usize| grey.pixels.get(y * grey.width + x).copied().unwrap_or(255);
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(grey.width, grey.height, pixel);
    let codes = picture.detect_grids();
    codes.into_iter().find_map(|code| code.decode().ok()).map(|(_, text)| text).filter(|text| !text.is_empty())
}

#[cfg(split)]
mod part {
    use super::{Grey, decode};
    use leptos::wasm_split::{SplitLoaderError, wasm_split};

    #[wasm_split(reader, wasm_split_path = ::leptos::wasm_split, fallible)]
    pub fn read_code(grey: Grey) -> Result<Option<String>, SplitLoaderError> {
        Ok(decode(&grey))
    }
}

/// The same where nothing has to be loaded.
#[cfg(not(split))]
mod part {
    use super::{Grey, decode};
    use std::convert::Infallible;

    pub async fn read_code(grey: Grey) -> Result<Option<String>, Infallible> {
        Ok(decode(&grey))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use fast_qr::{ECL, QRBuilder};

    /// A QR code as a picture, so many pixels a module, with a light rim.
    fn picture(words: &str, scale: usize) -> Grey {
        let qr = QRBuilder::new(words).ecl(ECL::M).build().unwrap();
        let rim = 4;
        let width = (qr.size + 2 * rim) * scale;
        let dark = |at: usize| {
            let (x, y) = ((at % width) / scale, (at / width) / scale);
            let inside = (rim..rim + qr.size).contains(&x) && (rim..rim + qr.size).contains(&y);
            inside && qr[y - rim][x - rim].value()
        };
        let pixels = (0..width * width).map(|at| if dark(at) { 20 } else { 235 }).collect();
        Grey { width, height: width, pixels }
    }

    #[test]
    fn our_own_labels_are_read() {
        let words = "https://example.org/app/#/asset/0190a0b0-1111-7222-8333-444455556666";
        for scale in [3, 5, 8] {
            assert_eq!(decode(&picture(words, scale)).as_deref(), Some(words), "{scale}");
        }
        assert_eq!(decode(&picture("机柜 3", 4)).as_deref(), Some("机柜 3"));
    }

    #[test]
    fn a_picture_without_a_code_says_nothing() {
        for pixels in [vec![255; 10_000], (0..10_000_u32).map(|n| (n * 7919 % 251) as u8).collect()] {
            assert_eq!(decode(&Grey { width: 100, height: 100, pixels }), None);
        }
        assert_eq!(decode(&Grey { width: 0, height: 0, pixels: Vec::new() }), None);
    }
}
