//! The field in which something is looked for. It must not know what, nor where.

use crate::i18n::t;
use leptos::prelude::*;
use sitebook_core::text::Text;

/// The field; what it is for is read out and stands in it while it is empty.
#[component]
pub fn FindField(
    /// What it is for.
    label: &'static Text,
    /// What stands in it.
    #[prop(into)]
    typed: Signal<String>,
    /// Hears every change.
    #[prop(into)]
    typing: Callback<String>,
    /// Its name, by which tests know it, too.
    name: &'static str,
    /// Its id, where something leads to it.
    #[prop(optional)]
    id: Option<&'static str>,
    /// It is written in at once.
    #[prop(optional)]
    focused: bool,
) -> impl IntoView {
    view! {
        <label class="find">
            <span class="unseen">{t(label)}</span>
            <input
                type="search"
                id=id
                name=name
                data-find=name
                autocomplete="off"
                enterkeyhint="search"
                autofocus=focused
                placeholder=t(label)
                prop:value=typed
                on:input=move |event| typing.run(event_target_value(&event))
            />
        </label>
    }
}
