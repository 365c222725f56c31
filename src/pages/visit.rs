//! A visit: where am I, what is next, what is missing. One stage at a time, the next step in reach of the thumb.

use crate::browser::{clock, files, route, timers};
use crate::i18n::{lang, t, tf, tx, words};
use crate::route::Route;
use crate::store::session::Session;
use crate::store::Store;
use crate::widgets::bar::Bar;
use crate::widgets::gate::Gates;
use crate::widgets::icon::Icon;
use crate::widgets::save::{SaveBadge, SaveTrouble};
use crate::widgets::sheet::Sheet;
use crate::widgets::step::{StepCard, reveal_later};
use crate::widgets::void::{VoidSheet, VoidWith};
use crate::widgets::ui::Show;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{RecordKind, State};
use sitebook_core::template::Stage;
use sitebook_core::text::Text;
use sitebook_core::time::span_words;
use std::sync::Arc;
use sitebook_core::work::{Command, Due, GateView, Run, StageStatus, deadlines};

/// Opens a visit and hands it to the screen that needs it.
#[component]
pub fn WithVisit(
    /// The visit.
    id: RecordId,
    /// What to show once it is open.
    children: std::sync::Arc<dyn Fn(Session) -> AnyView + Send + Sync>,
) -> impl IntoView {
    let store = Store::here();
    let opened = RwSignal::new(None::<Result<Session, Text>>);
    let owner = Owner::current();
    spawn_local(async move {
        let result = match store.view(&id).await {
            Ok(Some(view)) if view.procedure.is_some() => {
                let open = || Session::open(store, view);
                Ok(match owner {
                    Some(owner) => owner.with(open),
                    None => open(),
                })
            }
            Ok(Some(_)) => Err(words::VISIT_NO_PROCEDURE.clone()),
            Ok(None) => Err(words::VISIT_NOT_FOUND.clone()),
            Err(error) => Err(error.words()),
        };
        let _ = opened.try_set(Some(result));
    });
    move || match opened.get() {
        None => view! { <p class="page empty" role="status">{t(&words::LOADING)}</p> }.into_any(),
        Some(Ok(session)) => children(session),
        Some(Err(words)) => view! {
            <Bar title=Signal::derive(move || t(&words::KIND_VISIT)().to_owned()) back=Signal::derive(|| Route::Today)/>
            <p class="page empty" role="alert">{tx(words)}</p>
        }
        .into_any(),
    }
}

/// The visit page, at the given stage or at the one that is next.
#[component]
pub fn Visit(
    /// The open visit.
    session: Session,
    /// Stage named by the address.
    #[prop(into)]
    at: Signal<Option<String>>,
) -> impl IntoView {
    let id = session.record().record.id.clone();
    let first_next = session.ask(|scope| Run::new(scope).next().map(|(stage, _)| stage.id.clone())).flatten();
    let stages: Vec<Stage> = session.record().procedure.as_ref().map(|p| p.stages.clone()).unwrap_or_default();
    let last = stages.last().map(|stage| stage.id.clone()).unwrap_or_default();
    let known: Vec<String> = stages.iter().map(|stage| stage.id.clone()).collect();
    let current = Memo::new(move |_| match at.get() {
        Some(stage) if known.contains(&stage) => stage,
        _ => first_next.clone().unwrap_or_else(|| last.clone()),
    });
    let number = session.record().record.number().unwrap_or_default().to_owned();
    let menu = RwSignal::new(false);
    let stages = StoredValue::new(stages);
    let stage_now = move || stages.with_value(|all| all.iter().find(|s| current.with(|now| s.id == *now)).cloned());
    view! {
        <Bar title=Signal::derive(move || number.clone()) back=Signal::derive(|| Route::Today)>
            <SaveBadge session/>
            <button type="button" class="quiet icon-only" data-act="menu" aria-label=t(&words::NAV_MORE) on:click=move |_| menu.set(true)>
                <Icon name="file-text"/>
            </button>
        </Bar>
        <StageBar session stages current id=id.clone()/>
        <SaveTrouble session/>
        <Clocks session/>
        <div class="page has-primary visit">
            <VisitHead session/>
            {move || stage_now().map(|stage| view! { <StageView session stage/> })}
        </div>
        <NextBar session current/>
        <VisitMenu session open=menu id/>
    }
}

