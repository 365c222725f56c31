//! The list of files that the service worker keeps, the version, and the worker itself.
//!
//! It knows which of the built files belong to the app; it must not know how they were made.

use super::digest;
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
};

const TEMPLATE: &str = include_str!("../../assets/sw.js");

/// The page; it is kept under the address of the folder.
pub const PAGE: &str = "index.html";
/// Where the version is written in the page, and nowhere else.
pub const VERSION_MARK: &str = "@VERSION@";

/// A file of the build: its path from the root, with `/`, and its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Such as `icons/icon-192.png`.
    pub path: String,
    /// As in `integrity`.
    pub digest: String,
    /// In bytes.
    pub size: u64,
}

/// The paths of all files below a folder, sorted.
pub fn files(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(inner) = open.pop() {
        let here = folder.join(&inner);
        for entry in fs::read_dir(&here).with_context(|| format!("cannot list {}", here.display()))? {
            let entry = entry?;
            let path = inner.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                open.push(path);
            } else {
                let words: Vec<_> = path.iter().map(|word| word.to_string_lossy()).collect();
                found.push(words.join("/"));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a built file is part of the app, and so kept for offline use. The rest speaks to hosts
/// and people.
#[must_use]
pub fn belongs_to_the_app(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    !(name.starts_with(['_', '.'])
        || name.ends_with(".br")
        || name.ends_with(".example")
        || matches!(path, "sw.js" | "version.json"))
}

/// The app's files with their digests, without the page itself.
pub fn entries(folder: &Path) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for path in files(folder)? {
        if !belongs_to_the_app(&path) || path == PAGE {
            continue;
        }
        if !path.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b)) {
            bail!("{path:?}: names of shipped files may have letters a-z, digits, - _ and . only");
        }
        let bytes = fs::read(folder.join(&path))?;
        entries.push(Entry { digest: digest::integrity(&bytes), size: bytes.len() as u64, path });
    }
    Ok(entries)
}

/// The version: a digest of everything that a user can get from this build.
#[must_use]
pub fn version(entries: &[Entry], page: &str) -> String {
    let mut all = format!("{TEMPLATE}\n{page}\n");
    for entry in entries {
        all.push_str(&format!("{} {}\n", entry.path, entry.digest));
    }
    let mut version = digest::hex(all.as_bytes());
    version.truncate(12);
    version
}

/// The text of `sw.js`.
pub fn worker(entries: &[Entry], version: &str) -> Result<String> {
    let list: Vec<_> = entries.iter().map(|entry| [&entry.path, &entry.digest]).collect();
    let list = serde_json::to_string(&list)?.replace("],[", "],\n[");
    Ok(TEMPLATE.replace(VERSION_MARK, version).replace("@FILES@", &list))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn build(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("sitebook-sw-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("icons")).unwrap();
        for file in [
            "index.html",
            "sw.js",
            "version.json",
            "_headers",
            ".nojekyll",
            "a.js",
            "a.js.br",
            "nginx.conf.example",
            "icons/icon.png",
        ] {
            fs::write(folder.join(file), file).unwrap();
        }
        folder
    }

    #[test]
    fn the_list_has_the_app_and_nothing_that_is_meant_for_hosts() {
        let entries = entries(&build("list")).unwrap();
        let paths: Vec<_> = entries.iter().map(|entry| entry.path.as_str()).collect();
        assert_eq!(paths, ["a.js", "icons/icon.png"]);
        assert_eq!(entries[0].digest, digest::integrity(b"a.js"));
    }

    #[test]
    fn the_version_changes_with_any_file_and_with_the_page_only() {
        let folder = build("version");
        let first = version(&entries(&folder).unwrap(), "page");
        assert_eq!(first, version(&entries(&folder).unwrap(), "page"));
        assert_ne!(first, version(&entries(&folder).unwrap(), "page 2"));
        fs::write(folder.join("icons/icon.png"), "other").unwrap();
        let second = version(&entries(&folder).unwrap(), "page");
        assert_ne!(first, second);
        fs::write(folder.join("_headers"), "other").unwrap();
        assert_eq!(second, version(&entries(&folder).unwrap(), "page"));
    }

    #[test]
    fn the_worker_names_version_and_files_and_leaves_no_mark() {
        let entries = entries(&build("worker")).unwrap();
        let text = worker(&entries, "abc123").unwrap();
        assert!(text.contains("const VERSION = 'abc123';"));
        assert!(text.contains("[\"a.js\",\"sha256-"));
        assert!(!text.contains("@FILES@") && !text.contains(VERSION_MARK));
    }

    #[test]
    fn a_name_that_would_need_escaping_in_an_address_is_refused() {
        let folder = build("names");
        fs::write(folder.join("icons/my icon.png"), "x").unwrap();
        assert!(entries(&folder).is_err());
    }
}
