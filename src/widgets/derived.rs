//! What is not typed: computed values, numbers of a series, and how an observation stands.

use super::capture::Ctx;
use crate::browser::{clock, timers};
use crate::i18n::{t, tf, tx, words};
use crate::route::Route;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, Trouble};
use leptos::prelude::*;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;
use sitebook_core::template::CaptureKind;
use sitebook_core::text::Text;
use sitebook_core::time::span_words;
use sitebook_core::value::{Value, number_words};
use sitebook_core::work::{Command, watch};

/// A computed value.
#[component]
pub fn ComputedView(
    /// The capture.
    ctx: Ctx,
) -> impl IntoView {
    let CaptureKind::Computed { unit, .. } = ctx.capture.kind.clone() else { return ().into_any() };
    let (session, key) = (ctx.session, ctx.key.clone());
    let value = Memo::new(move |_| session.ask(|scope| scope.value(&key).and_then(|v| v.as_number())).flatten());
    let words = move || value.get().map_or_else(|| "–".to_owned(), number_words);
    view! {
        <p class="computed">
            <output>{words}</output>
            " "
            {unit.map(|unit| view! { <span class="unit">{tx(unit)}</span> })}
        </p>
    }
    .into_any()
}

/// A number of a series: one tap takes the next, and it stays.
#[component]
pub fn SerialInput(
    /// The capture.
    ctx: Ctx,
) -> impl IntoView {
    let (session, key) = (ctx.session, ctx.key.clone());
    let value = ctx.value();
    let taken = move || value.get().and_then(|value: Value| value.as_text().map(str::to_owned));
    let refusal = RwSignal::new(None::<Text>);
    let field = key.clone();
    let take = move |_| {
        let command = Command::Number { field: field.clone(), number: None };
        refusal.set(session.send(command).err().map(|refused| refused.words()));
    };
    let others = move || session.twice(&key);
    view! {
        <Show when=move || taken().is_some()>
            <p class="computed"><output data-serial>{move || taken().unwrap_or_default()}</output></p>
        </Show>
        <Show when=move || taken().is_none()>
            <button type="button" class="add" data-act="take-number" on:click=take.clone()>
                <Icon name="plus"/>
                {t(&words::SERIAL_TAKE)}
            </button>
        </Show>
        {move || {
            others()
                .into_iter()
                .filter_map(|other| RecordId::parse(&other))
                .map(|other| {
                    view! {
                        <p class="notice is-warn" role="status">
                            <Icon name="triangle-alert"/>
                            <span>
                                {t(&words::SERIAL_TWICE)} " "
                                <a href=Route::Show(RecordKind::Visit, other).href()>{t(&words::SERIAL_OTHER)}</a>
                            </span>
                        </p>
                    }
                })
                .collect_view()
        }}
        <Trouble words=refusal/>
    }
    .into_any()
}

/// How an observation stands: until when it runs, when the next reading is due.
#[component]
pub fn WatchLine(
    /// The capture.
    ctx: Ctx,
) -> impl IntoView {
    let (session, key) = (ctx.session, ctx.key.clone());
    let now = RwSignal::new(clock::now());
    let ticking = StoredValue::new_local(timers::every(30_000, move || now.set(clock::now())));
    on_cleanup(move || ticking.dispose());
    let state = Memo::new(move |_| session.ask(|scope| watch(&key, scope)).flatten());
    let line = tf(move || {
        let now = now.get();
        let Some(watch) = state.get() else { return words::WATCH_NOT_BEGUN.clone() };
        if watch.from.is_none() {
            return words::WATCH_NOT_BEGUN.clone();
        }
        if watch.done {
            return words::WATCH_DONE.clone();
        }
        let until = watch.until.map_or_else(|| Text::same("?"), |until| until.spoken(now));
        let next = watch.next.map(|next| {
            let left = next.at - now.at;
            let pattern = if left < 0 { &words::WATCH_LATE } else { &words::WATCH_NEXT };
            pattern.with_texts(&[&span_words(left.abs())])
        });
        let next = next.unwrap_or_else(|| Text::same(""));
        words::WATCH_UNTIL.with_texts(&[&until, &next])
    });
    let class = move || match state.get() {
        Some(watch) if watch.done => "notice",
        Some(watch) if watch.last.is_some() && !watch.normal => "notice is-danger",
        Some(watch) if watch.next.is_some_and(|next| next.at < now.get().at) => "notice is-warn",
        _ => "notice",
    };
    view! {
        <p class=class role="status" data-watch>
            <Icon name="timer"/>
            <span>{line}</span>
        </p>
    }
}
