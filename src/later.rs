//! The screens behind the first one, and the sample. In a release build they are parts of the program of their own
//! (`build.rs` asks for it, `xtask/src/finish/split.rs` takes them out): the work of a visit, and all the rest. They
//! are loaded when they are asked for, else as soon as the first screen stands; in any other build they are just here.
//!
//! Whatever only the entries in [`part`] reach is in their parts: the first screen must not call it past them, nor a
//! visit what belongs to the rest. Such a call is no error, it makes the first load or the visit larger; `cargo xtask
//! size` shows it.

use crate::app::{draw, draw_visit};
use crate::browser::{outgoing, page, timers};
use crate::i18n::{Lang, t, words};
use crate::pages::forms::preview;
use crate::route::{Route, Screen};
use crate::store::opening::Opening;
use crate::store::session::Session;
use crate::store::settings::Settings;
use crate::store::{Store, StoreError, ring, sample};
use crate::widgets::icon::Icon;
use crate::widgets::ui::dynamic;
use futures::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::text::Text;
use std::pin::Pin;

/// How long a visit that was just opened has the machine for itself, in milliseconds.
const CALM: u32 = 1_000;

/// Where a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    NotAsked,
    Coming,
    Here,
    Failed,
}

/// The parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Visit,
    Rest,
}

/// A handle to the later parts, found in context. Copying it copies a handle.
#[derive(Debug, Clone, Copy)]
pub struct Later {
    visit: RwSignal<State>,
    rest: RwSignal<State>,
}

impl Later {
    /// Not asked for yet.
    pub fn new() -> Later {
        Later { visit: RwSignal::new(State::NotAsked), rest: RwSignal::new(State::NotAsked) }
    }

    fn state(self, which: Which) -> RwSignal<State> {
        match which {
            Which::Visit => self.visit,
            Which::Rest => self.rest,
        }
    }

    /// Comes back when a part is here, or could not be loaded. It is fetched once, whoever waits for it.
    async fn load(self, which: Which) {
        let state = self.state(which);
        let before = state.get_untracked();
        if before == State::Here {
            return;
        }
        if before != State::Coming {
            state.set(State::Coming);
        }
        let is_here = match which {
            Which::Visit => part::load_visit().await.is_ok(),
            // Each entry knows by itself only whether it is here.
            Which::Rest => part::load().await.is_ok() && part::load_form().await.is_ok(),
        };
        let after = if is_here { State::Here } else { State::Failed };
        if state.try_get_untracked().is_some_and(|now| now != after) {
            state.set(after);
        }
    }

    /// Loads what a screen needs.
    pub fn load_for(self, screen: &Screen) {
        match screen {
            Screen::Page(Route::Today) => {}
            screen => spawn_local(self.load(part_of(screen))),
        }
    }

    /// Loads everything, the work of a visit first, and then does what needs all of it.
    pub fn load_all(self, then: impl FnOnce() + 'static) {
        // What was opened is a visit: the rest takes neither line nor thread from its first steps.
        let wanted = self.visit.get_untracked() != State::NotAsked;
        spawn_local(async move {
            self.load(Which::Visit).await;
            if wanted {
                timers::sleep(CALM).await;
            }
            self.load(Which::Rest).await;
            then();
        });
    }
}

fn part_of(screen: &Screen) -> Which {
    match screen {
        Screen::Visit(_) => Which::Visit,
        Screen::Forms(..) | Screen::Page(_) => Which::Rest,
    }
}

/// A screen of a later part, or what there is to say until it is here.
pub fn screen(screen: Screen, here: RwSignal<Route>) -> AnyView {
    // At once: an entry only waits when it has to load.
    when_here(part_of(&screen), move || match screen.clone() {
        Screen::Visit(id) => part::visit(id, here).now_or_never().and_then(Result::ok),
        screen => part::screen(screen).now_or_never().and_then(Result::ok),
    })
}

/// A form of an open visit as it would print now, drawn anew with each entry.
pub fn form(session: Session, form: String) -> AnyView {
    when_here(Which::Rest, move || part::form(session, form.clone()).now_or_never().and_then(Result::ok))
}

fn when_here(which: Which, drawn: impl Fn() -> Option<AnyView> + Send + Sync + 'static) -> AnyView {
    let later = expect_context::<Later>();
    spawn_local(later.load(which));
    dynamic(move || {
        let drawn = match later.state(which).get() {
            State::Here => drawn(),
            State::NotAsked | State::Coming => None,
            State::Failed => return failed(later, which),
        };
        drawn.unwrap_or_else(|| view! { <p class="page empty" role="status">{t(&words::LOADING)}</p> }.into_any())
    })
}

fn failed(later: Later, which: Which) -> AnyView {
    let again = move |_| spawn_local(later.load(which));
    view! {
        <div class="page empty" role="alert">
            <Icon name="octagon-x"/>
            <p>{t(&words::LATER_FAILED)}</p>
            <button type="button" class="primary" data-act="retry" on:click=again>{t(&words::RETRY)}</button>
            <button type="button" class="quiet" on:click=|_| page::reload()>{t(&words::RELOAD)}</button>
        </div>
    }
    .into_any()
}

