//! How many bytes a first load and the service worker fetch, compressed with brotli at its best.

use crate::finish::{brotli, worker};
use anyhow::{Context, Result};
use std::{fs, path::Path};

/// One file of the build.
struct File {
    path: String,
    raw: u64,
    packed: u64,
    /// Whether the page needs it for its first screen; the rest is fetched by the worker afterwards.
    first: bool,
}

/// All files of the app, and `sw.js`.
pub struct Sizes(Vec<File>);

/// Measures a built folder.
pub fn measure(dist: &Path) -> Result<Sizes> {
    let page =
        fs::read_to_string(dist.join(worker::PAGE)).with_context(|| format!("no build in {}", dist.display()))?;
    let start: String = page_scripts(&page, dist)?;
    let mut files = Vec::new();
    for path in worker::files(dist)? {
        if !worker::belongs_to_the_app(&path) && path != "sw.js" {
            continue;
        }
        let bytes = fs::read(dist.join(&path))?;
        let ready = dist.join(format!("{path}.br"));
        let packed = if ready.is_file() {
            fs::metadata(&ready)?.len()
        } else {
            // Pictures hardly shrink; a host sends them as they are.
            brotli(&bytes)?.len().min(bytes.len()) as u64
        };
        let first = path == worker::PAGE || needed_first(&path, &page, &start);
        files.push(File { path, raw: bytes.len() as u64, packed, first });
    }
    Ok(Sizes(files))
}

/// Whether the page or its start script names the file. Icons and the manifest are named too, but
/// browsers fetch them when the page stands, or only when the app is installed.
fn needed_first(path: &str, page: &str, start: &str) -> bool {
    let late = path.starts_with("icons/") || path.ends_with(".webmanifest");
    !late && (page.contains(&format!("\"./{path}\"")) || start.contains(path))
}

/// The text of the scripts that the page names.
fn page_scripts(page: &str, dist: &Path) -> Result<String> {
    let mut all = String::new();
    for part in page.split("src=\"./").skip(1) {
        let name = part.split('"').next().unwrap_or_default();
        all.push_str(&fs::read_to_string(dist.join(name))?);
    }
    Ok(all)
}

impl Sizes {
    /// Compressed bytes of a first load.
    pub fn first_load(&self) -> u64 {
        self.0.iter().filter(|file| file.first).map(|file| file.packed).sum()
    }

    /// The table in markdown.
    pub fn table(&self, budget: u64) -> String {
        let mut out = String::from(
            "Sizes in bytes; compressed: brotli -q 11.\n\n| file | raw | compressed | needed for |\n|---|--:|--:|---|\n",
        );
        let mut files: Vec<&File> = self.0.iter().collect();
        files.sort_by_key(|file| (!file.first, std::cmp::Reverse(file.packed)));
        for file in &files {
            let when = if file.first { "first screen" } else { "offline" };
            out.push_str(&format!("| {} | {} | {} | {when} |\n", file.path, file.raw, file.packed));
        }
        let sum = |first: bool, of: fn(&File) -> u64| -> u64 {
            self.0.iter().filter(|file| file.first || !first).map(of).sum()
        };
        let part = self.first_load() as f64 * 100.0 / budget as f64;
        out.push_str(&format!(
            "| **first load** | {} | **{}** | {part:.0} % of the budget of {budget} |\n",
            sum(true, |file| file.raw),
            self.first_load(),
        ));
        out.push_str(&format!(
            "| **all, kept for offline use** | {} | {} | |\n",
            sum(false, |file| file.raw),
            sum(false, |file| file.packed),
        ));
        out
    }
}
