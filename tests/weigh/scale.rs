//! What the system says of a browser's processes, and what the page says of its wasm memory. Linux only.

use anyhow::{Context, Result};
use serde_json::json;
use sitebook_journeys::browser::Browser;
use std::fs;

/// Peaks in MB.
pub struct Weight {
    /// The page's process, resident.
    pub page: u64,
    /// The page's wasm memory; it never shrinks.
    pub wasm: u64,
    /// The browser's own process, resident: the database and files that are being put together are there.
    pub browser: u64,
}

/// The processes of one browser.
pub struct Scale {
    page: u32,
    browser: u32,
}

/// Notes the memory of each wasm module that is made, in every page to come.
pub async fn watch_wasm(phone: &Browser) -> Result<()> {
    let source = "for (const name of ['instantiate', 'instantiateStreaming']) { const real = WebAssembly[name]; \
                  WebAssembly[name] = async (...given) => { const made = await real.apply(WebAssembly, given); \
                  const { memory } = (made.instance ?? made).exports; if (memory) window.wasmMemory = memory; return made; }; }";
    phone.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await.map(drop)
}

/// A number from a process's status, in MB.
fn status(process: u32, what: &str) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(what))?;
    Some(line.trim_start_matches(':').split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}

fn parent(process: u32) -> Option<u32> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    text.lines().find_map(|line| line.strip_prefix("PPid:"))?.trim().parse().ok()
}

fn command(process: u32) -> String {
    let bytes = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&bytes).replace('\0', " ")
}

impl Scale {
    /// Finds the processes of a browser: its own by its profile, the page's as its largest renderer.
    pub fn of(phone: &Browser) -> Result<Scale> {
        let profile = phone.profile().to_string_lossy().into_owned();
        let all: Vec<u32> = fs::read_dir("/proc")?
            .flatten()
            .filter_map(|entry| entry.file_name().to_string_lossy().parse().ok())
            .collect();
        let own = |process: &&u32| {
            let command = command(**process);
            command.contains(&format!("--user-data-dir={profile}")) && !command.contains("--type=")
        };
        let browser = *all.iter().find(own).context("the browser's process is not found")?;
        let is_below = |process: u32| {
            let mut above = Some(process);
            while let Some(one) = above.filter(|one| *one > 1) {
                if one == browser {
                    return true;
                }
                above = parent(one);
            }
            false
        };
        let renderers = all.iter().filter(|process| command(**process).contains("--type=renderer"));
        let page = renderers
            .filter(|process| is_below(**process))
            .max_by_key(|process| status(**process, "VmRSS"))
            .context("the page's process is not found")?;
        Ok(Scale { page: *page, browser })
    }

    /// Forgets the peaks.
    pub fn reset(&self) -> Result<()> {
        for process in [self.page, self.browser] {
            fs::write(format!("/proc/{process}/clear_refs"), "5").context("the peak cannot be forgotten")?;
        }
        Ok(())
    }

    /// The peaks since.
    pub async fn read(&self, phone: &Browser) -> Result<Weight> {
        let wasm: u64 = phone.ask("return window.wasmMemory?.buffer.byteLength ?? 0", Vec::new()).await?;
        let peak = |process: u32| status(process, "VmHWM").context("the process is gone");
        Ok(Weight { page: peak(self.page)?, wasm: wasm >> 20, browser: peak(self.browser)? })
    }
}
