//! What to read and to tick before a visit: the customer's house rules, the room's rules, and what the handbook has for
//! this kind of work, dress and identity.

use crate::i18n::{lang, t, tf, tx, words};
use crate::route::Route;
use crate::store::handbook::Guide;
use crate::store::query::View;
use crate::store::{Store, StoreError};
use crate::widgets::bar::Bar;
use crate::widgets::damaged::damaged;
use crate::widgets::guidance::{Facts, SelfCheck, entry, kept_ticks, moment_words, with_guide};
use crate::widgets::icon::Icon;
use crate::widgets::ui::{asked, dynamic};
use leptos::prelude::*;
use sitebook_core::handbook::briefing;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Record, RecordKind};
use sitebook_core::template::Library;
use std::sync::Arc;

/// What the page is made of.
#[derive(Debug, Clone, PartialEq, Default)]
struct Read {
    facts: Facts,
    customer: String,
    site: String,
    house: String,
    room: String,
}

fn read_of(view: &View, library: &Library) -> Read {
    let text = |record: Option<&Record>, field: &str| record.and_then(|record| record.text(field)).map(str::to_owned);
    let (customer, site) = (view.around.customer.as_ref(), view.around.site.as_ref());
    Read {
        facts: Facts::of(view, library),
        customer: text(customer, "name").unwrap_or_default(),
        site: text(site, "name").unwrap_or_default(),
        house: text(customer, "rules").unwrap_or_default(),
        room: text(site, "rules").unwrap_or_default(),
    }
}

async fn read(store: Store, id: RecordId) -> Result<Option<Read>, StoreError> {
    Ok(store.view(&id).await?.map(|view| read_of(&view, &store.content().library)))
}

/// The page, of a work order or of one of its visits.
#[component]
pub fn Briefing(
    /// A work order or a visit.
    kind: RecordKind,
    /// Which one.
    id: RecordId,
) -> impl IntoView {
    let store = Store::here();
    let this = id.clone();
    let shown = asked(move || {
        store.changes().track();
        read(store, this.clone())
    });
    let ticking = RwSignal::new(false);
    let ticked = kept_ticks(&id);
    let segment = move |is_ticking: bool, words: &'static sitebook_core::text::Text, act: &'static str| {
        view! {
            <button
                type="button"
                class="segment"
                data-act=act
                aria-pressed=move || (ticking.get() == is_ticking).to_string()
                on:click=move |_| ticking.set(is_ticking)
            >
                {t(words)}
            </button>
        }
    };
    let (whose, back) = (id.clone(), id);
    let back = Signal::derive(move || Route::Show(kind, back.clone()));
    view! {
        <Bar title=Signal::derive(move || t(&words::BRIEFING)().to_owned()) back/>
        <div class="page">
            <div class="segments" role="group" aria-label=t(&words::BRIEFING)>
                {segment(false, &words::handbook::BRIEFING_READ, "briefing")}
                {segment(true, &words::handbook::BRIEFING_CHECK, "self-check")}
            </div>
            {dynamic(move || match shown.get() {
                None => view! { <p class="empty" role="status">{t(&words::LOADING)}</p> }.into_any(),
                Some(Ok(Some(read))) if ticking.get() => {
                    view! {
                        <p class="hint">{t(&words::handbook::BRIEFING_CHECK_HINT)}</p>
                        <SelfCheck facts=read.facts moments=Vec::new() ticked/>
                    }
                    .into_any()
                }
                Some(Ok(Some(read))) => to_read(read),
                Some(Ok(None)) => view! { <p class="empty">{t(&words::VISIT_NOT_FOUND)}</p> }.into_any(),
                Some(Err(error)) => damaged(whose.clone(), &error, || ()),
            })}
        </div>
    }
}

fn to_read(read: Read) -> AnyView {
    let own = |words: &'static sitebook_core::text::Text, mark: &'static str, text: String| {
        let missing = text.is_empty();
        view! {
            <section class="house" data-own=mark>
                <h2>{t(words)}</h2>
                {if missing {
                    view! { <p class="hint">{t(&words::handbook::BRIEFING_NONE)}</p> }.into_any()
                } else {
                    view! { <p class="house-text">{text}</p> }.into_any()
                }}
            </section>
        }
    };
    let whose = [read.customer.clone(), read.site.clone()].into_iter().filter(|name| !name.is_empty());
    let whose = whose.collect::<Vec<_>>().join(" · ");
    let facts = Arc::new(read.facts);
    view! {
        <p class="visit-head"><strong>{whose}</strong></p>
        {own(&words::handbook::BRIEFING_HOUSE, "house", read.house)}
        {own(&words::handbook::BRIEFING_ROOM, "room", read.room)}
        {with_guide(move |guide| parts(guide, &facts))}
    }
    .into_any()
}

fn parts(guide: &Guide, facts: &Facts) -> AnyView {
    let speech = lang();
    let dress = guide.book.dress(facts.dress.as_deref()).cloned();
    let identity = guide.book.identity(facts.identity.as_deref()).cloned();
    let modes = dress.map(|dress| (dress.title, dress.text)).into_iter();
    let modes = modes.chain(identity.map(|identity| (identity.title, identity.text))).map(|(title, text)| {
        view! {
            <li class="guide">
                <p class="guide-head"><strong>{tx(title)}</strong></p>
                <p>{move || text.get(speech.get()).to_owned()}</p>
            </li>
        }
    });
    let parts = briefing(&guide.book, &facts.visit(), &[]).into_iter().map(|part| {
        let count = part.entries.len().to_string();
        let rows = part.entries.into_iter().map(entry).collect_view();
        let title = moment_words(part.moment);
        view! {
            <details class="part" data-moment=part.moment.id()>
                <summary>
                    <Icon name="chevron-right"/>
                    <span>{t(title)}</span>
                    <span class="card-end">{tf(move || sitebook_core::text::Text::same(&count))}</span>
                </summary>
                <ul class="guides">{rows}</ul>
            </details>
        }
    });
    view! {
        <section>
            <h2>{t(&words::handbook::BRIEFING_MODES)}</h2>
            <ul class="guides">{modes.collect_view()}</ul>
        </section>
        <section>
            <h2>{t(&words::handbook::MOMENTS)}</h2>
            {parts.collect_view()}
        </section>
    }
    .into_any()
}
