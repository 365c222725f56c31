//! Fixtures: the good content folder, and broken ones laid over it.

use sitebook_content::{Source, Sources};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of this crate's tests.
pub fn tests_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The files of the good fixture.
pub fn good() -> Vec<Source> {
    let mut files = Vec::new();
    collect(&tests_dir().join("good"), "", &mut files);
    files
}

fn collect(dir: &Path, prefix: &str, files: &mut Vec<Source>) {
    for entry in fs::read_dir(dir).expect("the folder of a fixture") {
        let path = entry.expect("an entry of a fixture").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let inside = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, &format!("{inside}/"), files);
        } else {
            let text = fs::read_to_string(&path).expect("a text of a fixture");
            files.push(Source { path: inside, text });
        }
    }
}

/// The good fixture with the files of `overlay` added, replaced (`#- path`) or taken away (`#! path`).
pub fn overlaid(overlay: &str) -> Sources {
    let mut files = good();
    let mut current: Option<Source> = None;
    let mut changed = Vec::new();
    for line in overlay.lines() {
        if let Some(path) = line.strip_prefix("#! ") {
            let before = files.len();
            files.retain(|file| file.path != path);
            assert_ne!(before, files.len(), "{path} is not in the good fixture");
        } else if let Some(path) = line.strip_prefix("#- ") {
            changed.extend(current.take());
            current = Some(Source { path: path.to_owned(), text: String::new() });
        } else {
            let source = current.as_mut().expect("a line '#- path' comes first");
            source.text.push_str(line);
            source.text.push('\n');
        }
    }
    changed.extend(current);
    files.retain(|file| !changed.iter().any(|new| new.path == file.path));
    files.extend(changed);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Sources { root: String::new(), files }
}
