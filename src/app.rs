//! The shell: settings, language and theme, the store, the screen of the address, the bottom bar.

use crate::browser::{launch, layout, notify, page, pwa, route, timers};
use crate::i18n::{Speech, preferred, t, words};
use crate::later::{self, Later};
use crate::pages::abreast::{self, Abreast};
use crate::pages::{
    blank, briefing, calendar, catalogue, charts, desk, edit, erase, forms, handbook, history, import, labels, limits,
    more, order, records, start, today, verify, visit, welcome, work,
};
use crate::route::{Route, Screen, Shelf};
use crate::store::Store;
use crate::store::local;
use crate::store::opening::Opening;
use crate::store::outbox::SaveState;
use crate::store::session::Session;
use crate::store::settings::{Profile, Theme};
use crate::widgets::alerts::Alerts;
use crate::widgets::icon::Icon;
use crate::widgets::install;
use crate::widgets::keys::Shortcuts;
use crate::widgets::ui::Show;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;
use std::sync::Arc;

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let profile = Profile::load();
    let speech = Speech::follow(profile, preferred());
    provide_context(profile);
    provide_context(speech);
    Effect::new(move |_| page::set_lang(speech.get().tag()));
    Effect::new(move |_| {
        let theme = profile.with(|settings| settings.theme);
        page::set_theme(if theme == Theme::Auto { "" } else { theme.id() });
    });
    let store = Store::new(profile);
    provide_context(store);
    let later = Later::new();
    provide_context(later);
    if profile.now().welcomed {
        later.load_for(&Route::parse(&route::current()).screen());
    }
    begin(store, later);
    view! {
        {move || match store.opening.get() {
            Opening::Begun => ().into_any(),
            Opening::Done if store.loss.with(Option::is_some) => view! { <start::Lost/> }.into_any(),
            Opening::Done => view! { <Shell/> }.into_any(),
            Opening::Blocked => start::waiting(&words::START_BLOCKED, &words::START_BLOCKED_WORDS, "blocked"),
            Opening::Slow => start::waiting(&words::START_SLOW, &words::START_SLOW_WORDS, "slow"),
            Opening::Refused(error) => view! { <start::Refused error/> }.into_any(),
        }}
    }
    .into_any()
}

/// Opens the book. A database that does not answer is told about, not waited for in silence.
fn begin(store: Store, later: Later) {
    const PATIENCE: u32 = 8_000;
    spawn_local(async move {
        timers::sleep(PATIENCE).await;
        store.is_slow();
    });
    Effect::new(move |_| {
        if store.opening.get() != Opening::Begun {
            layout::remove("splash");
        }
    });
    spawn_local(async move {
        store.open().await;
        pwa::started();
        store.look_at_room();
        timers::after_paint(move || {
            later.load_all(move || later::refresh(store));
        });
    });
}

/// Where the user is, kept for the next start.
const PLACE: &str = "sitebook.place";

#[component]
fn Shell() -> impl IntoView {
    let profile = Profile::here();
    let welcomed = Memo::new(move |_| profile.with(|settings| settings.welcomed));
    // Started without an address (from the home screen): go on where the book was closed.
    if route::current().is_empty()
        && let Some(place) = local::get::<String>(PLACE)
    {
        route::replace(&place);
    }
    let here = RwSignal::new(Route::parse(&route::current()));
    let abreast = Abreast::begin(here);
    launch::on_opened(move || {
        // On the page already, it is drawn anew and takes the file.
        here.set(Route::Today);
        here.set(Route::Import);
        route::set(&Route::Import.href());
    });
    let watching = route::on_change(move |hash| {
        local::set(PLACE, &hash);
        let route = Route::parse(&hash);
        here.set(route.clone());
        abreast.moved(&route);
    });
    watching.keep();
    notify::on_tapped(|hash| route::set(&hash)).keep();
    pwa::InstallPrompt::capture(|_| ()).keep();
    // More is not asked for.
    if profile.now().starts < install::ENOUGH {
        profile.update(|settings| settings.starts += 1);
    }
    let store = Store::here();
    // Leaving with something unsaved: the browser asks first.
    let guard = StoredValue::new_local(page::on_leaving(move || store.outbox.has_any() || store.pictures.has_any()));
    on_cleanup(move || guard.dispose());
    view! {
        <Banners/>
        <Show when=move || welcomed.get() fallback=|| view! { <welcome::Welcome/> }>
            <button type="button" class="skip" on:click=|_| route::focus_main()>{t(&words::SKIP_TO_CONTENT)}</button>
            <main id="main" tabindex="-1">
                <Alerts here/>
                <Shown here/>
            </main>
            <TabBar here/>
            <Shortcuts/>
        </Show>
    }
}

