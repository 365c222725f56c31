//! Rows that the user adds, each a small card on a phone.

use super::capture::Ctx;
use super::inputs::{SendValue, ValueInput, column_kind};
use crate::browser::{clock, random};
use crate::i18n::{lang, t, tf, tx, words, words::rows as rows_words};
use crate::store::session::Session;
use crate::widgets::icon::Icon;
use crate::widgets::ui::{Show, Trouble};
use leptos::prelude::*;
use sitebook_core::ids::RowId;
use sitebook_core::template::{CaptureKind, Column, ColumnKind, Preset};
use sitebook_core::text::Text;
use sitebook_core::value::Value;
use sitebook_core::work::{Command, Line, holds, lines_left, names_part};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A table capture.
#[component]
pub fn TableInput(
    /// The capture.
    ctx: Ctx,
) -> impl IntoView {
    let Some(columns) = ctx.capture.kind.columns().map(std::borrow::Cow::into_owned) else { return ().into_any() };
    let presets = match ctx.capture.kind.clone() {
        CaptureKind::Table { presets, .. } => presets,
        _ => Vec::new(),
    };
    let add_words =
        if matches!(ctx.capture.kind, CaptureKind::Series { .. }) { &words::SERIES_ADD } else { &words::TABLE_ADD };
    let session = ctx.session;
    let key = StoredValue::new(ctx.key.clone());
    let columns = StoredValue::new(columns);
    let refusal = RwSignal::new(None::<Text>);
    let removed = RwSignal::new(None::<RowId>);
    let rows = Memo::new(move |_| {
        session.with(|record| record.rows(&key.get_value()).into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    });
    let send = move |command: Command| {
        let result = session.send(command);
        refusal.set(result.err().map(|refused| refused.words()));
    };
    let add = move |first: &[&str]| {
        let now = clock::now();
        let row = RowId::at(now.at, random::bytes());
        let cells = columns.with_value(|columns| first_cells(columns, first, now, session));
        send(Command::AddRow { table: key.get_value(), row, cells });
    };
    let remove = move |row: RowId| {
        removed.set(Some(row.clone()));
        send(Command::RemoveRow { table: key.get_value(), row });
    };
    let undo = move |_| {
        if let Some(row) = removed.get_untracked() {
            send(Command::RestoreRow { table: key.get_value(), row });
        }
        removed.set(None);
    };
    let chips = presets
        .into_iter()
        .map(|preset| view! { <PresetChip session preset add=Arc::new(move |words: &str| add(&[words]))/> })
        .collect_view();
    let left = Memo::new(move |_| session.ask(|scope| lines_left(&key.get_value(), scope)).unwrap_or_default());
    let add_line = move |line: &Line| add(&line.parts.iter().map(String::as_str).collect::<Vec<_>>());
    let line_chip = move |line: Line| {
        let words = line.name().to_owned();
        view! {
            <button type="button" class="chip" data-act="line" on:click=move |_| add_line(&line)>
                <Icon name="plus"/>
                {words}
            </button>
        }
    };
    view! {
        <div class="rows" data-table=ctx.key.clone()>
            <For each=move || rows.get() key=RowId::clone let:row>
                <RowCard session table=key.get_value() row=row.clone() columns rows remove=Arc::new(remove)/>
            </For>
        </div>
        <Show when=move || removed.get().is_some()>
            <p class="undo" role="status">
                {t(&words::TABLE_REMOVED)}
                <button type="button" class="quiet" on:click=undo>
                    <Icon name="undo-2"/>
                    {t(&words::UNDO)}
                </button>
            </p>
        </Show>
        <Show when=move || left.with(|left| !left.is_empty())>
            <p class="hint">{tf(move || rows_words::LEFT.with(&[&left.with(Vec::len).to_string()]))}</p>
            <div class="chips">{move || left.get().into_iter().map(line_chip).collect_view()}</div>
            <button
                type="button"
                class="quiet"
                data-act="all-lines"
                on:click=move |_| left.get_untracked().iter().for_each(add_line)
            >
                {t(&rows_words::ALL)}
            </button>
        </Show>
        <div class="chips">{chips}</div>
        <button type="button" class="add" data-act="add-row" on:click=move |_| add(&[])>
            <Icon name="plus"/>
            {t(add_words)}
        </button>
        <Trouble words=refusal/>
    }
    .into_any()
}

/// What a new row begins with: words for its text columns in their order, one piece, the time and the person at hand.
fn first_cells(
    columns: &[Column],
    first: &[&str],
    now: sitebook_core::time::Stamp,
    session: Session,
) -> BTreeMap<String, Value> {
    let mut cells = BTreeMap::new();
    let mut first = first.iter();
    for column in columns {
        let value = match &column.kind {
            ColumnKind::Moment => Value::Moment(now),
            ColumnKind::Person => Value::text(&session.store().profile.now().name),
            ColumnKind::Text { .. } => match first.next() {
                Some(words) => Value::text(words),
                None => continue,
            },
            ColumnKind::Number { .. } if column.id == "quantity" => Value::Number(1.0),
            ColumnKind::Number { .. } | ColumnKind::Choice { .. } | ColumnKind::Check => continue,
        };
        if !value.is_empty() {
            cells.insert(column.id.clone(), value);
        }
    }
    cells
}

type AddPreset = Arc<dyn Fn(&str) + Send + Sync>;

#[component]
fn PresetChip(
    /// The open visit.
    session: Session,
    /// The preset.
    preset: Preset,
    /// Adds a row that begins with these words.
    add: AddPreset,
) -> impl IntoView {
    let speech = lang();
    let when = preset.when.clone();
    let shown = Memo::new(move |_| match &when {
        Some(when) => session.ask(|scope| holds(when, scope)).unwrap_or(true),
        None => true,
    });
    let (words, text) = (preset.text.clone(), StoredValue::new(preset.text));
    let words = StoredValue::new(words);
    let add = StoredValue::new(add);
    let click = move |_| text.with_value(|text| add.with_value(|add| add(text.get(speech.now()))));
    view! {
        <Show when=move || shown.get()>
            <button type="button" class="chip" data-act="preset" on:click=click>
                <Icon name="plus"/>
                {tx(words.get_value())}
            </button>
        </Show>
    }
}

type RemoveRow = Arc<dyn Fn(RowId) + Send + Sync>;

#[component]
fn RowCard(
    /// The open visit.
    session: Session,
    /// Table key.
    table: String,
    /// The row.
    row: RowId,
    /// Columns of the table.
    columns: StoredValue<Vec<Column>>,
    /// All rows, for the number.
    rows: Memo<Vec<RowId>>,
    /// Takes the row out.
    remove: RemoveRow,
) -> impl IntoView {
    let place = {
        let row = row.clone();
        tf(move || {
            let place = rows.with(|rows| rows.iter().position(|other| *other == row));
            words::TABLE_ROW.with(&[&place.map_or(0, |place| place + 1).to_string()])
        })
    };
    let cells = columns
        .get_value()
        .into_iter()
        .map(|column| {
            let id = format!("cell-{}-{}", row, column.id);
            let (key, place, name) = (table.clone(), row.clone(), column.id.clone());
            let value = Memo::new(move |_| {
                session.with(|record| {
                    let row = record.tables.get(&key)?.get(&place)?;
                    row.value(&name).filter(|value| !value.is_empty()).cloned()
                })
            });
            let (key, place, name) = (table.clone(), row.clone(), column.id.clone());
            let send: SendValue = Arc::new(move |value| {
                let (table, row, column) = (key.clone(), place.clone(), name.clone());
                session.send(Command::SetCell { table, row, column, value }).map_err(|refused| refused.words())
            });
            let scan = names_part(&column.id) || names_part(&column.label.en);
            let label = tx(column.label.clone());
            let mark = (!column.required).then(|| view! { <span class="optional">{t(&words::OPTIONAL)}</span> });
            view! {
                <div class="cell" data-column=column.id>
                    <label for=id.clone()>{label} {mark}</label>
                    <ValueInput id kind=column_kind(&column.kind) value send name=label scan/>
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="row-card">
            <div class="row-head">
                <span>{place}</span>
                <button type="button" class="quiet icon-only" aria-label=t(&words::REMOVE) on:click=move |_| remove(row.clone())>
                    <Icon name="trash-2"/>
                </button>
            </div>
            {cells}
        </div>
    }
}
