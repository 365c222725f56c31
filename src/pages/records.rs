//! All records of a kind: visits, work orders, customers, sites, contacts, equipment. Found by typing, chosen by
//! filters, by day.
//!
//! What is chosen stands in the address, so that *Back* and a reload come to the same list, at the same row.

mod export;
mod filters;
pub mod print;
mod row;
mod window;

use self::export::ExportSheet;
use self::filters::{Chips, FilterSheet};
use self::window::{Draw, Rows};
use super::abreast::Abreast;
use super::find_by_code::FindByCode;
use super::kind_words;
use crate::browser::{clock, layout, page, route};
use crate::i18n::{t, tf, words};
use crate::route::Route;
use crate::store::Store;
use crate::store::listing::Ground;
use crate::widgets::bar::Bar;
use crate::widgets::find::FindField;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{asked, dynamic};
use leptos::prelude::*;
use sitebook_core::ledger::RecordKind;
use sitebook_core::listing::{Filter, Row, chosen, has_days};
use sitebook_core::text::Text;
use std::collections::BTreeMap;
use std::sync::Arc;

const KINDS: [RecordKind; 6] = [
    RecordKind::Visit,
    RecordKind::Order,
    RecordKind::Customer,
    RecordKind::Site,
    RecordKind::Contact,
    RecordKind::Asset,
];
/// Most rows shown of what was typed; *more* shows ten times as many.
const FOUND: usize = 100;
/// A row whose lower edge is above this, in CSS pixels, hides behind the title bar.
const BAR: f64 = 60.0;

/// The rows of a list, in its order.
#[derive(Debug, Clone, Default)]
struct Found {
    rows: Arc<Vec<Row>>,
    /// How many rows the kind has.
    all: usize,
    /// There may be more.
    more: bool,
    /// Rows of several kinds.
    mixed: bool,
}

/// Everything that the parts of the page share.
#[derive(Clone, Copy)]
struct List {
    store: Store,
    abreast: Abreast,
    kind: RecordKind,
    filter: RwSignal<Filter>,
    ground: ReadSignal<Option<Result<Arc<Ground>, Text>>>,
    found: ReadSignal<Option<Result<Found, Text>>>,
}

async fn find(
    store: Store,
    filter: Filter,
    ground: Option<Result<Arc<Ground>, Text>>,
    limit: usize,
) -> Option<Result<Found, Text>> {
    let tz = clock::now().tz;
    let (typed, chooses) = (!filter.words.trim().is_empty(), !filter.facets().is_empty());
    if typed && !chooses {
        let found = async { store.rows_of(store.find(&filter.words, limit).await?).await };
        let rows = match found.await {
            Ok(rows) => rows,
            Err(error) => return Some(Err(error.words())),
        };
        let (more, all) = (rows.len() >= limit, rows.len());
        return Some(Ok(Found { rows: Arc::new(rows), all, more, mixed: true }));
    }
    let ground = match ground? {
        Ok(ground) => ground,
        Err(words) => return Some(Err(words)),
    };
    let places = chosen(&ground.rows, &filter, tz);
    let all = ground.rows.len();
    let picked = |places: Vec<usize>| places.into_iter().filter_map(|place| ground.rows.get(place).cloned()).collect();
    if !typed {
        return Some(Ok(Found { rows: Arc::new(picked(places)), all, ..Found::default() }));
    }
    let mut wanted = BTreeMap::new();
    for place in &places {
        if let Some(row) = ground.rows.get(*place) {
            wanted.insert(row.line.id.as_str(), ());
        }
    }
    let lines = match store.find_among(&filter.words, limit, &|id| wanted.contains_key(id)).await {
        Ok(lines) => lines,
        Err(error) => return Some(Err(error.words())),
    };
    let more = lines.len() >= limit;
    let mut ids = BTreeMap::new();
    ids.extend(lines.iter().map(|line| (line.id.as_str(), ())));
    let is_found = |place: &usize| ground.rows.get(*place).is_some_and(|row| ids.contains_key(row.line.id.as_str()));
    let rows = picked(places.into_iter().filter(is_found).collect());
    Some(Ok(Found { rows: Arc::new(rows), all, more, mixed: false }))
}

