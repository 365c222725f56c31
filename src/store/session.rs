//! One open visit: taps go in, the screen paints at once, the disk follows in order.
//!
//! The screen says *saved* only after the transaction completed. What happens on the way to the disk is the matter of
//! [`super::outbox`].

use super::Store;
use super::commit::{Job, NewBlob, decide_on, provisional};
use super::error::StoreError;
use super::outbox::Entry;
pub use super::outbox::SaveState;
use super::query::View;
use crate::browser::{clock, perf, random, route, timers};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Change, Record, RecordKind, TemplateRef};
use sitebook_core::template::Procedure;
use sitebook_core::work::{Command, Refusal, Scope};
use std::sync::Arc;

/// A handle to an open visit. Copying it copies a handle.
#[derive(Clone, Copy)]
pub struct Session {
    store: Store,
    id: StoredValue<RecordId>,
    view: RwSignal<Arc<View>>,
    /// Nothing of it reaches the disk: a procedure is tried out.
    rehearsal: bool,
}

impl Session {
    /// A session over a record that was just read. Entries that are still on their way to the disk are painted on it.
    pub fn open(store: Store, view: View) -> Session {
        let id = view.record.id.clone();
        let view = with_waiting(store, view);
        let session =
            Session { store, id: StoredValue::new(id), view: RwSignal::new(Arc::new(view)), rehearsal: false };
        store.outbox.begin();
        let written = store.outbox.written();
        Effect::watch(move || written.get(), move |view, _, _| session.settle(view.as_ref()), false);
        // Another tab, or an import, changed this record: follow, unless own taps are still on their way.
        let last = store.last_changed();
        let changes = store.changes();
        Effect::watch(
            move || changes.get(),
            move |_, _, _| {
                let id = session.id.get_value();
                if last.get_untracked().as_ref() == Some(&id) && !store.outbox.has_of(&id) {
                    session.reload();
                }
            },
            false,
        );
        session
    }

    /// A run of a procedure that nobody keeps: taps change what is on the screen, and that is all.
    pub fn rehearse(store: Store, procedure: Arc<Procedure>) -> Session {
        let id = RecordId::at(clock::now().at, random::bytes());
        let template = TemplateRef { id: procedure.id.clone(), version: procedure.version, digest: String::new() };
        let mut view = View::new(Record::new(id.clone()));
        view.procedure = Some(procedure);
        let create = Change::Create { kind: RecordKind::Visit, number: None, template: Some(template) };
        let job = Job::new(id.clone(), Command::Reopen, &store.profile.now().name);
        let view = painted(&job, &view, vec![create]);
        Session { store, id: StoredValue::new(id), view: RwSignal::new(Arc::new(view)), rehearsal: true }
    }

    /// Whether a procedure is only tried out. What leaves the screen, such as starting another run, has no place then.
    pub fn is_rehearsal(self) -> bool {
        self.rehearsal
    }

    /// Whether the visit is still on the screen.
    pub fn is_open(self) -> bool {
        self.view.try_with_untracked(|_| ()).is_some()
    }

    /// What to tell about saving.
    pub fn state(self) -> ReadSignal<SaveState> {
        self.store.outbox.state()
    }

    fn reload(self) {
        spawn_local(async move {
            let id = self.id.get_value();
            let found = self.store.view(&id).await;
            if matches!(found, Ok(None)) {
                // Erased in another tab: nothing of it may stay on this screen.
                route::replace("#/");
            }
            if let Ok(Some(view)) = found
                && !self.store.outbox.has_of(&id)
                && *self.view.get_untracked() != view
            {
                self.view.set(Arc::new(view));
            }
        });
    }

    /// Everything of this record is on the disk: the stored record replaces the painted one.
    fn settle(self, written: Option<&Arc<View>>) {
        let id = self.id.get_value();
        if let Some(view) = written.filter(|view| view.record.id == id && !self.store.outbox.has_of(&id)) {
            self.view.set(view.clone());
        }
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
        let painted = Arc::new(painted(&job, &view, changes.clone()));
        self.view.set(painted.clone());
        if self.rehearsal {
            return Ok(());
        }
        timers::after_paint(move || perf::measure("sitebook:tap-paint", begun));
        self.store.outbox.push(self.store, Entry { job, changes, view: painted, begun });
        Ok(())
    }

    /// Asks something of the visit and everything around it, with tracking. `None` without a procedure.
    pub fn ask<T>(self, question: impl FnOnce(&Scope<'_>) -> T) -> Option<T> {
        let content = self.store.content();
        self.view.with(|view| view.scope(&content.library).map(|scope| question(&scope)))
    }

    /// Other records that have the number under this key, too.
    pub fn twice(self, key: &str) -> Vec<String> {
        self.view.with(|view| view.twice.get(key).cloned().unwrap_or_default())
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

/// A stored record with the entries that are still on their way to the disk.
fn with_waiting(store: Store, view: View) -> View {
    store.outbox.of(&view.record.id.clone()).iter().fold(view, |view, job| match decide_on(store, &view, job) {
        Ok(changes) => painted(job, &view, changes),
        Err(_) => view,
    })
}

/// Does a command on a visit whose screen was left: a photo that was still being shrunk then.
///
/// # Errors
/// When the visit cannot be read, or the core does not accept the command any more; nothing changed then.
pub async fn send_apart(store: Store, id: &RecordId, command: Command, blobs: Vec<NewBlob>) -> Result<(), StoreError> {
    let begun = clock::monotonic();
    let stored = store.view(id).await?.ok_or(StoreError::Refused(Refusal::NoRecord))?;
    let mut job = Job::new(id.clone(), command, &store.profile.now().name);
    job.blobs = blobs;
    let view = with_waiting(store, stored);
    let changes = decide_on(store, &view, &job).map_err(StoreError::Refused)?;
    let painted = Arc::new(painted(&job, &view, changes.clone()));
    store.outbox.push(store, Entry { job, changes, view: painted, begun });
    Ok(())
}

/// A record as it will be, for the screen.
fn painted(job: &Job, view: &View, changes: Vec<Change>) -> View {
    let mut painted = view.clone();
    for op in provisional(job, view, changes) {
        painted.record.apply(&op);
    }
    painted
}
