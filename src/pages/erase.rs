//! Erases a customer's data: what goes, what stays, an export first, a reason, and the name typed as it stands.

use super::kind_words;
use crate::browser::{files, route};
use crate::i18n::{lang, t, tf, tx, words};
use crate::route::Route;
use crate::store::Store;
use crate::store::erase::Plan;
use crate::widgets::bar::Bar;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Told, Trouble, asked, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;
use sitebook_core::text::Text;

/// The page.
#[component]
pub fn Erase(
    /// The customer.
    id: RecordId,
) -> impl IntoView {
    let store = Store::here();
    let this = id.clone();
    let plan = asked(move || {
        let id = this.clone();
        async move { store.plan_erase(&id).await.map_err(|error| error.words()) }
    });
    let back = Route::Show(RecordKind::Customer, id.clone());
    let speech = lang();
    let body = move || match plan.get() {
        None => view! { <p class="page empty" role="status">{t(&words::LOADING)}</p> }.into_any(),
        Some(Err(trouble)) => {
            view! { <p class="page empty" role="alert">{move || trouble.get(speech.get()).to_owned()}</p> }.into_any()
        }
        Some(Ok(plan)) => form(store, id.clone(), plan),
    };
    view! {
        <Bar title=Signal::derive(move || t(&words::erase::TITLE)().to_owned()) back=Signal::derive(move || back.clone())/>
        {dynamic(body)}
    }
}

fn form(store: Store, id: RecordId, plan: Plan) -> AnyView {
    let (reason, typed) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (trouble, busy) = (RwSignal::new(None::<Text>), RwSignal::new(false));
    let name = plan.name.clone();
    let erase = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let id = id.clone();
        spawn_local(async move {
            match store.erase(&id, &typed.get_untracked(), &reason.get_untracked()).await {
                Ok(()) => route::replace(&Route::Show(RecordKind::Customer, id).href()),
                Err(error) => drop(trouble.try_set(Some(error.words()))),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="page stack" on:submit=erase>
            {goes(&plan)}
            <section class="notice">
                <Icon name="lock"/>
                <div>
                    <p><strong>{t(&words::erase::STAYS)}</strong></p>
                    <p class="hint">{t(&words::erase::STAYS_HINT)}</p>
                </div>
            </section>
            {not_reached(store)}
            {export_first(store, plan)}
            <label>
                <span>{t(&words::erase::REASON)}</span>
                <textarea rows="2" name="reason" prop:value=reason on:input=move |event| reason.set(event_target_value(&event))></textarea>
            </label>
            <label>
                <span>{tf(move || words::erase::NAME.with(&[&name]))}</span>
                <input
                    type="text"
                    name="confirm"
                    autocomplete="off"
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                />
            </label>
            <Trouble words=trouble/>
            <button type="submit" class="danger" data-act="erase-confirm" disabled=move || busy.get()>
                <Icon name="trash-2"/>
                {move || t(if busy.get() { &words::erase::BUSY } else { &words::erase::CONFIRM })()}
            </button>
        </form>
    }
    .into_any()
}

/// What is lost, in numbers.
fn goes(plan: &Plan) -> AnyView {
    let mut kinds = Text::same("");
    for (n, (kind, count)) in plan.kinds.iter().enumerate() {
        let pattern = if n == 0 { Text::same("{0}{1} {2}") } else { Text::of("{0}、{1} {2}", "{0}, {1} {2}") };
        kinds = pattern.with_texts(&[&kinds, kind_words(*kind), &Text::same(&count.to_string())]);
    }
    let records = plan.records.len().to_string();
    let records = words::erase::RECORDS.with_texts(&[&Text::same(&records), &kinds]);
    let entries = words::erase::ENTRIES.with(&[&plan.entries.to_string()]);
    let photos = words::erase::PHOTOS.with(&[&plan.photos.to_string()]);
    view! {
        <section class="notice is-danger" data-erase-plan>
            <Icon name="triangle-alert"/>
            <div>
                <p><strong>{plan.name.clone()}</strong></p>
                <p>{t(&words::erase::GOES)}</p>
                <ul class="plain">
                    <li>{tx(records)}</li>
                    <li>{tx(entries)}</li>
                    <li>{tx(photos)}</li>
                    <li>{t(&words::erase::DRAFTS)}</li>
                </ul>
            </div>
        </section>
    }
    .into_any()
}

/// Where the data stays, and what to do about it.
fn not_reached(store: Store) -> AnyView {
    let folder = store.copies().map(|copies| copies.folder);
    view! {
        <section class="notice is-warn" data-not-reached>
            <Icon name="info"/>
            <div>
                <p><strong>{t(&words::erase::ELSEWHERE)}</strong></p>
                <ul class="plain">
                    <li>{t(&words::erase::BACKUPS)}</li>
                    {folder.map(|folder| view! { <li>{tf(move || words::erase::COPIES.with(&[&folder]))}</li> })}
                    <li>{t(&words::erase::OTHERS)}</li>
                    <li>{t(&words::erase::MENTIONS)}</li>
                </ul>
                <p class="hint">{t(&words::erase::RETURN)}</p>
            </div>
        </section>
    }
    .into_any()
}

fn export_first(store: Store, plan: Plan) -> AnyView {
    let told = RwSignal::new(None::<Text>);
    let export = move |_| {
        let plan = plan.clone();
        spawn_local(async move {
            let words = match store.export_before_erase(&plan).await {
                Ok(made) => match made.file.as_ref().map(files::save_file) {
                    Some(Err(error)) => error.words(),
                    _ => words::EXPORT_DONE.with(&[&made.name]),
                },
                Err(error) => error.words(),
            };
            let _ = told.try_set(Some(words));
        });
    };
    view! {
        <button type="button" data-act="export-first" on:click=export>
            <Icon name="download"/>
            {t(&words::erase::EXPORT)}
        </button>
        <Told words=told/>
    }
    .into_any()
}
