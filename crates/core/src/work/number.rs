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
