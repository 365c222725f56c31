//! What is on its way to the disk: one queue for the whole tab, in the order of the taps.
//!
//! It outlives the screens. When a write fails, everything in the queue stays here and on the screen, marked unsaved;
//! nothing later overtakes it, *Retry* goes on in order, and leaving a visit loses nothing.

use super::Store;
use super::commit::{Job, commit};
use super::error::StoreError;
use super::query::View;
use crate::browser::db::DbError;
use crate::browser::{clock, perf, timers};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::Change;
use sitebook_core::time::Stamp;
use sitebook_core::work::Refusal;
use std::collections::VecDeque;
use std::sync::Arc;

/// What the user is told about saving.
#[derive(Debug, Clone, PartialEq)]
pub enum SaveState {
    /// Nothing was entered since the page was opened.
    Clean,
    /// On the way to the disk.
    Saving,
    /// On the disk since then.
    Saved(Stamp),
    /// Not on the disk; still on the screen.
    Failed(StoreError),
}

/// One command that is not on the disk.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The command.
    pub job: Job,
    /// What it changes, as the screen shows it.
    pub changes: Vec<Change>,
    /// The record with it, as the screen shows it.
    pub view: Arc<View>,
    /// When the user tapped, of [`clock::monotonic`].
    pub begun: f64,
}

/// What brings the entries of a queue to the disk.
type Runner = fn(Outbox, Store);

/// A handle to the queue. Copying it copies a handle.
#[derive(Clone, Copy)]
pub struct Outbox {
    queue: StoredValue<VecDeque<Entry>>,
    /// Entries that no longer fitted when their turn came, because another tab had changed the record.
    refused: StoredValue<Vec<(Entry, Refusal)>>,
    running: StoredValue<bool>,
    /// What brings entries to the disk, known since the first of them. The first screen offers *Retry*, too, and must
    /// not name the whole way of a tap: that is in the later part of the program.
    runner: StoredValue<Option<Runner>>,
    state: RwSignal<SaveState>,
    count: RwSignal<usize>,
    written: RwSignal<Option<Arc<View>>>,
    /// The number of [`Store::changes`] after the last write of ours.
    made: StoredValue<Option<u32>>,
}

impl Outbox {
    /// An empty queue.
    pub(super) fn new() -> Outbox {
        Outbox {
            queue: StoredValue::new(VecDeque::new()),
            refused: StoredValue::new(Vec::new()),
            running: StoredValue::new(false),
            runner: StoredValue::new(None),
            state: RwSignal::new(SaveState::Clean),
            count: RwSignal::new(0),
            written: RwSignal::new(None),
            made: StoredValue::new(None),
        }
    }

    /// What to tell about saving.
    pub fn state(self) -> ReadSignal<SaveState> {
        self.state.read_only()
    }

    /// How many entries are not on the disk.
    pub fn count(self) -> ReadSignal<usize> {
        self.count.read_only()
    }

    /// The record that was written last, as the disk has it.
    pub fn written(self) -> ReadSignal<Option<Arc<View>>> {
        self.written.read_only()
    }

    /// Whether something is on the screen that is not on the disk.
    pub fn has_any(self) -> bool {
        self.count.try_get_untracked().is_some_and(|count| count > 0)
    }

    /// Whether the change with this number was the last write from here: who follows [`Outbox::written`] has it.
    pub(super) fn made(self, change: u32) -> bool {
        self.made.get_value() == Some(change)
    }

    /// The entries of a record that are still on their way, first tap first.
    pub fn of(self, record: &RecordId) -> Vec<Job> {
        let of = |entry: &&Entry| entry.job.record == *record;
        self.queue.with_value(|queue| queue.iter().filter(of).map(|entry| entry.job.clone()).collect())
    }

    /// Whether entries of this record are still on their way.
    pub fn has_of(self, record: &RecordId) -> bool {
        self.queue.with_value(|queue| queue.iter().any(|entry| entry.job.record == *record))
    }

    /// The bytes of a picture that is still on its way, or its small one.
    pub fn picture(self, sha256: &str, small: bool) -> Option<Vec<u8>> {
        self.queue.with_value(|queue| {
            let mut blobs = queue.iter().flat_map(|entry| &entry.job.blobs);
            let found = blobs.find(|blob| blob.attachment.sha256 == sha256)?;
            Some(if small { found.thumb.clone() } else { found.bytes.clone() })
        })
    }

    /// Whether a picture is still on its way. Follows the queue.
    pub fn is_saving(self, sha256: &str) -> bool {
        self.count.track();
        self.queue.with_value(|queue| {
            queue.iter().flat_map(|entry| &entry.job.blobs).any(|blob| blob.attachment.sha256 == sha256)
        })
    }

