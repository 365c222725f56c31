//! Keyboard shortcuts: single keys for what is done all the time at a desk, and the list that tells them.

use crate::browser::{keyboard, route};
use crate::i18n::{t, words};
use crate::route::Route;
use crate::store::settings::Profile;
use crate::widgets::sheet::Sheet;
use leptos::prelude::*;
use sitebook_core::ledger::RecordKind;
use sitebook_core::text::Text;

/// Each key, or keys, with what it does.
static KEYS: [(&str, &Text); 6] = [
    ("/", &words::keyboard::FIND),
    ("N", &words::keyboard::NEXT),
    ("1 … 5", &words::keyboard::TABS),
    ("P", &words::keyboard::PRINT),
    ("B", &words::keyboard::BACK),
    ("?", &words::keyboard::HELP),
];

fn tab(key: &str) -> Option<Route> {
    Some(match key {
        "1" => Route::Today,
        "2" => Route::Work,
        "3" => Route::Records(RecordKind::Visit),
        "4" => Route::Handbook(crate::route::Shelf::Home),
        "5" => Route::More,
        _ => return None,
    })
}

/// Does what a key is for. `false` if it is for nothing here.
fn act(key: &str, help: RwSignal<bool>) -> bool {
    const SEARCH: &str = "main input[type=search]";
    if let Some(tab) = tab(key) {
        route::set(&tab.href());
        return true;
    }
    match key {
        "?" => {
            help.set(true);
            true
        }
        "/" => keyboard::focus(SEARCH) || keyboard::press("[data-act=overview]"),
        "n" => keyboard::press("[data-act=next]"),
        "p" => keyboard::press("[data-act=print]"),
        "b" => keyboard::press(".bar-back"),
        _ => false,
    }
}

/// Listens, and shows the list when asked.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let profile = Profile::here();
    let help = RwSignal::new(false);
    let listening = StoredValue::new_local(keyboard::on_key(move |key| {
        !profile.with(|settings| settings.no_keys) && act(key.to_lowercase().as_str(), help)
    }));
    on_cleanup(move || listening.dispose());
    view! {
        <Sheet open=help title=Signal::derive(move || t(&words::keyboard::TITLE)().to_owned())>
            <KeyList/>
        </Sheet>
    }
}

/// The list of keys, and the way to turn them off.
#[component]
pub fn KeyList() -> impl IntoView {
    let profile = Profile::here();
    let rows = KEYS.iter().map(|(key, words)| {
        view! {
            <li>
                <kbd>{*key}</kbd>
                <span>{t(words)}</span>
            </li>
        }
    });
    view! {
        <p class="hint">{t(&words::keyboard::HINT)}</p>
        <ul class="keys">{rows.collect_view()}</ul>
        <label class="check-row">
            <input
                type="checkbox"
                data-act="no-keys"
                prop:checked=move || profile.with(|settings| settings.no_keys)
                on:change=move |event| profile.update(|settings| settings.no_keys = event_target_checked(&event))
            />
            <span>{t(&words::keyboard::OFF)}</span>
        </label>
    }
}
