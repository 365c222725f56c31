//! The connection to the database: opened at the start, given up when another page needs it, opened again when the
//! browser has closed it.

use super::error::StoreError;
use super::{Store, local};
use crate::browser::channel::Channel;
use crate::browser::db::{Db, Gone, NAME, Schema};
use crate::browser::timers;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;

/// How the opening goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Opening {
    /// Asked for.
    Begun,
    /// Another page holds an older version of the database. It goes on by itself.
    Blocked,
    /// It does not answer for a long time; it may still.
    Slow,
    /// The book is open.
    Done,
    /// The browser refuses.
    Refused(StoreError),
}

/// What one page asks of the others: to let go of the database. Everything else on the channel is the id of a record.
const LET_GO: &str = "let go";
/// So many times a page opens a connection again that the browser has closed.
const MOST_REOPENED: u32 = 5;

impl Store {
    /// Opens the database and starts to listen to other tabs. What comes of it is in [`Store::opening`].
    pub async fn open(self) {
        self.opening.set(Opening::Begun);
        let result = self.open_as(NAME).await;
        self.opening.set(match result {
            Ok(()) => Opening::Done,
            Err(error) => Opening::Refused(error),
        });
    }

    /// The opening has taken long; tell it, if it still goes on.
    pub fn is_slow(self) {
        if self.opening.get_untracked() == Opening::Begun {
            self.opening.set(Opening::Slow);
        }
    }

    pub(super) async fn open_as(self, name: &str) -> Result<(), StoreError> {
        self.name.set_value(name.to_owned());
        // The channel comes first, so that a page that is in the way can be asked.
        self.channel.set_value(Channel::open("sitebook", move |message| self.hear(&message)));
        self.connect().await
    }

    async fn connect(self) -> Result<(), StoreError> {
        let name = self.name.get_value();
        let blocked = move || {
            self.opening.set(Opening::Blocked);
            self.channel.with_value(|channel| {
                if let Some(channel) = channel {
                    channel.post(LET_GO);
                }
            });
        };
        let db = Db::open(&name, Schema::CURRENT, blocked, move |gone| self.gone(gone)).await?;
        let loss = self.find_loss(&db).await?;
        if local::restore(&db).await? {
            self.profile.reload();
        }
        self.loss.set(loss);
        // A database that was cleared has lost the key, too.
        self.key.set_value(None);
        self.db.set_value(Some(db));
        Ok(())
    }

    fn hear(self, message: &str) {
        if message == LET_GO {
            return self.gone(Gone::Wanted);
        }
        self.last.set(RecordId::parse(message));
        self.changes.update(|count| *count = count.wrapping_add(1));
    }

    fn gone(self, gone: Gone) {
        match gone {
            // Every page that is open hears it; one that waits for the database itself has no connection.
            Gone::Wanted if self.db.with_value(Option::is_some) => {
                self.wanted.set(true);
                if !self.outbox.has_any() {
                    self.let_go();
                }
            }
            Gone::Wanted => {}
            Gone::Closed => spawn_local(async move {
                self.reopen().await;
            }),
        }
    }

    /// Closes the connection if another page waits for it. Called when everything is saved.
    pub(super) fn let_go(self) {
        if !self.wanted.get_untracked() {
            return;
        }
        self.wanted.set(false);
        if let Some(db) = self.db.get_value() {
            db.close();
            self.lost.set(true);
        }
    }

    /// Opens a connection that the browser has closed again. `true` if the book is as it was; `false` if not, or if
    /// this page has given the connection to another.
    pub(super) async fn reopen(self) -> bool {
        let tried = self.reopened.get_value();
        if self.lost.get_untracked() || tried >= MOST_REOPENED {
            self.lost.set(true);
            return false;
        }
        self.reopened.set_value(tried + 1);
        // A browser that is clearing data may close the new connection as well before it is done.
        let mut opened = self.connect().await;
        for pause in [200, 1_000] {
            if opened.is_ok() {
                break;
            }
            timers::sleep(pause).await;
            opened = self.connect().await;
        }
        if opened.is_err() {
            self.lost.set(true);
            return false;
        }
        self.changes.update(|count| *count = count.wrapping_add(1));
        self.loss.with_untracked(Option::is_none)
    }
}
