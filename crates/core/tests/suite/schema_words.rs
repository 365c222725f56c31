//! The published JSON Schema says every word that the Rust types say, and no other.

use super::procedure::procedure_json;
use super::schema::{PUBLISHED, ensure_fits, keys, part};
use serde_json::{Value as Json, json};
use sitebook_core::ledger::{RecordKind, State};
use sitebook_core::template::{CaptureKind, ColumnKind, CompareOp, Level, Operand, Predicate, Procedure, Side, Within};
use std::collections::BTreeSet;

fn words<T: serde::Serialize>(all: impl IntoIterator<Item = T>) -> Json {
    all.into_iter().map(|one| serde_json::to_value(one).unwrap()).collect()
}

/// The tags that serde knows: it names them when it is given another one.
fn known_tags<T: serde::de::DeserializeOwned + std::fmt::Debug>(probe: Json) -> BTreeSet<String> {
    let error = serde_json::from_value::<T>(probe).unwrap_err().to_string();
    let list = error.split_once("expected one of ").unwrap().1;
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn published_tags(part: &str) -> BTreeSet<String> {
    let [words, objects] = kinds(part);
    let words = words["enum"].as_array().unwrap().iter();
    let words = words.map(|word| word.as_str().unwrap());
    words.chain(keys(&objects["properties"])).map(str::to_owned).collect()
}

/// Kinds without content, and those with.
fn kinds(part: &str) -> [&'static Json; 2] {
    [0, 1].map(|n| &PUBLISHED["$defs"][part]["oneOf"][n])
}

#[test]
fn closed_sets_of_words_are_those_of_the_types() {
    let defs = &PUBLISHED["$defs"];
    assert_eq!(defs["record-kind"]["enum"], words(RecordKind::ALL));
    assert_eq!(defs["state"]["enum"], words([State::Open, State::Closed]));
    let level = &defs["step"]["properties"]["level"]["enum"];
    assert_eq!(*level, words([Level::Must, Level::Should, Level::MustNot]));
    let compare = &defs["predicate"]["properties"]["compare"]["properties"]["op"]["enum"];
    let ops = [CompareOp::Lt, CompareOp::Le, CompareOp::Eq, CompareOp::Ge, CompareOp::Gt];
    assert_eq!(*compare, words(ops));
    let limit = || Operand::Field("limit.notice".to_owned());
    let within = [
        Within::Minutes(1.into()),
        Within::Hours(1.into()),
        Within::Days(limit()),
        Within::WorkingHours(1.into()),
        Within::WorkingDays(limit()),
        Within::Nights(1.into()),
    ];
    let within: Vec<Json> = within.map(|within| json!(within)).into();
    within.iter().for_each(|within| ensure_fits(&part("within"), within));
    let sides = words([Side::Customer, Side::Company]);
    let signature = &kinds("capture-kind")[1]["properties"]["signature"];
    assert_eq!(signature["properties"]["side"]["enum"], sides);
    let mimes = &defs["attachment"]["properties"]["mime"]["enum"];
    assert_eq!(*mimes, words(sitebook_core::ledger::Attachment::MIMES));
}

#[test]
fn every_word_of_the_language_of_procedures_is_in_the_schema() {
    assert_eq!(known_tags::<CaptureKind>(json!("?")), published_tags("capture-kind"));
    assert_eq!(known_tags::<ColumnKind>(json!("?")), published_tags("column-kind"));
    let predicates: BTreeSet<String> =
        keys(&PUBLISHED["$defs"]["predicate"]["properties"]).into_iter().map(str::to_owned).collect();
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
        let published: BTreeSet<String> =
            keys(&PUBLISHED["$defs"][name]["properties"]).into_iter().map(str::to_owned).collect();
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
        (json!({ "rows": { "table": "a.b.c", "at-least": 1 } }), true),
        (json!({ "rows": { "table": "a.b.c", "at_least": 1 } }), false),
        (json!({ "all": [{ "not": { "any": [{ "done": "a" }] } }] }), true),
        (json!({ "compare": { "left": "a", "op": "ge", "right": "b" } }), true),
        (json!({ "compare": { "left": "a", "op": "is", "right": 1 } }), false),
        (json!({ "done": "a", "signed": "b" }), false),
        (json!({}), false),
    ] {
        assert_eq!(validator.is_valid(&predicate), fits, "{predicate}");
        assert_eq!(serde_json::from_value::<Predicate>(predicate.clone()).is_ok(), fits, "{predicate}");
    }
}
