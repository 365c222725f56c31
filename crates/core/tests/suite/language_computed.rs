//! Computed values: every expression, what is unknown, and circles that come to an end.

use super::language::{at, column, field, limit, run_of, t, word};
use super::procedure::Visit;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use sitebook_core::value::Value;
use sitebook_core::work::Refusal;

fn run(value: &Json, decimals: u8) -> Visit {
    let table = json!({ "table": { "columns": [
        column("item", true, json!({ "text": {} })), column("price", false, json!({ "number": { "decimals": 2 } })),
    ] } });
    let list = json!({ "verdicts": { "items": [{ "id": "one", "text": t("1") }, { "id": "two", "text": t("2") }] } });
    let number = || json!({ "number": { "decimals": 2 } });
    run_of(
        json!([
            field("x", number()),
            field("y", number()),
            field("from", json!("moment")),
            field("to", json!("moment")),
            field("rows", table),
            field("list", list),
            field("value", json!({ "computed": { "value": value, "decimals": decimals } })),
        ]),
        json!({}),
    )
    .limits(&[limit("five", json!({ "number": {} }), Some(json!(5)))])
}

/// The run with x = 12, y = 5, two rows, one failure, and 25 hours and a half from `from` to `to`.
fn filled(value: &Json, decimals: u8) -> Visit {
    let mut visit = run(value, decimals);
    visit.number("s.a.x", 12.0);
    visit.number("s.a.y", 5.0);
    visit.moment("s.a.from", at(20, "23:30"));
    visit.moment("s.a.to", at(22, "01:00"));
    visit.row("s.a.rows", &[("item", word("fan")), ("price", Value::Number(10.5))]).unwrap();
    visit.row("s.a.rows", &[("item", word("fan")), ("price", Value::Number(4.5))]).unwrap();
    visit.row("s.a.rows", &[("item", word("board"))]).unwrap();
    visit.text("s.a.list.one", "fail").unwrap();
    visit
}

fn gives(value: &Json, decimals: u8) -> Option<f64> {
    filled(value, decimals).value("s.a.value").and_then(|value| value.as_number())
}

fn x() -> Json {
    json!({ "field": "s.a.x" })
}

fn y() -> Json {
    json!({ "field": "s.a.y" })
}

/// A number that nobody has entered.
fn nothing() -> Json {
    json!({ "column-sum": { "table": "s.a.none", "column": "price" } })
}

#[test]
fn every_expression_gives_its_number() {
    let column = json!({ "table": "s.a.rows", "column": "price" });
    let cases = [
        (x(), 12.0),
        (json!({ "number": 7 }), 7.0),
        (json!({ "number": "limit.five" }), 5.0),
        (json!({ "sum": [x(), y(), nothing()] }), 17.0),
        (json!({ "product": [x(), y()] }), 60.0),
        (json!({ "minus": [x(), y(), { "number": 1 }] }), 6.0),
        (json!({ "divide": [x(), y()] }), 2.4),
        (json!({ "min": [x(), y(), nothing()] }), 5.0),
        (json!({ "max": [x(), y(), nothing()] }), 12.0),
        (json!({ "rows": "s.a.rows" }), 3.0),
        (json!({ "rows-where": { "table": "s.a.rows", "column": "item", "value": "fan" } }), 2.0),
        (json!({ "column-sum": column }), 15.0),
        (json!({ "column-average": column }), 7.5),
        (json!({ "minutes-between": ["s.a.from", "s.a.to"] }), 1530.0),
        (json!({ "minutes-between": ["s.a.to", "s.a.from"] }), -1530.0),
        (json!({ "days-between": ["s.a.from", "s.a.to"] }), 2.0),
        (json!({ "fails": "s.a.list" }), 1.0),
        (json!({ "count": ["s.a.x", "s.a.y", "s.a.rows", "s.a.list.two"] }), 2.0),
    ];
    for (expression, number) in cases {
        assert_eq!(gives(&expression, 1), Some(number), "{expression}");
    }
}

#[test]
fn what_is_not_known_is_no_number() {
    let cases = [
        json!({ "field": "s.a.list.one" }),
        json!({ "sum": [nothing(), nothing()] }),
        json!({ "product": [x(), nothing()] }),
        json!({ "minus": [x(), nothing()] }),
        json!({ "divide": [nothing(), x()] }),
        json!({ "divide": [x(), { "minus": [y(), y()] }] }),
        json!({ "min": [] }),
        json!({ "number": "limit.unknown" }),
        json!({ "minutes-between": ["s.a.from", "s.a.never"] }),
        json!({ "minutes-between": ["s.a.from"] }),
        json!({ "column-average": { "table": "s.a.rows", "column": "colour" } }),
    ];
    for expression in cases {
        assert_eq!(gives(&expression, 1), None, "{expression}");
    }
}

#[test]
fn a_computed_value_is_rounded_compared_and_never_typed() {
    let third = json!({ "divide": [{ "number": 2 }, { "number": 3 }] });
    assert_eq!(gives(&third, 2), Some(0.67));
    assert_eq!(gives(&third, 0), Some(1.0));
    let mut visit = filled(&json!({ "sum": [x(), y()] }), 0);
    assert!(visit.is(json!({ "compare": { "left": "s.a.value", "op": "gt", "right": "limit.five" } })));
    assert!(matches!(visit.set("s.a.value", Value::Number(1.0)), Err(Refusal::NoSuchField(_))));
}

#[test]
fn a_value_that_is_computed_from_itself_comes_to_an_end() {
    let circle = json!({ "sum": [{ "field": "s.a.value" }, { "field": "s.a.value" }, { "number": 1 }] });
    let visit = run(&circle, 0);
    let value = visit.value("s.a.value").and_then(|value| value.as_number());
    assert!(value.is_none_or(f64::is_finite), "{value:?}");
}

/// Expressions over two numbers, with what plain arithmetic makes of them.
/// What two numbers give; nothing where they give none.
type Of2 = fn(f64, f64) -> Option<f64>;

fn arithmetic() -> impl Strategy<Value = (Json, Of2)> {
    let cases: Vec<(&str, Of2)> = vec![
        ("sum", |a, b| Some(a + b)),
        ("minus", |a, b| Some(a - b)),
        ("product", |a, b| Some(a * b)),
        ("divide", |a, b| (b != 0.0).then(|| a / b)),
        ("min", |a, b| Some(a.min(b))),
        ("max", |a, b| Some(a.max(b))),
    ];
    proptest::sample::select(cases).prop_map(|(name, plain)| {
        let mut expression = json!({});
        expression[name] = json!([x(), y()]);
        (expression, plain)
    })
}

proptest! {
    #![proptest_config(super::cases(200))]

    #[test]
    fn arithmetic_is_that_of_school((expression, plain) in arithmetic(), a in -9_999..9_999i32, b in -99..99i32) {
        let (a, b) = (f64::from(a) / 100.0, f64::from(b));
        let mut visit = run(&expression, 4);
        visit.number("s.a.x", a);
        visit.number("s.a.y", b);
        let value = visit.value("s.a.value").and_then(|value| value.as_number());
        let wanted = plain(a, b).map(|number| (number * 10_000.0).round() / 10_000.0);
        prop_assert_eq!(value, wanted);
    }
}
