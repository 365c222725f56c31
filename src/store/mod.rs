//! Commands in, ops to the database, signals out.
//!
//! Rooms: [`content`] (templates shipped with the build), [`assets`] and [`handbook`] (content fetched when needed),
//! [`own`] (procedures that the team wrote), [`settings`] (profile and preferences), [`commit`] (the one transaction of
//! a tap), [`projection`] (what is kept beside the ledger), [`query`] (reads), [`session`] (one open visit), [`outbox`]
//! (what is on its way to the disk), [`unsaved`] (taking that elsewhere), [`transfer`] (what goes out as a file,
//! [`going`], and what comes in, [`coming`]), [`upcoming`] (appointments and deadlines, for [`ring`], the reminders),
//! [`device`] and [`seals`] (its key and what is signed with it), [`erase`] (a customer's data), and what can go wrong
//! below them: [`opening`], [`loss`], [`room`], [`mend`]. Nothing here decides a rule: that is the core's.

pub mod agenda;
pub mod assets;
pub mod backup;
pub mod coming;
pub mod commit;
pub mod content;
#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, reason = "tests")]
mod contract;
#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, reason = "tests")]
mod contract_find;
#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod contract_ledger;
#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, reason = "tests")]
mod contract_proof;
#[cfg(all(test, target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, reason = "tests")]
mod contract_storage;
pub mod copies;
pub mod device;
pub mod drafts;
pub mod equipment;
pub mod erase;
pub mod error;
pub mod figures;
pub mod find;
pub mod going;
pub mod handbook;
mod here;
pub mod listing;
pub mod local;
pub mod loss;
pub mod mend;
mod numbers;
pub mod opening;
pub mod outbox;
pub mod own;
pub mod pictures;
pub mod projection;
pub mod query;
pub mod ring;
pub mod room;
pub mod runs;
pub mod sample;
pub mod seals;
pub mod selection;
pub mod session;
pub mod settings;
mod taking;
pub mod transfer;
pub mod unsaved;
pub mod upcoming;
mod whose;

use crate::browser::channel::Channel;
use crate::browser::db::Db;
use crate::browser::keys::DeviceKey;
use content::Content;
pub use error::StoreError;
use leptos::prelude::*;
use sitebook_core::ids::RecordId;
use sitebook_core::template::Procedure;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The store: one for the app, found in context. Copying it copies a handle.
#[derive(Clone, Copy)]
pub struct Store {
    db: StoredValue<Option<Db>, LocalStorage>,
    channel: StoredValue<Option<Channel>, LocalStorage>,
    content: StoredValue<Option<Arc<Content>>>,
    /// How many fields hold a draft that is not on its way to the disk yet.
    pub typing: RwSignal<u32>,
    /// Who is working here.
    pub profile: settings::Profile,
    procedures: StoredValue<BTreeMap<String, Arc<Procedure>>>,
    /// Procedures of this build that were fetched.
    shipped: StoredValue<BTreeMap<String, content::Pinned>>,
    /// The team's own procedures in use, by id; read again when versions come or go.
    own: StoredValue<BTreeMap<String, content::Pinned>>,
    /// Counts changes of anything; lists depend on it.
    changes: RwSignal<u32>,
    /// The record changed last, by this tab or another.
    last: RwSignal<Option<RecordId>>,
    /// The connection is gone; the page must be loaded again.
    pub lost: RwSignal<bool>,
    /// What is on its way to the disk.
    pub outbox: outbox::Outbox,
    /// Photos that are being shrunk.
    pub pictures: pictures::Pictures,
    /// How the opening goes.
    pub opening: RwSignal<opening::Opening>,
    /// Entries of this device that its database no longer has, until the user has decided.
    pub loss: RwSignal<Option<loss::Loss>>,
    /// How much room the browser gives; unknown where it does not tell.
    pub room: RwSignal<Option<room::Room>>,
    /// A list could not be read at the last try.
    pub unread: RwSignal<Option<StoreError>>,
    /// Whether rows of lists were found that cannot be read.
    pub damaged: RwSignal<bool>,
    /// Another page waits for this one to close the connection, which it does when everything is saved.
    pub wanted: RwSignal<bool>,
    last_mark: StoredValue<Option<loss::Mark>>,
    name: StoredValue<String>,
    reopened: StoredValue<u32>,
    /// This device's key, once it was asked for.
    key: StoredValue<Option<Option<DeviceKey>>, LocalStorage>,
    /// A copy is being made in the background.
    pub copying: RwSignal<bool>,
    /// Appointments of work orders that people are reminded of now.
    pub near: RwSignal<Vec<upcoming::Upcoming>>,
}

impl Store {
    /// A store without a database yet.
    pub fn new(profile: settings::Profile) -> Store {
        Store {
            db: StoredValue::new_local(None),
            channel: StoredValue::new_local(None),
            content: StoredValue::new(None),
            profile,
            procedures: StoredValue::new(BTreeMap::new()),
            shipped: StoredValue::new(BTreeMap::new()),
            own: StoredValue::new(BTreeMap::new()),
            changes: RwSignal::new(0),
            last: RwSignal::new(None),
            lost: RwSignal::new(false),
            outbox: outbox::Outbox::new(),
            pictures: pictures::Pictures::new(),
            typing: RwSignal::new(0),
            opening: RwSignal::new(opening::Opening::Begun),
            loss: RwSignal::new(None),
            room: RwSignal::new(None),
            unread: RwSignal::new(None),
            damaged: RwSignal::new(false),
            wanted: RwSignal::new(false),
            last_mark: StoredValue::new(None),
            name: StoredValue::new(String::new()),
            reopened: StoredValue::new(0),
            key: StoredValue::new_local(None),
            copying: RwSignal::new(false),
            near: RwSignal::new(Vec::new()),
        }
    }

    /// The store of the app.
    pub fn here() -> Store {
        expect_context::<Store>()
    }

    fn db(&self) -> Result<Db, StoreError> {
        self.db.get_value().ok_or(StoreError::NotOpen)
    }

    /// Templates of this build, read at the first call: the first screen does without them. None only when the build
    /// is broken: the build script has read the same files.
    pub fn content(&self) -> Arc<Content> {
        if let Some(known) = self.content.get_value() {
            return known;
        }
        let content = Arc::new(Content::load().unwrap_or_else(|_| Content { library: Arc::default() }));
        self.content.set_value(Some(content.clone()));
        content
    }

    /// A pinned procedure parsed before.
    fn known_procedure(&self, digest: &str) -> Option<Arc<Procedure>> {
        self.procedures.with_value(|known| known.get(digest).cloned())
    }

    fn remember_procedure(&self, digest: &str, procedure: &Arc<Procedure>) {
        self.procedures.update_value(|known| {
            known.insert(digest.to_owned(), procedure.clone());
        });
    }

    /// Tells this tab and the others that a record changed.
    fn announce(&self, id: &RecordId) {
        self.last.set(Some(id.clone()));
        self.changes.update(|count| *count = count.wrapping_add(1));
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.post(id.as_str());
            }
        });
    }

    /// The record changed last, by this tab or another.
    pub fn last_changed(&self) -> ReadSignal<Option<RecordId>> {
        self.last.read_only()
    }

    /// Reads all lists again.
    pub fn look_again(&self) {
        self.changes.update(|count| *count = count.wrapping_add(1));
    }

    /// A number that changes with every change of any record.
    pub fn changes(&self) -> ReadSignal<u32> {
        self.changes.read_only()
    }
}
