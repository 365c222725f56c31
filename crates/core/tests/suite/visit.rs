//! Running a norm: gates, what is missing and where, what applies, what is due.

use super::procedure::{Visit, minutes, now, procedure_json};
use serde_json::{Value as Json, json};
use sitebook_core::template::Predicate;
use sitebook_core::value::Value;
use sitebook_core::work::{Refusal, Run, StepState, deadlines, holds, needs_of};
use std::time::Instant;

const NONE: [i64; 0] = [];

fn predicate(json: Json) -> Predicate {
    serde_json::from_value(json).unwrap()
}

fn true_now(visit: &Visit, json: Json) -> bool {
    visit.ask(|scope| holds(&predicate(json), scope))
}

/// What is missing, in Chinese and English.
fn words(visit: &Visit, json: Json) -> Vec<(String, String)> {
    let needs = visit.ask(|scope| needs_of(&predicate(json), scope));
    needs.into_iter().map(|need| (need.words.zh.into_owned(), need.words.en.into_owned())).collect()
}

fn due(visit: &Visit) -> Vec<i64> {
    visit.ask(|scope| deadlines(scope).iter().map(|due| due.at).collect())
}

#[test]
fn operation_is_refused_until_customer_signed_application() {
    let mut visit = Visit::begin();
    visit.text("before.apply.reason", "掉话").unwrap();
    let refusal = visit.stamp("enter.arrive.at", now()).unwrap_err();
    let Refusal::Gates(gates) = &refusal else { panic!("{refusal:?}") };
    assert_eq!((gates[0].target.as_str(), gates[0].clause.as_str()), ("gate:enter:signed", "T 6.3.6"));
    assert_eq!(gates[0].needs[0].place.as_deref(), Some("before.apply.sign"));
    assert!(refusal.words().en.contains("Needs: application signed by the customer"));
    assert_eq!(visit.state("enter.arrive"), StepState::Locked);
    visit.sign("王主任").unwrap();
    assert_eq!(visit.state("enter.arrive"), StepState::Open);
    assert!(visit.stamp("enter.arrive.at", now()).is_ok());
}

#[test]
fn a_gate_in_front_of_a_step_holds_only_that_step() {
    let mut visit = Visit::signed();
    assert_eq!(visit.state("enter.checks"), StepState::Locked);
    assert_eq!(visit.state("enter.measure"), StepState::Open);
    assert!(matches!(visit.tick("enter.checks.list.esd"), Err(Refusal::Gates(_))));
    visit.stamp("enter.arrive.at", now()).unwrap();
    assert!(visit.tick("enter.checks.list.esd").is_ok());
}

#[test]
fn a_checklist_is_done_when_every_item_that_applies_is_ticked() {
    for (kind, items) in [("fault", ["esd"].as_slice()), ("upgrade", &["esd", "backup"])] {
        let mut visit = Visit::signed().with_order(kind);
        visit.stamp("enter.arrive.at", now()).unwrap();
        for item in items {
            assert_eq!(visit.state("enter.checks"), StepState::Open, "{kind} before {item}");
            visit.tick(&format!("enter.checks.list.{item}")).unwrap();
        }
        assert_eq!(visit.state("enter.checks"), StepState::Done, "{kind}");
        visit.set("enter.checks.list.esd", Value::Bool(false)).unwrap();
        assert_eq!(visit.state("enter.checks"), StepState::Open, "{kind}");
    }
}

#[test]
fn a_step_that_does_not_apply_holds_nothing_up() {
    let mut json = procedure_json();
    json["stage"][1]["step"][1]["when"] = json!({ "is": { "field": "order.kind", "value": "upgrade" } });
    let mut visit = Visit::of(&json).with_order("fault");
    assert_eq!(visit.state("enter.checks"), StepState::Hidden);
    assert!(true_now(&visit, json!({ "done": "enter.checks" })));
    visit = visit.with_order("upgrade");
    assert_ne!(visit.state("enter.checks"), StepState::Hidden);
    assert!(!true_now(&visit, json!({ "done": "enter.checks" })));
}

#[test]
fn the_next_step_is_the_first_binding_one_that_is_open() {
    let next = |visit: &Visit| {
        visit.ask(|scope| Run::new(scope).next().map(|(stage, step)| format!("{}.{}", stage.id, step.id)))
    };
    let mut visit = Visit::begin();
    assert_eq!(next(&visit).as_deref(), Some("before.objects"));
    visit = Visit::signed();
    assert_eq!(next(&visit).as_deref(), Some("enter.arrive"));
    visit.stamp("enter.arrive.at", now()).unwrap();
    visit.tick("enter.checks.list.esd").unwrap();
    assert_eq!(next(&visit).as_deref(), Some("operate.do"), "what should be done does not hold it up");
    visit.tick("operate.do.done").unwrap();
    assert_eq!(next(&visit).as_deref(), Some("leave.leave"));
}

