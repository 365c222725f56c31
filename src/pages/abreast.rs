//! A list and, beside it, what was chosen from it, where the screen is wide enough for both.
//!
//! The list scrolls with the window, what was chosen in a pane of its own. Both stand in the address: the path tells
//! what is shown, `in=` behind `?` of which list, so that a reload comes back to both. On a narrow screen there is one
//! page at a time and nothing of this.

use crate::browser::{media, route};
use crate::i18n::{t, words};
use crate::later;
use crate::route::{Route, Screen};
use crate::widgets::bar::InPane;
use crate::widgets::icon::Icon;
use crate::widgets::ui::dynamic;
use leptos::prelude::*;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;

/// Room for a list and a page.
const WIDE: &str = "(min-width: 64rem)";
/// The element of the pane, which takes the focus after a move.
const PANE: &str = "pane";
/// Tells in an address of which list a page is shown.
const LIST: &str = "in";

/// What the list and the pane know of each other, found in context. Copying it copies a handle.
#[derive(Clone, Copy)]
pub struct Abreast {
    wide: RwSignal<bool>,
    here: RwSignal<Route>,
    /// The list that was shown last, until the user goes elsewhere.
    from: RwSignal<Option<RecordKind>>,
    /// What was last chosen in it, as a query.
    query: StoredValue<String>,
}

impl Abreast {
    /// Begins with what the address tells, and watches the width.
    pub fn begin(here: RwSignal<Route>) -> Abreast {
        let wide = RwSignal::new(media::matches(WIDE));
        let watching = StoredValue::new_local(media::on_change(WIDE, move |is_wide| wide.set(is_wide)));
        on_cleanup(move || watching.dispose());
        let abreast = Abreast { wide, here, from: RwSignal::new(None), query: StoredValue::new(String::new()) };
        let query = route::query();
        abreast.from.set(query.split('&').find_map(list_of));
        abreast.query.set_value(query);
        abreast.follow(&here.get_untracked());
        provide_context(abreast);
        abreast
    }

    /// The one of this page.
    pub fn here() -> Abreast {
        expect_context()
    }

    /// After a move: which list goes along, and where the focus goes.
    pub fn moved(self, to: &Route) {
        self.follow(to);
        if self.wide.get_untracked() && self.from.get_untracked().is_some() && fits(to) && route::focus_pane(PANE) {
            return;
        }
        route::focus_main();
    }

    fn follow(self, route: &Route) {
        match route {
            Route::Records(kind) => self.from.set(Some(*kind)),
            Route::Today | Route::Work | Route::Handbook(_) | Route::More => self.from.set(None),
            _ => {}
        }
    }

    /// The list that stands at the left now.
    pub fn list(self) -> Option<RecordKind> {
        if !self.wide.get() {
            return None;
        }
        self.here.with(|here| match here {
            Route::Records(kind) => Some(*kind),
            route if fits(route) => self.from.get(),
            _ => None,
        })
    }

    /// Whether a record is the one that stands beside its list.
    pub fn is_shown(self, id: &RecordId) -> bool {
        self.wide.get() && self.here.with(|here| whose(here) == Some(id))
    }

    /// What was chosen in the list of a kind: in the address, or before the present page was opened from it.
    pub fn query_of(self, kind: RecordKind) -> String {
        let query = route::query();
        let of_this = Route::parse(&route::current()) == Route::Records(kind)
            || query.split('&').any(|part| list_of(part) == Some(kind));
        if of_this { query } else { self.query.get_value() }
    }

    /// Writes into the address what is chosen in the list of a kind.
    pub fn note(self, kind: RecordKind, mut query: String) {
        self.query.set_value(query.clone());
        let shown = Route::parse(&route::current());
        if shown != Route::Records(kind) {
            if !self.wide.get_untracked() || !fits(&shown) {
                return;
            }
            let rest = if query.is_empty() { String::new() } else { format!("&{query}") };
            query = format!("{LIST}={}{rest}", kind.id());
        }
        route::note_query(&query);
    }
}

fn list_of(part: &str) -> Option<RecordKind> {
    let (name, kind) = part.split_once('=')?;
    (name == LIST).then(|| RecordKind::parse(kind)).flatten()
}

/// Whose page it is.
fn whose(route: &Route) -> Option<&RecordId> {
    match route {
        Route::Show(_, id) | Route::Stage(id, _) | Route::Edit(_, id) | Route::History(id) | Route::Labels(_, id) => {
            Some(id)
        }
        _ => None,
    }
}

/// Pages that find room beside a list.
fn fits(route: &Route) -> bool {
    whose(route).is_some() || matches!(route, Route::New(..))
}

/// The screen of the address, beside its list if there is one; `alone` draws what takes the whole width.
pub fn draw(screen: Memo<Screen>, alone: impl Fn(Screen) -> AnyView + Copy + Send + Sync + 'static) -> impl IntoView {
    let abreast = Abreast::here();
    let list = Memo::new(move |_| abreast.list());
    move || match list.get() {
        // A screen that has just got a list is drawn there, not here.
        None => dynamic(move || if list.get().is_none() { alone(screen.get()) } else { ().into_any() }),
        Some(kind) => both(abreast, kind, screen, list),
    }
}

fn both(abreast: Abreast, kind: RecordKind, screen: Memo<Screen>, list: Memo<Option<RecordKind>>) -> AnyView {
    let page = move || {
        let screen = screen.get();
        if list.get() != Some(kind) {
            return ().into_any();
        }
        if matches!(screen, Screen::Page(Route::Records(_))) {
            return nothing_chosen();
        }
        provide_context(InPane);
        later::screen(screen, abreast.here)
    };
    view! {
        <div class="abreast">
            <div class="abreast-list">{later::screen(Screen::Page(Route::Records(kind)), abreast.here)}</div>
            <section class="abreast-pane" aria-label=t(&words::lists::PANE)>
                <div class="abreast-page" id=PANE tabindex="-1">{dynamic(page)}</div>
            </section>
        </div>
    }
    .into_any()
}

fn nothing_chosen() -> AnyView {
    view! {
        <div class="page empty">
            <Icon name="folder-open"/>
            <p>{t(&words::lists::PANE_EMPTY)}</p>
        </div>
    }
    .into_any()
}
