//! All procedures and forms: found by any word or number, read stage by stage, begun from here.

use super::board::Starter;
use crate::browser::{clock, route};
use crate::i18n::words::editor;
use crate::i18n::{lang, t, tf, tx, words};
use crate::route::{Desk, Route};
use crate::store::Store;
use crate::store::content::is_shipped;
use crate::store::own::Draft;
use crate::store::runs::Cause;
use crate::widgets::bar::Bar;
use crate::widgets::find::FindField;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Trouble, asked};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::template::edit::copy_of;
use sitebook_core::template::{CatalogueLine, Level, Procedure};
use sitebook_core::text::{Lang, Text};
use sitebook_core::time::Stamp;
use std::sync::Arc;

/// The words of a family; its id, if it has none.
fn family_words(family: &str) -> Text {
    match family {
        "support" => words::FAMILY_SUPPORT.clone(),
        "engineering" => words::FAMILY_ENGINEERING.clone(),
        "network" => words::FAMILY_NETWORK.clone(),
        "desk" => words::FAMILY_DESK.clone(),
        other => Text::same(other),
    }
}

/// Whether a line has all the words that were typed, in either language.
fn fits(line: &CatalogueLine, typed: &str) -> bool {
    let forms = line.forms.iter().map(|form| format!("{} {} {}", form.id, form.title.zh, form.title.en));
    let all = format!(
        "{} {} {} {} {} {} {}",
        line.id,
        line.title.zh,
        line.title.en,
        line.summary.zh,
        line.summary.en,
        line.sources.join(" "),
        forms.collect::<Vec<_>>().join(" ")
    )
    .to_lowercase();
    typed.to_lowercase().split_whitespace().all(|word| all.contains(word))
}

/// The page. With a work order, what is chosen is begun for it.
#[component]
pub fn Catalogue(
    /// The work order.
    #[prop(optional_no_strip)]
    order: Option<RecordId>,
) -> impl IntoView {
    let store = Store::here();
    let typed = RwSignal::new(String::new());
    let changes = store.changes();
    // What the team wrote comes from the database; what is shipped is there meanwhile.
    let own = asked(move || {
        changes.track();
        async move {
            let _ = store.read_own().await;
            store.drafts().await.unwrap_or_default()
        }
    });
    let back = order.clone().map_or(Route::More, |order| Route::Show(sitebook_core::ledger::RecordKind::Order, order));
    let for_order = order.clone();
    let list = move || {
        own.track();
        let (content, order) = (store.content(), for_order.clone());
        let families: Vec<String> = {
            let mut all: Vec<String> = content.library.catalogue.values().map(|line| line.family.clone()).collect();
            all.sort_by_key(|family| (family != "support", family != "engineering", family.clone()));
            all.dedup();
            all
        };
        let typed = typed.get();
        let mut any = false;
        let groups: Vec<AnyView> = families
            .iter()
            .filter_map(|family| {
                let lines = content.library.catalogue.values().filter(|line| line.family == *family);
                let lines: Vec<&CatalogueLine> = lines.filter(|line| fits(line, &typed)).collect();
                if lines.is_empty() {
                    return None;
                }
                any = true;
                let rows = lines.into_iter().map(|line| card(store, line, order.clone())).collect_view();
                Some(
                    view! {
                        <section>
                            <h2>{tx(family_words(family))}</h2>
                            <ul class="cards">{rows}</ul>
                        </section>
                    }
                    .into_any(),
                )
            })
            .collect();
        if any { groups.into_any() } else { view! { <p class="empty">{t(&words::CATALOGUE_NONE)}</p> }.into_any() }
    };
    view! {
        <Bar title=Signal::derive(move || t(&words::CATALOGUE_TITLE)().to_owned()) back=Signal::derive(move || back.clone())/>
        <div class="page">
            <FindField label=&words::CATALOGUE_FIND name="catalogue" id="catalogue-find" typed typing=move |words| typed.set(words)/>
            {order.is_none().then(|| desk_ways(own))}
            {list}
        </div>
    }
}

/// Drafts, and the way to take one in from a file.
fn desk_ways(own: ReadSignal<Option<Vec<Draft>>>) -> AnyView {
    let drafts = move || {
        let rows: Vec<AnyView> = own.get().unwrap_or_default().iter().map(draft_row).collect();
        (!rows.is_empty()).then(|| {
            view! {
                <section>
                    <h2>{t(&editor::DRAFTS)}</h2>
                    <ul class="cards">{rows}</ul>
                </section>
            }
        })
    };
    view! {
        <p>
            <a class="chip" href=Route::Desk(Desk::Take).href() data-act="take-page">
                <Icon name="upload"/>
                {t(&editor::TAKE)}
            </a>
        </p>
        {drafts}
    }
    .into_any()
}

