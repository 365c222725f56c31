//! A step of a visit: what to do, why (the clause), what it captures, and what keeps it closed.

use super::blanks::Blanks;
use super::capture::{CaptureView, Ctx};
use super::conflict::{mark, of_visit};
use super::gate::{Gates, OverrideSheet, step_anchor};
use crate::browser::{layout, route, timers};
use crate::i18n::{t, tf, tx, words};
use crate::route::Route;
use crate::store::runs::Cause;
use crate::store::session::Session;
use crate::widgets::guidance::StepGuidance;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, Trouble};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{FactKind, RecordKind};
use sitebook_core::template::{Level, Step};
use sitebook_core::text::Text;
use sitebook_core::work::{Conflict, GateView, Reach, Run, StepState, StepStatus, Target, holds};

/// Brings the step of a key into view once the page has drawn it: a visit that is still being read, or a step far
/// down, takes a few paints.
pub fn reveal_later(key: &str) {
    const PATIENCE: u32 = 60;
    fn try_again(anchor: String, left: u32) {
        timers::after_paint(move || {
            if layout::has(&anchor) {
                layout::reveal(&anchor);
            } else if left > 0 {
                try_again(anchor, left - 1);
            }
        });
    }
    let path: Vec<&str> = key.splitn(3, '.').take(2).collect();
    try_again(step_anchor(&path.join(".")), PATIENCE);
}

/// A step's card. Done steps fold to one line; a tap opens them again.
#[component]
pub fn StepCard(
    /// The open visit.
    session: Session,
    /// Id of its stage.
    stage: String,
    /// Definition.
    step: Step,
) -> impl IntoView {
    let path = format!("{stage}.{}", step.id);
    let reach = session.ask(|scope| Some(Reach::of_step(scope.procedure, scope.procedure.stage(&stage)?, &step)));
    let session = reach.flatten().map_or(session, |reach| session.within(reach));
    let status = {
        let (stage, step) = (stage, step.id.clone());
        Memo::new(move |_| {
            session
                .ask(|scope| {
                    let stage = scope.procedure.stage(&stage)?;
                    let step = stage.steps.iter().find(|candidate| candidate.id == step)?;
                    Some(Run::new(scope).step(stage, step))
                })
                .flatten()
        })
    };
    let state = Memo::new(move |_| status.with(|status| status.as_ref().map_or(StepState::Hidden, |s| s.state)));
    let step = StoredValue::new(step);
    let path = StoredValue::new(path);
    view! {
        <Show when=move || state.get() != StepState::Hidden>
            <Card session step path status state/>
        </Show>
    }
}

fn level_words(level: Level) -> &'static Text {
    match level {
        Level::Must => &words::STEP_MUST,
        Level::Should => &words::STEP_SHOULD,
        Level::MustNot => &words::STEP_MUST_NOT,
    }
}

/// Where a step stands, in a word.
pub fn state_words(state: StepState) -> &'static Text {
    match state {
        StepState::Done => &words::STEP_DONE,
        StepState::LeftOut => &words::STEP_LEFT_OUT,
        StepState::Locked => &words::STEP_LOCKED,
        StepState::Open | StepState::Hidden => &words::STEP_OPEN,
    }
}

#[component]
fn Card(
    /// The open visit.
    session: Session,
    /// Definition.
    step: StoredValue<Step>,
    /// `stage.step`.
    path: StoredValue<String>,
    /// Its status.
    status: Memo<Option<StepStatus>>,
    /// Its state.
    state: Memo<StepState>,
) -> impl IntoView {
    let definition = step.get_value();
    // A step that is done when the page opens is folded; one that becomes done while the user works on it stays
    // open, so that nothing jumps away under the thumb.
    let torn = Memo::new(move |_| {
        let here = |conflict: &Conflict| path.with_value(|path| conflict.step().as_ref() == Some(path));
        of_visit(session).iter().any(here)
    });
    let done = matches!(state.get_untracked(), StepState::Done | StepState::LeftOut);
    let unfolded = RwSignal::new(!done || torn.get_untracked());
    let icon = Signal::derive(move || match state.get() {
        StepState::Done => "circle-check",
        StepState::LeftOut => "triangle-alert",
        StepState::Locked => "lock",
        StepState::Open | StepState::Hidden => match step.with_value(|step| step.level) {
            Level::MustNot => "ban",
            Level::Must | Level::Should => "circle",
        },
    });
    let class = move || {
        let state = match state.get() {
            StepState::Done => "is-done",
            StepState::LeftOut => "is-left-out",
            StepState::Locked => "is-locked",
            StepState::Open | StepState::Hidden => "is-open",
        };
        let level = match step.with_value(|step| step.level) {
            Level::Must => "",
            Level::Should => " is-should",
            Level::MustNot => " is-must-not",
        };
        format!("step {state}{level}")
    };
    let anchor = step_anchor(&path.get_value());
    let body = format!("{anchor}-body");
    let title_id = format!("{anchor}-title");
    let named_by = title_id.clone();
    let controls = body.clone();
    let level = definition.level;
    view! {
        <section class=class id=anchor role="group" aria-labelledby=named_by data-step=path.get_value()>
            <h3 class="step-head">
                <button
                    type="button"
                    class="step-toggle"
                    aria-expanded=move || unfolded.get().to_string()
                    aria-controls=controls
                    on:click=move |_| unfolded.update(|open| *open = !*open)
                >
                    <Icon name=icon/>
                    <span class="step-title" id=title_id>{tx(definition.title.clone())}</span>
                    <span class="unseen">{move || t(state_words(state.get()))()}</span>
                    {move || torn.get().then(|| mark(1))}
                    <Icon name="chevron-down"/>
                </button>
            </h3>
            <Show when=move || unfolded.get()>
                <div class="step-body" id=body.clone()>
                    <p class="step-meta">
                        <span class="tag" class:is-strong=level != Level::Should>{t(level_words(level))}</span>
                        <span class="clause">{step.with_value(|step| step.clause.clone())}</span>
                    </p>
                    {step.with_value(|step| step.help.clone()).map(|help| view! { <p class="help">{tx(help)}</p> })}
                    <Body session step path status state/>
                </div>
            </Show>
        </section>
    }
}

