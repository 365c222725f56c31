//! Stamps, moments and rows: when things happened, and what was listed.

use super::device::NOON;
use super::procedure::{Visit, minutes, now};
use sitebook_core::ids::RowId;
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use sitebook_core::work::{Command, Refusal};

#[test]
fn picked_moments_may_lie_ahead_but_not_beyond_the_century() {
    let mut visit = Visit::signed();
    let plan = |at, tz| Value::Moment(Stamp { at, tz });
    assert!(visit.set("enter.measure.plan", plan(NOON + 86_400_000, 480)).is_ok());
    for (at, tz) in [(i64::MAX, 480), (i64::MIN, 480), (0, 480), (NOON, 841), (NOON, i16::MIN)] {
        assert_eq!(visit.set("enter.measure.plan", plan(at, tz)), Err(Refusal::NotAMoment));
    }
    assert_eq!(visit.text("enter.measure.plan", "tomorrow"), Err(Refusal::NotAMoment));
}

#[test]
fn leaving_cannot_be_stamped_before_arriving() {
    let mut visit = Visit::signed();
    visit.now = minutes(60);
    visit.stamp("enter.arrive.at", minutes(30)).unwrap();
    let refusal = visit.stamp("leave.leave.at", minutes(29)).unwrap_err();
    assert!(matches!(&refusal, Refusal::TooEarly { at, .. } if at == "2026-11-21 12:30"));
    assert!(refusal.words().en.contains("arrive · Time") && refusal.words().en.contains("12:30"));
    assert!(visit.stamp("leave.leave.at", minutes(30)).is_ok());
}

#[test]
fn stamps_in_the_future_are_refused() {
    let mut visit = Visit::signed();
    assert_eq!(visit.stamp("enter.arrive.at", minutes(2)), Err(Refusal::InFuture));
    assert_eq!(visit.stamp("enter.arrive.at", Stamp { at: 0, tz: 480 }), Err(Refusal::NotAMoment));
    assert!(visit.stamp("enter.arrive.at", Stamp { at: NOON + 59_000, tz: 480 }).is_ok(), "clocks differ a little");
    assert!(visit.stamp("enter.arrive.at", minutes(-600)).is_ok(), "by hand, earlier today");
}

#[test]
fn nothing_is_stamped_below_a_stamp() {
    let mut visit = Visit::signed();
    assert!(visit.stamp("enter.arrive.at.x", now()).is_err());
    assert!(visit.stamp("enter.arrive", now()).is_err());
}

#[test]
fn a_corrected_stamp_counts_and_the_first_stays_in_the_history() {
    let mut visit = Visit::signed();
    visit.stamp("enter.arrive.at", now()).unwrap();
    visit.stamp("enter.arrive.at", minutes(-5)).unwrap();
    assert_eq!(visit.record.stamp("enter.arrive.at"), Some(minutes(-5)));
    assert_eq!(visit.record.facts["enter.arrive.at"].len(), 2);
    let last = visit.ops.last().unwrap().op.id.clone();
    visit.run(&Command::Withdraw { fact: last }).unwrap();
    assert_eq!(visit.record.stamp("enter.arrive.at"), Some(now()));
}

#[test]
fn cells_are_checked_like_fields() {
    let mut visit = Visit::signed();
    assert_eq!(visit.add("row-9", "x", 0.0), Err(Refusal::OutOfRange { min: Some(1.0), max: Some(99.0) }));
    assert_eq!(visit.add("row-9", &"x".repeat(31), 1.0), Err(Refusal::TooLong { max: 30, is: 31 }));
    let mut cell = |column: &str, value: Value| {
        let (table, row) = ("before.objects.list".to_owned(), RowId::parse("row-1").unwrap());
        visit.run(&Command::SetCell { table, row, column: column.into(), value })
    };
    assert!(cell("colour", Value::Text("red".into())).is_err());
    assert!(cell("out", Value::Number(1.0)).is_err(), "counted back only in the count");
    assert_eq!(cell("sort", Value::Text("weapon".into())), Err(Refusal::NotAnAnswer));
    assert!(cell("sort", Value::Text("tool".into())).is_ok());
    assert!(cell("seen", Value::Bool(true)).is_ok());
    assert_eq!(cell("when", Value::Text("now".into())), Err(Refusal::NotAMoment));
}

#[test]
fn a_row_that_is_not_there_cannot_be_removed_or_brought_back() {
    let mut visit = Visit::signed();
    let rows = |name: &str| ("before.objects.list".to_owned(), RowId::parse(name).unwrap());
    let (table, row) = rows("row-9");
    let gone = visit.run(&Command::RemoveRow { table: table.clone(), row: row.clone() });
    assert_eq!(gone, Err(Refusal::NoRecord));
    assert_eq!(visit.run(&Command::RestoreRow { table, row }), Err(Refusal::NoRecord));
    let (table, row) = rows("row-1");
    visit.run(&Command::RemoveRow { table: table.clone(), row: row.clone() }).unwrap();
    assert_eq!(visit.record.rows(&table).len(), 1);
    visit.run(&Command::RestoreRow { table: table.clone(), row }).unwrap();
    assert_eq!(visit.record.rows(&table).len(), 2);
}

#[test]
fn a_table_takes_five_hundred_rows() {
    let mut visit = Visit::begin();
    for n in 0..500 {
        visit.add(&format!("r{n}"), "x", 1.0).unwrap();
    }
    assert_eq!(visit.add("r500", "x", 1.0), Err(Refusal::TooManyRows { max: 500 }));
}
