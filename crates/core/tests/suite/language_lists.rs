//! Inspection lists, points and readings: when they are done, what they refuse, what is due next.

use super::language::{at, column, field, limit, run_of, t, word};
use super::procedure::Visit;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use sitebook_core::ledger::RecordKind;
use sitebook_core::print::{BlockView, blank, resolve};
use sitebook_core::template::Form;
use sitebook_core::text::Lang;
use sitebook_core::value::Value;
use sitebook_core::work::{Refusal, StepState, lines_left, lines_of, watch};

const LIST: &str = "s.a.list";

fn inspection() -> Visit {
    let items = json!([
        { "id": "earth", "text": t("Earth"), "unit": t("Ω"), "max": 1.0 },
        { "id": "load", "text": t("Load") },
        { "id": "rack", "text": t("Rack"), "when": { "is": { "field": "order.kind", "value": "upgrade" } } },
    ]);
    run_of(json!([field("list", json!({ "verdicts": { "items": items, "measure": true } }))]), json!({}))
}

#[test]
fn an_inspection_is_done_when_every_shown_item_is_answered_and_every_failure_has_its_finding() {
    let mut visit = inspection();
    visit.text("s.a.list.earth", "fail").unwrap();
    visit.text("s.a.list.load", "na").unwrap();
    assert_eq!(visit.state("s.a"), StepState::Open, "a failure without a finding");
    visit.text("s.a.list.earth.note", "2.4 Ω").unwrap();
    assert_eq!(visit.state("s.a"), StepState::Done);
    let mut upgrade = inspection().with_order("upgrade");
    upgrade.text("s.a.list.earth", "pass").unwrap();
    upgrade.text("s.a.list.load", "pass").unwrap();
    assert_eq!(upgrade.state("s.a"), StepState::Open, "an upgrade has one item more");
}

#[test]
fn an_inspection_passes_without_failures_and_only_when_all_of_it_is_answered() {
    let mut visit = inspection();
    assert!(!visit.is(json!({ "passed": LIST })) && !visit.is(json!({ "failed": LIST })));
    visit.text("s.a.list.earth", "fail").unwrap();
    assert!(visit.is(json!({ "failed": LIST })), "one failure is enough");
    visit.text("s.a.list.earth", "pass").unwrap();
    assert!(!visit.is(json!({ "passed": LIST })), "an item is open");
    visit.text("s.a.list.load", "na").unwrap();
    assert!(visit.is(json!({ "passed": LIST })) && !visit.is(json!({ "failed": LIST })));
}

#[test]
fn an_inspection_takes_its_answers_and_nothing_else() {
    let mut visit = inspection();
    let refuses = |visit: &mut Visit, key: &str, value: Value| visit.set(key, value).unwrap_err();
    assert_eq!(refuses(&mut visit, "s.a.list.earth", word("maybe")), Refusal::NotAnAnswer);
    assert!(matches!(refuses(&mut visit, "s.a.list.water", word("pass")), Refusal::NoSuchField(_)));
    assert!(matches!(refuses(&mut visit, "s.a.list.earth.colour", word("red")), Refusal::NoSuchField(_)));
    assert!(matches!(refuses(&mut visit, LIST, word("pass")), Refusal::NoSuchField(_)));
    assert_eq!(refuses(&mut visit, "s.a.list.earth.value", word("low")), Refusal::NotANumber, "it has limits");
    visit.number("s.a.list.earth.value", 2.4);
    visit.text("s.a.list.load.value", "evenly spread").unwrap();
    assert_eq!(visit.value("s.a.list.earth.value"), Some(Value::Number(2.4)), "what was measured is kept as it is");
}

fn points() -> Visit {
    let items =
        json!([{ "id": "skill", "text": t("Skill"), "of": 60 }, { "id": "manner", "text": t("Manner"), "of": 40 }]);
    run_of(json!([field("list", json!({ "score": { "items": items, "pass": 60 } }))]), json!({}))
}

#[test]
fn points_add_up_to_a_total_that_can_be_compared() {
    let mut visit = points();
    let passed = json!({ "compare": { "left": "s.a.list.total", "op": "ge", "right": 60 } });
    assert_eq!(visit.value("s.a.list.total"), None);
    visit.number("s.a.list.skill", 40.5);
    assert_eq!(visit.value("s.a.list.total"), Some(Value::Number(40.5)));
    assert_eq!(visit.state("s.a"), StepState::Open, "one item has no points");
    visit.number("s.a.list.manner", 20.0);
    assert_eq!(visit.state("s.a"), StepState::Done);
    assert!(visit.is(passed));
}

#[test]
fn nobody_gets_more_points_than_there_are_or_writes_the_total_by_hand() {
    let mut visit = points();
    assert!(matches!(visit.set("s.a.list.skill", Value::Number(61.0)), Err(Refusal::OutOfRange { .. })));
    assert!(matches!(visit.set("s.a.list.skill", Value::Number(-1.0)), Err(Refusal::OutOfRange { .. })));
    assert!(matches!(visit.set("s.a.list.total", Value::Number(100.0)), Err(Refusal::NoSuchField(_))));
}