fn draft_row(draft: &Draft) -> AnyView {
    let href = Route::Desk(Desk::Edit(draft.procedure.id.clone())).href();
    let at = Stamp { at: draft.at, tz: clock::now().tz }.date_time();
    view! {
        <li>
            <a class="card" href=href data-draft=draft.procedure.id.clone()>
                <Icon name="pen-line"/>
                <span class="card-main">
                    <strong>{tx(draft.procedure.title.clone())}</strong>
                    <span class="hint">{tf(move || editor::DRAFT_AT.with(&[&at]))}</span>
                </span>
                <Icon name="chevron-right"/>
            </a>
        </li>
    }
    .into_any()
}

/// How an own version is marked.
fn own_mark(store: Store, id: &str) -> Option<Text> {
    let version = store.own_version(id)?.to_string();
    let pattern = if is_shipped(id) { &editor::CHANGED } else { &editor::OWN };
    Some(pattern.with(&[&version]))
}

fn card(store: Store, line: &CatalogueLine, order: Option<RecordId>) -> AnyView {
    let href = Route::Procedure(line.id.clone(), order).href();
    let forms: Vec<String> = line.forms.iter().map(|form| form.id.clone()).collect();
    let notice = line.notice.then(|| view! { <span class="tag">{t(&words::CATALOGUE_TEMPLATE)}</span> });
    let own = own_mark(store, &line.id).map(|mark| view! { <span class="tag is-strong" data-own>{tx(mark)}</span> });
    view! {
        <li>
            <a class="card" href=href data-procedure=line.id.clone()>
                <span class="card-main">
                    <strong>{tx(line.title.clone())} " " {notice} " " {own}</strong>
                    <span class="card-about">{tx(line.summary.clone())}</span>
                    {(!forms.is_empty()).then(|| view! { <span class="hint">{forms.join(" · ")}</span> })}
                </span>
                <Icon name="chevron-right"/>
            </a>
        </li>
    }
    .into_any()
}

/// One procedure, read stage by stage.
#[component]
pub fn OneProcedure(
    /// Its id.
    id: String,
    /// The work order that it would be begun for.
    #[prop(optional_no_strip)]
    order: Option<RecordId>,
) -> impl IntoView {
    let store = Store::here();
    let speech = lang();
    let wanted = id.clone();
    let found = asked(move || {
        let wanted = wanted.clone();
        async move {
            let procedure = store.procedure(&wanted).await.map(|pinned| pinned.procedure);
            procedure.map_err(|error| error.words())
        }
    });
    let for_order = order.clone();
    let number = asked(move || {
        let order = for_order.clone();
        async move {
            let id = order?;
            store.view(&id).await.ok().flatten().and_then(|view| view.record.number().map(str::to_owned))
        }
    });
    let title = {
        let content = store.content();
        let line = content.library.catalogue.get(&id).cloned();
        Signal::derive(move || match found.get() {
            Some(Ok(procedure)) => procedure.title.get(speech.get()).to_owned(),
            _ => line.as_ref().map_or_else(String::new, |line| line.title.get(speech.get()).to_owned()),
        })
    };
    let writes = order.is_none();
    let back = Route::Catalogue(order.clone());
    let starter = Starter::new(store);
    let begun = id.clone();
    let start = move |_| starter.begin(begun.clone(), Cause { order: order.clone(), from: None });
    let start_words = tf(move || match number.get().flatten() {
        Some(number) => words::CATALOGUE_START_FOR.with(&[&number]),
        None => words::CATALOGUE_START_FREE.clone(),
    });
    view! {
        <Bar title back=Signal::derive(move || back.clone())/>
        <div class="page has-primary">
            {move || match found.get() {
                None => view! { <p class="empty" role="status">{t(&words::LOADING)}</p> }.into_any(),
                Some(Err(words)) => view! { <p class="notice is-danger" role="alert">{tx(words)}</p> }.into_any(),
                Some(Ok(procedure)) => view! {
                    {own_mark(store, &procedure.id).map(|mark| view! { <p><span class="tag is-strong" data-own>{tx(mark)}</span></p> })}
                    {writes.then(|| writing(store, procedure.clone()))}
                    {reading(&procedure, speech.get())}
                }
                .into_any(),
            }}
            <Trouble words=starter.trouble/>
        </div>
        <div class="primary-bar">
            <button type="button" class="primary" data-act="begin" disabled=move || starter.busy() on:click=start>
                {start_words}
                <Icon name="chevron-right"/>
            </button>
        </div>
    }
}

