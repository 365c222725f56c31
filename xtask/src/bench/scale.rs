//! How the app behaves with a large book: start, opening a visit, an entry, finding, with few and with many visits; and
//! how long a backup and a rebuild of everything take, which may grow with the book and no more.
//!
//! The first visit is made through the app; the others are copies of its rows (`grow.js`). What matters is whether a
//! figure grows with the number of visits, so both books are measured in one run, without slowing anything down.

use super::timings::{drive_taps, quantile, taps};
use super::webdriver::Browser;
use crate::{
    project::Project,
    server::{Server, Settings},
};
use anyhow::{Context, Result};
use serde_json::json;
use std::{fmt::Write as _, path::Path, time::Duration};

const PATIENCE: Duration = Duration::from_secs(120);
const OPS_EACH: u32 = 50;
const PHOTOS_EACH: u32 = 2;
/// How often each figure is taken.
const ROUNDS: usize = 9;

/// A browser with a book.
struct Book {
    visits: u32,
    browser: Browser,
    address: String,
    /// The serial of one of its visits.
    serial: String,
}

/// A figure and how it is taken, in milliseconds.
struct Figure {
    what: &'static str,
    rounds: usize,
    take: fn(&Book) -> Result<f64>,
}

const FIGURES: [Figure; 6] = [
    Figure { what: "start to Today", rounds: ROUNDS, take: start },
    Figure { what: "open a visit", rounds: ROUNDS, take: |book| timed(&book.browser, OPEN, &json!([])) },
    Figure { what: "find by a serial", rounds: ROUNDS, take: |book| timed(&book.browser, FIND, &json!([book.serial])) },
    Figure { what: "tap to durable", rounds: ROUNDS, take: append },
    // Once each: they take long, and the second would find everything sealed and rebuilt.
    Figure {
        what: "backup of everything, its seals made",
        rounds: 1,
        take: |book| timed(&book.browser, BACKUP, &json!([])),
    },
    Figure { what: "full rebuild", rounds: 1, take: |book| timed(&book.browser, REBUILD, &json!([])) },
];

/// Measures books of these sizes and answers a table in markdown. All books are there before the first figure is taken,
/// and take turns: what else the machine does meanwhile is the same for all.
pub fn measure(project: &Project, dist: &Path, sizes: &[u32]) -> Result<String> {
    let server = Server::start(Settings::local(dist.to_owned()))?;
    let books = sizes
        .iter()
        .map(|visits| grown(project, &server.address(), *visits).with_context(|| format!("a book of {visits} visits")))
        .collect::<Result<Vec<_>>>()?;
    let mut rows = Vec::new();
    for Figure { what, rounds, take } in FIGURES {
        let mut taken = vec![Vec::new(); books.len()];
        for _ in 0..rounds {
            for (book, taken) in books.iter().zip(&mut taken) {
                taken.push(take(book).with_context(|| format!("{what} with {} visits", book.visits))?);
            }
        }
        let medians: Option<Vec<f64>> = taken.iter().map(|taken| quantile(taken, 0.5)).collect();
        rows.push((what, medians.context("nothing was measured")?));
    }
    Ok(table(sizes, &rows))
}

fn grown(project: &Project, address: &str, visits: u32) -> Result<Book> {
    let browser = Browser::start(project)?;
    browser.open(address)?;
    // The visit that the copies are made of.
    drive_taps(&browser, 4)?;
    let grow = include_str!("grow.js");
    let serial = browser.script_with(grow, &json!([visits, OPS_EACH, PHOTOS_EACH]))?;
    let serial = serial.as_str().context("the book did not grow")?.to_owned();
    Ok(Book { visits, browser, address: address.to_owned(), serial })
}

fn start(Book { browser, address, .. }: &Book) -> Result<f64> {
    browser.open("about:blank")?;
    browser.open(&format!("{address}#/"))?;
    let mark = "const mark = performance.getEntriesByName('sitebook:usable')[0];
                return mark ? mark.startTime : null;";
    browser.until(mark, PATIENCE)?.and_then(|value| value.as_f64()).context("the start was not marked")
}

fn timed(browser: &Browser, script: &str, arguments: &serde_json::Value) -> Result<f64> {
    let answer = browser.script_with(script, arguments)?;
    answer.as_f64().with_context(|| format!("nothing was measured: {answer}"))
}

