//! Files made to hurt, one kind a test: each is refused with its own error, and the error says what to do.

use super::bundle::{export_all, full_visit, json};
use serde_json::{Value as Json, json};
use sitebook_core::exchange::{ImportError, Part, Reader, limits, read};
use sitebook_core::ledger::{canonical, hex, sha256};

/// The file after a forger gave it a fitting digest, and each op a fitting hash.
pub fn written(mut file: Json) -> Vec<u8> {
    if let Some(ops) = file.get_mut("ops").and_then(Json::as_array_mut) {
        for sealed in ops {
            if let Some(op) = sealed.get("op") {
                let hash = hex(&sha256(&canonical(op).unwrap()));
                if sealed["hash"].is_string() {
                    sealed["hash"] = hash.into();
                }
            }
        }
    }
    signed(file)
}

/// The members in the order in which they stand in a file; the digest comes behind them.
pub const MEMBERS: [&str; 8] = ["format", "from", "missing", "ops", "pictures", "records", "seals", "templates"];

/// The file with a fitting digest only. Members that no file has come last.
pub fn signed(mut file: Json) -> Vec<u8> {
    let Some(map) = file.as_object_mut() else { return serde_json::to_vec(&file).unwrap() };
    map.remove("digest");
    map.remove("signature");
    let known: serde_json::Map<String, Json> =
        map.iter().filter(|(name, _)| MEMBERS.contains(&name.as_str())).map(|(n, v)| (n.clone(), v.clone())).collect();
    let digest: Json = hex(&sha256(&canonical(&known).unwrap())).into();
    let mut members: Vec<(String, Json)> = Vec::new();
    for member in MEMBERS {
        members.extend(map.remove(member).map(|value| (member.to_owned(), value)));
    }
    members.push(("digest".to_owned(), digest));
    members.extend(std::mem::take(map));
    joined(&members)
}

/// An object with its members in this order.
pub fn joined(members: &[(String, Json)]) -> Vec<u8> {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("{}:{value}", json!(name))).collect();
    format!("{{{}}}", members.join(",\n")).into_bytes()
}

pub fn file() -> Json {
    json(&export_all(&full_visit().ops).bytes)
}

/// What a forger's change at one place leads to.
pub fn forged(place: &str, value: Json) -> ImportError {
    let mut file = file();
    *file.pointer_mut(place).unwrap_or_else(|| panic!("no {place}")) = value;
    // Later ops no longer continue a forged one; only the op itself is looked at.
    if let Some(rest) = place.strip_prefix("/ops/") {
        let which: usize = rest.split('/').next().unwrap().parse().unwrap();
        let op = file["ops"][which].clone();
        file["ops"] = json!([op]);
    }
    read(&written(file)).unwrap_err()
}

/// The place of the first op with this change.
pub fn op(change: &str) -> String {
    let file = file();
    let ops = file["ops"].as_array().unwrap();
    let at = ops.iter().position(|sealed| sealed["op"]["change"].get(change).is_some());
    format!("/ops/{}/op", at.unwrap_or_else(|| panic!("no {change}")))
}

/// Both languages say that nothing was changed, and no word is left to fill in.
pub fn speaks(error: &ImportError) {
    let words = error.words();
    assert!(words.zh.contains("没有导入任何内容"), "{}", words.zh);
    assert!(words.en.contains("Nothing was imported"), "{}", words.en);
    assert!(words.zh.chars().count() < 400 && words.en.chars().count() < 600, "{}", words.en);
    assert!(!words.en.contains("{0}") && !words.zh.contains("{1}"), "{}", words.en);
}

