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

/// A drawn signature: black strokes on nothing.
pub fn ink() -> Result<Vec<u8>> {
    let (width, height) = (300_u32, 120_u32);
    let line = |x: u32| f64::from(height) / 2.0 + 38.0 * (f64::from(x) / 17.0).sin() * (f64::from(x) / 90.0).cos();
    let picture = image::RgbaImage::from_fn(width, height, |x, y| {
        let near = (x.saturating_sub(2)..=x + 2).any(|x| (line(x) - f64::from(y)).abs() < 2.5);
        image::Rgba([0, 0, 0, if near && (20..280).contains(&x) { 255 } else { 0 }])
    });
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&picture, width, height, ExtendedColorType::Rgba8)?;
    Ok(bytes)
}

/// A company's logo as a PNG.
pub fn logo(folder: &Path) -> Result<PathBuf> {
    let path = folder.join("logo.png");
    let picture = RgbImage::from_fn(320, 160, |x, y| {
        let (dx, dy) = (f64::from(x) - 80.0, f64::from(y) - 80.0);
        let ring = (dx * dx + dy * dy).sqrt();
        let bar = (170..310).contains(&x) && [(20..50), (65..95), (110..140)].iter().any(|bar| bar.contains(&y));
        if (48.0..72.0).contains(&ring) || bar { Rgb([20, 60, 130]) } else { Rgb([255, 255, 255]) }
    });
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&picture, 320, 160, ExtendedColorType::Rgb8)?;
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
