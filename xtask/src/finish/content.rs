//! Writes the content that the app fetches when it needs it.
//!
//! The build script has put names and digests of the same files into the app; `sitebook-content` makes both. It must
//! not know what is in them.

use super::worker;
use anyhow::{Context, Result, bail};
use sitebook_content::{Problem, assets, load};
use std::{fs, path::Path};

/// Writes the files of `source/content` into the folder, and answers their names. Content with a problem is refused, as
/// in the build script.
pub fn write(source: &Path, folder: &Path) -> Result<Vec<String>> {
    let content = match load(&source.join("content")) {
        Ok(content) => content,
        Err(problems) => bail!("{}", problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n")),
    };
    let mut written = Vec::new();
    for asset in assets(&content)? {
        let file = folder.join(&asset.file);
        fs::write(&file, &asset.text).with_context(|| format!("cannot write {}", file.display()))?;
        written.push(asset.file);
    }
    Ok(written)
}

/// Checks that the app asks for these files: else it was compiled with other content, and would find nothing.
pub fn fits_the_app(files: &[String], folder: &Path) -> Result<()> {
    let parts = worker::files(folder)?.into_iter().filter(|file| file.ends_with(".wasm"));
    let parts: Vec<Vec<u8>> = parts.map(|part| fs::read(folder.join(part))).collect::<Result<_, _>>()?;
    for file in files {
        let is_in = |part: &Vec<u8>| part.windows(file.len()).any(|bytes| bytes == file.as_bytes());
        if !parts.iter().any(is_in) {
            bail!("the app does not ask for {file}: it was compiled with other content; build again");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{finish::digest, policy};

    fn source(name: &str, sources: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("sitebook-content-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("content")).unwrap();
        fs::create_dir_all(folder.join("staging")).unwrap();
        fs::write(folder.join("content/sources.toml"), sources).unwrap();
        folder
    }

    #[test]
    fn content_lies_beside_the_app_under_names_that_browsers_may_keep() {
        let text = "schema = 1\n[[source]]\nshort = \"A\"\ntitle = { zh = \"甲\", en = \"First\" }\n";
        let folder = source("good", text);
        let files = write(&folder, &folder.join("staging")).unwrap();
        assert_eq!(worker::files(&folder.join("staging")).unwrap().len(), files.len());
        assert!(!files.is_empty());
        for file in files {
            assert!(policy::named_by_content(&file), "{file}");
            assert!(worker::belongs_to_the_app(&file), "{file}");
            let bytes = fs::read(folder.join("staging").join(&file)).unwrap();
            assert!(file.contains(&digest::short(&bytes)), "{file}");
        }
    }

    #[test]
    fn an_app_compiled_with_other_content_is_not_packed() {
        let folder =
            source("drift", "schema = 1\n[[source]]\nshort = \"A\"\ntitle = { zh = \"甲\", en = \"First\" }\n");
        let staging = folder.join("staging");
        let files = write(&folder, &staging).unwrap();
        fs::write(staging.join("app-1.wasm"), "content-sources-0000000000000000.json").unwrap();
        assert!(fits_the_app(&files, &staging).is_err());
        fs::write(staging.join("later-1.wasm"), format!("\0{}\0", files.join("\0"))).unwrap();
        assert!(fits_the_app(&files, &staging).is_ok());
    }

    #[test]
    fn content_with_a_problem_is_not_packed() {
        let folder = source("bad", "schema = 99\n");
        let error = write(&folder, &folder.join("staging")).unwrap_err().to_string();
        assert!(error.contains("sources.toml"), "{error}");
    }
}