const READINGS: &str = "s.a.readings";

fn observation(least: &Json) -> Visit {
    let series = json!({ "series": {
        "columns": [column("temperature", true, json!({ "number": {} }))],
        "every": { "minutes": 60 }, "from": "s.a.start", "least": least,
    } });
    run_of(json!([field("start", json!({ "stamp": {} })), field("readings", series)]), json!({}))
}

fn read(visit: &mut Visit, day: u8, time: &str, normal: &str) {
    visit.now = at(day, time);
    let cells = [("at", Value::Moment(at(day, time))), ("normal", word(normal)), ("temperature", Value::Number(24.0))];
    visit.row(READINGS, &cells).unwrap();
}

fn begun(least: &Json) -> Visit {
    let mut visit = observation(least);
    visit.now = at(21, "22:30");
    visit.stamp("s.a.start", at(21, "22:30")).unwrap();
    visit
}

#[test]
fn the_next_reading_is_due_an_interval_after_the_last_also_across_midnight() {
    let mut visit = begun(&json!({ "days": 1 }));
    assert_eq!(visit.due(), [(READINGS.to_owned(), "2026-11-21T23:30".to_owned())]);
    read(&mut visit, 21, "23:40", "yes");
    assert_eq!(visit.due()[0].1, "2026-11-22T00:40");
    read(&mut visit, 22, "00:35", "no");
    assert_eq!(visit.due()[0].1, "2026-11-22T01:35");
}

#[test]
fn an_observation_ends_only_when_it_was_long_enough_and_the_last_reading_is_normal() {
    let mut visit = begun(&json!({ "days": 1 }));
    let observed = || json!({ "observed": READINGS });
    read(&mut visit, 22, "22:29", "yes");
    assert!(!visit.is(observed()), "a minute is missing");
    read(&mut visit, 22, "22:30", "no");
    assert!(!visit.is(observed()), "the last reading is not normal");
    assert_eq!(visit.due().len(), 1, "it goes on");
    read(&mut visit, 22, "23:30", "yes");
    assert!(visit.is(observed()));
    assert_eq!(visit.state("s.a"), StepState::Done);
    assert_eq!(visit.due(), [], "nothing more to read");
    read(&mut visit, 23, "00:30", "no");
    assert!(!visit.is(observed()), "a later reading that is not normal opens it again");
}

#[test]
fn a_reading_that_lacks_a_value_does_not_count() {
    let mut visit = begun(&json!({ "hours": 1 }));
    visit.now = at(21, "23:45");
    visit.row(READINGS, &[("at", Value::Moment(at(21, "23:45"))), ("normal", word("yes"))]).unwrap();
    assert!(!visit.is(json!({ "observed": READINGS })), "the temperature is missing");
}

#[test]
fn an_observation_whose_length_nobody_has_set_does_not_end_and_leads_to_settings() {
    let unset = limit("watch-hours", json!({ "number": {} }), None);
    let mut visit = begun(&json!({ "hours": "limit.watch-hours" })).limits(&[unset]);
    read(&mut visit, 25, "22:30", "yes");
    let observed = || json!({ "observed": READINGS });
    assert!(!visit.is(observed()));
    let lacks = visit.lacks(observed());
    assert_eq!(lacks[0].1.as_deref(), Some("limit.watch-hours"), "{lacks:?}");
    let profile = super::language::record(RecordKind::Profile, &[("limit-watch-hours", Value::Number(72.0))]);
    visit.around.profile = Some(profile);
    assert!(visit.is(observed()), "four days are more than 72 hours");
}

proptest! {
    #![proptest_config(super::cases(200))]

    #[test]
    fn an_observation_is_over_exactly_when_its_latest_reading_is_normal_and_late_enough(
        readings in proptest::collection::vec((0..3_000i64, any::<bool>()), 0..8),
        hours in 1..40i64,
    ) {
        let mut visit = begun(&json!({ "hours": hours }));
        let start = at(21, "22:30").at;
        for (minute, normal) in &readings {
            let moment = sitebook_core::time::Stamp { at: start + minute * 60_000, tz: 480 };
            visit.now = sitebook_core::time::Stamp { at: start + 3_000 * 60_000, tz: 480 };
            let normal = word(if *normal { "yes" } else { "no" });
            visit.row(READINGS, &[("at", Value::Moment(moment)), ("normal", normal), ("temperature", Value::Number(1.0))]).unwrap();
        }
        let last = readings.iter().max_by_key(|(minute, _)| *minute).map(|(minute, _)| *minute);
        let state = visit.ask(|scope| watch(READINGS, scope)).unwrap();
        let latest: Vec<bool> = readings.iter().filter(|(minute, _)| Some(*minute) == last).map(|(_, normal)| *normal).collect();
        let wanted = latest.last() == Some(&true) && last.is_some_and(|minute| minute >= hours * 60);
        prop_assert_eq!(state.done, wanted);
        prop_assert_eq!(state.next.is_none(), wanted);
    }
}

