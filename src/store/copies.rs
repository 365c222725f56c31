//! Backups that make themselves, in a folder that the user chose once: at a start, when the page goes out of sight, and
//! while it is open, if enough is new. The last three are kept.
//!
//! Only where the browser has such folders; it may ask again whether the app may write there.

use super::error::StoreError;
use super::{Store, local};
use crate::browser::clock;
use crate::browser::db::Table;
use crate::browser::folder::Folder;
use leptos::prelude::{GetUntracked, Set};
use serde::{Deserialize, Serialize};
use sitebook_core::text::Text;

/// The folder among the browser's objects.
const FOLDER: &str = "folder";
/// How it went, among the settings.
const STATE: &str = "sitebook.copies";
/// So many copies are kept.
const KEPT: usize = 3;

/// How it stands with the copies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct Copies {
    /// The folder's name.
    pub folder: String,
    /// When the last copy was made, milliseconds since 1970.
    pub at: Option<i64>,
    /// Entries of this device that are in it.
    pub entries: u64,
    /// The browser wants to be asked again whether the app may write.
    pub lapsed: bool,
    /// What went wrong at the last try.
    pub trouble: Option<Text>,
}

impl Copies {
    const HALF_AN_HOUR: i64 = 30 * 60_000;
    const HALF_A_DAY: i64 = 12 * 3_600_000;
    /// New entries that are a reason by themselves.
    const MANY: u64 = 25;

    /// Whether it is time for the next one. A copy is the whole book, so not every entry is a reason.
    fn is_due(&self, entries: u64, now: i64) -> bool {
        let new = entries.saturating_sub(self.entries);
        let Some(at) = self.at else { return entries > 0 };
        // A clock that was set back does not hold it up.
        let since = if now < at { Copies::HALF_A_DAY } else { now - at };
        new > 0 && since >= Copies::HALF_AN_HOUR && (new >= Copies::MANY || since >= Copies::HALF_A_DAY)
    }
}

/// Copies of a device that are to go: all but the last.
fn old(names: Vec<String>, prefix: &str) -> Vec<String> {
    let mut ours: Vec<String> =
        names.into_iter().filter(|name| name.starts_with(prefix) && name.ends_with(".json")).collect();
    ours.sort();
    ours.truncate(ours.len().saturating_sub(KEPT));
    ours
}

impl Store {
    /// How it stands; `None` while no folder is chosen.
    pub fn copies(self) -> Option<Copies> {
        local::get(STATE)
    }

    async fn folder(self) -> Result<Option<Folder>, StoreError> {
        let tx = self.db()?.read(&[Table::Keys])?;
        Ok(tx.kept(Table::Keys, FOLDER).await?.map(Folder::of))
    }

    /// From now on copies go into this folder.
    ///
    /// # Errors
    /// When the browser does not keep it.
    pub async fn copy_into(self, folder: &Folder) -> Result<(), StoreError> {
        let tx = self.db()?.write(&[Table::Keys])?;
        tx.put_kept(Table::Keys, FOLDER, &folder.kept())?;
        tx.done().await?;
        local::set(STATE, &Copies { folder: folder.name(), ..Copies::default() });
        Ok(())
    }

    /// No more copies. Those that were made stay where they are.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn stop_copies(self) -> Result<(), StoreError> {
        let tx = self.db()?.write(&[Table::Keys])?;
        tx.delete(Table::Keys, FOLDER)?;
        tx.done().await?;
        local::forget(STATE);
        Ok(())
    }

    /// Asks again whether the app may write into the folder. Must be called within the tap.
    pub async fn allow_copies(self) -> bool {
        match self.folder().await {
            Ok(Some(folder)) => folder.ask().await,
            _ => false,
        }
    }

    /// Makes a copy, if one is wanted and it is time, or `now`. How it went is in [`Store::copies`].
    pub async fn copy(self, now: bool) {
        let (Some(mut state), Ok(entries)) = (self.copies(), self.entries().await) else { return };
        if !now && !state.is_due(entries, clock::now_ms()) {
            return;
        }
        // One at a time.
        if self.copying.get_untracked() {
            return;
        }
        self.copying.set(true);
        match self.write_copy().await {
            Ok(true) => {
                (state.at, state.entries) = (Some(clock::now_ms()), entries);
                (state.lapsed, state.trouble) = (false, None);
                self.backed_up(entries);
            }
            Ok(false) => state.lapsed = true,
            Err(error) => state.trouble = Some(error.words()),
        }
        self.copying.set(false);
        // The user may have stopped it meanwhile.
        if self.copies().is_some() {
            local::set(STATE, &state);
        }
    }

    /// `false` when the browser wants to be asked first.
    async fn write_copy(self) -> Result<bool, StoreError> {
        let Some(folder) = self.folder().await? else { return Ok(false) };
        if !folder.is_allowed().await {
            return Ok(false);
        }
        let (now, tag) = (clock::now(), self.tag().await?);
        let prefix = format!("sitebook-auto-{tag}-");
        let name = format!("{prefix}{}-{}.json", now.compact_date(), now.time().replace(':', ""));
        let sink = folder.sink(&name).await?;
        if let Err(error) = self.export_all(&self.profile.now(), sink, &|_| true).await {
            folder.remove(&name).await;
            return Err(error);
        }
        for old in old(folder.names().await, &prefix) {
            folder.remove(&old).await;
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_233_600_000;

    fn due(minutes: i64, new: u64) -> bool {
        let copies = Copies { at: Some(NOW - minutes * 60_000), entries: 100, ..Copies::default() };
        copies.is_due(100 + new, NOW)
    }

    #[test]
    fn the_first_is_due_at_once_and_the_next_when_it_is_worth_it() {
        assert!(Copies::default().is_due(1, NOW) && !Copies::default().is_due(0, NOW));
        assert!(!due(29, 1_000), "not twice in half an hour");
        assert!(due(30, 25) && !due(30, 24));
        assert!(due(12 * 60, 1) && !due(12 * 60 - 1, 1));
        assert!(!due(10_000, 0), "nothing is new");
        assert!(due(-60, 1), "the clock was set back");
    }

    #[test]
    fn the_last_three_of_this_device_are_kept() {
        let names = ["sitebook-auto-K7Q-20261121-1405.json", "holiday.jpg", "sitebook-auto-K7Q-20261119-0800.json"];
        let more = ["sitebook-auto-ABC-20200101-0000.json", "sitebook-auto-K7Q-20261120-0900.json"];
        let all: Vec<String> = names.iter().chain(&more).map(|name| (*name).to_owned()).collect();
        assert!(old(all.clone(), "sitebook-auto-K7Q-").is_empty());
        let four = [all, vec!["sitebook-auto-K7Q-20261122-0000.json".to_owned()]].concat();
        assert_eq!(old(four, "sitebook-auto-K7Q-"), ["sitebook-auto-K7Q-20261119-0800.json"]);
    }
}
