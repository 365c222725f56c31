//! What is said of a photo after it was taken: words below it, marks on it, and of which other one it is the *after*.
//!
//! Each is a field of the record, named after the picture and not after the op that attached it. So captions are
//! merged, put back and told in the history like every other answer, the picture keeps its bytes and its hash, and a
//! photo that is put back has its words again.

use super::{Attachment, Fact, FactKind, Record};

/// Letters of the picture's hash that name it in a key.
const NAME: usize = 16;

/// What a photo is called in keys.
pub fn photo_name(sha256: &str) -> &str {
    sha256.get(..NAME).unwrap_or(sha256)
}

/// Whether the part of a key below a photo capture is one that photos have: `<name>`, `<name>.marks`, `<name>.after`.
pub fn photo_part(below: &str) -> Option<PhotoPart> {
    let (name, part) = below.split_once('.').map_or((below, None), |(name, part)| (name, Some(part)));
    if !is_photo_name(name) {
        return None;
    }
    match part {
        None => Some(PhotoPart::Caption),
        Some("marks") => Some(PhotoPart::Marks),
        Some("after") => Some(PhotoPart::After),
        Some(_) => None,
    }
}

/// Whether this can be the name of a photo.
pub fn is_photo_name(name: &str) -> bool {
    name.len() == NAME && name.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// What can be said of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoPart {
    /// Words below it.
    Caption,
    /// Marks on it, as [`crate::marks`] writes them.
    Marks,
    /// The name of the photo that shows what was before.
    After,
}

impl PhotoPart {
    /// The key of this part of a photo of a capture.
    pub fn key(self, field: &str, sha256: &str) -> String {
        let name = photo_name(sha256);
        match self {
            PhotoPart::Caption => format!("{field}.{name}"),
            PhotoPart::Marks => format!("{field}.{name}.marks"),
            PhotoPart::After => format!("{field}.{name}.after"),
        }
    }
}

/// A photo with what is said of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Photo<'a> {
    /// Who attached it, and when.
    pub fact: &'a Fact,
    /// The picture.
    pub attachment: &'a Attachment,
    /// Words below it.
    pub caption: Option<&'a str>,
    /// Marks on it.
    pub marks: Option<&'a str>,
    /// The name of the photo that shows what was before.
    pub after: Option<&'a str>,
}

impl Record {
    /// A photo of a capture with what is said of it; `None` when the fact is something else.
    pub fn photo<'a>(&'a self, field: &str, fact: &'a Fact) -> Option<Photo<'a>> {
        let FactKind::Photo { attachment, caption } = &fact.kind else { return None };
        let said = |part: PhotoPart| self.text(&part.key(field, &attachment.sha256));
        // A caption that was taken away is an empty answer, not the one from the beginning.
        let renamed = self.fields.contains_key(&PhotoPart::Caption.key(field, &attachment.sha256));
        let caption = if renamed { said(PhotoPart::Caption) } else { caption.as_deref() };
        Some(Photo { fact, attachment, caption, marks: said(PhotoPart::Marks), after: said(PhotoPart::After) })
    }

    /// The photos of a capture that were not taken back, in the order in which they were attached.
    pub fn photos<'a>(&'a self, field: &'a str) -> impl Iterator<Item = Photo<'a>> {
        self.facts(field).filter_map(move |fact| self.photo(field, fact))
    }
}
