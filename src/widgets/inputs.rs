//! One input for one value, whatever it belongs to: a capture of a visit, a cell of a table, a field of a customer.

use super::field::TextField;
use super::moment::MomentInput;
use crate::browser::speech;
use crate::i18n::{lang, t, tx, words};
use crate::widgets::icon::Icon;
use leptos::prelude::*;
use sitebook_core::template::{CaptureKind, Choice, ColumnKind};
use sitebook_core::text::Text;
use sitebook_core::value::{Value, number_words};
use sitebook_core::work::Refusal;
use std::sync::Arc;

/// Takes a value to where it belongs. `Err` is shown below the input, which keeps what was entered.
pub type SendValue = Arc<dyn Fn(Value) -> Result<(), Text> + Send + Sync>;

/// The capture kind that behaves like a column.
pub fn column_kind(kind: &ColumnKind) -> CaptureKind {
    match kind {
        ColumnKind::Text { max } => CaptureKind::Text { max: *max, long: false, phrases: Vec::new() },
        ColumnKind::Number { min, max, decimals } => {
            CaptureKind::Number { unit: None, min: *min, max: *max, decimals: *decimals }
        }
        ColumnKind::Choice { options } => CaptureKind::Choice { options: options.clone() },
        ColumnKind::Check => CaptureKind::Check,
        ColumnKind::Moment => CaptureKind::Moment,
        ColumnKind::Person => CaptureKind::Person,
    }
}

/// A number as people type it: full-width digits and a comma for the point are understood.
fn parse_number(text: &str) -> Result<Value, Refusal> {
    let plain: String = text
        .trim()
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            '．' | ',' | '，' | '。' => '.',
            '－' | '−' => '-',
            other => other,
        })
        .collect();
    if plain.is_empty() {
        return Ok(Value::EMPTY);
    }
    let digits = plain.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
    match plain.parse::<f64>() {
        Ok(number) if digits && number.is_finite() => Ok(Value::Number(number)),
        _ => Err(Refusal::NotANumber),
    }
}

/// The input that fits the kind. Stamps, photos, signatures, tables and tallies have widgets of their own.
#[component]
pub fn ValueInput(
    /// Id of the input element.
    #[prop(into)]
    id: String,
    /// Kind of value.
    kind: CaptureKind,
    /// What is stored.
    #[prop(into)]
    value: Signal<Option<Value>>,
    /// Stores a value.
    send: SendValue,
    /// Accessible name, where no `<label>` points to the input.
    #[prop(into)]
    name: Signal<String>,
    /// A value offered for one tap.
    #[prop(optional, into)]
    suggestion: Option<Signal<Option<String>>>,
) -> impl IntoView {
    let refusal = RwSignal::new(None::<Text>);
    let speech_lang = lang();
    let act = {
        let send = send.clone();
        move |value: Value| refusal.set(send(value).err())
    };
    let inject = RwSignal::new(None::<String>);
    let words_of = move || {
        value.get().map_or_else(String::new, |value| match value {
            Value::Number(number) => number_words(number),
            Value::Text(text) => text,
            _ => String::new(),
        })
    };
    let input = match kind {
        CaptureKind::Check => check(id, value, act).into_any(),
        CaptureKind::Choice { options } => choice(&id, options, value, name, act).into_any(),
        CaptureKind::Rating { of } => rating(of, value, name, act).into_any(),
        CaptureKind::Moment => view! { <MomentInput id value send/> }.into_any(),
        CaptureKind::Number { unit, .. } => {
            let send_text = move |text: String| match parse_number(&text) {
                Ok(value) => send(value),
                Err(refused) => Err(refused.words()),
            };
            view! {
                <div class="with-unit">
                    <TextField id value=Signal::derive(words_of) send=send_text mode="number"/>
                    {unit.map(|unit| view! { <span class="unit">{tx(unit)}</span> })}
                </div>
            }
            .into_any()
        }
        CaptureKind::Text { long, phrases, .. } => {
            let send_text = move |text: String| send(Value::text(&text));
            view! {
                <TextField id value=Signal::derive(words_of) send=send_text long inject/>
                {phrase_buttons(phrases, value, inject)}
                {long.then(|| view! { <Dictate value=Signal::derive(words_of) inject/> })}
                {suggestion.map(|suggestion| suggest(suggestion, value, inject))}
            }
            .into_any()
        }
        CaptureKind::Person | CaptureKind::Ref { .. } => {
            let send_text = move |text: String| send(Value::text(&text));
            view! {
                <TextField id value=Signal::derive(words_of) send=send_text inject/>
                {suggestion.map(|suggestion| suggest(suggestion, value, inject))}
            }
            .into_any()
        }
        CaptureKind::Phone => {
            let send_text = move |text: String| send(Value::text(&text));
            view! {
                <TextField id value=Signal::derive(words_of) send=send_text mode="tel" inject/>
                {suggestion.map(|suggestion| suggest(suggestion, value, inject))}
            }
            .into_any()
        }
        CaptureKind::Checklist { .. }
        | CaptureKind::Stamp { .. }
        | CaptureKind::Photo { .. }
        | CaptureKind::Signature { .. }
        | CaptureKind::Table { .. }
        | CaptureKind::Tally { .. } => ().into_any(),
    };
    view! {
        {input}
        <p class="field-error" role="alert">
            {move || refusal.get().map(|words| words.get(speech_lang.get()).to_owned())}
        </p>
    }
}

