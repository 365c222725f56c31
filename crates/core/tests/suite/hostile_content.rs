//! Files in good form with impossible content: ops, pictures and procedures that the app never writes.

use super::device::{NOON, picture};
use super::hostile::{file, forged, op, speaks, written};
use serde_json::{Value as Json, json};
use sitebook_core::exchange::{Fault, ImportError, Part, limits, read};
use sitebook_core::ledger::{canonical, hex, sha256};

fn fault(place: &str, value: Json) -> Fault {
    match forged(place, value) {
        ImportError::Unfit { fault, .. } => fault,
        other => panic!("{place}: {other:?}"),
    }
}

#[test]
fn ops_with_impossible_content_are_refused() {
    let (create, set, add) = (op("create"), op("set"), op("row-add"));
    let (stamp, attach, sign) = (op("stamp"), op("attach"), op("sign"));
    let long = "x".repeat(limits::TEXT + 1);
    let too_long = Fault::Text { is: limits::TEXT + 1, max: limits::TEXT };
    for (place, value, expected) in [
        (format!("{set}/id"), json!("../x"), Fault::Id),
        (format!("{set}/record"), json!(""), Fault::Id),
        (format!("{set}/device"), json!("a".repeat(65)), Fault::Id),
        (format!("{add}/change/row-add/row"), json!("<b>"), Fault::Id),
        (format!("{set}/hlc"), json!("0000000003e8-0000"), Fault::Clock),
        (format!("{set}/hlc"), json!("ffffffffffff-0000"), Fault::Clock),
        (format!("{set}/tz"), json!(900), Fault::Moment),
        (format!("{set}/seq"), json!(0), Fault::Place),
        (format!("{set}/seq"), json!(u64::MAX), Fault::Place),
        (format!("{set}/prev"), json!("ABC"), Fault::Hash),
        (format!("{set}/actor"), json!(long), too_long),
        (format!("{set}/change/set/value"), json!(long), too_long),
        (format!("{set}/change/set/value"), json!(1e300), Fault::Number),
        (format!("{set}/change/set/value"), json!(9_007_199_254_740_993i64), Fault::Number),
        (format!("{set}/change/set/value"), json!({ "at": 0, "tz": 0 }), Fault::Moment),
        (format!("{set}/change/set/value"), json!({ "at": NOON, "tz": 841 }), Fault::Moment),
        (format!("{set}/change/set/field"), json!(""), Fault::Key),
        (format!("{set}/change/set/field"), json!("k".repeat(257)), Fault::Key),
        (format!("{add}/change/row-add/cells/item"), json!(long), too_long),
        (format!("{create}/change/create/number"), json!(long), too_long),
        (format!("{create}/change/create/template/digest"), json!("1"), Fault::Hash),
        (format!("{stamp}/change/stamp/at/at"), json!(-1), Fault::Moment),
        (format!("{attach}/change/attach/caption"), json!(long), too_long),
        (format!("{attach}/change/attach/attachment/mime"), json!("image/svg+xml"), Fault::Picture),
        (format!("{attach}/change/attach/attachment/sha256"), json!("../../x"), Fault::Picture),
        (format!("{attach}/change/attach/attachment/size"), json!(13 * 1024 * 1024), Fault::Picture),
        (format!("{attach}/change/attach/attachment/width"), json!(0), Fault::Picture),
        (format!("{sign}/change/sign/name"), json!(long), too_long),
        (format!("{sign}/change/sign/seen"), json!({ "a.b.c": "no hash" }), Fault::Hash),
    ] {
        assert_eq!(fault(&place, value), expected, "{place}");
        speaks(&ImportError::Unfit { op: "op-1".into(), fault: expected });
    }
    assert!(read(&written(file())).is_ok(), "the forger's own tools are right");
    let kept = json!("𠮷".repeat(limits::TEXT));
    assert!(!matches!(forged(&format!("{set}/change/set/value"), kept), ImportError::Unfit { .. }));
}

#[test]
fn two_ops_of_one_id_and_numbers_beyond_every_double_are_refused() {
    let mut twins = file();
    let mut twin = twins["ops"][1].clone();
    twin["op"]["actor"] = json!("somebody else");
    twins["ops"].as_array_mut().unwrap().insert(2, twin);
    let error = read(&written(twins)).unwrap_err();
    assert!(matches!(error, ImportError::Chain(sitebook_core::ledger::ChainError::Twice(_))), "{error:?}");
    speaks(&error);
    let text = String::from_utf8(written(file())).unwrap();
    for huge in ["1e400", "-1e999999999", &"9".repeat(400)] {
        let error = read(text.replacen("\"tz\":480", &format!("\"tz\":{huge}"), 1).as_bytes()).unwrap_err();
        assert!(matches!(error, ImportError::Syntax { .. }), "{huge}: {error:?}");
        let error = read(text.replacen("\"value\":-48.5", &format!("\"value\":{huge}"), 1).as_bytes()).unwrap_err();
        assert!(matches!(error, ImportError::Syntax { .. }), "{huge}: {error:?}");
    }
    for (from, to) in [("\"tz\":480", "\"tz\":480.5"), ("\"seq\":1", "\"seq\":18446744073709551616")] {
        let error = read(text.replacen(from, to, 1).as_bytes()).unwrap_err();
        assert!(matches!(error, ImportError::Shape { .. }), "{to}: {error:?}");
    }
}

