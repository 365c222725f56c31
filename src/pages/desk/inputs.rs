//! Inputs of the editor: words in both languages, a clause, a tick, a choice, a number. Each reads one place of the
//! procedure and changes only that.

use super::state::Desk;
use crate::i18n::{Lang, Text, lang, t, tf, words::editor};
use crate::widgets::ui::dynamic;
use leptos::prelude::*;
use sitebook_core::template::Procedure;
use sitebook_core::template::words_at::{CodeAt, TextAt, code_at, set_code, set_text, text_at};
use sitebook_core::value::number_words;

/// One text in both languages, that of the screen first.
pub fn both(desk: Desk, at: TextAt, label: Text, long: bool) -> AnyView {
    let speech = lang();
    let name = label.clone();
    let optional = at.is_optional();
    // The order of the languages changes with that of the screen, and then only.
    let inputs = dynamic(move || {
        let order = match speech.get() {
            Lang::Zh => [Lang::Zh, Lang::En],
            Lang::En => [Lang::En, Lang::Zh],
        };
        order.map(|one| input(desk, at, one, name.clone(), long)).collect_view().into_any()
    });
    view! {
        <fieldset class="both">
            <legend>
                {tf(move || label.clone())}
                {optional.then(|| view! { <span class="optional">{t(&crate::i18n::words::OPTIONAL)}</span> })}
            </legend>
            {inputs}
        </fieldset>
    }
    .into_any()
}

fn language(one: Lang) -> &'static Text {
    match one {
        Lang::Zh => &editor::ZH,
        Lang::En => &editor::EN,
    }
}

fn input(desk: Desk, at: TextAt, one: Lang, name: Text, long: bool) -> AnyView {
    let value =
        desk.memo(move |procedure| text_at(procedure, at).map(|text| text.get(one).to_owned()).unwrap_or_default());
    let place = format!("{at:?} {}", one.tag());
    let field = place.clone();
    let typed =
        move |words: String| desk.type_into(&place, |procedure| set_text(procedure, at, one, words.trim_start()));
    let label = tf(move || Text::of("{0}（{1}）", "{0} ({1})").with_texts(&[&name, language(one)]));
    let input = if long {
        view! {
            <textarea
                rows="2"
                lang=one.tag()
                aria-label=label
                data-words=field
                prop:value=move || value.get()
                on:input=move |event| typed(event_target_value(&event))
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                type="text"
                autocomplete="off"
                lang=one.tag()
                aria-label=label
                data-words=field
                prop:value=move || value.get()
                on:input=move |event| typed(event_target_value(&event))
            />
        }
        .into_any()
    };
    view! {
        <div class="both-line">
            <span class="both-lang" aria-hidden="true">{if one == Lang::Zh { "中" } else { "EN" }}</span>
            {input}
        </div>
    }
    .into_any()
}

/// A code that is the same in both languages.
pub fn code(desk: Desk, at: CodeAt, label: &'static Text) -> AnyView {
    let value = desk.memo(move |procedure| code_at(procedure, at).unwrap_or_default());
    let place = format!("{at:?}");
    let field = place.clone();
    view! {
        <label>
            <span>{t(label)}</span>
            <input
                type="text"
                autocomplete="off"
                data-words=field
                prop:value=move || value.get()
                on:input=move |event| {
                    let words = event_target_value(&event);
                    desk.type_into(&place, |procedure| set_code(procedure, at, &words));
                }
            />
        </label>
    }
    .into_any()
}

/// A tick.
pub fn tick(
    desk: Desk,
    label: &'static Text,
    name: &'static str,
    read: impl Fn(&Procedure) -> bool + Send + Sync + 'static,
    write: impl Fn(&mut Procedure, bool) + 'static,
) -> AnyView {
    let value = desk.memo(read);
    view! {
        <label class="check-line">
            <input
                type="checkbox"
                data-tick=name
                prop:checked=move || value.get()
                on:change=move |event| {
                    let ticked = event_target_checked(&event);
                    desk.change(|procedure| write(procedure, ticked));
                }
            />
            <span>{t(label)}</span>
        </label>
    }
    .into_any()
}

/// One of several, as a list to choose from. The list is read when it is drawn.
pub fn choose(
    label: &'static Text,
    name: &'static str,
    offers: Vec<(String, Text)>,
    value: Memo<String>,
    write: impl Fn(String) + 'static,
) -> AnyView {
    let speech = lang();
    let options = dynamic(move || {
        let now = speech.get();
        let option = |(id, words): &(String, Text)| {
            let (id, words) = (id.clone(), words.get(now).to_owned());
            let this = id.clone();
            view! { <option value=id selected=move || value.with(|value| *value == this)>{words}</option> }
        };
        offers.iter().map(option).collect_view().into_any()
    });
    view! {
        <label>
            <span>{t(label)}</span>
            <select data-choose=name prop:value=move || value.get() on:change=move |event| write(event_target_value(&event))>
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// A number, or none.
pub fn number(
    desk: Desk,
    label: &'static Text,
    name: &'static str,
    read: impl Fn(&Procedure) -> Option<f64> + Send + Sync + 'static,
    write: impl Fn(&mut Procedure, Option<f64>) + 'static,
) -> AnyView {
    let value = desk.memo(move |procedure| read(procedure).map(number_words).unwrap_or_default());
    view! {
        <label>
            <span>{t(label)}</span>
            <input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                data-number=name
                prop:value=move || value.get()
                on:change=move |event| {
                    let typed = event_target_value(&event);
                    let number = typed.trim().parse::<f64>().ok().filter(|number| number.is_finite());
                    desk.change(|procedure| write(procedure, number));
                }
            />
        </label>
    }
    .into_any()
}