/// Who and where, at the top of each stage.
#[component]
fn VisitHead(
    /// The open visit.
    session: Session,
) -> impl IntoView {
    let part = move |key: &'static str| {
        let words = session.ask(|scope| scope.value(key).and_then(|value| value.as_text().map(str::to_owned)));
        words.flatten().unwrap_or_default()
    };
    let closed = move || session.with(|record| record.state() == State::Closed);
    let void = move || session.with(sitebook_core::ledger::Record::is_void);
    view! {
        <p class="visit-head">
            <strong>{move || part("customer.name")}</strong>
            " "
            <span>{move || part("site.name")}</span>
            " "
            <Show when=closed>
                <span class="tag is-strong">{t(&words::VISIT_CLOSED)}</span>
            </Show>
            <Show when=void>
                <span class="tag is-strong">{t(&words::WORK_VOID)}</span>
            </Show>
        </p>
    }
}

/// All stages with their progress, the current one in view.
#[component]
fn StageBar(
    /// The open visit.
    session: Session,
    /// Stages of the procedure.
    stages: StoredValue<Vec<Stage>>,
    /// Id of the current stage.
    current: Memo<String>,
    /// The visit.
    id: RecordId,
) -> impl IntoView {
    let items = stages
        .get_value()
        .into_iter()
        .map(|stage| {
            let stage_id = StoredValue::new(stage.id.clone());
            let status = Memo::new(move |_| {
                session.ask(|scope| {
                    let stage = scope.procedure.stage(&stage_id.get_value())?;
                    Some(Run::new(scope).stage(stage))
                })
                .flatten()
            });
            let hidden = move || status.with(|status| status.as_ref().is_none_or(|status| status.hidden));
            let here = move || current.with(|now| stage_id.with_value(|id| id == now));
            let class = move || {
                let state = status.with(|status| match status {
                    Some(status) if status.total > 0 && status.is_complete() => "is-complete",
                    Some(status) if status.done > 0 => "is-begun",
                    _ => "",
                });
                format!("stage-chip {state}")
            };
            let count = move || {
                status.with(|status| status.as_ref().map(|StageStatus { done, total, .. }| format!("{done}/{total}")))
            };
            let href = Route::Stage(id.clone(), stage.id.clone()).href();
            let anchor = format!("stage-{}", stage.id);
            let title = StoredValue::new(stage.title);
            Effect::new(move |_| {
                if here() {
                    let anchor = format!("stage-{}", stage_id.get_value());
                    timers::after_paint(move || crate::browser::layout::center(&anchor));
                }
            });
            view! {
                <li id=anchor hidden=hidden>
                    <a class=class href=href.clone() aria-current=move || here().then_some("step")>
                        <span>{tx(title.get_value())}</span>
                        <span class="stage-count">{count}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="stage-bar" aria-label=t(&words::VISIT_STAGES)>
            <ol>{items}</ol>
        </nav>
    }
}

/// Deadlines that run by the minute.
#[component]
fn Clocks(
    /// The open visit.
    session: Session,
) -> impl IntoView {
    let now = RwSignal::new(clock::now_ms());
    let ticking = StoredValue::new_local(timers::every(1_000, move || now.set(clock::now_ms())));
    on_cleanup(move || ticking.dispose());
    let dues = Memo::new(move |_| {
        let dues = session.ask(|scope| deadlines(scope).into_iter().filter(|due| due.clock).collect::<Vec<Due>>());
        dues.unwrap_or_default()
    });
    view! {
        <For each=move || dues.get() key=|due| (due.id.clone(), due.at) let:due>
            {
                let (at, step) = (due.at, due.step.clone());
                let stage = step.split('.').next().unwrap_or("").to_owned();
                let id = session.record().record.id.clone();
                let late = move || now.get() > at;
                let left = tf(move || {
                    let left = at - now.get();
                    let words = if left < 0 { &words::TODAY_OVERDUE } else { &words::TODAY_LEFT };
                    let seconds = left.unsigned_abs() / 1000;
                    if seconds < 3600 {
                        words.with(&[&format!("{:02}:{:02}", seconds / 60, seconds % 60)])
                    } else {
                        words.with_texts(&[&span_words(left.abs())])
                    }
                });
                view! {
                    <a
                        class="clock"
                        class:is-late=late
                        href=Route::Stage(id, stage).href()
                        role="timer"
                        data-clock=due.id.clone()
                        on:click=move |_| reveal_later(&step)
                    >
                        <Icon name="timer"/>
                        <strong>{tx(due.title.clone())}</strong>
                        <span class="clock-left">{left}</span>
                        <span class="clause">{due.clause.clone()}</span>
                    </a>
                }
            }
        </For>
    }
}

/// One stage: its gates and its steps.
#[component]
fn StageView(
    /// The open visit.
    session: Session,
    /// The stage.
    stage: Stage,
) -> impl IntoView {
    let id = stage.id.clone();
    let gates = Memo::new(move |_| {
        let gates = session.ask(|scope| {
            let stage = scope.procedure.stage(&id)?;
            Some(Run::new(scope).stage_gates(stage))
        });
        gates.flatten().unwrap_or_default()
    });
    let steps = stage
        .steps
        .into_iter()
        .map(|step| view! { <StepCard session stage=stage.id.clone() step/> })
        .collect_view();
    view! {
        <h2 class="stage-title">{tx(stage.title)}</h2>
        {stage.summary.map(|summary| view! { <p class="hint">{tx(summary)}</p> })}
        <Show when=move || { gates.with(|gates| !gates.is_empty()) }>
            {move || view! { <Gates session gates=gates.get()/> }}
        </Show>
        <div class="steps">{steps}</div>
    }
}

/// What is next, always at the bottom: the next step of this stage, the next stage, or filing.
#[component]
fn NextBar(
    /// The open visit.
    session: Session,
    /// Id of the current stage.
    current: Memo<String>,
) -> impl IntoView {
    let next = Memo::new(move |_| {
        let here = current.get();
        session.ask(|scope| {
            let run = Run::new(scope);
            let stage = scope.procedure.stage(&here)?;
            let in_stage = stage.steps.iter().find(|step| run.step(stage, step).blocks());
            if let Some(step) = in_stage {
                return Some((here.clone(), Some(step.id.clone()), step.title.clone()));
            }
            let after = scope.procedure.stages.iter().skip_while(|other| other.id != here).skip(1);
            let stage = after.into_iter().find(|stage| run.stage_applies(stage) && !stage.steps.is_empty());
            stage.map(|stage| (stage.id.clone(), None, stage.title.clone()))
        })
        .flatten()
    });
    let closed = move || session.with(|record| record.state() == State::Closed || record.is_void());
    let gates = RwSignal::new(Vec::<GateView>::new());
    let asking = RwSignal::new(false);
    let close = move |_| match session.send(Command::Close) {
        Ok(()) => asking.set(false),
        Err(sitebook_core::work::Refusal::Gates(unmet)) => {
            gates.set(unmet);
            asking.set(true);
        }
        Err(_) => {}
    };
    // Overrides given in the sheet change what is still missing.
    Effect::new(move |_| {
        let unmet = session.ask(|scope| Run::new(scope).close_gates()).unwrap_or_default();
        if asking.get_untracked() {
            gates.set(unmet);
        }
    });
    let go = move |_| {
        if let Some((stage, step, _)) = next.get_untracked() {
            let id = session.record().record.id.clone();
            match step {
                Some(step) => reveal_later(&format!("{stage}.{step}")),
                None => {
                    route::replace(&Route::Stage(id, stage).href());
                    timers::after_paint(route::focus_main);
                }
            }
        }
    };
    let words = tf(move || match next.get() {
        Some((_, Some(_), title)) => words::VISIT_NEXT.with_texts(&[&title]),
        Some((_, None, title)) => words::VISIT_NEXT_STAGE.with_texts(&[&title]),
        None => words::VISIT_CLOSE.clone(),
    });
    view! {
        <div class="primary-bar">
            <Show
                when=move || !closed()
                fallback=move || {
                    view! {
                        <button
                            type="button"
                            class="quiet"
                            data-act="reopen"
                            on:click=move |_| {
                                // A void record refuses; its banner says why.
                                let _ = session.send(Command::Reopen);
                            }
                        >
                            {t(&words::VISIT_REOPEN)}
                        </button>
                    }
                }
            >
                <Show
                    when=move || next.get().is_some()
                    fallback=move || {
                        view! {
                            <button type="button" class="primary" data-act="close" on:click=close>
                                <Icon name="check"/>
                                {t(&words::VISIT_CLOSE)}
                            </button>
                        }
                    }
                >
                    <button type="button" class="primary" data-act="next" on:click=go>
                        {words}
                        <Icon name="chevron-right"/>
                    </button>
                </Show>
            </Show>
        </div>
        <Sheet open=asking title=Signal::derive(move || t(&words::VISIT_MISSING)().to_owned())>
            {move || view! { <Gates session gates=gates.get()/> }}
            <button type="button" class="primary" data-act="close-again" on:click=close>{t(&words::VISIT_CLOSE)}</button>
        </Sheet>
    }
}

/// Forms, export, history, the work order.
#[component]
fn VisitMenu(
    /// The open visit.
    session: Session,
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// The visit.
    id: RecordId,
) -> impl IntoView {
    let told = RwSignal::new(None::<Text>);
    let speech = lang();
    let this = StoredValue::new(id);
    let export = move |_| {
        spawn_local(async move {
            let store = session.store();
            let words = match store.export_visit(&this.get_value(), &store.profile.now()).await {
                Ok(made) => {
                    let saved = files::save(&made.name, "application/json", &made.bytes);
                    match (saved, made.missing) {
                        (Err(error), _) => error.words(),
                        (Ok(()), 0) => words::EXPORT_DONE.with(&[&made.name]),
                        (Ok(()), missing) => words::EXPORT_MISSING.with(&[&missing.to_string()]),
                    }
                }
                Err(error) => error.words(),
            };
            let _ = told.try_set(Some(words));
        });
    };
    let share = move |_| {
        spawn_local(async move {
            let store = session.store();
            let words = match store.export_visit(&this.get_value(), &store.profile.now()).await {
                Ok(made) => match files::share(&made.name, "application/json", &made.bytes, &made.name).await {
                    Ok(_) => None,
                    Err(error) => Some(error.words()),
                },
                Err(error) => Some(error.words()),
            };
            let _ = told.try_set(words);
        });
    };
    let voiding = RwSignal::new(false);
    let void: VoidWith = Arc::new(move |reason, trouble, open| match session.send(Command::Void { reason }) {
        Ok(()) => open.set(false),
        Err(refused) => trouble.set(Some(refused.words())),
    });
    let is_void = move || session.with(sitebook_core::ledger::Record::is_void);
    let order = move || session.with(|record| record.text("visit.order").and_then(RecordId::parse));
    view! {
        <VoidSheet open=voiding act=void/>
        <Sheet open title=Signal::derive(move || t(&words::KIND_VISIT)().to_owned())>
            <ul class="menu">
                <li>
                    <a href=Route::Forms(this.get_value()).href() data-act="forms">
                        <Icon name="printer"/>
                        {t(&words::VISIT_FORMS)}
                    </a>
                </li>
                <li>
                    <button type="button" data-act="export" on:click=export>
                        <Icon name="download"/>
                        {t(&words::VISIT_EXPORT)}
                    </button>
                </li>
                <Show when=files::can_share>
                    <li>
                        <button type="button" data-act="share" on:click=share>
                            <Icon name="share-2"/>
                            {t(&words::VISIT_SHARE)}
                        </button>
                    </li>
                </Show>
                <li>
                    <a href=Route::History(this.get_value()).href()>
                        <Icon name="history"/>
                        {t(&words::VISIT_HISTORY)}
                    </a>
                </li>
                {move || {
                    order()
                        .map(|order| {
                            view! {
                                <li>
                                    <a href=Route::Show(RecordKind::Order, order).href()>
                                        <Icon name="clipboard-list"/>
                                        {t(&words::WORK_TITLE)}
                                    </a>
                                </li>
                            }
                        })
                }}
                <Show when=move || !is_void()>
                    <li>
                        <button
                            type="button"
                            data-act="void"
                            on:click=move |_| {
                                open.set(false);
                                voiding.set(true);
                            }
                        >
                            <Icon name="ban"/>
                            {t(&words::VOID)}
                        </button>
                    </li>
                </Show>
            </ul>
            <p class="hint" role="status">{move || told.get().map(|words| words.get(speech.get()).to_owned())}</p>
        </Sheet>
    }
}
