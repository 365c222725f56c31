//! The published JSON Schema: what is exported fits it, what is broken does not, and it says what the Rust types say.

use super::bundle::{export_all, full_visit, json};
use super::cases;
use super::device::{history, op_id, picture, union};
use super::procedure::{now, procedure_json};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use sitebook_core::exchange::{SCHEMA, read};
use sitebook_core::ids::RowId;
use sitebook_core::ledger::{Change, RecordKind, State, TemplateRef};
use sitebook_core::template::{
    CaptureKind, ColumnKind, CompareOp, Level, Predicate, Procedure, Side, Within,
};
use sitebook_core::value::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static PUBLISHED: LazyLock<Json> = LazyLock::new(|| {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../public/schema/bundle-1.json"
    );
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
});
static BUNDLE: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::draft202012::new(&PUBLISHED).unwrap());

/// The schema of one of its parts.
fn part(name: &str) -> Validator {
    let schema = json!({ "$ref": format!("#/$defs/{name}"), "$defs": PUBLISHED["$defs"] });
    jsonschema::draft202012::new(&schema).unwrap()
}

fn ensure_fits(validator: &Validator, value: &Json) {
    if let Err(error) = validator.validate(value) {
        panic!("{} at {}", error, error.instance_path());
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn every_exported_file_fits(phones in history(40)) {
        ensure_fits(&BUNDLE, &json(&export_all(&union(&phones)).bytes));
    }
}

#[test]
fn the_schema_is_one_and_carries_the_version_it_describes() {
    assert!(jsonschema::draft202012::meta::is_valid(&PUBLISHED));
    assert_eq!(PUBLISHED["properties"]["schema"]["const"], SCHEMA);
    assert_eq!(
        PUBLISHED["properties"]["format"]["const"],
        sitebook_core::exchange::FORMAT
    );
}

#[test]
fn a_visit_with_photos_and_signature_fits_and_broken_ones_do_not() {
    let good = json(&export_all(&full_visit().ops).bytes);
    ensure_fits(&BUNDLE, &good);
    let op = |change: &str| {
        let ops = good["ops"].as_array().unwrap();
        let at = ops
            .iter()
            .position(|sealed| sealed["op"]["change"]["do"] == change)
            .unwrap();
        format!("/ops/{at}/op")
    };
    let (set, sign, attach) = (op("set"), op("sign"), op("attach"));
    for (place, value) in [
        ("/format".to_owned(), json!("other")),
        ("/schema".into(), json!(2)),
        ("/digest".into(), json!("0")),
        ("/missing".into(), json!(["x"])),
        ("/exported/at/tz".into(), json!(9000)),
        ("/records/0/created/at".into(), json!("yesterday")),
        ("/attachments/0/data".into(), json!("<svg/>")),
        ("/attachments/0/mime".into(), json!("image/svg+xml")),
        ("/templates/0/procedure/title".into(), json!("no words")),
        (
            "/templates/0/procedure/stage/1/gate/0/needs".into(),
            json!({ "signed": "a", "done": "b" }),
        ),
        (format!("{set}/hlc"), json!("now")),
        (format!("{set}/seq"), json!(0)),
        (format!("{set}/change/do"), json!("explode")),
        (format!("{set}/change/value"), json!(["list"])),
        (format!("{set}/change/value"), json!("x".repeat(20_001))),
        (format!("{set}/change/field"), json!("")),
        (format!("{sign}/change/seen"), json!({ "a": 1 })),
        (format!("{attach}/change/attachment/size"), json!(0)),
    ] {
        let mut broken = good.clone();
        *broken.pointer_mut(&place).unwrap() = value;
        assert!(!BUNDLE.is_valid(&broken), "{place}");
        assert!(
            read(&serde_json::to_vec(&broken).unwrap()).is_err(),
            "{place}"
        );
    }
    for place in [
        "",
        "/exported",
        "/records/0",
        "/ops/0",
        "/ops/0/op",
        "/ops/0/op/change",
        "/attachments/0",
        "/templates/0",
        "/templates/0/procedure",
    ] {
        let mut broken = good.clone();
        broken.pointer_mut(place).unwrap()["extra"] = json!(1);
        assert!(!BUNDLE.is_valid(&broken), "{place}");
        let keys: Vec<String> = good
            .pointer(place)
            .unwrap()
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect();
        for key in keys
            .iter()
            .filter(|key| required(place).contains(&key.as_str()))
        {
            let mut broken = good.clone();
            broken
                .pointer_mut(place)
                .unwrap()
                .as_object_mut()
                .unwrap()
                .remove(key);
            assert!(!BUNDLE.is_valid(&broken), "{place} without {key}");
        }
    }
}

/// Keys of a place that must be there.
fn required(place: &str) -> &'static [&'static str] {
    match place {
        "" => &[
            "format",
            "schema",
            "app",
            "exported",
            "records",
            "templates",
            "ops",
            "attachments",
            "missing",
            "digest",
        ],
        "/exported" => &["at", "by", "company", "device"],
        "/ops/0" => &["op", "hash"],
        "/ops/0/op" => &[
            "id", "record", "device", "actor", "hlc", "tz", "seq", "change",
        ],
        _ => &[],
    }
}

