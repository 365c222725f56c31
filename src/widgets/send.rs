//! A record on its way to somebody else: saved as a file, or through the share sheet.
//!
//! It must not know what is in the file: the store makes it.

use crate::browser::files;
use crate::i18n::{t, words};
use crate::store::Store;
use crate::store::transfer::Made;
use crate::widgets::icon::Icon;
use crate::widgets::ui::Show;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::text::Text;

/// Saves a file or offers it to other apps. Gives what there is to tell.
pub async fn hand_over(made: &Made, share: bool) -> Option<Text> {
    let file = made.file.as_ref()?;
    if share {
        let name = made.shared_name();
        return files::share_file(file, &name, "text/plain", &name).await.err().map(|error| error.words());
    }
    Some(match (files::save_file(file), made.sent.missing) {
        (Err(error), _) => error.words(),
        (Ok(()), 0) => words::EXPORT_DONE.with(&[&made.name]),
        (Ok(()), missing) => words::EXPORT_MISSING.with(&[&missing.to_string()]),
    })
}

/// Two items of a menu.
#[component]
pub fn SendItems(
    /// Where the record is.
    store: Store,
    /// The record; what it refers to goes along.
    id: RecordId,
    /// How it ended, in words.
    told: RwSignal<Option<Text>>,
) -> impl IntoView {
    let id = StoredValue::new(id);
    let send = move |share: bool| {
        spawn_local(async move {
            let words = match store.export_record(&id.get_value(), &store.profile.now()).await {
                Ok(made) => hand_over(&made, share).await,
                Err(error) => Some(error.words()),
            };
            let _ = told.try_set(words);
        });
    };
    view! {
        <li>
            <button type="button" data-act="export" on:click=move |_| send(false)>
                <Icon name="download"/>
                {t(&words::VISIT_EXPORT)}
            </button>
        </li>
        <Show when=files::can_share>
            <li>
                <button type="button" data-act="share" on:click=move |_| send(true)>
                    <Icon name="share-2"/>
                    {t(&words::VISIT_SHARE)}
                </button>
            </li>
        </Show>
    }
}
