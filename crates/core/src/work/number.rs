//! Numbers of work orders and visits: prefix, date, device tag and a serial of that day, e.g. `WO-20261121-K7Q-02`.
//!
//! The device tag keeps two phones from giving the same number without talking to each other.

use crate::gathered::gathered;
use crate::ids::DeviceId;
use crate::time::Stamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The last serial used on this device, by prefix and day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct Serials(BTreeMap<String, u32>);

/// Takes the next number; earlier days are forgotten except the latest, so that a clock that was set back does not
/// give a number twice on the same day.
pub fn next_number(serials: &mut Serials, prefix: &str, now: Stamp, device: &DeviceId) -> String {
    const KEEP: usize = 400;
    let series = format!("{prefix}-{}", now.compact_date());
    let serial = serials.0.entry(series.clone()).or_insert(0);
    *serial += 1;
    let number = format!("{series}-{}-{serial:02}", device.tag());
    while serials.0.len() > KEEP {
        let oldest = serials.0.keys().min_by_key(|key| key.rsplit('-').next().unwrap_or("").to_owned()).cloned();
        match oldest {
            Some(oldest) if oldest != series => {
                let all = std::mem::take(&mut serials.0);
                serials.0 = gathered(all.into_iter().filter(|(key, _)| *key != oldest));
            }
            _ => break,
        }
    }
    number
}

/// A pattern with the date of `now` in it and a place held for the serial: `XM2026···`.
pub fn pattern_words(pattern: &str, now: Stamp) -> String {
    let (head, width, tail) = parts(pattern, now, "···");
    if width == 0 { head } else { format!("{head}{}{tail}", "·".repeat(width)) }
}

/// The next number by a pattern, e.g. `XM{year}{serial:3}` gives `XM2026001`. One series for each pattern with its
/// date filled in; what another phone is known to have taken was told by [`Serials::saw`] and is passed over.
pub fn number_by(pattern: &str, serials: &mut Serials, now: Stamp, device: &DeviceId) -> String {
    let (head, width, tail) = parts(pattern, now, &device.tag());
    if width == 0 {
        return head;
    }
    let serial = serials.0.entry(series(&head, &tail)).or_insert(0);
    *serial += 1;
    format!("{head}{serial:0width$}{tail}")
}

fn series(head: &str, tail: &str) -> String {
    format!("{head}#{tail}")
}

impl Serials {
    /// Learns of a number that a record already has, so that it is not given again.
    pub fn saw(&mut self, pattern: &str, number: &str, taken: Stamp, device: &DeviceId) {
        let (head, width, tail) = parts(pattern, taken, &device.tag());
        let middle = number.strip_prefix(head.as_str()).and_then(|rest| rest.strip_suffix(tail.as_str()));
        let serial = middle.filter(|middle| middle.len() >= width).and_then(|middle| middle.parse::<u32>().ok());
        if let Some(serial) = serial {
            let last = self.0.entry(series(&head, &tail)).or_insert(0);
            *last = (*last).max(serial);
        }
    }
}

/// What stands before the serial, its least number of digits (0: there is none), and what stands after it.
fn parts(pattern: &str, now: Stamp, device: &str) -> (String, usize, String) {
    let date = now.compact_date();
    let filled = pattern
        .replace("{year}", date.get(..4).unwrap_or_default())
        .replace("{month}", date.get(4..6).unwrap_or_default())
        .replace("{day}", date.get(6..8).unwrap_or_default())
        .replace("{device}", device);
    let found = filled.split_once("{serial:").and_then(|(head, rest)| {
        let (width, tail) = rest.split_once('}')?;
        Some((head.to_owned(), width.parse::<usize>().ok()?.clamp(1, 9), tail.to_owned()))
    });
    found.unwrap_or((filled, 0, String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_day_count_up_and_differ_between_devices() {
        let now = Stamp { at: 1_795_233_600_000, tz: 480 };
        let (one, two) = (DeviceId::at(1, [1; 10]), DeviceId::at(1, [2; 10]));
        let mut serials = Serials::default();
        let first = next_number(&mut serials, "WO", now, &one);
        let second = next_number(&mut serials, "WO", now, &one);
        assert!(first.ends_with("-01") && second.ends_with("-02"));
        let other = next_number(&mut Serials::default(), "WO", now, &two);
        assert_ne!(first, other);
        let tomorrow = Stamp { at: now.at + 86_400_000, ..now };
        assert!(next_number(&mut serials, "WO", tomorrow, &one).ends_with("-01"));
    }

    #[test]
    fn the_oldest_days_are_forgotten_and_the_latest_kept() {
        let device = DeviceId::at(1, [1; 10]);
        let day = |n: i64| Stamp { at: 1_795_233_600_000 + n * 86_400_000, tz: 480 };
        let mut serials = Serials::default();
        for n in 0..450 {
            next_number(&mut serials, "WO", day(n), &device);
        }
        assert_eq!(serials.0.len(), 400);
        assert!(next_number(&mut serials, "WO", day(449), &device).ends_with("-02"));
        assert!(next_number(&mut serials, "WO", day(51), &device).ends_with("-02"));
    }
}