/// What can be done with a procedure besides running it.
fn writing(store: Store, procedure: Arc<Procedure>) -> AnyView {
    let trouble = RwSignal::new(None::<Text>);
    let edit = Route::Desk(Desk::Edit(procedure.id.clone())).href();
    let versions = Route::Desk(Desk::Versions(procedure.id.clone())).href();
    let copy = move |_| {
        let id = Store::new_procedure_id();
        let title = editor::COPY_TITLE.with_texts(&[&procedure.title]);
        let copy = copy_of(&procedure, &id, title);
        spawn_local(async move {
            match store.keep_draft(&copy).await {
                Ok(()) => route::set(&Route::Desk(Desk::Edit(id)).href()),
                Err(error) => drop(trouble.try_set(Some(error.words()))),
            }
        });
    };
    view! {
        <nav class="desk-ways">
            <a class="chip" href=edit data-act="edit-procedure">
                <Icon name="pen-line"/>
                {t(&editor::EDIT)}
            </a>
            <button type="button" class="chip" data-act="copy-procedure" on:click=copy>
                <Icon name="copy"/>
                {t(&editor::COPY)}
            </button>
            <a class="chip" href=versions data-act="versions">
                <Icon name="history"/>
                {t(&editor::VERSIONS)}
            </a>
        </nav>
        <Trouble words=trouble/>
    }
    .into_any()
}

/// The procedure as it reads: stages, steps with level and clause, gates, forms.
fn reading(procedure: &Arc<Procedure>, lang: Lang) -> AnyView {
    let steps: usize = procedure.stages.iter().map(|stage| stage.steps.len()).sum();
    let counts = words::CATALOGUE_STEPS.with(&[&procedure.stages.len().to_string(), &steps.to_string()]);
    let said = |text: &Text| text.get(lang).to_owned();
    let stages = procedure.stages.iter().map(|stage| {
        let gates = stage.gates.iter().map(|gate| {
            view! {
                <p class="gate-text">
                    <Icon name="lock"/>
                    <span>{said(&words::GATE_NEEDS)} {said(&gate.text)} " " <span class="clause">{gate.clause.clone()}</span></span>
                </p>
            }
        });
        let steps = stage.steps.iter().map(|step| {
            let level = match step.level {
                Level::Must => &words::STEP_MUST,
                Level::Should => &words::STEP_SHOULD,
                Level::MustNot => &words::STEP_MUST_NOT,
            };
            let gates = step.gates.iter().map(|gate| {
                view! { <p class="hint"><Icon name="lock"/> " " {said(&words::GATE_NEEDS)} {said(&gate.text)}</p> }
            });
            view! {
                <li>
                    <p><strong>{said(&step.title)}</strong> " " <span class="tag">{said(level)}</span> " " <span class="clause">{step.clause.clone()}</span></p>
                    {step.help.as_ref().map(|help| view! { <p class="hint">{said(help)}</p> })}
                    {gates.collect_view()}
                </li>
            }
        });
        view! {
            <section class="reading">
                <h2>{said(&stage.title)}</h2>
                {stage.summary.as_ref().map(|summary| view! { <p class="hint">{said(summary)}</p> })}
                {gates.collect_view()}
                <ol>{steps.collect_view()}</ol>
            </section>
        }
    });
    let forms: Vec<String> = procedure.papers.iter().map(|form| format!("{} {}", form.id, said(&form.title))).collect();
    view! {
        <p>{said(&procedure.summary)}</p>
        <p class="hint">{procedure.sources.join(" · ")} " · " {said(&counts)}</p>
        {procedure.notice.as_ref().map(|notice| view! { <p class="notice is-warn"><Icon name="info"/><span>{said(notice)}</span></p> })}
        {(!forms.is_empty()).then(|| view! { <p class="hint">{said(&words::CATALOGUE_FORMS.with(&[&forms.join(" · ")]))}</p> })}
        {stages.collect_view()}
    }
    .into_any()
}
