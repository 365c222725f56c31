//! Blanks: what nobody has set is told at the step that asks for it, and a default stands in for a field left open.

use super::language::{at, column, field, limit, run_of, t, word};
use super::procedure::Visit;
use serde_json::{Value as Json, json};
use sitebook_core::value::Value;
use sitebook_core::work::blanks;

fn told(visit: &Visit) -> Vec<(String, Option<String>)> {
    let needs = visit.ask(|scope| blanks("s.a", scope));
    needs.into_iter().map(|need| (need.words.en.to_string(), need.place)).collect()
}

fn places(visit: &Visit) -> Vec<String> {
    told(visit).into_iter().filter_map(|(_, place)| place).collect()
}

fn number(id: &str) -> Json {
    limit(id, json!({ "number": {} }), None)
}

fn with_deadline() -> Visit {
    let fields = json!([field("from", json!("moment")), field("met", json!("check")), field("off", json!("check"))]);
    let deadline = json!([{ "id": "back", "title": t("Back"), "clause": "T 8", "from": "s.a.from",
        "within": { "days": "limit.period" }, "when": { "not": { "answered": "s.a.off" } },
        "until": { "answered": "s.a.met" }, "step": "s.a" }]);
    run_of(fields, json!({ "deadline": deadline })).limits(&[number("period")])
}

#[test]
fn a_reminder_that_would_never_come_says_what_must_be_set() {
    let mut visit = with_deadline();
    let blank = ("first set “period” in Settings".to_owned(), Some("limit.period".to_owned()));
    assert_eq!(told(&visit), std::slice::from_ref(&blank), "before it begins, so that it is not found out too late");
    visit.moment("s.a.from", at(22, "09:00"));
    assert_eq!(told(&visit), [blank]);
    assert_eq!(visit.due(), [], "nothing is due, silently");
    let mut visit = visit.company(&[("limit-period", Value::Number(30.0))]);
    assert!(told(&visit).is_empty(), "set for the company");
    assert_eq!(visit.due().len(), 1);
    visit.tick("s.a.met").unwrap();
    assert!(told(&visit).is_empty());
}

#[test]
fn what_is_met_or_does_not_apply_asks_for_nothing() {
    let mut visit = with_deadline();
    visit.tick("s.a.met").unwrap();
    assert!(told(&visit).is_empty());
    let mut visit = with_deadline();
    visit.tick("s.a.off").unwrap();
    assert!(told(&visit).is_empty());
    let visit = with_deadline().customer(&[("limit-period", Value::Number(7.0))]);
    assert!(told(&visit).is_empty(), "the customer has one");
}

#[test]
fn readings_and_computed_values_say_it_too_each_limit_once() {
    let series = json!({ "series": { "columns": [column("v", true, json!({ "number": {} }))],
        "every": { "minutes": "limit.interval" }, "from": "s.a.from", "least": { "days": "limit.days" } } });
    let computed = json!({ "computed": { "value": { "product": [{ "number": "limit.days" }, { "number": 2 }] } } });
    let fields = json!([field("from", json!("moment")), field("list", series), field("twice", computed)]);
    let visit = run_of(fields, json!({})).limits(&[number("interval"), number("days")]);
    assert_eq!(places(&visit), ["limit.interval", "limit.days"]);
}

fn gated(needs: Json) -> Visit {
    let step = json!({ "id": "a", "level": "must", "title": t("a"), "clause": "T 1", "capture": [
        field("from", json!("moment")), field("to", json!({ "text": {} })) ],
        "gate": [{ "id": "g", "text": t("g"), "clause": "T 1", "needs": needs }] });
    run_of(json!([]), json!({ "stage": [{ "id": "s", "title": t("s"), "step": [step] }] }))
}

#[test]
fn a_gate_that_passes_only_because_a_calendar_is_blank_says_so() {
    let freeze = || limit("freeze", json!("freeze"), None);
    let needs = json!({ "all": [{ "not": { "frozen": "s.a.from" } }, { "not": { "at-peak": "s.a.from" } }] });
    let visit = gated(needs).limits(&[freeze()]);
    assert_eq!(places(&visit), ["limit.freeze", "customer.peak"]);
    let words: Vec<String> = told(&visit).into_iter().map(|(words, _)| words).collect();
    assert_eq!(words[0], "“freeze” is blank: none are counted");
    assert_eq!(words[1], "the customer's file has no peak hours: none are counted");
    let known = visit.customer(&[("limit-freeze", word("2026-12-31 年终")), ("peak", word("20:00-22:00"))]);
    assert!(told(&known).is_empty(), "the customer's own are known");
}

#[test]
fn a_closed_gate_names_the_setting_itself_even_where_there_are_two_ways() {
    let either =
        json!({ "any": [{ "listed": { "field": "s.a.to", "list": "limit.released" } }, { "answered": "order.kind" }] });
    let released = limit("released", json!("list"), None);
    let visit = gated(either.clone()).limits(&[released]);
    assert!(told(&visit).is_empty(), "not twice");
    let lacks = visit.lacks(either.clone());
    assert_eq!(lacks.len(), 1);
    assert!(lacks[0].0.contains("first set “released” in Settings"), "{lacks:?}");
    assert!(lacks[0].0.contains("fill in “"), "the other way is named too: {lacks:?}");
    assert_eq!(lacks[0].1.as_deref(), Some("limit.released"));
    let visit = visit.with_order("fault");
    assert!(visit.is(either), "the other way passes");
    assert_eq!(places(&visit), ["limit.released"], "and the blank is still told");
}

#[test]
fn a_default_stands_in_for_a_field_that_was_left_open() {
    let identity = |default: Option<&str>| {
        let options = json!([{ "id": "own", "text": t("own") }, { "id": "agreed", "text": t("agreed") }]);
        let mut limit = limit("identity", json!({ "choice": { "options": options } }), default.map(|one| json!(one)));
        limit["stands-for"] = json!("order.identity");
        limit
    };
    let agreed = json!({ "is": { "field": "order.identity", "value": "agreed" } });
    let visit = || run_of(json!([field("x", json!("check"))]), json!({})).limits(&[identity(Some("agreed"))]);
    assert!(visit().is(agreed.clone()), "without an order");
    assert!(visit().with_order("fault").is(agreed.clone()), "the order says nothing");
    let mut said = visit().with_order("fault");
    said.order("identity", word("own"));
    assert!(!said.is(agreed.clone()), "the order's own word counts");
    said.order("identity", Value::EMPTY);
    assert!(said.is(agreed.clone()), "taken out again");
    let own = visit().customer(&[("limit-identity", word("own"))]);
    assert!(!own.is(agreed.clone()), "the customer's default goes before the company's");
    let nothing = run_of(json!([field("x", json!("check"))]), json!({})).limits(&[identity(None)]);
    assert_eq!(nothing.value("order.identity"), None);
    assert_eq!(visit().value("order.kind"), None, "no other field is touched");
}
