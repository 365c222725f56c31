//! Agreed times and due dates on their way into the phone's own calendar: saved as a file, or shared.

use crate::browser::{clock, files};
use crate::i18n::{lang, t, words};
use crate::store::Store;
use crate::store::agenda::Of;
use crate::widgets::icon::Icon;
use crate::widgets::ui::Show;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::calendar::ics;
use sitebook_core::text::{Lang, Text};

const MIME: &str = "text/calendar";

fn file_name() -> String {
    format!("sitebook-{}.ics", clock::now().compact_date())
}

/// Makes the file and hands it over. Gives what there is to tell.
async fn hand_over(store: Store, of: &Of, lang: Lang, share: bool) -> Option<Text> {
    let events = match store.events(of, lang).await {
        Ok(events) if events.is_empty() => return Some(words::calendar::NONE_HERE.clone()),
        Ok(events) => events,
        Err(error) => return Some(error.words()),
    };
    let (name, bytes) = (file_name(), ics(&events, clock::now()).into_bytes());
    if share {
        let part = files::Part { name: name.clone(), mime: MIME.to_owned(), bytes };
        return files::share_all(&[part], &name).await.err().map(|error| error.words());
    }
    Some(match files::save(&name, MIME, &bytes) {
        Ok(()) => words::calendar::MADE.with(&[&name, &events.len().to_string()]),
        Err(error) => error.words(),
    })
}

/// Two items of a menu.
#[component]
pub fn CalendarItems(
    /// Whose times.
    of: Of,
    /// How it ended, in words.
    told: RwSignal<Option<Text>>,
) -> impl IntoView {
    let (store, speech, of) = (Store::here(), lang(), StoredValue::new(of));
    let send = move |share: bool| {
        spawn_local(async move {
            let words = hand_over(store, &of.get_value(), speech.now(), share).await;
            let _ = told.try_set(words);
        });
    };
    view! {
        <li>
            <button type="button" data-act="calendar-save" on:click=move |_| send(false)>
                <Icon name="calendar-plus"/>
                {t(&words::calendar::SAVE)}
            </button>
        </li>
        <Show when=|| files::can_share_as("a.ics", MIME)>
            <li>
                <button type="button" data-act="calendar-share" on:click=move |_| send(true)>
                    <Icon name="share-2"/>
                    {t(&words::calendar::SHARE)}
                </button>
            </li>
        </Show>
    }
}
