//! What happened to a piece of equipment, below its facts: visits with what they found, changed and photographed.

use crate::i18n::words::equipment;
use crate::i18n::{lang, t, tf, tx};
use crate::route::Route;
use crate::store::Store;
use crate::store::equipment::{Life, Visited};
use crate::widgets::icon::Icon;
use crate::widgets::marks::marks_layer;
use crate::widgets::photo::StoredPicture;
use crate::widgets::ui::asked;
use leptos::prelude::*;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Record, RecordKind, State};
use sitebook_core::text::Text;
use sitebook_core::time::Stamp;
use sitebook_core::work::{Summary, TracePhoto};

/// Visits read first, and added by each *more*.
const AT_ONCE: usize = 10;

/// The history of one piece.
#[component]
pub fn AssetLife(
    /// Its record.
    record: Record,
) -> impl IntoView {
    let store = Store::here();
    let read = RwSignal::new(AT_ONCE);
    let labels = Route::Labels(RecordKind::Asset, record.id.clone()).href();
    let life = asked(move || {
        store.changes().track();
        let (record, read) = (record.clone(), read.get());
        async move { store.life_of(&record, read).await }
    });
    let body = move || match life.get() {
        None => view! { <p class="hint" role="status">{t(&equipment::READING)}</p> }.into_any(),
        Some(Err(_)) => view! { <p class="notice is-danger" role="alert">{t(&equipment::FAILED)}</p> }.into_any(),
        Some(Ok(life)) => told(life, read),
    };
    view! {
        <ul class="menu">
            <li>
                <a href=labels data-act="labels">
                    <Icon name="printer"/>
                    {t(&equipment::LABEL)}
                </a>
            </li>
        </ul>
        <section class="life" data-life>
            <h2>{t(&equipment::HISTORY)}</h2>
            {body}
        </section>
    }
}

fn told(life: Life, read: RwSignal<usize>) -> AnyView {
    let Life { orders, visits, all, mentioned } = life;
    let (none, more) = (orders.is_empty() && all == 0 && mentioned.is_empty(), all > visits.len());
    if none {
        return view! { <p class="hint">{t(&equipment::NEVER)}</p> }.into_any();
    }
    let count = all.to_string();
    let head = (all > 0).then(|| view! { <p class="hint">{tf(move || equipment::COUNT.with(&[&count]))}</p> });
    let lines = |title: &'static Text, lines: Vec<Summary>| {
        (!lines.is_empty()).then(|| {
            view! {
                <h3>{t(title)}</h3>
                <ul class="cards">{lines.iter().filter_map(line).collect_view()}</ul>
            }
        })
    };
    let next = move |_| read.update(|read| *read += AT_ONCE);
    view! {
        {lines(&equipment::WAITING, orders)}
        {head}
        <ol class="life-visits">{visits.into_iter().map(visited).collect_view()}</ol>
        {more.then(|| view! { <button type="button" class="quiet" data-act="earlier" on:click=next>{t(&equipment::MORE)}</button> })}
        {lines(&equipment::MENTIONED, mentioned)}
    }
    .into_any()
}

fn day(line: &Summary) -> String {
    Stamp { at: line.updated, tz: crate::browser::clock::now().tz }.date_time()
}

fn line(line: &Summary) -> Option<AnyView> {
    let href = Route::Show(line.kind, RecordId::parse(&line.id)?).href();
    let title = title_of(line);
    let below = [line.number.clone().unwrap_or_default(), day(line)];
    let below = below.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    Some(
        view! {
            <li>
                <a class="card" href=href>
                    <span class="card-main">
                        <strong>{tx(title)}</strong>
                        <span class="hint">{below}</span>
                    </span>
                    <Icon name="chevron-right"/>
                </a>
            </li>
        }
        .into_any(),
    )
}

fn title_of(line: &Summary) -> Text {
    line.title.clone().unwrap_or_else(|| Text::same(if line.name.is_empty() { &line.id } else { &line.name }))
}

fn visited(one: Visited) -> AnyView {
    let Visited { visit, about, trace } = one;
    let href = RecordId::parse(&visit.id).map(|id| Route::Show(RecordKind::Visit, id).href()).unwrap_or_default();
    let state = match (visit.void, visit.state) {
        (true, _) => &equipment::VOID_STATE,
        (false, State::Open) => &equipment::OPEN_STATE,
        (false, State::Closed) => &equipment::CLOSED_STATE,
    };
    let below = [visit.number.clone().unwrap_or_default(), about];
    let below = below.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let speech = lang();
    let faults = trace.faults.into_iter().map(|(item, note)| {
        let words = move || {
            let item = item.get(speech.get());
            if note.is_empty() { item.to_owned() } else { format!("{item} — {note}") }
        };
        view! { <li>{words}</li> }.into_any()
    });
    let parts = trace.parts.into_iter().map(|part| view! { <li>{tx(part)}</li> }.into_any());
    view! {
        <li class="life-visit" data-visit=visit.id.clone()>
            <a href=href.clone()>
                <time>{day(&visit)}</time>
                <strong>{tx(title_of(&visit))}</strong>
                <span class="hint">{below} " · " {t(state)}</span>
            </a>
            {list(&equipment::FAULTS, faults.collect())}
            {list(&equipment::PARTS, parts.collect())}
            {photos(trace.photos)}
        </li>
    }
    .into_any()
}

fn list(title: &'static Text, rows: Vec<AnyView>) -> Option<AnyView> {
    (!rows.is_empty()).then(|| {
        view! {
            <p class="label">{t(title)}</p>
            <ul class="life-list">{rows}</ul>
        }
        .into_any()
    })
}

fn photos(photos: Vec<TracePhoto>) -> Option<AnyView> {
    let shown = photos.into_iter().map(|photo| {
        let (alt, caption) = (photo.caption.clone(), photo.caption);
        view! {
            <li>
                <div class="photo-stage">
                    <StoredPicture sha256=photo.sha256 small=true alt=Signal::derive(move || alt.clone())/>
                    {marks_layer(&photo.marks, photo.size)}
                </div>
                <span class="hint">{caption}</span>
            </li>
        }
        .into_any()
    });
    let shown: Vec<AnyView> = shown.collect();
    (!shown.is_empty()).then(|| {
        view! {
            <p class="label">{t(&equipment::PHOTOS)}</p>
            <ul class="life-photos">{shown}</ul>
        }
        .into_any()
    })
}
