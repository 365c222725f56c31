//! The sample: every value fits its field, every reference points to a record before it.
//!
//! It must not know how the app makes records of it.

use super::places::called;
use super::unique;
use crate::gather::{Found, Gathered};
use crate::node::Node;
use crate::problem::Report;
use sitebook_core::template::check::{is_number, is_time, is_words};
use sitebook_core::template::{CaptureKind, RecordTemplate, Sample, SampleRecord, SampleValue};

/// Checks the sample against the record templates.
pub(super) fn check(found: &Found<Sample>, all: &Gathered, report: &mut Report) {
    let records = &found.says.records;
    unique(
        records.iter().enumerate().map(|(n, record)| {
            let node = found.node.item("record", n).at("key");
            (record.key.as_str(), node)
        }),
        "a sample record",
        report,
    );
    for (n, record) in records.iter().enumerate() {
        let node = found.node.item("record", n);
        match all.records.iter().find(|found| found.says.id == record.kind) {
            Some(template) => {
                let earlier = &records[..n];
                check_record(node, record, &template.says, earlier, report);
            }
            None if all.lost_records.contains(&record.kind) => {}
            None => {
                let kinds = all.records.iter().map(|found| found.says.id.as_str());
                report
                    .at(node.at("kind").place, format!("unknown kind of record '{}'", record.kind))
                    .why(format!("there is no records/{}.toml", record.kind))
                    .meant(&record.kind, kinds);
            }
        }
    }
}

fn check_record(
    node: &Node,
    record: &SampleRecord,
    template: &RecordTemplate,
    earlier: &[SampleRecord],
    report: &mut Report,
) {
    let values = node.at("values");
    for (id, value) in &record.values {
        let at = values.at(id);
        match template.field(id) {
            Some(field) => check_value(at, value, &field.kind, earlier, report),
            None => {
                report
                    .at(at.place, format!("unknown field '{id}'"))
                    .why(format!("the record template {} has no such field", template.id))
                    .meant(id, template.fields.iter().map(|field| field.id.as_str()));
            }
        }
    }
    for field in &template.fields {
        let optional = !field.required || field.when.is_some();
        if !optional && !record.values.contains_key(&field.id) {
            report
                .at(node.place, format!("the sample record '{}' needs '{}'", record.key, field.id))
                .why("the field is required");
        }
    }
}

fn check_value(node: &Node, value: &SampleValue, kind: &CaptureKind, earlier: &[SampleRecord], report: &mut Report) {
    let fits = match value {
        SampleValue::Text(_) => is_words(kind),
        SampleValue::Ref(key) => match kind {
            CaptureKind::Ref { to, .. } => return refers(node.at("ref"), key, to, earlier, report),
            _ => false,
        },
        SampleValue::InHours(_) => is_time(kind),
        SampleValue::Number(_) => is_number(kind),
        SampleValue::Plain(word) => match kind {
            CaptureKind::Choice { options } => {
                let names = || options.iter().map(|option| option.id.as_str());
                if !names().any(|name| name == word) {
                    let all: Vec<&str> = names().collect();
                    report
                        .at(node.place, format!("'{word}' is no option"))
                        .why(format!("the options are '{}'", all.join("', '")))
                        .meant(word, names());
                }
                true
            }
            _ => is_words(kind),
        },
    };
    if !fits {
        report.at(node.place, "the value does not fit its field").why(format!("the field is {}", called(kind)));
    }
}

fn refers(node: &Node, key: &str, to: &str, earlier: &[SampleRecord], report: &mut Report) {
    match earlier.iter().find(|record| record.key == key) {
        Some(record) if record.kind == to => {}
        Some(record) => {
            report
                .at(node.place, format!("'{key}' is of kind '{}'", record.kind))
                .why(format!("the field refers to a record of kind '{to}'"));
        }
        None => {
            report
                .at(node.place, format!("unknown sample record '{key}'"))
                .why("a record must come before those that refer to it")
                .meant(key, earlier.iter().map(|record| record.key.as_str()));
        }
    }
}
