//! The peers: what is served of their npm packages, and how each is told to show the checklist.
//!
//! Packages lie where `cargo xtask setup --peers` puts them; what is missing is not an error. Files are served under
//! names with a hash of their content, so that the browser keeps them as it keeps ours.

use crate::finish::digest;
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// One of them.
pub struct Peer {
    /// Its name.
    pub name: &'static str,
    /// The npm package whose version counts.
    pub package: &'static str,
    /// The page that shows the checklist; `@path@` stands for a file of `files`.
    pub page: &'static str,
    /// Files that the page names, below `node_modules`.
    pub files: &'static [&'static str],
    /// The first control that can be used.
    pub control: &'static str,
    /// What a finger taps.
    pub label: &'static str,
}

/// All of them.
pub const PEERS: &[Peer] = &[];

/// The version of an installed package.
pub fn version(modules: &Path, package: &str) -> Option<String> {
    let description = fs::read_to_string(modules.join(package).join("package.json")).ok()?;
    let description: serde_json::Value = serde_json::from_str(&description).ok()?;
    description["version"].as_str().map(str::to_owned)
}

/// Puts the page and its files into a folder of their own, made anew.
pub fn folder(below: &Path, name: &str, page: &str, files: &[&str], modules: &Path) -> Result<PathBuf> {
    let folder = below.join(name.replace(['@', '/'], "-"));
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let mut page = page.to_owned();
    for file in files {
        let bytes = fs::read(modules.join(file)).with_context(|| format!("{file} is missing"))?;
        let extension = Path::new(file).extension().map(|ext| ext.to_string_lossy().into_owned()).unwrap_or_default();
        let served = format!("file-{}.{extension}", digest::short(&bytes));
        fs::write(folder.join(&served), bytes)?;
        page = page.replace(&format!("@{file}@"), &served);
    }
    fs::write(folder.join("index.html"), page)?;
    Ok(folder)
}
