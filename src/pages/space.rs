//! Room and safety of the records on this device: how much is used, whether the browser promises to keep it, and what
//! was lost before. Part of *More*.

use crate::browser::{files, pwa, storage};
use crate::i18n::{t, tf, words};
use crate::store::Store;
use crate::store::loss::Loss;
use crate::widgets::ui::{Show, asked, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::text::Text;

/// What *More* tells about it.
#[component]
pub fn Space() -> impl IntoView {
    let store = Store::here();
    if !store.outbox.has_any() {
        store.look_at_room();
    }
    let held = asked(move || {
        store.changes().track();
        async move { store.holds().await.ok() }
    });
    let losses = asked(move || async move { store.losses().await.unwrap_or_default() });
    let room = tf(move || match (store.room.get(), held.get().flatten()) {
        (Some(room), _) => words::MORE_STORAGE.with(&[&files::size_words(room.used), &files::size_words(room.free())]),
        (None, Some((entries, photos))) => words::ROOM_UNKNOWN.with(&[&entries.to_string(), &photos.to_string()]),
        (None, None) => Text::same(""),
    });
    let tight = move || store.room.get().is_some_and(|room| room.is_tight());
    view! {
        <p class="hint" data-space>{room}</p>
        <Show when=tight>
            <p class="notice is-warn">{t(&words::ROOM_TIGHT_HINT)}</p>
        </Show>
        <Kept/>
        {dynamic(move || {
            let rows = losses.get().unwrap_or_default();
            rows.into_iter().map(loss_line).collect_view().into_any()
        })}
    }
}

fn loss_line(loss: Loss) -> impl IntoView {
    let (at, missing, had) = (loss.at.date_time(), loss.missing().to_string(), loss.had.to_string());
    view! { <p class="notice is-warn" data-loss>{tf(move || words::LOSS_LINE.with(&[&at, &missing, &had]))}</p> }
}

/// The browser's promise, and how to get it.
#[component]
fn Kept() -> impl IntoView {
    let asks = RwSignal::new(0_u32);
    let kept = asked(move || {
        asks.track();
        storage::is_persisted()
    });
    let told = move || match kept.get() {
        Some(Some(true)) => Some(&words::MORE_PERSISTED),
        Some(_) if pwa::is_ios() && !pwa::is_standalone() => Some(&words::MORE_NOT_PERSISTED_IOS),
        Some(Some(false)) if asks.get() > 0 => Some(&words::MORE_PERSIST_REFUSED),
        Some(_) => Some(&words::MORE_NOT_PERSISTED),
        None => None,
    };
    let ask = move |_| {
        spawn_local(async move {
            storage::request_persist();
            // Some browsers never answer the request itself; whether it was granted shows soon.
            crate::browser::timers::sleep(500).await;
            let _ = asks.try_update(|count| *count += 1);
        });
    };
    view! {
        <p class="hint" data-kept>{move || told().map(|words| t(words)())}</p>
        <Show when=move || kept.get() == Some(Some(false))>
            <button type="button" class="quiet" data-act="persist" on:click=ask>{t(&words::MORE_PERSIST)}</button>
        </Show>
    }
}
