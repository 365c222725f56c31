//! Tells whether what is on the screen is on the disk. It never says *saved* before the transaction completed.

use crate::i18n::{t, tf, words};
use crate::store::session::{SaveState, Session};
use crate::widgets::icon::Icon;
use crate::widgets::ui::Show;
use leptos::prelude::*;

/// The badge in a visit's title bar.
#[component]
pub fn SaveBadge(
    /// The open visit.
    session: Session,
) -> impl IntoView {
    let state = session.state();
    let class = move || match state.get() {
        SaveState::Clean | SaveState::Saved(_) => "save-badge is-saved",
        SaveState::Saving => "save-badge is-saving",
        SaveState::Failed(_) => "save-badge is-failed",
    };
    let words = tf(move || match state.get() {
        SaveState::Clean => words::SAVE_CLEAN.clone(),
        SaveState::Saving => words::SAVE_SAVING.clone(),
        SaveState::Saved(at) => words::SAVE_SAVED.with(&[&at.time()]),
        SaveState::Failed(_) => words::SAVE_FAILED.clone(),
    });
    // The last op that is on the disk, for those who watch from outside; gone while something is on its way there.
    let saved = move || match state.get() {
        SaveState::Saved(_) => session.record().record.updated.as_ref().map(|touch| touch.op.to_string()),
        _ => None,
    };
    view! { <span class=class role="status" data-save data-saved=saved>{words}</span> }
}

/// What to do when saving failed. Stays until it is solved.
#[component]
pub fn SaveTrouble(
    /// The open visit.
    session: Session,
) -> impl IntoView {
    let state = session.state();
    let words = tf(move || match state.get() {
        SaveState::Failed(error) => error.words(),
        _ => words::SAVE_CLEAN.clone(),
    });
    view! {
        <Show when=move || matches!(state.get(), SaveState::Failed(_))>
            <div class="notice is-danger" role="alert">
                <Icon name="triangle-alert"/>
                <p>{words}</p>
                <button type="button" on:click=move |_| session.retry()>{t(&words::RETRY)}</button>
            </div>
        </Show>
    }
}
