//! The present list on A4, through the machinery that prints forms.

use super::filters::{facet_words, standing_text};
use super::{List, find};
use crate::browser::{clock, route};
use crate::i18n::{lang, t, tx, words};
use crate::pages::abreast::Abreast;
use crate::pages::kind_words;
use crate::route::Route;
use crate::store::Store;
use crate::widgets::bar::Bar;
use crate::widgets::paper::{Paper, PrintButton};
use crate::widgets::ui::{asked, dynamic};
use leptos::prelude::*;
use sitebook_core::ledger::RecordKind;
use sitebook_core::listing::{Filter, Row};
use sitebook_core::print::{BlockView, FormView};
use sitebook_core::text::{Lang, Text};
use sitebook_core::time::Stamp;
use std::sync::Arc;

/// Most rows on paper: some thirty pages.
const MOST: usize = 1_000;

/// The page.
#[component]
pub fn PrintList(
    /// Kind shown.
    kind: RecordKind,
) -> impl IntoView {
    let (store, speech) = (Store::here(), lang());
    let filter = RwSignal::new(Filter::from_query(&route::query()));
    let ground = asked(move || async move { store.ground(kind).await.map_err(|error| error.words()) });
    let answer = asked(move || find(store, filter.get(), ground.get(), MOST));
    let found = RwSignal::new(None);
    Effect::new(move |_| found.set(answer.get().flatten()));
    let list = List { store, abreast: Abreast::here(), kind, filter, ground, found: found.read_only() };
    let title = Signal::derive(move || {
        let lang = speech.get();
        words::lists::PRINT_TITLE.with(&[kind_words(kind).get(lang)]).get(lang).to_owned()
    });
    let back = Signal::derive(move || Route::Records(kind));
    let view = move || {
        let lang = speech.get();
        found.get().map(|found| found.map(|found| Arc::new(paper(list, &found.rows, lang))))
    };
    view! {
        <Bar title back>
            <PrintButton title/>
        </Bar>
        {dynamic(move || match view() {
            None => view! { <p class="page empty" role="status">{t(&words::LOADING)}</p> }.into_any(),
            Some(Err(words)) => view! { <p class="page empty" role="alert">{tx(words)}</p> }.into_any(),
            Some(Ok(view)) => view! { <Paper view/> }.into_any(),
        })}
    }
}

/// The list as a form with one table.
fn paper(list: List, rows: &[Row], lang: Lang) -> FormView {
    let kind = list.kind;
    let now = clock::now();
    let say = |text: &Text| text.get(lang).to_owned();
    let is_work = matches!(kind, RecordKind::Visit | RecordKind::Order);
    let heads: Vec<(&Text, u8)> = if is_work {
        vec![
            (&words::lists::COLUMN_DAY, 20),
            (&words::lists::COLUMN_NUMBER, 30),
            (&words::lists::CUSTOMER, 34),
            (&words::lists::COLUMN_SITE, 28),
            (&words::lists::COLUMN_ABOUT, 44),
            (&words::lists::STANDING, 16),
            (&words::lists::PERSON, 18),
        ]
    } else {
        vec![
            (&words::lists::COLUMN_NAME, 50),
            (&words::lists::COLUMN_DETAIL, 50),
            (&words::lists::CUSTOMER, 44),
            (&words::lists::COLUMN_SITE, 40),
        ]
    };
    let cells = |row: &Row| {
        let line = &row.line;
        if is_work {
            let number = line.number.clone().unwrap_or_default();
            let day = Stamp { at: row.at, tz: now.tz }.date();
            let standing = say(&standing_text(line.kind, row.standing));
            vec![day, number, row.customer.clone(), row.site.clone(), row.about.clone(), standing, line.by.clone()]
        } else {
            let customer = if kind == RecordKind::Customer { String::new() } else { row.customer.clone() };
            vec![line.name.clone(), line.detail.clone(), customer, row.site.clone()]
        }
    };
    let ground = list.ground.get_untracked().and_then(Result::ok);
    let filter = list.filter.get_untracked();
    let facets = filter.facets().into_iter();
    let mut chosen: Vec<String> =
        facets.map(|facet| say(&facet_words(list, ground.as_deref(), facet, filter.get(facet)))).collect();
    if !filter.words.trim().is_empty() {
        chosen.push(format!("“{}”", filter.words.trim()));
    }
    let shown = &rows[..rows.len().min(MOST)];
    let mut notes =
        vec![words::lists::MADE_ON.with(&[&now.date_time(), &shown.len().to_string()]).get(lang).to_owned()];
    if !chosen.is_empty() {
        notes.push(words::lists::CHOSEN.with(&[&chosen.join(" · ")]).get(lang).to_owned());
    }
    if rows.len() > MOST {
        notes.push(words::lists::PRINT_FIRST.with(&[&MOST.to_string()]).get(lang).to_owned());
    }
    let title = words::lists::PRINT_TITLE.with(&[kind_words(kind).get(lang)]).get(lang).to_owned();
    let mut blocks: Vec<BlockView> = notes.into_iter().map(|text| BlockView::Note { text }).collect();
    blocks.push(BlockView::Table {
        title: kind_words(kind).get(lang).to_owned(),
        columns: heads.into_iter().map(|(text, width)| (say(text), width)).collect(),
        rows: shown.iter().map(cells).collect(),
    });
    FormView {
        id: String::new(),
        code: String::new(),
        number: String::new(),
        version: 1,
        title,
        company: list.store.profile.now().company,
        own: true,
        keep: String::new(),
        sources: Vec::new(),
        landscape: true,
        void: false,
        blank: false,
        seal: None,
        blocks,
    }
}
