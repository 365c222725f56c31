//! Beside a visit, where the screen is wide: all its steps, or a form as it would print now.

use super::finder::Finder;
use crate::browser::media;
use crate::i18n::{t, tx, words};
use crate::later;
use crate::store::session::Session;
use crate::widgets::bar::InPane;
use crate::widgets::ui::{Show, dynamic};
use leptos::prelude::*;
use sitebook_core::print::forms_of;
use sitebook_core::text::Text;

/// Room for the steps and for something beside them.
const WIDE: &str = "(min-width: 75rem)";

/// Nothing on a phone.
#[component]
pub fn Beside(
    /// The open visit.
    session: Session,
) -> impl IntoView {
    if use_context::<InPane>().is_some() {
        // A list stands beside it already.
        return ().into_any();
    }
    let wide = RwSignal::new(media::matches(WIDE));
    let watching = StoredValue::new_local(media::on_change(WIDE, move |is_wide| wide.set(is_wide)));
    on_cleanup(move || watching.dispose());
    view! {
        <Show when=move || wide.get()>
            <Panel session/>
        </Show>
    }
    .into_any()
}

#[component]
fn Panel(
    /// The open visit.
    session: Session,
) -> impl IntoView {
    let preview = RwSignal::new(false);
    let segment = move |on: bool, act: &'static str, words: &'static Text| {
        view! {
            <button type="button" class="segment" data-act=act aria-pressed=move || (preview.get() == on).to_string() on:click=move |_| preview.set(on)>
                {t(words)}
            </button>
        }
    };
    view! {
        <aside class="beside" aria-label=t(&words::visit::OVERVIEW)>
            <div class="segments" role="group" aria-label=t(&words::visit::OVERVIEW)>
                {segment(false, "beside-steps", &words::visit::STEPS)}
                {segment(true, "beside-form", &words::visit::PREVIEW)}
            </div>
            {dynamic(move || {
                if preview.get() {
                    view! { <Preview session/> }.into_any()
                } else {
                    view! { <Finder session found=Callback::new(|()| ())/> }.into_any()
                }
            })}
        </aside>
    }
}

/// A form, chosen among those of the visit.
#[component]
fn Preview(
    /// The open visit.
    session: Session,
) -> impl IntoView {
    let forms = Memo::new(move |_| {
        let forms = session.ask(|scope| {
            forms_of(scope).into_iter().map(|form| (form.id.clone(), form.title.clone())).collect::<Vec<_>>()
        });
        forms.unwrap_or_default()
    });
    let chosen =
        RwSignal::new(forms.with_untracked(|forms| forms.first().map(|(id, _)| id.clone()).unwrap_or_default()));
    let options = move || {
        let option = |(id, title): (String, Text)| {
            let (value, here) = (id.clone(), id.clone());
            view! { <option value=value selected=move || chosen.get() == here>{id} " " {tx(title)}</option> }
        };
        forms.get().into_iter().map(option).collect_view()
    };
    view! {
        <label>
            <span class="unseen">{t(&words::FORMS_TITLE)}</span>
            <select on:change=move |event| chosen.set(event_target_value(&event))>{options}</select>
        </label>
        {dynamic(move || later::form(session, chosen.get()))}
    }
}
