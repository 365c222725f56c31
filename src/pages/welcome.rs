//! First use: what the app is, language, name and company, and a sample to try with. One screen.

use crate::i18n::{Lang, lang, t, words};
use crate::later;
use crate::route::Route;
use crate::store::Store;
use crate::store::settings::Profile;
use crate::widgets::icon::Icon;
use crate::widgets::ui::Trouble;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::ledger::RecordKind;
use sitebook_core::text::Text;

/// Longest name or company, in characters.
const MAX: usize = 80;

/// The first screen.
#[component]
pub fn Welcome() -> impl IntoView {
    let profile = Profile::here();
    let store = Store::here();
    let speech = lang();
    let name = RwSignal::new(profile.now().name);
    let company = RwSignal::new(profile.now().company);
    let trouble = RwSignal::new(None::<Text>);
    let busy = RwSignal::new(false);
    let begin = move |with_sample: bool| {
        let (person, firm) = (name.get_untracked().trim().to_owned(), company.get_untracked().trim().to_owned());
        if person.is_empty() {
            trouble.set(Some(sitebook_core::work::Refusal::NameMissing.words()));
            return;
        }
        if let Some(long) = [&person, &firm].into_iter().map(|text| text.chars().count()).find(|count| *count > MAX) {
            trouble.set(Some(sitebook_core::work::Refusal::TooLong { max: 80, is: long }.words()));
            return;
        }
        let language = speech.now();
        profile.update(|settings| {
            settings.name = person;
            settings.company = firm;
            settings.lang = Some(language);
        });
        if !with_sample {
            profile.update(|settings| settings.welcomed = true);
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match later::make_sample(store, profile.now(), language).await {
                Ok(order) => {
                    if let Some(order) = order {
                        crate::browser::route::replace(&Route::Show(RecordKind::Order, order).href());
                    }
                    profile.update(|settings| settings.welcomed = true);
                }
                Err(words) => {
                    let _ = trouble.try_set(Some(words));
                }
            }
            let _ = busy.try_set(false);
        });
    };
    let choose = move |language: Lang| profile.update(|settings| settings.lang = Some(language));
    let button = move |language: Lang, words: &'static str| {
        view! {
            <button
                type="button"
                class="segment"
                lang=language.tag()
                aria-pressed=move || (speech.get() == language).to_string()
                on:click=move |_| choose(language)
            >
                {words}
            </button>
        }
    };
    view! {
        <main id="main" class="welcome" tabindex="-1">
            <div class="welcome-head">
                <img class="welcome-mark" src="./icons/favicon.svg" alt="" width="56" height="56"/>
                <div>
                    <p class="welcome-name">"现场通 " <span lang="en">"Sitebook"</span></p>
                    <p class="hint">{t(&words::APP_CLAIM)}</p>
                </div>
            </div>
            <h1>{t(&words::WELCOME_TITLE)}</h1>
            <ul class="welcome-points">
                <li>
                    <Icon name="clipboard-list"/>
                    {t(&words::WELCOME_GUIDE)}
                </li>
                <li>
                    <Icon name="file-text"/>
                    {t(&words::WELCOME_KEEP)}
                </li>
                <li>
                    <Icon name="lock"/>
                    {t(&words::WELCOME_SAFE)}
                </li>
            </ul>
            <form
                class="stack"
                on:submit=move |event| {
                    event.prevent_default();
                    begin(false);
                }
            >
                <div class="segments" role="group" aria-label=t(&words::WELCOME_LANG)>
                    {button(Lang::Zh, "中文")}
                    {button(Lang::En, "English")}
                </div>
                <label>
                    <span>{t(&words::WELCOME_NAME)}</span>
                    <input
                        type="text"
                        name="name"
                        autocomplete="name"
                        placeholder=t(&words::WELCOME_NAME_HINT)
                        prop:value=move || name.get()
                        on:input=move |event| name.set(event_target_value(&event))
                    />
                </label>
                <label>
                    <span>{t(&words::WELCOME_COMPANY)}</span>
                    <input
                        type="text"
                        name="company"
                        autocomplete="organization"
                        placeholder=t(&words::WELCOME_COMPANY_HINT)
                        prop:value=move || company.get()
                        on:input=move |event| company.set(event_target_value(&event))
                    />
                </label>
                <Trouble words=trouble/>
                <button
                    type="button"
                    class="primary"
                    data-act="start-sample"
                    disabled=move || busy.get()
                    on:click=move |_| begin(true)
                >
                    {t(&words::WELCOME_SAMPLE)}
                </button>
                <button type="submit" class="quiet" data-act="start">{t(&words::WELCOME_START)}</button>
                <p class="hint">{t(&words::WELCOME_SAMPLE_HINT)}</p>
            </form>
        </main>
    }
}
