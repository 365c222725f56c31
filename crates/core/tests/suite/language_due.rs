//! Deadlines of the whole language: from the latest of several moments, from a column, by limits and working time.

use super::language::{at, column, field, limit, run_of, word};
use super::procedure::Visit;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use sitebook_core::value::Value;
use sitebook_core::work::Command;

fn run(from: &Json, within: &Json) -> Visit {
    let table = json!({ "table": { "columns": [
        column("sent", false, json!("moment")), column("to", true, json!({ "text": {} })),
    ] } });
    let fields = json!([
        field("one", json!("moment")),
        field("two", json!("moment")),
        field("list", table),
        field("met", json!("check"))
    ]);
    let deadline = json!([{ "id": "report", "title": super::language::t("Report"), "clause": "T 8", "from": from,
        "within": within, "until": { "answered": "s.a.met" }, "step": "s.a" }]);
    run_of(fields, json!({ "deadline": deadline }))
}

fn due(visit: &Visit) -> Option<String> {
    visit.due().into_iter().next().map(|(_, at)| at)
}

#[test]
fn of_several_moments_the_latest_that_is_known_starts_it() {
    let mut visit = run(&json!(["s.a.one", "s.a.two"]), &json!({ "days": 7 }));
    assert_eq!(due(&visit), None, "nothing has happened");
    visit.moment("s.a.one", at(10, "09:00"));
    assert_eq!(due(&visit).as_deref(), Some("2026-11-17T09:00"));
    visit.moment("s.a.two", at(12, "09:00"));
    assert_eq!(due(&visit).as_deref(), Some("2026-11-19T09:00"));
    visit.moment("s.a.one", at(14, "09:00"));
    assert_eq!(due(&visit).as_deref(), Some("2026-11-21T09:00"), "the order in the list does not matter");
    visit.tick("s.a.met").unwrap();
    assert_eq!(due(&visit), None, "it is met");
}

#[test]
fn a_column_starts_it_anew_with_each_row() {
    let mut visit = run(&json!(["s.a.one", "s.a.list.sent"]), &json!({ "days": 7 }));
    visit.moment("s.a.one", at(1, "09:00"));
    assert_eq!(due(&visit).as_deref(), Some("2026-11-08T09:00"));
    visit.row("s.a.list", &[("to", word("office")), ("sent", Value::Moment(at(8, "17:00")))]).unwrap();
    visit.row("s.a.list", &[("to", word("office")), ("sent", Value::Moment(at(6, "17:00")))]).unwrap();
    visit.row("s.a.list", &[("to", word("office"))]).unwrap();
    assert_eq!(due(&visit).as_deref(), Some("2026-11-15T17:00"), "the latest row counts, not the last one written");
}

#[test]
fn a_signature_starts_it_when_it_is_given_and_not_when_it_is_taken_back() {
    let sign = |name: &str| {
        let kind = json!({ "signature": { "side": "company", "role": super::language::t("Manager") } });
        field(name, kind)
    };
    let fields = json!([sign("ours"), sign("theirs"), field("met", json!("check"))]);
    let deadline = json!([{ "id": "report", "title": super::language::t("Report"), "clause": "T 8",
        "from": ["s.a.ours", "s.a.theirs"], "within": { "days": 7 }, "until": { "answered": "s.a.met" }, "step": "s.a" }]);
    let mut visit = run_of(fields, json!({ "deadline": deadline }));
    let sign = |visit: &mut Visit, field: &str, day: u8| {
        visit.now = at(day, "09:00");
        let (name, role, image) = ("Li".to_owned(), "Manager".to_owned(), Some(super::device::picture(1).0));
        visit.run(&Command::Sign { field: field.to_owned(), name, role, image }).unwrap();
    };
    assert_eq!(due(&visit), None, "nobody has signed");
    sign(&mut visit, "s.a.ours", 22);
    assert_eq!(due(&visit).as_deref(), Some("2026-11-29T09:00"));
    sign(&mut visit, "s.a.theirs", 24);
    assert_eq!(due(&visit).as_deref(), Some("2026-12-01T09:00"), "the later of the two counts");
    let fact = visit.record.signature("s.a.theirs").unwrap().touch.op.clone();
    visit.run(&Command::Withdraw { fact }).unwrap();
    assert_eq!(due(&visit).as_deref(), Some("2026-11-29T09:00"));
}

#[test]
fn how_long_it_takes_may_be_a_limit_and_without_one_nothing_is_due() {
    let notice = || limit("notice", json!({ "number": {} }), None);
    let mut visit = run(&json!("s.a.one"), &json!({ "minutes": "limit.notice" })).limits(&[notice()]);
    visit.moment("s.a.one", at(10, "09:00"));
    assert_eq!(due(&visit), None);
    let visit = visit.company(&[("limit-notice", Value::Number(20.0))]);
    assert_eq!(due(&visit).as_deref(), Some("2026-11-10T09:20"));
    let visit = visit.customer(&[("limit-notice", Value::Number(5.0))]);
    assert_eq!(due(&visit).as_deref(), Some("2026-11-10T09:05"));
}

#[test]
fn working_hours_and_days_and_nights_are_those_of_the_customer() {
    // The 27th of November 2026 is a Friday.
    let cases = [
        (json!({ "working-hours": 2 }), "2026-11-30T10:00"),
        (json!({ "working-days": 1 }), "2026-11-30T18:00"),
        (json!({ "nights": 1 }), "2026-11-28T06:00"),
    ];
    for (within, wanted) in cases {
        let mut visit = run(&json!("s.a.one"), &within).customer(&[("hours", word("1-5 09:00-18:00"))]);
        visit.moment("s.a.one", at(27, "17:00"));
        visit.moment("s.a.one", at(27, "18:30"));
        let wanted = if within.get("working-hours").is_some() { "2026-11-30T11:00" } else { wanted };
        assert_eq!(due(&visit).as_deref(), Some(wanted), "{within}");
    }
    let mut visit =
        run(&json!("s.a.one"), &json!({ "working-hours": 2 })).customer(&[("hours", word("1-5 09:00-18:00"))]);
    visit.moment("s.a.one", at(27, "17:00"));
    assert_eq!(due(&visit).as_deref(), Some("2026-11-30T10:00"), "an hour on Friday, an hour on Monday");
}

proptest! {
    #![proptest_config(super::cases(200))]

    #[test]
    fn it_always_counts_from_the_latest_of_all_moments(
        one in proptest::option::of(0..5_000i64),
        two in proptest::option::of(0..5_000i64),
        rows in proptest::collection::vec(proptest::option::of(0..5_000i64), 0..6),
    ) {
        let mut visit = run(&json!(["s.a.one", "s.a.two", "s.a.list.sent"]), &json!({ "minutes": 30 }));
        let moment = |minute: i64| sitebook_core::time::Stamp { at: at(1, "00:00").at + minute * 60_000, tz: 480 };
        if let Some(minute) = one { visit.moment("s.a.one", moment(minute)); }
        if let Some(minute) = two { visit.moment("s.a.two", moment(minute)); }
        for row in &rows {
            let mut cells = vec![("to", word("office"))];
            cells.extend(row.map(|minute| ("sent", Value::Moment(moment(minute)))));
            visit.row("s.a.list", &cells).unwrap();
        }
        let latest = one.into_iter().chain(two).chain(rows.iter().flatten().copied()).max();
        prop_assert_eq!(due(&visit), latest.map(|minute| moment(minute + 30).to_input()));
    }
}
