//! One open visit: taps go in, the screen paints at once, the disk follows in order.
//!
//! The screen says *saved* only after the transaction completed. What happens on the way to the disk is the matter of
//! [`super::outbox`].
//!
//! Whoever asks a session is asked again after each change of the visit; whoever asks it [`Session::within`] a reach,
//! only after a change that touches it. So a tap costs the same in a procedure of 50 steps and of 2,000.

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
use sitebook_core::work::{Command, Reach, Refusal, Scope, Touched, touched};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A handle to an open visit. Copying it copies a handle.
#[derive(Clone, Copy)]
pub struct Session {
    store: Store,
    id: StoredValue<RecordId>,
    view: RwSignal<Arc<View>>,
    /// Nothing of it reaches the disk: a procedure is tried out.
    rehearsal: bool,
    /// Who is to be told when a part of the visit changes.
    parts: StoredValue<BTreeMap<String, ArcTrigger>>,
    /// What this handle's questions depend on; everything, if nothing is said.
    within: Option<StoredValue<Reach>>,
}

impl Session {
    /// A session over a record that was just read. Entries that are still on their way to the disk are painted on it.
    pub fn open(store: Store, view: View) -> Session {
        let session = Session::over(store, with_waiting(store, view), false);
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
                let is_other = last.get_untracked().as_ref() == Some(&id) && !store.outbox.has_of(&id);
                if is_other && !store.outbox.made(changes.get_untracked()) {
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
        Session::over(store, view, true)
    }

    fn over(store: Store, view: View, rehearsal: bool) -> Session {
        let id = StoredValue::new(view.record.id.clone());
        let view = RwSignal::new(Arc::new(view));
        Session { store, id, view, rehearsal, parts: StoredValue::new(BTreeMap::new()), within: None }
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
                self.show(Arc::new(view));
            }
        });
    }

    /// Everything of this record is on the disk: the stored record replaces the painted one.
    fn settle(self, written: Option<&Arc<View>>) {
        let id = self.id.get_value();
        if let Some(view) = written.filter(|view| view.record.id == id && !self.store.outbox.has_of(&id)) {
            self.show(view.clone());
        }
    }

    /// Puts another state on the screen and tells those whom the difference can matter to.
    fn show(self, view: Arc<View>) {
        let touched = self.put(view);
        self.tell(&touched);
    }

    /// Another state, of which nobody is told yet: who asks is answered by it. Gives what it touches.
    fn put(self, view: Arc<View>) -> Touched {
        let before = self.view.get_untracked();
        let around = before.around == view.around
            && before.twice == view.twice
            && before.procedure.as_ref().map(Arc::as_ptr) == view.procedure.as_ref().map(Arc::as_ptr);
        let touched = if around { touched(&before.record, &view.record) } else { Touched::All };
        self.view.update_untracked(|shown| *shown = view);
        touched
    }

    fn tell(self, touched: &Touched) {
        if !self.is_open() {
            return;
        }
        self.view.notify();
        self.parts.with_value(|parts| match touched {
            Touched::All => parts.values().for_each(ArcTrigger::notify),
            Touched::Parts(touched) => touched.iter().filter_map(|part| parts.get(part)).for_each(ArcTrigger::notify),
        });
    }

    /// The same visit, for questions whose answers depend on nothing beyond this.
    pub fn within(self, reach: Reach) -> Session {
        let within = (!reach.is_whole()).then(|| StoredValue::new(reach));
        Session { within: within.or(self.within), ..self }
    }

    fn track(self) {
        let Some(within) = self.within else { return self.view.track() };
        within.with_value(|reach| {
            self.parts.update_value(|parts| {
                reach.parts().for_each(|part| parts.entry(part.to_owned()).or_default().track());
            });
        });
    }

    /// Does a command: paints it at once and sends it to the disk.
    ///
    /// # Errors
    /// A refusal, when the core does not accept it; nothing changed then.
    pub fn send(self, command: Command) -> Result<(), Refusal> {
        self.send_with(command, Vec::new())
    }

    /// Does a command of a control that shows by itself what was tapped, as a tick does. It is taken and on its way to
    /// the disk when this comes back; what else changes on the screen does so behind the paint of the tick, which
    /// need not wait for it.
    ///
    /// # Errors
    /// A refusal, as for [`Session::send`].
    pub fn send_shown(self, command: Command) -> Result<(), Refusal> {
        self.take(command, Vec::new(), |session, view| {
            let touched = session.put(view);
            timers::after_paint(move || session.tell(&touched));
        })
    }

    /// Does a command that brings bytes along.
    ///
    /// # Errors
    /// A refusal, as for [`Session::send`].
    pub fn send_with(self, command: Command, blobs: Vec<NewBlob>) -> Result<(), Refusal> {
        self.take(command, blobs, Session::show)
    }

    fn take(self, command: Command, blobs: Vec<NewBlob>, show: impl FnOnce(Session, Arc<View>)) -> Result<(), Refusal> {
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
        show(self, painted.clone());
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
        self.track();
        self.view.with_untracked(|view| view.scope(&content.library).map(|scope| question(&scope)))
    }

    /// Other records that have the number under this key, too.
    pub fn twice(self, key: &str) -> Vec<String> {
        self.track();
        self.view.with_untracked(|view| view.twice.get(key).cloned().unwrap_or_default())
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
        self.track();
        self.view.with_untracked(|view| read(&view.record))
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
