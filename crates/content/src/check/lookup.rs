//! Finds what a field key names and says in words why it does not fit.
//!
//! It must not know why somebody asks; the caller gives the name of what it needs.

use crate::keys::{Keys, Known, called};
use crate::node::Node;
use crate::problem::Report;
use sitebook_core::template::{CaptureKind, ColumnKind, Operand};

/// The kind of the field with this key; reports when there is none.
pub(super) fn field<'a>(node: &Node, key: &str, keys: &Keys<'a>, report: &mut Report) -> Option<&'a CaptureKind> {
    let not_a_field = |what: &str, report: &mut Report| {
        let prefix = format!("{key}.");
        let first = keys.fields().find(|field| field.starts_with(&prefix));
        let problem = report.at(node.place, format!("'{key}' is a {what}, not a field"));
        if let Some(first) = first {
            problem.hint(format!("a field of it is '{first}'"));
        }
    };
    match keys.find(key) {
        Known::Field(kind) => return Some(kind),
        Known::Step => not_a_field("step", report),
        Known::Stage => not_a_field("stage", report),
        Known::Lost => {}
        Known::Nothing => {
            report
                .at(node.place, format!("unknown field key '{key}'"))
                .why(keys.why_not(key))
                .meant(key, keys.fields());
        }
    }
    None
}

/// The kind of the field with this key, if it fits; reports when not. `needs` says who needs what:
/// "'signed' needs a signature".
pub(super) fn field_of<'a>(
    node: &Node,
    key: &str,
    keys: &Keys<'a>,
    needs: &str,
    fits: impl Fn(&CaptureKind) -> bool,
    report: &mut Report,
) -> Option<&'a CaptureKind> {
    let kind = field(node, key, keys, report)?;
    if fits(kind) {
        return Some(kind);
    }
    report.at(node.place, format!("'{key}' is {}", called(kind))).why(needs);
    None
}

/// Reports a key that is no step, or (where allowed) no stage.
pub(super) fn step(node: &Node, key: &str, stage_fits: bool, keys: &Keys<'_>, report: &mut Report) {
    match keys.find(key) {
        Known::Step | Known::Lost => {}
        Known::Stage if stage_fits => {}
        Known::Stage => {
            report.at(node.place, format!("'{key}' is a stage")).why("a step is needed here, 'stage.step'");
        }
        Known::Field(_) => {
            let problem = report.at(node.place, format!("'{key}' is a field"));
            problem.why("a step is needed here, 'stage.step'");
            if let Some((step, _)) = key.rsplit_once('.') {
                problem.hint(format!("name the step '{step}', or use 'answered'"));
            }
        }
        Known::Nothing => {
            report
                .at(node.place, format!("unknown step '{key}'"))
                .why(format!("{} has no such step", keys.owner))
                .meant(key, keys.places());
        }
    }
}

/// A stamp or a moment.
pub(super) fn is_time(kind: &CaptureKind) -> bool {
    matches!(kind, CaptureKind::Stamp { .. } | CaptureKind::Moment)
}

/// A number, a rating or a computed value.
pub(super) fn is_number(kind: &CaptureKind) -> bool {
    matches!(kind, CaptureKind::Number { .. } | CaptureKind::Rating { .. } | CaptureKind::Computed { .. })
}

/// A text, a person, a phone number or a number of a series.
pub(super) fn is_words(kind: &CaptureKind) -> bool {
    matches!(kind, CaptureKind::Text { .. } | CaptureKind::Person | CaptureKind::Phone | CaptureKind::Serial { .. })
}

/// A table or a series of readings: whatever has rows.
pub(super) fn has_rows(kind: &CaptureKind) -> bool {
    kind.columns().is_some()
}

/// Reports an amount that is no number from 0 up, nor the key of a limit that holds a number.
pub(super) fn amount(node: &Node, amount: &Operand, keys: &Keys<'_>, report: &mut Report) {
    match amount {
        Operand::Number(number) if *number >= 0.0 => {}
        Operand::Number(number) => {
            report.at(node.place, format!("{number} is less than 0")).why("an amount counts from 0");
        }
        Operand::Field(key) => {
            field_of(node, key, keys, "an amount is a number, or a field or limit that holds one", is_number, report);
        }
    }
}

/// Checks that rows have a column, and that it can hold a value.
pub(super) fn column(node: &Node, table: &str, id: &str, value: Option<&str>, keys: &Keys<'_>, report: &mut Report) {
    let Some(columns) = keys.kind(table).and_then(CaptureKind::columns) else { return };
    let Some(found) = columns.iter().find(|column| column.id == id) else {
        report
            .at(node.at("column").place, format!("'{table}' has no column '{id}'"))
            .meant(id, columns.iter().map(|column| column.id.as_str()));
        return;
    };
    let (ColumnKind::Choice { options }, Some(value)) = (&found.kind, value) else { return };
    if !options.iter().any(|option| option.id == value) {
        report
            .at(node.at("value").place, format!("'{value}' is no option of the column '{id}'"))
            .meant(value, options.iter().map(|option| option.id.as_str()));
    }
}
