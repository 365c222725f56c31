//! The same checklist in our release build, by hand, and in the peers: bytes, start, taps and memory, side by side.
//!
//! Everybody takes turns in each round, in a browser of their own, because other work on the machine disturbs; what
//! counts are medians over all rounds. The definition of the checklist is made in the page or lies in our database,
//! so nobody's bytes hold it.

mod contestant;
mod memory;
mod parcel;
mod peers;
mod report;

use super::{Options, timings::slow_to, webdriver::Browser};
use crate::{finish::brotli, project::Project};
use anyhow::{Context, Result, bail, ensure};
use contestant::{Contestant, Series};
use report::{Cell, Key, Report};
use serde_json::{Value, json};
use std::{fs, path::Path, thread, time::Duration};

/// Items of the checklists.
pub const ITEMS: [usize; 3] = [50, 500, 2_000];
/// How many times the CPU is slowed down.
pub const RATES: [u32; 3] = [1, 4, 6];

/// Between two taps: a person in a hurry.
const PAUSE: Duration = Duration::from_millis(300);
const PATIENCE: Duration = Duration::from_secs(120);
/// A page of another process: what follows starts in a new one.
const ELSEWHERE: &str = "chrome://version/";

/// Measures everybody and gives tables and ratios.
pub fn measure(project: &Project, dist: &Path, options: &Options) -> Result<Report> {
    let rounds = options.runs.max(1);
    let taps = options.taps.div_ceil(rounds);
    let (mut contestants, absent) = contestant::all(project, dist)?;
    let (only_items, only_name) = &options.only;
    if let Some(begin) = only_name {
        contestants.retain(|one| one.name.to_lowercase().starts_with(&begin.to_lowercase()));
    }
    let scratch = project.target()?.join("checklists");
    let mut report = Report::new(rounds, taps, absent);
    for contestant in &contestants {
        report.names.push((contestant.name.clone(), contestant.is_ours()));
    }
    for round in 1..=rounds {
        for items in ITEMS.into_iter().filter(|items| only_items.is_none_or(|only| only == *items)) {
            for contestant in &contestants {
                eprintln!("round {round} of {rounds}: {items} items, {}", contestant.name);
                let sat = sit(project, contestant, items, taps, &scratch, &mut report);
                match sat.with_context(|| format!("{} with {items} items", contestant.name)) {
                    // What a peer cannot do is a result.
                    Err(error) if !contestant.is_ours() => report.gave_up.push(format!("{error:#}")),
                    done => done?,
                }
                // A run takes an hour: what was measured is there, should it be cut.
                fs::write(scratch.join("so-far.md"), report.table())?;
            }
        }
    }
    Ok(report)
}

/// One contestant with one checklist, at all speeds.
fn sit(
    project: &Project,
    contestant: &Contestant,
    items: usize,
    taps: usize,
    scratch: &Path,
    report: &mut Report,
) -> Result<()> {
    let browser = Browser::start(project)?;
    let control = serde_json::to_string(contestant.surface.control)?;
    let recorder = include_str!("pages/recorder.js").replace("CONTROL", &control);
    browser.devtools("Page.enable", &json!({}))?;
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": recorder }))?;
    slow_to(&browser, 1)?;
    let series = contestant.prepare(&browser, items, scratch)?;
    for rate in RATES {
        for Series { what, address } in &series {
            let key = Key { name: contestant.name.clone(), what, items, rate };
            let cell = report.cells.entry(key).or_default();
            slow_to(&browser, rate)?;
            match address {
                Some(address) => {
                    browser.open(ELSEWHERE)?;
                    browser.open(address)?;
                    cell.start.push(contestant.ready(&browser)?);
                    if cell.bytes.is_none() {
                        cell.bytes = Some(bytes(&browser, &contestant.folder)?);
                    }
                }
                None => contestant.open_all(&browser, items)?,
            }
            drive(&browser, contestant, taps, cell).with_context(|| format!("at {rate}x{what}"))?;
            let memory = memory::of_page(browser.driver())?;
            cell.own.push(memory.own as f64);
            cell.resident.push(memory.resident as f64);
            if contestant.is_ours() {
                slow_to(&browser, 1)?;
                take_back(&browser)?;
            }
        }
        if contestant.is_ours() {
            slow_to(&browser, rate)?;
            let key = Key { name: contestant.name.clone(), what: "", items, rate };
            report.cells.entry(key).or_default().open.push(open(&browser, &series)?);
        }
    }
    Ok(())
}