#[test]
fn json_of_another_program_is_known_as_such() {
    for foreign in [
        r#"{"hello":1}"#,
        "{}",
        "[1,2]",
        "\"text\"",
        "12",
        "null",
        r#"{"format":7}"#,
        r#"{"format":null}"#,
        r#"{"format":["sitebook-bundle/1"]}"#,
        r#"{"format":"other"}"#,
        r#"{"format":"sitebook-bundle"}"#,
        r#"{"format":"sitebook-bundle/"}"#,
        r#"{"format":"sitebook-bundle/0"}"#,
        r#"{"format":"sitebook-bundle/01"}"#,
        r#"{"format":"sitebook-bundle/+1"}"#,
        r#"{"format":"sitebook-bundle/1.5"}"#,
        r#"{"format":"sitebook-bundle/-1"}"#,
        r#"{"format":"sitebook-bundle/99999999999999999999"}"#,
        r#"{"digest":"x","format":"sitebook-bundle/1"}"#,
    ] {
        assert_eq!(read(foreign.as_bytes()), Err(ImportError::Foreign), "{foreign}");
    }
    speaks(&ImportError::Foreign);
}

#[test]
fn a_newer_version_asks_for_an_update_before_anything_else_is_looked_at() {
    for rest in ["", ",\"anything\":[[[[", "garbage", "}"] {
        let error = read(format!("{{\"format\":\"sitebook-bundle/2\"{rest}").as_bytes()).unwrap_err();
        assert_eq!(error, ImportError::TooNew { schema: 2, reads: 1 });
        assert!(error.words().en.contains("Update Sitebook"));
        speaks(&error);
    }
}

#[test]
fn members_in_another_order_are_refused_in_words() {
    let file = file();
    let member = |name: &str| (name.to_owned(), file[name].clone());
    let mut names: Vec<&str> = MEMBERS.into();
    names.push("digest");
    for at in 1..names.len() {
        let mut swapped = names.clone();
        swapped.swap(at - 1, at);
        let swapped: Vec<_> = swapped.into_iter().map(member).collect();
        let error = read(&joined(&swapped)).unwrap_err();
        let expected = if at == 1 { "not exported by Sitebook" } else { "is expected" };
        assert!(error.words().en.contains(expected), "{at}: {error:?}");
        speaks(&error);
        let mut less: Vec<_> = names.clone().into_iter().map(member).collect();
        less.remove(at);
        let error = read(&joined(&less)).unwrap_err();
        assert!(matches!(error, ImportError::Shape { .. }), "without {}: {error:?}", names[at]);
        let mut twice: Vec<_> = names.clone().into_iter().map(member).collect();
        twice.insert(at, twice[at].clone());
        assert!(matches!(read(&joined(&twice)), Err(ImportError::KeyTwice { .. })), "{} twice", names[at]);
        let mut of_another_kind: Vec<_> = names.clone().into_iter().map(member).collect();
        of_another_kind[at].1 = if of_another_kind[at].1.is_array() { json!("x") } else { json!(["x"]) };
        assert!(matches!(read(&joined(&of_another_kind)), Err(ImportError::Shape { .. })), "{}", names[at]);
    }
    assert!(read(&joined(&names.into_iter().map(member).collect::<Vec<_>>())).is_ok());
}

#[test]
fn what_is_no_text_or_empty_is_known_as_such() {
    assert_eq!(read(b"\x89PNG\r\n\x1a\n"), Err(ImportError::NotText));
    assert_eq!(read(b"PK\x03\x04\xff"), Err(ImportError::NotText));
    assert_eq!(read(b""), Err(ImportError::Empty));
    assert_eq!(read(b"\xef\xbb\xbf \r\n"), Err(ImportError::Empty));
    [ImportError::NotText, ImportError::Empty].iter().for_each(speaks);
}

#[test]
fn a_mark_that_an_editor_put_in_front_does_no_harm() {
    let bytes = export_all(&full_visit().ops).bytes;
    let marked = [b"\xef\xbb\xbf".as_slice(), &bytes].concat();
    assert_eq!(read(&marked), read(&bytes));
}

