//! All that lies ahead, as a file for the phone's own calendar: what goes in, and how it gets there.

use crate::browser::clock;
use crate::i18n::{lang, t, tf, words};
use crate::route::Route;
use crate::store::Store;
use crate::store::agenda::{Of, begin};
use crate::widgets::bar::Bar;
use crate::widgets::calendar::CalendarItems;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Told, asked, dynamic};
use leptos::prelude::*;
use sitebook_core::calendar::Event;
use sitebook_core::text::Text;
use sitebook_core::time::Stamp;

/// The page.
#[component]
pub fn Calendar() -> impl IntoView {
    let (store, speech) = (Store::here(), lang());
    let told = RwSignal::new(None::<Text>);
    let events = asked(move || {
        store.changes().track();
        let lang = speech.get();
        async move { store.events(&Of::All, lang).await.map_err(|error| error.words()) }
    });
    view! {
        <Bar title=Signal::derive(move || t(&words::calendar::TITLE)().to_owned()) back=Signal::derive(|| Route::Today)/>
        <div class="page">
            {dynamic(move || match events.get() {
                None => view! { <p class="empty" role="status">{t(&words::LOADING)}</p> }.into_any(),
                Some(Err(words)) => view! { <p class="empty" role="alert">{crate::i18n::tx(words)}</p> }.into_any(),
                Some(Ok(events)) if events.is_empty() => view! {
                    <div class="empty">
                        <Icon name="calendar-check"/>
                        <p>{t(&words::calendar::NOTHING)}</p>
                    </div>
                }
                .into_any(),
                Some(Ok(events)) => view! {
                    <p class="hint">{t(&words::calendar::HINT)}</p>
                    <ul class="menu"><CalendarItems of=Of::All told/></ul>
                    <Told words=told/>
                    <h2>{t(&words::calendar::LIST)}</h2>
                    <ul class="cards">{events.into_iter().map(row).collect_view()}</ul>
                }
                .into_any(),
            })}
        </div>
    }
}

fn row(event: Event) -> AnyView {
    let now = clock::now();
    let at = Stamp { at: begin(&event), tz: now.tz };
    let when = tf(move || at.spoken(now));
    view! {
        <li>
            <div class="card">
                <span class="card-main">
                    <strong>{event.summary}</strong>
                    <span class="hint">{event.location}</span>
                </span>
                <span class="card-end">{when}</span>
            </div>
        </li>
    }
    .into_any()
}
