//! A gate that is not passed: what it needs, where to go, and the override with reason and approver.

use crate::i18n::{lang, t, tx, words};
use crate::route::Route;
use crate::store::session::Session;
use crate::widgets::icon::Icon;
use crate::widgets::sheet::Sheet;
use crate::widgets::ui::Trouble;
use leptos::prelude::*;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;
use sitebook_core::text::Text;
use sitebook_core::work::{Command, GateView, Target};

/// The address of the step or stage that a key belongs to.
pub fn place_href(session: Session, place: &str) -> String {
    if place.starts_with("limit.") {
        return Route::Limits.href();
    }
    if place.starts_with("customer.") {
        let customer = session.record().around.customer.as_ref().map(|customer| customer.id.clone());
        return customer.map_or(Route::Work, |customer| Route::Show(RecordKind::Customer, customer)).href();
    }
    if place.starts_with("run:") {
        let order = session.with(|record| record.text("visit.order").and_then(RecordId::parse));
        return order.map_or(Route::Work, |order| Route::Show(RecordKind::Order, order)).href();
    }
    let stage = place.split('.').next().unwrap_or(place);
    Route::Stage(session.record().record.id.clone(), stage.to_owned()).href()
}

/// The DOM id of a step's card.
pub fn step_anchor(path: &str) -> String {
    format!("step-{}", path.replace('.', "-"))
}

/// The gates in front of something.
#[component]
pub fn Gates(
    /// The open visit.
    session: Session,
    /// Gates that are not passed.
    gates: Vec<GateView>,
) -> impl IntoView {
    let list = gates
        .into_iter()
        .map(|gate| {
            let asking = RwSignal::new(false);
            let target = Target::parse(&gate.target);
            let needs = gate
                .needs
                .iter()
                .map(|need| {
                    let words = tx(need.words.clone());
                    // What is only tried out has no other page to go to.
                    match need.place.as_ref().filter(|_| !session.is_rehearsal()) {
                        Some(place) => {
                            let href = place_href(session, place);
                            let jump = place.clone();
                            view! {
                                <li>
                                    <a
                                        href=href
                                        on:click=move |_| crate::widgets::step::reveal_later(&jump)
                                    >
                                        {words}
                                        <Icon name="chevron-right"/>
                                    </a>
                                </li>
                            }
                            .into_any()
                        }
                        None => view! { <li>{words}</li> }.into_any(),
                    }
                })
                .collect_view();
            view! {
                <div class="gate" role="group" aria-label=tx(gate.text.clone()) data-gate=gate.target.clone()>
                    <p class="gate-text">
                        <Icon name="lock"/>
                        <span>
                            {t(&words::GATE_NEEDS)} {tx(gate.text.clone())} " "
                            <span class="clause">{gate.clause.clone()}</span>
                        </span>
                    </p>
                    <ul class="gate-needs">{needs}</ul>
                    {target
                        .map(|target| {
                            view! {
                                <button type="button" class="quiet" data-act="override" on:click=move |_| asking.set(true)>
                                    {t(&words::GATE_OVERRIDE)}
                                </button>
                                <OverrideSheet session open=asking target what=gate.text.clone()/>
                            }
                        })}
                </div>
            }
        })
        .collect_view();
    view! { <div class="gates">{list}</div> }
}

/// Asks for reason and approver.
#[component]
pub fn OverrideSheet(
    /// The open visit.
    session: Session,
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// What is overridden.
    target: Target,
    /// What is overridden, in words.
    what: Text,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let approver = RwSignal::new(String::new());
    let refusal = RwSignal::new(None::<Text>);
    let speech = lang();
    let confirm = move || {
        let (reason, approver) = (reason.get_untracked(), approver.get_untracked());
        match session.send(Command::Override { target: target.clone(), reason, approver }) {
            Ok(()) => open.set(false),
            Err(refused) => refusal.set(Some(refused.words())),
        }
    };
    let confirm = StoredValue::new(confirm);
    let what = StoredValue::new(what);
    view! {
        <Sheet open title=Signal::derive(move || t(&words::OVERRIDE_TITLE)().to_owned())>
            <form
                class="stack"
                on:submit=move |event| {
                    event.prevent_default();
                    confirm.with_value(|confirm| confirm());
                }
            >
                <p class="quote">{move || what.with_value(|what| what.get(speech.get()).to_owned())}</p>
                <p class="hint">{t(&words::OVERRIDE_NOTE)}</p>
                <label>
                    <span>{t(&words::OVERRIDE_REASON)}</span>
                    <textarea
                        rows="2"
                        name="reason"
                        prop:value=move || reason.get()
                        on:input=move |event| reason.set(event_target_value(&event))
                    ></textarea>
                </label>
                <label>
                    <span>{t(&words::OVERRIDE_APPROVER)}</span>
                    <input
                        type="text"
                        name="approver"
                        autocomplete="off"
                        prop:value=move || approver.get()
                        on:input=move |event| approver.set(event_target_value(&event))
                    />
                </label>
                <Trouble words=refusal/>
                <div class="actions">
                    <button type="button" class="quiet" on:click=move |_| open.set(false)>{t(&words::CANCEL)}</button>
                    <button type="submit" class="warn">{t(&words::OVERRIDE_CONFIRM)}</button>
                </div>
            </form>
        </Sheet>
    }
}
