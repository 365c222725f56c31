//! The core's own JSON against `serde_json` and `serde_json_canonicalizer`: it writes the same and takes the same.

use super::cases;
use super::device::{history, union};
use super::procedure::procedure_json;
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use sitebook_core::json::{Any, Fault, Object, read, write};
use sitebook_core::ledger::Sealed;
use sitebook_core::template::Procedure;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Debug;

fn number() -> impl Strategy<Value = Json> {
    prop_oneof![
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        (-1000i64..1000).prop_map(Json::from),
        any::<f64>().prop_filter_map("finite", |number| Some(Json::Number(serde_json::Number::from_f64(number)?))),
        (any::<i32>(), -30i32..30).prop_map(|(digits, exponent)| json!(f64::from(digits) * 10f64.powi(exponent))),
    ]
}

/// Any JSON, with keys that sort differently by UTF-8 and by UTF-16 and with everything that is escaped.
fn any_json() -> impl Strategy<Value = Json> {
    let text = || "[a-c\u{0}-\u{1f}\"\\\\/\u{7f}\u{fffd}é汉\u{e000}\u{ffff}𠮷😀]{0,6}";
    let leaf = prop_oneof![Just(Json::Null), any::<bool>().prop_map(Json::from), number(), text().prop_map(Json::from)];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
            prop::collection::btree_map(text(), inner, 0..6)
                .prop_map(|entries| Json::Object(entries.into_iter().collect())),
        ]
    })
}

