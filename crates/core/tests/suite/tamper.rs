//! Bytes that went through foreign hands: nothing panics, and what is accepted is what was exported.

use super::bundle::{export_all, full_visit, json};
use super::cases;
use super::device::{Phone, history, picture, union};
use super::hostile::written;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use sitebook_core::exchange::read;
use sitebook_core::ledger::Change;
use sitebook_core::value::Value;
use std::sync::LazyLock;

/// A bundle with a signature, photos and a procedure.
static FILE: LazyLock<Vec<u8>> = LazyLock::new(|| export_all(&full_visit().ops).bytes);

/// Any JSON, small.
fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        "\\PC{0,12}".prop_map(Json::from),
        Just(json!("x".repeat(20_001))),
        Just(json!("../../etc/passwd")),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            proptest::collection::btree_map("[a-z]{1,6}", inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

/// Every place in the tree, as JSON pointers.
fn places(value: &Json, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Json::Array(list) => {
            list.iter().enumerate().for_each(|(n, value)| places(value, &format!("{at}/{n}"), out));
        }
        Json::Object(map) => {
            for (key, value) in map {
                places(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), out);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn flipped_bytes_are_found_or_change_nothing(
        flips in proptest::collection::vec((any::<prop::sample::Index>(), 1..=255u8), 1..4)
    ) {
        let mut bytes = FILE.clone();
        for (place, mask) in flips {
            let place = place.index(bytes.len());
            bytes[place] ^= mask;
        }
        if let Ok(back) = read(&bytes) {
            prop_assert_eq!(back, read(&FILE).unwrap());
        }
    }

    #[test]
    fn pieces_cut_out_or_doubled_are_found(
        from in any::<prop::sample::Index>(), length in 1..200usize, double in any::<bool>()
    ) {
        let from = from.index(FILE.len());
        let to = (from + length).min(FILE.len());
        let piece = if double { &FILE[from..] } else { &FILE[to..] };
        let bytes = [&FILE[..if double { to } else { from }], piece].concat();
        if let Ok(back) = read(&bytes) {
            prop_assert_eq!(back, read(&FILE).unwrap());
        }
    }

    #[test]
    fn any_bytes_are_refused_in_peace(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(read(&bytes).is_err());
    }

    #[test]
    fn any_json_text_is_refused_in_peace(text in "[\\[\\]{}\":,\\\\a-f0-9 \n.eE+tru-]{0,80}") {
        prop_assert!(read(text.as_bytes()).is_err());
    }

    /// A forger computes hashes and digest anew. What is accepted even so must be good enough to go out again.
    #[test]
    fn whatever_is_accepted_can_be_exported_and_read_again(
        place in any::<prop::sample::Index>(), graft in any_json()
    ) {
        let mut file = json(&FILE);
        let mut all = Vec::new();
        places(&file, "", &mut all);
        let place = &all[place.index(all.len())];
        *file.pointer_mut(place).unwrap() = graft;
        if let Ok(back) = read(&written(file)) {
            let again = read(&export_all(&back.ops).bytes).unwrap();
            prop_assert_eq!(again.ops.len(), back.ops.len());
        }
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn a_file_cut_off_anywhere_is_refused(phones in history(12)) {
        let bytes = export_all(&union(&phones)).bytes;
        let whole = bytes.trim_ascii_end().len();
        for length in 0..whole {
            prop_assert!(read(&bytes[..length]).is_err(), "cut at {length} of {whole}");
        }
        prop_assert!(read(&bytes[..whole]).is_ok());
    }
}

/// A small file with everything but a procedure, changed in every place.
#[test]
fn every_flipped_byte_is_found_or_changes_nothing() {
    let mut phone = Phone::new(1);
    phone.set("a.b.c", Value::Number(-48.25));
    let (field, attachment) = ("a.b.photo".to_owned(), picture(1).0);
    phone.write(Change::Attach { field, attachment, caption: Some("机柜".into()) });
    let mut bytes = export_all(&phone.ops).bytes;
    let whole = read(&bytes).unwrap();
    for at in 0..bytes.len() {
        // All bits of all places would take a minute; the place chooses the bit.
        let bit = 1 << (at * 5 % 8);
        bytes[at] ^= bit;
        if let Ok(back) = read(&bytes) {
            assert_eq!(back, whole, "at {at}");
        }
        bytes[at] ^= bit;
    }
}
