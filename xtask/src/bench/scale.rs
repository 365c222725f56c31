//! How the app behaves with a large book: start, opening a visit, an entry, finding; with few and with many visits.
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

/// The figures of one book, in milliseconds.
struct Book {
    visits: u32,
    rows: [(&'static str, f64); 4],
}

/// Measures books of these sizes and answers a table in markdown.
pub fn measure(project: &Project, dist: &Path, sizes: &[u32]) -> Result<String> {
    let server = Server::start(Settings::local(dist.to_owned()))?;
    let books = sizes
        .iter()
        .map(|visits| book(project, &server.address(), *visits).with_context(|| format!("a book of {visits} visits")))
        .collect::<Result<Vec<_>>>()?;
    Ok(table(&books))
}

fn book(project: &Project, address: &str, visits: u32) -> Result<Book> {
    let browser = Browser::start(project)?;
    browser.open(address)?;
    // The visit that the copies are made of.
    drive_taps(&browser, 4)?;
    let grow = include_str!("grow.js");
    let serial = browser.script_with(grow, &json!([visits, OPS_EACH, PHOTOS_EACH]))?;
    let serial = serial.as_str().context("the book did not grow")?.to_owned();
    let start = rounds(|| {
        browser.open("about:blank")?;
        browser.open(&format!("{address}#/"))?;
        let mark = "const mark = performance.getEntriesByName('sitebook:usable')[0];
                    return mark ? mark.startTime : null;";
        browser.until(mark, PATIENCE)?.and_then(|value| value.as_f64()).context("the start was not marked")
    })?;
    let open = rounds(|| timed(&browser, OPEN, &json!([])))?;
    let find = rounds(|| timed(&browser, FIND, &json!([serial])))?;
    browser.script("location.hash = '#/'")?;
    let tap = append(&browser)?;
    Ok(Book {
        visits,
        rows: [("start to Today", start), ("open a visit", open), ("find by a serial", find), ("tap to durable", tap)],
    })
}

fn rounds(mut take: impl FnMut() -> Result<f64>) -> Result<f64> {
    let taken = (0..ROUNDS).map(|_| take()).collect::<Result<Vec<_>>>()?;
    quantile(&taken, 0.5).context("nothing was measured")
}

fn timed(browser: &Browser, script: &str, arguments: &serde_json::Value) -> Result<f64> {
    browser.script_with(script, arguments)?.as_f64().context("nothing was measured")
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

/// Entries in the visit under way.
fn append(browser: &Browser) -> Result<f64> {
    let enter = "return (async () => {
        const seen = async (css) => { while (!document.querySelector(css)) await new Promise(requestAnimationFrame); };
        await seen('a[data-visit]');
        location.hash = document.querySelector('a[data-visit]').getAttribute('href').split('/at/')[0] + '/at/prepare';
        await seen('.checklist input.tick');
        return true;
    })()";
    browser.script(enter)?;
    let (_, durable) = taps(browser, 30)?;
    quantile(&durable, 0.5).context("no tap was reported as durable")
}

fn table(books: &[Book]) -> String {
    let mut out = String::from("Median of several rounds in headless Chromium, nothing slowed down, ");
    let _ = write!(out, "{OPS_EACH} entries and {PHOTOS_EACH} photos a visit.\n\n| what |");
    for book in books {
        let _ = write!(out, " {} visits |", book.visits);
    }
    out.push_str(" ratio |\n|---|");
    out.push_str(&"--:|".repeat(books.len() + 1));
    out.push('\n');
    let (Some(first), Some(last)) = (books.first(), books.last()) else { return out };
    for (row, (what, least)) in first.rows.iter().enumerate() {
        let _ = write!(out, "| {what} |");
        for book in books {
            let _ = write!(out, " {:.0} ms |", book.rows[row].1);
        }
        let _ = writeln!(out, " {:.2} |", last.rows[row].1 / least);
    }
    out
}
