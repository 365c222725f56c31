//! Takes in a file: checked first, shown in words, written only on confirmation, all or nothing.

use crate::browser::{clock, files, launch, route};
use crate::i18n::{lang, t, tf, words};
use crate::route::Route;
use crate::store::Store;
use crate::store::erase::StaysErased;
use crate::widgets::bar::Bar;
use crate::widgets::icon::Icon;
use crate::widgets::ui::Show;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::exchange::{self, Incoming, Picture, Preview};
use sitebook_core::text::Text;
use std::collections::BTreeMap;
use std::sync::Arc;

type Checked = (Arc<Incoming>, Arc<Vec<Picture>>, Arc<Preview>, Option<StaysErased>);

/// Most bytes of a file that is read in one go.
const MOST: u64 = 200 << 20;

/// The page.
#[component]
pub fn Import() -> impl IntoView {
    let store = Store::here();
    let speech = lang();
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<Text>);
    let checked = RwSignal::new(None::<Checked>);
    let done = RwSignal::new(false);
    let take = move |file: files::File| {
        trouble.set(None);
        checked.set(None);
        done.set(false);
        busy.set(true);
        spawn_local(async move {
            // Lets the screen say that it is checking before the check holds the thread.
            crate::browser::timers::sleep(30).await;
            match check(store, &file).await {
                Ok(found) => drop(checked.try_set(Some(found))),
                Err(words) => drop(trouble.try_set(Some(words))),
            }
            let _ = busy.try_set(false);
        });
    };
    let choose = move |event: leptos::ev::Event| {
        if let Some(file) = files::input_files(&event).into_iter().next() {
            take(file);
        }
    };
    // Opened with the app, or shared to it.
    spawn_local(async move {
        let file = match launch::take_opened() {
            Some(file) => Some(file),
            None => launch::take_shared().await,
        };
        if let Some(file) = file {
            take(file);
        }
    });
    let confirm = move |_| {
        let Some((incoming, pictures, ..)) = checked.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            match store.import(&incoming, &pictures, &BTreeMap::new()).await {
                Ok(()) => {
                    let _ = checked.try_set(None);
                    let _ = done.try_set(true);
                    let visit = incoming.ops.iter().find_map(|sealed| match &sealed.op.change {
                        sitebook_core::ledger::Change::Create {
                            kind: kind @ sitebook_core::ledger::RecordKind::Visit,
                            ..
                        } => Some(Route::Show(*kind, sealed.op.record.clone())),
                        _ => None,
                    });
                    route::set(&visit.unwrap_or(Route::Today).href());
                }
                Err(error) => drop(trouble.try_set(Some(error.words()))),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <Bar title=Signal::derive(move || t(&words::IMPORT_TITLE)().to_owned()) back=Signal::derive(|| Route::More)/>
        <div class="page has-primary">
            <p class="hint">{t(&words::IMPORT_HINT)}</p>
            <label class="button primary" for="import-file">
                <Icon name="upload"/>
                {t(&words::IMPORT_CHOOSE)}
            </label>
            <input class="unseen" id="import-file" type="file" accept=".json,.txt,.sitebook,application/json,text/plain" on:change=choose/>
            <Show when=move || busy.get()>
                <p role="status">{t(&words::IMPORT_READING)}</p>
            </Show>
            <div role="alert">
                {move || {
                    trouble
                        .get()
                        .map(|words| {
                            view! {
                                <div class="notice is-danger">
                                    <Icon name="octagon-x"/>
                                    <p data-import-error>{words.get(speech.get()).to_owned()}</p>
                                </div>
                            }
                        })
                }}
            </div>
            {move || checked.get().map(|(incoming, _, preview, erased)| report(&incoming, &preview, erased))}
            <Show when=move || { checked.with(|found| found.as_ref().is_some_and(|(_, _, preview, _)| !preview.is_idle())) }>
                <div class="primary-bar">
                    <button type="button" class="primary" data-act="import" disabled=move || busy.get() on:click=confirm>
                        {t(&words::IMPORT_CONFIRM)}
                    </button>
                </div>
            </Show>
            <Show when=move || done.get()>
                <p role="status">{t(&words::IMPORT_DONE)}</p>
            </Show>
        </div>
    }
}

async fn check(store: Store, file: &files::File) -> Result<Checked, Text> {
    let bytes = files::read(file, MOST).await.map_err(|error| error.words())?;
    let (incoming, pictures) = exchange::read_all(&bytes).map_err(|error| error.words())?;
    drop(bytes);
    let (incoming, erased) = store.without_erased(incoming).await.map_err(|error| error.words())?;
    let preview = store.preview(&incoming).await.map_err(|error| error.words())?;
    match preview.refusal() {
        Some(refused) => Err(refused.words()),
        None => Ok((Arc::new(incoming), Arc::new(pictures), Arc::new(preview), erased)),
    }
}

fn stays_erased(erased: StaysErased) -> AnyView {
    let StaysErased { entries, at, by } = erased;
    let (entries, at) = (entries.to_string(), at.date_time());
    view! {
        <div class="notice is-warn" data-stays-erased>
            <Icon name="ban"/>
            <p>{tf(move || words::ERASED_STAYS.with(&[&entries, &at, &by]))}</p>
        </div>
    }
    .into_any()
}

fn report(incoming: &Incoming, preview: &Preview, erased: Option<StaysErased>) -> AnyView {
    let exported = incoming.exported.clone();
    let whole = tf(|| words::IMPORT_WHOLE.clone());
    let from = tf(move || words::IMPORT_FROM.with(&[&exported.by, &exported.company, &exported.at.date_time()]));
    let (new, all) = (preview.new_records(), preview.records.len());
    let pictures = preview.new_pictures + preview.same_pictures;
    let numbers = [preview.new_ops, preview.same_ops, new, all - new, pictures].map(|number| number.to_string());
    let counts = tf(move || words::IMPORT_COUNTS.with(&numbers.each_ref().map(String::as_str)));
    let idle = preview.is_idle();
    let missing = preview.missing.len();
    let speech = lang();
    let now = clock::now();
    let lines = preview
        .records
        .iter()
        .map(|line| {
            let name = line.name.clone();
            let number = line.number.clone();
            let kind = line.kind.map(|kind| view! { <span class="tag">{t(super::kind_words(kind))}</span> });
            view! {
                <li class="card">
                    <span class="card-main">
                        <strong>{move || name.get(speech.get()).to_owned()}</strong>
                        <span class="hint number">{number}</span>
                    </span>
                    {kind}
                </li>
            }
        })
        .collect_view();
    let ahead = preview.newest.filter(|newest| newest.at > now.at + 60_000);
    view! {
        <div class="notice is-good">
            <Icon name="circle-check"/>
            <div>
                <p>{whole}</p>
                <p class="hint">{from}</p>
                <p class="hint" data-import-counts>{counts}</p>
                {(idle && erased.is_none()).then(|| view! { <p>{t(&words::IMPORT_NOTHING)}</p> })}
                {(missing > 0)
                    .then(|| view! { <p>{tf(move || words::IMPORT_MISSING.with(&[&missing.to_string()]))}</p> })}
                {ahead.map(|newest| view! { <p class="is-warn">{newest.date_time()}</p> })}
            </div>
        </div>
        {erased.map(stays_erased)}
        <ul class="cards">{lines}</ul>
    }
    .into_any()
}