#[component]
fn Shown(
    /// The address.
    here: RwSignal<Route>,
) -> impl IntoView {
    let screen = Memo::new(move |_| here.get().screen());
    abreast::draw(screen, move |screen| {
        if matches!(
            screen,
            Screen::Page(Route::Today | Route::Work | Route::Records(_) | Route::Handbook(_) | Route::More)
        ) {
            crate::store::drafts::stay();
        }
        match screen {
            Screen::Page(Route::Today) => view! { <today::Today/> }.into_any(),
            screen => later::screen(screen, here),
        }
    })
}

/// The work of a visit. Only `later` calls it.
pub fn draw_visit(id: RecordId, here: RwSignal<Route>) -> AnyView {
    let children: Arc<dyn Fn(Session) -> AnyView + Send + Sync> = Arc::new(move |session| {
        let at = Signal::derive(move || match here.get() {
            Route::Stage(_, stage) => Some(stage),
            _ => None,
        });
        view! { <visit::Visit session at/> }.into_any()
    });
    view! { <visit::WithVisit id children/> }.into_any()
}

/// Any screen but the first and the visits. Only `later` calls it.
pub fn draw(screen: Screen) -> AnyView {
    match screen {
        Screen::Forms(id, form) => {
            let whose = id.clone();
            let children: Arc<dyn Fn(Session) -> AnyView + Send + Sync> = Arc::new(move |session| match form.clone() {
                None => view! { <forms::Forms session/> }.into_any(),
                Some(form) => view! { <forms::OneForm session form id=whose.clone()/> }.into_any(),
            });
            view! { <visit::WithVisit id children/> }.into_any()
        }
        Screen::Page(route) => page_of(route),
        // Drawn by `draw_visit`.
        Screen::Visit(_) => ().into_any(),
    }
}

fn page_of(route: Route) -> AnyView {
    match route {
        Route::Work => view! { <work::Work/> }.into_any(),
        Route::Records(kind) => view! { <records::Records kind/> }.into_any(),
        Route::PrintList(kind) => view! { <records::print::PrintList kind/> }.into_any(),
        Route::Charts => view! { <charts::Charts/> }.into_any(),
        Route::More => view! { <more::More/> }.into_any(),
        Route::Import => view! { <import::Import/> }.into_any(),
        Route::Verify => view! { <verify::Verify paper=None/> }.into_any(),
        Route::VerifyPaper(code) => view! { <verify::Verify paper=Some(code)/> }.into_any(),
        Route::Blanks => view! { <blank::Blanks/> }.into_any(),
        Route::Blank(form) => view! { <blank::Blank form/> }.into_any(),
        Route::New(kind, from) => view! { <edit::Edit kind id=None from/> }.into_any(),
        Route::Edit(kind, id) => view! { <edit::Edit kind id=Some(id) from=None/> }.into_any(),
        Route::Show(kind, id) => view! { <order::Show_ kind id/> }.into_any(),
        Route::History(id) => view! { <history::History id/> }.into_any(),
        Route::Catalogue(order) => view! { <catalogue::Catalogue order/> }.into_any(),
        Route::Procedure(id, order) => view! { <catalogue::OneProcedure id order/> }.into_any(),
        #[cfg(debug_assertions)]
        Route::Design => view! { <crate::pages::design::Design/> }.into_any(),
        Route::Desk(page) => desk::screen(page),
        Route::Labels(kind, id) => view! { <labels::Labels kind id/> }.into_any(),
        Route::Calendar => view! { <calendar::Calendar/> }.into_any(),
        Route::Limits => view! { <limits::Limits/> }.into_any(),
        Route::Erase(id) => view! { <erase::Erase id/> }.into_any(),
        Route::Handbook(shelf) => view! { <handbook::HandbookPage shelf/> }.into_any(),
        Route::Briefing(kind, id) => view! { <briefing::Briefing kind id/> }.into_any(),
        // The first is drawn by `Shown`, the next by `draw`.
        Route::Today | Route::Stage(..) | Route::Forms(_) | Route::Form(..) | Route::Lost => view! {
            <div class="page empty">
                <h1>{t(&words::LOST_TITLE)}</h1>
                <a class="button primary" href="#/">{t(&words::LOST_HOME)}</a>
            </div>
        }
        .into_any(),
    }
}