#[test]
fn broken_json_is_refused_with_line_and_column() {
    let text = "{\"format\":\"sitebook-bundle/1\",\n \"from\": {\"app\":1,,}}";
    let error = read(text.as_bytes()).unwrap_err();
    assert!(matches!(error, ImportError::Shape { line: 2, column: 17, .. }), "{error:?}");
    let text = "{\"format\":\"sitebook-bundle/1\",\n \"from\": {\"app\":\"a\",,}}";
    let error = read(text.as_bytes()).unwrap_err();
    assert!(matches!(error, ImportError::Syntax { line: 2, column: 21, .. }), "{error:?}");
    assert!(error.words().zh.contains("第 2 行第 21 列"));
    speaks(&error);
    let error = read(b"{\"format\":\"sitebook-bundle/1\",\n\"fr").unwrap_err();
    assert_eq!(error, ImportError::Truncated { line: 2 });
    speaks(&error);
    let begin = "{\"format\":\"sitebook-bundle/1\"";
    for odd in [
        ",,",
        "]",
        ":",
        " x",
        ",\"from\" 1",
        ",\"from\":,",
        ",\"from\":}",
        ",\"from\":01}",
        ",\"from\":{\"app\"]}",
        ",}",
        ",\"from\":\"a\nb\"",
        ",\"from\":\"a\\\nb\"",
        ",\"from\":{\"app\":tru}",
        ",'a':1}",
        ",1:1",
    ] {
        let error = read(format!("{begin}{odd}").as_bytes()).unwrap_err();
        assert!(matches!(error, ImportError::Syntax { line: 1, .. }), "{odd}: {error:?}");
    }
    let whole = export_all(&full_visit().ops).bytes;
    for behind in ["x", "{", "}", "\0", ",", "\"\""] {
        let error = read(&[whole.as_slice(), behind.as_bytes()].concat()).unwrap_err();
        assert!(matches!(error, ImportError::Syntax { .. }), "{behind}: {error:?}");
    }
}

#[test]
fn half_a_character_is_refused() {
    let text = String::from_utf8(export_all(&full_visit().ops).bytes).unwrap();
    let error = read(text.replace("李伟", "\\ud83d").as_bytes()).unwrap_err();
    assert!(matches!(error, ImportError::Syntax { line: 2, .. }), "{error:?}");
}

#[test]
fn too_many_bytes_are_refused_before_they_are_looked_at() {
    let is = limits::BYTES + 1;
    let error = Reader::of_size(is).unwrap_err();
    assert_eq!(error, ImportError::TooBig { is, max: limits::BYTES });
    assert!(error.words().en.contains("8193 MB, at most 8192 MB"));
    assert!(Reader::of_size(limits::BYTES).is_ok());
    speaks(&error);
}

#[test]
fn an_element_without_end_is_refused_before_it_fills_the_memory() {
    for bomb in ["{\"a\":\"", "1", "\"", "{\"a\":[\"", "{"] {
        let mut reader = Reader::new();
        reader.push(b"{\"format\":\"sitebook-bundle/1\",\"from\":").unwrap();
        reader.push(bomb.as_bytes()).unwrap();
        let filler = vec![b'1'; 1 << 20];
        let error = (0..64).find_map(|_| reader.push(&filler).err()).unwrap();
        assert_eq!(error, ImportError::TooLarge { line: 1, max: limits::ELEMENT });
        assert!(reader.buffered() <= limits::ELEMENT + (1 << 20), "{bomb}: {}", reader.buffered());
        assert_eq!(reader.push(b"}").unwrap_err(), error, "an error is final");
        assert_eq!(reader.finish().unwrap_err(), error);
        speaks(&error);
    }
    let long = format!("{{\"{}", "a".repeat(1000));
    assert!(matches!(read(long.as_bytes()), Err(ImportError::TooLarge { line: 1, .. })));
}

#[test]
fn nesting_without_end_is_refused() {
    for bomb in ["[", "{\"a\":", "{\"a\":["] {
        for begin in ["\"from\":", "\"from\":{\"app\":"] {
            let begin = format!("{{\"format\":\"sitebook-bundle/1\",{begin}");
            let error = read(format!("{begin}{}", bomb.repeat(100_000)).as_bytes()).unwrap_err();
            let list = begin.ends_with("\"from\":") && bomb == "[";
            assert!(list || matches!(error, ImportError::TooDeep { .. }), "{error:?}");
            speaks(&error);
        }
        assert_eq!(read(bomb.repeat(100_000).as_bytes()), Err(ImportError::Foreign));
    }
}

