//! What must hold before a test is worth running: house rules, format, content, lints, licences.
//!
//! The cheap ones come first. `fix` repairs what a tool can repair.

mod gates;

use crate::{coverage, project::Project, setup};
use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

/// All checks; the first that fails ends it.
pub fn check(project: &Project, deny: bool) -> Result<()> {
    let shell = project.shell()?;
    step("house rules");
    house_rules(project)?;
    step("format");
    cmd!(shell, "cargo fmt --all --check").quiet().run().context("not formatted; `cargo xtask fix` does it")?;
    if has_content_checker(project) {
        step("content");
        cmd!(shell, "cargo run --quiet --package sitebook-content -- check").quiet().run()?;
        step("coverage");
        coverage::coverage(project, coverage::Mode::Check)?;
    }
    step("lints, native");
    cmd!(shell, "cargo clippy --quiet --workspace --all-targets -- -D warnings").quiet().run()?;
    step("lints, wasm");
    setup::for_build(project)?;
    cmd!(shell, "cargo clippy --quiet --package sitebook --target wasm32-unknown-unknown -- -D warnings")
        .quiet()
        .run()?;
    if deny {
        step("licences and sources");
        setup::for_deny(project)?;
        deny_check(&shell)?;
    }
    println!("check: all is well");
    Ok(())
}

/// Formats, and applies what the linter can apply by itself.
pub fn fix(project: &Project) -> Result<()> {
    let shell = project.shell()?;
    cmd!(shell, "cargo clippy --fix --allow-dirty --allow-staged --workspace --all-targets").quiet().run()?;
    cmd!(shell, "cargo clippy --fix --allow-dirty --allow-staged --package sitebook --target wasm32-unknown-unknown")
        .quiet()
        .run()?;
    cmd!(shell, "cargo fmt --all").quiet().run()?;
    Ok(())
}

fn step(name: &str) {
    println!("check: {name}");
}

fn house_rules(project: &Project) -> Result<()> {
    let found = gates::look(&project.root)?;
    for finding in &found {
        println!("{finding}");
    }
    let broken = found.iter().filter(|finding| finding.is_error).count();
    if broken > 0 {
        bail!("{broken} house rules are broken");
    }
    Ok(())
}

fn has_content_checker(project: &Project) -> bool {
    let source = project.root.join("crates/content/src");
    source.join("main.rs").is_file() || source.join("bin").is_dir()
}

/// Advisories need a database from the network; without it the rest is still checked.
fn deny_check(shell: &Shell) -> Result<()> {
    cmd!(shell, "cargo deny --log-level error check bans licenses sources").quiet().run()?;
    if cmd!(shell, "cargo deny --log-level error check advisories").quiet().run().is_err() {
        bail!("there are advisories, or the advisory database could not be fetched (see above)");
    }
    Ok(())
}
