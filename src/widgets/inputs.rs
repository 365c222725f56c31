//! One input for one value, whatever it belongs to: a capture of a visit, a cell of a table, a field of a customer.

use super::dictate::Dictate;
use super::feel;
use super::field::TextField;
use super::moment::MomentInput;
use super::offers::Offers;
use crate::browser::ticks;
use crate::i18n::words::equipment;
use crate::i18n::{lang, t, tx, words};
use crate::widgets::icon::Icon;
use crate::widgets::scan::{ScanButton, TakeCode};
use crate::widgets::ui::{Show, Trouble};
use leptos::prelude::*;
use sitebook_core::codes::serial_in;
use sitebook_core::template::{CaptureKind, Choice, ColumnKind};
use sitebook_core::text::{Lang, Text};
use sitebook_core::value::{Value, number_words};
use sitebook_core::work::Refusal;
use std::sync::Arc;

/// Text up to so many characters is asked for in one line; longer text gets a box that grows.
const ONE_LINE: u32 = 80;

/// Takes a value to where it belongs. `Err` is shown below the input, which keeps what was entered.
pub type SendValue = Arc<dyn Fn(Value) -> Result<(), Text> + Send + Sync>;

/// The capture kind that behaves like a column.
pub fn column_kind(kind: &ColumnKind) -> CaptureKind {
    match kind {
        ColumnKind::Text { max } => {
            CaptureKind::Text { max: *max, long: false, phrases: Vec::new(), for_customer: false }
        }
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
    suggestion: Option<Signal<Option<Value>>>,
    /// Whether it names a part by its number, which stands on the part as a code.
    #[prop(optional)]
    scan: bool,
) -> impl IntoView {
    let refusal = RwSignal::new(None::<Text>);
    let act = {
        let send = send.clone();
        move |value: Value| feel::told(send(value), refusal)
    };
    let offer = send.clone();
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
        CaptureKind::Moment => view! { <MomentInput id value send=send.clone()/> }.into_any(),
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
        CaptureKind::Text { long, phrases, max, for_customer } => {
            let send_text = move |text: String| send(Value::text(&text));
            view! {
                <TextField id value=Signal::derive(words_of) send=send_text lines={if long { 3 } else { u8::from(max > ONE_LINE) }} inject/>
                {(long || for_customer).then(|| view! { <Offers value=Signal::derive(words_of) inject/> })}
                {phrase_buttons(phrases, value, inject)}
                {scan.then(|| scan_into(inject))}
                {long.then(|| view! { <Dictate value=Signal::derive(words_of) inject name/> })}
            }
            .into_any()
        }
        CaptureKind::Person | CaptureKind::Ref { .. } => {
            let send_text = move |text: String| send(Value::text(&text));
            view! {
                <TextField id value=Signal::derive(words_of) send=send_text/>
            }
            .into_any()
        }
        CaptureKind::Phone => {
            let send_text = move |text: String| send(Value::text(&text));
            view! {
                <TextField id value=Signal::derive(words_of) send=send_text mode="tel"/>
            }
            .into_any()
        }
        CaptureKind::Checklist { .. }
        | CaptureKind::Stamp { .. }
        | CaptureKind::Photo { .. }
        | CaptureKind::Signature { .. }
        | CaptureKind::Table { .. }
        | CaptureKind::Series { .. }
        | CaptureKind::Verdicts { .. }
        | CaptureKind::Score { .. }
        | CaptureKind::Computed { .. }
        | CaptureKind::Serial { .. }
        | CaptureKind::Tally { .. } => ().into_any(),
    };
    view! {
        {input}
        {suggestion.map(|suggestion| suggest(suggestion, value, offer))}
        <Trouble words=refusal/>
    }
}

fn check(
    id: String,
    value: Signal<Option<Value>>,
    act: impl Fn(Value) -> bool + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let ticked = move || value.get().is_some_and(|value| value.is_true());
    let change = move |event| {
        if !act(Value::Bool(event_target_checked(&event))) {
            ticks::put_back(&event, None);
        }
    };
    view! {
        <input
            id=id
            type="checkbox"
            class="tick"
            prop:checked=ticked
            on:change=change
        />
    }
}

