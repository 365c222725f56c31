//! What the norms ask before and during the operation: signature, companion, backup, ESD, the night window, the log
//! of data, the call to both heads.

use crate::norm::{Lack, Norm, Tap, take, undo};
use crate::phone::Phone;
use crate::world::moment;
use crate::{common, hard};
use sitebook_core::value::Value;
use sitebook_core::work::{Command, Due, Refusal, Run, StepState, Target, deadlines};

fn start(rule: &'static str, gate: &'static str, clause: &'static str) -> Norm {
    Norm { rule, gate, clause, tap: Tap::Fact("operate.start.at") }
}

fn state(phone: &Phone, path: &str) -> StepState {
    let (stage, _) = path.split_once('.').unwrap();
    phone.ask(|scope| {
        let step = scope.procedure.step(path).unwrap();
        let stage = scope.procedure.stage(stage).unwrap();
        Run::new(scope).step(stage, step).state
    })
}

#[test]
fn operation_is_refused_until_customer_signed_application() {
    let norm = start("R-008", "gate:operate.start:signed", "ZTE 6.3.6");
    norm.waits_for(
        &common::complete(),
        &[Lack::Fact("apply.sign.sign"), Lack::Other("apply.application.operation", "另一件事")],
    );
}

#[test]
fn a_visit_that_only_looks_needs_no_application() {
    let mut phone = common::complete();
    phone.withdraws("operate.start.at");
    phone.says("apply.need.operate", "no");
    for path in ["apply.application", "apply.sign", "backup.made", "operate.start"] {
        assert_eq!(state(&phone, path), StepState::Hidden, "{path}");
    }
}

#[test]
fn operation_is_refused_until_a_companion_is_named() {
    let norm = start("R-009", "gate:operate.start:companion", "ZTE 6.3.6; XXIT 4.2");
    norm.waits_for(&common::complete(), &[Lack::Value("apply.application.companion")]);
}

#[test]
fn operation_is_refused_until_a_backup_is_made_and_checked() {
    let norm = start("R-006", "gate:operate.start:backup", "ZTE 6.3.9");
    norm.waits_for(
        &common::complete(),
        &[
            Lack::Value("backup.made.what"),
            Lack::Value("backup.made.place"),
            Lack::Value("backup.made.checked"),
            Lack::Fact("backup.made.at"),
        ],
    );
}

#[test]
fn hardware_is_touched_after_an_esd_measure_only() {
    let norm = start("R-018", "gate:operate.start:esd", "ZTE 6.3.7");
    norm.waits_for(&common::complete(), &[Lack::Value("backup.esd.measure")]);
    let mut phone = common::complete();
    undo(&mut phone, norm.tap);
    phone.sets("backup.esd.measure", Value::EMPTY);
    phone.says("apply.need.hardware", "no");
    assert_eq!(norm.shows(&phone), None, "no hardware, no measure");
}

#[test]
fn the_application_is_signed_with_a_plan_for_the_way_back_only() {
    let norm = Norm {
        rule: "R-015",
        gate: "gate:apply.sign:rollback",
        clause: "ZTE 5.5.1",
        tap: Tap::Fact("apply.sign.sign"),
    };
    norm.waits_for(&common::complete(), &[Lack::Value("prepare.plan.backup"), Lack::Value("prepare.plan.rollback")]);
}

/// A major operation on a system in normal service, planned for a moment of the 22nd and not yet started.
fn major(service: &str, from: &str) -> Phone {
    let mut phone = common::complete();
    phone.withdraws("operate.start.at");
    phone.says("apply.need.major", "yes");
    phone.says("apply.need.service", service);
    phone.sets("apply.application.from", Value::Moment(moment(22, from)));
    phone
}

#[test]
fn a_major_operation_in_normal_service_is_planned_after_midnight() {
    let norm = start("R-001", "gate:operate.start:window", "ZTE 6.3.9");
    for (from, outside) in [("23:59", true), ("00:00", false), ("05:59", false), ("06:00", true), ("14:00", true)] {
        let mut phone = major("normal", from);
        assert_eq!(norm.shows(&phone).is_some(), outside, "planned at {from}");
        if outside {
            let tap = phone.stamp("operate.start.at");
            norm.refuses(&mut phone, tap);
        }
    }
    assert_eq!(norm.shows(&major("down", "14:00")), None, "restore at once");
    let mut ordinary = major("normal", "14:00");
    ordinary.says("apply.need.major", "no");
    assert_eq!(norm.shows(&ordinary), None, "an ordinary operation");
}

#[test]
fn a_major_operation_in_normal_service_really_starts_after_midnight() {
    let norm = Norm {
        rule: "R-001",
        gate: "gate:operate.log:window",
        clause: "ZTE 6.3.9",
        tap: Tap::Value("operate.log.list"),
    };
    for (day, time, outside) in [(21, "23:59", true), (22, "00:00", false), (22, "06:00", true)] {
        let mut phone = major("normal", "00:30");
        take(&mut phone, Lack::Rows("operate.log.list"));
        // The customer's signature and the consents are not what is tried here.
        for gate in ["signed", "consents"] {
            phone.passes(&format!("gate:operate.start:{gate}"), "客户主管电话同意。", "陈志远");
        }
        let (field, at) = ("operate.start.at".to_owned(), moment(day, time));
        phone.does(Command::Stamp { field, at, by_hand: true });
        assert_eq!(norm.shows(&phone).is_some(), outside, "{day}. {time}");
    }
}