fn check(
    id: String,
    value: Signal<Option<Value>>,
    act: impl Fn(Value) + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let ticked = move || value.get().is_some_and(|value| value.is_true());
    view! {
        <input
            id=id
            type="checkbox"
            class="tick"
            prop:checked=ticked
            on:change=move |event| act(Value::Bool(event_target_checked(&event)))
        />
    }
}

fn choice(
    id: &str,
    options: Vec<Choice>,
    value: Signal<Option<Value>>,
    name: Signal<String>,
    act: impl Fn(Value) + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let group = format!("{id}-group");
    let buttons = options
        .into_iter()
        .map(|option| {
            let chosen = {
                let id = option.id.clone();
                move || value.get().and_then(|value| value.as_text().map(str::to_owned)).as_deref() == Some(&id)
            };
            let act = act.clone();
            let (group, choice, data) = (group.clone(), option.id.clone(), option.id.clone());
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name=group
                        value=data
                        prop:checked=chosen
                        on:change=move |_| act(Value::Text(choice.clone()))
                    />
                    <span>{tx(option.text)}</span>
                </label>
            }
        })
        .collect_view();
    view! { <div class="choices" role="radiogroup" aria-label=move || name.get()>{buttons}</div> }
}

fn rating(
    of: u8,
    value: Signal<Option<Value>>,
    name: Signal<String>,
    act: impl Fn(Value) + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let current = move || value.get().and_then(|value| value.as_number()).unwrap_or(0.0);
    let stars = (1..=of)
        .map(|n| {
            let act = act.clone();
            let full = move || f64::from(n) <= current();
            view! {
                <button
                    type="button"
                    class="star"
                    class:is-full=full
                    role="radio"
                    aria-checked=move || if (current() - f64::from(n)).abs() < 0.5 { "true" } else { "false" }
                    aria-label=n.to_string()
                    on:click=move |_| act(Value::Number(f64::from(n)))
                >
                    <Icon name="star"/>
                </button>
            }
        })
        .collect_view();
    view! { <div class="stars" role="radiogroup" aria-label=move || name.get()>{stars}</div> }
}

fn phrase_buttons(
    phrases: Vec<Text>,
    value: Signal<Option<Value>>,
    inject: RwSignal<Option<String>>,
) -> impl IntoView {
    let speech = lang();
    let buttons = phrases
        .into_iter()
        .map(|phrase| {
            let words = phrase.clone();
            let add = move |_| {
                let before = value.get_untracked().and_then(|value| value.as_text().map(str::to_owned));
                let phrase = phrase.get(speech.now());
                inject.set(Some(match before {
                    Some(before) if speech.now() == sitebook_core::text::Lang::Zh => format!("{before}；{phrase}"),
                    Some(before) => format!("{before}; {phrase}"),
                    None => phrase.to_owned(),
                }));
            };
            view! {
                <button type="button" class="chip" on:click=add>
                    <Icon name="plus"/>
                    {tx(words)}
                </button>
            }
        })
        .collect_view();
    view! { <div class="chips">{buttons}</div> }
}

fn suggest(
    suggestion: Signal<Option<String>>,
    value: Signal<Option<Value>>,
    inject: RwSignal<Option<String>>,
) -> impl IntoView {
    let offered = move || suggestion.get().filter(|_| value.get().is_none());
    view! {
        <Show when=move || offered().is_some()>
            <button
                type="button"
                class="chip"
                data-act="suggest"
                on:click=move |_| inject.set(suggestion.get_untracked())
            >
                {crate::i18n::tf(move || words::SUGGESTED.with(&[&offered().unwrap_or_default()]))}
            </button>
        </Show>
    }
}

/// Speech into a text box, where the browser offers it.
#[component]
fn Dictate(
    /// What is stored; speech is added behind it.
    value: Signal<String>,
    /// Puts the text into the box.
    inject: RwSignal<Option<String>>,
) -> impl IntoView {
    let running = StoredValue::new_local(None::<speech::Dictation>);
    let listening = RwSignal::new(false);
    let speech_lang = lang();
    let on_device = LocalResource::new(move || {
        let tag = speech_lang.get().tag();
        async move { speech::available() && speech::on_device(tag).await }
    });
    let label = move || match (listening.get(), on_device.get()) {
        (true, _) => t(&words::DICTATE_STOP)(),
        (false, Some(true)) => t(&words::DICTATE)(),
        (false, _) => t(&words::DICTATE_ONLINE)(),
    };
    let toggle = move |_| {
        if listening.get_untracked() {
            running.set_value(None);
            listening.set(false);
            return;
        }
        let here = on_device.get_untracked() == Some(true);
        let place = if here { speech::Place::Device } else { speech::Place::Anywhere };
        let begun = speech::Dictation::start(
            speech_lang.now().tag(),
            place,
            move |heard: String| {
                let before = value.get_untracked();
                inject.set(Some(if before.is_empty() { heard } else { format!("{before} {heard}") }));
            },
            move |_| listening.set(false),
        );
        listening.set(begun.is_some());
        running.set_value(begun);
    };
    view! {
        <Show when=speech::available>
            <button type="button" class="chip" aria-pressed=move || listening.get().to_string() on:click=toggle>
                <Icon name="mic"/>
                {label}
            </button>
        </Show>
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        assert_eq!(parse_number(" １２，５ ").unwrap(), Value::Number(12.5));
        assert_eq!(parse_number("-3").unwrap(), Value::Number(-3.0));
        assert_eq!(parse_number("").unwrap(), Value::EMPTY);
        for wrong in ["abc", "1e400", "inf", "NaN", "1.2.3", "--", "十"] {
            assert_eq!(parse_number(wrong), Err(Refusal::NotANumber), "{wrong}");
        }
    }
}
