//! Reminders before an appointment or a deadline.

use proptest::prelude::*;
use sitebook_core::work::reminder;

const MINUTE: i64 = 60_000;
const AT: i64 = 1_795_233_600_000;
const LEADS: [u32; 2] = [1440, 120];

fn before(minutes: i64) -> Option<u32> {
    reminder(AT, AT - minutes * MINUTE, &LEADS)
}

#[test]
fn each_reminder_holds_from_its_lead_until_the_next_one() {
    assert_eq!(before(1441), None, "too early");
    assert_eq!(before(1440), Some(1440));
    assert_eq!(before(121), Some(1440));
    assert_eq!(before(120), Some(120));
    assert_eq!(before(1), Some(120));
    assert_eq!(before(0), None, "it has come");
    assert_eq!(before(-1), None, "it is over");
}

#[test]
fn without_leads_nothing_reminds() {
    assert_eq!(reminder(AT, AT - MINUTE, &[]), None);
}

#[test]
fn moments_at_the_ends_of_time_are_no_trouble() {
    assert_eq!(reminder(i64::MAX, i64::MIN, &LEADS), None);
    assert_eq!(reminder(i64::MIN, i64::MAX, &LEADS), None);
}

proptest! {
    #[test]
    fn the_order_of_the_leads_does_not_matter(left in -100..3000_i64, mut leads in prop::collection::vec(1..2000_u32, 0..4)) {
        let one = reminder(AT, AT - left * MINUTE, &leads);
        leads.reverse();
        prop_assert_eq!(one, reminder(AT, AT - left * MINUTE, &leads));
        if let Some(lead) = one {
            prop_assert!(left > 0 && left <= i64::from(lead));
            prop_assert!(leads.iter().all(|other| *other >= lead || left > i64::from(*other)));
        }
    }
}