#[test]
fn a_gate_is_passed_with_a_reason_and_a_named_approver_and_that_stays_on_the_record() {
    let norm = start("R-001", "gate:operate.start:window", "ZTE 6.3.9");
    let mut phone = major("normal", "14:00");
    let target = Target::parse(norm.gate).unwrap();
    for (reason, approver, refusal) in
        [("", "陈志远", Refusal::ReasonMissing), ("客户主管同意", " ", Refusal::NameMissing)]
    {
        let (target, reason, approver) = (target.clone(), reason.to_owned(), approver.to_owned());
        let command = Command::Override { target, reason, approver };
        assert_eq!(phone.tries(command), Err(refusal));
    }
    phone.passes(norm.gate, "客户主管电话同意。", "陈志远");
    assert_eq!(norm.shows(&phone), None);
    let deviations = phone.ask(|scope| Run::new(scope).deviations());
    assert_eq!(deviations.len(), 1);
    assert_eq!(deviations[0].clause, norm.clause);
}

#[test]
fn a_major_operation_needs_the_written_consent_of_both_heads() {
    for (rule, lacks) in [
        ("R-003", [Lack::Value("apply.major.office"), Lack::Fact("apply.major.office-at")]),
        ("R-004", [Lack::Value("apply.major.product"), Lack::Value("apply.major.written")]),
        ("R-005", [Lack::Value("apply.major.standby"), Lack::Value("apply.major.notice")]),
    ] {
        let norm = start(rule, "gate:operate.start:consents", "ZTE 6.5.2; ZTE 6.5.3; ZTE 6.5.4");
        norm.waits_for(&hard::complete(), &lacks);
    }
}

#[test]
fn closing_waits_for_the_record_of_data_that_was_changed() {
    let norm = Norm { rule: "R-007", gate: "close:data-log", clause: "ZTE 6.3.9", tap: Tap::Close };
    norm.waits_for(&hard::complete(), &[Lack::Rows("operate.data.list")]);
    let mut phone = common::complete();
    assert_eq!(norm.shows(&phone), None, "nothing changed");
    phone.says("operate.data.changed", "yes");
    norm.refuses(&mut phone, Command::Close);
    let text = |words| Value::text(words);
    phone.adds(
        "operate.data.list",
        &[
            ("object", text("VLAN")),
            ("old", text("1")),
            ("new", text("2")),
            ("at", Value::Moment(phone.now())),
            ("operator", text("林晓峰")),
            ("verified", Value::Bool(false)),
        ],
    );
    assert!(norm.shows(&phone).is_some(), "not verified");
}

fn clock(phone: &Phone) -> Option<Due> {
    let due = phone.ask(deadlines).into_iter();
    due.into_iter().find(|due| due.id == "critical-notify")
}

#[test]
fn the_fifteen_minute_clock_stops_only_when_both_heads_are_told() {
    const MINUTE: i64 = 60_000;
    let whole = hard::complete();
    assert_eq!(clock(&whole), None);
    for [first, second] in
        [["apply.notify.product-at", "apply.notify.office-at"], ["apply.notify.office-at", "apply.notify.product-at"]]
    {
        let mut phone = whole.clone();
        let found = phone.visit.stamp("apply.notify.found").unwrap().at;
        let (one, two) = (undo(&mut phone, Tap::Fact(first)), undo(&mut phone, Tap::Fact(second)));
        let due = clock(&phone).unwrap();
        assert_eq!((due.from, due.at), (found, found + 15 * MINUTE));
        assert!(due.clock && due.step == "apply.notify" && due.clause == "ZTE 6.5.1");
        assert!(!due.is_overdue(found + 15 * MINUTE) && due.is_overdue(found + 15 * MINUTE + 1));
        phone.does(one);
        assert_eq!(clock(&phone), Some(due), "one head is told");
        phone.does(two);
        assert_eq!(clock(&phone), None);
    }
}

#[test]
fn a_head_is_not_told_before_the_problem_was_found() {
    let mut phone = hard::complete();
    phone.withdraws("apply.notify.office-at");
    let (field, at) = ("apply.notify.office-at".to_owned(), moment(21, "10:42"));
    let early = phone.tries(Command::Stamp { field, at, by_hand: true });
    assert!(matches!(early, Err(Refusal::TooEarly { .. })), "{early:?}");
}

#[test]
fn without_a_critical_problem_no_clock_runs() {
    let mut phone = common::complete();
    assert_eq!(clock(&phone), None);
    phone.says("apply.critical.found", "yes");
    assert_eq!(clock(&phone), None, "the discovery is not stamped yet");
    phone.stamps("apply.notify.found");
    assert!(clock(&phone).is_some());
    phone.says("apply.critical.found", "no");
    assert_eq!(clock(&phone), None, "a false alarm");
}

#[test]
fn closing_waits_until_both_heads_were_told() {
    let norm = Norm { rule: "R-066", gate: "close:notified", clause: "ZTE 6.5.1", tap: Tap::Close };
    norm.waits_for(
        &hard::complete(),
        &[
            Lack::Fact("apply.notify.found"),
            Lack::Value("apply.notify.product"),
            Lack::Fact("apply.notify.product-at"),
            Lack::Value("apply.notify.office"),
            Lack::Fact("apply.notify.office-at"),
        ],
    );
    assert_eq!(norm.shows(&common::complete()), None);
}

#[test]
fn new_wishes_of_the_customer_go_to_headquarters_and_wait_for_the_answer() {
    let mut phone = common::complete();
    assert_eq!(state(&phone, "operate.scope"), StepState::Done);
    phone.says("operate.scope.state", "new");
    assert_eq!(phone.next().as_deref(), Some("operate.scope"));
    phone.says("operate.scope.what", "顺带扩容");
    phone.accepts("operate.scope.hq");
    phone.stamps("operate.scope.at");
    assert_eq!(state(&phone, "operate.scope"), StepState::Open);
    phone.picks("operate.scope.answer", 1);
    assert_eq!(state(&phone, "operate.scope"), StepState::Done);
    assert_eq!(phone.next(), None);
}
