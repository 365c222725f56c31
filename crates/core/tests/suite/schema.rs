//! The published JSON Schema: what is exported fits it, what is broken does not, and it says what the Rust types say.

use super::bundle::{export_all, full_visit, json as parsed};
use super::cases;
use super::device::{history, op_id, picture, union};
use super::procedure::now;
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use sitebook_core::exchange::{SCHEMA, read};
use sitebook_core::ids::RowId;
use sitebook_core::json;
use sitebook_core::ledger::{Change, RecordKind, State, TemplateRef};
use sitebook_core::value::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

pub static PUBLISHED: LazyLock<Json> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/schema/bundle-1.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
});
pub static BUNDLE: LazyLock<Validator> = LazyLock::new(|| jsonschema::draft202012::new(&PUBLISHED).unwrap());

/// The schema of one of its parts.
pub fn part(name: &str) -> Validator {
    let schema = json!({ "$ref": format!("#/$defs/{name}"), "$defs": PUBLISHED["$defs"] });
    jsonschema::draft202012::new(&schema).unwrap()
}

pub fn ensure_fits(validator: &Validator, value: &Json) {
    if let Err(error) = validator.validate(value) {
        panic!("{} at {}", error, error.instance_path());
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn every_exported_file_fits(phones in history(40)) {
        ensure_fits(&BUNDLE, &parsed(&export_all(&union(&phones)).bytes));
    }
}

#[test]
fn the_schema_is_one_and_carries_the_version_it_describes() {
    assert!(jsonschema::draft202012::meta::is_valid(&PUBLISHED));
    let format = format!("{}/{SCHEMA}", sitebook_core::exchange::FORMAT);
    assert_eq!(PUBLISHED["properties"]["format"]["const"], format);
}

#[test]
fn a_visit_with_photos_and_signature_fits_and_broken_ones_do_not() {
    let good = parsed(&export_all(&full_visit().ops).bytes);
    ensure_fits(&BUNDLE, &good);
    let op = |change: &str| {
        let ops = good["ops"].as_array().unwrap();
        let at = ops.iter().position(|sealed| sealed["op"]["change"].get(change).is_some()).unwrap();
        format!("/ops/{at}/op")
    };
    let (set, sign, attach) = (op("set"), op("sign"), op("attach"));
    for (place, value) in [
        ("/format".to_owned(), json!("other")),
        ("/digest".into(), json!("0")),
        ("/missing".into(), json!(["x"])),
        ("/from/at/tz".into(), json!(9000)),
        ("/records/0/created/at".into(), json!("yesterday")),
        ("/pictures/0/data".into(), json!("<svg/>")),
        ("/pictures/0/mime".into(), json!("image/svg+xml")),
        ("/templates/0/procedure/title".into(), json!("no words")),
        ("/templates/0/procedure/stage/1/gate/0/needs".into(), json!({ "signed": "a", "done": "b" })),
        (format!("{set}/hlc"), json!("now")),
        (format!("{set}/seq"), json!(0)),
        (format!("{set}/change"), json!({ "explode": {} })),
        (format!("{set}/change/set/value"), json!(["list"])),
        (format!("{set}/change/set/value"), json!("x".repeat(20_001))),
        (format!("{set}/change/set/field"), json!("")),
        (format!("{sign}/change/sign/seen"), json!({ "a": 1 })),
        (format!("{attach}/change/attach/attachment/size"), json!(0)),
    ] {
        let mut broken = good.clone();
        *broken.pointer_mut(&place).unwrap() = value;
        assert!(!BUNDLE.is_valid(&broken), "{place}");
        assert!(read(&serde_json::to_vec(&broken).unwrap()).is_err(), "{place}");
    }
    for place in [
        "",
        "/from",
        "/records/0",
        "/ops/0",
        "/ops/0/op",
        "/ops/0/op/change",
        "/pictures/0",
        "/templates/0",
        "/templates/0/procedure",
    ] {
        let mut broken = good.clone();
        broken.pointer_mut(place).unwrap()["extra"] = json!(1);
        assert!(!BUNDLE.is_valid(&broken), "{place}");
        let keys: Vec<String> = good.pointer(place).unwrap().as_object().unwrap().keys().cloned().collect();
        for key in keys.iter().filter(|key| required(place).contains(&key.as_str())) {
            let mut broken = good.clone();
            broken.pointer_mut(place).unwrap().as_object_mut().unwrap().remove(key);
            assert!(!BUNDLE.is_valid(&broken), "{place} without {key}");
        }
    }
}

/// Keys of a place that must be there.
fn required(place: &str) -> &'static [&'static str] {
    match place {
        "" => &["format", "from", "missing", "ops", "pictures", "records", "seals", "templates", "digest"],
        "/from" => &["app", "at", "by", "company", "device"],
        "/ops/0" => &["op", "hash"],
        "/ops/0/op" => &["id", "record", "device", "actor", "hlc", "tz", "seq", "change"],
        _ => &[],
    }
}

