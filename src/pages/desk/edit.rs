//! The editor: stages and steps in order, each opened in a sheet; what is still wrong; undo, try out, publish.
//!
//! It must not know what makes a procedure sound or what an edit does; the core says.

use super::publish::publish;
use super::state::{Desk, Kept, Open};
use super::{sheets, tie, where_words};
use crate::browser::{layout, timers};
use crate::i18n::{Text, t, tf, tx, words, words::editor};
use crate::route::{Desk as Page, Route};
use crate::store::Store;
use crate::widgets::bar::Bar;
use crate::widgets::icon::Icon;
use crate::widgets::sheet::Sheet;
use crate::widgets::ui::{Show, asked, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::template::check::Problem;
use sitebook_core::template::diff::level_words;
use sitebook_core::template::edit::{self, StepAt};
use sitebook_core::template::{Level, Procedure};
use sitebook_core::work::without_keys;

/// Opens the draft of a procedure, or what is in use.
pub fn page(store: Store, id: String) -> AnyView {
    let wanted = id.clone();
    let found = asked(move || {
        let id = wanted.clone();
        async move { store.draft_or_latest(&id).await.map_err(|error| error.words()) }
    });
    dynamic(move || {
        match found.get() {
        None => view! { <p class="page empty" role="status">{t(&words::LOADING)}</p> }.into_any(),
        Some(Err(words)) => view! {
            <Bar title=Signal::derive(move || t(&editor::EDIT)().to_owned()) back=Signal::derive(|| Route::Catalogue(None))/>
            <p class="page empty" role="alert">{tx(words)}</p>
        }
        .into_any(),
        Some(Ok((procedure, _))) => desk(store, procedure),
    }
    })
}

fn desk(store: Store, procedure: Procedure) -> AnyView {
    let id = procedure.id.clone();
    let desk = Desk::new(store, procedure);
    let title = desk.memo(|procedure| procedure.title.clone());
    let back = Route::Procedure(id.clone(), None);
    let tries = Route::Desk(Page::Try(id.clone())).href();
    let versions = Route::Desk(Page::Versions(id.clone())).href();
    view! {
        <Bar title=tf(move || title.get()) back=Signal::derive(move || back.clone())>
            <button type="button" class="quiet icon-only" data-act="undo" aria-label=t(&words::UNDO)
                disabled=move || !desk.can().0 on:click=move |_| desk.undo()>
                <Icon name="undo-2"/>
            </button>
            <button type="button" class="quiet icon-only" data-act="redo" aria-label=t(&editor::REDO)
                disabled=move || !desk.can().1 on:click=move |_| desk.redo()>
                <span class="desk-redo"><Icon name="undo-2"/></span>
            </button>
        </Bar>
        <div class="page has-primary desk">
            {state(desk)}
            {told(desk)}
            {problems(desk)}
            <nav class="desk-ways">
                <a class="chip" href=tries data-act="try"><Icon name="check"/>{t(&editor::TRY)}</a>
                <a class="chip" href=versions data-act="versions"><Icon name="history"/>{t(&editor::VERSIONS)}</a>
                {discard(desk, id)}
            </nav>
            <button type="button" class="card desk-open" data-open="whole" on:click=move |_| desk.open.set(Some(Open::Whole))>
                <Icon name="pen-line"/>
                <span class="card-main"><strong>{t(&editor::WHOLE)}</strong></span>
                <Icon name="chevron-right"/>
            </button>
            {stages(desk)}
            <button type="button" class="chip" data-act="stage-add" on:click=move |_| {
                let at = desk.change(|procedure| edit::add_stage(procedure, None));
                desk.open.set(Some(Open::Stage(at)));
            }>
                <Icon name="plus"/>
                {t(&editor::ADD_STAGE)}
            </button>
            {beyond(desk)}
        </div>
        <div class="primary-bar">
            <button type="button" class="primary" data-act="publish" on:click=move |_| desk.open.set(Some(Open::Publish))>
                <Icon name="check"/>
                {t(&editor::PUBLISH)}
            </button>
        </div>
        {sheet(desk)}
    }
    .into_any()
}

/// Whether the draft is kept.
fn state(desk: Desk) -> AnyView {
    let words = tf(move || match desk.kept.get() {
        Kept::Clean => editor::EDITING.clone(),
        Kept::Keeping => editor::KEEPING.clone(),
        Kept::Since(at) => editor::KEPT.with(&[&at]),
        Kept::Failed(words) => words,
    });
    let failed = move || matches!(desk.kept.get(), Kept::Failed(_));
    let word = move || match desk.kept.get() {
        Kept::Clean => "clean",
        Kept::Keeping => "keeping",
        Kept::Since(_) => "kept",
        Kept::Failed(_) => "failed",
    };
    view! { <p class="hint" class:is-warn=failed role="status" data-kept=word>{words}</p> }.into_any()
}

/// What was just taken out, and the way back.
fn told(desk: Desk) -> AnyView {
    view! {
        <div role="status">
            {dynamic(move || {
                let shown = |words: Text| view! {
                    <div class="notice desk-told">
                        <span>{tx(words)}</span>
                        <button type="button" class="quiet" data-act="told-undo" on:click=move |_| desk.undo()>
                            <Icon name="undo-2"/>
                            {t(&words::UNDO)}
                        </button>
                    </div>
                };
                desk.told.get().map(shown).into_any()
            })}
        </div>
    }
    .into_any()
}

fn discard(desk: Desk, id: String) -> AnyView {
    let store = desk.store;
    let discard = move |_| {
        let id = id.clone();
        spawn_local(async move {
            let published = store.procedure(&id).await.ok().map(|pinned| (*pinned.procedure).clone());
            desk.discard(published);
            if let Err(error) = store.forget_draft(&id).await {
                let _ = desk.kept.try_set(Kept::Failed(error.words()));
            }
        });
    };
    view! {
        <button type="button" class="chip" data-act="discard" on:click=discard>
            <Icon name="trash-2"/>
            {t(&editor::DISCARD)}
        </button>
    }
    .into_any()
}

/// Where a problem is mended.
fn place_of(problem: &Problem) -> Open {
    let spot = &problem.spot;
    match (spot.number("stage"), spot.number("step")) {
        (Some(stage), Some(step)) => Open::Step((stage, step)),
        (Some(stage), None) => Open::Stage(stage),
        _ if spot.number("close").is_some() => Open::Close,
        _ if spot.number("deadline").is_some() => Open::Deadlines(spot.number("deadline")),
        _ => Open::Whole,
    }
}

/// What keeps it from being published.
fn problems(desk: Desk) -> AnyView {
    let library = desk.store.content().library.clone();
    dynamic(move || {
        let problems = desk.problems.get();
        if problems.is_empty() {
            return view! {
                <p class="notice is-good" data-problems="0"><Icon name="circle-check"/><span>{t(&editor::SOUND)}</span></p>
            }
            .into_any();
        }
        let count = problems.len().to_string();
        let shown = count.clone();
        let rows = problems.iter().map(|problem| {
            let place = desk.with(|procedure| where_words(&problem.spot, procedure));
            let open = place_of(problem);
            let plain = |text: &Text| desk.with(|procedure| without_keys(text, procedure, &library));
            let (what, why, hint) = (plain(&problem.what), plain(&problem.why), plain(&problem.hint));
            let more = [why, hint]
                .into_iter()
                .filter(|text| !text.zh.is_empty())
                .map(|text| view! { <span class="hint">{tx(text)}</span> });
            view! {
                <li>
                    <button type="button" class="desk-problem" data-problem on:click=move |_| desk.open.set(Some(open))>
                        <strong>{tx(place)}</strong>
                        <span>{tx(what)}</span>
                        {more.collect_view()}
                    </button>
                </li>
            }
        });
        view! {
            <details class="desk-problems" data-problems=count>
                <summary><Icon name="triangle-alert"/> {tf(move || editor::PROBLEMS.with(&[&shown]))}</summary>
                <ul>{rows.collect_view()}</ul>
            </details>
        }
        .into_any()
    })
}

/// What of a stage stands on the page.
#[derive(Debug, Clone, PartialEq)]
struct StageLine {
    title: Text,
    gates: usize,
    steps: Vec<StepLine>,
}

#[derive(Debug, Clone, PartialEq)]
struct StepLine {
    title: Text,
    level: Level,
    fields: usize,
    gates: usize,
}

fn lines(procedure: &Procedure) -> Vec<StageLine> {
    let step = |step: &sitebook_core::template::Step| StepLine {
        title: step.title.clone(),
        level: step.level,
        fields: step.captures.len(),
        gates: step.gates.len(),
    };
    let stage = |stage: &sitebook_core::template::Stage| StageLine {
        title: stage.title.clone(),
        gates: stage.gates.len(),
        steps: stage.steps.iter().map(step).collect(),
    };
    procedure.stages.iter().map(stage).collect()
}

fn stages(desk: Desk) -> AnyView {
    let count = desk.memo(|procedure| procedure.stages.len());
    dynamic(move || (0..count.get()).map(|n| stage(desk, n)).collect_view().into_any())
}

fn stage(desk: Desk, n: usize) -> AnyView {
    let line = desk.memo(move |procedure| lines(procedure).into_iter().nth(n));
    let title = Memo::new(move |_| line.with(|line| line.as_ref().map(|line| line.title.clone())));
    let size = Memo::new(move |_| line.with(|line| line.as_ref().map_or(0, |line| line.steps.len())));
    let gates = Memo::new(move |_| line.with(|line| line.as_ref().map_or(0, |line| line.gates)));
    let name = tf(move || title.get().unwrap_or_else(|| Text::same("")));
    let add = move |_| {
        if let Some(at) = desk.change(|procedure| edit::add_step(procedure, n, None)) {
            desk.open.set(Some(Open::Step(at)));
        }
    };
    view! {
        <section class="desk-stage" role="group" aria-label=name data-stage=n.to_string()>
            <h2>
                <button type="button" class="quiet desk-stage-title" data-open="stage" on:click=move |_| desk.open.set(Some(Open::Stage(n)))>
                    <span>{name}</span>
                    {dynamic(move || lock(gates.get()))}
                    <Icon name="pen-line"/>
                </button>
            </h2>
            <ol class="desk-steps">
                {dynamic(move || (0..size.get()).map(|step| row(desk, (n, step), line)).collect_view().into_any())}
            </ol>
            <button type="button" class="chip" data-act="step-add" on:click=add>
                <Icon name="plus"/>
                {t(&editor::ADD_STEP)}
            </button>
        </section>
    }
    .into_any()
}

fn lock(gates: usize) -> AnyView {
    (gates > 0)
        .then(|| view! { <span class="tag"><Icon name="lock"/> {tf(move || editor::GATES_COUNT.with(&[&gates.to_string()]))}</span> })
        .into_any()
}

fn row_id((stage, step): StepAt) -> String {
    format!("desk-step-{stage}-{step}")
}

fn row(desk: Desk, at: StepAt, stage: Memo<Option<StageLine>>) -> AnyView {
    let line = Memo::new(move |_| stage.with(|stage| stage.as_ref()?.steps.get(at.1).cloned()));
    let title =
        Memo::new(move |_| line.with(|line| line.as_ref().map_or_else(|| Text::same(""), |line| line.title.clone())));
    let level =
        tf(move || line.with(|line| line.as_ref().map_or_else(|| Text::same(""), |line| level_words(line.level))));
    let about = tf(move || {
        let fields = line.with(|line| line.as_ref().map_or(0, |line| line.fields));
        editor::FIELDS_COUNT.with(&[&fields.to_string()])
    });
    let gates = Memo::new(move |_| line.with(|line| line.as_ref().map_or(0, |line| line.gates)));
    let shift = move |up: bool| {
        let there = desk.change(|procedure| edit::move_step(procedure, at, up));
        // The finger stays on the step that it moves.
        timers::after_paint(move || layout::reveal(&format!("{}-{}", row_id(there), if up { "up" } else { "down" })));
    };
    view! {
        <li class="desk-step" id=row_id(at) data-at=format!("{}.{}", at.0, at.1)>
            <button type="button" class="desk-step-open" data-open="step" on:click=move |_| desk.open.set(Some(Open::Step(at)))>
                <strong>{tf(move || title.get())}</strong>
                <span class="desk-tags">
                    <span class="tag" data-level>{level}</span>
                    <span class="hint">{about}</span>
                    {dynamic(move || lock(gates.get()))}
                </span>
            </button>
            <span id=format!("{}-up", row_id(at))>
                <button type="button" class="quiet icon-only" data-act="step-up"
                    aria-label=tf(move || editor::UP.with_texts(&[&title.get()])) on:click=move |_| shift(true)>
                    <span class="desk-up"><Icon name="chevron-down"/></span>
                </button>
            </span>
            <span id=format!("{}-down", row_id(at))>
                <button type="button" class="quiet icon-only" data-act="step-down"
                    aria-label=tf(move || editor::DOWN.with_texts(&[&title.get()])) on:click=move |_| shift(false)>
                    <Icon name="chevron-down"/>
                </button>
            </span>
        </li>
    }
    .into_any()
}

/// What belongs to no stage: what must hold before closing, and what is due when.
fn beyond(desk: Desk) -> AnyView {
    let gates = desk.memo(|procedure| procedure.close.len());
    let deadlines = desk.memo(|procedure| procedure.deadlines.len());
    let way = |open: Open, word: &'static str, icon: &'static str, title: &'static Text, about: Signal<Text>| {
        view! {
            <button type="button" class="card desk-open" data-open=word on:click=move |_| desk.open.set(Some(open))>
                <Icon name=icon/>
                <span class="card-main">
                    <strong>{t(title)}</strong>
                    <span class="hint">{tf(move || about.get())}</span>
                </span>
                <Icon name="chevron-right"/>
            </button>
        }
    };
    let gates = Signal::derive(move || editor::GATES_COUNT.with(&[&gates.get().to_string()]));
    let deadlines = Signal::derive(move || editor::DEADLINES_COUNT.with(&[&deadlines.get().to_string()]));
    view! {
        {way(Open::Close, "close", "lock", &editor::CLOSE_GATES, gates)}
        {way(Open::Deadlines(None), "deadlines", "timer", &editor::DEADLINES, deadlines)}
    }
    .into_any()
}

