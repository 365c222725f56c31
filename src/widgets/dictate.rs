//! Speech into a text box.

use crate::browser::speech;
use crate::i18n::words::dictation;
use crate::i18n::{lang, named, t, words};
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, Trouble};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::text::Text;

/// The button for it, where the browser offers it. When the browser would send the sound away, it says so first.
#[component]
pub fn Dictate(
    /// What is stored; speech is added behind it.
    value: Signal<String>,
    /// Puts the text into the box.
    inject: RwSignal<Option<String>>,
    /// What the box is for.
    name: Signal<String>,
) -> impl IntoView {
    if !speech::available() {
        return ().into_any();
    }
    let running = StoredValue::new_local(None::<speech::Dictation>);
    let listening = RwSignal::new(false);
    let warned = RwSignal::new(false);
    let failed = RwSignal::new(None::<Text>);
    let spoken = lang();
    let start = move |place| {
        let begun = speech::Dictation::start(
            spoken.now().tag(),
            place,
            move |heard: String| {
                let before = value.get_untracked();
                inject.set(Some(if before.is_empty() { heard } else { format!("{before} {heard}") }));
            },
            move |reason: Option<String>| {
                let _ = listening.try_set(false);
                let _ = failed.try_set(reason.as_deref().and_then(failure_words));
            },
        );
        failed.set(begun.is_none().then(|| dictation::FAILED.clone()));
        listening.set(begun.is_some());
        running.set_value(begun);
    };
    let toggle = move |_| {
        if listening.get_untracked() {
            running.set_value(None);
            listening.set(false);
        } else if warned.get_untracked() {
            start(speech::Place::Anywhere);
        } else {
            spawn_local(async move {
                if speech::on_device(spoken.now().tag()).await {
                    start(speech::Place::Device);
                } else {
                    let _ = warned.try_set(true);
                }
            });
        }
    };
    let word = move || if listening.get() { &words::DICTATE_STOP } else { &words::DICTATE };
    let spoken_name = named(word, name);
    view! {
        <div class="dictate">
            <button
                type="button"
                class="quiet"
                aria-label=spoken_name
                aria-pressed=move || listening.get().to_string()
                on:click=toggle
            >
                <Icon name="mic"/>
                {move || t(word())()}
            </button>
            <Show when=move || warned.get() && !listening.get()>
                <p class="hint" role="status">{t(&words::DICTATE_ONLINE)}</p>
            </Show>
            <Trouble words=failed/>
        </div>
    }
    .into_any()
}

/// Why dictation stopped, if that was not the user's wish.
fn failure_words(reason: &str) -> Option<Text> {
    Some(match reason {
        // Stopped by the user.
        "aborted" => return None,
        "not-allowed" | "service-not-allowed" => dictation::FORBIDDEN.clone(),
        "audio-capture" => dictation::NO_SOUND.clone(),
        "network" => dictation::OFFLINE.clone(),
        "no-speech" => dictation::SILENCE.clone(),
        "language-not-supported" => dictation::LANGUAGE.clone(),
        _ => dictation::FAILED.clone(),
    })
}