/// One of each change, with every optional key.
fn changes() -> Vec<Change> {
    let (field, table, row) = ("a.b.c".to_owned(), "a.b.t".to_owned(), RowId::parse("row-1").unwrap());
    let (was, saw) = (vec![op_id(1, 1)], vec![op_id(1, 2)]);
    let value = Value::Text("x".into());
    let cells = BTreeMap::from([("item".to_owned(), value.clone())]);
    let seen = BTreeMap::from([("a.b.c".to_owned(), "0".repeat(32))]);
    let (attachment, word) = (picture(1).0, || "word".to_owned());
    let template = TemplateRef { id: "test".into(), version: 1, digest: "0".repeat(64) };
    vec![
        Change::Create { kind: RecordKind::Visit, number: Some(word()), template: Some(template) },
        Change::Set { field: field.clone(), value: value.clone(), was: was.clone() },
        Change::RowAdd { table: table.clone(), row: row.clone(), cells },
        Change::RowSet { table: table.clone(), row: row.clone(), column: "item".into(), value, was },
        Change::RowRemove { table: table.clone(), row: row.clone(), saw },
        Change::RowRestore { table, row },
        Change::Stamp { field: field.clone(), at: now(), by_hand: true },
        Change::Attach { field: field.clone(), attachment: attachment.clone(), caption: Some(word()) },
        Change::Sign { field, name: word(), role: word(), image: attachment, seen },
        Change::Override { target: "step:a.b".into(), reason: word(), approver: word() },
        Change::Withdraw { fact: op_id(1, 3) },
        Change::Transition { to: State::Closed },
        Change::Void { reason: word() },
        Change::Erase { reason: word(), records: 1, entries: 2, photos: 3, sum: "0".repeat(64) },
    ]
}

/// A place in [`changes`]: a new change breaks the build here and asks for its line there and in the schema.
fn place_of(change: &Change) -> usize {
    match change {
        Change::Create { .. } => 0,
        Change::Set { .. } => 1,
        Change::RowAdd { .. } => 2,
        Change::RowSet { .. } => 3,
        Change::RowRemove { .. } => 4,
        Change::RowRestore { .. } => 5,
        Change::Stamp { .. } => 6,
        Change::Attach { .. } => 7,
        Change::Sign { .. } => 8,
        Change::Override { .. } => 9,
        Change::Withdraw { .. } => 10,
        Change::Transition { .. } => 11,
        Change::Void { .. } => 12,
        Change::Erase { .. } => 13,
    }
}

pub fn keys(value: &Json) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn every_change_is_in_the_schema_with_all_its_keys_and_no_other() {
    let validator = part("change");
    let published = PUBLISHED["$defs"]["change"]["properties"].as_object().unwrap();
    let changes = changes();
    assert_eq!(published.len(), changes.len());
    for (n, change) in changes.iter().enumerate() {
        assert_eq!(place_of(change), n);
        let value = serde_json::to_value(change).unwrap();
        ensure_fits(&validator, &value);
        let (name, content) = value.as_object().unwrap().iter().next().unwrap();
        let schema = &published[name];
        assert_eq!(keys(&schema["properties"]), keys(content), "{name}");
        assert_eq!(schema["additionalProperties"], false);
        let reads = |value: &Json| json::read::<Change>(&value.to_string()).is_ok();
        let mut extra = value.clone();
        extra[name]["extra"] = json!(1);
        assert!(!validator.is_valid(&extra) && !reads(&extra));
        for key in keys(content) {
            let mut less = value.clone();
            less[name].as_object_mut().unwrap().remove(key);
            assert_eq!(validator.is_valid(&less), reads(&less), "{name} without {key}");
        }
    }
}

#[test]
fn every_kind_of_value_is_in_the_schema() {
    let validator = part("value");
    let values =
        [Value::Bool(true), Value::Number(-48.5), Value::Text("𠮷".into()), Value::Moment(now()), Value::EMPTY];
    for value in values {
        let place = match &value {
            Value::Bool(_) => 0,
            Value::Number(_) => 1,
            Value::Text(_) => 2,
            Value::Moment(_) => 3,
            Value::Empty(()) => 4,
        };
        let json = serde_json::to_value(&value).unwrap();
        ensure_fits(&validator, &json);
        let one = json!({ "$defs": PUBLISHED["$defs"], "allOf": [PUBLISHED["$defs"]["value"]["oneOf"][place]] });
        assert!(jsonschema::is_valid(&one, &json), "{value:?}");
    }
    assert_eq!(PUBLISHED["$defs"]["value"]["oneOf"].as_array().unwrap().len(), 5);
}
