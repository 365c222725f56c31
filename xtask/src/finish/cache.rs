//! Remembers what slow tools made of the same input: wasm-opt and brotli.
//!
//! Kept in `target/packing`, named by the digest of the input and of the settings.

use super::digest;
use crate::project::Project;
use anyhow::Result;
use std::{fs, path::PathBuf};

/// The result of `work` on `input`; from the last time, if settings and input are the same.
pub fn remembered(
    project: &Project,
    settings: &str,
    input: &[u8],
    work: impl FnOnce() -> Result<Vec<u8>>,
) -> Result<Vec<u8>> {
    let folder = project.root.join("target/packing");
    let key = digest::hex(format!("{settings}\n{}", digest::hex(input)).as_bytes());
    let file = folder.join(key);
    if let Ok(known) = fs::read(&file) {
        return Ok(known);
    }
    let result = work()?;
    fs::create_dir_all(&folder)?;
    // Renamed into place: a killed build leaves no half of it.
    let half: PathBuf = file.with_extension(std::process::id().to_string());
    fs::write(&half, &result)?;
    fs::rename(&half, &file)?;
    Ok(result)
}
