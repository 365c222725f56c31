//! What is chosen, as chips, and the sheet in which it is chosen and kept under a name.

use super::{KINDS, List};
use crate::i18n::{lang, t, tf, tx, words};
use crate::pages::order_choice;
use crate::pages::records::row::standing_words;
use crate::route::Route;
use crate::store::Store;
use crate::store::listing::Ground;
use crate::store::local;
use crate::widgets::icon::Icon;
use crate::widgets::sheet::Sheet;
use crate::widgets::ui::{Told, dynamic};
use leptos::prelude::*;
use sitebook_core::ledger::RecordKind;
use sitebook_core::listing::{Facet, Filter, Saved, Sort, chosen};
use sitebook_core::text::Text;

/// Where kept filters are.
const SAVED: &str = "sitebook.filters";
/// Longest name of a kept filter.
const LONGEST: usize = 40;

fn saved() -> Vec<Saved> {
    local::get(SAVED).unwrap_or_default()
}

/// What a kind of work is called.
pub(super) fn work_words(store: Store, work: &str) -> Text {
    order_choice(store, "kind", work)
}

pub(super) fn standing_text(kind: RecordKind, standing: &str) -> Text {
    standing_words(kind, standing).cloned().unwrap_or_else(|| Text::same(standing))
}

/// What a side is set to, in words.
pub(super) fn facet_words(list: List, ground: Option<&Ground>, facet: Facet, value: &str) -> Text {
    match facet {
        Facet::Customer => Text::same(ground.and_then(|ground| ground.customer(value)).unwrap_or("…")),
        Facet::Standing => standing_text(list.kind, value),
        Facet::Work => work_words(list.store, value),
        Facet::Person => Text::same(value),
        Facet::From => words::lists::CHIP_FROM.with(&[value]),
        Facet::To => words::lists::CHIP_TO.with(&[value]),
    }
}

/// The button to the sheet, and a chip for each side that is set: a tap takes it away.
#[component]
pub fn Chips(
    /// The list.
    list: List,
    /// Whether the sheet is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let facets = Memo::new(move |_| {
        list.filter.with(|filter| {
            filter.facets().into_iter().map(|facet| (facet, filter.get(facet).to_owned())).collect::<Vec<_>>()
        })
    });
    let label = tf(move || match facets.with(Vec::len) {
        0 => words::lists::FILTER.clone(),
        set => words::lists::FILTER_SET.with(&[&set.to_string()]),
    });
    let chips = dynamic(move || {
        let ground = list.ground.get().and_then(Result::ok);
        let chip = |(facet, value): (Facet, String)| {
            let text = facet_words(list, ground.as_deref(), facet, &value);
            let (shown, name) = (text.clone(), text);
            let speech = lang();
            let name = tf(move || words::lists::TAKE_AWAY.with(&[name.get(speech.get())]));
            view! {
                <button
                    type="button"
                    class="chip"
                    data-chip=facet.id()
                    aria-label=name
                    on:click=move |_| list.filter.update(|filter| filter.set(facet, ""))
                >
                    {tx(shown)}
                    <Icon name="x"/>
                </button>
            }
        };
        facets.get().into_iter().map(chip).collect_view().into_any()
    });
    view! {
        <div class="chips">
            <button type="button" class="chip" data-act="filter" aria-haspopup="dialog" on:click=move |_| open.set(true)>
                <Icon name="funnel"/>
                {label}
            </button>
            {chips}
        </div>
    }
}

