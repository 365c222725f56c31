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
    /// The folder beside `node_modules` with what `cargo xtask setup --peers` has bundled for the page.
    pub bundle: Option<&'static str>,
    /// The first control that can be used.
    pub control: &'static str,
    /// What a finger taps.
    pub label: &'static str,
}

/// All of them.
pub const PEERS: &[Peer] = &[
    Peer {
        name: "SurveyJS",
        package: "survey-js-ui",
        page: include_str!("pages/survey.html"),
        files: &[
            "survey-core/survey-core.fontless.min.css",
            "survey-core/survey.core.min.js",
            "survey-js-ui/survey-js-ui.min.js",
        ],
        bundle: None,
        control: "#app .sd-boolean input",
        label: "#app .sd-boolean__thumb-ghost:last-child",
    },
    Peer {
        name: "Form.io",
        package: "@formio/js",
        page: include_str!("pages/formio.html"),
        files: &[
            "bootstrap/dist/css/bootstrap.min.css",
            "@formio/js/dist/formio.form.min.css",
            "@formio/js/dist/formio.form.min.js",
        ],
        bundle: None,
        control: "#app .form-check-input",
        label: "#app .form-check",
    },
    Peer {
        name: "ODK Web Forms",
        package: "@getodk/web-forms",
        page: include_str!("pages/forms.html"),
        files: &[],
        bundle: Some("built"),
        control: "#app .value-option input",
        label: "#app .value-option[for$=\"_yes\"]",
    },
];

/// The version of an installed package.
pub fn version(modules: &Path, package: &str) -> Option<String> {
    let description = fs::read_to_string(modules.join(package).join("package.json")).ok()?;
    let description: serde_json::Value = serde_json::from_str(&description).ok()?;
    description["version"].as_str().map(str::to_owned)
}

/// Puts the page and its files into a folder of their own, made anew.
pub fn folder(
    below: &Path,
    name: &str,
    page: &str,
    files: &[&str],
    bundle: Option<&str>,
    modules: &Path,
) -> Result<PathBuf> {
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
    if let Some(bundle) = bundle {
        for entry in fs::read_dir(modules.with_file_name(bundle)).context("the bundle is missing")? {
            let entry = entry?;
            fs::copy(entry.path(), folder.join(entry.file_name()))?;
        }
    }
    Ok(folder)
}