/// Procedures that the step offers to go on with, under the same work order.
#[component]
fn Starts(
    /// The open visit.
    session: Session,
    /// Definition.
    step: StoredValue<Step>,
) -> impl IntoView {
    let store = session.store();
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<Text>);
    let begin = move |procedure: String| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let record = session.record();
        let order = record.record.text("visit.order").and_then(RecordId::parse);
        let cause = Cause { order, from: Some(record.record.id.clone()) };
        spawn_local(async move {
            match store.begin_run(&procedure, cause).await {
                Ok(id) => route::set(&Route::Show(RecordKind::Visit, id).href()),
                Err(error) => drop(trouble.try_set(Some(error.words()))),
            }
            let _ = busy.try_set(false);
        });
    };
    let offered = Memo::new(move |_| {
        let starts = step.with_value(|step| if session.is_rehearsal() { Vec::new() } else { step.starts.clone() });
        session
            .ask(|scope| {
                let shown = starts.into_iter().filter(|one| one.when.as_ref().is_none_or(|when| holds(when, scope)));
                let titled = shown.filter_map(|one| {
                    let title = scope.library.catalogue.get(&one.procedure).map(|line| line.title.clone());
                    Some((one.procedure, one.text.or(title)?))
                });
                titled.collect::<Vec<_>>()
            })
            .unwrap_or_default()
    });
    view! {
        <Show when=move || { offered.with(|offered| !offered.is_empty()) }>
            <div class="starts">
                <p class="hint">{t(&words::STARTS)}</p>
                {move || {
                    offered
                        .get()
                        .into_iter()
                        .map(|(procedure, title)| {
                            let id = procedure.clone();
                            view! {
                                <button type="button" class="chip" data-starts=id on:click=move |_| begin(procedure.clone())>
                                    <Icon name="plus"/>
                                    {tx(title)}
                                </button>
                            }
                        })
                        .collect_view()
                }}
            </div>
        </Show>
        <Trouble words=trouble/>
    }
}

#[component]
fn Body(
    /// The open visit.
    session: Session,
    /// Definition.
    step: StoredValue<Step>,
    /// `stage.step`.
    path: StoredValue<String>,
    /// Its status.
    status: Memo<Option<StepStatus>>,
    /// Its state.
    state: Memo<StepState>,
) -> impl IntoView {
    // The gates of the stage stand once, at its head; here only those of the step itself.
    let own = |gate: &GateView| matches!(Target::parse(&gate.target), Some(Target::StepGate { .. }));
    let locked_by = Memo::new(move |_| {
        status.with(|status| {
            let gates = status.iter().flat_map(|status| &status.locked_by);
            gates.filter(|gate| own(gate)).cloned().collect::<Vec<_>>()
        })
    });
    let leaving_out = RwSignal::new(false);
    // Few steps are left out: the sheet is made when the first is, and then stays.
    let asked_for = Memo::new(move |before: Option<&bool>| leaving_out.get() || before.copied().unwrap_or(false));
    let can_leave_out =
        move || status.with(|status| status.as_ref().is_some_and(StepStatus::blocks)) && state.get() == StepState::Open;
    let captures = move || {
        step.get_value()
            .captures
            .into_iter()
            .map(|capture| {
                let key = format!("{}.{}", path.get_value(), capture.id);
                view! { <CaptureView ctx=Ctx::new(session, key, capture)/> }
            })
            .collect_view()
    };
    let guidance = move || {
        let moments = step.with_value(|step| step.guidance.clone());
        (!moments.is_empty()).then(|| view! { <StepGuidance session path=path.get_value() moments/> })
    };
    let overridden = Memo::new(move |_| {
        let target = Target::Step { path: path.get_value() }.to_string();
        session.with(|record| {
            record.override_of(&target).and_then(|fact| match &fact.kind {
                FactKind::Override { reason, approver } => Some((reason.clone(), approver.clone())),
                _ => None,
            })
        })
    });
    view! {
        <Show
            when=move || state.get() != StepState::Locked
            fallback=move || {
                view! {
                    <Show
                        when=move || locked_by.with(|gates| !gates.is_empty())
                        fallback=move || view! { <p class="hint">{t(&words::STEP_LOCKED_ABOVE)}</p> }
                    >
                        {move || view! { <Gates session gates=locked_by.get()/> }}
                    </Show>
                }
            }
        >
            <Show when=move || state.get() == StepState::Open>
                <Blanks session path/>
            </Show>
            {guidance()}
            {captures()}
            <Starts session step/>
            <Show when=move || overridden.get().is_some()>
                <p class="notice is-warn">
                    <Icon name="triangle-alert"/>
                    <span>
                        {tf(move || {
                            let (reason, approver) = overridden.get().unwrap_or_default();
                            words::OVERRIDE_BY.with(&[&reason, &approver])
                        })}
                    </span>
                </p>
            </Show>
            <Show when=can_leave_out>
                <button type="button" class="link" data-act="leave-out" on:click=move |_| leaving_out.set(true)>
                    {t(&words::STEP_LEAVE_OUT)}
                </button>
            </Show>
            <Show when=move || asked_for.get()>
                <OverrideSheet
                    session
                    open=leaving_out
                    target=Target::Step { path: path.get_value() }
                    what=step.with_value(|step| step.title.clone())
                />
            </Show>
        </Show>
    }
}
