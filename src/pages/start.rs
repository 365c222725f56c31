//! What stands instead of the book while it cannot be opened, or when it is not what it was. Nothing can be entered
//! here: a book that cannot keep what is written takes nothing.

use crate::browser::db::DbError;
use crate::browser::{page, pwa, route};
use crate::i18n::{t, tf, tx, words};
use crate::route::Route;
use crate::store::{Store, StoreError};
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, Trouble};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::text::Text;

/// The opening waits for another page, or for a slow disk. `why` names it for tests.
pub fn waiting(title: &'static Text, explanation: &'static Text, why: &'static str) -> AnyView {
    view! {
        <main id="main" class="page empty" tabindex="-1" role="alert" data-start=why>
            <Icon name="timer"/>
            <h1>{t(title)}</h1>
            <p>{t(explanation)}</p>
            <button type="button" class="quiet" on:click=|_| page::reload()>{t(&words::RELOAD)}</button>
        </main>
    }
    .into_any()
}

/// The browser gives no database.
#[component]
pub fn Refused(
    /// What it says.
    error: StoreError,
) -> impl IntoView {
    let store = Store::here();
    let newer = matches!(error, StoreError::Db(DbError::Newer));
    let detail = error.detail().map(|detail| view! { <p class="hint"><code>{detail.to_owned()}</code></p> });
    view! {
        <main id="main" class="page empty" tabindex="-1" role="alert" data-start="refused">
            <Icon name="octagon-x"/>
            <h1>{t(&words::OPEN_FAILED)}</h1>
            <p>{tx(error.opening_words())}</p>
            <Show when=move || newer fallback=move || again(store)>
                <UpdateNow/>
            </Show>
            {detail}
        </main>
    }
}

fn again(store: Store) -> impl IntoView {
    let open = move |_| spawn_local(store.open());
    view! {
        <button type="button" class="primary" data-act="try-again" on:click=open>{t(&words::TRY_AGAIN)}</button>
    }
}

/// Fetches the newer version that the records need. Nothing runs here that could be lost, so it starts at once.
#[component]
fn UpdateNow() -> impl IntoView {
    let looking = RwSignal::new(false);
    let heard = StoredValue::new_local(pwa::on_update(move |found| {
        if looking.get_untracked() {
            take(found);
        }
    }));
    on_cleanup(move || heard.dispose());
    let look = move |_| {
        looking.set(true);
        match pwa::update() {
            Some(found) => take(found),
            None => spawn_local(async move {
                // Without a worker, or when nothing newer is found, the reload itself asks the server.
                pwa::check_for_update();
                crate::browser::timers::sleep(6_000).await;
                if pwa::update().is_none() {
                    page::reload();
                }
            }),
        }
    };
    view! {
        <button type="button" class="primary" data-act="update-now" disabled=move || looking.get() on:click=look>
            {t(&words::UPDATE_APP)}
        </button>
        <Show when=move || looking.get()>
            <p class="hint" role="status">{t(&words::UPDATE_LOOKING)}</p>
        </Show>
    }
}

fn take(found: pwa::Update) {
    match found {
        pwa::Update::Waiting => pwa::activate_update(),
        pwa::Update::Activated => page::reload(),
    }
}

/// Entries of this device are missing from its database.
#[component]
pub fn Lost() -> impl IntoView {
    let store = Store::here();
    let Some(loss) = store.loss.get_untracked() else { return ().into_any() };
    let trouble = RwSignal::new(None::<Text>);
    let go = move |place: Route| {
        spawn_local(async move {
            match store.accept_loss().await {
                Ok(()) => route::replace(&place.href()),
                Err(error) => drop(trouble.try_set(Some(error.words()))),
            }
        });
    };
    let missing = loss.missing().to_string();
    let (title, explanation) = if loss.empty {
        (words::LOSS_ALL.clone(), words::LOSS_ALL_WORDS.clone())
    } else {
        (words::LOSS_SOME.with(&[&missing]), words::LOSS_SOME_WORDS.with(&[&missing]))
    };
    let count = (loss.had > 0).then(|| words::LOSS_COUNT.with(&[&loss.had.to_string(), &loss.has.to_string()]));
    view! {
        <main id="main" class="page empty" tabindex="-1" role="alert" data-start="lost">
            <Icon name="triangle-alert"/>
            <h1>{tx(title)}</h1>
            <p>{tx(explanation)}</p>
            {count.map(|words| view! { <p class="hint">{tf(move || words.clone())}</p> })}
            <button type="button" class="primary" data-act="restore" on:click=move |_| go(Route::Import)>
                <Icon name="upload"/>
                {t(&words::LOSS_RESTORE)}
            </button>
            <button type="button" class="quiet" data-act="go-on" on:click=move |_| go(Route::Today)>
                {t(&words::LOSS_GO_ON)}
            </button>
            <Trouble words=trouble/>
            <p class="hint">{t(&words::LOSS_NOTED)}</p>
        </main>
    }
    .into_any()
}
