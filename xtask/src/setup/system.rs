//! Browsers, drivers, fonts and Node, from the packages of a Debian system.
//!
//! Missing ones are installed with apt-get when we may (root, or sudo without a password);
//! else the command to type is part of the error.

use super::say;
use crate::project::Project;
use anyhow::{Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
};
use xshell::{Shell, cmd};

/// One thing to have, and the package that brings it.
pub struct Need {
    package: &'static str,
    proof: Proof,
}

enum Proof {
    /// One of these programs is on the path.
    Program(&'static [&'static str]),
    /// A font of this family lies in the system's font folder.
    Font(&'static str),
    /// The small browser of WebKitGTK.
    MiniBrowser,
}

const CHROMIUM_BROWSER: Need = Need { package: "chromium", proof: Proof::Program(&["chromium", "google-chrome"]) };
const CHROMEDRIVER: Need = Need { package: "chromium-driver", proof: Proof::Program(&["chromedriver"]) };
const CJK: Need = Need { package: "fonts-noto-cjk", proof: Proof::Font("NotoSansCJK") };

/// Node with npm.
pub const NODE: [Need; 2] = [
    Need { package: "nodejs", proof: Proof::Program(&["node"]) },
    Need { package: "npm", proof: Proof::Program(&["npm"]) },
];

/// What the benchmark needs.
pub const CHROMIUM: [Need; 3] = [CHROMIUM_BROWSER, CHROMEDRIVER, CJK];

/// What the browser tests need.
pub const BROWSERS: [Need; 8] = [
    CHROMIUM_BROWSER,
    CHROMEDRIVER,
    CJK,
    Need { package: "firefox-esr", proof: Proof::Program(&["firefox-esr", "firefox"]) },
    Need { package: "webkit2gtk-driver", proof: Proof::Program(&["WebKitWebDriver"]) },
    Need { package: "webkit2gtk-driver", proof: Proof::MiniBrowser },
    Need { package: "xvfb", proof: Proof::Program(&["xvfb-run"]) },
    Need { package: "poppler-utils", proof: Proof::Program(&["pdftotext"]) },
];

/// Installs the packages of the needs that are not met.
pub fn packages(project: &Project, needs: &[Need]) -> Result<()> {
    let mut missing = lacking(project, needs);
    missing.dedup();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    let shell = project.shell()?;
    let Some((front, rest)) = as_root(&shell, project) else {
        bail!("these packages are missing, and I may not install them:\n\n    sudo apt-get install {names}\n");
    };
    say(&format!("installing {names} with apt-get"));
    // xvfb-run's xauth and the like are only recommended packages, but tiny and needed.
    let extra: &[&str] = if missing.contains(&"xvfb") { &["xauth"] } else { &[] };
    cmd!(shell, "{front} {rest...} apt-get update -qq").quiet().ignore_stdout().run()?;
    cmd!(
        shell,
        "{front} {rest...} DEBIAN_FRONTEND=noninteractive
         apt-get install -qq -y --no-install-recommends {missing...} {extra...}"
    )
    .quiet()
    .ignore_stdout()
    .run()?;
    let still = lacking(project, needs);
    if !still.is_empty() {
        bail!("apt-get went through, but this is still not there: {}", still.join(" "));
    }
    Ok(())
}

fn lacking(project: &Project, needs: &[Need]) -> Vec<&'static str> {
    needs.iter().filter(|need| !need.proof.holds(project)).map(|need| need.package).collect()
}

/// The words to put before a command to run it as root; `None` if there is no way.
fn as_root(shell: &Shell, project: &Project) -> Option<(&'static str, &'static [&'static str])> {
    project.which("apt-get")?;
    if cmd!(shell, "id -u").quiet().read().is_ok_and(|id| id == "0") {
        return Some(("env", &[]));
    }
    project.which("sudo")?;
    let awake = cmd!(shell, "sudo -n true").quiet().ignore_stderr().run();
    awake.is_ok().then_some(("sudo", &["-n", "env"]))
}

impl Proof {
    fn holds(&self, project: &Project) -> bool {
        match self {
            Proof::Program(names) => names.iter().any(|name| project.which(name).is_some()),
            Proof::Font(name) => has_font(Path::new("/usr/share/fonts"), name, 4),
            Proof::MiniBrowser => mini_browser().is_some(),
        }
    }
}

fn has_font(folder: &Path, name: &str, depth: usize) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    entries.flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            depth > 0 && has_font(&path, name, depth - 1)
        } else {
            entry.file_name().to_string_lossy().starts_with(name)
        }
    })
}

/// Looks where distributions put it: `<libdir>/webkit2gtk-4.x/MiniBrowser`.
pub fn mini_browser() -> Option<PathBuf> {
    let libraries = fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path());
    ["/usr/lib".into(), "/usr/libexec".into(), "/usr/lib64".into()]
        .into_iter()
        .chain(libraries)
        .flat_map(|folder: PathBuf| {
            ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"]
                .map(|version| folder.join(version).join("MiniBrowser"))
        })
        .find(|file| file.is_file())
}
