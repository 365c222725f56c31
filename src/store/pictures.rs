//! Photos on their way in: one queue for the whole tab. Each is opened and shrunk in the background, one at a time,
//! while the user taps on or leaves the screen; then it goes to the disk like every other entry.
//!
//! Nothing here knows how photos are shown. A file that could not be taken in is told with its capture.

use super::Store;
use super::commit::NewBlob;
use super::error::StoreError;
use super::session::{Session, send_apart};
use crate::browser::files::File;
use crate::browser::picture::{self, PictureError};
use crate::browser::timers;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Attachment, hex, sha256};
use sitebook_core::text::Text;
use sitebook_core::work::Command;
use std::collections::VecDeque;

struct Waiting {
    session: Session,
    place: PicturePlace,
    file: File,
}

/// Where a picture belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PicturePlace {
    /// The record.
    pub record: RecordId,
    /// The key of the capture.
    pub field: String,
}

/// How far the queue is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PictureProgress {
    /// Those that came since the queue was empty.
    pub all: usize,
    /// Those of them that are done, or were refused.
    pub done: usize,
    /// Where those belong that are not done.
    pub places: Vec<PicturePlace>,
    /// What could not be taken in since then.
    pub refused: Vec<(PicturePlace, Text)>,
}

impl PictureProgress {
    /// How many still come to this place.
    pub fn coming(&self, place: &PicturePlace) -> usize {
        self.places.iter().filter(|one| *one == place).count()
    }

    /// What could not be taken in at this place.
    pub fn refused_at(&self, place: &PicturePlace) -> Option<Text> {
        self.refused.iter().rev().find(|(one, _)| one == place).map(|(_, words)| words.clone())
    }
}

/// A handle to the queue. Copying it copies a handle.
#[derive(Clone, Copy)]
pub struct Pictures {
    queue: StoredValue<VecDeque<Waiting>, LocalStorage>,
    running: StoredValue<bool>,
    progress: RwSignal<PictureProgress>,
}

impl Pictures {
    /// An empty queue.
    pub(super) fn new() -> Pictures {
        Pictures {
            queue: StoredValue::new_local(VecDeque::new()),
            running: StoredValue::new(false),
            progress: RwSignal::new(PictureProgress::default()),
        }
    }

    /// How far it is.
    pub fn progress(self) -> ReadSignal<PictureProgress> {
        self.progress.read_only()
    }

    /// Whether pictures are still on their way to becoming entries.
    pub fn has_any(self) -> bool {
        self.progress.try_with_untracked(|progress| !progress.places.is_empty()).unwrap_or(false)
    }

    /// Takes pictures for a capture of an open visit.
    pub fn take(self, session: Session, field: &str, files: Vec<File>) {
        if files.is_empty() {
            return;
        }
        let place = PicturePlace { record: session.record().record.id.clone(), field: field.to_owned() };
        self.progress.update(|progress| {
            if progress.places.is_empty() {
                *progress = PictureProgress::default();
            }
            progress.all += files.len();
            progress.places.extend(files.iter().map(|_| place.clone()));
        });
        self.queue.update_value(|queue| {
            queue.extend(files.into_iter().map(|file| Waiting { session, place: place.clone(), file }));
        });
        if !self.running.get_value() {
            self.running.set_value(true);
            spawn_local(self.run(session.store()));
        }
    }

    async fn run(self, store: Store) {
        while let Some(waiting) = self.queue.try_update_value(VecDeque::pop_front).flatten() {
            let place = waiting.place.clone();
            let outcome = take_in(store, waiting).await;
            self.progress.update(|progress| {
                progress.done += 1;
                if let Some(at) = progress.places.iter().position(|one| *one == place) {
                    progress.places.remove(at);
                }
                if let Err(words) = outcome {
                    progress.refused.push((place, words));
                }
            });
            // A frame for the screen, and for a tap that waits.
            timers::sleep(0).await;
        }
        self.running.set_value(false);
    }
}

async fn take_in(store: Store, waiting: Waiting) -> Result<(), Text> {
    let Waiting { session, place, file } = waiting;
    let picture = picture::shrink(&file).await.map_err(|error: PictureError| error.words())?;
    let attachment = Attachment {
        sha256: hex(&sha256(&picture.bytes)),
        mime: picture.mime,
        size: picture.bytes.len() as u64,
        width: picture.width,
        height: picture.height,
    };
    let command = Command::Attach { field: place.field, attachment: attachment.clone(), caption: None };
    let blobs = vec![NewBlob { attachment, bytes: picture.bytes, thumb: picture.thumb }];
    if session.is_open() {
        return session.send_with(command, blobs).map_err(|refused| refused.words());
    }
    send_apart(store, &place.record, command, blobs).await.map_err(|error: StoreError| error.words())
}