/// The row that the address comes back to, and the filter.
fn from_address(abreast: Abreast, kind: RecordKind) -> (Filter, Option<usize>) {
    let query = abreast.query_of(kind);
    let at = query.split('&').find_map(|part| part.strip_prefix("at=")?.parse().ok());
    (Filter::from_query(&query), at)
}

fn note(list: (Abreast, RecordKind), filter: &Filter, at: Option<usize>) {
    let mut query = filter.to_query();
    if let Some(at) = at.filter(|at| *at > 0) {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(&format!("at={at}"));
    }
    let (abreast, kind) = list;
    abreast.note(kind, query);
}

/// The page.
#[component]
pub fn Records(
    /// Kind shown.
    kind: RecordKind,
) -> impl IntoView {
    let (store, abreast) = (Store::here(), Abreast::here());
    let (begun, at) = from_address(abreast, kind);
    let filter = RwSignal::new(begun);
    let coming_back = StoredValue::new(at);
    let limit = RwSignal::new(FOUND);
    let ground = asked(move || {
        store.changes().track();
        async move { store.ground(kind).await.map_err(|error| error.words()) }
    });
    let answer = asked(move || find(store, filter.get(), ground.get(), limit.get()));
    let found = RwSignal::new(None);
    // While a later answer is on its way the earlier one stays.
    Effect::new(move |_| {
        if let Some(Some(answer)) = answer.get() {
            found.set(Some(answer));
        }
    });
    let list = List { store, abreast, kind, filter, ground, found: found.read_only() };
    Effect::new(move |before: Option<Filter>| {
        let now = filter.get();
        if before.as_ref().is_some_and(|before| *before != now) {
            coming_back.set_value(None);
            limit.set(FOUND);
            note((abreast, kind), &now, None);
        }
        now
    });
    // The address was changed from outside: a tap on *Records* below, a saved place; or a record was opened beside.
    let watching = StoredValue::new_local(route::on_change(move |hash| {
        if Route::parse(&hash) != Route::Records(kind) {
            if let Some(filter) = filter.try_get_untracked() {
                note((abreast, kind), &filter, None);
            }
            return;
        }
        let (wanted, _) = from_address(abreast, kind);
        if filter.try_get_untracked().is_some_and(|now| now != wanted) {
            filter.set(wanted);
        }
    }));
    // A reload comes back to the row that stands at the top.
    let leaving = StoredValue::new_local(page::on_visibility_hidden(move || {
        if Route::parse(&route::current()) != Route::Records(kind) {
            return;
        }
        let at = layout::first_in_view("data-row", BAR).and_then(|at| at.parse().ok());
        if let Some(filter) = filter.try_get_untracked() {
            note((abreast, kind), &filter, at);
        }
    }));
    on_cleanup(move || {
        watching.dispose();
        leaving.dispose();
    });
    // The text of a code that led nowhere, which the user wants to look for.
    let sought = RwSignal::new(String::new());
    Effect::new(move |_| {
        let words = sought.get();
        if !words.is_empty() {
            filter.update(|filter| filter.words = words);
        }
    });
    let (sheet, export) = (RwSignal::new(false), RwSignal::new(false));
    view! {
        <Bar title=Signal::derive(move || t(&words::RECORDS_TITLE)().to_owned())>
            <a class="button quiet icon-only" href=Route::Charts.href() data-act="charts" aria-label=t(&words::charts::TITLE)>
                <Icon name="chart-column"/>
            </a>
            <button
                type="button"
                class="quiet icon-only"
                data-act="export-sheet"
                aria-haspopup="dialog"
                aria-label=t(&words::lists::EXPORT)
                on:click=move |_| export.set(true)
            >
                <Icon name="download"/>
            </button>
        </Bar>
        <ExportSheet list open=export/>
        <nav class="segments is-scroll" aria-label=t(&words::RECORDS_TITLE)>{tabs(kind)}</nav>
        <FilterSheet list open=sheet/>
        <div class="page has-primary">
            <div class="rows-top">
                <FindField
                    label=&words::FIND
                    name="find"
                    typed=Signal::derive(move || filter.with(|filter| filter.words.clone()))
                    typing=move |words| filter.update(|filter| filter.words = words)
                />
                <Chips list open=sheet/>
            </div>
            {(kind == RecordKind::Asset).then(|| view! { <FindByCode typed=sought/> })}
            {dynamic(move || body(list, limit, coming_back))}
        </div>
        {primary(kind)}
    }
}

