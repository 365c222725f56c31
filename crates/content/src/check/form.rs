//! Forms: every key on the paper exists in every procedure that lists the form, and can be printed there.
//!
//! It must not know the layout beyond the language: page breaks and fonts are the printer's.

use super::Listed;
use super::clause::Clauses;
use super::places::{called, condition, field, field_of, step};
use crate::gather::{Found, Gathered};
use crate::node::Node;
use crate::problem::Report;
use sitebook_core::template::check::{Keys, Known, has_rows, is_time};
use sitebook_core::template::{Block, CaptureKind, Cell, Form, Format, TableColumn};
use sitebook_core::text::Lang;

/// Checks a form against the procedures that list it.
pub(super) fn check(
    found: &Found<Form>,
    procedures: &[Listed<'_>],
    all: &Gathered,
    clauses: &Clauses<'_>,
    report: &mut Report,
) {
    let Found { node, says: form } = found;
    clauses.check_list(node, &form.sources, report);
    let listed: Vec<_> = procedures.iter().filter(|procedure| procedure.found.says.forms.contains(&form.id)).collect();
    if listed.is_empty() && !all.lost_procedure {
        report
            .at(node.at("id").place, format!("no procedure lists the form '{}'", form.id))
            .hint("put it into 'forms' of a procedure, or delete the file");
    }
    for procedure in &listed {
        // What one procedure lacks may be there for another that fills the same form; then it stays blank here.
        let elsewhere = |key: &str| {
            let known = |other: &&Listed<'_>| !matches!(other.keys.find(key), Known::Nothing);
            !known(procedure) && listed.iter().any(known)
        };
        if let Some(when) = &form.when {
            condition(node.at("when"), when, &procedure.keys, report);
        }
        for (n, key) in form.letterhead.iter().enumerate().filter(|(_, key)| !elsewhere(key)) {
            single(node.item("letterhead", n), key, &procedure.keys, report);
        }
        for (n, block) in form.blocks.iter().enumerate() {
            check_block(node.item("block", n), block, &procedure.keys, &elsewhere, report);
        }
    }
}

/// Whether a key that this procedure lacks is known to another that lists the form.
type Elsewhere<'a> = dyn Fn(&str) -> bool + 'a;

fn check_block(node: &Node, block: &Block, keys: &Keys<'_>, elsewhere: &Elsewhere<'_>, report: &mut Report) {
    let here = |from: &'_ [String]| -> Vec<(usize, String)> {
        from.iter().cloned().enumerate().filter(|(_, key)| !elsewhere(key)).collect()
    };
    match block {
        Block::Grid { cells, .. } => {
            for (n, cell) in cells.iter().enumerate() {
                check_cell(node.item("cells", n), cell, keys, elsewhere, report);
            }
        }
        Block::Table { from, columns, .. } => {
            if !elsewhere(from) {
                table(node, from, columns, keys, report);
            }
        }
        Block::Checks { from, .. } => {
            for (n, key) in here(from) {
                checks(node.item("from", n), &key, keys, report);
            }
        }
        Block::Verdicts { from, .. } => {
            if !elsewhere(from) {
                let fits = |kind: &CaptureKind| matches!(kind, CaptureKind::Verdicts { .. });
                field_of(node.at("from"), from, keys, "an inspection list (verdicts) is needed here", fits, report);
            }
        }
        Block::Series { from, .. } => {
            if !elsewhere(from) {
                let fits = |kind: &CaptureKind| matches!(kind, CaptureKind::Series { .. });
                field_of(node.at("from"), from, keys, "a series of readings is needed here", fits, report);
            }
        }
        Block::Score { from, .. } => {
            if !elsewhere(from) {
                let fits = |kind: &CaptureKind| matches!(kind, CaptureKind::Score { .. });
                field_of(node.at("from"), from, keys, "a score is needed here", fits, report);
            }
        }
        Block::Text { from, .. } => {
            for (n, key) in here(from) {
                single(node.item("from", n), &key, keys, report);
            }
        }
        Block::Photos { from, .. } => {
            for (n, key) in here(from) {
                let fits = |kind: &CaptureKind| matches!(kind, CaptureKind::Photo { .. });
                let at = node.item("from", n);
                field_of(at, &key, keys, "photos are needed here", fits, report);
            }
        }
        Block::Signatures { slots } => {
            for (n, slot) in slots.iter().enumerate() {
                if let Some(key) = slot.from.as_ref().filter(|key| !elsewhere(key)) {
                    let fits = |kind: &CaptureKind| matches!(kind, CaptureKind::Signature { .. });
                    let at = node.item("slots", n).at("from");
                    field_of(at, key, keys, "a signature is needed here", fits, report);
                }
            }
        }
        Block::Note { .. } | Block::Deviations { .. } => {}
    }
}

