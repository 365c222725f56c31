//! Tells whether what is on the screen is on the disk. It never says *saved* before the transaction completed.

use super::feel;
use crate::browser::files;
use crate::i18n::{Lang, lang, t, tf, words};
use crate::store::Store;
use crate::store::session::{SaveState, Session};
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, Told};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::text::Text;

/// The badge in a visit's title bar.
#[component]
pub fn SaveBadge(
    /// The open visit.
    session: Session,
) -> impl IntoView {
    let (state, typing) = (session.state(), session.store().typing);
    let class = move || match state.get() {
        SaveState::Clean | SaveState::Saved(_) if typing.get() > 0 => "save-badge is-saving",
        SaveState::Clean | SaveState::Saved(_) => "save-badge is-saved",
        SaveState::Saving => "save-badge is-saving",
        SaveState::Failed(_) => "save-badge is-failed",
    };
    let words = tf(move || match state.get() {
        SaveState::Clean | SaveState::Saved(_) if typing.get() > 0 => words::SAVE_TYPING.clone(),
        SaveState::Clean => words::SAVE_CLEAN.clone(),
        SaveState::Saving => words::SAVE_SAVING.clone(),
        SaveState::Saved(at) => words::SAVE_SAVED.with(&[&at.time()]),
        SaveState::Failed(_) => words::SAVE_FAILED.clone(),
    });
    // The last op that is on the disk, for those who watch from outside; gone while something is on its way there.
    let saved = move || match state.get() {
        SaveState::Saved(_) if typing.get() == 0 => {
            let written = session.store().outbox.written().get_untracked();
            written.and_then(|view| view.record.updated.as_ref().map(|touch| touch.op.to_string()))
        }
        _ => None,
    };
    // Who listens hears what has become of an entry, not that it is on its way, and each minute's "saved" once.
    let heard = Memo::new(move |before: Option<&Text>| match state.get() {
        SaveState::Clean | SaveState::Saved(_) if typing.get() > 0 => before.unwrap_or(&words::SAVE_CLEAN).clone(),
        SaveState::Saving => before.unwrap_or(&words::SAVE_CLEAN).clone(),
        SaveState::Clean => words::SAVE_CLEAN.clone(),
        SaveState::Saved(at) => words::SAVE_SAVED.with(&[&at.time()]),
        SaveState::Failed(_) => words::SAVE_FAILED.clone(),
    });
    view! {
        <span class=class aria-hidden="true" data-save data-saved=saved>{words}</span>
        <span class="unseen" role="status">{tf(move || heard.get())}</span>
    }
}

/// What to do when saving failed. Stays until it is solved.
#[component]
pub fn SaveTrouble(
    /// The store.
    store: Store,
) -> impl IntoView {
    let state = store.outbox.state();
    let speech = lang();
    let told = RwSignal::new(None::<Text>);
    Effect::new(move |_| {
        if matches!(state.get(), SaveState::Failed(_)) {
            feel::not_saved();
        }
    });
    let count = store.outbox.count();
    let title = tf(move || words::UNSAVED.with(&[&count.get().to_string()]));
    let words = tf(move || match state.get() {
        SaveState::Failed(_) if store.wanted.get() => words::UNSAVED_WANTED.clone(),
        SaveState::Failed(error) => error.words(),
        _ => words::SAVE_CLEAN.clone(),
    });
    // What was refused for good cannot be tried again: it is put away once it was read.
    let act = tf(move || match state.get() {
        SaveState::Failed(_) if !store.outbox.waits() => words::CLOSE.clone(),
        _ => words::RETRY.clone(),
    });
    let retry = move |_| {
        told.set(None);
        store.outbox.retry(store);
    };
    let copy = move |_| {
        spawn_local(async move {
            let copied = files::copy(&store.unsaved_words(speech.now())).await;
            let words = if copied { &words::UNSAVED_COPIED } else { &words::UNSAVED_NOT_COPIED };
            let _ = told.try_set(Some(words.clone()));
        });
    };
    let share = move |_| {
        spawn_local(async move {
            let words = send(store, speech.now()).await;
            let _ = told.try_set(words);
        });
    };
    view! {
        <Show when=move || matches!(state.get(), SaveState::Failed(_))>
            <div class="alert" role="alert" data-alert="unsaved">
                <p>
                    <Icon name="triangle-alert"/>
                    " "
                    <strong>{title}</strong>
                </p>
                <p>{words}</p>
                <div class="alert-acts">
                    <button type="button" class="primary" data-act="retry-unsaved" on:click=retry>{act}</button>
                    <button type="button" class="quiet" data-act="copy-unsaved" on:click=copy>
                        {t(&words::UNSAVED_COPY)}
                    </button>
                    <button type="button" class="quiet" data-act="share-unsaved" on:click=share>
                        {t(&words::UNSAVED_SHARE)}
                    </button>
                </div>
                <Told words=told/>
            </div>
        </Show>
    }
}

/// Hands what is unsaved to another app; where none takes it, saves it as a file.
async fn send(store: Store, lang: Lang) -> Option<Text> {
    match files::share_all(&store.unsaved_parts(lang), "Sitebook").await {
        Ok(files::Shared::Done) => Some(words::UNSAVED_SENT.clone()),
        Ok(files::Shared::Cancelled) => None,
        Err(_) => {
            let part = store.unsaved_file(lang)?;
            Some(match files::save(&part.name, &part.mime, &part.bytes) {
                Ok(()) => words::UNSAVED_FILE.with(&[&part.name]),
                Err(error) => error.words(),
            })
        }
    }
}
