//! Work orders: open ones by agreed time, with a way to make a new one in reach of the thumb.

use super::today::order_card;
use crate::browser::clock;
use crate::i18n::{t, words};
use crate::route::Route;
use crate::store::Store;
use crate::widgets::bar::Bar;
use crate::widgets::icon::Icon;
use crate::widgets::ui::asked;
use leptos::prelude::*;
use sitebook_core::ledger::RecordKind;

/// Rows shown of each state. Who has more open orders than this finds them under Records.
const ROWS: u32 = 100;

/// The page.
#[component]
pub fn Work() -> impl IntoView {
    let store = Store::here();
    let now = RwSignal::new(clock::now());
    let orders = asked(move || {
        store.changes().track();
        async move {
            let mut lines = store.recent(RecordKind::Order, "begun", ROWS).await.unwrap_or_default();
            lines.extend(store.lines(RecordKind::Order, "open", Some(ROWS)).await.unwrap_or_default());
            let ids: Vec<String> = lines.iter().flat_map(|line| line.refs.values().cloned()).collect();
            let named = store.lines_of(&ids).await.unwrap_or_default();
            (lines, named)
        }
    });
    let list = move || {
        let (lines, named) = orders.get()?;
        if lines.is_empty() && store.unread.with(Option::is_some) {
            return None;
        }
        if lines.is_empty() {
            return Some(
                view! {
                    <div class="empty">
                        <Icon name="clipboard-list"/>
                        <p>{t(&words::WORK_NONE)}</p>
                    </div>
                }
                .into_any(),
            );
        }
        let rows = lines
            .iter()
            .filter_map(|line| {
                let name = |field: &str| {
                    line.refs
                        .get(field)
                        .and_then(|id| named.get(id))
                        .map(|found| found.name.clone())
                        .unwrap_or_default()
                };
                Some(order_card(line, (name("customer"), name("site")), now)?.into_any())
            })
            .collect_view();
        Some(view! { <ul class="cards">{rows}</ul> }.into_any())
    };
    view! {
        <Bar title=Signal::derive(move || t(&words::WORK_TITLE)().to_owned())/>
        <div class="page has-primary">{list}</div>
        <div class="primary-bar">
            <a class="button primary" href=Route::New(RecordKind::Order, None).href() data-act="new-order">
                <Icon name="plus"/>
                {t(&words::WORK_NEW)}
            </a>
        </div>
    }
}