#[test]
fn a_key_that_stands_twice_is_refused_wherever_it_is() {
    let text = String::from_utf8(export_all(&full_visit().ops).bytes).unwrap();
    for (once, twice) in [
        ("\"from\":{", "\"from\":{\"app\":\"x\","),
        ("\"item\":\"扳手\"", "\"item\":\"扳手\",\"item\":\"锤子\""),
        ("\"item\":\"扳手\"", "\"item\":\"扳手\",\"\\u0069tem\":\"锤子\""),
        ("\"actor\":\"Li Wei\"", "\"actor\":\"Li Wei\",\"actor\":\"Li Wei\""),
    ] {
        let error = read(text.replacen(once, twice, 1).as_bytes()).unwrap_err();
        assert!(matches!(error, ImportError::KeyTwice { .. }), "{error:?}");
        speaks(&error);
    }
}

#[test]
fn unknown_and_missing_keys_and_unknown_words_are_refused_with_their_place() {
    let mut tries = vec![
        (String::new(), "extra"),
        ("/from".into(), "extra"),
        ("/from/at".into(), "extra"),
        ("/records/0".into(), "extra"),
        ("/templates/0".into(), "extra"),
        ("/ops/0".into(), "extra"),
        ("/ops/0/op".into(), "extra"),
        ("/pictures/0".into(), "extra"),
    ];
    tries.extend(
        ["create", "set", "row-add", "stamp", "attach", "sign", "override"]
            .map(|change| (format!("{}/change/{change}", op(change)), "extra")),
    );
    for (place, key) in tries {
        let mut file = file();
        file.pointer_mut(&place).unwrap()[key] = json!(1);
        let error = read(&written(file)).unwrap_err();
        assert!(matches!(error, ImportError::Shape { .. }), "{place}: {error:?}");
        speaks(&error);
    }
    for (place, value) in [
        (format!("{}/change", op("stamp")), json!({ "explode": {} })),
        (format!("{}/change", op("stamp")), json!("void")),
        (format!("{}/change/create/kind", op("create")), json!("spaceship")),
        (format!("{}/change/set/value", op("set")), json!({ "at": 1 })),
        (format!("{}/hlc", op("set")), json!("now")),
        (format!("{}/tz", op("set")), json!(40_000)),
        ("/missing".into(), Json::Null),
    ] {
        assert!(matches!(forged(&place, value), ImportError::Shape { .. }), "{place}");
    }
    let mut file = file();
    file.as_object_mut().unwrap().remove("from");
    assert!(matches!(read(&written(file)), Err(ImportError::Shape { .. })));
}

#[test]
fn a_changed_export_is_known_by_its_digest() {
    let text = String::from_utf8(export_all(&full_visit().ops).bytes).unwrap();
    for (from, to) in [("\"李伟\"", "\"李四\""), ("\"state\":\"open\"", "\"state\":\"closed\"")] {
        let error = read(text.replacen(from, to, 1).as_bytes()).unwrap_err();
        assert_eq!(error, ImportError::Altered(Part::File), "{from}");
        speaks(&error);
    }
    let error = read(text.replacen("掉话", "正常", 1).as_bytes()).unwrap_err();
    assert!(matches!(error, ImportError::Chain(_)), "{error:?}");
}

#[test]
fn a_changed_op_is_known_by_its_hash_even_under_a_new_digest() {
    let mut file = file();
    file["ops"][2]["op"]["actor"] = json!("somebody else");
    let error = read(&signed(file)).unwrap_err();
    assert!(matches!(error, ImportError::Chain(_)), "{error:?}");
    speaks(&error);
    let mut file = self::file();
    file["ops"][2]["op"]["actor"] = json!("somebody else");
    let error = read(&written(file)).unwrap_err();
    assert!(matches!(error, ImportError::Chain(_)), "the next op does not continue it: {error:?}");
}

#[test]
fn foreign_words_in_an_error_are_short_and_printable() {
    let mut file = file();
    file[format!("<script>\u{1b}[31m{}", "a".repeat(100_000))] = json!(1);
    let error = read(&written(file)).unwrap_err();
    let words = error.words();
    assert!(words.en.chars().count() < 500 && !words.en.chars().any(char::is_control));
    assert_eq!(words.en.matches("line ").count(), 1, "{}", words.en);
}
