//! The holidays: every run ends after it begins, no day stands twice, and a day is made what it would not be anyway.
//!
//! It must not know what the arrangement of a year ought to be.

use crate::gather::Found;
use crate::problem::Report;
use sitebook_core::calendar::{Day, DayKind, HolidayFile};
use std::collections::BTreeSet;

/// Checks the days of the file in their order.
pub(super) fn check(found: &Found<HolidayFile>, report: &mut Report) {
    let mut seen: BTreeSet<Day> = BTreeSet::new();
    for (n, run) in found.says.days.iter().enumerate() {
        let node = found.node.item("day", n);
        let Some(days) = run.days() else {
            report
                .at(node.at("to").place, "the last day does not fit the first")
                .why("it comes before the first, or the run is longer than 30 days");
            continue;
        };
        for day in days {
            if !seen.insert(day) {
                report
                    .at(node.at("from").place, format!("{day} is there twice"))
                    .why("a run before it has the day, too");
            } else if run.kind == DayKind::Working && day.weekday() < 5 {
                report
                    .at(node.at("kind").place, format!("{day} is a working day anyway"))
                    .why("only Saturdays and Sundays are shifted to working days");
            }
        }
    }
}
