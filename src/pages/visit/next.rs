//! What is next, always in reach of the thumb: the next step of this stage, the next stage, or filing.

use crate::browser::{route, timers};
use crate::i18n::{t, tf, words};
use crate::route::Route;
use crate::store::session::Session;
use crate::widgets::gate::Gates;
use crate::widgets::icon::Icon;
use crate::widgets::sheet::Sheet;
use crate::widgets::step::reveal_later;
use crate::widgets::ui::Show;
use leptos::prelude::*;
use sitebook_core::ledger::State;
use sitebook_core::work::{Command, GateView, Run};

/// What is next, always at the bottom: the next step of this stage, the next stage, or filing.
#[component]
pub fn NextBar(
    /// The open visit.
    session: Session,
    /// Id of the current stage.
    current: Memo<String>,
) -> impl IntoView {
    let next = Memo::new(move |_| {
        let here = current.get();
        session
            .ask(|scope| {
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
    let closed = move || session.with(|record| record.state() == State::Closed);
    // Nothing is done with a void record any more; its head says why.
    let in_use = move || session.with(|record| !record.is_void());
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
        if asking.get() {
            gates.set(session.ask(|scope| Run::new(scope).close_gates()).unwrap_or_default());
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
        <Show when=in_use>
            <div class="primary-bar">
                <Show
                    when=move || !closed()
                    fallback=move || {
                        view! {
                            <button
                                type="button"
                                class="quiet"
                                data-act="reopen"
                                on:click=move |_| drop(session.send(Command::Reopen))
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
        </Show>
        <Sheet open=asking title=Signal::derive(move || t(&words::VISIT_MISSING)().to_owned())>
            {move || view! { <Gates session gates=gates.get()/> }}
            <button type="button" class="primary" data-act="close-again" on:click=close>{t(&words::VISIT_CLOSE)}</button>
        </Sheet>
    }
}
