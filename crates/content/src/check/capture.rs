//! Captures: limits, options, columns, and what they refer to.
//!
//! It must not know whether the capture belongs to a step or to a basic record beyond what [`Scope`] says.

use super::lists;
use super::lookup::{field_of, is_number, is_time, is_words};
use super::predicate::check_when;
use super::{unique, unique_ids};
use crate::gather::Gathered;
use crate::keys::{Keys, called, template};
use crate::node::Node;
use crate::problem::Report;
use sitebook_core::template::{Capture, CaptureKind, Column, ColumnKind, Preset, Procedure};

/// Where a capture stands.
pub(super) struct Scope<'a> {
    /// `stage.step`, or the kind of record.
    pub(super) path: &'a str,
    /// The keys that it may name.
    pub(super) keys: &'a Keys<'a>,
    /// Everything else.
    pub(super) all: &'a Gathered,
    /// The procedure; none for a field of a basic record.
    pub(super) procedure: Option<&'a Procedure>,
}

/// Checks a capture.
pub(super) fn check(node: &Node, capture: &Capture, scope: &Scope<'_>, report: &mut Report) {
    let keys = scope.keys;
    let own = format!("{}.{}", scope.path, capture.id);
    check_when(node, capture.when.as_ref(), &own, keys, report);
    if let Some(key) = &capture.suggest {
        suggest(node.at("suggest"), key, &own, &capture.kind, keys, report);
    }
    match &capture.kind {
        CaptureKind::Check | CaptureKind::Moment | CaptureKind::Person => {}
        CaptureKind::Phone | CaptureKind::Rating { .. } => {}
        CaptureKind::Text { max, phrases, .. } => {
            for (n, phrase) in phrases.iter().enumerate() {
                let longest = phrase.zh.chars().count().max(phrase.en.chars().count());
                if longest > usize::try_from(*max).unwrap_or(usize::MAX) {
                    report
                        .at(node.item("phrases", n).place, "the phrase is too long")
                        .why(format!("it has {longest} characters of at most {max}"));
                }
            }
        }
        CaptureKind::Number { min, max, .. } => in_order(node, *min, *max, report),
        CaptureKind::Photo { min, max } => {
            in_order(node, Some(f64::from(*min)), Some(f64::from(*max)), report);
        }
        CaptureKind::Choice { .. } => unique_ids(node.list("options"), "an option", report),
        CaptureKind::Checklist { items } => {
            unique_ids(node.list("items"), "an item", report);
            for (n, item) in items.iter().enumerate() {
                let at = node.item("items", n);
                let own = format!("{own}.{}", item.id);
                check_when(at, item.when.as_ref(), &own, keys, report);
            }
        }
        CaptureKind::Stamp { not_before } => {
            if let Some(key) = not_before {
                let at = node.at("not-before");
                let needs = "'not-before' needs a stamp or a moment";
                field_of(at, key, keys, needs, is_time, report);
                not_itself(at, key, &own, report);
            }
        }
        CaptureKind::Signature { covers, .. } => signature(node, covers, scope, report),
        CaptureKind::Table { columns, presets, .. } => table(node, columns, presets, scope, report),
        CaptureKind::Tally { of } => tally(node, of, scope, report),
        CaptureKind::Verdicts { .. } | CaptureKind::Series { .. } | CaptureKind::Score { .. } => {
            lists::check(node, capture, &own, scope, report);
        }
        CaptureKind::Computed { value, .. } => lists::expr(node.at("value"), value, &own, keys, report),
        CaptureKind::Serial { pattern } => lists::pattern(node.at("pattern"), pattern, report),
        CaptureKind::Ref { to, within } => {
            reference(node, to, within.as_deref(), scope, report);
        }
    }
}

pub(super) fn in_order(node: &Node, min: Option<f64>, max: Option<f64>, report: &mut Report) {
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        let least = node.get("min").unwrap_or(node.at("max"));
        report.at(least.place, format!("min {min} is more than max {max}")).why("no value could ever be accepted");
    }
}

pub(super) fn not_itself(node: &Node, key: &str, own: &str, report: &mut Report) {
    if key == own {
        report.at(node.place, format!("'{own}' refers to itself"));
    }
}

/// A suggestion must be of a kind that the capture can take over.
fn suggest(node: &Node, key: &str, own: &str, kind: &CaptureKind, keys: &Keys<'_>, report: &mut Report) {
    let fits = |offered: &CaptureKind| match kind {
        CaptureKind::Check => matches!(offered, CaptureKind::Check),
        CaptureKind::Text { .. } | CaptureKind::Person | CaptureKind::Phone => is_words(offered),
        // The name of the signer.
        CaptureKind::Signature { .. } => is_words(offered),
        CaptureKind::Number { .. } | CaptureKind::Rating { .. } => is_number(offered),
        CaptureKind::Moment => is_time(offered),
        CaptureKind::Choice { options } => match offered {
            CaptureKind::Choice { options: others } => {
                others.iter().all(|other| options.iter().any(|option| option.id == other.id))
            }
            _ => false,
        },
        CaptureKind::Ref { to, .. } => {
            matches!(offered, CaptureKind::Ref { to: other, .. } if other == to)
        }
        CaptureKind::Checklist { .. }
        | CaptureKind::Stamp { .. }
        | CaptureKind::Photo { .. }
        | CaptureKind::Table { .. }
        | CaptureKind::Series { .. }
        | CaptureKind::Verdicts { .. }
        | CaptureKind::Score { .. }
        | CaptureKind::Computed { .. }
        | CaptureKind::Serial { .. }
        | CaptureKind::Tally { .. } => false,
    };
    let needs = format!("{} cannot take its value over", called(kind));
    field_of(node, key, keys, &needs, fits, report);
    not_itself(node, key, own, report);
}

