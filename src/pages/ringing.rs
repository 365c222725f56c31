//! Part of *More*: notifications of this phone, what they do and what they do not.

use crate::browser::notify::{self, Permission};
use crate::browser::page;
use crate::i18n::{t, words};
use crate::store::settings::Profile;
use crate::store::{Store, ring};
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, dynamic};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The section. Nothing is asked for before somebody taps.
#[component]
pub fn RingSection() -> impl IntoView {
    let profile = Profile::here();
    let store = Store::here();
    let permission = RwSignal::new(notify::permission());
    // It may have been changed in the settings of the system meanwhile.
    let watching = StoredValue::new_local(page::on_visibility_shown(move || {
        let _ = permission.try_set(notify::permission());
    }));
    on_cleanup(move || watching.dispose());
    let on = Memo::new(move |_| permission.get() == Permission::Granted && profile.with(|settings| settings.rings));
    let turn_on = move |_| {
        spawn_local(async move {
            let now = notify::ask().await;
            let _ = permission.try_set(now);
            if now == Permission::Granted {
                profile.update(|settings| settings.rings = true);
                ring::look_once(store).await;
            }
        });
    };
    let turn_off = move |_| profile.update(|settings| settings.rings = false);
    view! {
        <section class="stack" data-ring>
            <h2>{t(&words::ring::RING_TITLE)}</h2>
            <p class="hint">{t(&words::ring::RING_DOES)} " " {t(&words::ring::RING_NOT)}</p>
            {dynamic(move || match permission.get() {
                Permission::Absent => view! { <p class="hint">{t(&words::ring::RING_ABSENT)}</p> }.into_any(),
                Permission::Denied => view! { <p class="notice">{t(&words::ring::RING_DENIED)}</p> }.into_any(),
                Permission::Open | Permission::Granted => ().into_any(),
            })}
            <Show when=move || matches!(permission.get(), Permission::Open | Permission::Granted) && !on.get()>
                <button type="button" class="quiet" data-act="ring-on" on:click=turn_on>
                    <Icon name="bell"/>
                    {t(&words::ring::RING_ON)}
                </button>
            </Show>
            <p role="status">{move || on.get().then(|| t(&words::ring::RING_IS_ON)())}</p>
            <Show when=move || on.get()>
                <button type="button" class="quiet" data-act="ring-off" on:click=turn_off>
                    {t(&words::ring::RING_OFF)}
                </button>
            </Show>
        </section>
    }
}