#[test]
fn everything_is_counted_back_when_out_equals_in_in_every_row() {
    let tallied = json!({ "tallied": "leave.leave.tally" });
    let mut visit = Visit::signed();
    assert!(!true_now(&visit, tallied.clone()));
    visit.count_out("row-1", 1.0).unwrap();
    visit.count_out("row-2", 3.0).unwrap();
    assert!(!true_now(&visit, tallied.clone()), "one too many");
    visit.count_out("row-2", 2.0).unwrap();
    assert!(true_now(&visit, tallied.clone()));
    visit.add("row-3", "梯子", 1.0).unwrap();
    assert!(!true_now(&visit, tallied));
    assert!(matches!(visit.count_out("row-3", -1.0), Err(Refusal::OutOfRange { .. })));
}

#[test]
fn deadlines_start_with_the_stamp_and_stop_when_met() {
    let mut visit = Visit::signed();
    assert_eq!(due(&visit), NONE);
    visit.stamp("enter.arrive.at", now()).unwrap();
    assert_eq!(due(&visit), [minutes(30).at]);
    let list = visit.ask(deadlines);
    assert!(!list[0].is_overdue(minutes(30).at) && list[0].is_overdue(minutes(30).at + 1));
    assert_eq!(list[0].step, "operate.do");
    visit.stamp("enter.arrive.at", minutes(-10)).unwrap();
    assert_eq!(due(&visit), [minutes(20).at], "a corrected stamp moves it");
    visit.tick("enter.checks.list.esd").unwrap();
    visit.tick("operate.do.done").unwrap();
    assert_eq!(due(&visit), NONE);
    visit.set("operate.do.done", Value::EMPTY).unwrap();
    assert_eq!(due(&visit), [minutes(20).at]);
    let fact = visit.record.facts["enter.arrive.at"].iter().map(|fact| fact.touch.op.clone()).collect::<Vec<_>>();
    for fact in fact {
        visit.run(&sitebook_core::work::Command::Withdraw { fact }).unwrap();
    }
    assert_eq!(due(&visit), NONE, "without its beginning it does not run");
}

#[test]
fn a_void_visit_has_no_deadlines() {
    let mut visit = Visit::signed();
    visit.stamp("enter.arrive.at", now()).unwrap();
    visit.run(&sitebook_core::work::Command::Void { reason: "重复建单".into() }).unwrap();
    assert_eq!(due(&visit), NONE);
}

#[test]
fn what_is_missing_is_said_in_both_languages() {
    let visit = Visit::begin().with_order("fault");
    for (asked, zh, en) in [
        (json!({ "done": "enter.checks" }), "完成“checks（中）”", "finish “checks”"),
        (json!({ "done": "enter" }), "完成“Enter（中）”", "finish “Enter”"),
        (json!({ "answered": "before.apply.reason" }), "填写“apply（中） · Reason（中）”", "fill in “apply · Reason”"),
        (json!({ "answered": "customer.name" }), "填写“名称”", "fill in “Name”"),
        (
            json!({ "signed": "before.apply.sign" }),
            "“apply（中） · Signature（中）”签字",
            "the signature “apply · Signature”",
        ),
        (
            json!({ "is": { "field": "order.kind", "value": "upgrade" } }),
            "“类型”为“升级”",
            "“Kind of work” is “Upgrade”",
        ),
        (
            json!({ "one-of": { "field": "order.kind", "values": ["upgrade", "x"] } }),
            "“类型”为“升级或x”",
            "“Kind of work” is “Upgrade or x”",
        ),
        (
            json!({ "compare": { "left": "enter.measure.volt", "op": "le", "right": -43.2 } }),
            "“measure（中） · Voltage（中）”不大于 -43.2",
            "“measure · Voltage” at most -43.2",
        ),
        (
            json!({ "before": { "first": "enter.arrive.at", "then": "leave.leave.at" } }),
            "“arrive（中） · Time（中）”不晚于“leave（中） · Time（中）”",
            "“arrive · Time” not after “leave · Time”",
        ),
        (
            json!({ "later": { "moment": "leave.leave.at", "than": "enter.arrive.at", "minutes": 30 } }),
            "“leave（中） · Time（中）”比“arrive（中） · Time（中）”晚 30 分钟以上",
            "“leave · Time” more than 30 min after “arrive · Time”",
        ),
        (
            json!({ "inside-window": { "moment": "enter.arrive.at", "from": "00:00", "to": "06:00" } }),
            "“arrive（中） · Time（中）”在 00:00–06:00 之间",
            "“arrive · Time” within 00:00–06:00",
        ),
        (
            json!({ "rows": { "table": "before.objects.list", "at-least": 2 } }),
            "“objects（中） · List（中）”至少 2 条",
            "at least 2 in “objects · List”",
        ),
        (
            json!({ "not": { "is": { "field": "order.kind", "value": "fault" } } }),
            "不出现：“类型”为“故障”",
            "not: “Kind of work” is “Fault”",
        ),
    ] {
        assert_eq!(words(&visit, asked), [(zh.to_owned(), en.to_owned())]);
    }
    let counted = Visit::signed();
    let expected =
        ("“leave（中） · Count（中）”全部清点一致".to_owned(), "everything counted back in “leave · Count”".to_owned());
    assert_eq!(words(&counted, json!({ "tallied": "leave.leave.tally" })), [expected]);
}

