//! Files in and out: read what the user chose, save, share, copy.

use super::blob::{self, ObjectUrl};
use super::{reach, timers};
use js_sys::Array;
use sitebook_core::text::Text;
use wasm_bindgen::{JsCast, JsValue};
pub use web_sys::File;
use web_sys::{Event, FilePropertyBag, HtmlAnchorElement, HtmlInputElement};

/// A file that is made here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// File name.
    pub name: String,
    /// Its kind.
    pub mime: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why a file could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// The browser could not read it: moved, changed, or kept in a cloud that is out of reach.
    Unreadable {
        /// The file's name.
        name: String,
    },
    /// The browser could not save it.
    NotSaved {
        /// The name under which it should have been saved.
        name: String,
    },
}

impl FileError {
    /// What happened, what is safe, what to do.
    pub fn words(&self) -> Text {
        match self {
            FileError::Unreadable { name } => Text::of(
                "文件“{0}”读不出来：可能已被移动、修改，或还在网盘里没有下载。已有记录不受影响。请先存到本机，再重新选择。",
                "The file “{0}” cannot be read: it may have been moved or changed, or is still in a cloud. Your records are untouched. Store it on this device and choose it again.",
            )
            .with(&[name]),
            FileError::NotSaved { name } => Text::of(
                "文件“{0}”没有保存成功。记录仍在本应用中，没有丢失。请检查存储空间和浏览器的下载权限后重试。",
                "The file “{0}” was not saved. The records are still in this app, nothing is lost. Check free space and the browser's permission to download, then try again.",
            )
            .with(&[name]),
        }
    }
}

/// How a share ended, if it could be offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shared {
    /// Handed over to another app.
    Done,
    /// The user closed the sheet.
    Cancelled,
}

/// Why a share could not be offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareError {
    /// This browser shares no files, or not of this kind.
    NotAvailable,
    /// The browser refused: the kind of file, or too long since the tap.
    Refused,
    /// The other app or the system failed.
    Failed,
}

impl ShareError {
    /// What happened, what is safe, what to do.
    pub fn words(self) -> Text {
        match self {
            ShareError::NotAvailable => Text::of(
                "这个浏览器不能直接分享文件。文件没有发出。请先保存，再从文件管理器里发送。",
                "This browser cannot share files. Nothing was sent. Save the file and send it from the file manager.",
            ),
            ShareError::Refused => Text::of(
                "浏览器没有允许这次分享。文件没有发出。请再点一次；仍不行就先保存再发送。",
                "The browser did not allow sharing. Nothing was sent. Tap again; if it fails again, save the file and send that.",
            ),
            ShareError::Failed => Text::of(
                "分享中途失败，文件可能没有发出，记录不受影响。请重试，或先保存再发送。",
                "Sharing failed half-way; the file may not have been sent, your records are untouched. Try again, or save the file and send that.",
            ),
        }
    }
}

/// A part of `file`: bytes `from` up to `to`, or its end.
pub async fn slice(file: &File, from: u64, to: u64) -> Result<Vec<u8>, FileError> {
    let unreadable = || FileError::Unreadable { name: file.name() };
    let part = file.slice_with_f64_and_f64(from as f64, to as f64).map_err(|_| unreadable())?;
    blob::bytes(&part).await.ok_or_else(unreadable)
}

/// How many bytes `file` has.
pub fn size(file: &File) -> u64 {
    file.size() as u64
}

/// Saves `file` to the device's downloads under its name.
pub fn save_file(file: &File) -> Result<(), FileError> {
    download(&file.name(), file).ok_or_else(|| FileError::NotSaved { name: file.name() })
}