/// The sheet of what is open.
fn sheet(desk: Desk) -> AnyView {
    let shown = RwSignal::new(false);
    tie(desk.open, shown);
    let title = tf(move || match desk.open.get() {
        Some(Open::Stage(n)) => desk
            .with(|procedure| procedure.stages.get(n).map(|one| one.title.clone()))
            .unwrap_or_else(|| editor::STAGE.clone()),
        Some(Open::Step((stage, step))) => desk
            .with(|procedure| procedure.stages.get(stage)?.steps.get(step).map(|one| one.title.clone()))
            .unwrap_or_else(|| editor::STEP.clone()),
        Some(Open::Close) => editor::CLOSE_GATES.clone(),
        Some(Open::Deadlines(_)) => editor::DEADLINES.clone(),
        Some(Open::Publish) => editor::PUBLISH_TITLE.clone(),
        Some(Open::Whole) | None => editor::WHOLE.clone(),
    });
    view! {
        <Sheet open=shown title>
            {told(desk)}
            {dynamic(move || match desk.open.get() {
                Some(Open::Whole) => sheets::whole(desk),
                Some(Open::Stage(n)) => sheets::stage(desk, n),
                Some(Open::Step(at)) => sheets::step(desk, at),
                Some(Open::Close) => super::gate::gates(desk, edit::Front::Close),
                Some(Open::Deadlines(shown)) => super::due::deadlines(desk, shown),
                Some(Open::Publish) => publish(desk),
                None => ().into_any(),
            })}
            <Show when=move || desk.open.get() != Some(Open::Publish)>
                <button type="button" class="primary" data-act="sheet-done" on:click=move |_| desk.open.set(None)>{t(&words::DONE)}</button>
            </Show>
        </Sheet>
    }
    .into_any()
}