/// The entry of the bottom bar for lists.
const RECORDS: usize = 2;

/// Which entry of the bottom bar an address belongs to.
fn tab_of(route: &Route) -> usize {
    match route {
        Route::Today | Route::Calendar | Route::Lost => 0,
        Route::Work
        | Route::New(RecordKind::Order, _)
        | Route::Edit(RecordKind::Order, _)
        | Route::Show(RecordKind::Order | RecordKind::Visit, _)
        | Route::Stage(..)
        | Route::Forms(_)
        | Route::Form(..)
        | Route::Briefing(..)
        | Route::History(_) => 1,
        Route::Records(_)
        | Route::PrintList(_)
        | Route::Charts
        | Route::New(..)
        | Route::Edit(..)
        | Route::Show(..)
        | Route::Erase(_)
        | Route::Labels(..) => RECORDS,
        Route::Catalogue(Some(_)) | Route::Procedure(_, Some(_)) => 1,
        Route::Handbook(_) => 3,
        Route::More
        | Route::Import
        | Route::Verify
        | Route::VerifyPaper(_)
        | Route::Blanks
        | Route::Blank(_)
        | Route::Limits
        | Route::Desk(_)
        | Route::Catalogue(None)
        | Route::Procedure(_, None) => 4,
        #[cfg(debug_assertions)]
        Route::Design => 4,
    }
}

#[component]
fn TabBar(
    /// The address.
    here: RwSignal<Route>,
) -> impl IntoView {
    let abreast = Abreast::here();
    // What stands beside a list belongs to the list.
    let current = Memo::new(move |_| abreast.list().map_or_else(|| here.with(tab_of), |_| RECORDS));
    let tab = move |index: usize, route: Route, icon: &'static str, words: &'static sitebook_core::text::Text| {
        view! {
            <a class="tab" href=route.href() aria-current=move || (current.get() == index).then_some("page")>
                <Icon name=icon/>
                <span>{t(words)}</span>
            </a>
        }
    };
    view! {
        <nav class="tabbar" aria-label=t(&words::NAV)>
            {tab(0, Route::Today, "calendar-check", &words::NAV_TODAY)}
            {tab(1, Route::Work, "clipboard-list", &words::NAV_WORK)}
            {tab(2, Route::Records(RecordKind::Visit), "folder-open", &words::NAV_RECORDS)}
            {tab(3, Route::Handbook(Shelf::Home), "book-open", &words::NAV_HANDBOOK)}
            {tab(4, Route::More, "settings", &words::NAV_MORE)}
        </nav>
    }
}

/// A new version that waits, or a connection that was lost to it.
#[component]
fn Banners() -> impl IntoView {
    let update = RwSignal::new(None::<pwa::Update>);
    pwa::on_update(move |found| update.set(Some(found))).keep();
    page::on_visibility_shown(pwa::check_for_update).keep();
    let store = Store::here();
    // While something cannot be saved, nothing invites to load the page again: that would lose it.
    let stuck = Memo::new(move |_| matches!(store.outbox.state().get(), SaveState::Failed(_)));
    view! {
        <Show when=move || update.get() == Some(pwa::Update::Waiting)>
            <div class="banner" role="status" data-banner="update">
                <Icon name="refresh-cw"/>
                <Show
                    when=move || stuck.get()
                    fallback=|| {
                        view! {
                            <span>{t(&words::UPDATE_READY)} " · " {t(&words::UPDATE_SAFE)}</span>
                            <button type="button" data-act="update" on:click=|_| pwa::activate_update()>
                                {t(&words::UPDATE_RESTART)}
                            </button>
                        }
                    }
                >
                    <span>{t(&words::UPDATE_READY)} " · " {t(&words::UPDATE_UNSAVED)}</span>
                </Show>
            </div>
        </Show>
        <Show when=move || store.lost.get() || update.get() == Some(pwa::Update::Activated)>
            <div class="banner is-warn" role="alert">
                <Icon name="triangle-alert"/>
                <Show
                    when=move || stuck.get()
                    fallback=|| {
                        view! {
                            <span>{t(&words::LOST_CONNECTION)}</span>
                            <button type="button" on:click=|_| page::reload()>{t(&words::RELOAD)}</button>
                        }
                    }
                >
                    <span>{t(&words::LOST_UNSAVED)}</span>
                </Show>
            </div>
        </Show>
    }
}