/// Makes the sample records. Gives the work order's id.
///
/// # Errors
/// The words for the user: one of the records could not be stored, or the later part could not be loaded.
pub async fn make_sample(store: Store, settings: Settings, lang: Lang) -> Result<Option<RecordId>, Text> {
    match part::sample(store, settings, lang).await {
        Ok(made) => made.await.map_err(|error| error.words()),
        Err(_) => Err(words::LATER_FAILED.clone()),
    }
}

/// Makes again what an older version of the app keeps beside the ledger, takes away what a killed import or a
/// saved backup has left, and makes copies that are due, without holding up anybody.
pub fn refresh(store: Store) {
    spawn_local(async move {
        // A book that did not open has nothing to refresh.
        if store.opening.get_untracked() == Opening::Done
            && let Ok(refreshing) = part::refresh(store).await
        {
            refreshing.await;
        }
    });
}

type Made = Pin<Box<dyn Future<Output = Result<Option<RecordId>, StoreError>>>>;

fn sampling(store: Store, settings: Settings, lang: Lang) -> Made {
    Box::pin(async move { sample::create(store, &settings, lang).await })
}

fn refreshing(store: Store) -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async move {
        // What fails now is tried again at the next start; lists work meanwhile, as they did.
        if store.is_outdated().await == Ok(true) {
            let _ = store.renew().await;
        }
        ring::start(store);
        let _ = store.sweep_given_up().await;
        outgoing::sweep().await;
        // Titles and outcomes of the team's own procedures stand in gates and boards.
        let _ = store.read_own().await;
        // The first entry shall not wait for the key.
        store.device_key().await;
        keep_copies(store);
    })
}

/// Copies into the chosen folder: now, when the page goes out of sight, and now and then in between.
fn keep_copies(store: Store) {
    const NOW_AND_THEN: u32 = 5 * 60_000;
    let copy = move || spawn_local(store.copy(false));
    copy();
    page::on_visibility_hidden(copy).keep();
    timers::every(NOW_AND_THEN, copy).keep();
}

/// The entries. What `load_visit`, `load` and `load_form` load is drawn at once; the others wait for it themselves.
#[cfg(split)]
mod part {
    use super::{AnyView, Lang, Made, Pin, RecordId, Route, RwSignal, Screen, Session, Settings, Store};
    use super::{draw, draw_visit, preview, refreshing, sampling};
    use leptos::wasm_split::{SplitLoaderError, wasm_split};

    #[wasm_split(visit, wasm_split_path = ::leptos::wasm_split, preload(load_visit), fallible)]
    pub fn visit(id: RecordId, here: RwSignal<Route>) -> Result<AnyView, SplitLoaderError> {
        Ok(draw_visit(id, here))
    }

    #[wasm_split(later, wasm_split_path = ::leptos::wasm_split, preload(load), fallible)]
    pub fn screen(screen: Screen) -> Result<AnyView, SplitLoaderError> {
        Ok(draw(screen))
    }

    #[wasm_split(later, wasm_split_path = ::leptos::wasm_split, preload(load_form), fallible)]
    pub fn form(session: Session, form: String) -> Result<AnyView, SplitLoaderError> {
        Ok(preview(session, form))
    }

    #[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible)]
    pub fn sample(store: Store, settings: Settings, lang: Lang) -> Result<Made, SplitLoaderError> {
        Ok(sampling(store, settings, lang))
    }

    #[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible)]
    pub fn refresh(store: Store) -> Result<Pin<Box<dyn Future<Output = ()>>>, SplitLoaderError> {
        Ok(refreshing(store))
    }
}

/// The same entries where nothing has to be loaded.
#[cfg(not(split))]
mod part {
    use super::{AnyView, Lang, Made, Pin, RecordId, Route, RwSignal, Screen, Session, Settings, Store};
    use super::{draw, draw_visit, preview, refreshing, sampling};
    use std::convert::Infallible;

    pub async fn load_visit() -> Result<(), Infallible> {
        Ok(())
    }

    pub async fn load() -> Result<(), Infallible> {
        Ok(())
    }

    pub async fn load_form() -> Result<(), Infallible> {
        Ok(())
    }

    pub async fn visit(id: RecordId, here: RwSignal<Route>) -> Result<AnyView, Infallible> {
        Ok(draw_visit(id, here))
    }

    pub async fn screen(screen: Screen) -> Result<AnyView, Infallible> {
        Ok(draw(screen))
    }

    pub async fn form(session: Session, form: String) -> Result<AnyView, Infallible> {
        Ok(preview(session, form))
    }

    pub async fn sample(store: Store, settings: Settings, lang: Lang) -> Result<Made, Infallible> {
        Ok(sampling(store, settings, lang))
    }

    pub async fn refresh(store: Store) -> Result<Pin<Box<dyn Future<Output = ()>>>, Infallible> {
        Ok(refreshing(store))
    }
}
