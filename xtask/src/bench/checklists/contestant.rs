//! Who takes part, and how each is made ready: our own build, the floor, and those of the peers that are installed.
//!
//! It knows pages, files and selectors; it measures nothing.

use super::parcel::{self, Parcel};
use super::peers::{self, PEERS, Peer};
use crate::{
    bench::webdriver::Browser,
    project::Project,
    server::{Server, Settings},
};
use anyhow::{Context, Result};
use serde_json::json;
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

const PATIENCE: Duration = Duration::from_secs(300);

/// What is driven on a contestant's page.
pub struct Surface {
    /// The first control that can be used.
    pub control: &'static str,
    /// What a finger taps; each has one control inside, or is in its control's label.
    pub label: &'static str,
}

const OURS: Surface = Surface { control: ".step .check-row input", label: ".step .check-row" };
const FLOOR: Surface = Surface { control: "main label input", label: "main label" };

/// One of those that are compared.
pub struct Contestant {
    /// Its name in the table.
    pub name: String,
    /// What is driven.
    pub surface: Surface,
    /// The folder that is served.
    pub folder: PathBuf,
    server: Server,
    page: Page,
}

enum Page {
    Ours,
    Plain,
}

/// One way of using a contestant, a row of the table.
pub struct Series {
    /// What is said of it behind the name; empty for the plain way.
    pub what: &'static str,
    /// The address to open; `None`: go on in the page of the series before, after having opened every stage.
    pub address: Option<String>,
}

/// Everybody who is there, and the names of those who are not installed.
pub fn all(project: &Project, dist: &Path) -> Result<(Vec<Contestant>, Vec<&'static str>)> {
    let ours = contestant("Sitebook", OURS, dist.to_owned(), Page::Ours)?;
    let folder = project.target()?.join("checklists");
    let floor = peers::folder(&folder, "floor", include_str!("pages/floor.html"), &[], None, Path::new(""))?;
    let mut there = vec![ours, contestant("hand-written HTML/JS (the floor)", FLOOR, floor, Page::Plain)?];
    let mut absent = Vec::new();
    for Peer { name, package, page, files, bundle, control, label } in PEERS {
        let modules = project.peers().join("node_modules");
        match peers::version(&modules, package) {
            Some(version) => {
                let served = peers::folder(&folder, package, page, files, *bundle, &modules)?;
                let surface = Surface { control, label };
                there.push(contestant(&format!("{name} {version}"), surface, served, Page::Plain)?);
            }
            None => absent.push(*package),
        }
    }
    Ok((there, absent))
}

fn contestant(name: &str, surface: Surface, folder: PathBuf, page: Page) -> Result<Contestant> {
    let server = Server::start(Settings::local(folder.clone()))?;
    Ok(Contestant { name: name.to_owned(), surface, folder, server, page })
}

impl Contestant {
    /// Whether it is the app itself.
    pub fn is_ours(&self) -> bool {
        matches!(self.page, Page::Ours)
    }

    /// Makes a new browser ready and gives what is then measured in it: everything is in the browser's cache.
    pub fn prepare(&self, browser: &Browser, items: usize, scratch: &Path) -> Result<Vec<Series>> {
        let address = self.server.address();
        let series = match self.page {
            Page::Ours => ours(browser, &address, items, scratch)?,
            Page::Plain => {
                // Theirs put styles into the page as they run.
                browser.devtools("Page.setBypassCSP", &json!({ "enabled": true }))?;
                vec![Series { what: "", address: Some(format!("{address}index.html?n={items}")) }]
            }
        };
        // Twice: the browser keeps compiled code from the second time on.
        for _ in 0..2 {
            for address in series.iter().filter_map(|series| series.address.as_deref()) {
                browser.open("about:blank")?;
                browser.open(address)?;
                self.ready(browser)?;
            }
        }
        Ok(series)
    }

    /// Waits for the first control and answers when it was there, in milliseconds of the navigation.
    pub fn ready(&self, browser: &Browser) -> Result<f64> {
        let first = browser.until("return window.bench?.first ?? null;", PATIENCE)?;
        first.and_then(|value| value.as_f64()).with_context(|| format!("{} shows nothing to answer", self.name))
    }

    /// Goes through all stages and back to the first, as somebody who looks around does.
    pub fn open_all(&self, browser: &Browser, items: usize) -> Result<()> {
        let script = "return (async (count) => {
            const visit = location.hash.split('/at/')[0];
            const first = (title) => document.querySelector('.stage-title')?.textContent !== title;
            for (const at of [...Array(count).keys(), 0]) {
                const title = document.querySelector('.stage-title')?.textContent;
                const moves = !location.hash.endsWith(`/at/s${at + 1}`) && count > 1;
                location.hash = `${visit}/at/s${at + 1}`;
                const begun = performance.now();
                while (moves && !first(title) && performance.now() - begun < 2000) await new Promise(requestAnimationFrame);
                await new Promise((then) => setTimeout(then, 60));
            }
            return true;
        })(arguments[0])";
        browser.script_with(script, &json!([parcel::stages(items)])).map(drop)
    }
}

/// First use without the sample, then the file is taken in through the page as a user does it.
fn ours(browser: &Browser, address: &str, items: usize, scratch: &Path) -> Result<Vec<Series>> {
    let Parcel { file, fresh, filled } = parcel::parcel(items)?;
    let path = scratch.join(format!("checklist-{items}.json"));
    fs::write(&path, file)?;
    let wait = |script: &str| -> Result<()> {
        browser.until(script, PATIENCE)?.with_context(|| format!("did not come true: {script}")).map(drop)
    };
    let shown = |selector: &str| wait(&format!("return Boolean(document.querySelector('{selector}'));"));
    browser.open(address)?;
    shown("[data-act=start]")?;
    browser.script(
        "const name = document.querySelector('input[name=name]');
         name.value = 'Bench';
         name.dispatchEvent(new Event('input', { bubbles: true }));
         document.querySelector('[data-act=start]').click();",
    )?;
    shown("nav.tabbar")?;
    browser.script("location.hash = '#/import';")?;
    shown("#import-file")?;
    let inputs = browser.elements("#import-file")?;
    let input = inputs.first().context("there is no place for a file")?;
    browser.choose_file(input, &path)?;
    shown("[data-act=import]")?;
    browser.script("document.querySelector('[data-act=import]').click();")?;
    wait("return !location.hash.includes('import');")?;
    wait("return Boolean(navigator.serviceWorker && navigator.serviceWorker.controller);")?;
    let at = |id: &dyn std::fmt::Display| Some(format!("{address}#/visit/{id}"));
    Ok(vec![
        Series { what: "", address: at(&fresh) },
        Series { what: ", every stage opened before", address: None },
        Series { what: ", all but the last stage answered", address: at(&filled) },
    ])
}
