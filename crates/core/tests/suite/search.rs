//! Finding records: whatever part of a text is typed, its record is among the candidates.

use proptest::prelude::*;
use sitebook_core::ids::RecordId;
use sitebook_core::search::{Lookup, Query, normal, pieces, youth};
use std::collections::BTreeSet;

/// Whether a record listed under these pieces would be looked at.
fn is_candidate(pieces: &BTreeSet<String>, query: &Query) -> bool {
    query.lookups().iter().all(|lookup| match lookup {
        Lookup::Piece(piece) => pieces.contains(piece),
        Lookup::Beginning(start) => pieces.iter().any(|piece| piece.starts_with(start.as_str())),
    })
}

fn finds(text: &str, typed: &str) -> bool {
    let (text, query) = (normal(text), Query::parse(typed));
    is_candidate(&pieces(&text), &query) && query.fits(&text)
}

#[test]
fn names_serials_and_mixed_words_are_found_by_any_part() {
    let text = "云岭市通信分公司 城东汇聚机房 OLT-02 HC58A2107731906 更换PON板";
    for typed in
        ["云岭", "通信分公司", "机", "汇聚", "olt-02", "OLT", "ol", "7731906", "06", "６", "PON板", "n板", "城东 hc58"]
    {
        assert!(finds(text, typed), "{typed}");
    }
    for typed in ["云城", "olt-03", "7731907", "城西 hc58", "pon卡"] {
        assert!(!finds(text, typed), "{typed}");
    }
}

#[test]
fn marks_alone_look_up_nothing_and_a_blank_query_is_empty() {
    assert!(Query::parse("  \u{3000} ").is_empty());
    assert_eq!(Query::parse("—— ·").lookups(), []);
}

#[test]
fn younger_records_come_first() {
    let (old, young) = (RecordId::at(1_700_000_000_000, [7; 10]), RecordId::at(1_800_000_000_000, [7; 10]));
    assert!(youth(&young) < youth(&old));
    assert_eq!(youth(&old).len(), 12);
}

/// Texts as people write them: both scripts, digits, marks, full-width forms, blanks.
fn texts() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        4 => prop::sample::select("机房设备故障板卡客户服务重启光纤端口".chars().collect::<Vec<_>>()),
        3 => prop::char::range('a', 'z'),
        2 => prop::char::range('A', 'Z'),
        2 => prop::char::range('0', '9'),
        2 => prop::sample::select(" \u{3000}-_.，。（）/ＡＢ１２İß𠮷🔧".chars().collect::<Vec<_>>()),
    ];
    prop::collection::vec(letter, 0..60).prop_map(|letters| letters.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// The pieces never hide what a plain comparison finds, and the check never lets through what it does not.
    #[test]
    fn pieces_find_exactly_what_comparing_finds(text in texts(), typed in texts(), from in 0usize..60, long in 1usize..12) {
        let part: String = text.chars().skip(from).take(long).collect();
        for typed in [typed, part] {
            let query = Query::parse(&typed);
            prop_assert_eq!(finds(&text, &typed), query.fits(&normal(&text)), "{:?}", typed);
        }
    }

    #[test]
    fn normal_is_its_own_normal(text in texts()) {
        let once = normal(&text);
        prop_assert_eq!(normal(&once), once);
    }
}
