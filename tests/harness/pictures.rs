//! Pictures and files that a test puts into the app.

use anyhow::Result;
use image::{ExtendedColorType, ImageEncoder, Rgb, RgbImage, codecs::jpeg::JpegEncoder, codecs::png::PngEncoder};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

/// A picture like a photo: gradients and something to recognise it by.
fn scene(width: u32, height: u32, seed: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let lamp = (x / 40 + y / 40 + seed).is_multiple_of(7);
        let byte = |value: u32| u8::try_from(value % 256).unwrap_or(0);
        if lamp {
            Rgb([220, 30, 30])
        } else {
            Rgb([byte(x * 200 / width + seed), byte(y * 200 / height), byte((x ^ y) / 8)])
        }
    })
}

/// A JPEG as a phone's camera makes it, only smaller.
pub fn jpeg(folder: &Path, name: &str, seed: u32) -> Result<PathBuf> {
    let path = folder.join(name);
    let picture = scene(1600, 1200, seed);
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 85).write_image(&picture, 1600, 1200, ExtendedColorType::Rgb8)?;
    fs::write(&path, bytes)?;
    Ok(path)
}

/// A small JPEG, for what is kept in the repository.
pub fn small_jpeg(folder: &Path, name: &str, seed: u32) -> Result<PathBuf> {
    let path = folder.join(name);
    let picture = scene(160, 120, seed);
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 60).write_image(&picture, 160, 120, ExtendedColorType::Rgb8)?;
    fs::write(&path, bytes)?;
    Ok(path)
}

/// A PNG as a screenshot.
pub fn png(folder: &Path, name: &str, seed: u32) -> Result<PathBuf> {
    let path = folder.join(name);
    let picture = scene(800, 600, seed);
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&picture, 800, 600, ExtendedColorType::Rgb8)?;
    fs::write(&path, bytes)?;
    Ok(path)
}

/// A file that calls itself a JPEG and is none.
pub fn broken(folder: &Path, name: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0, 0, 16];
    bytes.extend_from_slice("JFIF, but then only words".repeat(40).as_bytes());
    fs::write(&path, bytes)?;
    Ok(path)
}

/// A file of so many bytes that takes no room on the disk.
pub fn huge(folder: &Path, name: &str, bytes: u64) -> Result<PathBuf> {
    let path = folder.join(name);
    File::create(&path)?.set_len(bytes)?;
    Ok(path)
}
