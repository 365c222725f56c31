//! One open visit: taps go in, the screen paints at once, the disk follows in order.
//!
//! The screen says *saved* only after the transaction completed. When one fails, what was entered stays on the
//! screen, marked unsaved, and waits for *Retry*; nothing later overtakes it.

use super::Store;
use super::commit::{Job, NewBlob, commit, decide_on, provisional};
use super::error::StoreError;
use super::query::View;
use crate::browser::{clock, page, perf, timers};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::Record;
use sitebook_core::time::Stamp;
use sitebook_core::work::{Command, Refusal, Scope};
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

/// A handle to an open visit. Copying it copies a handle.
#[derive(Clone, Copy)]
pub struct Session {
    store: Store,
    id: StoredValue<RecordId>,
    view: RwSignal<Arc<View>>,
    state: RwSignal<SaveState>,
    queue: StoredValue<VecDeque<(Job, f64)>>,
    running: StoredValue<bool>,
}

impl Session {
    /// A session over a record that was just read.
    pub fn open(store: Store, view: View) -> Session {
        let session = Session {
            store,
            id: StoredValue::new(view.record.id.clone()),
            view: RwSignal::new(Arc::new(view)),
            state: RwSignal::new(SaveState::Clean),
            queue: StoredValue::new(VecDeque::new()),
            running: StoredValue::new(false),
        };
        // Leaving with something unsaved: the browser asks first.
        let guard = StoredValue::new_local(page::on_leaving(move || session.has_unsaved()));
        on_cleanup(move || guard.dispose());
        // Another tab, or an import, changed this record: follow, unless own taps are still on their way.
        let last = store.last_changed();
        let changes = store.changes();
        Effect::watch(
            move || changes.get(),
            move |_, _, _| {
                let idle = !session.running.get_value() && session.queue.with_value(VecDeque::is_empty);
                let own = last.get_untracked() == Some(session.id.get_value());
                if idle && own {
                    session.reload();
                }
            },
            false,
        );
        session
    }

    /// What to tell about saving.
    pub fn state(self) -> ReadSignal<SaveState> {
        self.state.read_only()
    }

    fn reload(self) {
        spawn_local(async move {
            let id = self.id.get_value();
            if let Ok(Some(view)) = self.store.view(&id).await
                && self.queue.with_value(VecDeque::is_empty)
                && *self.view.get_untracked() != view
            {
                self.view.set(Arc::new(view));
            }
        });
    }

    /// Does a command: paints it at once and sends it to the disk.
    ///
    /// # Errors
    /// A refusal, when the core does not accept it; nothing changed then.
    pub fn send(self, command: Command) -> Result<(), Refusal> {
        self.send_with(command, Vec::new())
    }

    /// Does a command that brings bytes along.
    ///
    /// # Errors
    /// A refusal, as for [`Session::send`].
    pub fn send_with(self, command: Command, blobs: Vec<NewBlob>) -> Result<(), Refusal> {
        let begun = clock::monotonic();
        let actor = self.store.profile.now().name;
        let mut job = Job::new(self.id.get_value(), command, &actor);
        job.blobs = blobs;
        let view = self.view.get_untracked();
        let changes = decide_on(self.store, &view, &job)?;
        if changes.is_empty() {
            return Ok(());
        }
        let mut painted = View::clone(&view);
        for op in provisional(&job, &view, changes) {
            painted.record.apply(&op);
        }
        self.view.set(Arc::new(painted));
        if !matches!(self.state.get_untracked(), SaveState::Failed(_)) {
            self.state.set(SaveState::Saving);
        }
        timers::after_paint(move || perf::measure("sitebook:tap-paint", begun));
        self.queue.update_value(|queue| queue.push_back((job, begun)));
        self.run();
        Ok(())
    }

    /// Tries again what could not be saved.
    pub fn retry(self) {
        self.state.set(SaveState::Saving);
        self.run();
    }

    /// Whether something is on the screen that is not on the disk.
    pub fn has_unsaved(self) -> bool {
        self.queue.try_with_value(|queue| !queue.is_empty()).unwrap_or(false)
    }

    fn run(self) {
        if self.running.get_value() || matches!(self.state.get_untracked(), SaveState::Failed(_)) {
            return;
        }
        self.running.set_value(true);
        spawn_local(async move {
            while let Some((job, begun)) = self.queue.with_value(|queue| queue.front().cloned()) {
                match commit(self.store, job).await {
                    Ok(view) => {
                        perf::measure("sitebook:tap-durable", begun);
                        self.queue.update_value(|queue| {
                            queue.pop_front();
                        });
                        if self.queue.with_value(VecDeque::is_empty) {
                            self.settle(view);
                        }
                    }
                    Err(StoreError::Refused(refusal)) => {
                        // Another tab changed the record in between: the entry no longer fits. Show the truth.
                        self.queue.update_value(VecDeque::clear);
                        self.state.set(SaveState::Failed(StoreError::Refused(refusal)));
                        self.running.set_value(false);
                        self.reload();
                        return;
                    }
                    Err(error) => {
                        self.state.set(SaveState::Failed(error));
                        break;
                    }
                }
            }
            self.running.set_value(false);
        });
    }

    /// Everything is on the disk: the stored record replaces the painted one.
    fn settle(self, view: View) {
        self.view.set(Arc::new(view));
        self.state.set(SaveState::Saved(clock::now()));
    }

    /// Asks something of the visit and everything around it, with tracking. `None` without a procedure.
    pub fn ask<T>(self, question: impl FnOnce(&Scope<'_>) -> T) -> Option<T> {
        let content = self.store.content();
        self.view.with(|view| view.scope(&content.library).map(|scope| question(&scope)))
    }

    /// The store it belongs to.
    pub fn store(self) -> Store {
        self.store
    }

    /// The record as shown, for reading once.
    pub fn record(self) -> Arc<View> {
        self.view.get_untracked()
    }

    /// Reads a part of the record with tracking.
    pub fn with<T>(self, read: impl FnOnce(&Record) -> T) -> T {
        self.view.with(|view| read(&view.record))
    }
}