fn signature(node: &Node, covers: &[String], scope: &Scope<'_>, report: &mut Report) {
    let Some(procedure) = scope.procedure else {
        return visit_only(node, report);
    };
    let listed = covers.iter().enumerate();
    unique(listed.clone().map(|(n, id)| (id.as_str(), node.item("covers", n))), "a form", report);
    for (n, id) in listed {
        if !procedure.forms.contains(id) {
            report
                .at(node.item("covers", n).place, format!("the signature covers '{id}'"))
                .why(format!("{} does not list that form", scope.keys.owner))
                .meant(id, procedure.forms.iter().map(String::as_str));
        }
    }
}

pub(super) fn visit_only(node: &Node, report: &mut Report) {
    report.at(node.at("kind").place, "signatures and tallies belong to visits").why("a basic record cannot hold one");
}

/// Columns as they are written: of a table, or of a series beside those that it has anyway.
pub(super) fn own_columns(node: &Node, columns: &[Column], report: &mut Report) {
    unique_ids(node.list("columns"), "a column", report);
    for (n, column) in columns.iter().enumerate() {
        let at = node.item("columns", n);
        match &column.kind {
            ColumnKind::Number { min, max, .. } => in_order(at, *min, *max, report),
            ColumnKind::Choice { .. } => unique_ids(at.list("options"), "an option", report),
            ColumnKind::Text { .. } | ColumnKind::Check | ColumnKind::Moment | ColumnKind::Person => {}
        }
    }
}

fn table(node: &Node, columns: &[Column], presets: &[Preset], scope: &Scope<'_>, report: &mut Report) {
    own_columns(node, columns, report);
    let has_text = columns.iter().any(|column| matches!(column.kind, ColumnKind::Text { .. }));
    if !presets.is_empty() && !has_text {
        report
            .at(node.at("presets").place, "the table has no text column")
            .why("a preset becomes the value of the first text column");
    }
    for (n, preset) in presets.iter().enumerate() {
        // A preset has no key of its own, so nothing can name it.
        let at = node.item("presets", n);
        check_when(at, preset.when.as_ref(), "", scope.keys, report);
    }
}

fn tally(node: &Node, of: &str, scope: &Scope<'_>, report: &mut Report) {
    if scope.procedure.is_none() {
        return visit_only(node, report);
    }
    let at = node.at("of");
    let is_table = |kind: &CaptureKind| matches!(kind, CaptureKind::Table { .. });
    let needs = "a tally counts the rows of a table";
    let Some(CaptureKind::Table { columns, .. }) = field_of(at, of, scope.keys, needs, is_table, report) else {
        return;
    };
    let column = |id: &str| columns.iter().find(|column| column.id == id);
    if column("item").is_none() {
        report
            .at(at.place, format!("the table '{of}' has no column 'item'"))
            .why("a tally shows it beside what is counted");
    }
    match column("quantity").map(|column| &column.kind) {
        Some(ColumnKind::Number { .. }) => {}
        Some(_) => {
            report.at(at.place, format!("the column 'quantity' of '{of}' is not a number"));
        }
        None => {
            report.at(at.place, format!("the table '{of}' has no column 'quantity'")).why("a tally compares with it");
        }
    }
    if column("out").is_some() {
        report
            .at(at.place, format!("the table '{of}' has a column 'out' of its own"))
            .why("the tally keeps there what was counted");
    }
}

fn reference(node: &Node, to: &str, within: Option<&str>, scope: &Scope<'_>, report: &mut Report) {
    if scope.procedure.is_some() {
        report.at(node.at("kind").place, "references belong to basic records").why("a visit knows its records already");
        return;
    }
    let Some(target) = template(scope.all, to) else {
        if !scope.all.lost_records.contains(to) {
            let kinds = scope.all.records.iter().map(|found| found.says.id.as_str());
            report
                .at(node.at("to").place, format!("unknown kind of record '{to}'"))
                .why(format!("there is no records/{to}.toml"))
                .meant(to, kinds);
        }
        return;
    };
    let Some(within) = within else { return };
    let here = scope.keys.kind(&format!("{}.{within}", scope.path));
    let there = target.says.field(within).map(|field| &field.kind);
    let refers = |kind: Option<&CaptureKind>| match kind {
        Some(CaptureKind::Ref { to, .. }) => Some(to.clone()),
        _ => None,
    };
    if refers(here).is_none() || refers(here) != refers(there) {
        report
            .at(node.at("within").place, format!("'{within}' does not connect the two"))
            .why(format!("both '{}' and '{to}' need a reference of that name to the same kind", scope.path));
    }
}
