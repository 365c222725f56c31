//! Where am I, and how long until the deadline: the stage bar and the running clocks.

use crate::browser::{clock, timers};
use crate::i18n::{t, tf, tx, words};
use crate::route::Route;
use crate::store::session::Session;
use crate::widgets::icon::Icon;
use crate::widgets::step::reveal_later;
use leptos::prelude::*;
use sitebook_core::ids::RecordId;
use sitebook_core::template::Stage;
use sitebook_core::time::span_words;
use sitebook_core::work::{Due, StageStatus, deadlines};

/// All stages with their progress, the current one in view.
#[component]
pub fn StageBar(
    /// Stages of the procedure.
    stages: StoredValue<Vec<Stage>>,
    /// Their states.
    states: Memo<Vec<StageStatus>>,
    /// Id of the current stage.
    current: Memo<String>,
    /// The visit.
    id: RecordId,
) -> impl IntoView {
    let items = stages
        .get_value()
        .into_iter()
        .enumerate()
        .map(|(place, stage)| {
            let stage_id = StoredValue::new(stage.id.clone());
            let status = Memo::new(move |_| states.with(|states| states.get(place).cloned()));
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
pub fn Clocks(
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
