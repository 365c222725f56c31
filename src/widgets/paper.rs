//! A form as it prints: A4 pages with letterhead, grids, signature areas and "page x of y".
//!
//! Every piece that must not be cut is drawn once out of sight and measured; the core says where the pages break.
//! So the screen shows exactly what the printer gets, in every browser. A row too high to stay in one piece is cut
//! between its lines, as the browser broke them.

mod cut;
mod head;
mod pieces;
pub mod seal;

use crate::browser::{layout, page, timers};
use crate::i18n::{t, words};
use crate::widgets::icon::Icon;
use cut::cut_long;
use head::Letterhead;
use leptos::prelude::*;
use pieces::{Printed, pieces_of};
use sitebook_core::print::{FormView, Piece, paginate};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// How many papers were drawn: each measures its pieces in an element of its own.
static DRAWN: AtomicU32 = AtomicU32::new(0);

/// Pieces, and which of them stand on each page.
type Pages = (Arc<Vec<Printed>>, Vec<Vec<usize>>);

/// The pages of a filled form.
#[component]
pub fn Paper(
    /// The filled form.
    view: Arc<FormView>,
) -> impl IntoView {
    let whole: Arc<Vec<Printed>> = Arc::new(pieces_of(&view));
    let pages = RwSignal::new(None::<Pages>);
    let measured = whole.clone();
    let measure = format!("paper-measure-{}", DRAWN.fetch_add(1, Ordering::Relaxed));
    let id = measure.clone();
    timers::after_paint(move || {
        let Some((heights, room)) = layout::measure_children(&measure) else { return };
        let (pieces, heights) =
            cut_long(&measured, &heights, |piece| layout::lines_of_child(&measure, piece, ".is-cut"));
        let shape = |(piece, height): (&Printed, f64)| Piece {
            height,
            stay_with_next: piece.stay_with_next,
            repeat: piece.repeat,
        };
        let shapes: Vec<Piece> = pieces.iter().zip(heights).map(shape).collect();
        let broken = paginate(&shapes, room);
        let _ = pages.try_set(Some((Arc::new(pieces), broken)));
    });
    let (landscape, is_blank) = (view.landscape, view.blank);
    let hidden = move || {
        // Once the pages stand, nothing is measured any more.
        pages.with(Option::is_none).then(|| whole.iter().map(|piece| (piece.draw)()).collect_view())
    };
    let letterhead = Letterhead::of(&view);
    let drawn = move || {
        let (pieces, pages) = pages.get()?;
        let count = pages.len();
        let sheets = pages.iter().enumerate().map(|(index, page)| {
            let body = page.iter().filter_map(|piece| pieces.get(*piece)).map(|piece| (piece.draw)()).collect_view();
            sheet(&view, &letterhead, index + 1, count, body.into_any())
        });
        Some(sheets.collect_view())
    };
    view! {
        <div class="paper" class:is-landscape=landscape class:is-blank=is_blank style:--paper-zoom=layout::paper_zoom(landscape)>
            <div class="paper-page is-measure" aria-hidden="true">
                <div class="page-body" id=id>{hidden}</div>
            </div>
            {drawn}
        </div>
    }
}

fn sheet(view: &FormView, letterhead: &Letterhead, number: usize, count: usize, body: AnyView) -> AnyView {
    view! {
        <div class="paper-frame"><article class="paper-page" class:is-void=view.void>
            {letterhead.head(view)}
            {view.void.then(|| view! { <p class="page-void">{t(&words::PAPER_VOID)}</p> })}
            <div class="page-body">{body}</div>
            {letterhead.foot(view, number, count)}
        </article></div>
    }
    .into_any()
}

/// The button that prints. The print-out, and the file it is kept in, are called `title`.
#[component]
pub fn PrintButton(
    /// The title.
    #[prop(into)]
    title: Signal<String>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="primary"
            data-act="print"
            on:click=move |_| {
                page::print_as(&title.get_untracked());
            }
        >
            <Icon name="printer"/>
            {t(&words::FORM_PRINT)}
        </button>
    }
}
