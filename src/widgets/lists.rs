//! Inspection lists and points: many small answers, one tap each in the common case.

use super::capture::Ctx;
use super::feel;
use super::inputs::{SendValue, ValueInput};
use crate::i18n::{t, tf, tx, words};
use crate::store::session::Session;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, Trouble};
use leptos::prelude::*;
use sitebook_core::template::{CaptureKind, ScoreItem, VERDICTS, Verdict, verdict_words};
use sitebook_core::text::Text;
use sitebook_core::value::{Value, number_words};
use sitebook_core::work::{Command, answers, holds};
use std::sync::Arc;

/// An inspection list.
#[component]
pub fn VerdictsInput(
    /// The capture.
    ctx: Ctx,
) -> impl IntoView {
    let CaptureKind::Verdicts { items, measure } = ctx.capture.kind.clone() else { return ().into_any() };
    let session = ctx.session;
    let key = StoredValue::new(ctx.key.clone());
    let refusal = RwSignal::new(None::<Text>);
    let rows = items.into_iter().map(|item| view! { <Item session list=key item measure refusal/> }).collect_view();
    let open = Memo::new(move |_| {
        let open = session.ask(|scope| {
            let list = answers(&key.get_value(), scope);
            list.into_iter().filter(|(_, answer)| answer.is_none()).map(|(item, _)| item.id.clone()).collect::<Vec<_>>()
        });
        open.unwrap_or_default()
    });
    let pass_all = move |_| {
        for item in open.get_untracked() {
            let field = format!("{}.{item}", key.get_value());
            let sent = session.send(Command::Set { field, value: Value::text("pass") });
            refusal.set(sent.err().map(|refused| refused.words()));
        }
    };
    view! {
        <div class="verdicts">{rows}</div>
        <Show when=move || { open.with(|open| open.len() > 1) }>
            <button type="button" class="chip" data-act="pass-all" on:click=pass_all>
                <Icon name="check"/>
                {tf(move || words::VERDICT_ALL.with(&[&open.with(Vec::len).to_string()]))}
            </button>
        </Show>
        <Trouble words=refusal/>
    }
    .into_any()
}

/// Sends a value to a field of the visit.
fn sender(session: Session, field: String) -> SendValue {
    Arc::new(move |value| session.send(Command::Set { field: field.clone(), value }).map_err(|refused| refused.words()))
}

fn value_of(session: Session, field: String) -> Memo<Option<Value>> {
    Memo::new(move |_| session.with(|record| record.value(&field).filter(|value| !value.is_empty()).cloned()))
}

