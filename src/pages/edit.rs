//! Create or change a basic record. What is entered is a draft until *Save*; the draft survives a closed browser.

use super::kind_words;
use crate::browser::{clock, random, route};
use crate::i18n::{lang, t, tf, tx, words};
use crate::route::Route;
use crate::store::commit::{Job, commit};
use crate::store::{Store, drafts};
use crate::widgets::bar::Bar;
use crate::widgets::basics::{BasicFields, Draft};
use crate::widgets::ui::{Show, Trouble};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Record, RecordKind};
use sitebook_core::template::{CaptureKind, RecordTemplate};
use sitebook_core::text::Text;
use sitebook_core::value::Value;
use sitebook_core::work::Command;

/// The page. `id` is absent for a new record.
#[component]
pub fn Edit(
    /// Kind of the record.
    kind: RecordKind,
    /// The record to change.
    #[prop(optional_no_strip)]
    id: Option<RecordId>,
    /// A record that the new one belongs to.
    #[prop(optional_no_strip)]
    from: Option<RecordId>,
) -> impl IntoView {
    let store = Store::here();
    let place = route::current();
    let kept = drafts::load(&place);
    let content = store.content();
    let template = content.record(kind).cloned();
    let begin = kept.clone().unwrap_or_else(|| match (&id, &template) {
        (None, Some(template)) => drafts::inherited(kind, &references(template)),
        _ => Draft::new(),
    });
    let draft = RwSignal::new(begin);
    let stored = StoredValue::new(Draft::new());
    let ready = RwSignal::new(id.is_none() && from.is_none());
    let read = id.clone();
    let had_draft = kept.is_some();
    spawn_local(async move {
        if let Some(id) = read {
            if let Ok(Some(view)) = store.view(&id).await {
                let values = values_of(&view.record);
                stored.set_value(values.clone());
                if !had_draft {
                    draft.set(values);
                }
            }
        } else if let Some(from) = from
            && let Ok(Some(view)) = store.view(&from).await
            && !had_draft
        {
            draft.set(prefilled(&view.record));
        }
        let _ = ready.try_set(true);
    });
    let keep = place.clone();
    Effect::new(move |_| {
        draft.with(|draft| {
            if ready.get() && stored.with_value(|stored| stored != draft) && !draft.is_empty() {
                drafts::keep(&keep, draft);
            }
        });
    });
    let trouble = RwSignal::new(None::<Text>);
    let busy = RwSignal::new(false);
    let target = id.clone();
    let save = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let place = place.clone();
        let (values, new) = (draft.get_untracked(), target.is_none());
        let id = target.clone().unwrap_or_else(|| RecordId::at(clock::now().at, random::bytes()));
        let command = match new {
            true => Command::Create { kind, number: None, template: None, values },
            false => Command::Edit { values },
        };
        let mut job = Job::new(id.clone(), command, &store.profile.now().name);
        job.prefix = (new && kind == RecordKind::Order).then_some("WO");
        spawn_local(async move {
            match commit(store, job).await {
                Ok(_) => {
                    drafts::forget(&place);
                    let back = new.then(|| drafts::come_back(kind, id.as_str())).flatten();
                    route::replace(&back.unwrap_or_else(|| Route::Show(kind, id).href()));
                }
                Err(error) => {
                    let _ = trouble.try_set(Some(error.words()));
                    let _ = busy.try_set(false);
                }
            }
        });
    };
    let save = StoredValue::new(save);
    let noun = template.as_ref().map_or_else(|| kind_words(kind).clone(), |template| within_sentence(&template.title));
    let new = id.is_none();
    let title = tf(move || {
        let pattern = if new { &words::NEW_OF } else { &words::EDIT_OF };
        pattern.with_texts(&[&noun])
    });
    let back = match &id {
        Some(id) => Route::Show(kind, id.clone()),
        None if kind == RecordKind::Order => Route::Work,
        None => Route::Records(kind),
    };
    let template = StoredValue::new(template);
    view! {
        <Bar title back=Signal::derive(move || back.clone())/>
        <form
            class="page has-primary"
            on:submit=move |event| {
                event.prevent_default();
                save.with_value(|save| save());
            }
        >
            <Show when=move || ready.get()>
                {move || template.get_value().map(|template| view! { <BasicFields template draft/> })}
            </Show>
            <Trouble words=trouble/>
            <p class="hint">{t(&words::EDIT_KEPT)}</p>
            <div class="primary-bar">
                <button type="submit" class="primary" data-act="save" disabled=move || busy.get()>
                    {t(&words::SAVE)}
                </button>
            </div>
        </form>
    }
}

/// A title as it stands inside an English sentence.
fn within_sentence(title: &Text) -> Text {
    let mut letters = title.en.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    Text::owned(title.zh.to_string(), first.into_iter().chain(letters).collect::<String>())
}

/// The fields of a template that refer to other records.
fn references(template: &RecordTemplate) -> Vec<String> {
    let fields = template.fields.iter().filter(|field| matches!(field.kind, CaptureKind::Ref { .. }));
    fields.map(|field| field.id.clone()).collect()
}

/// All values of a record, to be edited.
fn values_of(record: &Record) -> Draft {
    record.fields.keys().filter_map(|key| Some((key.clone(), record.value(key)?.clone()))).collect()
}

/// What a new record takes over from the record it belongs to: the reference to it, and its own references.
fn prefilled(record: &Record) -> Draft {
    let mut draft = Draft::new();
    for field in ["customer", "site", "contact", "asset"] {
        if let Some(value) = record.value(field) {
            draft.insert(field.to_owned(), value.clone());
        }
    }
    if let Some(kind) = record.kind() {
        draft.insert(kind.id().to_owned(), Value::text(record.id.as_str()));
    }
    draft
}

/// A basic record's fields, read only.
#[component]
pub fn Fields(
    /// The record.
    record: Record,
    /// Names of the records it refers to, by id.
    names: std::collections::BTreeMap<String, String>,
) -> impl IntoView {
    let store = Store::here();
    let speech = lang();
    let content = store.content();
    let Some(template) = record.kind().and_then(|kind| content.record(kind)) else { return ().into_any() };
    let rows = template
        .fields
        .iter()
        .filter_map(|field| {
            let value = record.value(&field.id)?.clone();
            let kind = field.kind.clone();
            let names = names.clone();
            let shown = move || super::order::value_words(&kind, &value, speech.get(), &names);
            Some(view! {
                <div class="fact">
                    <dt>{tx(field.label.clone())}</dt>
                    <dd>{shown}</dd>
                </div>
            })
        })
        .collect_view();
    view! { <dl class="facts">{rows}</dl> }.into_any()
}
