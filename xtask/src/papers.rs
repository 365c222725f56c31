//! Builds the app and prints every form, to compare it with the kept papers or to keep it; or takes pictures of every
//! screen. What is printed, compared and shown is the matter of `tests/chromium/papers.rs` and `gallery.rs`.

use crate::{build, project::Project, setup, suite};
use anyhow::{Context, Result};
use xshell::cmd;

/// What the command line says.
pub struct Options {
    /// Keep the papers instead of comparing them.
    pub bless: bool,
    /// Only this form.
    pub form: Option<String>,
}

/// Builds, prints, compares.
pub fn papers(project: &Project, options: &Options) -> Result<()> {
    setup::for_browsers(project)?;
    let dist = build::release(project)?;
    let shell = project.shell()?;
    let command = cmd!(
        shell,
        "cargo test --quiet --package sitebook-journeys --test chromium -- every_form_prints_as_it_is_kept"
    );
    let mut command = suite::with_tools(project, command.quiet(), &suite::CHROMIUM)?.env("SITEBOOK_DIST", dist);
    if options.bless {
        command = command.env("SITEBOOK_BLESS", "1");
    }
    if let Some(form) = &options.form {
        command = command.env("SITEBOOK_FORM", form);
    }
    command.run().context("a form prints otherwise than it is kept (see above)")?;
    let what = if options.bless { "kept in tests/golden/papers" } else { "as they are kept" };
    println!("papers: {what}; the prints are in test-results/papers");
    Ok(())
}

/// Builds, and takes pictures of every screen.
pub fn screens(project: &Project) -> Result<()> {
    setup::for_browsers(project)?;
    let dist = build::release(project)?;
    let shell = project.shell()?;
    let command =
        cmd!(shell, "cargo test --quiet --package sitebook-journeys --test chromium -- --ignored --exact gallery");
    let command = suite::with_tools(project, command.quiet(), &suite::CHROMIUM)?.env("SITEBOOK_DIST", dist);
    command.run().context("a screen is not as it should be (see above)")?;
    println!("screens: the pictures are in test-results/gallery");
    Ok(())
}
