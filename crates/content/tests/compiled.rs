//! What the app reads back equals what was checked.
#![allow(clippy::expect_used, reason = "a fixture that cannot be read must fail loudly")]

mod support;

use serde_json::Value;
use sitebook_content::{Content, assets, compile, load_sources};
use sitebook_core::calendar::HolidayFile;
use sitebook_core::template::{Form, Procedure, RecordTemplate, Sample};
use std::collections::BTreeMap;
use support::overlaid;

fn compiled() -> (Content, BTreeMap<String, String>) {
    let content = load_sources(&overlaid("")).expect("the good fixture");
    let files = compile(&content).expect("JSON");
    (content, files)
}

#[test]
fn the_app_reads_back_what_was_checked() {
    let (content, files) = compiled();
    let procedure: Procedure = serde_json::from_str(&files["procedures/visit-support.json"]).expect("a procedure");
    assert_eq!(procedure, content.procedures[0]);
    let form: Form = serde_json::from_str(&files["forms/F-14.json"]).expect("a form");
    assert_eq!(form, content.forms[0]);
    for record in &content.records {
        let name = format!("records/{}.json", record.id);
        let read: RecordTemplate = serde_json::from_str(&files[&name]).expect("a template");
        assert_eq!(read, *record);
    }
    let sample: Sample = serde_json::from_str(&files["sample.json"]).expect("the sample");
    assert_eq!(sample, content.sample);
    let holidays: HolidayFile = serde_json::from_str(&files["holidays.json"]).expect("the holidays");
    assert_eq!(holidays, content.holidays);
    assert_eq!(holidays.days.len(), 2);
}

#[test]
fn the_index_lists_every_other_file_with_id_title_and_version() {
    let (_, files) = compiled();
    let index: Vec<Value> = serde_json::from_str(&files["index.json"]).expect("the index");
    let listed: Vec<&str> = index.iter().filter_map(|line| line["file"].as_str()).collect();
    let others = files.keys().map(String::as_str);
    let lists = ["index.json", "sample.json", "holidays.json", "catalogue.json", "programmes.json", "limits.json"];
    let others: Vec<&str> = others.filter(|name| !lists.contains(name)).collect();
    let mut sorted = listed.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, others);
    let visit = &index[0];
    assert_eq!(visit["id"], "visit-support");
    assert_eq!(visit["version"], 3);
    assert_eq!(visit["family"], "support");
    assert_eq!(visit["title"]["zh"], "现场服务");
}

#[test]
fn the_shipped_text_is_compact() {
    let (_, files) = compiled();
    for (name, json) in files {
        assert!(!json.contains('\n'), "{name} has line breaks");
    }
}

#[test]
fn what_is_fetched_when_needed_is_named_by_what_is_in_it() {
    let (content, _) = compiled();
    let all = assets(&content).expect("JSON");
    for asset in &all {
        assert_eq!(asset.file, format!("content-{}-{}.json", asset.name, &asset.digest[..16]));
        assert!(asset.digest.len() == 64 && !asset.text.contains('\n'), "{}", asset.name);
    }
    let mut other = content;
    other.cited.pop();
    let changed = assets(&other).expect("JSON");
    assert_ne!(all[0].file, changed[0].file);
}

#[test]
fn the_documents_that_clauses_cite_are_fetched_when_needed() {
    let (content, _) = compiled();
    let all = assets(&content).expect("JSON");
    let sources = all.iter().find(|asset| asset.name == "sources").expect("the list of sources");
    let read: Value = serde_json::from_str(&sources.text).expect("JSON");
    assert_eq!(read["source"][0]["short"], content.cited[0].short.as_str());
    assert_eq!(read["source"].as_array().map(Vec::len), Some(content.cited.len()));
}
