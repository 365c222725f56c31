//! What the first bytes of an image file tell: its kind and its size, before anything decodes it.
//!
//! The bytes are hostile: every read is checked, nothing is trusted but the numbers that a decoder would use too.

/// The kinds of image that are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
    Gif,
    Webp,
    Bmp,
    /// HEIC and AVIF: pictures in ISO boxes.
    Heif,
}

/// The kind of an image file.
pub(super) fn kind(head: &[u8]) -> Option<Kind> {
    let boxed = head.get(4..8) == Some(b"ftyp");
    match head {
        [0xFF, 0xD8, 0xFF, ..] => Some(Kind::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(Kind::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Kind::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::Webp),
        [b'B', b'M', ..] => Some(Kind::Bmp),
        [_, _, _, _, _, _, _, _, b'h', b'e', b'i' | b'v', ..] if boxed => Some(Kind::Heif),
        [_, _, _, _, _, _, _, _, b'm' | b'a', b'i' | b's' | b'v', b'f' | b'1' | b'i', ..] if boxed => Some(Kind::Heif),
        _ => None,
    }
}

/// Whether this is an SVG drawing: a text in angle brackets with the element `svg` near its beginning.
pub(super) fn is_svg(head: &[u8]) -> bool {
    /// Comments and declarations may come first.
    const FAR: usize = 4096;
    // Without zeros UTF-16 reads like ASCII.
    let text: Vec<u8> = head.iter().copied().take(FAR).filter(|byte| *byte != 0).collect();
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&text);
    let text = text.strip_prefix(b"\xFF\xFE").or(text.strip_prefix(b"\xFE\xFF")).unwrap_or(text);
    text.trim_ascii_start().starts_with(b"<") && text.windows(4).any(|word| word == b"<svg" || word == b":svg")
}

/// Width and height in pixels as the file says. `None` if `bytes` do not reach that far, or are broken.
pub(super) fn size(kind: Kind, bytes: &[u8]) -> Option<(u32, u32)> {
    let (width, height) = match kind {
        Kind::Jpeg => jpeg(bytes)?,
        Kind::Png => (be32(bytes, 16)?, be32(bytes, 20)?),
        Kind::Gif => (le16(bytes, 6)?, le16(bytes, 8)?),
        Kind::Webp => webp(bytes)?,
        Kind::Bmp if le32(bytes, 14)? == 12 => (le16(bytes, 18)?, le16(bytes, 20)?),
        // A negative height means top-down.
        Kind::Bmp => (le32(bytes, 18)?, le32(bytes, 22)?.cast_signed().unsigned_abs()),
        Kind::Heif => heif(bytes)?,
    };
    (width > 0 && height > 0).then_some((width, height))
}

/// Walks the segments up to the frame header; photos of phones have large ones before it.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            0xFF => at += 1,
            0x01 | 0xD0..=0xD8 => at += 2,
            // Frame headers, but for the three of this range that are none.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                return Some((be16(bytes, at + 7)?, be16(bytes, at + 5)?));
            }
            0xD9 | 0xDA => return None,
            _ => {
                let length = usize::try_from(be16(bytes, at + 2)?).ok()?;
                if length < 2 {
                    return None;
                }
                at += 2 + length;
            }
        }
    }
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8 " => Some((le16(bytes, 26)? & 0x3FFF, le16(bytes, 28)? & 0x3FFF)),
        b"VP8L" => {
            let bits = le32(bytes, 21)?;
            Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        }
        b"VP8X" => Some(((le32(bytes, 24)? & 0xFF_FFFF) + 1, (le32(bytes, 26)? >> 8) + 1)),
        _ => None,
    }
}

/// The largest of all sizes in the boxes: tiles, thumbnails and the whole are told alike.
fn heif(bytes: &[u8]) -> Option<(u32, u32)> {
    /// The boxes come before the picture's data.
    const FAR: usize = 1 << 20;
    let head = bytes.get(..FAR).unwrap_or(bytes);
    let sizes = head.windows(4).enumerate().filter(|(_, name)| name == b"ispe");
    sizes
        .filter_map(|(at, _)| Some((be32(head, at + 8)?, be32(head, at + 12)?)))
        .max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))
}

fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?)))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn le16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?)))
}

fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_a_jpeg_is_read_behind_its_metadata() {
        let mut file = vec![0xFF, 0xD8, 0xFF, 0xE1, 0x01, 0x00];
        // A thumbnail within the metadata must not be taken for the picture.
        file.extend([0xFF, 0xC0, 0, 17, 8, 0, 10, 0, 10]);
        file.resize(2 + 2 + 0x100, 0);
        file.extend([0xFF, 0xFF, 0xC2, 0, 17, 8, 0x12, 0x34, 0x56, 0x78, 3]);
        assert_eq!(kind(&file), Some(Kind::Jpeg));
        assert_eq!(size(Kind::Jpeg, &file), Some((0x5678, 0x1234)));
    }

    #[test]
    fn a_cut_file_has_no_size() {
        let file = [0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, 0, 0];
        assert_eq!(size(Kind::Jpeg, &file), None);
        for length in 0..file.len() {
            for kind in [Kind::Jpeg, Kind::Png, Kind::Gif, Kind::Webp, Kind::Bmp, Kind::Heif] {
                assert_eq!(size(kind, &file[..length]), None);
            }
        }
    }

    #[test]
    fn a_png_bomb_tells_its_size() {
        let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        file.extend(50_000u32.to_be_bytes());
        file.extend(60_000u32.to_be_bytes());
        assert_eq!(kind(&file), Some(Kind::Png));
        assert_eq!(size(Kind::Png, &file), Some((50_000, 60_000)));
    }

    #[test]
    fn the_three_kinds_of_webp_tell_their_size() {
        let simple = b"RIFF____WEBPVP8 ____\0\0\0\x9d\x01\x2a\x40\x06\xb0\x04";
        assert_eq!(size(Kind::Webp, simple), Some((1600, 1200)));
        let extended = b"RIFF____WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\x06\0\xaf\x04\0";
        assert_eq!(size(Kind::Webp, extended), Some((1600, 1200)));
        let mut lossless = b"RIFF____WEBPVP8L____\x2f".to_vec();
        lossless.extend((1599u32 | 1199 << 14).to_le_bytes());
        assert_eq!(size(Kind::Webp, &lossless), Some((1600, 1200)));
    }

    #[test]
    fn heic_takes_the_largest_size() {
        let mut file = b"\0\0\0\x18ftypheic\0\0\0\0".to_vec();
        for (width, height) in [(512u32, 512u32), (4032, 3024), (320, 240)] {
            file.extend(b"\0\0\0\x14ispe\0\0\0\0");
            file.extend(width.to_be_bytes());
            file.extend(height.to_be_bytes());
        }
        assert_eq!(kind(&file), Some(Kind::Heif));
        assert_eq!(size(Kind::Heif, &file), Some((4032, 3024)));
    }

    #[test]
    fn a_drawing_is_known_behind_blanks_and_marks() {
        assert!(is_svg(b"<svg xmlns="));
        assert!(is_svg(b"\xEF\xBB\xBF \n<?xml version='1.0'?><!-- x --><svg>"));
        assert!(is_svg(b"\xFF\xFE<\0s\0v\0g\0"));
        assert!(!is_svg(b"<!doctype html><p>"));
        assert!(!is_svg(b"\xFF\xD8\xFF<svg"));
        assert!(!is_svg(b""));
    }
}
