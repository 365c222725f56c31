//! Where things are in the checkout, and how child processes are started.
//!
//! It knows paths, `Cargo.lock` and `PATH`; it must not know what any command is for.

use anyhow::{Context, Result};
use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};
use xshell::{Shell, cmd};

/// The checkout that the command works on.
pub struct Project {
    /// The folder with the workspace's `Cargo.toml`.
    pub root: PathBuf,
}

impl Project {
    /// Finds the checkout that this xtask was started from.
    pub fn locate() -> Result<Project> {
        let manifest =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("xtask lies in no workspace")?.to_owned();
        Ok(Project { root })
    }

    /// Where the finished app goes.
    #[must_use]
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Where cargo puts what it compiles.
    pub fn target(&self) -> Result<PathBuf> {
        let shell = self.shell()?;
        let about = cmd!(shell, "cargo metadata --no-deps --offline --format-version 1").quiet().read()?;
        let about: serde_json::Value = serde_json::from_str(&about)?;
        let folder = about["target_directory"].as_str();
        Ok(folder.context("cargo names no target folder")?.into())
    }

    /// Where the tools of this checkout are installed.
    #[must_use]
    pub fn tools(&self) -> PathBuf {
        self.root.join("target/tools")
    }

    /// Where the peers are installed that the app is measured against.
    #[must_use]
    pub fn peers(&self) -> PathBuf {
        self.root.join("target/peers")
    }

    /// The folders with tools of our own; they come before everything else on `PATH`.
    #[must_use]
    pub fn tool_folders(&self) -> [PathBuf; 2] {
        [self.tools().join("bin"), self.tools().join("node_modules/.bin")]
    }

    /// A shell in the project's root whose children find our tools first.
    pub fn shell(&self) -> Result<Shell> {
        let shell = Shell::new()?;
        shell.change_dir(&self.root);
        shell.set_var("PATH", self.path()?);
        Ok(shell)
    }

    fn path(&self) -> Result<OsString> {
        let rest = env::var_os("PATH").unwrap_or_default();
        let all = self.tool_folders().into_iter().chain(env::split_paths(&rest));
        Ok(env::join_paths(all)?)
    }

    /// The program of that name which a child process would start.
    #[must_use]
    pub fn which(&self, program: &str) -> Option<PathBuf> {
        let path = self.path().ok()?;
        env::split_paths(&path).map(|folder| folder.join(program)).find(|file| is_program(file))
    }

    /// The version of a crate as `Cargo.lock` has it.
    pub fn locked_version(&self, name: &str) -> Result<String> {
        let file = self.root.join("Cargo.lock");
        let text = fs::read_to_string(&file).with_context(|| format!("no {}", file.display()))?;
        locked_version(&text, name).with_context(|| format!("Cargo.lock does not name the crate {name}"))
    }
}

fn locked_version(lock: &str, name: &str) -> Option<String> {
    let wanted = format!("name = \"{name}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == wanted)?;
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(file).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn the_locked_version_is_that_of_the_crate_with_exactly_this_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
