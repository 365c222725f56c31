//! All procedures and forms: found by any word or number, read stage by stage, begun from here.

use super::board::Starter;
use crate::i18n::{lang, t, tf, tx, words};
use crate::route::Route;
use crate::store::Store;
use crate::store::runs::Cause;
use crate::widgets::bar::Bar;
use crate::widgets::find::FindField;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Trouble, asked};
use leptos::prelude::*;
use sitebook_core::ids::RecordId;
use sitebook_core::template::{CatalogueLine, Level, Procedure};
use sitebook_core::text::{Lang, Text};
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
    let content = store.content();
    let typed = RwSignal::new(String::new());
    let families: Vec<String> = {
        let mut all: Vec<String> = content.library.catalogue.values().map(|line| line.family.clone()).collect();
        all.sort_by_key(|family| (family != "support", family != "engineering", family.clone()));
        all.dedup();
        all
    };
    let back = order.clone().map_or(Route::More, |order| Route::Show(sitebook_core::ledger::RecordKind::Order, order));
    let list = move || {
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
                let rows = lines.into_iter().map(|line| card(line, order.clone())).collect_view();
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
            {list}
        </div>
    }
}

fn card(line: &CatalogueLine, order: Option<RecordId>) -> AnyView {
    let href = Route::Procedure(line.id.clone(), order).href();
    let forms: Vec<String> = line.forms.iter().map(|form| form.id.clone()).collect();
    let notice = line.notice.then(|| view! { <span class="tag">{t(&words::CATALOGUE_TEMPLATE)}</span> });
    view! {
        <li>
            <a class="card" href=href data-procedure=line.id.clone()>
                <span class="card-main">
                    <strong>{tx(line.title.clone())} " " {notice}</strong>
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
    let content = store.content();
    let line = content.library.catalogue.get(&id).cloned();
    let title = {
        let line = line.clone();
        Signal::derive(move || line.as_ref().map_or_else(String::new, |line| line.title.get(speech.get()).to_owned()))
    };
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
                Some(Ok(procedure)) => reading(&procedure, speech.get()),
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
