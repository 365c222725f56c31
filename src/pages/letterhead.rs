//! What stands at the head of the company's forms: name, address, telephone, logo.

use crate::browser::{files, picture};
use crate::i18n::{t, words};
use crate::store::settings::{Profile, Settings, logo, set_logo};
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, Trouble};
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::text::Text;
use sitebook_core::work::Refusal;

/// The section of the page *More*.
#[component]
pub fn LetterheadSection() -> impl IntoView {
    view! {
        <section class="stack">
            <h2>{t(&words::LETTER_TITLE)}</h2>
            <p class="hint">{t(&words::LETTER_HINT)}</p>
            {line("company", &words::MORE_COMPANY, |s| &s.company, |s, text| s.company = text)}
            {line("address", &words::LETTER_ADDRESS, |s| &s.address, |s, text| s.address = text)}
            {line("office-phone", &words::LETTER_PHONE, |s| &s.office_phone, |s, text| s.office_phone = text)}
            <Logo/>
        </section>
    }
}

/// A line of the profile, kept when the field is left.
pub fn line(
    name: &'static str,
    label: &'static Text,
    read: fn(&Settings) -> &String,
    write: fn(&mut Settings, String),
) -> AnyView {
    const MAX: u32 = 80;
    let profile = Profile::here();
    let trouble = RwSignal::new(None::<Text>);
    let changed = move |event| {
        let text = event_target_value(&event).trim().to_owned();
        let is = text.chars().count();
        if is > MAX as usize {
            trouble.set(Some(Refusal::TooLong { max: MAX, is }.words()));
            return;
        }
        trouble.set(None);
        profile.update(|settings| write(settings, text));
    };
    view! {
        <label>
            <span>{t(label)}</span>
            <input
                type="text"
                name=name
                autocomplete="off"
                prop:value=move || profile.with(|s| read(s).clone())
                on:change=changed
            />
        </label>
        <Trouble words=trouble/>
    }
    .into_any()
}

#[component]
fn Logo() -> impl IntoView {
    let show = |bytes: Option<Vec<u8>>| bytes.and_then(|bytes| picture::object_url(&bytes, "image/*"));
    let shown = RwSignal::new_local(show(logo()));
    let trouble = RwSignal::new(None::<Text>);
    let take = move |event: leptos::ev::Event| {
        let Some(file) = files::input_files(&event).into_iter().next() else { return };
        spawn_local(async move {
            let taken = picture::logo(&file).await;
            let _ = trouble.try_set(taken.as_ref().err().map(picture::PictureError::words));
            if let Ok(bytes) = taken {
                set_logo(Some(&bytes));
                let _ = shown.try_set(show(Some(bytes)));
            }
        });
    };
    let forget = move |_| {
        set_logo(None);
        shown.set(None);
    };
    let has = Memo::new(move |_| shown.with(Option::is_some));
    view! {
        <div class="stack" data-logo=move || has.get().to_string()>
            <span>{t(&words::LETTER_LOGO)}</span>
            <Show when=move || has.get()>
                <img
                    class="logo"
                    alt=t(&words::LETTER_LOGO)
                    src=move || shown.with(|url| url.as_ref().map(|url| url.as_str().to_owned()))
                />
            </Show>
            <div class="photo-actions">
                <label class="button quiet" for="logo">
                    <Icon name="image"/>
                    {t(&words::LETTER_LOGO_PICK)}
                </label>
                <input class="unseen" id="logo" type="file" accept="image/*" on:change=take/>
                <Show when=move || has.get()>
                    <button type="button" class="quiet" data-act="no-logo" on:click=forget>
                        <Icon name="trash-2"/>
                        {t(&words::REMOVE)}
                    </button>
                </Show>
            </div>
            <Trouble words=trouble/>
        </div>
    }
}
