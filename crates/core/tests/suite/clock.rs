//! The hybrid logical clock.

use super::cases;
use proptest::prelude::*;
use sitebook_core::ledger::Hlc;

fn any_hlc() -> impl Strategy<Value = Hlc> {
    (0..=0xFFFF_FFFF_FFFFu64, any::<u16>()).prop_map(|(wall, count)| Hlc { wall, count })
}

/// Clock values that an import accepts.
fn plausible() -> impl Strategy<Value = Hlc> {
    let count = prop_oneof![any::<u16>(), Just(u16::MAX)];
    let wall = prop_oneof![Hlc::FIRST_WALL..Hlc::END_WALL, Just(Hlc::END_WALL - 1)];
    (wall, count).prop_map(|(wall, count)| Hlc { wall, count })
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn on_a_device_it_only_goes_up_however_the_phones_clock_jumps(
        seen in plausible(),
        clock in proptest::collection::vec(prop_oneof![any::<i64>(), 1_700_000_000_000..1_800_000_000_000i64], 1..50),
        others in proptest::collection::vec(plausible(), 0..50),
    ) {
        let mut last = seen;
        for (n, now) in clock.iter().enumerate() {
            let next = last.tick(*now);
            prop_assert!(next > last, "{last} then {next}");
            prop_assert!(next.wall >= Hlc::FIRST_WALL);
            last = others.get(n).map_or(next, |other| next.observe(*other));
            prop_assert!(last >= next);
        }
    }

    #[test]
    fn text_order_is_clock_order(a in any_hlc(), b in any_hlc()) {
        prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
    }

    #[test]
    fn what_it_writes_it_reads(hlc in any_hlc()) {
        prop_assert_eq!(hlc.to_string().parse(), Ok(hlc));
        let json = serde_json::to_string(&hlc).unwrap();
        prop_assert_eq!(serde_json::from_str::<Hlc>(&json).unwrap(), hlc);
    }

    #[test]
    fn only_one_spelling_is_read(text in "[0-9a-fA-F+ -]{0,20}") {
        if let Ok(hlc) = text.parse::<Hlc>() {
            prop_assert_eq!(hlc.to_string(), text);
        }
    }
}

#[test]
fn more_ops_than_the_counter_holds_within_one_millisecond_go_on_counting_up() {
    let mut last = Hlc::default().tick(1_700_000_000_000);
    for _ in 0..70_000 {
        let next = last.tick(1_700_000_000_000);
        assert!(next > last);
        last = next;
    }
    assert_eq!(last.wall, 1_700_000_000_001);
}

#[test]
fn a_phone_with_an_impossible_clock_writes_clock_values_that_others_accept() {
    for now in [i64::MIN, 0, 1_000, 946_684_799_999, 4_102_444_800_000, i64::MAX] {
        let wall = Hlc::default().tick(now).wall;
        assert!((Hlc::FIRST_WALL..Hlc::END_WALL).contains(&wall), "{now}");
    }
}
