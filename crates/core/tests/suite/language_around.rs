//! What lies around a run: limits, outcomes of other runs, the customer's calendar; and conditions over rows.

use super::language::{at, column, field, limit, run_of, t, word};
use super::procedure::Visit;
use serde_json::{Value as Json, json};
use sitebook_core::value::Value;
use sitebook_core::work::{Command, OtherRun, summarise};

fn bare(limits: &[Json]) -> Visit {
    let fields = json!([
        field("x", json!({ "number": {} })),
        field("word", json!({ "text": {} })),
        field("other", json!({ "text": {} })),
        field("at", json!("moment"))
    ]);
    run_of(fields, json!({})).limits(limits)
}

#[test]
fn the_customers_own_limit_counts_before_the_companys_and_that_before_the_default() {
    let late = || limit("late", json!({ "number": {} }), Some(json!(15)));
    let own = ("limit-late", Value::Number(5.0));
    let ours = ("limit-late", Value::Number(10.0));
    assert_eq!(bare(&[late()]).value("limit.late"), Some(Value::Number(15.0)));
    assert_eq!(bare(&[late()]).company(std::slice::from_ref(&ours)).value("limit.late"), Some(Value::Number(10.0)));
    let both = bare(&[late()]).company(std::slice::from_ref(&ours)).customer(std::slice::from_ref(&own));
    assert_eq!(both.value("limit.late"), Some(Value::Number(5.0)));
    let mut same_for_all = late();
    same_for_all["customer"] = json!(false);
    let same = bare(&[same_for_all]).company(&[ours]).customer(&[own]);
    assert_eq!(same.value("limit.late"), Some(Value::Number(10.0)), "this one does not differ per customer");
}

#[test]
fn a_limit_that_nobody_has_set_leads_to_settings() {
    let mut visit = bare(&[limit("late", json!({ "number": {} }), None)]);
    visit.number("s.a.x", 3.0);
    let below = || json!({ "compare": { "left": "s.a.x", "op": "lt", "right": "limit.late" } });
    assert!(!visit.is(below()));
    assert_eq!(visit.lacks(below()), [("first set “late” in Settings".to_owned(), Some("limit.late".to_owned()))]);
    let set = visit.company(&[("limit-late", Value::Number(4.0))]);
    assert!(set.is(below()) && set.lacks(below()).is_empty());
}

#[test]
fn a_value_is_listed_when_it_is_one_of_the_lines() {
    let list = limit("released", json!("list"), Some(json!("V3.1\n V3.2 \n")));
    let listed = || json!({ "listed": { "field": "s.a.word", "list": "limit.released" } });
    let mut visit = bare(&[list]);
    assert!(!visit.is(listed()), "nothing is entered");
    for (version, is) in [("V3.1", true), ("V3.2", true), ("V3", false), ("V3.1 V3.2", false)] {
        visit.text("s.a.word", version).unwrap();
        assert_eq!(visit.is(listed()), is, "{version}");
    }
}

#[test]
fn two_fields_are_the_same_when_both_are_answered_and_equal() {
    let same = || json!({ "same": { "left": "s.a.word", "right": "s.a.other" } });
    let mut visit = bare(&[]);
    assert!(!visit.is(same()), "two blanks are not the same answer");
    visit.text("s.a.word", "Li Wei").unwrap();
    assert!(!visit.is(same()));
    visit.text("s.a.other", "Li Wei").unwrap();
    assert!(visit.is(same()));
    visit.text("s.a.other", "Wang Fang").unwrap();
    assert!(!visit.is(same()));
}

#[test]
fn conditions_over_rows_look_at_complete_rows_and_their_cells() {
    let table = json!({ "table": { "columns": [column("item", true, json!({ "text": {} })),
        column("owner", false, json!("person")), column("kind", false, json!({ "choice": { "options": [
            { "id": "tool", "text": t("Tool") }, { "id": "part", "text": t("Part") }] } }))] } });
    let mut visit = run_of(json!([field("list", table)]), json!({}));
    let every = |more: Json| {
        let mut every = json!({ "table": "s.a.list", "column": "kind" });
        every.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "every": every })
    };
    let tools = |n: u32| json!({ "rows": { "table": "s.a.list", "at-least": n, "column": "kind", "value": "tool" } });
    assert!(visit.is(every(json!({}))), "true for no rows");
    visit.row("s.a.list", &[("item", word("saw")), ("kind", word("tool"))]).unwrap();
    visit.row("s.a.list", &[("item", word("fan")), ("kind", word("part"))]).unwrap();
    visit.row("s.a.list", &[("kind", word("tool"))]).unwrap();
    assert!(visit.is(every(json!({}))) && !visit.is(every(json!({ "value": "tool" }))));
    assert!(visit.is(tools(1)) && !visit.is(tools(2)), "a row without an item is not complete");
    visit.row("s.a.list", &[("item", word("drill"))]).unwrap();
    assert!(!visit.is(every(json!({}))), "the drill has no kind");
}

