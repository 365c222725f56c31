//! How long the app takes on a slow phone: first load, later starts, taps.
//!
//! The app marks the moments (`sitebook:usable`, and the measures `sitebook:tap-paint` and
//! `sitebook:tap-durable`); here they are only read, in a Chromium that is slowed down.

use super::{Options, webdriver::Browser};
use crate::{
    project::Project,
    server::{Server, Settings},
};
use anyhow::{Context, Result};
use serde_json::json;
use std::{path::Path, time::Duration};

const PATIENCE: Duration = Duration::from_secs(90);
const CPU_SLOWDOWN: u32 = 4;
/// In bits a second and milliseconds: the "slow 4G" of the usual tools.
const DOWN: u32 = 1_600_000;
const UP: u32 = 750_000;
const LATENCY: u32 = 150;

/// Durations in milliseconds; empty where the app set no mark.
pub struct Timings {
    cold: Vec<f64>,
    cached: Vec<f64>,
    tap_paint: Vec<f64>,
    tap_durable: Vec<f64>,
}

/// Serves the build on this machine and measures it.
pub fn measure(project: &Project, dist: &Path, options: &Options) -> Result<Timings> {
    let server = Server::start(Settings::local(dist.to_owned()))?;
    let address = server.address();
    let mut timings = Timings { cold: vec![], cached: vec![], tap_paint: vec![], tap_durable: vec![] };
    for run in 1..=options.runs.max(1) {
        // A new browser has an empty profile: nothing cached, no worker.
        let browser = Browser::start(project)?;
        slow_down(&browser)?;
        browser.open(&address)?;
        timings.cold.extend(usable(&browser)?);
        wait_for_worker(&browser)?;
        browser.open("about:blank")?;
        browser.open(&address)?;
        timings.cached.extend(usable(&browser)?);
        if run == options.runs.max(1) {
            (timings.tap_paint, timings.tap_durable) = drive_taps(&browser, options.taps)?;
        }
    }
    Ok(timings)
}

/// A phone's screen, and a CPU so many times slower than this machine's.
pub(super) fn slow_to(browser: &Browser, rate: u32) -> Result<()> {
    browser.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": rate }))?;
    let screen = json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true });
    browser.devtools("Emulation.setDeviceMetricsOverride", &screen).map(drop)
}

fn slow_down(browser: &Browser) -> Result<()> {
    slow_to(browser, CPU_SLOWDOWN)?;
    browser.devtools("Network.enable", &json!({}))?;
    browser.devtools(
        "Network.emulateNetworkConditions",
        &json!({ "offline": false, "latency": LATENCY,
                 "downloadThroughput": DOWN / 8, "uploadThroughput": UP / 8 }),
    )?;
    Ok(())
}

/// Milliseconds from the start of the navigation to the first usable screen.
fn usable(browser: &Browser) -> Result<Option<f64>> {
    let script = "const mark = performance.getEntriesByName('sitebook:usable')[0];
                  return mark ? mark.startTime : null;";
    Ok(browser.until(script, PATIENCE)?.and_then(|value| value.as_f64()))
}

fn wait_for_worker(browser: &Browser) -> Result<()> {
    let script = "return Boolean(navigator.serviceWorker && navigator.serviceWorker.controller);";
    browser.until(script, PATIENCE)?.context("the service worker did not take over").map(drop)
}

/// The ticks of the packing list: the commonest tap of a visit.
const TAP_TARGET: &str = ".checklist input.tick";
/// The stage that has the packing list.
const STAGE: &str = "prepare";

/// Taps through a checklist and answers the durations of `tap-paint` and `tap-durable`.
///
/// Each tap waits until the one before is durable, as a person waits for the tick to appear.
pub(super) fn drive_taps(browser: &Browser, count: usize) -> Result<(Vec<f64>, Vec<f64>)> {
    open_checklist(browser)?;
    taps(browser, count)
}

