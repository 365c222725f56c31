//! An icon of the sprite in `public/icons.svg` (Lucide). Decoration only: the words beside it carry the meaning.
//!
//! The packing step puts the sprite into the page itself: each use of another file is a request, and took longer to
//! draw than the rest of a step.

use leptos::prelude::*;

/// Which icon: always the same one, or one that changes.
#[derive(Clone, Copy)]
pub enum Name {
    /// Always this one.
    Fixed(&'static str),
    /// The one that the signal names.
    Changing(Signal<&'static str>),
}

impl From<&'static str> for Name {
    fn from(name: &'static str) -> Name {
        Name::Fixed(name)
    }
}

impl From<Signal<&'static str>> for Name {
    fn from(name: Signal<&'static str>) -> Name {
        Name::Changing(name)
    }
}

/// The icon with this name of the sprite.
#[component]
pub fn Icon(
    /// Id of the symbol.
    #[prop(into)]
    name: Name,
) -> impl IntoView {
    let used = match name {
        Name::Fixed(name) => view! { <use href=format!("#i-{name}")></use> }.into_any(),
        Name::Changing(name) => view! { <use href=move || format!("#i-{}", name.get())></use> }.into_any(),
    };
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            {used}
        </svg>
    }
}
