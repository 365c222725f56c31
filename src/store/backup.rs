//! When everything was last backed up, and when it is time again.

use super::Store;
use crate::browser::clock;

/// A day in milliseconds.
const DAY: i64 = 24 * 3_600_000;

/// What there is that no backup has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unsaved {
    /// Entries of this device.
    pub entries: u64,
    /// Visits that were finished.
    pub visits: u32,
    /// Days since the last backup; `None` if there was none.
    pub days: Option<i64>,
}

impl Unsaved {
    /// More than one would want to enter again.
    const MANY: u64 = 150;
    /// A finished visit is signed and cannot be entered again at all, so it counts like so many entries.
    const VISIT: u64 = 75;
    /// After so many days anything new is a reason.
    const DAYS: i64 = 7;

    /// Whether it is time to remind.
    pub fn is_due(self) -> bool {
        let value = self.entries.saturating_add(u64::from(self.visits) * Unsaved::VISIT);
        self.entries > 0 && (value >= Unsaved::MANY || self.days.is_some_and(|days| days >= Unsaved::DAYS))
    }

    /// From what is known: entries written in all and at the last backup, when that was, when visits were finished.
    pub fn since(written: u64, exported: Option<u64>, at: Option<i64>, now: i64, finished: &[i64]) -> Unsaved {
        let visits = finished.iter().filter(|finished| at.is_none_or(|at| **finished > at)).count();
        Unsaved {
            entries: written.saturating_sub(exported.unwrap_or(0)),
            visits: u32::try_from(visits).unwrap_or(u32::MAX),
            days: at.map(|at| (now - at).max(0) / DAY),
        }
    }
}

impl Store {
    /// Notes that everything up to this number of entries is backed up.
    pub fn backed_up(self, entries: u64) {
        let now = clock::now_ms();
        self.profile.update(|settings| {
            settings.exported = Some(entries);
            settings.exported_at = Some(now);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_233_600_000;

    fn due(written: u64, exported: Option<u64>, days_ago: Option<i64>, finished: &[i64]) -> bool {
        let at = days_ago.map(|days| NOW - days * DAY);
        Unsaved::since(written, exported, at, NOW, finished).is_due()
    }

    #[test]
    fn many_entries_are_a_reason() {
        assert!(!due(149, None, None, &[]));
        assert!(due(150, None, None, &[]));
        assert!(!due(1_149, Some(1_000), Some(0), &[]));
        assert!(due(1_150, Some(1_000), Some(0), &[]));
    }

    #[test]
    fn a_week_is_a_reason_if_there_is_anything_new() {
        assert!(!due(11, Some(10), Some(6), &[]));
        assert!(due(11, Some(10), Some(7), &[]));
        assert!(!due(10, Some(10), Some(400), &[]), "nothing new");
        assert!(!due(11, Some(10), Some(-3), &[]), "a clock that was set back");
    }

    #[test]
    fn finished_visits_count_more_than_entries() {
        let before = NOW - 2 * DAY;
        assert!(!due(70, None, None, &[NOW]));
        assert!(due(75, None, None, &[NOW]), "one with half of the many");
        assert!(due(10, None, None, &[NOW, NOW]), "two with few entries");
        assert!(!due(20, Some(10), Some(1), &[before, before]), "they are in the backup");
        assert!(due(20, Some(10), Some(3), &[before, before]), "they are not");
    }
}