/// Compressed bytes of the files that the page asked for until it could be answered.
fn bytes(browser: &Browser, folder: &Path) -> Result<u64> {
    let asked = browser.script(
        "return performance.getEntriesByType('resource').filter((one) => one.startTime < bench.first)
            .map((one) => new URL(one.name).pathname);",
    )?;
    let mut paths: Vec<String> =
        asked.as_array().into_iter().flatten().filter_map(Value::as_str).map(Into::into).collect();
    paths.push("/index.html".into());
    paths.sort();
    paths.dedup();
    let mut sum = 0;
    for path in paths {
        let file = folder.join(path.trim_start_matches('/'));
        if !file.is_file() {
            continue;
        }
        let ready = folder.join(format!("{}.br", path.trim_start_matches('/')));
        sum += if ready.is_file() { fs::metadata(&ready)?.len() } else { brotli(&fs::read(&file)?)?.len() as u64 };
    }
    Ok(sum)
}

/// Seconds that the main thread has worked.
fn worked(browser: &Browser) -> Result<f64> {
    let metrics = browser.devtools("Performance.getMetrics", &json!({}))?;
    let all = metrics["metrics"].as_array().into_iter().flatten();
    let found = all.filter(|metric| metric["name"] == "TaskDuration").find_map(|metric| metric["value"].as_f64());
    found.context("the browser does not tell how long it worked")
}

/// Taps one item after the other.
fn drive(browser: &Browser, contestant: &Contestant, taps: usize, cell: &mut Cell) -> Result<()> {
    browser.devtools("Performance.enable", &json!({}))?;
    browser.script("bench.taps.length = 0; performance.clearMeasures();")?;
    let label = contestant.surface.label;
    let look = "const all = document.querySelectorAll(arguments[0]);
        const label = all[arguments[1] % all.length];
        if (!label) return null;
        if (arguments[2]) label.scrollIntoView({ block: 'center', behavior: 'instant' });
        const control = (label.querySelector('input') ? label : label.closest('label')).querySelector('input');
        const { left, top, width, height } = (control.offsetWidth > 8 ? control : label).getBoundingClientRect();
        return [left + width / 2, top + height / 2, control.checked];";
    for tap in 0..taps {
        browser.script_with(look, &json!([label, tap, true]))?;
        thread::sleep(PAUSE);
        let seen = browser.script_with(look, &json!([label, tap, false]))?;
        let (Some(x), Some(y)) = (seen[0].as_f64(), seen[1].as_f64()) else { bail!("there is nothing to tap") };
        let before = worked(browser)?;
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
            browser.devtools("Input.dispatchMouseEvent", &event)?;
        }
        thread::sleep(PAUSE);
        let done = format!("return bench.taps.length > {tap};");
        browser.until(&done, PATIENCE)?.with_context(|| format!("tap {} did not arrive at ({x}, {y})", tap + 1))?;
        cell.work.push((worked(browser)? - before) * 1000.0);
        let after = browser.script_with(look, &json!([label, tap, false]))?;
        ensure!(seen[2] != after[2], "tap {} at ({x}, {y}) changed nothing", tap + 1);
    }
    cell.tap.extend(numbers(&browser.script("return bench.taps;")?));
    if contestant.is_ours() {
        let all = "return performance.getEntriesByName('sitebook:tap-durable').map((one) => one.duration);";
        let script = format!("return performance.getEntriesByName('sitebook:tap-durable').length >= {taps};");
        browser.until(&script, PATIENCE)?.context("not all taps were reported as durable")?;
        cell.durable.extend(numbers(&browser.script(all)?));
    }
    Ok(())
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

/// Takes the ticks of a series back, so that the next finds the visit as this one did.
fn take_back(browser: &Browser) -> Result<()> {
    browser.script("document.querySelectorAll('.step .check-row input:checked').forEach((one) => one.click());")?;
    thread::sleep(PAUSE);
    let saved = "return Boolean(document.querySelector('.save-badge.is-saved'));";
    browser.until(saved, PATIENCE)?.context("the ticks were not taken back").map(drop)
}

/// Opens the visit from another screen of the running app: from the change of the address until its steps are painted.
fn open(browser: &Browser, series: &[Series]) -> Result<f64> {
    let address = series.first().and_then(|series| series.address.as_deref()).context("there is no visit")?;
    let (app, visit) = address.split_once('#').context("the visit has no address")?;
    browser.open(ELSEWHERE)?;
    browser.open(&format!("{app}#/more"))?;
    browser.until("return Boolean(document.querySelector('[data-act=import-page]'));", PATIENCE)?;
    thread::sleep(2 * PAUSE);
    let script = "return (async (hash) => {
        const begun = performance.now();
        location.hash = hash;
        while (!document.querySelector('.step .check-row input')) await new Promise(requestAnimationFrame);
        await new Promise((then) => setTimeout(then, 0));
        return performance.now() - begun;
    })(arguments[0])";
    browser.script_with(script, &json!([format!("#{visit}")]))?.as_f64().context("the opening was not measured")
}
