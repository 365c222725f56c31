//! All records of a kind: visits, customers, sites, contacts, equipment.

use super::find_by_code::FindByCode;
use super::kind_words;
use super::today::visit_card;
use crate::i18n::{t, tf, words};
use crate::route::Route;
use crate::store::Store;
use crate::widgets::bar::Bar;
use crate::widgets::conflict::mark;
use crate::widgets::icon::Icon;
use crate::widgets::ui::asked;
use leptos::prelude::*;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;
use sitebook_core::text::Text;
use sitebook_core::work::Summary;
use std::collections::BTreeMap;

const KINDS: [RecordKind; 6] = [
    RecordKind::Visit,
    RecordKind::Order,
    RecordKind::Customer,
    RecordKind::Site,
    RecordKind::Contact,
    RecordKind::Asset,
];
/// States in the order of their groups.
const STATES: [&str; 6] = ["open", "begun", "done", "closed", "void", "erased"];
/// Rows of each group shown first, and added by each *more*.
const ROWS: u32 = 50;

/// Lines in groups, whether there may be more of them, and the lines that they name.
#[derive(Debug, Clone, PartialEq, Default)]
struct Found {
    groups: Vec<(&'static str, Vec<Summary>)>,
    more: bool,
    named: BTreeMap<String, Summary>,
}

async fn read(store: Store, kind: RecordKind, typed: String, rows: u32) -> Found {
    let mut groups = Vec::new();
    if typed.trim().is_empty() {
        for state in STATES {
            groups.push((state, store.recent(kind, state, rows).await.unwrap_or_default()));
        }
    } else {
        groups.push(("found", store.find(&typed, rows as usize).await.unwrap_or_default()));
    }
    let more = groups.iter().any(|(_, lines)| lines.len() >= rows as usize);
    let ids: Vec<String> = groups.iter().flat_map(|(_, l)| l).flat_map(|l| l.refs.values().cloned()).collect();
    let mut named = store.lines_of(&ids).await.unwrap_or_default();
    let others: Vec<String> = named.values().flat_map(|line| line.refs.values().cloned()).collect();
    named.extend(store.lines_of(&others).await.unwrap_or_default());
    Found { groups, more, named }
}

/// The page.
#[component]
pub fn Records(
    /// Kind shown.
    kind: RecordKind,
) -> impl IntoView {
    let store = Store::here();
    let typed = RwSignal::new(String::new());
    let rows = RwSignal::new(ROWS);
    let lists = asked(move || {
        store.changes().track();
        read(store, kind, typed.get(), rows.get())
    });
    let tabs = KINDS
        .into_iter()
        .map(|other| {
            let current = (other == kind).then_some("page");
            view! {
                <a class="segment" href=Route::Records(other).href() aria-current=current>{t(kind_words(other))}</a>
            }
        })
        .collect_view();
    let body = move || {
        let Found { groups, more, named } = lists.get()?;
        let none = groups.iter().all(|(_, lines)| lines.is_empty());
        if none && store.unread.with(Option::is_some) {
            return None;
        }
        if none {
            return Some(
                view! {
                    <div class="empty">
                        <Icon name="folder-open"/>
                        <p>{t(if typed.with_untracked(String::is_empty) { &words::RECORDS_NONE } else { &words::FIND_NONE })}</p>
                    </div>
                }
                .into_any(),
            );
        }
        let groups = groups.into_iter().filter(|(_, lines)| !lines.is_empty()).map(|(state, lines)| {
            let heading = match state {
                "begun" => Some(&words::WORK_OPEN),
                "done" => Some(&words::WORK_DONE),
                "found" => Some(&words::FIND_FOUND),
                "closed" => Some(&words::WORK_CLOSED),
                "void" => Some(&words::WORK_VOID),
                "erased" => Some(&words::ERASED_GROUP),
                _ if kind == RecordKind::Visit => Some(&words::WORK_OPEN),
                _ if kind == RecordKind::Order => Some(&words::WORK_WAITING),
                _ => None,
            };
            let rows = lines.iter().filter_map(|line| row(line.kind, line, &named)).collect_view();
            view! {
                <section>
                    {heading.map(|words| view! { <h2>{t(words)}</h2> })}
                    <ul class="cards">{rows}</ul>
                </section>
            }
        });
        let next = move |_| rows.update(|rows| *rows += ROWS);
        let next = more.then(|| {
            view! {
                <button type="button" class="quiet" data-act="more" on:click=next>{t(&words::RECORDS_MORE)}</button>
            }
        });
        Some(view! { {groups.collect_view()} {next} }.into_any())
    };
    let primary = (kind != RecordKind::Visit).then(|| {
        view! {
            <div class="primary-bar">
                <a class="button primary" href=Route::New(kind, None).href() data-act="new-record">
                    <Icon name="plus"/>
                    {t(&words::RECORDS_NEW)}
                </a>
            </div>
        }
    });
    view! {
        <Bar title=Signal::derive(move || t(&words::RECORDS_TITLE)().to_owned())/>
        <nav class="segments is-scroll" aria-label=t(&words::RECORDS_TITLE)>{tabs}</nav>
        <div class="page has-primary">
            <label class="find">
                <span class="unseen">{t(&words::FIND)}</span>
                <input
                    type="search"
                    name="find"
                    autocomplete="off"
                    enterkeyhint="search"
                    placeholder=t(&words::FIND)
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                />
            </label>
            {(kind == RecordKind::Asset).then(|| view! { <FindByCode typed/> })}
            {body}
        </div>
        {primary}
    }
}

fn row(kind: RecordKind, line: &Summary, named: &BTreeMap<String, Summary>) -> Option<AnyView> {
    let name = |line: &Summary, field: &str| {
        line.refs.get(field).and_then(|id| named.get(id)).map(|found| found.name.clone()).unwrap_or_default()
    };
    if kind == RecordKind::Visit {
        let order = line.refs.get("order").and_then(|id| named.get(id));
        let customer = order.map(|order| name(order, "customer")).unwrap_or_default();
        let about = order.map(|order| order.name.clone()).unwrap_or_default();
        return Some(visit_card(line, customer, about)?.into_any());
    }
    let id = RecordId::parse(&line.id)?;
    let number = line.number.clone().unwrap_or_default();
    let place = [number, name(line, "customer"), name(line, "site"), line.detail.clone()];
    let place = place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let (name, place) = if line.erased {
        let tz = crate::browser::clock::now().tz;
        let at = sitebook_core::time::Stamp { at: line.updated, tz }.date_time();
        (tf(|| words::ERASED_TITLE.clone()), at)
    } else {
        let name = line.name.clone();
        (tf(move || Text::same(&name)), place)
    };
    Some(
        view! {
            <li>
                <a class="card" href=Route::Show(kind, id).href()>
                    <span class="card-main">
                        <strong>{name}</strong>
                        <span class="hint">{place}</span>
                        {mark(line.conflicts)}
                    </span>
                    <Icon name="chevron-right"/>
                </a>
            </li>
        }
        .into_any(),
    )
}
