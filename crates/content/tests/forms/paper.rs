//! A printed form as plain text, small enough to be read in a review: a line for a row of the paper.
//!
//! Long texts show their ends and their length, long tables their first and last lines; what is left out is tested
//! by itself in `golden`.

use sitebook_core::print::{BlockView, CellView, FormView, SlotView};
use std::fmt::Write as _;

/// Longest text shown whole, in characters.
const WHOLE: usize = 90;
/// Most lines of a table shown.
const LINES: usize = 12;

/// The form as text.
pub fn draw(form: &FormView) -> String {
    let mut out = String::new();
    let void = if form.void { "  VOID" } else { "" };
    let landscape = if form.landscape { ", landscape" } else { "" };
    let _ = writeln!(out, "{}{void}", form.company);
    let _ = writeln!(out, "# {}", form.title);
    let _ = writeln!(out, "{} v{}{landscape}", form.number, form.version);
    for block in &form.blocks {
        out.push('\n');
        draw_block(block, &mut out);
    }
    let _ = writeln!(out, "\n-- {} -- {}", form.sources.join("; "), form.keep);
    out
}

fn draw_block(block: &BlockView, out: &mut String) {
    match block {
        BlockView::Grid { title, rows } => {
            if let Some(title) = title {
                let _ = writeln!(out, "## {title}");
            }
            for row in rows {
                line(row.iter().map(cell), out);
            }
        }
        BlockView::Table { title, columns, rows } => {
            let _ = writeln!(out, "## {title}");
            line(columns.iter().map(|(label, _)| label.clone()), out);
            draw_rows(rows, out);
        }
        BlockView::Checks { title, items } => {
            let _ = writeln!(out, "## {title}");
            for (ticked, text) in items {
                let _ = writeln!(out, "[{}] {text}", if *ticked { "x" } else { " " });
            }
        }
        BlockView::Text { title, text, lines } => {
            let _ = writeln!(out, "## {title}\n{} ({lines} lines)", short(text));
        }
        BlockView::Note { text } => {
            let _ = writeln!(out, "> {text}");
        }
        BlockView::Photos { title, photos } => {
            let _ = writeln!(out, "## {title}");
            for photo in photos {
                assert_eq!(photo.sha256.len(), 64);
                let _ = writeln!(out, "(photo) {} {}", photo.at, photo.caption);
            }
        }
        BlockView::Deviations { title, rows } => {
            let _ = writeln!(out, "## {title}");
            for row in rows {
                let _ = writeln!(out, "! {} ({})", row.what, row.clause);
                let reason = short(&row.reason);
                let _ = writeln!(out, "  {reason} | {} | {} {}", row.approver, row.by, row.at);
            }
        }
        BlockView::Signatures { slots } => slots.iter().for_each(|slot| draw_slot(slot, out)),
    }
}

/// Lines of a table; empty ones are only counted.
fn draw_rows(rows: &[Vec<String>], out: &mut String) {
    let filled = rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty()));
    let filled: Vec<_> = filled.collect();
    let (first, last) = match filled.len() {
        all if all <= LINES => (all, all),
        all => (3, all - 3),
    };
    for (number, row) in filled.iter().enumerate() {
        if number < first || number >= last {
            line(row.iter().map(|cell| short(cell)), out);
        } else if number == first {
            let _ = writeln!(out, "… {} lines …", last - first);
        }
    }
    if filled.len() < rows.len() {
        let _ = writeln!(out, "+ {} empty", rows.len() - filled.len());
    }
}

fn draw_slot(slot: &SlotView, out: &mut String) {
    let _ = write!(out, "{}: ", slot.label);
    let _ = match &slot.image {
        Some(_) => write!(out, "(drawn) {}, {}, {}", short(&slot.name), slot.role, slot.at),
        None => write!(out, "________"),
    };
    let seal = if slot.seal { " (seal)" } else { "" };
    let stale = if slot.stale { " CHANGED SINCE" } else { "" };
    let _ = writeln!(out, "{seal}{stale}");
}

fn line(cells: impl Iterator<Item = String>, out: &mut String) {
    let cells: Vec<String> = cells.collect();
    let _ = writeln!(out, "{}", cells.join(" | ").trim_end());
}

fn cell(cell: &CellView) -> String {
    format!("{}: {}", cell.label, short(&cell.value)).trim_end().to_owned()
}

/// A long text by its ends, on one line.
fn short(text: &str) -> String {
    let count = text.chars().count();
    let text = text.replace('\n', " / ");
    if count <= WHOLE {
        return text;
    }
    let head: String = text.chars().take(36).collect();
    let tail: String = text.chars().skip(text.chars().count() - 16).collect();
    format!("{head} … {tail} ({count})")
}
