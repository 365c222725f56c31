//! A visit in one look: how far it is, how many steps are missing, what is due next. A tap shows all steps.

use super::finder::Finder;
use crate::browser::{clock, timers};
use crate::i18n::{t, tf, words};
use crate::store::session::Session;
use crate::widgets::icon::Icon;
use crate::widgets::sheet::Sheet;
use crate::widgets::ui::dynamic;
use leptos::prelude::*;
use sitebook_core::text::Text;
use sitebook_core::time::span_words;
use sitebook_core::work::{Due, Overview, StageStatus, deadlines};

/// What is told of a deadline is as fresh as this, in milliseconds.
const TICK: u32 = 20_000;

/// The strip at the head of a visit.
#[component]
pub fn Glance(
    /// The open visit.
    session: Session,
    /// The states of its stages.
    stages: Memo<Vec<StageStatus>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let overview = Memo::new(move |_| stages.with(|stages| Overview::of(stages)));
    let missing = tf(move || match overview.get().missing() {
        0 => words::visit::ALL_DONE.clone(),
        1 => words::visit::LEFT_ONE.clone(),
        count => words::visit::LEFT.with(&[&count.to_string()]),
    });
    view! {
        <button type="button" class="glance" data-act="overview" on:click=move |_| open.set(true)>
            <svg class="ring" viewBox="0 0 36 36" aria-hidden="true" focusable="false">
                <circle class="ring-all" cx="18" cy="18" r="15.5" pathLength="100"/>
                <circle
                    class="ring-done"
                    class:is-whole=move || overview.get().missing() == 0
                    cx="18"
                    cy="18"
                    r="15.5"
                    pathLength="100"
                    stroke-dasharray=move || format!("{} 100", overview.get().percent())
                />
                <text class="ring-words" x="18" y="18" text-anchor="middle" dominant-baseline="central">
                    {move || format!("{}%", overview.get().percent())}
                </text>
            </svg>
            <span class="glance-main">
                <strong data-missing=move || overview.get().missing()>{missing}</strong>
                <NextDue session/>
            </span>
            <Icon name="list-checks"/>
        </button>
        <Sheet open title=Signal::derive(move || t(&words::visit::OVERVIEW)().to_owned())>
            <Finder session found=Callback::new(move |()| open.set(false))/>
        </Sheet>
    }
}

/// The nearest deadline that has no running clock of its own.
#[component]
fn NextDue(
    /// The open visit.
    session: Session,
) -> impl IntoView {
    let now = RwSignal::new(clock::now_ms());
    let ticking = StoredValue::new_local(timers::every(TICK, move || now.set(clock::now_ms())));
    on_cleanup(move || ticking.dispose());
    let due = Memo::new(move |_| {
        let nearest = |dues: Vec<Due>| dues.into_iter().filter(|due| !due.clock).min_by_key(|due| due.at);
        session.ask(|scope| nearest(deadlines(scope))).flatten()
    });
    let words = move |due: &Due| -> Text {
        let left = due.at - now.get();
        let words = if left < 0 { &words::visit::DUE_LATE } else { &words::visit::DUE };
        words.with_texts(&[&due.title, &span_words(left.abs())])
    };
    dynamic(move || match due.get() {
        Some(due) => {
            let at = due.at;
            let late = move || now.get() > at;
            view! { <span class="hint" class:is-late=late>{tf(move || words(&due))}</span> }.into_any()
        }
        None => view! { <span class="hint">{t(&words::visit::NO_DUE)}</span> }.into_any(),
    })
}
