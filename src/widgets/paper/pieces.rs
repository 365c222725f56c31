//! The pieces of a filled form: what is never cut across pages, and how each is drawn.

use super::cut::Place;
use crate::i18n::{lang, t, words};
use crate::widgets::marks::marks_layer;
use crate::widgets::photo::StoredPicture;
use leptos::prelude::*;
use sitebook_core::print::{BlockView, CellView, DeviationView, FormView, PhotoView, SlotView, photo_rows};
use std::sync::Arc;

/// Draws one line of a row that is cut, from the line's words in each cell.
pub type Cut = Arc<dyn Fn(&[String], Place) -> AnyView + Send + Sync>;

/// A piece; it may be drawn several times: once to be measured, and on each page that repeats it.
#[derive(Clone)]
pub struct Printed {
    /// It must not end a page.
    pub stay_with_next: bool,
    /// Index of the heading repeated above it on a new page.
    pub repeat: Option<usize>,
    /// Draws it.
    pub draw: Arc<dyn Fn() -> AnyView + Send + Sync>,
    /// Draws a line of it, where it may be cut between its lines.
    pub cut: Option<Cut>,
}

struct Pieces(Vec<Printed>);

impl Pieces {
    fn add(&mut self, stay_with_next: bool, repeat: Option<usize>, draw: impl Fn() -> AnyView + Send + Sync + 'static) {
        self.0.push(Printed { stay_with_next, repeat, draw: Arc::new(draw), cut: None });
    }

    fn heading(&mut self, title: String) {
        self.add(true, None, move || view! { <h3 class="paper-heading">{title.clone()}</h3> }.into_any());
    }

    /// A row that may be cut between its lines.
    fn row<T: Clone + Send + Sync + 'static>(
        &mut self,
        repeat: Option<usize>,
        of: T,
        draw: fn(&T) -> AnyView,
        part: fn(&T, &[String], Place) -> AnyView,
    ) {
        let whole = of.clone();
        self.add(false, repeat, move || draw(&whole));
        if let Some(last) = self.0.last_mut() {
            last.cut = Some(Arc::new(move |words, place| part(&of, words, place)));
        }
    }
}

/// The pieces of a form, from top to bottom.
pub fn pieces_of(view: &FormView) -> Vec<Printed> {
    let mut pieces = Pieces(Vec::new());
    let title = view.title.clone();
    pieces.add(true, None, move || view! { <h2 class="paper-title">{title.clone()}</h2> }.into_any());
    for block in &view.blocks {
        add_block(&mut pieces, block);
    }
    pieces.0
}

fn add_block(pieces: &mut Pieces, block: &BlockView) {
    match block {
        BlockView::Grid { title, rows } => {
            if let Some(title) = title {
                pieces.heading(title.clone());
            }
            for row in rows {
                pieces.row(None, row.clone(), grid_row, grid_part);
            }
        }
        BlockView::Table { title, columns, rows } => {
            pieces.heading(title.clone());
            add_table(pieces, columns, rows.clone());
        }
        BlockView::Checks { title, items } => {
            pieces.heading(title.clone());
            for pair in items.chunks(2) {
                let pair = pair.to_vec();
                pieces.add(false, None, move || checks(&pair));
            }
        }
        BlockView::Text { title, text, lines } => {
            pieces.heading(title.clone());
            pieces.row(None, (text.clone(), *lines), text_box, text_part);
        }
        BlockView::Note { text } => {
            let text = text.clone();
            pieces.add(false, None, move || view! { <p class="paper-note">{text.clone()}</p> }.into_any());
        }
        BlockView::Photos { title, photos } => {
            pieces.heading(title.clone());
            for row in photo_rows(photos) {
                pieces.add(false, None, move || photo_row(&row));
            }
        }
        BlockView::Deviations { title, rows } => {
            pieces.heading(title.clone());
            add_deviations(pieces, rows);
        }
        BlockView::Signatures { slots } => {
            // A signature stands under what is signed, not alone on a page of its own.
            if let Some(before) = pieces.0.last_mut() {
                before.stay_with_next = true;
            }
            let beside = if slots.len() == 3 { 3 } else { 2 };
            for row in slots.chunks(beside) {
                let row = row.to_vec();
                pieces.add(false, None, move || signature_row(&row));
            }
        }
    }
}

#[expect(clippy::ptr_arg, reason = "what a piece keeps, and is handed back, is a row")]
fn grid_row(row: &Vec<CellView>) -> AnyView {
    let cells = row
        .iter()
        .map(|cell| {
            let class = format!("paper-cell span-{} lines-{}", cell.span, cell.lines.clamp(1, 12));
            view! {
                <div class=class>
                    <span class="paper-label">{cell.label.clone()}</span>
                    <span class="paper-value is-cut">{cell.value.clone()}</span>
                    {(!cell.choices.is_empty())
                        .then(|| view! { <span class="paper-choices">{cell.choices.clone()}</span> })}
                </div>
            }
        })
        .collect_view();
    view! { <div class="paper-row">{cells}</div> }.into_any()
}

/// A line of a grid row. The labels stand at the first one.
#[expect(clippy::ptr_arg, reason = "what a piece keeps, and is handed back, is a row")]
fn grid_part(row: &Vec<CellView>, words: &[String], place: Place) -> AnyView {
    let cells = row
        .iter()
        .zip(words)
        .map(|(cell, words)| {
            let label = if place.first { cell.label.clone() } else { String::new() };
            view! {
                <div class=format!("paper-cell span-{}", cell.span)>
                    <span class="paper-label">{label}</span>
                    <span class="paper-value">{words.clone()}</span>
                </div>
            }
        })
        .collect_view();
    view! { <div class=place.class("paper-row")>{cells}</div> }.into_any()
}

