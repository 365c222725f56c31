//! The texts of the content files, and where in them something stands.
//!
//! It must not know what the files mean. [`read`] is the only place of this crate that reads from disk;
//! everything after it works on [`Sources`], so tests can check folders that exist only in memory.

use std::fs;
use std::io;
use std::path::Path;

/// A position in one of the [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// Index of the file.
    pub(crate) file: usize,
    /// Byte offset in its text.
    pub(crate) offset: usize,
}

/// One file: where it is in the content folder, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path inside the content folder, with `/`: `forms/f-33.toml`.
    pub path: String,
    /// The text.
    pub text: String,
}

/// All files of a content folder.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// How the folder is called in messages, e.g. `content`.
    pub root: String,
    /// The files, sorted by path.
    pub files: Vec<Source>,
}

impl Sources {
    /// File, line and column of a place; lines and columns count from 1, columns in characters.
    pub(crate) fn position(&self, place: Place) -> (String, usize, usize) {
        let Some(source) = self.files.get(place.file) else {
            let folder = if self.root.is_empty() { "." } else { &self.root };
            return (folder.to_owned(), 1, 1);
        };
        let mut offset = place.offset.min(source.text.len());
        while !source.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &source.text[..offset];
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before[start..].chars().count() + 1;
        (self.named(&source.path), line, column)
    }

    /// The path as it is shown to people.
    fn named(&self, path: &str) -> String {
        if self.root.is_empty() { path.to_owned() } else { format!("{}/{path}", self.root.trim_end_matches('/')) }
    }
}

/// Reads every `*.toml` below `dir`.
///
/// # Errors
/// The path that could not be read, and why.
pub(crate) fn read(dir: &Path) -> Result<Sources, (String, io::Error)> {
    let mut files = Vec::new();
    collect(dir, "", &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Sources { root: dir.display().to_string(), files })
}

fn collect(dir: &Path, prefix: &str, files: &mut Vec<Source>) -> Result<(), (String, io::Error)> {
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |error| (path, error)
    };
    for entry in fs::read_dir(dir).map_err(failed(dir))? {
        let entry = entry.map_err(failed(dir))?;
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let inside = format!("{prefix}{name}");
        let kind = entry.file_type().map_err(failed(&path))?;
        if name.starts_with('.') {
            // Leftovers of editors are no content.
        } else if kind.is_dir() {
            collect(&path, &format!("{inside}/"), files)?;
        } else if name.ends_with(".toml") {
            let text = fs::read_to_string(&path).map_err(failed(&path))?;
            files.push(Source { path: inside, text });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let sources = Sources {
            root: "content".to_owned(),
            files: vec![Source { path: "a.toml".to_owned(), text: "x\n现场 = 1".to_owned() }],
        };
        let place = Place { file: 0, offset: "x\n现场 ".len() };
        assert_eq!(sources.position(place), ("content/a.toml".to_owned(), 2, 4));
    }
}
