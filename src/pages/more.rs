//! Profile, appearance, data on this device, installation, about.

use super::backup::Backup;
use super::space::Space;
use crate::browser::pwa;
use crate::i18n::{Lang, lang, t, tf, words};
use crate::route::Route;
use crate::store::settings::{Profile, Settings, Theme};
use crate::store::{Store, sample, transfer};
use crate::widgets::bar::Bar;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, Trouble};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::text::Text;

/// What a long piece of work has to tell at its end.
type Told = std::pin::Pin<Box<dyn Future<Output = Text>>>;

/// The page.
#[component]
pub fn More() -> impl IntoView {
    view! {
        <Bar title=Signal::derive(move || t(&words::MORE_TITLE)().to_owned())/>
        <div class="page stack">
            <ProfileSection/>
            <LookSection/>
            <Backup/>
            <DataSection/>
            <AboutSection/>
        </div>
    }
}

#[component]
fn ProfileSection() -> impl IntoView {
    let profile = Profile::here();
    let field = move |label: &'static Text, read: fn(&Settings) -> &String, write: fn(&mut Settings, String)| {
        let trouble = RwSignal::new(None::<Text>);
        let changed = move |event| {
            let text = event_target_value(&event).trim().to_owned();
            let length = text.chars().count();
            if length > 80 {
                trouble.set(Some(sitebook_core::work::Refusal::TooLong { max: 80, is: length }.words()));
                return;
            }
            trouble.set(None);
            profile.update(|settings| write(settings, text));
        };
        view! {
            <label>
                <span>{t(label)}</span>
                <input type="text" autocomplete="off" prop:value=move || profile.with(|s| read(s).clone()) on:change=changed/>
            </label>
            <Trouble words=trouble/>
        }
    };
    view! {
        <section class="stack">
            <h2>{t(&words::MORE_PROFILE)}</h2>
            {field(&words::MORE_NAME, |s| &s.name, |s, text| s.name = text)}
            {field(&words::MORE_PHONE, |s| &s.phone, |s, text| s.phone = text)}
            {field(&words::MORE_COMPANY, |s| &s.company, |s, text| s.company = text)}
        </section>
    }
}

#[component]
fn LookSection() -> impl IntoView {
    let profile = Profile::here();
    let speech = lang();
    let language = move |language: Lang, words: &'static str| {
        view! {
            <button
                type="button"
                class="segment"
                lang=language.tag()
                aria-pressed=move || (speech.get() == language).to_string()
                on:click=move |_| profile.update(|settings| settings.lang = Some(language))
            >
                {words}
            </button>
        }
    };
    let theme = move |theme: Theme, words: &'static Text| {
        view! {
            <button
                type="button"
                class="segment"
                data-theme-choice=theme.id()
                aria-pressed=move || profile.with(|s| s.theme == theme).to_string()
                on:click=move |_| profile.update(|settings| settings.theme = theme)
            >
                {t(words)}
            </button>
        }
    };
    view! {
        <section class="stack">
            <h2>{t(&words::MORE_LANGUAGE)}</h2>
            <div class="segments" role="group" aria-label=t(&words::MORE_LANGUAGE)>
                {language(Lang::Zh, "中文")}
                {language(Lang::En, "English")}
            </div>
            <h2>{t(&words::MORE_THEME)}</h2>
            <div class="segments" role="group" aria-label=t(&words::MORE_THEME)>
                {theme(Theme::Auto, &words::THEME_AUTO)}
                {theme(Theme::Light, &words::THEME_LIGHT)}
                {theme(Theme::Dark, &words::THEME_DARK)}
                {theme(Theme::Sun, &words::THEME_SUN)}
            </div>
        </section>
    }
}

#[component]
fn DataSection() -> impl IntoView {
    let store = Store::here();
    let profile = Profile::here();
    let speech = lang();
    let told = RwSignal::new(None::<Text>);
    let busy = RwSignal::new(false);
    let run = move |work: fn(Store, Profile, Lang) -> Told| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        told.set(None);
        spawn_local(async move {
            let words = work(store, profile, speech.now()).await;
            let _ = told.try_set(Some(words));
            let _ = busy.try_set(false);
        });
    };
    view! {
        <section class="stack">
            <h2>{t(&words::MORE_DATA)}</h2>
            <ul class="menu">
                <li>
                    <a href=Route::Import.href() data-act="import-page">
                        <Icon name="upload"/>
                        {t(&words::MORE_IMPORT)}
                    </a>
                </li>
                <li>
                    <a href=Route::Verify.href() data-act="verify-page">
                        <Icon name="file-text"/>
                        {t(&words::MORE_VERIFY)}
                    </a>
                </li>
                <li>
                    <button type="button" data-act="sample" on:click=move |_| run(add_sample)>
                        <Icon name="clipboard-list"/>
                        {t(&words::MORE_SAMPLE)}
                    </button>
                </li>
                <li>
                    <button type="button" data-act="rebuild" on:click=move |_| run(rebuild)>
                        <Icon name="refresh-cw"/>
                        {t(&words::MORE_REBUILD)}
                    </button>
                </li>
            </ul>
            <p class="hint" role="status" data-told>{move || told.get().map(|words| words.get(speech.get()).to_owned())}</p>
            <Space/>
        </section>
    }
}

fn add_sample(store: Store, profile: Profile, lang: Lang) -> Told {
    Box::pin(async move {
        match sample::create(store, &profile.now(), lang).await {
            Ok(_) => words::DONE.clone(),
            Err(error) => error.words(),
        }
    })
}

fn rebuild(store: Store, _: Profile, _: Lang) -> Told {
    Box::pin(async move {
        match store.rebuild(|_| true).await {
            Ok(all) => words::MORE_REBUILT.with(&[&all.checked.to_string(), &all.differing.to_string()]),
            Err(error) => error.words(),
        }
    })
}

#[component]
fn AboutSection() -> impl IntoView {
    let installable = RwSignal::new(pwa::InstallPrompt::available());
    let watching = StoredValue::new_local(pwa::InstallPrompt::capture(move |available| {
        let _ = installable.try_set(available);
    }));
    on_cleanup(move || watching.dispose());
    let install = move |_| {
        spawn_local(async move {
            pwa::InstallPrompt::prompt().await;
        });
    };
    let offline = RwSignal::new(false);
    pwa::offline_ready(move || {
        let _ = offline.try_set(true);
    });
    let on_ios = pwa::is_ios() && !pwa::is_standalone();
    view! {
        <section class="stack">
            <h2>{t(&words::MORE_ABOUT)}</h2>
            <Show when=move || installable.get()>
                <button type="button" class="quiet" on:click=install>
                    <Icon name="download"/>
                    {t(&words::MORE_INSTALL)}
                </button>
            </Show>
            <Show when=move || on_ios>
                <p class="notice">{t(&words::MORE_INSTALL_IOS)}</p>
            </Show>
            <Show when=move || offline.get()>
                <p class="hint">{t(&words::MORE_OFFLINE_READY)}</p>
            </Show>
            <p class="hint">{t(&words::MORE_PRIVACY)}</p>
            <p class="hint">{tf(|| words::MORE_VERSION.with(&[transfer::APP]))}</p>
        </section>
    }
}