fn text_box((text, lines): &(String, u8)) -> AnyView {
    let height = format!("{}pt", u32::from(*lines).max(1) * 14 + 6);
    view! { <div class="paper-text" style:min-block-size=height><p class="is-cut">{text.clone()}</p></div> }.into_any()
}

fn text_part(_: &(String, u8), words: &[String], place: Place) -> AnyView {
    view! { <div class=place.class("paper-text")><p>{words.concat()}</p></div> }.into_any()
}

fn add_table(pieces: &mut Pieces, columns: &[(String, u8)], rows: Vec<Vec<String>>) {
    let widths = columns.iter().map(|(_, width)| format!("{width}fr")).collect::<Vec<_>>().join(" ");
    let heads: Vec<String> = columns.iter().map(|(label, _)| label.clone()).collect();
    add_lines(pieces, widths, heads, rows);
}

fn add_lines(pieces: &mut Pieces, widths: String, heads: Vec<String>, rows: Vec<Vec<String>>) {
    let heading = pieces.0.len();
    let head_widths = widths.clone();
    pieces.add(true, None, move || table_line("paper-line is-head", &head_widths, &heads));
    for row in rows {
        pieces.row(
            Some(heading),
            (widths.clone(), row),
            |(widths, row)| table_line("paper-line", widths, row),
            |(widths, _), words, place| table_line(&place.class("paper-line"), widths, words),
        );
    }
}

fn table_line(class: &str, widths: &str, cells: &[String]) -> AnyView {
    // Running numbers and ticks stand in the middle of their column.
    let is_mark = |cell: &str| {
        !cell.is_empty() && cell.len() <= 4 && cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '☑' | '☐'))
    };
    let cells = cells
        .iter()
        .map(|cell| {
            let class = if is_mark(cell) { "is-cut is-mid" } else { "is-cut" };
            view! { <span class=class>{cell.clone()}</span> }
        })
        .collect_view();
    view! { <div class=class.to_owned() style:grid-template-columns=widths.to_owned()>{cells}</div> }.into_any()
}

fn add_deviations(pieces: &mut Pieces, rows: &[DeviationView]) {
    const WIDTHS: &str = "3fr 1.4fr 3fr 1.4fr 1.6fr";
    let heads =
        [&words::PAPER_ITEM, &words::PAPER_CLAUSE, &words::PAPER_REASON, &words::PAPER_APPROVER, &words::PAPER_BY];
    let cells = |row: &DeviationView| {
        let by = format!("{}\n{}", row.by, row.at);
        vec![row.what.clone(), row.clause.clone(), row.reason.clone(), row.approver.clone(), by]
    };
    let speech = lang().now();
    let heads = heads.iter().map(|head| head.get(speech).to_owned()).collect();
    add_lines(pieces, WIDTHS.to_owned(), heads, rows.iter().map(cells).collect());
}

fn checks(items: &[(bool, String)]) -> AnyView {
    let items = items
        .iter()
        .map(|(ticked, words)| {
            let mark = if *ticked { "☑" } else { "☐" };
            view! {
                <span>
                    <b>{mark}</b>
                    " "
                    {words.clone()}
                </span>
            }
        })
        .collect_view();
    view! { <div class="paper-checks">{items}</div> }.into_any()
}

fn photo_row(photos: &[PhotoView]) -> AnyView {
    let photos = photos
        .iter()
        .map(|photo| {
            let alt = photo.caption.clone();
            view! {
                <figure>
                    <div class="paper-photo">
                        <StoredPicture sha256=photo.sha256.clone() alt=Signal::derive(move || alt.clone())/>
                        {marks_layer(&photo.marks, photo.size)}
                    </div>
                    <figcaption>{photo.caption.clone()} " " {photo.at.clone()}</figcaption>
                </figure>
            }
        })
        .collect_view();
    view! { <div class="paper-photos">{photos}</div> }.into_any()
}

fn signature_row(slots: &[SlotView]) -> AnyView {
    let has_seal = slots.iter().any(|slot| slot.seal);
    let slots = slots
        .iter()
        .map(|slot| {
            let name = slot.name.clone();
            let image = slot.image.clone().map(|sha256| {
                view! { <StoredPicture sha256 alt=Signal::derive(move || name.clone())/> }
            });
            view! {
                <div class="paper-slot">
                    <p class="slot-label">{slot.label.clone()}</p>
                    <div class="slot-ink">
                        {image}
                        {slot.seal.then(|| view! { <span class="slot-seal">{t(&words::PAPER_SEAL)}</span> })}
                    </div>
                    <p class="slot-line">
                        <span>{t(&words::PAPER_NAME)} "：" <b>{slot.name.clone()}</b></span>
                        <span>{t(&words::PAPER_ROLE)} "：" {slot.role.clone()}</span>
                    </p>
                    <p class="slot-line">
                        <span>{t(&words::PAPER_DATE)} "：" {slot.at.clone()}</span>
                        {slot.stale.then(|| view! { <strong class="slot-stale">{t(&words::PAPER_STALE)}</strong> })}
                    </p>
                </div>
            }
        })
        .collect_view();
    view! { <div class="paper-slots" class:has-seal=has_seal>{slots}</div> }.into_any()
}