#[test]
fn pictures_must_be_what_the_ops_say() {
    let strange = picture(8).0;
    let sha = file()["pictures"][0]["sha256"].as_str().unwrap().to_owned();
    let altered = ImportError::Altered(Part::Picture(sha.clone()));
    let stray = ImportError::Stray(Part::Picture(sha.clone()));
    for (place, value, expected) in [
        ("/pictures/0/data", json!("iVBORw0KGgoICAgICA=="), &altered),
        ("/pictures/0/data", json!("!!!!"), &altered),
        ("/pictures/0/data", json!(""), &altered),
        ("/pictures/0/size", json!(14), &stray),
        ("/pictures/0/size", json!(u64::MAX), &stray),
        ("/pictures/0/mime", json!("image/jpeg"), &stray),
        ("/pictures/0/width", json!(9), &stray),
    ] {
        assert_eq!(&forged(place, value), expected, "{place}");
    }
    assert!(matches!(forged("/pictures/0/sha256", json!(strange.sha256)), ImportError::Stray(_)));
    assert!(matches!(forged("/pictures", json!([])), ImportError::Stray(_)), "neither there nor missing");
    assert!(matches!(forged("/missing", json!([sha])), ImportError::Stray(_)), "there and missing");
    assert!(matches!(forged("/missing", json!(["../x"])), ImportError::Stray(_)));
    let mut twice = file();
    let first = twice["pictures"][0].clone();
    twice["pictures"].as_array_mut().unwrap().push(first);
    assert_eq!(read(&written(twice)), Err(stray.clone()));
    [altered, stray].iter().for_each(speaks);
}

#[test]
fn a_picture_that_only_pretends_to_be_one_is_refused() {
    let mut file = file();
    let evil = b"<svg onload=x/>";
    let address = hex(&sha256(evil));
    let attach = op("attach");
    let at = file.pointer_mut(&format!("{attach}/change/attach/attachment")).unwrap();
    *at = json!({ "sha256": address, "mime": "image/png", "size": 15, "width": 1, "height": 1 });
    let which: usize = attach.split('/').nth(2).unwrap().parse().unwrap();
    file["ops"] = json!([file["ops"][which]]);
    file["templates"] = json!([]);
    let carried = json!({ "sha256": address, "mime": "image/png", "size": 15, "width": 1, "height": 1,
                          "data": "PHN2ZyBvbmxvYWQ9eC8+" });
    file["pictures"] = json!([carried]);
    assert_eq!(read(&written(file)), Err(ImportError::Altered(Part::Picture(address))));
}

#[test]
fn procedures_must_be_what_the_visits_pin() {
    let digest = file()["templates"][0]["digest"].as_str().unwrap().to_owned();
    let altered = forged("/templates/0/procedure/title/en", json!("Another"));
    assert_eq!(altered, ImportError::Altered(Part::Template(digest)));
    speaks(&altered);
    let pinned_anew = |procedure: Json| {
        let mut file = file();
        let digest = hex(&sha256(&canonical(&procedure).unwrap()));
        file["templates"] = json!([{ "digest": digest, "procedure": procedure }]);
        let create = op("create");
        file.pointer_mut(&format!("{create}/change/create/template")).unwrap()["digest"] = digest.into();
        let which: usize = create.split('/').nth(2).unwrap().parse().unwrap();
        file["ops"] = json!([file["ops"][which]]);
        file["pictures"] = json!([]);
        read(&written(file))
    };
    let good = file()["templates"][0]["procedure"].clone();
    assert!(pinned_anew(good.clone()).is_ok());
    let change = |key: &str, value: Json| {
        let mut procedure = good.clone();
        procedure[key] = value;
        pinned_anew(procedure)
    };
    assert!(matches!(change("id", json!("other")), Err(ImportError::Stray(_))));
    assert!(matches!(change("version", json!(4)), Err(ImportError::Stray(_))));
    assert!(matches!(change("colour", json!("red")), Err(ImportError::Stray(_))));
    assert_eq!(change("schema", json!(2)), Err(ImportError::TooNew { schema: 2, reads: 1 }));
    assert!(matches!(pinned_anew(json!("no procedure")), Err(ImportError::Stray(_))));
    let mut unpinned = file();
    unpinned["ops"] = json!([unpinned["ops"][1]]);
    unpinned["pictures"] = json!([]);
    assert!(matches!(read(&written(unpinned)), Err(ImportError::Stray(Part::Template(_)))));
}

#[test]
fn the_head_of_the_file_is_checked_too() {
    for (place, value) in [
        ("/from/device", json!("../x")),
        ("/from/at/at", json!(1)),
        ("/from/by", json!("x".repeat(limits::TEXT + 1))),
        ("/from/app", json!("x".repeat(limits::TEXT + 1))),
    ] {
        let error = forged(place, value);
        assert_eq!(error, ImportError::Stray(Part::Head), "{place}");
        speaks(&error);
    }
}
