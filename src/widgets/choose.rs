//! Chooses a file of ours and says why it was refused. It must not know what is done with the file.

use crate::browser::files::{self, File};
use crate::i18n::{lang, t, words};
use crate::widgets::icon::Icon;
use leptos::prelude::*;
use sitebook_core::text::Text;

/// What an export is called, and what other apps make of it on the way.
const ACCEPT: &str = ".json,.txt,.sitebook,application/json,text/plain";

/// The button, and below it what was wrong with the file.
#[component]
pub fn ChooseFile(
    /// Id of the input, by which tests know it.
    id: &'static str,
    /// The button's icon.
    icon: &'static str,
    /// Takes the file.
    take: impl Fn(File) + 'static,
) -> impl IntoView {
    let choose = move |event: leptos::ev::Event| {
        if let Some(file) = files::input_files(&event).into_iter().next() {
            take(file);
        }
    };
    view! {
        <label class="button primary" for=id>
            <Icon name=icon/>
            {t(&words::files::IMPORT_CHOOSE)}
        </label>
        <input class="unseen" id=id type="file" accept=ACCEPT on:change=choose/>
    }
}

/// Why it was refused. Empty while it was not.
#[component]
pub fn Refused(
    /// The words.
    words: RwSignal<Option<Text>>,
) -> impl IntoView {
    let speech = lang();
    view! {
        <div role="alert">
            {move || {
                words
                    .get()
                    .map(|words| {
                        view! {
                            <div class="notice is-danger">
                                <Icon name="octagon-x"/>
                                <p data-file-error>{words.get(speech.get()).to_owned()}</p>
                            </div>
                        }
                    })
            }}
        </div>
    }
}
