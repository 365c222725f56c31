//! Numbers by a pattern: how they look, and that no phone gives one twice.

use super::language::{at, field, run_of};
use proptest::prelude::*;
use serde_json::json;
use sitebook_core::ids::DeviceId;
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use sitebook_core::work::{Command, Serials, number_by, pattern_words};
use std::collections::BTreeSet;

fn device(n: u8) -> DeviceId {
    DeviceId::at(1, [n; 10])
}

#[test]
fn a_pattern_is_filled_with_date_device_and_serial() {
    let mut serials = Serials::default();
    let mut next = |pattern: &str, day| number_by(pattern, &mut serials, at(day, "09:00"), &device(1));
    assert_eq!(next("XM{year}{serial:3}", 21), "XM2026001");
    assert_eq!(next("XM{year}{serial:3}", 22), "XM2026002", "a series of the year goes on the next day");
    assert_eq!(next("D-{month}{day}-{serial:2}", 21), "D-1121-01");
    assert_eq!(next("D-{month}{day}-{serial:2}", 22), "D-1122-01", "a series of the day begins anew");
    assert_eq!(next("{device}/{serial:1}/A", 21), format!("{}/1/A", device(1).tag()));
    assert_eq!(next("no serial {year}", 21), "no serial 2026");
    assert_eq!(pattern_words("XM{year}{serial:3}", at(21, "09:00")), "XM2026···");
}

#[test]
fn a_series_outgrows_its_digits_without_a_gap() {
    let mut serials = Serials::default();
    let now = at(21, "09:00");
    serials.saw("N{serial:1}", "N9", now, &device(1));
    assert_eq!(number_by("N{serial:1}", &mut serials, now, &device(1)), "N10");
    serials.saw("N{serial:1}", "N10", now, &device(1));
    assert_eq!(number_by("N{serial:1}", &mut serials, now, &device(1)), "N11");
}

#[test]
fn what_belongs_to_another_series_teaches_nothing() {
    let mut serials = Serials::default();
    let now = at(21, "09:00");
    for stranger in ["", "XM", "XM2025007", "YM2026007", "XM2026x07", "XM20267", "XM2026-07"] {
        serials.saw("XM{year}{serial:3}", stranger, now, &device(1));
    }
    assert_eq!(number_by("XM{year}{serial:3}", &mut serials, now, &device(1)), "XM2026001");
    serials.saw("XM{year}{serial:3}", "XM2026007", now, &device(1));
    serials.saw("XM{year}{serial:3}", "XM2026003", now, &device(1));
    assert_eq!(number_by("XM{year}{serial:3}", &mut serials, now, &device(1)), "XM2026008", "the largest counts");
}

#[test]
fn a_number_is_taken_once_and_the_first_tap_counts() {
    let mut visit =
        run_of(json!([field("number", json!({ "serial": { "pattern": "XM{year}{serial:3}" } }))]), json!({}));
    let take = |number: &str| Command::Number { field: "s.a.number".into(), number: Some(number.into()) };
    assert_eq!(visit.run(&take("XM2026001")).unwrap(), 1);
    assert_eq!(visit.run(&take("XM2026002")).unwrap(), 0, "the second tap changes nothing");
    assert_eq!(visit.value("s.a.number"), Some(Value::Text("XM2026001".into())));
    assert!(visit.text("s.a.number", "mine").is_err(), "nobody types it");
}

/// A phone with the numbers that it gave or was shown.
struct Phone {
    device: DeviceId,
    serials: Serials,
    given: Vec<(String, Stamp)>,
    known: BTreeSet<String>,
}

fn phones(count: u8) -> Vec<Phone> {
    let phone = |n| Phone { device: device(n), serials: Serials::default(), given: Vec::new(), known: BTreeSet::new() };
    (1..=count).map(phone).collect()
}

#[derive(Debug, Clone)]
enum Act {
    Take(usize, i64),
    Merge(usize, usize),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        3 => (0..3usize, 0..400i64).prop_map(|(phone, day)| Act::Take(phone, day)),
        2 => (0..3usize, 0..3usize).prop_map(|(from, to)| Act::Merge(from, to)),
    ];
    proptest::collection::vec(act, 1..60)
}

/// Lets the phones give numbers and show them to each other; `false` when one gave a number that it knew.
fn play(pattern: &str, acts: &[Act], phones: &mut [Phone]) -> bool {
    for act in acts {
        match act {
            Act::Take(who, day) => {
                let phone = &mut phones[*who];
                let now = Stamp { at: at(1, "09:00").at + day * 86_400_000, tz: 480 };
                let number = number_by(pattern, &mut phone.serials, now, &phone.device);
                if !phone.known.insert(number.clone()) {
                    return false;
                }
                phone.given.push((number, now));
            }
            Act::Merge(from, to) => {
                let shown = phones[*from].given.clone();
                let phone = &mut phones[*to];
                for (number, taken) in shown {
                    phone.serials.saw(pattern, &number, taken, &phone.device);
                    phone.known.insert(number);
                }
            }
        }
    }
    true
}

proptest! {
    #![proptest_config(super::cases(300))]

    #[test]
    fn no_phone_gives_a_number_that_it_gave_or_was_shown(
        acts in acts(),
        pattern in proptest::sample::select(vec!["XM{year}{serial:3}", "{year}{month}{day}-{serial:1}", "A{serial:2}/{year}"]),
    ) {
        prop_assert!(play(pattern, &acts, &mut phones(3)));
    }

    #[test]
    fn with_the_device_in_the_pattern_no_two_phones_give_the_same_number(acts in acts()) {
        let mut phones = phones(3);
        let fresh = play("{device}-{year}-{serial:2}", &acts, &mut phones);
        prop_assert!(fresh);
        let all: Vec<&String> = phones.iter().flat_map(|phone| phone.given.iter().map(|(number, _)| number)).collect();
        let different: BTreeSet<&&String> = all.iter().collect();
        prop_assert_eq!(all.len(), different.len());
    }
}