fn check_cell(node: &Node, cell: &Cell, keys: &Keys<'_>, elsewhere: &Elsewhere<'_>, report: &mut Report) {
    if cell.from.iter().all(|key| elsewhere(key)) {
        report
            .at(node.at("from").place, format!("{} has nothing for this cell", keys.owner.get(Lang::En)))
            .why("each procedure that lists the form needs at least one of the cell's keys")
            .hint("add a key of that procedure, or make a variant of the form");
        return;
    }
    for (n, key) in cell.from.iter().enumerate().filter(|(_, key)| !elsewhere(key)) {
        let at = node.item("from", n);
        match cell.format {
            Format::Plain => single(at, key, keys, report),
            Format::Date | Format::Time | Format::Duration => {
                let needs = "this format needs a stamp or a moment";
                field_of(at, key, keys, needs, is_time, report);
            }
            Format::Boxes => {
                let needs = "the format 'boxes' needs a choice";
                let fits = |kind: &CaptureKind| matches!(kind, CaptureKind::Choice { .. });
                field_of(at, key, keys, needs, fits, report);
            }
        }
    }
    if cell.format == Format::Duration && cell.from.len() != 2 {
        report
            .at(node.at("from").place, format!("a duration from {} keys", cell.from.len()))
            .why("a duration runs from the first to the second of exactly two");
    }
}

fn single(node: &Node, key: &str, keys: &Keys<'_>, report: &mut Report) {
    let Some(kind) = field(node, key, keys, report) else {
        return;
    };
    let hint = match kind {
        CaptureKind::Table { .. } | CaptureKind::Tally { .. } => "print it in a block of kind 'table'".to_owned(),
        CaptureKind::Photo { .. } => "print it in a block of kind 'photos'".to_owned(),
        CaptureKind::Checklist { .. } => "print it in a block of kind 'checks'".to_owned(),
        CaptureKind::Verdicts { .. } => "print it in a block of kind 'verdicts'".to_owned(),
        CaptureKind::Series { .. } => "print it in a block of kind 'series'".to_owned(),
        CaptureKind::Score { .. } => "print it in a block of kind 'score', or its sum, 'total'".to_owned(),
        CaptureKind::Ref { to, .. } => format!("print a field of that record, '{to}.…'"),
        CaptureKind::Check
        | CaptureKind::Text { .. }
        | CaptureKind::Number { .. }
        | CaptureKind::Choice { .. }
        | CaptureKind::Stamp { .. }
        | CaptureKind::Moment
        | CaptureKind::Person
        | CaptureKind::Phone
        | CaptureKind::Rating { .. }
        | CaptureKind::Computed { .. }
        | CaptureKind::Serial { .. }
        | CaptureKind::Signature { .. } => return,
    };
    report.at(node.place, format!("'{key}' is {}", called(kind))).why("a cell shows single values").hint(hint);
}

fn checks(node: &Node, key: &str, keys: &Keys<'_>, report: &mut Report) {
    match keys.find(key) {
        Known::Field(CaptureKind::Checklist { .. }) => {}
        Known::Field(kind) => {
            let problem = report.at(node.place, format!("'{key}' is {}", called(kind)));
            problem.why("a checklist or a step is needed here");
            if let (CaptureKind::Check, Some((step, _))) = (kind, key.rsplit_once('.')) {
                problem.hint(format!("name the step, '{step}'"));
            }
        }
        Known::Nothing if key.split('.').count() > 2 => {
            field(node, key, keys, report);
        }
        Known::Step | Known::Stage | Known::Lost | Known::Nothing => {
            step(node, key, keys, report);
        }
    }
}

fn table(node: &Node, from: &str, columns: &[TableColumn], keys: &Keys<'_>, report: &mut Report) {
    let found = field_of(node.at("from"), from, keys, "a table is needed here", has_rows, report);
    let Some(known) = found.and_then(CaptureKind::columns) else { return };
    let names = || known.iter().map(|column| column.id.as_str());
    for (n, column) in columns.iter().enumerate() {
        let id = column.column.as_str();
        let counted_out = id == "out" && keys.is_tallied(from);
        if id != "#" && !counted_out && !names().any(|name| name == id) {
            let all: Vec<&str> = names().collect();
            report
                .at(node.item("columns", n).at("column").place, format!("unknown column '{id}'"))
                .why(format!("'{from}' has '{}'", all.join("', '")))
                .meant(id, names());
        }
    }
}
