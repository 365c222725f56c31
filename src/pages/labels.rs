//! Labels for equipment on an A4 sheet of 24: a QR code that opens the piece, its name, number and place.

use crate::browser::{layout, route};
use crate::i18n::words::equipment;
use crate::i18n::{Text, t, tf, tx, words};
use crate::route::Route;
use crate::store::Store;
use crate::widgets::bar::Bar;
use crate::widgets::paper::{PrintButton, seal};
use crate::widgets::ui::{asked, dynamic};
use leptos::prelude::*;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Record, RecordKind};

/// Labels on one sheet: three across, eight down, 70 × 37 mm.
const ON_A_SHEET: usize = 24;

/// The page.
#[component]
pub fn Labels(
    /// Whose equipment: a customer's, a site's, or one piece.
    kind: RecordKind,
    /// The record.
    id: RecordId,
) -> impl IntoView {
    let store = Store::here();
    let back = Route::Show(kind, id.clone());
    let skip = RwSignal::new(0_usize);
    let found = asked(move || {
        store.changes().track();
        let id = id.clone();
        async move { store.equipment_of(kind, &id).await }
    });
    let title = Signal::derive(move || t(&equipment::LABELS_TITLE)().to_owned());
    let sheets = dynamic(move || match found.get() {
        None => view! { <p class="page empty" role="status">{t(&words::LOADING)}</p> }.into_any(),
        Some(Err(error)) => view! { <p class="page notice is-danger" role="alert">{tx(error.words())}</p> }.into_any(),
        Some(Ok(none)) if none.is_empty() => {
            view! { <p class="page empty">{t(&equipment::LABELS_NONE)}</p> }.into_any()
        }
        Some(Ok(all)) => sheets(&all, skip.get()),
    });
    view! {
        <Bar title back=Signal::derive(move || back.clone())>
            <PrintButton title=title/>
        </Bar>
        <div class="page stack label-options">
            <p class="hint">{t(&equipment::LABELS_HINT)}</p>
            <label>
                <span>{t(&equipment::LABELS_SKIP)}</span>
                <input
                    type="number"
                    name="skip"
                    inputmode="numeric"
                    min="0"
                    max=(ON_A_SHEET - 1).to_string()
                    prop:value=move || skip.get().to_string()
                    on:change=move |event| {
                        let typed = event_target_value(&event).trim().parse().unwrap_or(0);
                        skip.set(std::cmp::min(typed, ON_A_SHEET - 1));
                    }
                />
            </label>
        </div>
        {sheets}
    }
}

fn sheets(all: &[Record], skip: usize) -> AnyView {
    let cells: Vec<Option<&Record>> = (0..skip).map(|_| None).chain(all.iter().map(Some)).collect();
    let sheets = cells.chunks(ON_A_SHEET).map(|cells| {
        let cells =
            cells.iter().map(|cell| cell.map_or_else(|| view! { <div></div> }.into_any(), label)).collect_view();
        view! { <div class="paper-frame"><article class="paper-page is-labels">{cells}</article></div> }
    });
    view! {
        <div class="paper" style:--paper-zoom=layout::paper_zoom(false)>{sheets.collect_view()}</div>
    }
    .into_any()
}

/// What the QR code says: the address of the piece; behind the app's own address where others may reach that one, so
/// that any phone's camera opens it.
fn code(id: &RecordId) -> String {
    let address = route::public_address().unwrap_or_default();
    format!("{address}{}", Route::Show(RecordKind::Asset, id.clone()).href())
}

fn label(record: &Record) -> AnyView {
    let text = |field: &str| record.text(field).unwrap_or_default().to_owned();
    let serial = text("serial");
    let lines = [[text("vendor"), text("model")].join(" ").trim().to_owned(), text("place")];
    let lines = lines.into_iter().filter(|line| !line.is_empty()).map(|line| view! { <span>{line}</span> });
    let number = (!serial.is_empty()).then(|| {
        let words = tf(move || equipment::SERIAL.with_texts(&[&Text::same(&serial)]));
        view! { <span class="label-serial">{words}</span> }
    });
    view! {
        <div class="label-cell" data-label=record.id.to_string()>
            {seal::drawn(code(&record.id), "label-code")}
            <div class="label-words">
                <strong>{text("name")}</strong>
                {lines.collect_view()}
                {number}
            </div>
        </div>
    }
    .into_any()
}