#[test]
fn of_several_needs_only_the_missing_ones_are_named_and_of_alternatives_all() {
    let visit = Visit::signed();
    let reason = json!({ "answered": "before.apply.reason" });
    let arrive = json!({ "answered": "enter.arrive.at" });
    let leave = json!({ "answered": "leave.leave.at" });
    let missing = words(&visit, json!({ "all": [reason, arrive, leave] }));
    assert_eq!(missing.len(), 2);
    let either = words(&visit, json!({ "any": [arrive, leave] }));
    assert_eq!(either[0].1, "fill in “arrive · Time”, or fill in “leave · Time”");
    assert_eq!(words(&visit, json!({ "any": [reason, leave] })).len(), 0);
}

#[test]
fn a_changed_paper_asks_for_a_new_signature_in_words() {
    let mut visit = Visit::signed();
    visit.text("before.apply.reason", "改了").unwrap();
    let words = words(&visit, json!({ "signed": "before.apply.sign" }));
    assert!(words[0].0.contains("需重新签字") && words[0].1.contains("changed after signing"));
}

#[test]
fn a_gate_once_passed_locks_again_when_its_signature_goes_stale() {
    let mut visit = Visit::signed();
    visit.text("before.apply.reason", "改了").unwrap();
    assert_eq!(visit.state("enter.arrive"), StepState::Locked);
    assert!(matches!(visit.stamp("enter.arrive.at", now()), Err(Refusal::Gates(_))));
    visit.sign("王主任").unwrap();
    assert!(visit.stamp("enter.arrive.at", now()).is_ok());
}

#[test]
fn moments_are_compared_in_time_whatever_their_offsets() {
    let mut visit = Visit::signed();
    visit.now = minutes(120);
    visit.stamp("enter.arrive.at", now()).unwrap();
    let mut utc = minutes(45);
    utc.tz = 0;
    visit.stamp("leave.leave.at", utc).unwrap();
    let later = |minutes: u32| json!({ "later": { "moment": "leave.leave.at", "than": "enter.arrive.at", "minutes": minutes } });
    assert!(true_now(&visit, later(44)) && !true_now(&visit, later(45)));
    let window =
        |from: &str, to: &str| json!({ "inside-window": { "moment": "enter.arrive.at", "from": from, "to": to } });
    assert!(true_now(&visit, window("12:00", "12:01")) && !true_now(&visit, window("11:00", "12:00")));
    assert!(true_now(&visit, window("22:00", "13:00")), "across midnight");
    assert!(!true_now(&visit, window("x", "25:00")));
}

/// So many stages of so many open steps, each stage in front of the one before.
fn chain(stages: usize, steps: usize) -> Json {
    let mut json = procedure_json();
    let title = json!({ "zh": "阶段", "en": "stage" });
    let stage = |n: usize| {
        let step = |m: usize| {
            json!({ "id": format!("t{m}"), "level": "must", "title": title, "clause": "T",
            "capture": [{ "id": "done", "label": title, "kind": "check" }] })
        };
        let mut stage =
            json!({ "id": format!("s{n}"), "title": title, "step": (0..steps).map(step).collect::<Vec<_>>() });
        if n > 0 {
            stage["gate"] =
                json!([{ "id": "g", "text": title, "clause": "T", "needs": { "done": format!("s{}", n - 1) } }]);
        }
        stage
    };
    json["stage"] = (0..stages).map(stage).collect();
    json["deadline"] = json!([]);
    json["close"] = json!([]);
    json
}

#[test]
fn a_long_norm_in_which_each_stage_waits_for_the_one_before_is_looked_through_at_once() {
    let mut visit = Visit::of(&chain(40, 8));
    let begun = Instant::now();
    assert_eq!(visit.state("s39.t0"), StepState::Locked);
    assert!(visit.tick("s39.t0.done").is_err());
    let all: usize = visit.ask(|scope| {
        let run = Run::new(scope);
        visit.procedure.stages.iter().map(|stage| run.stage(stage).total).sum()
    });
    assert_eq!(all, 320);
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    for step in 0..8 {
        visit.tick(&format!("s0.t{step}.done")).unwrap();
    }
    assert_eq!(visit.state("s1.t0"), StepState::Open);
}

#[test]
fn conditions_that_go_round_in_circles_end() {
    let mut json = chain(1, 2);
    let never = json!({ "answered": "s0.t0.nothing" });
    let ask = |step: &str| json!({ "all": [{ "not": { "done": step } }, never] });
    json["stage"][0]["step"][0]["when"] = json!({ "any": vec![ask("s0.t1"); 60] });
    json["stage"][0]["step"][1]["when"] = json!({ "not": { "any": vec![ask("s0.t0"); 60] } });
    let visit = Visit::of(&json);
    let begun = Instant::now();
    let _ = visit.state("s0.t0");
    let _ = visit.state("s0.t1");
    let _ = true_now(&visit, json!({ "any": vec![ask("s0.t0"); 50] }));
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}
