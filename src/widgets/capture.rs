//! One capture of a step: its label, its input and what the record says about it.

use super::conflict::conflicts_below;
use super::derived::{ComputedView, SerialInput, WatchLine};
use super::feel;
use super::inputs::{SendValue, ValueInput};
use super::lists::{ScoreInput, VerdictsInput};
use super::moment::StampInput;
use super::photo::PhotoInput;
use super::sign::SignInput;
use super::table::TableInput;
use super::tally::TallyInput;
use crate::browser::ticks;
use crate::i18n::{t, tx, words};
use crate::store::session::Session;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, Trouble};
use leptos::prelude::*;
use sitebook_core::template::{Capture, CaptureKind, Item};
use sitebook_core::text::Text;
use sitebook_core::value::Value;
use sitebook_core::work::{Command, holds, names_part};
use std::sync::Arc;

/// What a capture's widget needs.
#[derive(Clone)]
pub struct Ctx {
    /// The open visit.
    pub session: Session,
    /// Field key.
    pub key: String,
    /// DOM id of the input.
    pub id: String,
    /// Definition.
    pub capture: Capture,
}

impl Ctx {
    /// The context of a capture.
    pub fn new(session: Session, key: String, capture: Capture) -> Ctx {
        let id = format!("in-{}", key.replace('.', "-"));
        Ctx { session, key, id, capture }
    }

    /// What is stored under the key.
    pub fn value(&self) -> Memo<Option<Value>> {
        let (session, key) = (self.session, self.key.clone());
        Memo::new(move |_| session.with(|record| record.value(&key).cloned()))
    }

    fn send(&self) -> SendValue {
        let (session, key) = (self.session, self.key.clone());
        let shows_itself = matches!(self.capture.kind, CaptureKind::Check | CaptureKind::Choice { .. });
        Arc::new(move |value| {
            let command = Command::Set { field: key.clone(), value };
            let sent = if shows_itself { session.send_shown(command) } else { session.send(command) };
            sent.map_err(|refused| refused.words())
        })
    }

    fn suggestion(&self) -> Signal<Option<Value>> {
        let (session, key) = (self.session, self.capture.suggest.clone());
        Signal::derive(move || {
            let key = key.as_deref()?;
            session.ask(|scope| scope.value(key))?
        })
    }
}

/// A capture with its label. Hidden while its condition does not hold.
#[component]
pub fn CaptureView(
    /// What it needs.
    ctx: Ctx,
) -> impl IntoView {
    let shown = {
        let (session, when) = (ctx.session, ctx.capture.when.clone());
        Memo::new(move |_| match &when {
            Some(when) => session.ask(|scope| holds(when, scope)).unwrap_or(true),
            None => true,
        })
    };
    let ctx = StoredValue::new(ctx);
    view! {
        <Show when=move || shown.get()>
            {move || labelled(ctx.get_value())}
            {move || ctx.with_value(|ctx| conflicts_below(ctx.session, ctx.key.clone()))}
        </Show>
    }
}

fn labelled(ctx: Ctx) -> AnyView {
    let key = ctx.key.clone();
    let (label, hint) = (ctx.capture.label.clone(), ctx.capture.hint.clone());
    let optional = !ctx.capture.required;
    let name = tx(label.clone());
    let hint = hint.map(|hint| view! { <p class="hint">{tx(hint)}</p> });
    let mark = optional.then(|| view! { <span class="optional">{t(&words::OPTIONAL)}</span> });
    let (id, value, send, suggestion) = (ctx.id.clone(), ctx.value(), ctx.send(), ctx.suggestion());
    match ctx.capture.kind.clone() {
        kind @ CaptureKind::Check => view! {
            <div class="capture is-check" data-key=key>
                <label class="check-row" for=id.clone()>
                    <ValueInput id=id.clone() kind value send name/>
                    <span>{tx(label)} {mark}</span>
                </label>
                {hint}
            </div>
        }
        .into_any(),
        CaptureKind::Checklist { items } => view! {
            <fieldset class="capture" data-key=key>
                <legend>{tx(label)} {mark}</legend>
                {hint}
                <Checklist ctx items/>
            </fieldset>
        }
        .into_any(),
        CaptureKind::Stamp { .. } => grouped(key, label, mark, hint, view! { <StampInput ctx/> }),
        CaptureKind::Photo { .. } => grouped(key, label, mark, hint, view! { <PhotoInput ctx/> }),
        CaptureKind::Signature { .. } => grouped(key, label, mark, hint, view! { <SignInput ctx/> }),
        CaptureKind::Table { .. } => grouped(key, label, mark, hint, view! { <TableInput ctx/> }),
        CaptureKind::Series { .. } => {
            let input = view! {
                <WatchLine ctx=ctx.clone()/>
                <TableInput ctx/>
            };
            grouped(key, label, mark, hint, input)
        }
        CaptureKind::Verdicts { .. } => grouped(key, label, mark, hint, view! { <VerdictsInput ctx/> }),
        CaptureKind::Score { .. } => grouped(key, label, mark, hint, view! { <ScoreInput ctx/> }),
        CaptureKind::Computed { .. } => grouped(key, label, ().into_any(), hint, view! { <ComputedView ctx/> }),
        CaptureKind::Serial { .. } => grouped(key, label, mark, hint, view! { <SerialInput ctx/> }),
        CaptureKind::Tally { .. } => grouped(key, label, mark, hint, view! { <TallyInput ctx/> }),
        kind @ (CaptureKind::Choice { .. } | CaptureKind::Rating { .. }) => {
            let input = view! { <ValueInput id kind value send name/> };
            grouped(key, label, mark, hint, input)
        }
        kind @ CaptureKind::Phone => view! {
            <div class="capture" data-key=key>
                <label for=id.clone()>{tx(label)} {mark}</label>
                <ValueInput id=id.clone() kind value send name suggestion/>
                <Show when=move || value.get().is_some()>
                    <a class="chip" href=move || format!("tel:{}", dialable(value.get()))>
                        <Icon name="phone"/>
                        {t(&words::CALL_PHONE)}
                    </a>
                </Show>
                {hint}
            </div>
        }
        .into_any(),
        kind => view! {
            <div class="capture" data-key=key>
                <label for=id.clone()>{tx(label)} {mark}</label>
                <ValueInput id kind value send name suggestion scan=names_part(&ctx.capture.id)/>
                {hint}
            </div>
        }
        .into_any(),
    }
}

