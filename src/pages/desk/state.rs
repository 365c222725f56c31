//! What the editor holds: the procedure being written, what is open of it, and whether it is kept.
//!
//! Every change is on its way to the disk at once; a closed page loses nothing but what the last second brought. What
//! a change does is the core's, where it is stored the store's.

use crate::browser::{clock, timers};
use crate::i18n::words::editor;
use crate::store::Store;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::template::Procedure;
use sitebook_core::template::check::{Problem, check};
use sitebook_core::template::edit::{Pen, StepAt};
use sitebook_core::text::Text;
use std::sync::{Arc, Mutex, PoisonError};

/// What of the procedure is open in a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// Title, purpose, sources.
    Whole,
    /// A stage.
    Stage(usize),
    /// A step.
    Step(StepAt),
    /// The gates before closing.
    Close,
    /// The deadlines; this one unfolded.
    Deadlines(Option<usize>),
    /// Publishing.
    Publish,
}

/// Whether the draft is on the disk.
#[derive(Debug, Clone, PartialEq)]
pub enum Kept {
    /// It was not changed.
    Clean,
    /// On its way.
    Keeping,
    /// There, since this time of day.
    Since(String),
    /// Not there, and why.
    Failed(Text),
}

/// The draft that is still to be written, if any; it outlives the page.
type Waiting = Arc<Mutex<Queue>>;

#[derive(Debug, Default)]
struct Queue {
    next: Option<Procedure>,
    running: bool,
}

/// A handle to the editor. Copying it copies a handle.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The store.
    pub store: Store,
    pen: RwSignal<Pen>,
    /// What is open.
    pub open: RwSignal<Option<Open>>,
    /// Whether the draft is kept.
    pub kept: RwSignal<Kept>,
    /// What was just done, in words; can be taken back.
    pub told: RwSignal<Option<Text>>,
    /// What is wrong with it.
    pub problems: Memo<Arc<Vec<Problem>>>,
    waiting: StoredValue<Waiting>,
}

impl Desk {
    /// Opens a procedure.
    pub fn new(store: Store, procedure: Procedure) -> Desk {
        let pen = RwSignal::new(Pen::new(procedure));
        let content = store.content();
        let problems = Memo::new(move |_| Arc::new(pen.with(|pen| check(pen.now(), &content.library))));
        Desk {
            store,
            pen,
            open: RwSignal::new(None),
            kept: RwSignal::new(Kept::Clean),
            told: RwSignal::new(None),
            problems,
            waiting: StoredValue::new(Waiting::default()),
        }
    }

    /// Reads the procedure, with tracking.
    pub fn with<T>(self, read: impl FnOnce(&Procedure) -> T) -> T {
        self.pen.with(|pen| read(pen.now()))
    }

    /// Reads the procedure once.
    pub fn once<T>(self, read: impl FnOnce(&Procedure) -> T) -> T {
        self.pen.with_untracked(|pen| read(pen.now()))
    }

    /// Something of the procedure that is drawn anew only when it changes.
    pub fn memo<T: PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&Procedure) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.with(&read))
    }

    /// Changes the procedure and keeps it.
    pub fn change<T: Default>(self, change: impl FnOnce(&mut Procedure) -> T) -> T {
        let answer = self.pen.try_update(|pen| pen.change(change));
        self.told.set(None);
        self.keep();
        answer.unwrap_or_default()
    }

    /// Changes words that are being typed into one place, and keeps them.
    pub fn type_into(self, place: &str, change: impl FnOnce(&mut Procedure)) {
        self.pen.update(|pen| pen.type_into(place, change));
        self.keep();
    }

    /// Whether something can be taken back, and done again.
    pub fn can(self) -> (bool, bool) {
        self.pen.with(Pen::can)
    }

    /// The draft is given up: what is published stands here again. What was written can be brought back.
    pub fn discard(self, published: Option<Procedure>) {
        self.waiting.get_value().lock().unwrap_or_else(PoisonError::into_inner).next = None;
        let words = if published.is_some() { &editor::DISCARDED } else { &editor::DISCARDED_NEW };
        let new = published.unwrap_or_else(|| self.once(Procedure::clone));
        self.open.set(None);
        self.pen.update(|pen| pen.replace(new));
        self.kept.set(Kept::Clean);
        self.told.set(Some(words.clone()));
    }

    /// Takes the last change back.
    pub fn undo(self) {
        self.turn(Pen::undo);
    }

    /// Does again what was taken back.
    pub fn redo(self) {
        self.turn(Pen::redo);
    }

    fn turn(self, turn: impl FnOnce(&mut Pen)) {
        let shape = |procedure: &Procedure| procedure.stages.iter().map(|one| one.steps.len()).collect::<Vec<_>>();
        let before = self.once(shape);
        self.pen.update(turn);
        // What is open may be gone then, or stand elsewhere.
        if self.once(shape) != before {
            self.open.set(None);
        }
        self.told.set(None);
        self.keep();
    }

    /// Brings the draft to the disk, once more than it is written now.
    fn keep(self) {
        let waiting = self.waiting.get_value();
        let begun = {
            let mut queue = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            queue.next = Some(self.once(Procedure::clone));
            std::mem::replace(&mut queue.running, true)
        };
        self.kept.set(Kept::Keeping);
        if !begun {
            spawn_local(write(self.store, waiting, self.kept));
        }
    }

    /// Forgets what waits to be written: the draft was published or discarded.
    pub fn stop_keeping(self) {
        self.waiting.get_value().lock().unwrap_or_else(PoisonError::into_inner).next = None;
    }
}

/// Writes drafts until none waits.
async fn write(store: Store, waiting: Waiting, kept: RwSignal<Kept>) {
    // Letters come in quick succession: a moment's patience makes one draft of many.
    const MOMENT: u32 = 150;
    loop {
        timers::sleep(MOMENT).await;
        let next = {
            let mut queue = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            let next = queue.next.take();
            queue.running = next.is_some();
            next
        };
        let Some(procedure) = next else { return };
        let done = match store.keep_draft(&procedure).await {
            Ok(()) => Kept::Since(clock::now().time()),
            Err(error) => Kept::Failed(editor::NOT_KEPT.with_texts(&[&error.words()])),
        };
        let more = waiting.lock().unwrap_or_else(PoisonError::into_inner).next.is_some();
        if !more {
            let _ = kept.try_set(done);
        }
    }
}