/// Opens the visit under way from Today: from the change of the address until its steps stand there.
const OPEN: &str = "return (async () => {
    const seen = async (css) => { while (!document.querySelector(css)) await new Promise(requestAnimationFrame); };
    location.hash = '#/';
    await seen('a[data-visit]');
    const link = document.querySelector('a[data-visit]').getAttribute('href');
    const begin = performance.now();
    location.hash = link;
    await seen('.stage-bar');
    await seen('.step');
    const took = performance.now() - begin;
    location.hash = '#/';
    return took;
})()";

/// Types a serial of a filed visit under Records: from the last letter until its card stands there.
const FIND: &str = "return (async (serial) => {
    const until = async (done) => { while (!done()) await new Promise(requestAnimationFrame); };
    location.hash = '#/records';
    await until(() => document.querySelector('input[name=find]') && document.querySelector('main a.card'));
    const input = document.querySelector('input[name=find]');
    const begin = performance.now();
    input.value = serial;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await until(() => document.querySelectorAll('main a.card').length === 2);
    const took = performance.now() - begin;
    location.hash = '#/more';
    await until(() => !document.querySelector('input[name=find]'));
    return took;
})(arguments[0])";

/// The first backup of everything, into a file of the origin's own: from the tap until it is told.
const BACKUP: &str = "return (async () => {
    const until = async (done) => { while (!done()) await new Promise((then) => setTimeout(then, 20)); };
    const folder = await navigator.storage.getDirectory();
    window.showSaveFilePicker = async () => folder.getFileHandle('backup.json', { create: true });
    location.hash = '#/more';
    await until(() => document.querySelector('[data-act=export-all]'));
    const told = () => document.querySelector('[data-backup-told]').textContent;
    const begin = performance.now();
    document.querySelector('[data-act=export-all]').click();
    await until(told);
    const took = performance.now() - begin;
    const { size } = await (await folder.getFileHandle('backup.json')).getFile();
    await folder.removeEntry('backup.json');
    return size > 1e6 ? took : `the backup has ${size} bytes: ${told()}`;
})()";

/// Everything folded anew from its entries: from the tap until it is told.
const REBUILD: &str = "return (async () => {
    const until = async (done) => { while (!done()) await new Promise((then) => setTimeout(then, 20)); };
    location.hash = '#/';
    await until(() => !document.querySelector('[data-act=rebuild]'));
    location.hash = '#/more';
    await until(() => document.querySelector('[data-act=rebuild]'));
    const told = () => [...document.querySelectorAll('[data-told]')].map((one) => one.textContent).join('');
    const begin = performance.now();
    document.querySelector('[data-act=rebuild]').click();
    await until(told);
    const took = performance.now() - begin;
    return /[0-9]/.test(told()) ? took : `the rebuild says ${told()}`;
})()";

/// Entries in the visit under way: the median of a few.
fn append(Book { browser, .. }: &Book) -> Result<f64> {
    const TAPS: usize = 4;
    let enter = "return (async () => {
        const seen = async (css) => { while (!document.querySelector(css)) await new Promise(requestAnimationFrame); };
        location.hash = '#/';
        await seen('a[data-visit]');
        location.hash = document.querySelector('a[data-visit]').getAttribute('href').split('/at/')[0] + '/at/prepare';
        await seen('.checklist input.tick');
        return true;
    })()";
    browser.script(enter)?;
    let (_, durable) = taps(browser, TAPS)?;
    quantile(&durable, 0.5).context("no tap was reported as durable")
}

/// Milliseconds, or seconds where nobody counts milliseconds.
fn duration(ms: f64) -> String {
    if ms < 10_000.0 { format!("{ms:.0} ms") } else { format!("{:.0} s", ms / 1000.0) }
}

fn table(sizes: &[u32], rows: &[(&str, Vec<f64>)]) -> String {
    let mut out = String::from("Median of several rounds in headless Chromium, nothing slowed down, ");
    let _ = write!(out, "{OPS_EACH} entries and {PHOTOS_EACH} photos a visit; backup and rebuild once.\n\n| what |");
    for visits in sizes {
        let _ = write!(out, " {visits} visits |");
    }
    out.push_str(" ratio |\n|---|");
    out.push_str(&"--:|".repeat(sizes.len() + 1));
    out.push('\n');
    for (what, medians) in rows {
        let _ = write!(out, "| {what} |");
        for ms in medians {
            let _ = write!(out, " {} |", duration(*ms));
        }
        let (least, most) = (medians.first(), medians.last());
        let ratio = least.zip(most).map(|(least, most)| format!("{:.2}", most / least)).unwrap_or_default();
        let _ = writeln!(out, " {ratio} |");
    }
    out
}