/// A table that works through a list of the company's or the customer's, beside the general list that it replaces.
fn by_lines() -> Visit {
    let columns = json!([
        column("item", true, json!({ "text": {} })),
        column("standard", false, json!({ "text": {} })),
        column("verdict", true, json!({ "choice": { "options": [{ "id": "pass", "text": t("Pass") }] } })),
    ]);
    let table = json!({ "table": { "columns": columns, "min-rows": 1, "lines": "limit.items" } });
    let general = json!({ "verdicts": { "items": [{ "id": "load", "text": t("Load") }] } });
    let step = |id: &str, when: Json, kind: Json| {
        json!({ "id": id, "level": "must", "title": t(id), "clause": "T 1", "when": when,
            "capture": [field("list", kind)] })
    };
    let listed = json!({ "answered": "limit.items" });
    let steps = json!([step("b", json!({ "not": listed }), general), step("a", listed, table)]);
    let more = json!({ "stage": [{ "id": "s", "title": t("s"), "step": steps }] });
    run_of(json!([]), more).limits(&[limit("items", json!("list"), None)])
}

const LINES: &str = " Fans | no odd noise ｜ ear \n\nSwitch over|50 ms\nFans\n| nothing\n";

fn names(visit: &Visit) -> Vec<String> {
    visit.ask(|scope| lines_left(LIST, scope)).iter().map(|line| line.name().to_owned()).collect()
}

#[test]
fn the_lines_of_a_list_are_worked_through_one_by_one() {
    let visit = by_lines();
    assert_eq!(
        (visit.state("s.b"), visit.state("s.a")),
        (StepState::Open, StepState::Hidden),
        "no list: the general one"
    );
    let mut visit = visit.customer(&[("limit-items", word(LINES))]);
    assert_eq!((visit.state("s.b"), visit.state("s.a")), (StepState::Hidden, StepState::Open));
    assert_eq!(names(&visit), ["Fans", "Switch over"], "each once, without blank ones");
    let parts = visit.ask(|scope| lines_of(LIST, scope)).remove(0).parts;
    assert_eq!(parts, ["Fans", "no odd noise", "ear"]);
    visit.row(LIST, &[("item", word("Fans")), ("verdict", word("pass"))]).unwrap();
    assert_eq!(names(&visit), ["Switch over"]);
    assert_eq!(visit.state("s.a"), StepState::Open, "one line is left");
    visit.row(LIST, &[("item", word("Something else")), ("verdict", word("pass"))]).unwrap();
    assert_eq!(visit.state("s.a"), StepState::Open, "more rows stand for no line");
    visit.row(LIST, &[("item", word("Switch over"))]).unwrap();
    assert_eq!(names(&visit), [] as [&str; 0], "it has its row");
    assert_eq!(visit.state("s.a"), StepState::Open, "without a verdict the row does not count");
    visit.row(LIST, &[("item", word("Switch over")), ("verdict", word("pass"))]).unwrap();
    assert_eq!(visit.state("s.a"), StepState::Done);
}

#[test]
fn a_list_that_grows_opens_the_step_again() {
    let mut visit = by_lines().company(&[("limit-items", word("Fans"))]);
    visit.row(LIST, &[("item", word("Fans")), ("verdict", word("pass"))]).unwrap();
    assert_eq!(visit.state("s.a"), StepState::Done, "the company's list");
    let visit = visit.customer(&[("limit-items", word("Fans\nSwitch over"))]);
    assert_eq!(visit.state("s.a"), StepState::Open, "the customer's own goes before it");
}

#[test]
fn paper_shows_the_list_that_was_used_and_not_the_other() {
    let form = json!({ "schema": 1, "id": "F-1", "version": 1, "title": t("F"), "summary": t("-"), "sources": ["T"],
        "keep": t("-"), "block": [
            { "verdicts": { "title": t("General"), "from": "s.b.list" } },
            { "table": { "title": t("Own"), "from": LIST, "columns": [{ "label": t("Item"), "column": "item", "width": 1 }],
                "min-lines": 2 } },
        ] });
    let form: Form = serde_json::from_value(form).unwrap();
    let titles = |visit: &Visit| -> Vec<String> {
        let view = visit.ask(|scope| resolve(&form, Lang::En, scope));
        let title = |block: &BlockView| match block {
            BlockView::Table { title, .. } => title.clone(),
            _ => String::new(),
        };
        view.blocks.iter().map(title).collect()
    };
    let visit = by_lines();
    assert_eq!(titles(&visit), ["General"]);
    let blank_paper = blank(&form, Lang::En, &visit.library, &visit.procedure);
    assert_eq!(blank_paper.blocks.len(), 1, "a blank paper knows of no customer");
    let visit = visit.customer(&[("limit-items", word("Fans"))]);
    assert_eq!(titles(&visit), ["Own"], "before anything is answered, too");
}
