//! The desk of whoever writes procedures: edit, try out, publish, compare versions, files. A part of the program of its
//! own in a release build: an engineer on site never loads it, yet it is there offline like the rest.
//!
//! The desk changes nothing that runs: a run keeps the version it started with.

mod capture;
mod condition;
mod differences;
mod due;
mod edit;
mod gate;
mod inputs;
mod publish;
mod rehearse;
mod sheets;
mod state;
mod take;
mod versions;

use crate::browser::page;
use crate::i18n::{Text, t, words, words::editor};
use crate::route::Desk as Page;
use crate::store::Store;
use crate::widgets::icon::Icon;
use crate::widgets::ui::dynamic;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::template::Procedure;
use sitebook_core::template::check::Spot;

/// A page of the desk, or what there is to say until it is here.
pub fn screen(desk: Page) -> AnyView {
    let store = Store::here();
    let arrived = RwSignal::new(None::<bool>);
    let load = move || {
        arrived.set(None);
        spawn_local(async move {
            let here = part::load().await.is_ok();
            let _ = arrived.try_set(Some(here));
        });
    };
    load();
    dynamic(move || {
        match arrived.get() {
        Some(true) => part::draw(store, desk.clone()),
        None => view! { <p class="page empty" role="status">{t(&words::LOADING)}</p> }.into_any(),
        Some(false) => view! {
            <div class="page empty" role="alert">
                <Icon name="octagon-x"/>
                <p>{t(&words::LATER_FAILED)}</p>
                <button type="button" class="primary" data-act="retry" on:click=move |_| load()>{t(&words::RETRY)}</button>
                <button type="button" class="quiet" on:click=|_| page::reload()>{t(&words::RELOAD)}</button>
            </div>
        }
        .into_any(),
    }
    })
}

fn draw(store: Store, desk: Page) -> AnyView {
    match desk {
        Page::Edit(id) => edit::page(store, id),
        Page::Try(id) => rehearse::page(store, id),
        Page::Versions(id) => versions::page(store, id),
        Page::Take => take::page(store),
    }
}

/// A sheet is shown while there is something to show, and closing it lets go of that.
fn tie<T: Clone + Send + Sync + 'static>(what: RwSignal<Option<T>>, shown: RwSignal<bool>) {
    Effect::new(move |_| {
        let there = what.with(Option::is_some);
        if shown.get_untracked() != there {
            shown.set(there);
        }
    });
    Effect::new(move |_| {
        if !shown.get() && what.with_untracked(Option::is_some) {
            what.set(None);
        }
    });
}

/// Where a problem stands: stage and step by their titles.
fn where_words(spot: &Spot, procedure: &Procedure) -> Text {
    let stage = spot.number("stage").and_then(|n| procedure.stages.get(n));
    let step = stage.zip(spot.number("step")).and_then(|(stage, n)| stage.steps.get(n));
    match (stage, step) {
        (Some(stage), Some(step)) => Text::of("{0} › {1}", "{0} › {1}").with_texts(&[&stage.title, &step.title]),
        (Some(stage), None) => stage.title.clone(),
        (None, _) if spot.number("close").is_some() => editor::CLOSE_GATES.clone(),
        (None, _) if spot.number("deadline").is_some() => {
            let deadline = spot.number("deadline").and_then(|n| procedure.deadlines.get(n));
            let title = deadline.map_or_else(|| Text::same("?"), |deadline| deadline.title.clone());
            Text::of("{0} › {1}", "{0} › {1}").with_texts(&[&editor::DEADLINES, &title])
        }
        (None, _) => editor::PLACE_WHOLE.clone(),
    }
}

/// The entries of the part; `load` loads it.
#[cfg(split)]
mod part {
    use super::{AnyView, Page, Store};
    use futures::FutureExt;
    use leptos::prelude::IntoAny;
    use leptos::wasm_split::{SplitLoaderError, wasm_split};

    #[wasm_split(desk, wasm_split_path = ::leptos::wasm_split, preload(load), fallible)]
    pub fn drawn(store: Store, desk: Page) -> Result<AnyView, SplitLoaderError> {
        Ok(super::draw(store, desk))
    }

    pub fn draw(store: Store, desk: Page) -> AnyView {
        // At once: the part is here.
        drawn(store, desk).now_or_never().and_then(Result::ok).unwrap_or_else(|| ().into_any())
    }
}

/// The same entries where nothing has to be loaded.
#[cfg(not(split))]
mod part {
    use super::{AnyView, Page, Store};
    use std::convert::Infallible;

    pub async fn load() -> Result<(), Infallible> {
        Ok(())
    }

    pub fn draw(store: Store, desk: Page) -> AnyView {
        super::draw(store, desk)
    }
}
