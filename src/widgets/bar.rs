//! The bar at the top of a page: way back, title, and what belongs to the right.

use crate::i18n::{t, words};
use crate::route::Route;
use crate::widgets::icon::Icon;
use leptos::prelude::*;

/// Found in context where a page stands beside its list: there is no way back to what is still seen.
#[derive(Clone, Copy)]
pub struct InPane;

/// Title bar.
#[component]
pub fn Bar(
    /// Title of the page.
    #[prop(into)]
    title: Signal<String>,
    /// Where *Back* leads; none on the pages of the bottom bar.
    #[prop(optional, into)]
    back: Option<Signal<Route>>,
    /// Parts at the right.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let in_pane = use_context::<InPane>().is_some();
    let back = back.filter(|_| !in_pane);
    Effect::new(move |_| crate::browser::page::set_title(&format!("{} · 现场通 Sitebook", title.get())));
    // Beside its list a page is a part of the screen, whose title is the list's.
    let heading = match in_pane {
        true => view! { <h2>{move || title.get()}</h2> }.into_any(),
        false => view! { <h1>{move || title.get()}</h1> }.into_any(),
    };
    view! {
        <header class="bar">
            {back
                .map(|back| {
                    view! {
                        <a class="bar-back" href=move || back.get().href() aria-label=t(&words::BACK)>
                            <Icon name="arrow-left"/>
                        </a>
                    }
                })}
            {heading}
            <div class="bar-end">{children.map(|children| children())}</div>
        </header>
    }
}