/// The same where the checklist is already open.
pub(super) fn taps(browser: &Browser, taps: usize) -> Result<(Vec<f64>, Vec<f64>)> {
    // What was entered on the way there is not part of the measurement.
    browser.script("performance.clearMeasures();")?;
    for tap in 0..taps {
        click_tick(browser, tap)?;
        let done = format!("return performance.getEntriesByName('sitebook:tap-durable').length > {tap};");
        browser
            .until(&done, PATIENCE)?
            .with_context(|| format!("tap {} of {taps} was not reported as durable", tap + 1))?;
    }
    Ok((durations(browser, "sitebook:tap-paint")?, durations(browser, "sitebook:tap-durable")?))
}

/// Clicks a tick of the checklist: sets it, or takes it back. A driver scrolls only as far as it must, which may be under
/// the bar at the bottom, and the stage itself still scrolls to its next step when it opens: scroll to see, and again.
fn click_tick(browser: &Browser, tap: usize) -> Result<()> {
    let centre = format!(
        "const all = document.querySelectorAll('{TAP_TARGET}');
         all[{tap} % all.length]?.scrollIntoView({{ block: 'center' }});"
    );
    let mut tries = 20;
    loop {
        browser.script(&centre)?;
        // Found anew each time: the page may have drawn it again.
        let targets = browser.elements(TAP_TARGET)?;
        let target = targets.get(tap % targets.len().max(1)).context("the stage shows no checklist")?;
        match browser.click(target) {
            Err(_) if tries > 0 => tries -= 1,
            result => return result,
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// First use with the sample, a visit of its work order, the stage with the packing list.
fn open_checklist(browser: &Browser) -> Result<()> {
    let wait = |selector: &str| -> Result<()> {
        let script = format!("return Boolean(document.querySelector('{selector}'));");
        browser.until(&script, PATIENCE)?.with_context(|| format!("`{selector}` did not appear")).map(drop)
    };
    wait("[data-act=start-sample]")?;
    browser.script(
        "const name = document.querySelector('input[name=name]');
         name.value = 'Bench';
         name.dispatchEvent(new Event('input', { bubbles: true }));
         document.querySelector('[data-act=start-sample]').click();",
    )?;
    wait("[data-act=start-visit]")?;
    browser.script("document.querySelector('[data-act=start-visit]').click();")?;
    wait(".stage-bar")?;
    browser.script(&format!("location.hash += '/at/{STAGE}';"))?;
    wait(TAP_TARGET)
}

fn durations(browser: &Browser, name: &str) -> Result<Vec<f64>> {
    let all =
        browser.script(&format!("return performance.getEntriesByName('{name}').map((entry) => entry.duration);"))?;
    Ok(all.as_array().into_iter().flatten().filter_map(serde_json::Value::as_f64).collect())
}

impl Timings {
    /// The table in markdown.
    pub fn table(&self) -> String {
        let mut out = format!(
            "Times in headless Chromium at 390x844 with the CPU slowed down {CPU_SLOWDOWN} times and the \
             network at {DOWN} bit/s down, {UP} bit/s up, {LATENCY} ms latency; files sent with brotli \
             from this machine.\n\n| what | median | p95 | samples |\n|---|--:|--:|--:|\n",
        );
        for (what, values) in [
            ("first load: navigation to usable screen, empty profile", &self.cold),
            ("later start: the same from the service worker's cache", &self.cached),
            ("tap to paint", &self.tap_paint),
            ("tap to durable", &self.tap_durable),
        ] {
            let cell = |part| quantile(values, part).map_or("not marked".into(), |ms| format!("{ms:.0} ms"));
            out.push_str(&format!("| {what} | {} | {} | {} |\n", cell(0.5), cell(0.95), values.len()));
        }
        out
    }
}

/// The value below which this part of the values lies.
pub(super) fn quantile(values: &[f64], part: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    sorted.get((part * last as f64).round() as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn median_and_p95_are_values_that_were_measured() {
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[3.0, 1.0, 2.0], 0.5), Some(2.0));
        let hundred: Vec<f64> = (0..=100).map(f64::from).collect();
        assert_eq!(quantile(&hundred, 0.95), Some(95.0));
    }
}
