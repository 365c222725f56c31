//! From a code on a piece of equipment to the piece: our own label, a paper's code, a serial number or a name.

use crate::browser::route;
use crate::i18n::words::equipment;
use crate::i18n::{t, tf, tx};
use crate::route::Route;
use crate::store::Store;
use crate::widgets::icon::Icon;
use crate::widgets::scan::{ScanButton, TakeCode};
use crate::widgets::ui::dynamic;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sitebook_core::codes::serial_in;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;
use sitebook_core::print::PaperCode;
use sitebook_core::text::Text;
use sitebook_core::work::Summary;
use std::sync::Arc;

/// Most characters that are looked at: a code of several facts, but no page of text.
const LONGEST: usize = 300;

/// What a code led to, if not to a page.
#[derive(Debug, Clone, PartialEq)]
enum Found {
    /// A label of ours, of a record that is not on this device.
    NotHere,
    /// Nothing fits this text.
    None(String),
    /// The book could not be read.
    Failed(Text),
    /// Several pieces have this number or name.
    Several(Vec<Summary>),
}

/// The address in a code, if it is one of this app, wherever the app was served from.
fn address(code: &str) -> Option<Route> {
    let hash = code.get(code.find("#/")?..)?;
    match Route::parse(hash) {
        Route::Lost | Route::Today => None,
        route => Some(route),
    }
}

/// The button that scans, and what there is to say when no page opens by itself.
#[component]
pub fn FindByCode(
    /// What the list looks for; set when the user wants to look for the code's text.
    typed: RwSignal<String>,
) -> impl IntoView {
    let store = Store::here();
    let found = RwSignal::new(None::<Found>);
    let take: TakeCode = Arc::new(move |code: String| {
        found.set(None);
        spawn_local(async move {
            match look_up(store, &code).await {
                Ok(route) => route::set(&route.href()),
                Err(none) => drop(found.try_set(Some(none))),
            }
        });
    });
    let answer = dynamic(move || match found.get() {
        None => ().into_any(),
        Some(Found::NotHere) => {
            view! { <p class="notice is-warn" data-no-fit>{t(&equipment::SCAN_NOT_HERE)}</p> }.into_any()
        }
        Some(Found::Failed(error)) => view! { <p class="notice is-danger" role="alert">{tx(error)}</p> }.into_any(),
        Some(Found::None(code)) => none_fits(code, typed, found),
        Some(Found::Several(lines)) => several(&lines),
    });
    view! {
        <ScanButton label=Signal::derive(move || t(&equipment::SCAN_ASSET)().to_owned()) take/>
        <div role="status">{answer}</div>
    }
}

/// Where a code leads.
async fn look_up(store: Store, code: &str) -> Result<Route, Found> {
    match address(code) {
        Some(Route::Show(kind, id)) => {
            return match store.view(&id).await {
                Ok(Some(_)) => Ok(Route::Show(kind, id)),
                Ok(None) => Err(Found::NotHere),
                Err(error) => Err(Found::Failed(error.words())),
            };
        }
        Some(route @ Route::VerifyPaper(_)) => return Ok(route),
        _ => {}
    }
    if PaperCode::parse(code).is_some() {
        return Ok(Route::VerifyPaper(code.trim().to_owned()));
    }
    let code: String = code.trim().chars().take(LONGEST).collect();
    let equipment_with = async |sought: &str| store.equipment_with(sought).await.map_err(|e| Found::Failed(e.words()));
    let mut lines = equipment_with(&code).await?;
    let serial = serial_in(&code);
    if lines.is_empty() && serial != code {
        lines = equipment_with(serial).await?;
    }
    match lines.as_slice() {
        [] => Err(Found::None(code)),
        [one] => RecordId::parse(&one.id).map(|id| Route::Show(RecordKind::Asset, id)).ok_or(Found::None(code)),
        _ => Err(Found::Several(lines)),
    }
}

fn none_fits(code: String, typed: RwSignal<String>, found: RwSignal<Option<Found>>) -> AnyView {
    let (said, sought) = (code.clone(), code.clone());
    let look = move |_| {
        typed.set(code.clone());
        found.set(None);
    };
    view! {
        <div class="notice is-warn" data-no-fit>
            <Icon name="triangle-alert"/>
            <div>
                <p>{tf(move || equipment::SCAN_FITS_NONE.with(&[&said]))}</p>
                <button type="button" class="quiet" data-act="look-for-code" on:click=look>
                    {tf(move || equipment::SCAN_FIND.with(&[&sought]))}
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn several(lines: &[Summary]) -> AnyView {
    let rows = lines.iter().filter_map(|line| {
        let href = Route::Show(RecordKind::Asset, RecordId::parse(&line.id)?).href();
        Some(view! {
            <li>
                <a class="card" href=href>
                    <span class="card-main">
                        <strong>{line.name.clone()}</strong>
                        <span class="hint">{line.detail.clone()}</span>
                    </span>
                    <Icon name="chevron-right"/>
                </a>
            </li>
        })
    });
    view! {
        <p>{t(&equipment::SCAN_SEVERAL)}</p>
        <ul class="cards">{rows.collect_view()}</ul>
    }
    .into_any()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_label_leads_to_its_piece_wherever_the_app_was_served_from() {
        let id = RecordId::parse("0190-ab").unwrap();
        for host in ["", "https://example.org/", "http://10.0.0.7:8080/sitebook/"] {
            assert_eq!(address(&format!("{host}#/asset/0190-ab")), Some(Route::Show(RecordKind::Asset, id.clone())));
        }
    }

    #[test]
    fn other_codes_are_no_addresses() {
        for code in ["SN-12345", "https://example.org/#top", "#/", "#/nonsense/x/y/z", "机柜#/"] {
            assert_eq!(address(code), None, "{code}");
        }
    }
}
