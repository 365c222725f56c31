//! The pieces of a filled form: what is never cut across pages, and how each is drawn.

use crate::i18n::{t, words};
use crate::widgets::photo::StoredPicture;
use leptos::prelude::*;
use sitebook_core::print::{BlockView, CellView, DeviationView, FormView, PhotoView, SlotView};
use std::sync::Arc;

/// A piece; it may be drawn several times: once to be measured, and on each page that repeats it.
pub struct Printed {
    /// It must not end a page.
    pub stay_with_next: bool,
    /// Index of the heading repeated above it on a new page.
    pub repeat: Option<usize>,
    /// Draws it.
    pub draw: Arc<dyn Fn() -> AnyView + Send + Sync>,
}

/// Characters of a long answer that are kept together. About a third of a page.
const CHUNK: usize = 420;
/// Lines of a long answer that are kept together.
const CHUNK_LINES: usize = 12;

struct Pieces(Vec<Printed>);

impl Pieces {
    fn add(&mut self, stay_with_next: bool, repeat: Option<usize>, draw: impl Fn() -> AnyView + Send + Sync + 'static) {
        self.0.push(Printed { stay_with_next, repeat, draw: Arc::new(draw) });
    }

    fn heading(&mut self, title: String) {
        self.add(true, None, move || view! { <h2 class="paper-heading">{title.clone()}</h2> }.into_any());
    }
}

/// The pieces of a form, from top to bottom.
pub fn pieces_of(view: &FormView) -> Vec<Printed> {
    let mut pieces = Pieces(Vec::new());
    let title = view.title.clone();
    pieces.add(true, None, move || view! { <h1 class="paper-title">{title.clone()}</h1> }.into_any());
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
            for row in rows.iter().flat_map(|row| split_long(row)) {
                pieces.add(false, None, move || grid_row(&row));
            }
        }
        BlockView::Table { title, columns, rows } => {
            pieces.heading(title.clone());
            add_table(pieces, columns.clone(), rows.clone());
        }
        BlockView::Checks { title, items } => {
            pieces.heading(title.clone());
            for pair in items.chunks(2) {
                let pair = pair.to_vec();
                pieces.add(false, None, move || checks(&pair));
            }
        }
        BlockView::Note { text } => {
            let text = text.clone();
            pieces.add(false, None, move || view! { <p class="paper-note">{text.clone()}</p> }.into_any());
        }
        BlockView::Photos { title, photos } => {
            pieces.heading(title.clone());
            for pair in photos.chunks(2) {
                let pair = pair.to_vec();
                pieces.add(false, None, move || photo_row(&pair));
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
            for row in slots.chunks(2) {
                let row = row.to_vec();
                pieces.add(false, None, move || signature_row(&row));
            }
        }
    }
}

/// A row with one answer too long for a page becomes several rows; the label stands at the first.
fn split_long(row: &[CellView]) -> Vec<Vec<CellView>> {
    let [only] = row else { return vec![row.to_vec()] };
    let mut parts: Vec<String> = vec![String::new()];
    let (mut chars, mut lines) = (0, 1);
    for character in only.value.chars() {
        if let Some(part) = parts.last_mut() {
            part.push(character);
        }
        chars += 1;
        lines += usize::from(character == '\n');
        let pause = matches!(character, '\n' | '。' | '；' | ' ' | '，' | '.');
        if (chars >= CHUNK && pause) || chars >= CHUNK + 80 || lines > CHUNK_LINES {
            parts.push(String::new());
            (chars, lines) = (0, 1);
        }
    }
    if parts.len() > 1 && parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    let cell = |(index, value): (usize, String)| {
        let label = if index == 0 { only.label.clone() } else { String::new() };
        vec![CellView { label, value, span: only.span, lines: if index == 0 { only.lines } else { 1 } }]
    };
    parts.into_iter().enumerate().map(cell).collect()
}

fn grid_row(row: &[CellView]) -> AnyView {
    let cells = row
        .iter()
        .map(|cell| {
            let class = format!("paper-cell span-{} lines-{}", cell.span, cell.lines.clamp(1, 12));
            view! {
                <div class=class>
                    <span class="paper-label">{cell.label.clone()}</span>
                    <span class="paper-value">{cell.value.clone()}</span>
                </div>
            }
        })
        .collect_view();
    view! { <div class="paper-row">{cells}</div> }.into_any()
}

fn add_table(pieces: &mut Pieces, columns: Vec<(String, u8)>, rows: Vec<Vec<String>>) {
    let widths = columns.iter().map(|(_, width)| format!("{}fr", width)).collect::<Vec<_>>().join(" ");
    let heads: Vec<String> = columns.into_iter().map(|(label, _)| label).collect();
    let heading = pieces.0.len();
    let head_widths = widths.clone();
    pieces.add(true, None, move || table_line(&heads, &head_widths, true));
    for row in rows {
        let widths = widths.clone();
        pieces.add(false, Some(heading), move || table_line(&row, &widths, false));
    }
}

fn table_line(cells: &[String], widths: &str, head: bool) -> AnyView {
    let cells = cells.iter().map(|cell| view! { <span>{cell.clone()}</span> }).collect_view();
    view! {
        <div class="paper-line" class:is-head=head style:grid-template-columns=widths.to_owned()>
            {cells}
        </div>
    }
    .into_any()
}

fn add_deviations(pieces: &mut Pieces, rows: &[DeviationView]) {
    const WIDTHS: &str = "3fr 1.4fr 3fr 1.4fr 1.6fr";
    let heading = pieces.0.len();
    pieces.add(true, None, || {
        view! {
            <div class="paper-line is-head" style:grid-template-columns=WIDTHS>
                <span>{t(&words::PAPER_ITEM)}</span>
                <span>{t(&words::PAPER_CLAUSE)}</span>
                <span>{t(&words::PAPER_REASON)}</span>
                <span>{t(&words::PAPER_APPROVER)}</span>
                <span>{t(&words::PAPER_BY)}</span>
            </div>
        }
        .into_any()
    });
    for row in rows {
        let cells = vec![
            row.what.clone(),
            row.clause.clone(),
            row.reason.clone(),
            row.approver.clone(),
            format!("{}\n{}", row.by, row.at),
        ];
        pieces.add(false, Some(heading), move || table_line(&cells, WIDTHS, false));
    }
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
                    <StoredPicture sha256=photo.sha256.clone() alt=Signal::derive(move || alt.clone())/>
                    <figcaption>{photo.caption.clone()} " " {photo.at.clone()}</figcaption>
                </figure>
            }
        })
        .collect_view();
    view! { <div class="paper-photos">{photos}</div> }.into_any()
}

fn signature_row(slots: &[SlotView]) -> AnyView {
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
    view! { <div class="paper-slots">{slots}</div> }.into_any()
}