    /// The record of the first entry that is not on the disk.
    pub fn first(self) -> Option<RecordId> {
        let refused = self.refused.with_value(|refused| refused.first().map(|(entry, _)| entry.job.record.clone()));
        refused.or_else(|| self.queue.with_value(|queue| queue.front().map(|entry| entry.job.record.clone())))
    }

    /// Everything that is not on the disk: what no longer fitted, then what waits.
    pub fn entries(self) -> Vec<Entry> {
        let mut all: Vec<Entry> =
            self.refused.with_value(|refused| refused.iter().map(|(entry, _)| entry.clone()).collect());
        self.queue.with_value(|queue| all.extend(queue.iter().cloned()));
        all
    }

    /// Nothing was entered since a visit was opened.
    pub(super) fn begin(self) {
        if !self.has_any() {
            self.state.set(SaveState::Clean);
        }
    }

    /// Takes an entry in; it goes to the disk when those before it are there.
    pub(super) fn push(self, store: Store, entry: Entry) {
        let stuck = self.waits() && matches!(self.state.get_untracked(), SaveState::Failed(_));
        self.queue.update_value(|queue| queue.push_back(entry));
        self.recount();
        if !stuck {
            self.state.set(SaveState::Saving);
        }
        self.runner.set_value(Some(Outbox::run));
        self.run(store);
    }

    /// Tries again what could not be saved. What no longer fitted has been told and is given up.
    pub fn retry(self, store: Store) {
        self.refused.set_value(Vec::new());
        self.recount();
        self.state.set(if self.has_any() { SaveState::Saving } else { SaveState::Clean });
        if let Some(run) = self.runner.get_value() {
            run(self, store);
        }
    }

    /// Whether something waits for the disk, rather than having been refused for good.
    pub fn waits(self) -> bool {
        self.queue.with_value(|queue| !queue.is_empty())
    }

    fn recount(self) {
        let count = self.queue.with_value(VecDeque::len) + self.refused.with_value(Vec::len);
        if self.count.get_untracked() != count {
            self.count.set(count);
        }
    }

    fn front(self) -> Option<Entry> {
        self.queue.with_value(|queue| queue.front().cloned())
    }

    fn run(self, store: Store) {
        if self.running.get_value() || matches!(self.state.get_untracked(), SaveState::Failed(_)) {
            return;
        }
        self.running.set_value(true);
        spawn_local(async move {
            while let Some(entry) = self.front() {
                // The tick first, then the work for the disk: both need the same thread.
                timers::painted().await;
                match write(store, &entry.job).await {
                    Ok(view) => {
                        perf::measure("sitebook:tap-durable", entry.begun);
                        self.after(store, &entry, view);
                    }
                    Err(StoreError::Refused(refusal)) => self.give_up(store, entry, refusal).await,
                    Err(error) => {
                        if error == StoreError::Db(DbError::Full) {
                            store.ran_full();
                        }
                        self.state.set(SaveState::Failed(error));
                        break;
                    }
                }
            }
            self.running.set_value(false);
            self.end(store);
        });
    }

    fn after(self, store: Store, entry: &Entry, view: View) {
        self.queue.update_value(|queue| {
            queue.pop_front();
        });
        store.has_room(!entry.job.blobs.is_empty());
        self.made.set_value(Some(store.changes().get_untracked()));
        self.written.set(Some(Arc::new(view)));
        self.recount();
    }

    /// Another tab changed the record in between: the entry no longer fits. Those behind it may; the screen shows the
    /// truth.
    async fn give_up(self, store: Store, entry: Entry, refusal: Refusal) {
        self.queue.update_value(|queue| {
            queue.pop_front();
        });
        let stored = store.view(&entry.job.record).await;
        self.refused.update_value(|refused| refused.push((entry, refusal)));
        self.recount();
        if let Ok(Some(view)) = stored {
            self.written.set(Some(Arc::new(view)));
        }
    }

    fn end(self, store: Store) {
        if self.waits() {
            return;
        }
        let refusal = self.refused.with_value(|refused| refused.first().map(|(_, refusal)| refusal.clone()));
        self.state.set(match refusal {
            Some(refusal) => SaveState::Failed(StoreError::Refused(refusal)),
            None => SaveState::Saved(clock::now()),
        });
        if !self.has_any() {
            store.let_go();
        }
    }
}

/// One try, and a second one on a new connection when the browser has closed the first.
async fn write(store: Store, job: &Job) -> Result<View, StoreError> {
    match commit(store, job.clone()).await {
        Err(StoreError::Db(DbError::Closed)) if store.reopen().await => commit(store, job.clone()).await,
        result => result,
    }
}
