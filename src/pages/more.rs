//! Profile, appearance, data on this device, installation, about.

use super::backup::Backup;
use super::letterhead::{LetterheadSection, line};
use super::ringing::RingSection;
use super::space::Space;
use crate::browser::{media, pwa};
use crate::i18n::{Lang, lang, t, tf, words};
use crate::route::Route;
use crate::store::settings::{Profile, Settings, Theme};
use crate::store::{Store, StoreError, sample, transfer};
use crate::widgets::bar::Bar;
use crate::widgets::icon::Icon;
use crate::widgets::install;
use crate::widgets::keys::KeyList;
use crate::widgets::progress::{Progress, Work};
use crate::widgets::ui::{Show, Told};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::text::Text;

/// A long piece of work, with what there is to tell at its end.
type Job = std::pin::Pin<Box<dyn Future<Output = Result<Text, StoreError>>>>;

/// The page.
#[component]
pub fn More() -> impl IntoView {
    view! {
        <Bar title=Signal::derive(move || t(&words::MORE_TITLE)().to_owned())/>
        <div class="page stack">
            <ProfileSection/>
            <LetterheadSection/>
            <LookSection/>
            <KeysSection/>
            <RingSection/>
            <Backup/>
            <DataSection/>
            <AboutSection/>
        </div>
    }
}

#[component]
fn ProfileSection() -> impl IntoView {
    view! {
        <section class="stack">
            <h2>{t(&words::MORE_PROFILE)}</h2>
            {line("name", &words::MORE_NAME, |s| &s.name, |s, text| s.name = text)}
            {line("phone", &words::MORE_PHONE, |s| &s.phone, |s, text| s.phone = text)}
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

/// Only where there is a mouse, and so most likely a keyboard.
#[component]
fn KeysSection() -> impl IntoView {
    media::matches("(pointer: fine)").then(|| {
        view! {
            <section class="stack">
                <h2>{t(&words::keyboard::TITLE)}</h2>
                <KeyList/>
            </section>
        }
    })
}

#[component]
fn DataSection() -> impl IntoView {
    let store = Store::here();
    let profile = Profile::here();
    let speech = lang();
    let told = RwSignal::new(None::<Text>);
    let work = Work::new();
    let run = move |job: fn(Store, Settings, Lang, Work) -> Job| {
        if !work.begin() {
            return;
        }
        told.set(None);
        spawn_local(async move {
            let words = job(store, profile.now(), speech.now(), work).await;
            let _ = told.try_set(Some(words.unwrap_or_else(|error| error.words())));
            work.end();
        });
    };
    view! {
        <section class="stack">
            <h2>{t(&words::MORE_DATA)}</h2>
            <ul class="menu">
                <li>
                    <a href=Route::Catalogue(None).href() data-act="catalogue">
                        <Icon name="clipboard-list"/>
                        {t(&words::CATALOGUE_TITLE)}
                    </a>
                </li>
                <li>
                    <a href=Route::Limits.href() data-act="limits">
                        <Icon name="timer"/>
                        {t(&words::LIMITS_TITLE)}
                    </a>
                </li>
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
                    <a href=Route::Blanks.href() data-act="blanks-page">
                        <Icon name="printer"/>
                        {t(&words::BLANK_TITLE)}
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
            <Progress work/>
            <Told words=told/>
            <Space/>
        </section>
    }
}

fn add_sample(store: Store, settings: Settings, lang: Lang, _: Work) -> Job {
    Box::pin(async move {
        sample::create(store, &settings, lang).await?;
        Ok(words::DONE.clone())
    })
}

fn rebuild(store: Store, _: Settings, _: Lang, work: Work) -> Job {
    Box::pin(async move {
        let all = store.rebuild(&|step| work.tell(step)).await?;
        Ok(words::MORE_REBUILT.with(&[&all.checked.to_string(), &all.differing.to_string()]))
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
                {install::ios_steps()}
            </Show>
            <Show when=move || offline.get()>
                <p class="hint">{t(&words::MORE_OFFLINE_READY)}</p>
            </Show>
            <p class="hint">{t(&words::MORE_PRIVACY)}</p>
            <p class="hint">{tf(|| words::MORE_VERSION.with(&[transfer::APP]))}</p>
        </section>
    }
}
