//! Tools that come from crates.io, and the wasm target.
//!
//! A tool on `PATH` is used if its version fits; else the right one is compiled into
//! `target/tools/bin`, which takes minutes, once.

use super::say;
use crate::project::Project;
use anyhow::{Context, Result, bail};
use xshell::cmd;

const WASM: &str = "wasm32-unknown-unknown";

/// The standard library for wasm, through rustup.
pub fn wasm_target(project: &Project) -> Result<()> {
    let shell = project.shell()?;
    let library = cmd!(shell, "rustc --print target-libdir --target {WASM}").quiet().read()?;
    if std::path::Path::new(&library).is_dir() {
        return Ok(());
    }
    if project.which("rustup").is_none() {
        bail!("the Rust standard library for {WASM} is missing, and there is no rustup to add it");
    }
    say(&format!("adding the target {WASM} with rustup"));
    cmd!(shell, "rustup target add {WASM}").quiet().run()?;
    Ok(())
}

/// Trunk 0.21: 0.22 wants a newer compiler than ours.
pub fn trunk(project: &Project) -> Result<()> {
    let fits = |version: &str| version.starts_with("0.21.");
    ensure(
        project,
        &Tool {
            program: "trunk",
            fits: &fits,
            // Without what it would fetch and look up by itself: it works offline here.
            install: &["trunk", "--version", "^0.21", "--locked", "--no-default-features"],
            quickness: Quickness::Compiled,
            minutes: "about 3 minutes",
        },
    )
}

/// wasm-bindgen's program, which must be exactly as old as the library in `Cargo.lock`.
///
/// Not `--locked`: the lock file of some of its releases names a crate that was withdrawn.
pub fn wasm_bindgen(project: &Project) -> Result<()> {
    let wanted = project.locked_version("wasm-bindgen")?;
    let fits = |version: &str| version == wanted;
    ensure(
        project,
        &Tool {
            program: "wasm-bindgen",
            fits: &fits,
            install: &["wasm-bindgen-cli", "--version", &format!("={wanted}"), "--no-default-features"],
            quickness: Quickness::Used,
            minutes: "about 2 minutes",
        },
    )
}

/// The driver of Firefox.
pub fn geckodriver(project: &Project) -> Result<()> {
    ensure(
        project,
        &Tool {
            program: "geckodriver",
            fits: &|_| true,
            install: &["geckodriver", "--locked"],
            quickness: Quickness::Compiled,
            minutes: "about 1 minute",
        },
    )
}

/// The checker of licences and advisories.
pub fn cargo_deny(project: &Project) -> Result<()> {
    ensure(
        project,
        &Tool {
            program: "cargo-deny",
            fits: &|_| true,
            install: &["cargo-deny", "--locked"],
            quickness: Quickness::Used,
            minutes: "about 5 minutes",
        },
    )
}

struct Tool<'a> {
    program: &'a str,
    fits: &'a dyn Fn(&str) -> bool,
    install: &'a [&'a str],
    quickness: Quickness,
    minutes: &'a str,
}

/// Whether a tool must be quick to compile or quick in use. Published as for many users, Trunk alone is compiled for
/// a quarter of an hour on two cores, and saves a second of it here.
#[derive(Clone, Copy)]
enum Quickness {
    Compiled,
    Used,
}

impl Quickness {
    /// What cargo reads instead of the profile that the tool was published with.
    fn profile(self) -> [(&'static str, &'static str); 3] {
        let level = match self {
            Quickness::Compiled => "0",
            Quickness::Used => "1",
        };
        [
            ("CARGO_PROFILE_RELEASE_LTO", "off"),
            ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
            ("CARGO_PROFILE_RELEASE_OPT_LEVEL", level),
        ]
    }
}

fn ensure(project: &Project, tool: &Tool<'_>) -> Result<()> {
    let shell = project.shell()?;
    let program = tool.program;
    let found = version(&shell, project, program);
    if found.as_deref().is_some_and(tool.fits) {
        return Ok(());
    }
    let root = project.tools();
    let why = found.map_or_else(|| "is missing".into(), |v| format!("is here as {v}, which does not fit"));
    say(&format!("{program} {why}; installing it into target/tools ({})", tool.minutes));
    let install = tool.install;
    cmd!(shell, "cargo install --quiet --force --root {root} {install...}")
        // A tool is compiled in a folder that cargo throws away, not among the app's files.
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("CARGO_BUILD_TARGET_DIR")
        .envs(tool.quickness.profile())
        .quiet()
        .run()
        .with_context(|| format!("could not install {program} with cargo"))?;
    match version(&shell, project, program) {
        Some(v) if (tool.fits)(&v) => {
            say(&format!("{program} {v} installed"));
            Ok(())
        }
        other => bail!("{program} was installed but answers with version {other:?}"),
    }
}

fn version(shell: &xshell::Shell, project: &Project, program: &str) -> Option<String> {
    let path = project.which(program)?;
    let text = cmd!(shell, "{path} --version").quiet().ignore_stderr().read().ok()?;
    version_in(&text)
}

/// The first word of a `--version` line that looks like a version.
fn version_in(text: &str) -> Option<String> {
    text.split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('.'))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn the_version_is_found_in_what_each_tool_prints() {
        assert_eq!(version_in("trunk 0.21.14").as_deref(), Some("0.21.14"));
        assert_eq!(version_in("wasm-bindgen 0.2.130").as_deref(), Some("0.2.130"));
        assert_eq!(version_in("geckodriver 0.37.0 (abc 2026-01-01 12:00)\n\nThe").as_deref(), Some("0.37.0"));
        assert_eq!(version_in("nonsense"), None);
    }
}