/// What a typed document is read as, by both.
fn agree<T: DeserializeOwned + PartialEq + Debug>(text: &str) {
    let (own, other) = (read::<T>(text), serde_json::from_str::<T>(text));
    match (own, other) {
        (Ok(own), Ok(other)) => assert_eq!(own, other, "{text}"),
        (Err(_), Err(_)) => {}
        (own, other) => panic!("{text}: {own:?}, {other:?}"),
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn what_is_written_is_canonical(json in any_json()) {
        let written = write(&json).unwrap();
        prop_assert_eq!(&written, &serde_json_canonicalizer::to_string(&json).unwrap());
        let back: Any = read(&written).unwrap();
        prop_assert_eq!(write(&back).unwrap(), written);
    }

    #[test]
    fn every_double_is_written_as_javascript_writes_it(bits in any::<u64>()) {
        let number = f64::from_bits(bits);
        let written = write(&number);
        match serde_json_canonicalizer::to_string(&number) {
            Ok(other) => {
                prop_assert_eq!(written.unwrap(), other.as_str());
                prop_assert_eq!(read::<f64>(&other).unwrap(), number);
            }
            Err(_) => prop_assert!(written.is_err()),
        }
    }

    #[test]
    fn a_double_between_two_shortest_forms_takes_the_even_one(
        mantissa in (1u64 << 48)..(1 << 53),
        halvings in -12i32..8,
        scale in -30i32..70,
    ) {
        for number in [mantissa as f64 * 2f64.powi(halvings), mantissa as f64 * 2f64.powi(scale)] {
            prop_assert_eq!(write(&number).unwrap(), serde_json_canonicalizer::to_string(&number).unwrap());
        }
    }

    #[test]
    fn white_space_and_spelling_do_not_matter(json in any_json()) {
        let pretty = serde_json::to_string_pretty(&json).unwrap();
        let read: Any = read(&pretty).unwrap();
        prop_assert_eq!(write(&read).unwrap(), serde_json_canonicalizer::to_string(&json).unwrap());
    }

    #[test]
    fn a_text_is_json_to_both_or_to_none(text in r#"[\[\]{}:,"\\ \n0123aefnrtulsE.+-]{0,12}"#) {
        prop_assert_eq!(read::<Any>(&text).is_ok(), serde_json::from_str::<Json>(&text).is_ok(), "{}", text);
    }

    #[test]
    fn a_damaged_document_is_json_to_both_or_to_none(
        json in any_json(),
        at in any::<prop::sample::Index>(),
        with in "[\\[\\]{}:,\"\\\\ 0e.u-]{0,2}",
    ) {
        let mut text: Vec<char> = json.to_string().chars().collect();
        let at = at.index(text.len());
        text.splice(at..=at, with.chars());
        let text: String = text.into_iter().collect();
        prop_assert_eq!(read::<Any>(&text).is_ok(), serde_json::from_str::<Json>(&text).is_ok(), "{}", text);
    }

    #[test]
    fn a_damaged_op_is_an_op_to_both_or_to_none(
        phones in history(6),
        at in any::<prop::sample::Index>(),
        with in prop_oneof!["[\\[\\]{}:,\"0a]{0,2}", Just("null".to_owned()), Just("-1".to_owned())],
    ) {
        for sealed in union(&phones).iter().take(3) {
            let text = write(sealed).unwrap();
            agree::<Sealed>(&text);
            let mut text: Vec<char> = text.chars().collect();
            let at = at.index(text.len());
            text.splice(at..=at, with.chars());
            agree::<Sealed>(&text.into_iter().collect::<String>());
        }
    }
}

#[test]
fn a_procedure_with_one_key_more_or_less_is_read_alike() {
    fn places(json: &Json, at: &str, all: &mut Vec<String>) {
        match json {
            Json::Object(entries) => {
                all.push(at.to_owned());
                for (key, value) in entries {
                    places(value, &format!("{at}/{key}"), all);
                }
            }
            Json::Array(items) => {
                for (n, value) in items.iter().enumerate() {
                    places(value, &format!("{at}/{n}"), all);
                }
            }
            _ => {}
        }
    }
    let good = procedure_json();
    let mut all = Vec::new();
    places(&good, "", &mut all);
    for place in all {
        let mut more = good.clone();
        more.pointer_mut(&place).unwrap()["extra"] = json!(1);
        agree::<Procedure>(&more.to_string());
        let keys: Vec<String> = good.pointer(&place).unwrap().as_object().unwrap().keys().cloned().collect();
        for key in keys {
            let mut less = good.clone();
            let object = less.pointer_mut(&place).unwrap().as_object_mut().unwrap();
            let value = object.remove(&key).unwrap();
            agree::<Procedure>(&less.to_string());
            for other in [Json::Null, json!(7), json!("word"), json!([value]), json!({})] {
                let mut other_kind = good.clone();
                other_kind.pointer_mut(&place).unwrap()[&key] = other;
                agree::<Procedure>(&other_kind.to_string());
            }
        }
    }
}

#[test]
fn the_numbers_of_the_rfc_are_written_as_it_says() {
    // RFC 8785, appendix B; the first and last of each form, and ties.
    for (bits, expected) in [
        (0x0000_0000_0000_0000, "0"),
        (0x8000_0000_0000_0000, "0"),
        (0x0000_0000_0000_0001, "5e-324"),
        (0x8000_0000_0000_0001, "-5e-324"),
        (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
        (0x4340_0000_0000_0000, "9007199254740992"),
        (0xc340_0000_0000_0000, "-9007199254740992"),
        (0x4430_0000_0000_0000, "295147905179352830000"),
        (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
        (0x44b5_2d02_c7e1_4af6, "1e+23"),
        (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
        (0x444b_1ae4_d6e2_ef50, "1e+21"),
        (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
        (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
        (0x41b3_de43_5555_5553, "333333333.3333332"),
        (0x41b3_de43_5555_5557, "333333333.33333343"),
        (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
        (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        (0x430e_86df_c091_8b2a, "1074068108489061.2"),
    ] {
        assert_eq!(write(&f64::from_bits(bits)).unwrap(), expected);
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum Every {
    Unit,
    New(u8),
    Pair(i8, bool),
    Fields { a: Option<char>, b: f32 },
    Map(BTreeMap<String, Option<Every>>),
    Tuple((u16, i16, u32, i32, u64, i64)),
    Nothing(()),
}

#[test]
fn every_form_of_a_type_reads_as_it_was_written() {
    let map = BTreeMap::from([("x".to_owned(), Some(Every::Unit)), ("y".to_owned(), None)]);
    for value in [
        Every::Unit,
        Every::New(255),
        Every::Pair(-128, true),
        Every::Fields { a: Some('汉'), b: 0.5 },
        Every::Fields { a: None, b: -1.0 },
        Every::Map(map),
        Every::Tuple((1, -2, 3, -4, 5, -6)),
        Every::Nothing(()),
    ] {
        let json = write(&value).unwrap();
        assert_eq!(json, serde_json_canonicalizer::to_string(&value).unwrap());
        assert_eq!(read::<Every>(&json).unwrap(), value);
    }
    for text in [
        "\"unit\"",
        "{\"unit\":null}",
        "{\"unit\":1}",
        "\"new\"",
        "{\"new\":256}",
        "{\"new\":-1}",
        "{\"new\":1.0}",
        "{\"new\":1}{",
        "{\"new\":1,\"unit\":null}",
        "{}",
        "{\"pair\":[1]}",
        "{\"pair\":[1,true,2]}",
        "[\"unit\"]",
        "{\"fields\":{\"b\":1}}",
        "{\"fields\":{\"a\":\"xy\",\"b\":1}}",
        "{\"fields\":{\"b\":1,\"b\":1}}",
        "\"other\"",
        "{\"map\":{\"k\":\"unit\"}}",
        "{\"map\":[]}",
        "{\"tuple\":[1,1,1,1,18446744073709551615,-9223372036854775808]}",
        "{\"tuple\":[1,1,1,1,18446744073709551616,1]}",
        "{\"tuple\":[1,1,1,1,1,9223372036854775808]}",
    ] {
        agree::<Every>(text);
    }
}

#[test]
fn a_text_is_borrowed_where_nothing_in_it_is_escaped() {
    #[derive(Deserialize)]
    struct Lent<'a>(#[serde(borrow)] Cow<'a, str>);
    assert!(matches!(read::<Lent<'_>>("\"plain 汉\"").unwrap().0, Cow::Borrowed("plain 汉")));
    assert_eq!(read::<Lent<'_>>(r#""a\u6c49\ud83d\ude00\n""#).unwrap().0, "a汉😀\n");
}

#[test]
fn what_json_cannot_hold_is_not_written() {
    assert!(write(&f64::NAN).is_err());
    assert!(write(&f32::INFINITY).is_err());
    assert!(write(&BTreeMap::from([(vec![1], 1)])).is_err());
    let twice = Any::Object(Object(vec![("a".into(), Any::Null), ("a".into(), Any::Null)]));
    assert!(write(&twice).unwrap_err().to_string().contains("twice"));
}

#[test]
fn an_error_says_where_and_what() {
    let error = read::<Vec<u8>>("[1,\n 2,\n 300]").unwrap_err();
    assert_eq!((error.fault(), error.line(), error.column()), (Fault::Data, 3, 4));
    let error = read::<Vec<u8>>("[1,\n 2,,]").unwrap_err();
    assert_eq!((error.fault(), error.line(), error.column()), (Fault::Syntax, 2, 4));
    let error = read::<Vec<u8>>("[1,\n 2").unwrap_err();
    assert_eq!((error.fault(), error.line(), error.column()), (Fault::End, 2, 3));
    let error = read::<Every>("{\"fields\":{\"c\":1}}").unwrap_err();
    assert_eq!(error.what(), "unknown field `c`, expected `a` or `b`");
    assert!(error.to_string().ends_with("at line 1 column 14"), "{error}");
}

#[test]
fn nesting_has_an_end() {
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(read::<Any>(&deep(128)).is_ok());
    assert!(read::<Any>(&deep(129)).is_err());
    assert!(read::<Any>(&"[".repeat(1_000_000)).is_err());
    assert!(read::<serde::de::IgnoredAny>(&"{\"a\":".repeat(1_000_000)).is_err());
}
