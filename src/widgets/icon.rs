//! An icon of the sprite in `public/icons.svg` (Lucide). Decoration only: the words beside it carry the meaning.

use leptos::prelude::*;

/// The icon with this name of the sprite.
#[component]
pub fn Icon(
    /// Id of the symbol.
    #[prop(into)]
    name: Signal<&'static str>,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=move || format!("./icons.svg#{}", name.get())></use>
        </svg>
    }
}
