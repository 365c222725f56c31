//! What a step asks for and nobody has set: a reminder that would never come, a calendar that nobody filled in. Each
//! leads to where it is set. It must not know why it is asked for.

use super::gate::place_href;
use super::icon::Icon;
use super::ui::Show;
use crate::i18n::tx;
use crate::store::session::Session;
use leptos::prelude::*;
use sitebook_core::work::{Need, blanks};

/// The blanks of a step.
#[component]
pub fn Blanks(
    /// The open visit.
    session: Session,
    /// `stage.step`.
    path: StoredValue<String>,
) -> impl IntoView {
    let found =
        Memo::new(move |_| session.ask(|scope| path.with_value(|path| blanks(path, scope))).unwrap_or_default());
    let line = move |need: Need| {
        let words = tx(need.words);
        // What is only tried out has no other page to go to.
        match need.place.filter(|_| !session.is_rehearsal()) {
            Some(place) => view! {
                <li>
                    <a href=place_href(session, &place) data-blank=place>
                        {words}
                        <Icon name="chevron-right"/>
                    </a>
                </li>
            }
            .into_any(),
            None => view! { <li>{words}</li> }.into_any(),
        }
    };
    view! {
        <Show when=move || found.with(|found| !found.is_empty())>
            <div class="notice">
                <Icon name="info"/>
                <div>
                    <ul class="gate-needs">{move || found.get().into_iter().map(line).collect_view()}</ul>
                </div>
            </div>
        </Show>
    }
}