fn choice(
    id: &str,
    options: Vec<Choice>,
    value: Signal<Option<Value>>,
    name: Signal<String>,
    act: impl Fn(Value) -> bool + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let chosen = move |value: Option<Value>| value.and_then(|value| value.as_text().map(str::to_owned));
    let group = format!("{id}-group");
    let buttons = options
        .into_iter()
        .map(|option| {
            let is_chosen = {
                let id = option.id.clone();
                move || chosen(value.get()).as_deref() == Some(&id)
            };
            let act = act.clone();
            let (group, choice, data) = (group.clone(), option.id.clone(), option.id);
            let change = move |event| {
                if !act(Value::Text(choice.clone())) {
                    ticks::put_back(&event, chosen(value.get_untracked()).as_deref());
                }
            };
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name=group
                        value=data
                        prop:checked=is_chosen
                        on:change=change
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
    act: impl Fn(Value) -> bool + Clone + Send + Sync + 'static,
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
                    on:click=move |_| _ = act(Value::Number(f64::from(n)))
                >
                    <Icon name="star"/>
                </button>
            }
        })
        .collect_view();
    view! { <div class="stars" role="radiogroup" aria-label=move || name.get()>{stars}</div> }
}

/// Scans a code into the field; it can be changed by hand afterwards.
fn scan_into(inject: RwSignal<Option<String>>) -> impl IntoView {
    let take: TakeCode = Arc::new(move |code: String| inject.set(Some(serial_in(&code).to_owned())));
    view! { <ScanButton label=Signal::derive(move || t(&equipment::SCAN)().to_owned()) take/> }
}

fn phrase_buttons(phrases: Vec<Text>, value: Signal<Option<Value>>, inject: RwSignal<Option<String>>) -> impl IntoView {
    let speech = lang();
    let before = move || value.get().and_then(|value| value.as_text().map(str::to_owned));
    let buttons = phrases
        .into_iter()
        .map(|phrase| {
            let (words, text) = (phrase.clone(), StoredValue::new(phrase));
            let add = move |_| {
                let phrase = text.with_value(|text| text.get(speech.now()).to_owned());
                inject.set(Some(match untrack(before) {
                    Some(before) if speech.now() == Lang::Zh => format!("{before}；{phrase}"),
                    Some(before) => format!("{before}; {phrase}"),
                    None => phrase,
                }));
            };
            let words = tx(words);
            let taken =
                move || before().is_some_and(|before| text.with_value(|t| before.contains(t.get(speech.get()))));
            view! {
                <Show when=move || !taken()>
                    <button type="button" class="chip" data-act="phrase" on:click=add>
                        <Icon name="plus"/>
                        {words}
                    </button>
                </Show>
            }
        })
        .collect_view();
    view! { <div class="chips">{buttons}</div> }
}

/// Offers a value that is known already, for one tap.
fn suggest(suggestion: Signal<Option<Value>>, value: Signal<Option<Value>>, send: SendValue) -> AnyView {
    let offered = move || suggestion.get().filter(|_| value.get().is_none());
    let label = crate::i18n::tf(move || {
        let words = match offered() {
            Some(Value::Text(text)) => text,
            Some(Value::Number(number)) => number_words(number),
            Some(Value::Moment(stamp)) => stamp.date_time(),
            _ => String::new(),
        };
        words::SUGGESTED.with(&[&words])
    });
    let send = StoredValue::new(send);
    let take = move |_| {
        if let Some(value) = suggestion.get_untracked() {
            // A value of the wrong kind cannot be here: the content checker compares the kinds.
            let _ = send.with_value(|send| send(value));
        }
    };
    view! {
        <Show when=move || offered().is_some()>
            <button type="button" class="chip" data-act="suggest" on:click=take>
                {label}
            </button>
        </Show>
    }
    .into_any()
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