/// One of each change, with every optional key.
fn changes() -> Vec<Change> {
    let (field, table, row) = (
        "a.b.c".to_owned(),
        "a.b.t".to_owned(),
        RowId::parse("row-1").unwrap(),
    );
    let (was, saw) = (vec![op_id(1, 1)], vec![op_id(1, 2)]);
    let value = Value::Text("x".into());
    let cells = BTreeMap::from([("item".to_owned(), value.clone())]);
    let seen = BTreeMap::from([("a.b.c".to_owned(), "0".repeat(32))]);
    let (attachment, word) = (picture(1).0, || "word".to_owned());
    let template = TemplateRef {
        id: "test".into(),
        version: 1,
        digest: "0".repeat(64),
    };
    vec![
        Change::Create {
            kind: RecordKind::Visit,
            number: Some(word()),
            template: Some(template),
        },
        Change::Set {
            field: field.clone(),
            value: value.clone(),
            was: was.clone(),
        },
        Change::RowAdd {
            table: table.clone(),
            row: row.clone(),
            cells,
        },
        Change::RowSet {
            table: table.clone(),
            row: row.clone(),
            column: "item".into(),
            value,
            was,
        },
        Change::RowRemove {
            table: table.clone(),
            row: row.clone(),
            saw,
        },
        Change::RowRestore { table, row },
        Change::Stamp {
            field: field.clone(),
            at: now(),
            by_hand: true,
        },
        Change::Attach {
            field: field.clone(),
            attachment: attachment.clone(),
            caption: Some(word()),
        },
        Change::Sign {
            field,
            name: word(),
            role: word(),
            image: attachment,
            seen,
        },
        Change::Override {
            target: "step:a.b".into(),
            reason: word(),
            approver: word(),
        },
        Change::Withdraw { fact: op_id(1, 3) },
        Change::Transition { to: State::Closed },
        Change::Void { reason: word() },
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
    }
}

fn keys(value: &Json) -> BTreeSet<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn every_change_is_in_the_schema_with_all_its_keys_and_no_other() {
    let validator = part("change");
    let published = PUBLISHED["$defs"]["change"]["oneOf"].as_array().unwrap();
    let changes = changes();
    assert_eq!(published.len(), changes.len());
    for (n, change) in changes.iter().enumerate() {
        assert_eq!(place_of(change), n);
        let value = serde_json::to_value(change).unwrap();
        ensure_fits(&validator, &value);
        let schema = published
            .iter()
            .find(|one| one["properties"]["do"]["const"] == value["do"])
            .unwrap();
        assert_eq!(keys(&schema["properties"]), keys(&value), "{}", value["do"]);
        assert_eq!(schema["additionalProperties"], false);
        let mut extra = value.clone();
        extra["extra"] = json!(1);
        assert!(!validator.is_valid(&extra) && serde_json::from_value::<Change>(extra).is_err());
        for key in keys(&value) {
            let mut less = value.clone();
            less.as_object_mut().unwrap().remove(key);
            let reads = serde_json::from_value::<Change>(less.clone()).is_ok();
            assert_eq!(
                validator.is_valid(&less),
                reads,
                "{} without {key}",
                value["do"]
            );
        }
    }
}

#[test]
fn every_kind_of_value_is_in_the_schema() {
    let validator = part("value");
    let values = [
        Value::Bool(true),
        Value::Number(-48.5),
        Value::Text("𠮷".into()),
        Value::Moment(now()),
        Value::EMPTY,
    ];
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
    assert_eq!(
        PUBLISHED["$defs"]["value"]["oneOf"]
            .as_array()
            .unwrap()
            .len(),
        5
    );
}

fn words<T: serde::Serialize>(all: impl IntoIterator<Item = T>) -> Json {
    all.into_iter()
        .map(|one| serde_json::to_value(one).unwrap())
        .collect()
}

