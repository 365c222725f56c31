//! Templates of basic records: their kind, their fields, which field names them.
//!
//! It must not look into a capture; the core does.

use super::places::{self, called};
use super::unique_ids;
use crate::gather::Found;
use crate::node::Node;
use crate::problem::Report;
use sitebook_core::template::check::{self, Around, Keys};
use sitebook_core::template::{CaptureKind, NAMESPACES, RecordTemplate};

/// Checks a record template.
pub(super) fn check(found: &Found<RecordTemplate>, around: &Around<'_>, report: &mut Report) {
    let Found { node, says: record } = found;
    let kinds = || NAMESPACES.into_iter().filter(|name| !["visit", "limit"].contains(name));
    if !kinds().any(|kind| kind == record.id) {
        let known: Vec<&str> = kinds().collect();
        report
            .at(node.at("id").place, format!("unknown kind of record '{}'", record.id))
            .why(format!("the app knows '{}'", known.join("', '")))
            .meant(&record.id, kinds());
    }
    unique_ids(node.list("field"), "a field", report);
    let keys = Keys::of_record(record, around);
    for (n, field) in record.fields.iter().enumerate() {
        places::ask(node.item("field", n), report, |at, problems| {
            check::capture(at, field, (&record.id, None), &keys, around, problems);
        });
    }
    shown(node.at("name"), &record.name, record, report);
    if let Some(detail) = &record.detail {
        shown(node.at("detail"), detail, record, report);
    }
}

/// A field that stands for its record in lists must be one line of words.
fn shown(node: &Node, id: &str, record: &RecordTemplate, report: &mut Report) {
    let Some(field) = record.field(id) else {
        report
            .at(node.place, format!("unknown field '{id}'"))
            .why(format!("the record template {} has no such field", record.id))
            .meant(id, record.fields.iter().map(|field| field.id.as_str()));
        return;
    };
    let is_line = !matches!(
        field.kind,
        CaptureKind::Check
            | CaptureKind::Checklist { .. }
            | CaptureKind::Photo { .. }
            | CaptureKind::Signature { .. }
            | CaptureKind::Table { .. }
            | CaptureKind::Series { .. }
            | CaptureKind::Verdicts { .. }
            | CaptureKind::Score { .. }
            | CaptureKind::Tally { .. }
    );
    if !is_line {
        report.at(node.place, format!("'{id}' is {}", called(&field.kind))).why("a list shows one line of words");
    }
}
