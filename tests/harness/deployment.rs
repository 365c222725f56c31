//! New versions of a build, made from the one under test by giving its files other names.

use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

/// The version of the build in a folder.
pub fn version_of(folder: &Path) -> Result<String> {
    let json: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("version.json"))?)?;
    Ok(json["version"].as_str().context("no version")?.to_owned())
}

/// A version in which every file has a new name.
pub fn rename_all(folder: &Path, old: &str, new: &str) -> Result<()> {
    let mut renamed = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let digest =
            name.rsplit_once('-').and_then(|(_, rest)| rest.split_once('.')).map(|(digest, _)| digest.to_owned());
        if let Some(digest) = digest.filter(|digest| digest.len() == 16 && !name.ends_with(".br")) {
            let turned: String = digest.chars().rev().collect();
            fs::rename(folder.join(&name), folder.join(name.replace(&digest, &turned)))?;
            let _ = fs::remove_file(folder.join(format!("{name}.br")));
            renamed.push((digest, turned));
        }
    }
    // The script that starts the app names two of the others; its own digest stands in the worker's list.
    let texts: Vec<_> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    for path in texts {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("boot-") || name == "sw.js" || name == "index.html" || name == "version.json" {
            let mut text = fs::read_to_string(&path)?;
            for (digest, turned) in &renamed {
                text = text.replace(digest, turned);
            }
            fs::write(&path, text.replace(old, new))?;
            // Else the server would go on sending the compressed old one.
            let _ = fs::remove_file(folder.join(format!("{name}.br")));
        }
    }
    refresh_digest(folder)
}

/// Writes the digest of the changed start script into the worker's list.
fn refresh_digest(folder: &Path) -> Result<()> {
    let files = fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    let is_boot =
        |path: &std::path::PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("boot-"));
    let boot = files.into_iter().find(is_boot).context("no start script")?;
    let name = boot.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let digest = format!("sha256-{}", STANDARD.encode(Sha256::digest(fs::read(&boot)?)));
    let worker = fs::read_to_string(folder.join("sw.js"))?;
    let at = worker.find(&format!("\"{name}\",\"")).context("the worker does not name the start script")?;
    let from = at + name.len() + 4;
    let to = from + worker.get(from..).and_then(|rest| rest.find('"')).context("no digest")?;
    let renewed = format!("{}{digest}{}", worker.get(..from).unwrap_or_default(), worker.get(to..).unwrap_or_default());
    fs::write(folder.join("sw.js"), renewed)?;
    Ok(())
}

/// Copies a folder with what is in it. Links and sockets stay behind: a browser's locks are none of its data.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else if entry.file_type()?.is_file() {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
