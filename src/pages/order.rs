//! One basic record: a work order with its visits, a customer, a site, a contact, a piece of equipment.

use super::asset::AssetLife;
use super::board::{self, Phases, Starter};
use super::edit::Fields;
use super::one_of;
use crate::browser::route;
use crate::i18n::words::equipment;
use crate::i18n::{Lang, lang, t, tf, words};
use crate::route::Route;
use crate::store::agenda::Of;
use crate::store::commit::{Job, commit};
use crate::store::{Store, StoreError};
use crate::widgets::bar::Bar;
use crate::widgets::calendar::CalendarItems;
use crate::widgets::conflict::{Keep, cards};
use crate::widgets::damaged::damaged;
use crate::widgets::icon::Icon;
use crate::widgets::send::SendItems;
use crate::widgets::ui::{Show, Told, asked};
use crate::widgets::void::{VoidSheet, VoidWith, voided};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Record, RecordKind};
use sitebook_core::template::CaptureKind;
use sitebook_core::text::Text;
use sitebook_core::value::{Value, number_words};
use sitebook_core::work::{Command, Words, conflicts};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A value of a basic record in words.
pub fn value_words(kind: &CaptureKind, value: &Value, lang: Lang, names: &BTreeMap<String, String>) -> String {
    match (value, kind) {
        (Value::Text(id), CaptureKind::Choice { options }) => options
            .iter()
            .find(|option| option.id == *id)
            .map_or_else(|| id.clone(), |option| option.text.get(lang).to_owned()),
        (Value::Text(id), CaptureKind::Ref { .. }) => names.get(id).cloned().unwrap_or_default(),
        (Value::Text(text), _) => text.clone(),
        (Value::Number(number), _) => number_words(*number),
        (Value::Bool(ticked), _) => if *ticked { &words::YES } else { &words::NO }.get(lang).to_owned(),
        (Value::Moment(stamp), _) => stamp.date_time(),
        (Value::Empty(()), _) => String::new(),
    }
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    record: Record,
    names: BTreeMap<String, String>,
    board: board::Read,
}

async fn read(store: Store, id: RecordId) -> Result<Option<Shown>, StoreError> {
    let Some(view) = store.view(&id).await? else { return Ok(None) };
    // Every value of a reference, so that a conflict between two can be told.
    let refs: Vec<String> = ["customer", "site", "contact", "asset"]
        .into_iter()
        .filter_map(|field| view.record.fields.get(field))
        .flat_map(|field| field.heads.iter().filter_map(|head| head.value.as_text().map(str::to_owned)))
        .collect();
    let lines = store.lines_of(&refs).await.unwrap_or_default();
    let names = lines.into_iter().map(|(id, line)| (id, line.name)).collect();
    let board = match view.record.kind() {
        Some(RecordKind::Order) => {
            let runs = store.visits_of(id.as_str()).await?;
            board::read(store, &view.record, &runs).await?
        }
        _ => board::Read::default(),
    };
    Ok(Some(Shown { record: view.record, names, board }))
}

/// The page of a work order, customer, site, contact or piece of equipment.
#[component]
pub fn Show_(
    /// Kind of the record.
    kind: RecordKind,
    /// The record.
    id: RecordId,
) -> impl IntoView {
    let store = Store::here();
    let speech = lang();
    let this = id.clone();
    let shown = asked(move || {
        store.changes().track();
        read(store, this.clone())
    });
    let title = Signal::derive(move || {
        let name = shown.get().and_then(Result::ok).flatten().and_then(|shown| {
            let named = store.content().record(kind).and_then(|template| shown.record.text(&template.name));
            shown.record.number().or(named).map(str::to_owned)
        });
        name.unwrap_or_else(|| one_of(store, kind).get(speech.get()).to_owned())
    });
    let back = match kind {
        RecordKind::Order => Route::Work,
        other => Route::Records(other),
    };
    let (gone, whose) = (id.clone(), id.clone());
    let edit = Route::Edit(kind, id.clone()).href();
    let voiding = RwSignal::new(false);
    let void: VoidWith = {
        let back = back.clone();
        Arc::new(move |reason, trouble, open| {
            let job = Job::new(gone.clone(), Command::Void { reason }, &store.profile.now().name);
            let back = back.href();
            spawn_local(async move {
                match commit(store, job).await {
                    Ok(_) => {
                        open.set(false);
                        route::replace(&back);
                    }
                    Err(error) => drop(trouble.try_set(Some(error.words()))),
                }
            });
        })
    };
    let this = StoredValue::new(id);
    let open = Memo::new(move |_| shown.with(|shown| matches!(shown, Some(Ok(Some(shown))) if is_open(&shown.record))));
    view! {
        <VoidSheet open=voiding act=void/>
        <Bar title back=Signal::derive(move || back.clone())>
            <a class="button quiet icon-only" href=Route::History(this.get_value()).href() data-act="history" aria-label=t(&words::VISIT_HISTORY)>
                <Icon name="history"/>
            </a>
            <Show when=move || open.get()>
                <a class="button quiet" href=edit.clone() data-act="edit">
                    <Icon name="pen-line"/>
                    {t(&words::EDIT)}
                </a>
            </Show>
        </Bar>
        {move || {
            shown
                .get()
                .map(|shown| match shown {
                    Ok(Some(shown)) if shown.record.created.is_none() && !shown.record.erased.is_empty() => {
                        tombstones(&shown.record, true)
                    }
                    Ok(Some(shown)) => body(store, kind, shown, voiding),
                    Err(error) => damaged(whose.clone(), &error, || ()),
                    Ok(None) => view! { <p class="page empty">{t(&words::VISIT_NOT_FOUND)}</p> }.into_any(),
                })
        }}
    }
}

