//! What a field takes: limits of texts, numbers, moments and names, and what is kept as it was typed.

use super::procedure::{Visit, now};
use sitebook_core::ledger::Change;
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use sitebook_core::work::{Command, Context, Refusal, decide};
use std::collections::BTreeMap;

const WHO: &str = "enter.measure.who";
const VOLT: &str = "enter.measure.volt";

fn number(visit: &mut Visit, number: f64) -> Result<usize, Refusal> {
    visit.set(VOLT, Value::Number(number))
}

#[test]
fn names_of_ten_thousand_characters_are_refused_with_the_count() {
    let mut visit = Visit::signed();
    for name in ["n".repeat(10_000), "名".repeat(10_000), "𠮷".repeat(10_000)] {
        let refusal = visit.text(WHO, &name).unwrap_err();
        assert_eq!(refusal, Refusal::TooLong { max: 80, is: 10_000 });
        assert!(refusal.words().zh.contains("10000") && refusal.words().en.contains("10000"));
    }
    assert_eq!(visit.record.value(WHO), None);
    assert_eq!(visit.sign_with(&"n".repeat(10_000), "r", None), Err(Refusal::TooLong { max: 80, is: 10_000 }));
    let approver = visit.pass("gate:operate:safe", "reason", &"n".repeat(10_000));
    assert_eq!(approver, Err(Refusal::TooLong { max: 80, is: 10_000 }));
}

#[test]
fn text_is_counted_in_characters_and_taken_up_to_the_limit() {
    let mut visit = Visit::signed();
    assert_eq!(visit.text("before.apply.reason", &"故".repeat(20)), Ok(1));
    let refusal = visit.text("before.apply.reason", &"故".repeat(21));
    assert_eq!(refusal, Err(Refusal::TooLong { max: 20, is: 21 }));
    assert_eq!(visit.record.text("before.apply.reason"), Some("故".repeat(20).as_str()));
}

#[test]
fn no_template_allows_more_text_than_a_file_can_carry() {
    let mut visit = Visit::signed();
    assert_eq!(visit.text("before.apply.story", &"长".repeat(20_000)), Ok(1));
    let refusal = visit.text("before.apply.story", &"长".repeat(20_001));
    assert_eq!(refusal, Err(Refusal::TooLong { max: 20_000, is: 20_001 }));
}

#[test]
fn emoji_and_rare_han_characters_are_kept() {
    let mut visit = Visit::signed();
    for name in ["𠮷野家", "👷🏽\u{200d}♀️ 王", "e\u{301}é", "㐀䶿𪜀", "O'Brien-Müller", "ﷺ مرحبا", "<b>&amp;"]
    {
        visit.text(WHO, name).unwrap();
        assert_eq!(visit.record.text(WHO), Some(name));
        let stored: sitebook_core::ledger::Sealed =
            serde_json::from_str(&serde_json::to_string(visit.ops.last().unwrap()).unwrap()).unwrap();
        assert_eq!(Some(&stored), visit.ops.last());
    }
}

#[test]
fn control_characters_are_refused() {
    let mut visit = Visit::signed();
    for name in ["a\0b", "a\u{7}b", "a\u{1b}[31mb", "a\u{85}b", "a\nb", "a\tb"] {
        assert_eq!(visit.text(WHO, name), Err(Refusal::Unprintable), "{name:?}");
    }
    assert_eq!(visit.text("before.apply.story", "line\r\nline\tend"), Ok(1));
    assert_eq!(visit.record.text("before.apply.story"), Some("line\nline\tend"));
}

#[test]
fn characters_that_turn_the_reading_direction_are_refused_in_names() {
    let mut visit = Visit::signed();
    for name in ["a\u{202e}b", "a\u{2066}b"] {
        assert_eq!(visit.text(WHO, name), Err(Refusal::Unprintable), "{name:?}");
    }
}

#[test]
fn blank_text_takes_the_answer_back() {
    let mut visit = Visit::signed();
    visit.text(WHO, "  王 工 ").unwrap();
    assert_eq!(visit.record.text(WHO), Some("王 工"));
    visit.text(WHO, " \u{3000} ").unwrap();
    assert_eq!(visit.record.value(WHO), None);
    assert_eq!(visit.text(WHO, ""), Ok(0), "nothing to take back, nothing written");
}

#[test]
fn numbers_outside_the_range_are_refused_with_the_range() {
    let mut visit = Visit::signed();
    for outside in [-60.1, 0.1, 1e300, -1e300] {
        let refusal = number(&mut visit, outside).unwrap_err();
        assert_eq!(refusal, Refusal::OutOfRange { min: Some(-60.0), max: Some(0.0) });
        assert!(refusal.words().en.contains("-60") && refusal.words().zh.contains("-60"));
    }
    for inside in [-60.0, -48.5, 0.0, -0.0] {
        assert!(number(&mut visit, inside).is_ok(), "{inside}");
    }
}

