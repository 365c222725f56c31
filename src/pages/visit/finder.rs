//! All steps of a visit by stage, to look over or to find one: what is done, what is open, what is locked.

use crate::browser::media;
use crate::i18n::{t, tx, words};
use crate::route::Route;
use crate::store::session::Session;
use crate::widgets::find::FindField;
use crate::widgets::icon::Icon;
use crate::widgets::step::{reveal_later, state_words};
use crate::widgets::ui::dynamic;
use leptos::prelude::*;
use sitebook_core::ids::RecordId;
use sitebook_core::search::Query;
use sitebook_core::text::Text;
use sitebook_core::work::{StepLine, StepState, Wanted, step_lines};

/// A field to type into and the steps that fit.
#[component]
pub fn Finder(
    /// The open visit.
    session: Session,
    /// Called when a step was chosen.
    found: Callback<()>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let open = RwSignal::new(false);
    let wanted = Memo::new(move |_| Wanted { query: Query::parse(&typed.get()), open: open.get() });
    let lines = Memo::new(move |_| session.ask(|scope| step_lines(scope, &wanted.get())).unwrap_or_default());
    let id = session.record().record.id.clone();
    let segment = move |only: bool, words: &'static Text| {
        view! {
            <button type="button" class="segment" aria-pressed=move || (open.get() == only).to_string() on:click=move |_| open.set(only)>
                {t(words)}
            </button>
        }
    };
    let list = dynamic(move || {
        let stages = lines.get();
        if stages.is_empty() {
            let nothing =
                if typed.with(String::is_empty) { &words::visit::NONE_OPEN } else { &words::visit::NONE_FITS };
            return view! { <p class="hint" role="status">{t(nothing)}</p> }.into_any();
        }
        let stages = stages.into_iter().map(|(title, lines)| stage_view(&id, title, lines, found)).collect_view();
        stages.into_any()
    });
    view! {
        // On a phone the keys would cover the list.
        <FindField
            label=&words::visit::FIND
            name="steps"
            typed
            typing=move |words| typed.set(words)
            focused=media::matches("(pointer: fine)")
        />
        <div class="segments" role="group" aria-label=t(&words::visit::OVERVIEW)>
            {segment(false, &words::visit::EVERY)}
            {segment(true, &words::visit::ONLY_OPEN)}
        </div>
        <div class="finder">{list}</div>
    }
}

fn stage_view(id: &RecordId, title: Text, lines: Vec<StepLine>, found: Callback<()>) -> AnyView {
    let steps = lines.into_iter().map(|line| {
        let stage = line.path.split('.').next().unwrap_or_default().to_owned();
        let (href, path) = (Route::Stage(id.clone(), stage).href(), line.path.clone());
        let go = move |_| {
            found.run(());
            reveal_later(&path);
        };
        let (icon, class) = match line.state {
            StepState::Done => ("circle-check", "finder-step is-done"),
            StepState::LeftOut => ("triangle-alert", "finder-step is-left-out"),
            StepState::Locked => ("lock", "finder-step is-locked"),
            StepState::Open | StepState::Hidden if line.blocks => ("circle-dot", "finder-step is-open"),
            StepState::Open | StepState::Hidden => ("circle", "finder-step"),
        };
        view! {
            <li>
                <a class=class href=href data-found=line.path on:click=go>
                    <Icon name=icon/>
                    <span>{tx(line.title)}</span>
                    <span class="unseen">{t(state_words(line.state))}</span>
                </a>
            </li>
        }
    });
    view! {
        <section>
            <h3>{tx(title)}</h3>
            <ul>{steps.collect_view()}</ul>
        </section>
    }
    .into_any()
}