/// Offers `file` to other apps under another name and kind. Must be called within the tap (some seconds), not after
/// long work.
///
/// Browsers share only kinds they know: images, PDF, plain text, CSV, HTML; not JSON or archives. What is JSON is
/// therefore offered as `text/plain` under a name that ends in `.txt`.
pub async fn share_file(file: &File, name: &str, mime: &str, title: &str) -> Result<Shared, ShareError> {
    let renamed = super::sink::renamed(file, name, mime);
    offer(renamed.map(|file| data_of(&Array::of1(&JsValue::from(file)), title))).await
}

/// Saves `bytes` to the device's downloads as [`safe_name`] of `name`. Whether the user keeps it is out of sight.
pub fn save(name: &str, mime: &str, bytes: &[u8]) -> Result<(), FileError> {
    let name = safe_name(name);
    let start = || download(&name, &blob::make(bytes, mime)?);
    start().ok_or(FileError::NotSaved { name })
}

fn download(name: &str, blob: &web_sys::Blob) -> Option<()> {
    /// Slow phones begin to read the blob late.
    const READ_BY: u32 = 120_000;
    let url = ObjectUrl::of(blob)?;
    let link: HtmlAnchorElement = reach::document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(url.as_str());
    link.set_download(name);
    link.set_hidden(true);
    reach::body()?.append_child(&link).ok()?;
    link.click();
    link.remove();
    timers::later(READ_BY, move || drop(url));
    Some(())
}

/// Whether this browser shares files at all.
pub fn can_share() -> bool {
    share_data("a.txt", "text/plain", b"a", "").is_some_and(|data| is_shareable(&data))
}

/// Whether this browser shares files of this kind under such a name.
pub fn can_share_as(name: &str, mime: &str) -> bool {
    share_data(name, mime, b"a", "").is_some_and(|data| is_shareable(&data))
}

/// Offers several files at once, as [`share_file`] does one.
pub async fn share_all(parts: &[Part], title: &str) -> Result<Shared, ShareError> {
    let files: Option<Array> =
        parts.iter().map(|part| Some(JsValue::from(file(&safe_name(&part.name), &part.mime, &part.bytes)?))).collect();
    offer(files.map(|files| data_of(&files, title))).await
}

async fn offer(data: Option<JsValue>) -> Result<Shared, ShareError> {
    let data = data.ok_or(ShareError::NotAvailable)?;
    let navigator = reach::navigator().ok_or(ShareError::NotAvailable)?;
    if !is_shareable(&data) {
        return Err(ShareError::NotAvailable);
    }
    match reach::ask(&navigator, "share", &[&data]).await {
        Ok(_) => Ok(Shared::Done),
        Err(error) => match reach::error_name(&error).as_str() {
            "AbortError" => Ok(Shared::Cancelled),
            "NotAllowedError" | "InvalidStateError" => Err(ShareError::Refused),
            "TypeError" => Err(ShareError::NotAvailable),
            _ => Err(ShareError::Failed),
        },
    }
}

/// Puts text on the clipboard; `false` where the browser does not let us. Must be called within the tap.
pub async fn copy(text: &str) -> bool {
    if let Some(clipboard) = reach::of_navigator("clipboard")
        && reach::ask(&clipboard, "writeText", &[&JsValue::from_str(text)]).await.is_ok()
    {
        return true;
    }
    copy_selected(text).unwrap_or(false)
}

/// The old way, for pages without the clipboard's interface: select it in a field and ask the browser to copy.
fn copy_selected(text: &str) -> Option<bool> {
    let document = reach::document()?;
    let field: web_sys::HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    field.set_value(text);
    field.set_class_name("unseen");
    reach::body()?.append_child(&field).ok()?;
    field.select();
    let copied = reach::call(&document, "execCommand", &[&JsValue::from_str("copy")]);
    field.remove();
    Some(copied.is_ok_and(|copied| copied.is_truthy()))
}

fn is_shareable(data: &JsValue) -> bool {
    reach::navigator()
        .and_then(|navigator| reach::call(&navigator, "canShare", &[data]).ok())
        .is_some_and(|answer| answer.is_truthy())
}