#[test]
fn not_a_number_and_infinity_are_refused() {
    let mut visit = Visit::signed();
    for none in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(number(&mut visit, none), Err(Refusal::NotANumber));
        assert_eq!(visit.count_out("row-1", none), Err(Refusal::NotANumber));
    }
    assert_eq!(visit.text(VOLT, "-48"), Err(Refusal::NotANumber));
}

#[test]
fn digits_beyond_the_last_place_are_refused() {
    let mut visit = Visit::signed();
    assert_eq!(number(&mut visit, -48.55), Err(Refusal::TooFine { decimals: 1 }));
    assert_eq!(visit.set("enter.measure.stars", Value::Number(2.5)), Err(Refusal::TooFine { decimals: 0 }));
    for tenth in 0..=600 {
        assert!(number(&mut visit, f64::from(-tenth) / 10.0).is_ok(), "{tenth}");
    }
}

#[test]
fn ratings_have_as_many_stars_as_the_norm_says() {
    let mut visit = Visit::signed();
    for stars in [0.0, 6.0, -1.0] {
        let refusal = visit.set("enter.measure.stars", Value::Number(stars));
        assert_eq!(refusal, Err(Refusal::OutOfRange { min: Some(1.0), max: Some(5.0) }));
    }
    assert!(visit.set("enter.measure.stars", Value::Number(5.0)).is_ok());
}

#[test]
fn phone_numbers_have_digits() {
    let mut visit = Visit::signed();
    for phone in ["+86 (0)755-2677 0000 #12", "110", "*100#"] {
        assert!(visit.text("enter.measure.phone", phone).is_ok(), "{phone}");
    }
    for phone in ["call me", "+-()", "１１０"] {
        assert_eq!(visit.text("enter.measure.phone", phone), Err(Refusal::NotAPhone), "{phone}");
    }
}

#[test]
fn only_offered_answers_are_taken() {
    let mut visit = Visit::signed();
    assert!(visit.text("enter.measure.pick", "a").is_ok());
    assert_eq!(visit.text("enter.measure.pick", "b"), Err(Refusal::NotAnAnswer));
    assert_eq!(visit.set("enter.measure.pick", Value::Number(1.0)), Err(Refusal::NotAnAnswer));
}

#[test]
fn answers_of_another_kind_are_refused() {
    let mut visit = Visit::signed();
    for (field, value) in [
        (WHO, Value::Number(1.0)),
        (WHO, Value::Bool(true)),
        ("enter.checks.list.esd", Value::Text("yes".into())),
        ("enter.checks.list", Value::Bool(true)),
        ("enter.checks.list.unknown", Value::Bool(true)),
        ("enter.arrive.at", Value::Moment(now())),
        ("before.apply.sign", Value::Text("王".into())),
        ("before.objects.list", Value::Text("x".into())),
        ("no.such.field", Value::Text("x".into())),
        ("before.apply.reason.more", Value::Text("x".into())),
        ("visit.order", Value::Text("x".into())),
        ("", Value::Text("x".into())),
    ] {
        let before = visit.ops.len();
        assert!(visit.set(field, value.clone()).is_err(), "{field} {value:?}");
        assert_eq!(visit.ops.len(), before);
    }
}

#[test]
fn the_first_values_of_a_new_visit_are_checked_too() {
    let create = |field: &str, value: Value| {
        let json = super::procedure::procedure_json();
        let template = Some(super::procedure::pin(&json).1);
        let values = BTreeMap::from([(field.to_owned(), value)]);
        let kind = sitebook_core::ledger::RecordKind::Visit;
        decide(&Command::Create { kind, number: None, template, values }, &Context::NewVisit, now(), "Li Wei")
    };
    assert_eq!(create("visit.order", Value::Text("order-1".into())).unwrap().len(), 2);
    assert!(create("before.apply.reason", Value::Text("x".into())).is_err());
    assert_eq!(create("visit.order", Value::Number(f64::NAN)), Err(Refusal::NotANumber));
    assert_eq!(create("visit.note", Value::Text("x\0".into())), Err(Refusal::Unprintable));
    assert!(matches!(create("visit.note", Value::Text("x".repeat(10_000))), Err(Refusal::TooLong { .. })));
    assert_eq!(create("visit.plan", Value::Moment(Stamp { at: 0, tz: 0 })), Err(Refusal::NotAMoment));
}

#[test]
fn the_same_answer_again_writes_nothing_unless_it_settles_a_conflict() {
    let mut visit = Visit::signed();
    assert_eq!(visit.text(WHO, "王"), Ok(1));
    assert_eq!(visit.text(WHO, "王"), Ok(0));
    let other = super::device::Phone::new(9).set(WHO, Value::Text("李".into()));
    let change = Change::Set { field: WHO.into(), value: Value::Text("李".into()), was: Vec::new() };
    let mut op = visit.ops[0].op.clone();
    (op.id, op.change) = (other, change);
    visit.record.apply(&op);
    assert!(visit.record.fields[WHO].in_conflict());
    assert_eq!(visit.text(WHO, "王"), Ok(1), "looked at and kept");
    assert!(!visit.record.fields[WHO].in_conflict());
    assert_eq!(visit.record.text(WHO), Some("王"));
}
