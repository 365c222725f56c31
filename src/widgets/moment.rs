//! Moments: stamped with one tap, corrected by hand where life went differently, or picked where they are agreed.

use super::capture::Ctx;
use super::feel;
use super::inputs::SendValue;
use crate::browser::clock;
use crate::i18n::{t, tf, words};
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, Trouble};
use leptos::prelude::*;
use sitebook_core::ledger::FactKind;
use sitebook_core::text::Text;
use sitebook_core::time::{Stamp, weekday};
use sitebook_core::value::Value;
use sitebook_core::work::{Command, Refusal};

/// Picks a moment that was agreed on.
#[component]
pub fn MomentInput(
    /// Id of the input.
    #[prop(into)]
    id: String,
    /// What is stored.
    #[prop(into)]
    value: Signal<Option<Value>>,
    /// Stores a value.
    send: SendValue,
) -> impl IntoView {
    let refusal = RwSignal::new(None::<Text>);
    let shown = move || value.get().and_then(|value| value.as_moment()).map(Stamp::to_input).unwrap_or_default();
    let changed = move |event| {
        let text = event_target_value(&event);
        let value = if text.is_empty() {
            Ok(Value::EMPTY)
        } else {
            Stamp::from_input(&text, clock::now().tz).map(Value::Moment).ok_or_else(|| Refusal::NotAMoment.words())
        };
        refusal.set(value.and_then(|value| send(value)).err());
    };
    view! {
        <input
            id=id
            type="datetime-local"
            min="2000-01-01T00:00"
            max="2099-12-31T23:59"
            prop:value=shown
            on:change=changed
        />
        <Trouble words=refusal/>
    }
}

/// One tap stamps now. A correction stays visible beside the time it replaced.
#[component]
pub fn StampInput(
    /// The capture.
    ctx: Ctx,
) -> impl IntoView {
    let refusal = RwSignal::new(None::<Text>);
    let correcting = RwSignal::new(false);
    let key = StoredValue::new(ctx.key.clone());
    let session = ctx.session;
    let stamp = Memo::new(move |_| session.with(|record| key.with_value(|key| record.stamp(key))));
    let by_hand = Memo::new(move |_| {
        session.with(|record| {
            let last = key.with_value(|key| record.facts(key).next_back().map(|fact| fact.kind.clone()));
            matches!(last, Some(FactKind::Stamp { by_hand: true, .. }))
        })
    });
    let earlier = Memo::new(move |_| {
        session.with(|record| {
            let stamps = key.with_value(|key| {
                record
                    .facts(key)
                    .filter_map(|fact| match fact.kind {
                        FactKind::Stamp { at, .. } => Some(at),
                        _ => None,
                    })
                    .collect::<Vec<_>>()
            });
            stamps.len().checked_sub(2).and_then(|index| stamps.get(index).copied())
        })
    });
    let put = move |at: Stamp, by_hand: bool| {
        let field = key.get_value();
        match feel::tap(session.send(Command::Stamp { field, at, by_hand })) {
            Ok(()) => {
                refusal.set(None);
                correcting.set(false);
            }
            Err(refused) => refusal.set(Some(refused.words())),
        }
    };
    let corrected = move |event| {
        let text = event_target_value(&event);
        match Stamp::from_input(&text, clock::now().tz) {
            Some(at) => put(at, true),
            None => refusal.set(Some(Refusal::NotAMoment.words())),
        }
    };
    let spoken = tf(move || {
        let Some(stamp) = stamp.get() else { return Text::same("") };
        let day = |lang| weekday(stamp, lang);
        Text::owned(
            format!("{} {} {}", stamp.date(), day(sitebook_core::text::Lang::Zh), stamp.time()),
            format!("{} {} {}", day(sitebook_core::text::Lang::En), stamp.date(), stamp.time()),
        )
    });
    let id = ctx.id.clone();
    let id_again = StoredValue::new(ctx.id.clone());
    view! {
        <Show
            when=move || stamp.get().is_some()
            fallback=move || {
                view! {
                    <div class="stamp-row">
                        <button
                            type="button"
                            id=id_again.get_value()
                            class="stamp"
                            data-act="stamp"
                            on:click=move |_| put(clock::now(), false)
                        >
                            <Icon name="clock"/>
                            {t(&words::STAMP_TAP)}
                        </button>
                        <button
                            type="button"
                            class="quiet icon-only"
                            aria-label=t(&words::STAMP_EDIT)
                            on:click=move |_| correcting.update(|open| *open = !*open)
                        >
                            <Icon name="pen-line"/>
                        </button>
                    </div>
                }
            }
        >
            <div class="stamp-row is-set">
                <Icon name="clock"/>
                <time>{spoken}</time>
                <Show when=move || by_hand.get()>
                    <span class="tag">{t(&words::STAMP_BY_HAND)}</span>
                </Show>
                <button
                    type="button"
                    class="quiet icon-only"
                    aria-label=t(&words::STAMP_EDIT)
                    on:click=move |_| correcting.update(|open| *open = !*open)
                >
                    <Icon name="pen-line"/>
                </button>
            </div>
            <Show when=move || earlier.get().is_some()>
                <p class="hint">
                    {tf(move || words::STAMP_WAS.with(&[&earlier.get().map(Stamp::date_time).unwrap_or_default()]))}
                </p>
            </Show>
        </Show>
        <Show when=move || correcting.get()>
            <label class="stack">
                <span class="hint">{t(&words::STAMP_EDIT)}</span>
                <input
                    type="datetime-local"
                    id=format!("{id}-by-hand")
                    min="2000-01-01T00:00"
                    prop:value=move || stamp.get().unwrap_or_else(clock::now).to_input()
                    on:change=corrected
                />
            </label>
        </Show>
        <Trouble words=refusal/>
    }
}