fn other(outcomes: &[&str], closed: bool) -> OtherRun {
    let outcomes = outcomes.iter().map(|one| (*one).to_owned()).collect();
    OtherRun { id: "run-2".into(), procedure: "cutover".into(), outcomes, closed }
}

#[test]
fn a_run_sees_what_other_runs_of_its_work_order_have_reached() {
    let reached = |is: &str| json!({ "outcome": { "of": "cutover", "is": is } });
    let mut visit = bare(&[]);
    assert!(!visit.is(reached("started")));
    assert_eq!(visit.lacks(reached("accepted"))[0].1.as_deref(), Some("run:cutover"));
    visit.around.others = vec![other(&[], false)];
    assert!(visit.is(reached("started")) && !visit.is(reached("accepted")) && !visit.is(reached("closed")));
    visit.around.others.push(other(&["accepted"], true));
    assert!(visit.is(reached("accepted")) && visit.is(reached("closed")), "one of several runs is enough");
}

#[test]
fn an_outcome_stands_in_the_list_line_while_its_condition_holds() {
    let outcome = json!([{ "id": "big", "title": t("Big"),
        "when": { "compare": { "left": "s.a.x", "op": "ge", "right": 10 } } }]);
    let mut visit = run_of(json!([field("x", json!({ "number": {} }))]), json!({ "outcome": outcome }));
    let line =
        |visit: &Visit| visit.ask(|scope| summarise(&visit.record, &visit.library, Some(scope))).unwrap().outcomes;
    assert!(line(&visit).is_empty());
    visit.number("s.a.x", 12.0);
    assert_eq!(line(&visit), ["big"]);
    visit.number("s.a.x", 2.0);
    assert!(line(&visit).is_empty());
    visit.number("s.a.x", 12.0);
    visit.run(&Command::Void { reason: "wrong order".into() }).unwrap();
    assert!(line(&visit).is_empty(), "a run declared void has reached nothing");
}

#[test]
fn a_moment_is_judged_by_the_customers_own_calendar() {
    let hours = ("hours", word("1-5 08:30-12:00 14:00-18:00"));
    let freeze = ("freeze", word("2026-11-28..2026-11-30 year end"));
    let mut visit = bare(&[]).customer(&[hours, ("peak", word("09:00-11:00")), freeze]);
    // The 27th of November 2026 is a Friday.
    let cases = [
        (27, "08:45", [false, true, false]),
        (27, "10:00", [true, true, false]),
        (27, "13:00", [false, false, false]),
        (28, "10:00", [true, false, true]),
        (30, "23:59", [false, false, true]),
    ];
    for (day, time, [peak, working, frozen]) in cases {
        visit.moment("s.a.at", at(day, time));
        assert_eq!(visit.is(json!({ "at-peak": "s.a.at" })), peak, "peak {day} {time}");
        assert_eq!(visit.is(json!({ "working-time": "s.a.at" })), working, "working {day} {time}");
        assert_eq!(visit.is(json!({ "frozen": "s.a.at" })), frozen, "frozen {day} {time}");
    }
    assert!(!bare(&[]).is(json!({ "working-time": "s.a.at" })), "no moment, no working time");
}

#[test]
fn a_window_of_a_limit_may_run_across_midnight() {
    let window = limit("night", json!("clock-window"), Some(json!("22:00-06:00")));
    let inside = || json!({ "inside-window": { "moment": "s.a.at", "window": "limit.night" } });
    let mut visit = bare(&[window]);
    for (time, is) in [("21:59", false), ("22:00", true), ("00:00", true), ("05:59", true), ("06:00", false)] {
        visit.moment("s.a.at", at(21, time));
        assert_eq!(visit.is(inside()), is, "{time}");
    }
}

#[test]
fn how_much_later_is_allowed_may_be_a_limit() {
    let late = || limit("late", json!({ "number": {} }), Some(json!(5)));
    let fields = json!([field("plan", json!("moment")), field("real", json!("moment"))]);
    let later = || json!({ "later": { "moment": "s.a.real", "than": "s.a.plan", "minutes": "limit.late" } });
    let mut visit = run_of(fields, json!({})).limits(&[late()]);
    visit.moment("s.a.plan", at(21, "09:00"));
    visit.moment("s.a.real", at(21, "09:06"));
    assert!(visit.is(later()));
    let visit = visit.company(&[("limit-late", Value::Number(10.0))]);
    assert!(!visit.is(later()));
}
