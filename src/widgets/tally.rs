//! Counts the objects that were registered on entering: one tap each when all of them go out again.

use super::capture::Ctx;
use super::inputs::{SendValue, ValueInput};
use crate::i18n::{t, tf, words};
use crate::store::session::Session;
use crate::widgets::icon::Icon;
use crate::widgets::ui::Show;
use leptos::prelude::*;
use sitebook_core::ids::RowId;
use sitebook_core::template::CaptureKind;
use sitebook_core::value::{Value, number_words};
use sitebook_core::work::Command;
use std::sync::Arc;

/// A tally capture.
#[component]
pub fn TallyInput(
    /// The capture.
    ctx: Ctx,
) -> impl IntoView {
    let CaptureKind::Tally { of } = ctx.capture.kind.clone() else { return ().into_any() };
    let (session, key, table) = (ctx.session, ctx.key.clone(), of.clone());
    let name = key.clone();
    let rows = Memo::new(move |_| {
        session.with(|record| record.rows(&of).into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    });
    view! {
        <div class="rows" data-tally=name>
            <For each=move || rows.get() key=RowId::clone let:row>
                <TallyRow session key=key.clone() table=table.clone() row/>
            </For>
        </div>
        <Show when=move || { rows.with(Vec::is_empty) }>
            <p class="hint">{t(&words::TALLY_NOTHING)}</p>
        </Show>
    }
    .into_any()
}

#[component]
fn TallyRow(
    /// The open visit.
    session: Session,
    /// Key of the tally.
    key: String,
    /// Key of the table.
    table: String,
    /// The row.
    row: RowId,
) -> impl IntoView {
    let cell = |column: &'static str| {
        let (table, row) = (table.clone(), row.clone());
        Memo::new(move |_| {
            session.with(|record| {
                let row = record.tables.get(&table)?.get(&row)?;
                row.value(column).filter(|value| !value.is_empty()).cloned()
            })
        })
    };
    let (item, quantity, out) = (cell("item"), cell("quantity"), cell("out"));
    let text = move || item.get().and_then(|value| value.as_text().map(str::to_owned)).unwrap_or_default();
    let taken_in = move || quantity.get().and_then(|value| value.as_number()).unwrap_or(1.0);
    let state =
        move || out.get().and_then(|value| value.as_number()).map(|out| (out - taken_in()).abs() < f64::EPSILON);
    let id = format!("tally-{row}");
    let send: SendValue = Arc::new(move |value| {
        let (table, row, column) = (key.clone(), row.clone(), "out".to_owned());
        session.send(Command::SetCell { table, row, column, value }).map_err(|refused| refused.words())
    });
    let same = {
        let send = send.clone();
        move |_| {
            // Refused only when the step is locked, and then the button is not on the screen.
            let _ = send(Value::Number(taken_in()));
        }
    };
    let kind = CaptureKind::Number { unit: None, min: Some(0.0), max: Some(9999.0), decimals: 2 };
    view! {
        <div class="row-card tally-row" class:is-good=move || state() == Some(true) class:is-bad=move || state() == Some(false)>
            <p class="tally-item">
                {text}
                " "
                <span class="tag">{tf(move || words::TALLY_IN.with(&[&number_words(taken_in())]))}</span>
            </p>
            <div class="tally-out">
                <label class="unseen" for=id.clone()>{text} " " {t(&words::TALLY_OUT)}</label>
                <ValueInput id kind value=out send name=Signal::derive(move || t(&words::TALLY_OUT)().to_owned())/>
                <button type="button" data-act="tally-same" on:click=same>
                    <Icon name="check"/>
                    {t(&words::TALLY_SAME)}
                </button>
            </div>
            <Show when=move || state() == Some(false)>
                <p class="field-error" role="alert">{t(&words::TALLY_DIFFERS)}</p>
            </Show>
        </div>
    }
}