fn share_data(name: &str, mime: &str, bytes: &[u8], title: &str) -> Option<JsValue> {
    Some(data_of(&Array::of1(&JsValue::from(file(name, mime, bytes)?)), title))
}

fn file(name: &str, mime: &str, bytes: &[u8]) -> Option<File> {
    let options = FilePropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&JsValue::from(blob::make(bytes, mime)?));
    File::new_with_blob_sequence_and_options(&parts, name, &options).ok()
}

fn data_of(files: &Array, title: &str) -> JsValue {
    if title.is_empty() {
        reach::object(&[("files", files.into())])
    } else {
        reach::object(&[("files", files.into()), ("title", title.into())])
    }
}

/// The files that the user chose in the input behind `event`. The input is emptied, so that choosing the same file
/// again is heard again.
pub fn input_files(event: &Event) -> Vec<File> {
    let input: Option<HtmlInputElement> = event.target().and_then(|target| target.dyn_into().ok());
    let Some(input) = input else { return Vec::new() };
    let Some(chosen) = input.files() else { return Vec::new() };
    let files = (0..chosen.length()).filter_map(|place| chosen.item(place)).collect();
    input.set_value("");
    files
}

/// Bytes as people read them: `640 B`, `12 KB`, `3.4 MB`.
pub fn size_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => {
            let (unit, words) = if bytes < 1_000_000_000 { (100_000, "MB") } else { (100_000_000, "GB") };
            let tenths = bytes.div_ceil(unit);
            format!("{}.{} {words}", tenths / 10, tenths % 10)
        }
    }
}

/// A file name that every system accepts: nothing that separates folders, steers terminals or hides the extension.
/// At most 120 characters; the extension stays.
pub fn safe_name(name: &str) -> String {
    const LONGEST: usize = 120;
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let clean: String = name.chars().filter(|c| !steers(*c)).map(|c| if separates(c) { '_' } else { c }).collect();
    let clean = clean.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, extension) = match clean.rsplit_once('.') {
        Some((stem, extension)) if (1..=12).contains(&extension.chars().count()) => (stem, Some(extension)),
        _ => (clean, None),
    };
    let room = LONGEST - extension.map_or(0, |extension| extension.chars().count() + 1);
    let mut safe: String = stem.chars().take(room).collect();
    let lower = safe.to_ascii_lowercase();
    let port = lower
        .strip_prefix("com")
        .or(lower.strip_prefix("lpt"))
        .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|digit| digit.is_ascii_digit()));
    if safe.is_empty() {
        safe.push_str("file");
    } else if port || DEVICES.contains(&lower.as_str()) {
        safe.push('_');
    }
    if let Some(extension) = extension {
        safe.push('.');
        safe.push_str(extension);
    }
    safe
}

fn separates(c: char) -> bool {
    matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%' | '#' | '~' | '\n' | '\t')
}

fn steers(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_safe_name_has_no_folder_and_keeps_its_extension() {
        assert_eq!(safe_name("../a/b:c*.json"), "_a_b_c_.json");
        assert_eq!(safe_name("现场服务报告 2026-11-21.pdf"), "现场服务报告 2026-11-21.pdf");
        assert_eq!(safe_name("report\u{202E}fdp.exe"), "reportfdp.exe");
        assert_eq!(safe_name(""), "file");
        assert_eq!(safe_name("..."), "file");
        assert_eq!(safe_name("CON.txt"), "CON_.txt");
        assert_eq!(safe_name("com1"), "com1_");
        let long = safe_name(&("字".repeat(300) + ".json"));
        assert_eq!(long.chars().count(), 120);
        assert!(long.ends_with(".json"));
    }

    #[test]
    fn sizes_are_rounded_up_for_people() {
        assert_eq!(size_words(999), "999 B");
        assert_eq!(size_words(1_001), "2 KB");
        assert_eq!(size_words(60_000_001), "60.1 MB");
    }
}
