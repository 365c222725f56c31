//! One row of the list: whose, what about, where it stands.

use crate::browser::clock;
use crate::i18n::{t, tf, words};
use crate::pages::abreast::Abreast;
use crate::pages::kind_words;
use crate::route::Route;
use crate::widgets::conflict::mark;
use leptos::prelude::*;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;
use sitebook_core::listing::Row;
use sitebook_core::text::Text;
use sitebook_core::time::{Stamp, weekday};

/// How a row stands in its list.
pub struct Place {
    /// From zero.
    pub at: usize,
    /// How many rows there are; `None` while nobody knows.
    pub of: Option<usize>,
    /// Rows stand below their day.
    pub days: bool,
    /// It is the first of its day.
    pub heads_day: bool,
    /// Rows of several kinds stand in the list.
    pub mixed: bool,
}

/// What the place where a record stands is called.
pub fn standing_words(kind: RecordKind, standing: &str) -> Option<&'static Text> {
    Some(match standing {
        "begun" => &words::WORK_OPEN,
        "done" => &words::WORK_DONE,
        "closed" => &words::WORK_CLOSED,
        "void" => &words::WORK_VOID,
        "erased" => &words::erase::ERASED_GROUP,
        _ if kind == RecordKind::Visit => &words::WORK_OPEN,
        _ if kind == RecordKind::Order => &words::WORK_WAITING,
        _ => return None,
    })
}

/// Draws a row; `leave` is called when it is tapped.
pub fn draw(row: &Row, place: &Place, leave: impl Fn() + Send + Sync + 'static) -> AnyView {
    let Some(id) = RecordId::parse(&row.line.id) else { return ().into_any() };
    let (kind, abreast) = (row.line.kind, Abreast::here());
    let tz = clock::now().tz;
    let at = Stamp { at: row.at, tz };
    let is_work = matches!(kind, RecordKind::Visit | RecordKind::Order);
    let head = place.heads_day.then(|| {
        let speech = crate::i18n::lang();
        view! { <h2 class="rows-day">{move || format!("{} {}", at.date(), weekday(at, speech.get()))}</h2> }
    });
    let title = match (row.line.erased, is_work) {
        (true, _) => tf(|| words::erase::ERASED_TITLE.clone()),
        (false, true) if !row.customer.is_empty() => crate::i18n::tx(Text::same(&row.customer)),
        (false, true) if !row.about.is_empty() || row.line.title.is_none() => crate::i18n::tx(Text::same(&row.about)),
        (false, true) => crate::i18n::tx(row.line.title.clone().unwrap_or_else(|| Text::same(""))),
        (false, false) => crate::i18n::tx(Text::same(&row.line.name)),
    };
    let about = (is_work && !row.customer.is_empty() && !row.about.is_empty()).then(|| row.about.clone());
    let customer = if is_work || kind == RecordKind::Customer { "" } else { &row.customer };
    let number = row.line.number.clone().unwrap_or_default();
    let parts: [&str; 4] = [&number, customer, &row.site, &row.line.detail];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let hint = parts.join(" · ");
    let what = place.mixed.then(|| view! { <span class="tag">{t(kind_words(kind))}</span> });
    let state = standing_words(kind, row.standing).map(|text| {
        let class = if matches!(row.standing, "open" | "begun") { "tag is-strong" } else { "tag" };
        view! { <span class=class>{t(text)}</span> }
    });
    let time = is_work.then(|| if place.days { at.time() } else { at.date() });
    let (visit, order) = (
        (kind == RecordKind::Visit).then(|| row.line.id.clone()),
        (kind == RecordKind::Order).then(|| row.line.id.clone()),
    );
    let size = place.of.map_or_else(|| "-1".to_owned(), |count| count.to_string());
    view! {
        <article id=super::window::row_id(place.at) data-row=place.at.to_string() aria-posinset=(place.at + 1).to_string() aria-setsize=size>
            {head}
            <a class="card" href=Route::Show(kind, id.clone()).href() aria-current=move || abreast.is_shown(&id).then_some("true") data-visit=visit data-order=order on:click=move |_| leave()>
                <span class="card-main">
                    <strong>{title}</strong>
                    {about.map(|about| view! { <span class="card-about">{about}</span> })}
                    <span class="hint number">{hint}</span>
                    {mark(row.line.conflicts)}
                </span>
                <span class="rows-end">{what} {state} <span class="hint number">{time}</span></span>
            </a>
        </article>
    }
    .into_any()
}