#[test]
fn closed_sets_of_words_are_those_of_the_types() {
    let defs = &PUBLISHED["$defs"];
    assert_eq!(defs["record-kind"]["enum"], words(RecordKind::ALL));
    assert_eq!(defs["state"]["enum"], words([State::Open, State::Closed]));
    let level = &defs["step"]["properties"]["level"]["enum"];
    assert_eq!(*level, words([Level::Must, Level::Should, Level::MustNot]));
    let compare = &defs["predicate"]["properties"]["compare"]["properties"]["op"]["enum"];
    let ops = [
        CompareOp::Lt,
        CompareOp::Le,
        CompareOp::Eq,
        CompareOp::Ge,
        CompareOp::Gt,
    ];
    assert_eq!(*compare, words(ops));
    let within: Vec<Json> = [Within::Minutes(1), Within::Hours(1), Within::Days(1)]
        .map(|w| json!(w))
        .into();
    within
        .iter()
        .for_each(|within| ensure_fits(&part("within"), within));
    let sides = words([Side::Customer, Side::Company]);
    let signature = defs["capture"]["oneOf"].as_array().unwrap().iter();
    let mut signature = signature.filter(|kind| kind["properties"]["kind"]["const"] == "signature");
    assert_eq!(
        signature.next().unwrap()["properties"]["side"]["enum"],
        sides
    );
    let mimes = &defs["attachment"]["properties"]["mime"]["enum"];
    assert_eq!(*mimes, words(sitebook_core::ledger::Attachment::MIMES));
}

/// The tags that serde knows: it names them when it is given another one.
fn known_tags<T: serde::de::DeserializeOwned + std::fmt::Debug>(probe: Json) -> BTreeSet<String> {
    let error = serde_json::from_value::<T>(probe).unwrap_err().to_string();
    let list = error.split_once("expected one of ").unwrap().1;
    list.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn published_tags(part: &str) -> BTreeSet<String> {
    let kinds = PUBLISHED["$defs"][part]["oneOf"].as_array().unwrap().iter();
    kinds
        .map(|kind| {
            kind["properties"]["kind"]["const"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect()
}

#[test]
fn every_word_of_the_language_of_procedures_is_in_the_schema() {
    assert_eq!(
        known_tags::<CaptureKind>(json!({ "kind": "?" })),
        published_tags("capture")
    );
    assert_eq!(
        known_tags::<ColumnKind>(json!({ "kind": "?" })),
        published_tags("column")
    );
    let predicates: BTreeSet<String> = keys(&PUBLISHED["$defs"]["predicate"]["properties"])
        .into_iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(known_tags::<Predicate>(json!({ "?": "?" })), predicates);
    for name in ["procedure", "stage", "step", "gate", "deadline"] {
        let mut wrong = json!({});
        wrong["?"] = json!(1);
        let tags = match name {
            "procedure" => known_tags::<Procedure>(wrong),
            "stage" => known_tags::<sitebook_core::template::Stage>(wrong),
            "step" => known_tags::<sitebook_core::template::Step>(wrong),
            "gate" => known_tags::<sitebook_core::template::Gate>(wrong),
            _ => known_tags::<sitebook_core::template::Deadline>(wrong),
        };
        let published: BTreeSet<String> = keys(&PUBLISHED["$defs"][name]["properties"])
            .into_iter()
            .map(str::to_owned)
            .collect();
        assert_eq!(tags, published, "{name}");
    }
}

#[test]
fn the_small_norm_fits_as_written_and_as_read() {
    let written = procedure_json();
    ensure_fits(&part("procedure"), &written);
    let read: Procedure = serde_json::from_value(written).unwrap();
    ensure_fits(&part("procedure"), &serde_json::to_value(read).unwrap());
}

#[test]
fn conditions_are_exactly_one_of_the_closed_set() {
    let validator = part("predicate");
    for (predicate, fits) in [
        (json!({ "rows": { "table": "a.b.c", "at_least": 1 } }), true),
        (
            json!({ "rows": { "table": "a.b.c", "at-least": 1 } }),
            false,
        ),
        (
            json!({ "all": [{ "not": { "any": [{ "done": "a" }] } }] }),
            true,
        ),
        (
            json!({ "compare": { "left": "a", "op": "ge", "right": "b" } }),
            true,
        ),
        (
            json!({ "compare": { "left": "a", "op": "is", "right": 1 } }),
            false,
        ),
        (json!({ "done": "a", "signed": "b" }), false),
        (json!({}), false),
    ] {
        assert_eq!(validator.is_valid(&predicate), fits, "{predicate}");
        assert_eq!(
            serde_json::from_value::<Predicate>(predicate.clone()).is_ok(),
            fits,
            "{predicate}"
        );
    }
}
