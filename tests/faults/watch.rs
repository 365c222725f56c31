//! What the page said before it was killed, from the log that the browser's process keeps outside the page.

use crate::browser::Browser;
use crate::chromium::CONSOLE_LOG;
use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;
use std::time::{Duration, Instant};
use std::{collections::BTreeMap, fs, path::PathBuf};

/// One line of the writer.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Event {
    /// The visit shows.
    Open,
    /// An entry of this kind is about to be made.
    Begin {
        /// `text`, `photo`, …
        kind: String,
    },
    /// The app says that everything up to this op is saved.
    Saved {
        /// The op.
        op: String,
        /// What the screen showed at that moment, by field.
        shown: BTreeMap<String, Value>,
    },
    /// The app says that something is wrong.
    Failed {
        /// What was on the screen.
        words: String,
    },
    /// The writer itself tripped; the app has no part in it.
    Slip {
        /// Over what.
        words: String,
    },
}

/// A log under way.
#[derive(Debug)]
pub struct Watch {
    file: PathBuf,
}

impl Watch {
    /// The log of this browser, since it was started last.
    #[must_use]
    pub fn over(browser: &Browser) -> Watch {
        Watch { file: browser.profile().join(CONSOLE_LOG) }
    }

    /// All events so far. A line whose end is not there yet was not said.
    pub fn events(&self) -> Result<Vec<Event>> {
        let bytes = fs::read(&self.file).context("the browser keeps no log")?;
        let text = String::from_utf8_lossy(&bytes);
        let whole = text.rfind('\n').map_or("", |end| text.get(..end).unwrap_or_default());
        let mut events = Vec::new();
        for line in whole.lines() {
            let Some((_, said)) = line.split_once("\"faults {") else { continue };
            let Some((json, _)) = said.rsplit_once("}\", source:") else { continue };
            let event = serde_json::from_str(&format!("{{{json}}}"));
            events.push(event.with_context(|| format!("the writer said {line}"))?);
        }
        Ok(events)
    }

    /// Waits, as sharply as it can, until the app says saved once more; gives up quietly after so long.
    pub fn next_saved(&self, patience: Duration) -> Result<()> {
        let begun = Instant::now();
        let before = fs::metadata(&self.file)?.len();
        let from = usize::try_from(before)?;
        while begun.elapsed() < patience {
            if fs::metadata(&self.file)?.len() > before {
                let bytes = fs::read(&self.file)?;
                let new = bytes.get(from..).unwrap_or_default();
                if String::from_utf8_lossy(new).contains("\"what\":\"saved\"") {
                    return Ok(());
                }
            }
            std::thread::sleep(Duration::from_micros(300));
        }
        Ok(())
    }
}

/// What was going on when the log ended.
#[must_use]
pub fn under_way(events: &[Event]) -> &str {
    let last = events.iter().rev().find(|event| !matches!(event, Event::Slip { .. }));
    match last {
        None => "starting",
        Some(Event::Begin { kind }) => kind,
        Some(Event::Saved { .. }) => "just called saved",
        Some(_) => "the visit has just opened",
    }
}
