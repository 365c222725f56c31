//! What was measured, as tables in markdown, and the ratios that must hold.

use super::{ITEMS, RATES, parcel};
use crate::bench::timings::quantile;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A checklist of 500 may cost so many times what one of 50 costs; what is above is growth, not noise.
const MOST: f64 = 1.5;

/// A row and a column of the tables.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The contestant.
    pub name: String,
    /// The way it was used.
    pub what: &'static str,
    /// Items of the checklist.
    pub items: usize,
    /// How many times the CPU was slowed down.
    pub rate: u32,
}

/// All samples of one kind; milliseconds, memory in MB.
#[derive(Debug, Default)]
pub struct Cell {
    /// Navigation to the first item that can be answered.
    pub start: Vec<f64>,
    /// Tap to paint.
    pub tap: Vec<f64>,
    /// Work of the main thread for one tap.
    pub work: Vec<f64>,
    /// Tap to durable; ours only.
    pub durable: Vec<f64>,
    /// Opening from another screen; ours only.
    pub open: Vec<f64>,
    /// Memory that only the page's process uses.
    pub own: Vec<f64>,
    /// Memory of the page's process in all.
    pub resident: Vec<f64>,
    /// Compressed bytes until the first item.
    pub bytes: Option<u64>,
}

/// Everything measured.
pub struct Report {
    /// Contestants, and whether it is ours.
    pub names: Vec<(String, bool)>,
    /// The samples.
    pub cells: BTreeMap<Key, Cell>,
    rounds: usize,
    taps: usize,
    absent: Vec<&'static str>,
    /// Peers that did not finish a checklist, and why.
    pub gave_up: Vec<String>,
}

/// A figure of a cell.
type Of = fn(&Cell) -> Option<f64>;

fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

fn ms(value: Option<f64>) -> String {
    value.map_or_else(
        || "–".to_owned(),
        |ms| if ms < 10_000.0 { format!("{ms:.0}") } else { format!("{:.1} s", ms / 1000.0) },
    )
}

impl Report {
    /// Nothing measured yet.
    pub fn new(rounds: usize, taps: usize, absent: Vec<&'static str>) -> Report {
        Report { names: Vec::new(), cells: BTreeMap::new(), rounds, taps, absent, gave_up: Vec::new() }
    }

    fn rows(&self, items: usize, rate: u32) -> impl Iterator<Item = (&Key, &Cell)> {
        let mut rows: Vec<(&Key, &Cell)> =
            self.cells.iter().filter(move |(key, _)| key.items == items && key.rate == rate).collect();
        rows.sort_by_key(|(key, _)| (self.names.iter().position(|(name, _)| *name == key.name), key.what));
        rows.into_iter()
    }

    /// The tables.
    pub fn table(&self) -> String {
        let Report { rounds, taps, .. } = self;
        let stage = parcel::STAGE;
        let mut out = format!(
            "The same checklist for everybody, headless Chromium at 390x844, from the browser's cache, {rounds} rounds \
             in turns. First item: navigation until it is painted and the page is free to answer, median. Tap: from the \
             browser's event to the painted frame, {taps} taps in each round, {} ms apart. Work: what a tap costs the \
             main thread in all, whatever is put off included, median. Durable: until the disk has it. Memory of \
             the page's process: what only it uses, and all that is resident, the browser's program included. Times \
             in ms, bytes with brotli -q 11. Sitebook shows a stage of {stage} at a time and keeps every tap; the \
             others show all items and keep nothing.\n",
            super::PAUSE.as_millis(),
        );
        if !self.absent.is_empty() {
            let _ = writeln!(
                out,
                "\nNot installed, so not measured: {}. `cargo xtask setup --peers` installs them.",
                self.absent.join(", ")
            );
        }
        for why in &self.gave_up {
            let _ = writeln!(out, "\nDid not finish: {why}.");
        }
        for rate in RATES {
            let _ = write!(
                out,
                "\n### CPU {rate}x\n\n| items | | bytes | first item | tap median | tap p95 | work | durable \
                 | own MB | resident MB |\n\
                 |--:|---|--:|--:|--:|--:|--:|--:|--:|--:|\n"
            );
            for items in ITEMS {
                for (Key { name, what, .. }, cell) in self.rows(items, rate) {
                    let bytes =
                        cell.bytes.map_or_else(|| "–".to_owned(), |bytes| format!("{} KB", bytes.div_ceil(1024)));
                    let _ = writeln!(
                        out,
                        "| {items} | {name}{what} | {bytes} | {} | {} | {} | {} | {} | {} | {} |",
                        ms(median(&cell.start)),
                        ms(median(&cell.tap)),
                        ms(quantile(&cell.tap, 0.95)),
                        ms(median(&cell.work)),
                        ms(median(&cell.durable)),
                        ms(median(&cell.own)),
                        ms(median(&cell.resident)),
                    );
                }
            }
        }
        out.push_str("\n### Does it grow with the procedure?\n\nSitebook at 4x, 500 steps against 50.\n\n");
        out.push_str("| what | 50 | 500 | ratio | at most |\n|---|--:|--:|--:|--:|\n");
        for (what, small, large) in self.growth() {
            let _ = writeln!(out, "| {what} | {small:.0} ms | {large:.0} ms | {:.2} | {MOST} |", large / small);
        }
        out
    }

    /// What must not grow, with 50 and with 500 items, at 4x.
    fn growth(&self) -> Vec<(String, f64, f64)> {
        let ours = self.names.iter().find(|(_, ours)| *ours).map(|(name, _)| name.as_str()).unwrap_or_default();
        let figure = |items: usize, of: Of| {
            self.cells.get(&Key { name: ours.to_owned(), what: "", items, rate: 4 }).and_then(of)
        };
        let figures: [(&str, Of); 5] = [
            ("open from another screen", |cell| median(&cell.open)),
            ("start at the visit", |cell| median(&cell.start)),
            ("tap to paint", |cell| median(&cell.tap)),
            ("tap to durable", |cell| median(&cell.durable)),
            ("work of a tap", |cell| median(&cell.work)),
        ];
        let both =
            figures.into_iter().filter_map(|(title, of)| Some((title.to_owned(), figure(50, of)?, figure(500, of)?)));
        both.collect()
    }

    /// What grows more than it may, in words.
    pub fn broken(&self) -> Vec<String> {
        let grown = self.growth().into_iter().filter(|(_, small, large)| large / small > MOST);
        grown
            .map(|(what, small, large)| format!("{what}: {small:.0} ms with 50 steps, {large:.0} ms with 500"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(of_500: f64) -> Report {
        let mut report = Report::new(1, 1, Vec::new());
        report.names.push(("Ours".to_owned(), true));
        for (items, tap) in [(50, 20.0), (500, of_500)] {
            let key = Key { name: "Ours".to_owned(), what: "", items, rate: 4 };
            report.cells.entry(key).or_default().tap.push(tap);
        }
        report
    }

    #[test]
    fn a_tap_that_costs_more_in_a_longer_procedure_is_named() {
        assert_eq!(measured(29.0).broken(), [""; 0]);
        assert_eq!(measured(31.0).broken(), ["tap to paint: 20 ms with 50 steps, 31 ms with 500"]);
    }
}