/// A choice of the sheet: nothing, or one of these.
fn choice(list: List, facet: Facet, label: &'static Text, options: Vec<(String, Text)>) -> AnyView {
    if options.is_empty() {
        return ().into_any();
    }
    let id = format!("filter-{}", facet.id());
    let options = options
        .into_iter()
        .map(|(value, text)| {
            let this = value.clone();
            let selected = move || list.filter.with(|filter| filter.get(facet) == this);
            view! { <option value=value selected=selected>{tx(text)}</option> }
        })
        .collect_view();
    view! {
        <div class="filter-part">
            <label for=id.clone()>{t(label)}</label>
            <select id=id on:change=move |event| list.filter.update(|filter| filter.set(facet, &event_target_value(&event)))>
                <option value="">{t(&words::lists::ANY)}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn day(list: List, facet: Facet, label: &'static Text) -> AnyView {
    let id = format!("filter-{}", facet.id());
    view! {
        <div class="filter-part">
            <label for=id.clone()>{t(label)}</label>
            <input
                id=id
                type="date"
                prop:value=move || list.filter.with(|filter| filter.get(facet).to_owned())
                on:change=move |event| list.filter.update(|filter| filter.set(facet, &event_target_value(&event)))
            />
        </div>
    }
    .into_any()
}

fn order(list: List) -> AnyView {
    let name = |sort: Sort| match sort {
        Sort::Newest => &words::lists::SORT_NEW,
        Sort::Oldest => &words::lists::SORT_OLD,
        Sort::Customer => &words::lists::SORT_CUSTOMER,
        Sort::Number => &words::lists::SORT_NUMBER,
    };
    let options = Sort::ALL
        .into_iter()
        .map(|sort| {
            let selected = move || list.filter.with(|filter| filter.sort == sort);
            view! { <option value=sort.id() selected=selected>{t(name(sort))}</option> }
        })
        .collect_view();
    let choose = move |event: leptos::ev::Event| {
        let sort = Sort::parse(&event_target_value(&event)).unwrap_or_default();
        list.filter.update(|filter| filter.sort = sort);
    };
    view! {
        <div class="filter-part">
            <label for="filter-sort">{t(&words::lists::SORT)}</label>
            <select id="filter-sort" on:change=choose>{options}</select>
        </div>
    }
    .into_any()
}

/// The sheet.
#[component]
pub fn FilterSheet(
    /// The list.
    list: List,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let count = tf(move || {
        let ground = list.ground.get().and_then(Result::ok);
        let tz = crate::browser::clock::now().tz;
        let count = list.filter.with(|filter| ground.map_or(0, |ground| chosen(&ground.rows, filter, tz).len()));
        words::lists::SHOW.with(&[&count.to_string()])
    });
    view! {
        <Sheet open title=Signal::derive(move || t(&words::lists::FILTER)().to_owned())>
            {dynamic(move || {
                let Some(Ok(ground)) = list.ground.get() else { return ().into_any() };
                let customers = ground.customers.iter().map(|(id, name)| (id.clone(), Text::same(name))).collect();
                let standings =
                    ground.standings.iter().map(|one| ((*one).to_owned(), standing_text(list.kind, one))).collect();
                let works = ground.works.iter().map(|one| (one.clone(), work_words(list.store, one))).collect();
                let people = ground.people.iter().map(|one| (one.clone(), Text::same(one))).collect();
                let is_work = matches!(list.kind, RecordKind::Visit | RecordKind::Order);
                view! {
                    <div class="filter-parts">
                        {(list.kind != RecordKind::Customer)
                            .then(|| choice(list, Facet::Customer, &words::lists::CUSTOMER, customers))}
                        {is_work.then(|| choice(list, Facet::Standing, &words::lists::STANDING, standings))}
                        {is_work.then(|| choice(list, Facet::Work, &words::lists::WORK, works))}
                        {choice(list, Facet::Person, &words::lists::PERSON, people)}
                        {day(list, Facet::From, &words::lists::FROM)}
                        {day(list, Facet::To, &words::lists::TO)}
                        {order(list)}
                    </div>
                }
                .into_any()
            })}
            <button type="button" class="primary" data-act="filter-show" on:click=move |_| open.set(false)>{count}</button>
            <button
                type="button"
                class="quiet"
                data-act="filter-clear"
                on:click=move |_| list.filter.update(Filter::clear)
            >
                {t(&words::lists::CLEAR)}
            </button>
            <Kept list open/>
        </Sheet>
    }
}

/// Kept filters, and the present one to be kept.
#[component]
fn Kept(
    /// The list.
    list: List,
    /// Whether the sheet is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let all = RwSignal::new(saved());
    let name = RwSignal::new(String::new());
    let told = RwSignal::new(None::<Text>);
    let keep = move |_| {
        let (query, name_now) = (list.filter.with(Filter::to_query), name.get());
        let called: String = name_now.trim().chars().take(LONGEST).collect();
        if query.is_empty() || called.is_empty() {
            told.set(Some(words::lists::NOTHING_SET.clone()));
            return;
        }
        all.update(|all| {
            all.retain(|known| known.name != called || known.kind != list.kind.id());
            all.push(Saved { name: called.clone(), kind: list.kind.id().to_owned(), query });
        });
        all.with_untracked(|all| local::set(SAVED, all));
        name.set(String::new());
        told.set(Some(words::lists::SAVED_DONE.with(&[&called])));
    };
    let forget = move |gone: &Saved| {
        all.update(|all| all.retain(|known| known != gone));
        all.with_untracked(|all| local::set(SAVED, all));
    };
    let rows = dynamic(move || {
        let row = |one: Saved| {
            let kind = RecordKind::parse(&one.kind).filter(|kind| KINDS.contains(kind))?;
            let href = format!("{}?{}", Route::Records(kind).href(), one.query);
            let (called, shown, kept, gone) = (one.name.clone(), one.name.clone(), one.name.clone(), one);
            Some(view! {
                <li class="kept-filter">
                    <a class="chip" href=href data-kept=kept on:click=move |_| open.set(false)>
                        <Icon name="bookmark"/>
                        {shown}
                    </a>
                    <button
                        type="button"
                        class="quiet icon-only"
                        aria-label=tf(move || words::lists::FORGET.with(&[&called]))
                        on:click=move |_| forget(&gone)
                    >
                        <Icon name="trash-2"/>
                    </button>
                </li>
            })
        };
        all.get().into_iter().filter_map(row).collect_view().into_any()
    });
    view! {
        <section class="stack">
            <h3>{t(&words::lists::SAVED)}</h3>
            <ul class="plain">{rows}</ul>
            <div class="filter-part">
                <label for="filter-name">{t(&words::lists::SAVE_AS)}</label>
                <input
                    id="filter-name"
                    type="text"
                    maxlength=LONGEST.to_string()
                    autocomplete="off"
                    prop:value=name
                    on:input=move |event| name.set(event_target_value(&event))
                />
            </div>
            <button type="button" class="quiet" data-act="filter-keep" on:click=keep>
                <Icon name="bookmark"/>
                {t(&words::lists::SAVE)}
            </button>
            <Told words=told/>
        </section>
    }
}