#[component]
fn Item(
    /// The open visit.
    session: Session,
    /// Key of the list.
    list: StoredValue<String>,
    /// The item.
    item: Verdict,
    /// Asks for a measured value too.
    measure: bool,
    /// Where a refusal is told.
    refusal: RwSignal<Option<Text>>,
) -> impl IntoView {
    let when = item.when.clone();
    let shown = Memo::new(move |_| match &when {
        Some(when) => session.ask(|scope| holds(when, scope)).unwrap_or(true),
        None => true,
    });
    let key = format!("{}.{}", list.get_value(), item.id);
    let answer = value_of(session, key.clone());
    let item = StoredValue::new(item);
    let key = StoredValue::new(key);
    let buttons = move || {
        VERDICTS
            .into_iter()
            .map(|verdict| {
                let chosen = move || answer.with(|a| a.as_ref().and_then(Value::as_text) == Some(verdict));
                let set = move |_| {
                    let command = Command::Set { field: key.get_value(), value: Value::text(verdict) };
                    feel::told(session.send(command).map_err(|refused| refused.words()), refusal);
                };
                view! {
                    <button
                        type="button"
                        class=format!("verdict-button is-{verdict}")
                        aria-pressed=move || chosen().to_string()
                        data-verdict=verdict
                        on:click=set
                    >
                        {tx(verdict_words(verdict).unwrap_or_else(|| Text::same(verdict)))}
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || shown.get()>
            <div class="verdict-item" role="group" aria-label=tx(item.with_value(|item| item.text.clone())) data-key=key.get_value()>
                <p class="verdict-text">{tx(item.with_value(|item| item.text.clone()))}</p>
                {item.with_value(standard_words).map(|words| view! { <p class="hint">{tx(words)}</p> })}
                {measure.then(|| view! { <Measured session item key refusal/> })}
                <div class="verdict-buttons">{buttons()}</div>
                <Show when=move || { answer.with(|a| a.as_ref().and_then(Value::as_text) == Some("fail")) }>
                    <Finding session key/>
                </Show>
            </div>
        </Show>
    }
}

/// What an item must be like: the words of the norm, and the limits of what is measured.
fn standard_words(item: &Verdict) -> Option<Text> {
    let unit = item.unit.clone().unwrap_or_else(|| Text::same(""));
    let number = |number: f64| Text::same(&number_words(number));
    let range = match (item.min, item.max) {
        (Some(min), Some(max)) => {
            Some(Text::of("{0}–{1} {2}", "{0}–{1} {2}").with_texts(&[&number(min), &number(max), &unit]))
        }
        (Some(min), None) => Some(Text::of("不小于 {0} {1}", "at least {0} {1}").with_texts(&[&number(min), &unit])),
        (None, Some(max)) => Some(Text::of("不大于 {0} {1}", "at most {0} {1}").with_texts(&[&number(max), &unit])),
        (None, None) => None,
    };
    match (item.standard.clone(), range) {
        (Some(words), Some(range)) => Some(Text::of("{0}（{1}）", "{0} ({1})").with_texts(&[&words, &range])),
        (words, range) => words.or(range),
    }
}

/// The measured value. One with limits answers the item by itself; the engineer may answer otherwise.
#[component]
fn Measured(
    /// The open visit.
    session: Session,
    /// The item.
    item: StoredValue<Verdict>,
    /// Key of the item.
    key: StoredValue<String>,
    /// Where a refusal is told.
    refusal: RwSignal<Option<Text>>,
) -> impl IntoView {
    let field = format!("{}.value", key.get_value());
    let (min, max, unit) = item.with_value(|item| (item.min, item.max, item.unit.clone()));
    let limited = min.is_some() || max.is_some();
    let kind = if limited {
        CaptureKind::Number { unit, min: None, max: None, decimals: 6 }
    } else {
        CaptureKind::Text { max: 80, long: false, phrases: Vec::new(), for_customer: false }
    };
    let set = sender(session, field.clone());
    let send: SendValue = Arc::new(move |value: Value| {
        set(value.clone())?;
        if let (true, Some(number)) = (limited, value.as_number()) {
            let fits = min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max);
            let value = Value::text(if fits { "pass" } else { "fail" });
            let sent = session.send(Command::Set { field: key.get_value(), value });
            refusal.set(sent.err().map(|refused| refused.words()));
        }
        Ok(())
    });
    let id = format!("in-{}", field.replace('.', "-"));
    view! {
        <div class="verdict-part">
            <label for=id.clone()>{t(&words::VERDICT_MEASURED)}</label>
            <ValueInput id kind value=value_of(session, field) send name=Signal::derive(move || t(&words::VERDICT_MEASURED)().to_owned())/>
        </div>
    }
}

#[component]
fn Finding(
    /// The open visit.
    session: Session,
    /// Key of the item.
    key: StoredValue<String>,
) -> impl IntoView {
    let field = format!("{}.note", key.get_value());
    let id = format!("in-{}", field.replace('.', "-"));
    let kind = CaptureKind::Text { max: 500, long: false, phrases: Vec::new(), for_customer: false };
    view! {
        <div class="verdict-part">
            <label for=id.clone()>{t(&words::VERDICT_FINDING)}</label>
            <ValueInput id kind value=value_of(session, field.clone()) send=sender(session, field) name=Signal::derive(move || t(&words::VERDICT_FINDING)().to_owned())/>
        </div>
    }
}

/// Points for several items, with their sum.
#[component]
pub fn ScoreInput(
    /// The capture.
    ctx: Ctx,
) -> impl IntoView {
    let CaptureKind::Score { items, pass } = ctx.capture.kind.clone() else { return ().into_any() };
    let (session, key) = (ctx.session, ctx.key.clone());
    let most: f64 = items.iter().map(|item| item.of).sum();
    let rows = items.into_iter().map(|item| points(session, &key, item)).collect_view();
    let total_key = format!("{key}.total");
    let total = Memo::new(move |_| session.ask(|scope| scope.value(&total_key).and_then(|v| v.as_number())).flatten());
    let wanted = pass.and_then(|pass| session.ask(|scope| scope.amount(&pass)).flatten());
    let sum = tf(move || {
        let sum = total.get().map_or_else(|| "–".to_owned(), number_words);
        words::SCORE_TOTAL.with(&[&sum, &number_words(most)])
    });
    let low = move || total.get().zip(wanted).is_some_and(|(total, wanted)| total < wanted);
    view! {
        <div class="verdicts">{rows}</div>
        <p class="score-total" class:is-low=low>
            <strong>{sum}</strong>
            " "
            {wanted.map(|wanted| view! { <span class="hint">{tf(move || words::SCORE_PASS.with(&[&number_words(wanted)]))}</span> })}
        </p>
    }
    .into_any()
}

fn points(session: Session, list: &str, item: ScoreItem) -> AnyView {
    let field = format!("{list}.{}", item.id);
    let key = field.clone();
    let id = format!("in-{}", field.replace('.', "-"));
    let unit = Text::same(&format!("/ {}", number_words(item.of)));
    let kind = CaptureKind::Number { unit: Some(unit), min: Some(0.0), max: Some(item.of), decimals: 1 };
    let name = tx(item.text.clone());
    view! {
        <div class="verdict-item" data-key=key>
            <label for=id.clone()>{tx(item.text)}</label>
            <ValueInput id kind value=value_of(session, field.clone()) send=sender(session, field) name/>
        </div>
    }
    .into_any()
}
