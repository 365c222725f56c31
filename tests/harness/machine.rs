//! What the machine offers: tools, the build under test, folders for scratch and for results.

use anyhow::{Context, Result, bail};
use std::{
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

/// The folder of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The build under test.
pub fn dist() -> Result<PathBuf> {
    let folder = env::var_os("SITEBOOK_DIST").map_or_else(|| root().join("dist"), PathBuf::from);
    if !folder.join("sw.js").is_file() {
        bail!("no build in {}: run `cargo xtask build`", folder.display());
    }
    Ok(folder)
}

/// A folder for what a person may want to look at afterwards; made if need be.
pub fn results(name: &str) -> Result<PathBuf> {
    let folder = root().join("test-results").join(name);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// A program: as the environment names it, else as it is found on the path or among the tools of this checkout.
#[must_use]
pub fn tool(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(named) = env::var_os(variable).map(PathBuf::from) {
        return named.is_file().then_some(named);
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let own = root().join("target/tools/bin");
    let folders = std::iter::once(own).chain(env::split_paths(&path));
    let mut files = folders.flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    files.find(|file| file.is_file())
}

/// WebKitGTK's small browser; it lies outside the path.
#[must_use]
pub fn mini_browser() -> Option<PathBuf> {
    if let Some(named) = env::var_os("MINIBROWSER").map(PathBuf::from) {
        return named.is_file().then_some(named);
    }
    let library = fs::read_dir("/usr/lib").ok()?;
    let mut files = library.flatten().map(|entry| entry.path().join("webkit2gtk-4.1/MiniBrowser"));
    files.find(|file| file.is_file())
}

/// Whether nobody looks on: what is missing then fails the run instead of being left out.
#[must_use]
pub fn is_ci() -> bool {
    env::var_os("CI").is_some_and(|value| value != "false" && value != "0" && !value.is_empty())
}

/// A port that nobody uses now.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// A folder that is removed at the end.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    /// A new empty folder.
    pub fn new(name: &str) -> Result<Scratch> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("sitebook-{}-{number}-{name}", std::process::id()));
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Scratch { folder })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A browser that was just killed may still be closing files.
        for _ in 0..10 {
            if fs::remove_dir_all(&self.folder).is_ok() || !self.folder.exists() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }
}
