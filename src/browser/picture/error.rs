//! Why a picture was not taken in.

use crate::browser::files::size_words;
use sitebook_core::text::Text;

/// Why a picture was not taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureError {
    /// The file has too many bytes.
    TooLarge {
        /// Its bytes.
        size: u64,
    },
    /// The picture has too many pixels to be opened safely.
    TooManyPixels {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
    /// The file is a drawing (SVG), which may carry scripts.
    Svg,
    /// The file is no picture of a kind that is accepted.
    NotAnImage,
    /// The file could not be read from the device.
    Unreadable,
    /// It says that it is a picture, but this browser cannot open it.
    Undecodable {
        /// A kind (HEIC, AVIF) that only some browsers open; the file is probably sound.
        unusual: bool,
    },
    /// The browser answers with noise when pictures are read, against fingerprinting.
    Blocked,
    /// The device has no memory left for it.
    NoMemory,
}

impl PictureError {
    /// What happened, what is safe, what to do.
    pub fn words(&self) -> Text {
        match self {
            PictureError::TooLarge { size } => Text::of(
                "照片文件有 {0}，最多接受 {1}。没有加入，原文件不变。请用较低的分辨率重拍，或换一张。",
                "The photo has {0}; at most {1} are accepted. It was not added, the original is unchanged. Take it again at a lower resolution, or choose another.",
            )
            .with(&[&size_words(*size), &size_words(super::MOST_BYTES)]),
            PictureError::TooManyPixels { width, height } => Text::of(
                "照片尺寸 {0} × {1} 过大，打开它可能使本机内存不足。没有加入，原文件不变。请缩小后再选，或重拍。",
                "The photo has {0} × {1} pixels; opening it might exhaust the memory. It was not added, the original is unchanged. Make it smaller first, or take it again.",
            )
            .with(&[&width.to_string(), &height.to_string()]),
            PictureError::Svg => Text::of(
                "SVG 绘图不能作为照片。没有加入。请改用照片或截图（JPEG、PNG）。",
                "An SVG drawing is not accepted as a photo. It was not added. Use a photo or a screenshot (JPEG, PNG).",
            ),
            PictureError::NotAnImage => Text::of(
                "这个文件不是可用的照片。没有加入。请选择 JPEG、PNG 或 WebP 图片。",
                "This file is not a photo that can be used. It was not added. Choose a JPEG, PNG or WebP picture.",
            ),
            PictureError::Unreadable => Text::of(
                "照片文件读不出来：可能已被移动，或还在网盘里没有下载。没有加入。请先存到本机，再重新选择。",
                "The photo cannot be read: it may have been moved, or is still in a cloud. It was not added. Store it on this device and choose it again.",
            ),
            PictureError::Undecodable { unusual: true } => Text::of(
                "这个浏览器打不开这种格式的照片（HEIC 或 AVIF）。没有加入，原文件不变。请把相机格式设为“兼容性最佳”（JPEG）后重拍，或先转换成 JPEG。",
                "This browser cannot open photos of this kind (HEIC or AVIF). It was not added, the original is unchanged. Set the camera to “most compatible” (JPEG) and take it again, or convert it to JPEG.",
            ),
            PictureError::Undecodable { unusual: false } => Text::of(
                "照片打不开，文件可能已损坏。没有加入，已有照片不受影响。请重拍，或换一张。",
                "The photo cannot be opened; the file may be damaged. It was not added, other photos are untouched. Take it again, or choose another.",
            ),
            PictureError::Blocked => Text::of(
                "浏览器的防跟踪设置使图片内容失真，照片会变成噪点，因此没有加入。请在浏览器里允许本应用读取画布数据，或换一个浏览器。",
                "The browser's protection against tracking distorts pictures; the photo would be noise, so it was not added. Allow this app to read canvas data, or use another browser.",
            ),
            PictureError::NoMemory => Text::of(
                "本机内存不足，照片没有加入，已有记录不受影响。请关闭其他应用后重试，或用较低的分辨率重拍。",
                "The device has too little memory; the photo was not added, your records are untouched. Close other apps and try again, or take it at a lower resolution.",
            ),
        }
    }
}
