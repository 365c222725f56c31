//! Whether the database still holds what this device has written. A browser may evict it, a user may clear it, a
//! broken disk may lose it: an empty book is never shown as if nothing had been there.
//!
//! After each entry the device and the number of its last entry are noted beside the database, in `localStorage` and
//! in memory. At each opening the note is compared with the end of the chain.

use super::commit::put_json;
use super::error::StoreError;
use super::{Store, local};
use crate::browser::clock;
use crate::browser::db::{Db, Key, NAME, Range, Table};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use sitebook_core::ids::DeviceId;
use sitebook_core::ledger::Head;
use sitebook_core::time::Stamp;

/// How far this device had come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    device: DeviceId,
    seq: u64,
}

impl Mark {
    /// As text, `device number`.
    fn write(&self) -> String {
        format!("{} {}", self.device, self.seq)
    }

    fn read(text: &str) -> Option<Mark> {
        let (device, seq) = text.split_once(' ')?;
        Some(Mark { device: DeviceId::parse(device)?, seq: seq.parse().ok()? })
    }
}

/// Entries of this device that its database no longer has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// When it was found.
    pub at: Stamp,
    /// The device that wrote them.
    pub device: DeviceId,
    /// How many entries it had written.
    pub had: u64,
    /// How many of them were left.
    pub has: u64,
    /// Nothing at all was left, of no device.
    pub empty: bool,
}

impl Loss {
    /// How many are missing.
    pub fn missing(&self) -> u64 {
        self.had.saturating_sub(self.has)
    }
}

/// Each database has its own note; the tests use many.
fn key(name: &str) -> String {
    if name == NAME { "sitebook.mark".to_owned() } else { format!("sitebook.mark.{name}") }
}

impl Store {
    /// Notes how far this device has come. Called when the disk has it.
    pub(super) fn mark(self, head: &Head) {
        let new = Mark { device: head.device.clone(), seq: head.seq };
        let known = self.marked();
        // Two tabs may note in another order than they wrote.
        if known.is_none_or(|known| known.device != new.device || known.seq < new.seq) {
            local::set_text(&key(&self.name.get_value()), Some(&new.write()));
            self.last_mark.set_value(Some(new));
        }
    }

    /// The note: in memory while the page lives, since whoever clears the database clears `localStorage` too.
    fn marked(self) -> Option<Mark> {
        let kept = local::text(&key(&self.name.get_value())).and_then(|text| Mark::read(&text));
        let mine = self.last_mark.get_value();
        match (kept, mine) {
            (Some(kept), Some(mine)) if kept.device == mine.device && kept.seq < mine.seq => Some(mine),
            (kept, mine) => kept.or(mine),
        }
    }

    /// Compares the note with what the database has.
    pub(super) async fn find_loss(self, db: &Db) -> Result<Option<Loss>, StoreError> {
        let tx = db.read(&[Table::Meta, Table::Ops])?;
        let head = match tx.get(Table::Meta, "head").await? {
            Some(json) => Some(sitebook_core::json::read::<Head>(&json)?),
            None => None,
        };
        let Some(mark) = self.marked() else {
            // Written before there were notes, or the note was cleared: from here on it is missed.
            if let Some(head) = head {
                self.mark(&head);
            }
            return Ok(None);
        };
        let begun = head.is_some();
        let has = match head {
            Some(head) if head.device == mark.device => head.seq,
            // The book was begun anew; what was brought back from a backup counts.
            _ => {
                let place = |seq: f64| vec![Key::Text(mark.device.to_string()), Key::Number(seq)];
                tx.keys(Table::Ops, "chain", &Range::Between(place(0.0), place(f64::MAX)), None).await?.len() as u64
            }
        };
        // A device that has only taken files in has written nothing itself, but its database has a chain.
        let lost = has < mark.seq || (!begun && has == 0);
        // Whoever clears the database while the page is open clears the note in `localStorage` too.
        self.last_mark.set_value(Some(mark.clone()));
        if !lost {
            return Ok(None);
        }
        // Counting reads the whole table, half a second of a large book, so only where it is asked for.
        let empty = tx.count(Table::Ops).await? == 0;
        Ok(Some(Loss { at: clock::now(), device: mark.device, had: mark.seq, has, empty }))
    }

    /// Goes on without what is lost: the loss stays on record, and is asked about no more.
    ///
    /// # Errors
    /// When it cannot be written; it will be asked about again.
    pub async fn accept_loss(self) -> Result<(), StoreError> {
        let Some(loss) = self.loss.get_untracked() else { return Ok(()) };
        let tx = self.db()?.write(&[Table::Losses, Table::Meta])?;
        let head = match tx.get(Table::Meta, "head").await? {
            Some(json) => Some(sitebook_core::json::read::<Head>(&json)?),
            None => None,
        };
        put_json(&tx, Table::Losses, &loss.at.at.to_string(), &loss, Vec::new())?;
        tx.done().await?;
        let mark = head.map(|head| Mark { device: head.device, seq: head.seq });
        local::set_text(&key(&self.name.get_value()), mark.as_ref().map(Mark::write).as_deref());
        self.last_mark.set_value(mark);
        self.loss.set(None);
        Ok(())
    }

    /// All losses of this device, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn losses(self) -> Result<Vec<Loss>, StoreError> {
        let tx = self.db()?.read(&[Table::Losses])?;
        let rows = tx.all(Table::Losses, None).await?;
        Ok(rows.iter().filter_map(|json| sitebook_core::json::read(json).ok()).collect())
    }
}
