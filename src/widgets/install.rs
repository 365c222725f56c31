//! The offer to install the app: once, when it has proved useful, and never again after it was put away.

use crate::browser::pwa::{self, InstallPrompt};
use crate::i18n::{t, words};
use crate::store::settings::Profile;
use crate::widgets::icon::Icon;
use crate::widgets::ui::Show;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::text::Text;

/// So many starts tell that somebody comes back.
pub const ENOUGH: u32 = 3;

/// The offer, where it is time and the browser can install.
#[component]
pub fn InstallOffer(
    /// Whether a visit was finished on this device.
    finished: bool,
) -> impl IntoView {
    let profile = Profile::here();
    let time = Memo::new(move |_| profile.with(|s| !s.no_install && (finished || s.starts >= ENOUGH)));
    let (standalone, ios) = (pwa::is_standalone(), pwa::is_ios());
    let offered = RwSignal::new(InstallPrompt::available());
    let watching = StoredValue::new_local(InstallPrompt::capture(move |available| {
        let _ = offered.try_set(available);
    }));
    on_cleanup(move || watching.dispose());
    let put_away = move || profile.update(|settings| settings.no_install = true);
    let install = move |_| {
        spawn_local(async move {
            // Refused or accepted: either way it was offered, and More still has it.
            if InstallPrompt::prompt().await.is_some() {
                put_away();
            }
        });
    };
    view! {
        <Show when=move || !standalone && time.get() && (ios || offered.get())>
            <section class="notice install-offer" data-install>
                <Icon name="download"/>
                <div class="stack">
                    <p><strong>{t(&words::ring::INSTALL_TITLE)}</strong></p>
                    <p>{t(&words::ring::INSTALL_WHY)}</p>
                    {ios.then(ios_steps)}
                    <div class="install-acts">
                        <Show when=move || !ios>
                            <button type="button" class="primary" data-act="install" on:click=install>
                                {t(&words::ring::INSTALL)}
                            </button>
                        </Show>
                        <button type="button" class="quiet" data-act="no-install" on:click=move |_| put_away()>
                            {t(&words::ring::INSTALL_NOT)}
                        </button>
                    </div>
                </div>
            </section>
        </Show>
    }
}

/// How it is done on an iPhone or iPad, where no page can ask for it.
pub fn ios_steps() -> impl IntoView {
    let step = |icon: &'static str, words: &'static Text| {
        view! {
            <li>
                <Icon name=icon/>
                <span>{t(words)}</span>
            </li>
        }
    };
    view! {
        <ol class="install-steps">
            {step("share", &words::ring::INSTALL_SHARE)}
            {step("square-plus", &words::ring::INSTALL_ADD)}
            {step("circle-check", &words::ring::INSTALL_OPEN)}
        </ol>
        <p class="hint">{t(&words::ring::INSTALL_BACKUP)}</p>
    }
}
