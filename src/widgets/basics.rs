//! The form of a basic record: its fields as the template says, with a draft that survives a closed browser.

use super::inputs::{SendValue, ValueInput};
use crate::i18n::{lang, t, tx, words};
use crate::route::Route;
use crate::store::{Store, drafts};
use crate::widgets::ui::{Show, asked};
use leptos::prelude::*;
use sitebook_core::ledger::RecordKind;
use sitebook_core::template::{Capture, CaptureKind, Predicate, RecordTemplate};
use sitebook_core::value::Value;
use sitebook_core::work::{Summary, names_part};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Values being entered, by field id.
pub type Draft = BTreeMap<String, Value>;

/// All fields of a template over a draft.
#[component]
pub fn BasicFields(
    /// The template.
    template: RecordTemplate,
    /// The values being entered.
    draft: RwSignal<Draft>,
) -> impl IntoView {
    let kind = template.id.clone();
    let (limits, own): (Vec<Capture>, Vec<Capture>) =
        template.fields.into_iter().partition(|field| field.id.starts_with("limit-"));
    let draw = move |field: Capture| {
        let when = field.when.clone();
        let own = kind.clone();
        let shown = Memo::new(move |_| when.as_ref().is_none_or(|when| draft.with(|draft| applies(when, &own, draft))));
        let field = StoredValue::new(field);
        view! {
            <Show when=move || shown.get()>
                <BasicField field=field.get_value() draft/>
            </Show>
        }
    };
    let own = own.into_iter().map(&draw).collect_view();
    let folded = (!limits.is_empty()).then(|| {
        let limits = limits.into_iter().map(&draw).collect_view();
        view! {
            <details class="fold">
                <summary>{t(&words::LIMITS_OWN)}</summary>
                <div class="stack">{limits}</div>
            </details>
        }
    });
    view! { <div class="stack">{own} {folded}</div> }
}

/// Conditions of basic records compare choices of the same record; everything else belongs to visits.
fn applies(when: &Predicate, kind: &str, draft: &Draft) -> bool {
    let value = |key: &str| draft.get(key.strip_prefix(kind).and_then(|rest| rest.strip_prefix('.')).unwrap_or(key));
    match when {
        Predicate::Is { field, value: constant } => value(field).unwrap_or(&Value::EMPTY).equals(constant),
        Predicate::OneOf { field, values } => {
            values.iter().any(|one| value(field).unwrap_or(&Value::EMPTY).equals(one))
        }
        Predicate::Answered(field) => value(field).is_some_and(|value| !value.is_empty()),
        Predicate::All(parts) => parts.iter().all(|part| applies(part, kind, draft)),
        Predicate::Any(parts) => parts.iter().any(|part| applies(part, kind, draft)),
        Predicate::Not(part) => !applies(part, kind, draft),
        _ => true,
    }
}

#[component]
fn BasicField(
    /// The field.
    field: Capture,
    /// The values being entered.
    draft: RwSignal<Draft>,
) -> impl IntoView {
    let id = format!("in-{}", field.id);
    let key = field.id.clone();
    let value = {
        let key = key.clone();
        Memo::new(move |_| draft.with(|draft| draft.get(&key).filter(|value| !value.is_empty()).cloned()))
    };
    let send: SendValue = {
        let key = key.clone();
        Arc::new(move |value| {
            draft.update(|draft| {
                draft.insert(key.clone(), value);
            });
            Ok(())
        })
    };
    let label = tx(field.label.clone());
    let name = label;
    let mark = (!field.required).then(|| view! { <span class="optional">{t(&words::OPTIONAL)}</span> });
    let hint = field.hint.clone().map(|hint| view! { <p class="hint">{tx(hint)}</p> });
    match field.kind.clone() {
        CaptureKind::Ref { to, within } => view! {
            <div class="capture" data-field=key.clone()>
                <label for=id.clone()>{label} {mark}</label>
                <RefInput id field=key.clone() to within value draft send/>
                {hint}
            </div>
        }
        .into_any(),
        kind @ CaptureKind::Check => view! {
            <div class="capture is-check" data-field=key>
                <label class="check-row" for=id.clone()>
                    <ValueInput id=id.clone() kind value send name/>
                    <span>{label} {mark}</span>
                </label>
                {hint}
            </div>
        }
        .into_any(),
        kind @ (CaptureKind::Choice { .. } | CaptureKind::Rating { .. }) => view! {
            <div class="capture" role="group" data-field=key>
                <p class="label">{label} {mark}</p>
                <ValueInput id kind value send name/>
                {hint}
            </div>
        }
        .into_any(),
        kind => view! {
            <div class="capture" data-field=key>
                <label for=id.clone()>{label} {mark}</label>
                <ValueInput id kind value send name scan=names_part(&field.id)/>
                {hint}
            </div>
        }
        .into_any(),
    }
}

/// Chooses another record, or goes to make a new one and comes back.
#[component]
fn RefInput(
    /// Id of the input.
    #[prop(into)]
    id: String,
    /// Id of the field.
    field: String,
    /// Kind of the other record.
    to: String,
    /// Only records of the same customer, site, …
    within: Option<String>,
    /// Chosen id.
    value: Memo<Option<Value>>,
    /// The values being entered.
    draft: RwSignal<Draft>,
    /// Stores the choice.
    send: SendValue,
) -> impl IntoView {
    let Some(kind) = RecordKind::parse(&to) else { return ().into_any() };
    let store = Store::here();
    let lines = asked(move || {
        store.changes().track();
        async move { store.lines(kind, "open", None).await.unwrap_or_default() }
    });
    let current = move || value.get().and_then(|value| value.as_text().map(str::to_owned)).unwrap_or_default();
    let options = move || {
        let parent = within.as_ref().and_then(|field| draft.with(|draft| draft.get(field).cloned()));
        let parent = parent.and_then(|value| value.as_text().map(str::to_owned));
        let fits = |line: &Summary| match (&within, &parent) {
            (Some(field), Some(parent)) => line.refs.get(field).is_none_or(|other| other == parent),
            _ => true,
        };
        let mut found: Vec<Summary> = lines.get().unwrap_or_default().into_iter().filter(fits).collect();
        found.sort_by(|a, b| a.name.cmp(&b.name));
        let chosen = current();
        found
            .into_iter()
            .map(|line| {
                let selected = line.id == chosen;
                view! { <option value=line.id selected=selected>{line.name}</option> }
            })
            .collect_view()
    };
    let speech = lang();
    let changed = move |event| {
        let chosen = event_target_value(&event);
        if chosen == "new" {
            drafts::leave_for(kind, &field);
            crate::browser::route::set(&Route::New(kind, None).href());
        } else {
            // The draft takes any value; the record's template checks it on saving.
            let _ = send(Value::text(&chosen));
        }
    };
    view! {
        <select id=id on:change=changed prop:value=current>
            <option value="">{move || words::REF_NONE.get(speech.get())}</option>
            {options}
            <option value="new">{move || words::REF_NEW.get(speech.get())}</option>
        </select>
    }
    .into_any()
}