fn tabs(kind: RecordKind) -> AnyView {
    KINDS
        .into_iter()
        .map(|other| {
            let current = (other == kind).then_some("page");
            view! {
                <a class="segment" href=Route::Records(other).href() aria-current=current>{t(kind_words(other))}</a>
            }
        })
        .collect_view()
        .into_any()
}

fn primary(kind: RecordKind) -> Option<AnyView> {
    (kind != RecordKind::Visit).then(|| {
        view! {
            <div class="primary-bar">
                <a class="button primary" href=Route::New(kind, None).href() data-act="new-record">
                    <Icon name="plus"/>
                    {t(&words::RECORDS_NEW)}
                </a>
            </div>
        }
        .into_any()
    })
}

/// How many there are, read out when it changes.
fn count(list: List, found: &Found) -> AnyView {
    let (shown, all, more, mixed) = (found.rows.len().to_string(), found.all.to_string(), found.more, found.mixed);
    let words = tf(move || match (more, mixed || shown == all) {
        (true, _) => words::lists::FOUND_FIRST.with(&[&shown]),
        (false, true) => words::lists::COUNT.with(&[&shown]),
        (false, false) => words::lists::COUNT_OF.with(&[&shown, &all]),
    });
    let aging = list.kind == RecordKind::Visit && found.rows.iter().any(|row| row.line.begun.is_none());
    view! {
        <p class="hint" role="status" data-count=found.rows.len().to_string()>{words}</p>
        {aging.then(|| view! { <p class="hint">{t(&words::lists::OLD_BOOK)}</p> })}
    }
    .into_any()
}

fn body(list: List, limit: RwSignal<usize>, coming_back: StoredValue<Option<usize>>) -> AnyView {
    let found = match list.found.get() {
        None => return view! { <p class="hint" role="status">{t(&words::LOADING)}</p> }.into_any(),
        Some(Err(words)) => return view! { <p class="notice" role="alert">{crate::i18n::tx(words)}</p> }.into_any(),
        Some(Ok(found)) => found,
    };
    let filter = list.filter.get_untracked();
    if found.rows.is_empty() {
        if list.store.unread.with(Option::is_some) {
            // The alert above tells: what could not be read is not shown as an empty book.
            return ().into_any();
        }
        let words = match (filter.is_open(), filter.facets().is_empty()) {
            (true, _) => &words::RECORDS_NONE,
            (false, true) => &words::FIND_NONE,
            (false, false) => &words::lists::NONE_FIT,
        };
        return view! {
            <div class="empty" role="status">
                <Icon name="folder-open"/>
                <p>{t(words)}</p>
            </div>
        }
        .into_any();
    }
    let counted = count(list, &found);
    let days = !found.mixed && has_days(list.kind, filter.sort);
    let (rows, more, tz) = (found.rows.clone(), found.more, clock::now().tz);
    let (len, mixed) = (rows.len(), found.mixed);
    let draw: Draw = Arc::new(move |place| {
        let Some(this) = rows.get(place) else { return ().into_any() };
        let before = place.checked_sub(1).and_then(|before| rows.get(before));
        let heads_day = days && before.is_none_or(|before| before.day(tz) != this.day(tz));
        let stands = row::Place { at: place, of: (!more).then_some(len), days, heads_day, mixed };
        row::draw(this, &stands, move || note((list.abreast, list.kind), &list.filter.get_untracked(), Some(place)))
    });
    let at = coming_back.get_value();
    coming_back.set_value(None);
    let next = more.then(|| {
        view! {
            <button type="button" class="quiet" data-act="more" on:click=move |_| limit.update(|limit| *limit *= 10)>
                {t(&words::RECORDS_MORE)}
            </button>
        }
    });
    view! {
        {counted}
        <Rows count=len draw at/>
        {next}
    }
    .into_any()
}
