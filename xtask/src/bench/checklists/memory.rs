//! What the system says of the memory of a page: that of its process. Linux only.

use anyhow::{Context, Result};
use std::fs;

/// A number of a process's status, in MB.
fn status(process: u32, what: &str) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(what))?;
    Some(line.trim_start_matches(':').split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}

fn parent(process: u32) -> Option<u32> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    text.lines().find_map(|line| line.strip_prefix("PPid:"))?.trim().parse().ok()
}

fn is_renderer(process: u32) -> bool {
    let command = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&command).contains("--type=renderer")
}

fn is_below(process: u32, root: u32) -> bool {
    let mut above = Some(process);
    while let Some(one) = above.filter(|one| *one > 1) {
        if one == root {
            return true;
        }
        above = parent(one);
    }
    false
}

/// What a page takes, in MB.
pub struct Memory {
    /// What is its own: nobody else could use it meanwhile. What Chromium calls the private memory footprint.
    pub own: u64,
    /// All that is resident, with the browser's own program, of which a page that uses more of it maps more.
    pub resident: u64,
}

/// The memory of the largest page process below the driver.
pub fn of_page(driver: u32) -> Result<Memory> {
    let all = fs::read_dir("/proc").context("the system tells nothing of its processes")?.flatten();
    let numbers = all.filter_map(|entry| entry.file_name().to_string_lossy().parse::<u32>().ok());
    let pages = numbers.filter(|process| is_renderer(*process) && is_below(*process, driver));
    let memories = pages.filter_map(|process| {
        let own = status(process, "RssAnon")? + status(process, "VmSwap")?;
        Some(Memory { own, resident: status(process, "VmRSS")? })
    });
    memories.max_by_key(|memory| memory.resident).context("the page's process is not found")
}
