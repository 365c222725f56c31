//! Room on the device: how much the browser gives, when it gets tight, and the promise to keep what is there.
//!
//! A browser's estimate may be kinder than its disk: Chromium since 2025 tells every page that 10 GB are left, so that
//! the size of the disk tells nothing about the user (seen in version 156). A write that failed for want of room
//! therefore counts more than any estimate, until one succeeds.

use super::{Store, local};
use crate::browser::{clock, storage};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the browser tells about its room, in bytes. Both are estimates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Used by this app.
    pub used: u64,
    /// Allowed for this app.
    pub quota: u64,
}

impl Room {
    /// Below this much it is tight: a visit with forty photos and signatures takes about 30 MB, so three visits fit
    /// and there is time to export.
    const FEW: u64 = 100_000_000;
    /// A photo as it is kept, with its small picture, is below this in the worst case.
    const PHOTO: u64 = 3_000_000;

    /// What is left.
    pub fn free(self) -> u64 {
        self.quota.saturating_sub(self.used)
    }

    /// Soon full: little is left, or four fifths are used. The second comes first where a browser gives little from
    /// the start, as in private windows: there a warning at 100 MB would stand from the first day, so it needs
    /// something to be used as well.
    pub fn is_tight(self) -> bool {
        let share = u128::from(self.used) * 100 / u128::from(self.quota.max(1));
        self.free() == 0 || share > 80 || (self.free() < Room::FEW && (share > 50 || self.quota >= 4 * Room::FEW))
    }

    /// Surely too little for one more photo.
    pub fn takes_no_photo(self) -> bool {
        self.free() < Room::PHOTO
    }
}

/// When the browser was last asked to keep the records.
const ASKED: &str = "sitebook.asked";
/// A week: some browsers ask the user each time.
const AGAIN: i64 = 7 * 24 * 3_600_000;

impl Store {
    /// Asks how much room there is. Nobody waits for the answer.
    pub fn look_at_room(self) {
        spawn_local(async move {
            let room = storage::estimate().await.map(|(used, quota)| Room { used, quota });
            let _ = self.room.try_set(room);
        });
    }

    /// A write failed for want of room: there is none, whatever the browser estimates.
    pub(super) fn ran_full(self) {
        let used = self.room.get_untracked().map_or(0, |room| room.used);
        self.room.set(Some(Room { used, quota: used }));
    }

    /// A write succeeded: when there seemed to be no room, look again.
    pub(super) fn has_room(self, added: bool) {
        if added || self.room.get_untracked().is_some_and(Room::takes_no_photo) {
            self.look_at_room();
        }
    }

    /// Asks the browser to keep the records, now that there is something to lose: once a week until it promises.
    pub fn ask_to_keep(self) {
        let now = clock::now_ms();
        let last = local::text(ASKED).and_then(|text| text.parse::<i64>().ok());
        if last.is_some_and(|last| (0..AGAIN).contains(&(now - last))) {
            return;
        }
        local::set_text(ASKED, Some(&now.to_string()));
        spawn_local(async move {
            if storage::is_persisted().await != Some(true) {
                storage::request_persist();
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Room;

    const MB: u64 = 1_000_000;

    #[test]
    fn it_is_tight_below_a_few_visits_or_over_four_fifths() {
        let tight = |used: u64, quota: u64| Room { used: used * MB, quota: quota * MB }.is_tight();
        assert!(!tight(0, 60_000), "an empty phone");
        assert!(tight(59_901, 60_000), "99 MB left");
        assert!(tight(401, 500), "over 80 %");
        assert!(!tight(399, 500), "just below both");
        assert!(!tight(1, 90), "a private window that gives 90 MB in all");
        assert!(tight(60, 90), "and is two thirds full");
        assert!(tight(0, 0), "nothing at all is given");
    }

    #[test]
    fn a_photo_needs_its_room() {
        assert!(Room { used: 98 * MB, quota: 100 * MB }.takes_no_photo());
        assert!(!Room { used: 90 * MB, quota: 100 * MB }.takes_no_photo());
    }
}