fn dialable(value: Option<Value>) -> String {
    let text = value.and_then(|value| value.as_text().map(str::to_owned)).unwrap_or_default();
    text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '+' | '*' | '#')).collect()
}

fn grouped(
    key: String,
    label: Text,
    mark: impl IntoView + 'static,
    hint: impl IntoView + 'static,
    input: impl IntoView + 'static,
) -> AnyView {
    let name = tx(label.clone());
    view! {
        <div class="capture" role="group" aria-label=name data-key=key>
            <p class="label">{tx(label)} {mark}</p>
            {input}
            {hint}
        </div>
    }
    .into_any()
}

#[component]
fn Checklist(
    /// The capture.
    ctx: Ctx,
    /// Its items.
    items: Vec<Item>,
) -> impl IntoView {
    let session = ctx.session;
    let refusal = RwSignal::new(None::<Text>);
    let tick = move |field: String, ticked: bool| {
        let command = Command::Set { field, value: Value::Bool(ticked) };
        feel::told(session.send_shown(command).map_err(|refused| refused.words()), refusal)
    };
    let rows = items
        .iter()
        .cloned()
        .map(|item| {
            let key = format!("{}.{}", ctx.key, item.id);
            let id = format!("{}-{}", ctx.id, item.id);
            let when = item.when.clone();
            let shown = Memo::new(move |_| match &when {
                Some(when) => session.ask(|scope| holds(when, scope)).unwrap_or(true),
                None => true,
            });
            let row = StoredValue::new((key, id, item.text));
            let ticked = Memo::new(move |_| {
                session.with(|record| row.with_value(|(key, ..)| record.value(key).is_some_and(Value::is_true)))
            });
            view! {
                <Show when=move || shown.get()>
                    {move || {
                        let (key, id, text) = row.get_value();
                        let field = key.clone();
                        let change = move |event| {
                            if !tick(field.clone(), event_target_checked(&event)) {
                                ticks::put_back(&event, None);
                            }
                        };
                        view! {
                            <label class="check-row" for=id.clone() data-key=key>
                                <input
                                    id=id.clone()
                                    type="checkbox"
                                    class="tick"
                                    prop:checked=move || ticked.get()
                                    on:change=change
                                />
                                <span>{tx(text)}</span>
                            </label>
                        }
                    }}
                </Show>
            }
        })
        .collect_view();
    let open = {
        let (key, items) = (ctx.key.clone(), items);
        Memo::new(move |_| {
            let open = session.ask(|scope| {
                let shown = |item: &&Item| item.when.as_ref().is_none_or(|when| holds(when, scope));
                let keys = items.iter().filter(shown).map(|item| format!("{key}.{}", item.id));
                keys.filter(|key| scope.visit.value(key).is_none()).collect::<Vec<_>>()
            });
            open.unwrap_or_default()
        })
    };
    let tick_all = move |_| open.get_untracked().into_iter().for_each(|key| _ = tick(key, true));
    view! {
        <div class="checklist">{rows}</div>
        <Show when=move || { open.with(|open| open.len() > 1) }>
            <button type="button" class="chip" data-act="tick-all" on:click=tick_all>
                <Icon name="check"/>
                {t(&words::CHECK_ALL)}
            </button>
        </Show>
        <Trouble words=refusal/>
    }
}