fn is_open(record: &Record) -> bool {
    record.created.is_some() && !record.is_void()
}

/// What is known of a customer whose data was erased, here or on another device.
fn tombstones(record: &Record, here: bool) -> AnyView {
    let list = record.erased.iter().map(|erased| {
        let (by, at) = (erased.touch.actor.clone(), erased.touch.stamp().date_time());
        let (reason, numbers) = (erased.reason.clone(), [erased.records, erased.entries, erased.photos]);
        let numbers = numbers.map(|number| number.to_string());
        view! {
            <p>{tf(move || words::erase::ERASED_BY.with(&[&by, &at, &reason]))}</p>
            <p class="hint">{tf(move || words::erase::ERASED_COUNTS.with(&numbers.each_ref().map(String::as_str)))}</p>
        }
    });
    let title = if here { &words::erase::ERASED_TITLE } else { &words::erase::ERASED_ELSEWHERE };
    let notice = view! {
        <div class="notice" data-erased>
            <Icon name="ban"/>
            <div>
                <p><strong>{t(title)}</strong></p>
                {list.collect_view()}
            </div>
        </div>
    };
    if here { view! { <div class="page">{notice}</div> }.into_any() } else { notice.into_any() }
}

/// What stands above the fields: void, erased elsewhere, values to be settled.
fn notices(store: Store, shown: &Shown) -> AnyView {
    let record = &shown.record;
    let void = record.void.as_ref().map(|(_, _, reason)| voided(reason.clone()));
    let content = store.content();
    let template = record.kind().and_then(|kind| content.record(kind));
    let torn = conflicts(record, &Words::Basic { template, names: &shown.names });
    let id = record.id.clone();
    let keep: Keep = Arc::new(move |command, trouble| {
        let job = Job::new(id.clone(), command, &store.profile.now().name);
        spawn_local(async move {
            if let Err(error) = commit(store, job).await {
                let _ = trouble.try_set(Some(error.words()));
            }
        });
    });
    let erased = (!record.erased.is_empty()).then(|| tombstones(record, false));
    view! {
        {void}
        {erased}
        {cards(torn, store, keep)}
    }
    .into_any()
}

/// The way to erase a customer's data.
fn erase_link(record: &Record) -> Option<AnyView> {
    (record.kind() == Some(RecordKind::Customer)).then(|| {
        view! {
            <p class="below">
                <a class="button quiet is-danger" href=Route::Erase(record.id.clone()).href() data-act="erase">
                    <Icon name="trash-2"/>
                    {t(&words::ERASE)}
                </a>
            </p>
        }
        .into_any()
    })
}

/// The way to the labels of all equipment of a customer or site.
fn labels_item(kind: RecordKind, record: &Record) -> AnyView {
    let href = Route::Labels(kind, record.id.clone()).href();
    view! {
        <li>
            <a href=href data-act="labels">
                <Icon name="printer"/>
                {t(&equipment::LABELS)}
            </a>
        </li>
    }
    .into_any()
}

/// The way to declare a record void, away from the thumb.
fn void_item(voiding: RwSignal<bool>, open: bool) -> Option<AnyView> {
    open.then(|| {
        view! {
            <li>
                <button type="button" data-act="void" on:click=move |_| voiding.set(true)>
                    <Icon name="ban"/>
                    {t(&words::VOID)}
                </button>
            </li>
        }
        .into_any()
    })
}

fn body(store: Store, kind: RecordKind, shown: Shown, voiding: RwSignal<bool>) -> AnyView {
    let record = shown.record.clone();
    let (above, erase, open) = (notices(store, &shown), erase_link(&record), is_open(&record));
    if kind != RecordKind::Order {
        let life = (kind == RecordKind::Asset).then(|| view! { <AssetLife record=record.clone()/> });
        let labels = matches!(kind, RecordKind::Customer | RecordKind::Site).then(|| labels_item(kind, &record));
        let new_order = Route::New(RecordKind::Order, Some(record.id.clone())).href();
        return view! {
            <div class="page has-primary">
                {above}
                <Fields record=record.clone() names=shown.names/>
                {life}
                <ul class="menu">
                    {labels}
                    {void_item(voiding, open)}
                </ul>
                {erase}
            </div>
            {open.then(|| {
                view! {
                    <div class="primary-bar">
                        <a class="button primary" href=new_order>
                            <Icon name="plus"/>
                            {t(&words::WORK_NEW)}
                        </a>
                    </div>
                }
            })}
        }
        .into_any();
    }
    let starter = Starter::new(store);
    let (told, id) = (RwSignal::new(None::<Text>), record.id.clone());
    let primary = open.then(|| board::primary(&shown.board, record.id.clone(), starter));
    let order = record.id.clone();
    view! {
        <div class="page has-primary">
            {above}
            <Phases read=shown.board order open starter/>
            <h2>{t(&words::ORDER_FACTS)}</h2>
            <Fields record names=shown.names/>
            <ul class="menu">
                <li>
                    <a href=Route::Briefing(RecordKind::Order, id.clone()).href() data-act="briefing-page">
                        <Icon name="book-open"/>
                        {t(&words::handbook::BRIEFING_LINK)}
                    </a>
                </li>
                <SendItems store id=id.clone() told/>
                <CalendarItems of=Of::Record(id) told/>
                {void_item(voiding, open)}
            </ul>
            <Told words=told/>
        </div>
        <div class="primary-bar">{primary}</div>
    }
    .into_any()
}
