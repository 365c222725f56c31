//! House rules that no linter knows: who may touch the browser, what the core may use, how long a
//! file may be.
//!
//! It reads source text line by line and knows comments only as lines that begin with `//`.

use anyhow::{Context, Result};
use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

/// Longer files are hard to read on one sitting.
const LONGEST_FILE: usize = 400;

/// Something that breaks a rule, and where.
pub struct Finding {
    /// Whether it fails the check, or is only said.
    pub is_error: bool,
    place: String,
    what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = if self.is_error { "error" } else { "warning" };
        write!(f, "{level}: {}: {}", self.place, self.what)
    }
}

/// A rule about words: in the files below `within`, but not below `except`, none of `words` occurs.
struct Rule {
    within: &'static str,
    except: Option<&'static str>,
    words: &'static [&'static str],
    reason: &'static str,
}

const RULES: [Rule; 3] = [
    Rule {
        within: "src",
        except: Some("src/browser"),
        words: &["web_sys", "js_sys"],
        reason: "only src/browser may touch the browser's interfaces",
    },
    Rule {
        within: "crates/core/src",
        except: None,
        words: &["web_sys", "js_sys", "wasm_bindgen", "leptos", "gloo", "SystemTime", "Instant"],
        reason: "the core knows no browser and no clock",
    },
    Rule {
        within: "crates/core/Cargo.toml",
        except: None,
        words: &["web-sys", "js-sys", "wasm-bindgen", "leptos", "gloo", "wasmbind", "getrandom"],
        reason: "the core knows no browser and no randomness of its own",
    },
];

/// Everything that breaks a rule in the checkout.
pub fn look(root: &Path) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for file in source_files(root)? {
        let text = fs::read_to_string(root.join(&file)).with_context(|| format!("cannot read {}", file.display()))?;
        judge(&file, &text, &mut found);
    }
    Ok(found)
}

fn judge(file: &Path, text: &str, found: &mut Vec<Finding>) {
    for rule in &RULES {
        if !file.starts_with(rule.within) || rule.except.is_some_and(|inner| file.starts_with(inner)) {
            continue;
        }
        for (index, line) in text.lines().enumerate() {
            if line.trim_start().starts_with(['/', '#']) && !line.trim_start().starts_with("#[") {
                continue;
            }
            if let Some(word) = rule.words.iter().find(|word| has_word(line, word)) {
                found.push(Finding {
                    is_error: true,
                    place: format!("{}:{}", file.display(), index + 1),
                    what: format!("`{word}`: {}", rule.reason),
                });
            }
        }
    }
    let lines = text.lines().count();
    if file.extension().is_some_and(|ext| ext == "rs") && lines > LONGEST_FILE {
        found.push(Finding {
            is_error: false,
            place: file.display().to_string(),
            what: format!("{lines} lines; above {LONGEST_FILE} it wants to be two files"),
        });
    }
}

/// Whether the word stands there by itself, not inside a longer name.
fn has_word(line: &str, word: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(part_of_name) && !line[at + word.len()..].starts_with(part_of_name))
}

/// The Rust files and manifests of the checkout, relative to it.
fn source_files(root: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = ["src", "crates", "xtask", "tests", "benches"].map(PathBuf::from).into();
    while let Some(inner) = open.pop() {
        let folder = root.join(&inner);
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let path = inner.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                if entry.file_name() != "target" {
                    open.push(path);
                }
            } else if path.extension().is_some_and(|ext| ext == "rs") || path.ends_with("Cargo.toml") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(file: &str, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        judge(Path::new(file), text, &mut found);
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_browser_is_touched_in_its_own_room_only() {
        let text = "use leptos::web_sys::Window;\n// web_sys in words\nlet my_web_sys_x = 1;\n";
        assert_eq!(judged("src/browser/files.rs", text), [""; 0]);
        assert_eq!(
            judged("src/pages/today.rs", text),
            ["error: src/pages/today.rs:1: `web_sys`: only src/browser may touch the browser's interfaces"]
        );
    }

    #[test]
    fn the_core_names_no_browser_in_source_or_manifest() {
        assert_eq!(judged("crates/core/src/lib.rs", "use gloo::timers;\n").len(), 1);
        assert_eq!(judged("crates/core/Cargo.toml", "leptos = \"0.8\"\n").len(), 1);
        assert_eq!(judged("crates/core/Cargo.toml", "# leptos is not wanted\nserde = \"1\"\n").len(), 0);
    }

    #[test]
    fn a_long_file_is_a_warning() {
        let found = judged("xtask/src/x.rs", &"\n".repeat(401));
        assert_eq!(found, ["warning: xtask/src/x.rs: 401 lines; above 400 it wants to be two files"]);
    }
}
