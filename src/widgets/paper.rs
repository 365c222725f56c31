//! A form as it prints: A4 pages with letterhead, grids, signature areas and "page x of y".
//!
//! Every piece that must not be cut is drawn once out of sight and measured; the core says where the pages break.
//! So the screen shows exactly what the printer gets, in every browser.

mod pieces;

use crate::browser::{layout, page, timers};
use crate::i18n::{t, tf, words};
use crate::widgets::icon::Icon;
use leptos::prelude::*;
use pieces::{Printed, pieces_of};
use sitebook_core::print::{FormView, Piece, paginate};
use std::sync::Arc;

const MEASURE: &str = "paper-measure";

/// The pages of a filled form.
#[component]
pub fn Paper(
    /// The filled form.
    view: Arc<FormView>,
) -> impl IntoView {
    let pieces: Arc<Vec<Printed>> = Arc::new(pieces_of(&view));
    let pages = RwSignal::new(None::<Vec<Vec<usize>>>);
    let shapes: Vec<Piece> = pieces
        .iter()
        .map(|piece| Piece { height: 0.0, stay_with_next: piece.stay_with_next, repeat: piece.repeat })
        .collect();
    let measure = move || {
        let Some((heights, room)) = layout::measure_children(MEASURE) else { return };
        let mut shapes = shapes.clone();
        for (shape, height) in shapes.iter_mut().zip(heights) {
            shape.height = height;
        }
        let _ = pages.try_set(Some(paginate(&shapes, room)));
    };
    timers::after_paint(measure);
    let landscape = view.landscape;
    let all = pieces.clone();
    let hidden = move || all.iter().map(|piece| (piece.draw)()).collect_view();
    let drawn = move || {
        let pages = pages.get()?;
        let count = pages.len();
        let view = view.clone();
        let pieces = pieces.clone();
        let sheets = pages.into_iter().enumerate().map(move |(index, page)| {
            let body = page.iter().filter_map(|piece| pieces.get(*piece)).map(|piece| (piece.draw)()).collect_view();
            sheet(&view, index + 1, count, body.into_any())
        });
        Some(sheets.collect_view())
    };
    view! {
        <div class="paper" class:is-landscape=landscape style:--paper-zoom=layout::paper_zoom(landscape)>
            <div class="paper-page is-measure" aria-hidden="true">
                <div class="page-body" id=MEASURE>{hidden}</div>
            </div>
            {drawn}
        </div>
    }
}

fn sheet(view: &FormView, number: usize, count: usize, body: AnyView) -> AnyView {
    let page = tf(move || words::PAPER_PAGE.with(&[&number.to_string(), &count.to_string()]));
    view! {
        <div class="paper-frame"><article class="paper-page" class:is-void=view.void>
            <header class="page-head">
                <span class="page-company">{view.company.clone()}</span>
                <span class="page-number">{t(&words::PAPER_NUMBER)} " " {view.number.clone()}</span>
            </header>
            {view.void.then(|| view! { <p class="page-void">{t(&words::PAPER_VOID)}</p> })}
            <div class="page-body">{body}</div>
            <footer class="page-foot">
                <span>{view.id.clone()} " " {t(&words::PAPER_VERSION)} " " {view.version}</span>
                <span>{t(&words::PAPER_KEEP)} " " {view.keep.clone()}</span>
                <span>{page}</span>
            </footer>
        </article></div>
    }
    .into_any()
}

/// The button that prints.
#[component]
pub fn PrintButton() -> impl IntoView {
    view! {
        <button
            type="button"
            class="primary"
            data-act="print"
            on:click=move |_| {
                page::print();
            }
        >
            <Icon name="printer"/>
            {t(&words::FORM_PRINT)}
        </button>
    }
}
