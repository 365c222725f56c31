//! A procedure as it will run: every step with its inputs and gates, and nothing of it is kept.

use crate::i18n::{t, tf, tx, words, words::editor};
use crate::route::{Desk as Page, Route};
use crate::store::Store;
use crate::store::session::Session;
use crate::widgets::bar::Bar;
use crate::widgets::gate::Gates;
use crate::widgets::icon::Icon;
use crate::widgets::step::StepCard;
use crate::widgets::ui::{Show, asked, dynamic};
use leptos::prelude::*;
use sitebook_core::template::{Procedure, Stage};
use sitebook_core::work::Run;
use std::sync::Arc;

/// The page.
pub fn page(store: Store, id: String) -> AnyView {
    let wanted = id.clone();
    let found = asked(move || {
        let id = wanted.clone();
        async move {
            let found = store.draft_or_latest(&id).await;
            found.map(|(procedure, _)| Arc::new(procedure)).map_err(|error| error.words())
        }
    });
    let back = Route::Desk(Page::Edit(id));
    let title = tf(move || match found.get() {
        Some(Ok(procedure)) => procedure.title.clone(),
        _ => editor::TRY.clone(),
    });
    let round = RwSignal::new(0_u32);
    view! {
        <Bar title back=Signal::derive(move || back.clone())>
            <button type="button" class="quiet icon-only" data-act="again" aria-label=t(&editor::TRY_AGAIN)
                on:click=move |_| round.update(|round| *round = round.wrapping_add(1))>
                <Icon name="rotate-ccw"/>
            </button>
        </Bar>
        <div class="page visit">
            <p class="notice is-warn"><Icon name="info"/><span>{t(&editor::TRY_HINT)}</span></p>
            {dynamic(move || match found.get() {
                None => view! { <p class="empty" role="status">{t(&words::LOADING)}</p> }.into_any(),
                Some(Err(words)) => view! { <p class="notice is-danger" role="alert">{tx(words)}</p> }.into_any(),
                Some(Ok(procedure)) => {
                    round.track();
                    all(Session::rehearse(store, procedure.clone()), &procedure)
                }
            })}
        </div>
    }
    .into_any()
}

fn all(session: Session, procedure: &Procedure) -> AnyView {
    procedure.stages.iter().cloned().map(|stage| one(session, stage)).collect_view().into_any()
}

fn one(session: Session, stage: Stage) -> AnyView {
    let id = StoredValue::new(stage.id.clone());
    let applies = Memo::new(move |_| {
        let applies = session.ask(|scope| {
            let stage = scope.procedure.stage(&id.get_value())?;
            Some(Run::new(scope).stage_applies(stage))
        });
        applies.flatten().unwrap_or(false)
    });
    let gates = Memo::new(move |_| {
        let gates = session.ask(|scope| {
            let stage = scope.procedure.stage(&id.get_value())?;
            Some(Run::new(scope).stage_gates(stage))
        });
        gates.flatten().unwrap_or_default()
    });
    let stage = StoredValue::new(stage);
    view! {
        <Show when=move || applies.get()>
            <section>
                <h2 class="stage-title">{tx(stage.with_value(|stage| stage.title.clone()))}</h2>
                {stage.with_value(|stage| stage.summary.clone()).map(|summary| view! { <p class="hint">{tx(summary)}</p> })}
                <Show when=move || { gates.with(|gates| !gates.is_empty()) }>
                    {move || view! { <Gates session gates=gates.get()/> }}
                </Show>
                <div class="steps">
                    {stage
                        .get_value()
                        .steps
                        .into_iter()
                        .map(|step| view! { <StepCard session stage=id.get_value() step/> })
                        .collect_view()}
                </div>
            </section>
        </Show>
    }
    .into_any()
}
