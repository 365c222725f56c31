//! Overrides, closing, reopening and voiding: nothing is physically blocked, everything is on the record.

use super::procedure::{ENGINEER, Visit, library, now};
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{FactKind, Record, RecordKind, State};
use sitebook_core::value::Value;
use sitebook_core::work::{Command, Context, Refusal, Run, StepState, Target, decide};
use std::collections::BTreeMap;

fn deviations(visit: &Visit) -> Vec<(String, String)> {
    visit.ask(|scope| {
        let list = Run::new(scope).deviations().into_iter();
        list.map(|deviation| (deviation.what.en.into_owned(), deviation.clause)).collect()
    })
}

/// A visit with all done but the leaving.
fn at_the_door() -> Visit {
    let mut visit = Visit::signed();
    visit.stamp("enter.arrive.at", now()).unwrap();
    visit.tick("enter.checks.list.esd").unwrap();
    visit.tick("operate.do.done").unwrap();
    visit
}

fn closed() -> Visit {
    let mut visit = at_the_door();
    visit.stamp("leave.leave.at", now()).unwrap();
    visit.count_out("row-1", 1.0).unwrap();
    visit.count_out("row-2", 2.0).unwrap();
    visit.sign_report().unwrap();
    visit.run(&Command::Close).unwrap();
    visit
}

#[test]
fn an_override_needs_reason_and_approver_and_shows_as_deviation() {
    let mut visit = Visit::begin();
    let gate = "gate:enter:signed";
    assert_eq!(visit.pass(gate, "", "主任"), Err(Refusal::ReasonMissing));
    assert_eq!(visit.pass(gate, " 急 ", "主任"), Err(Refusal::ReasonMissing), "one character is no reason");
    assert_eq!(visit.pass(gate, "断站抢修", "  "), Err(Refusal::NameMissing));
    assert!(matches!(visit.pass(gate, &"长".repeat(501), "主任"), Err(Refusal::TooLong { max: 500, is: 501 })));
    assert_eq!(deviations(&visit).len(), 0);
    assert_eq!(visit.pass(gate, "断站抢修", "值班主任"), Ok(1));
    assert_eq!(visit.state("enter.arrive"), StepState::Open);
    let expected = ("application signed by the customer".to_owned(), "T 6.3.6".to_owned());
    assert_eq!(deviations(&visit), [expected]);
    let fact = visit.record.override_of(gate).unwrap();
    assert_eq!(fact.touch.actor, ENGINEER);
    let FactKind::Override { reason, approver } = &fact.kind else { panic!("{fact:?}") };
    assert_eq!((reason.as_str(), approver.as_str()), ("断站抢修", "值班主任"));
}

#[test]
fn an_override_taken_back_locks_the_gate_again() {
    let mut visit = Visit::begin();
    visit.pass("gate:enter:signed", "断站抢修", "值班主任").unwrap();
    let fact = visit.record.override_of("gate:enter:signed").unwrap().touch.op.clone();
    visit.run(&Command::Withdraw { fact }).unwrap();
    assert_eq!(visit.state("enter.arrive"), StepState::Locked);
    assert_eq!(deviations(&visit).len(), 0);
}

#[test]
fn only_a_gate_or_step_of_the_norm_can_be_overridden() {
    let mut visit = Visit::begin();
    for target in [
        "gate:nowhere:signed",
        "gate:enter:unsigned",
        "gate:enter.checks:away",
        "gate:enter.nothing:here",
        "step:enter.nothing",
        "close:nothing",
    ] {
        assert!(visit.pass(target, "because", "值班主任").is_err(), "{target}");
    }
    for target in ["gate:enter:signed", "gate:enter.checks:here", "step:enter.checks", "close:left"] {
        assert_eq!(visit.pass(target, "because", "值班主任"), Ok(1), "{target}");
    }
    assert_eq!(deviations(&visit).len(), 4, "each of them shows");
}

#[test]
fn targets_read_as_they_are_written() {
    for text in ["gate:enter:signed", "gate:enter.checks:here", "step:enter.checks", "close:left"] {
        assert_eq!(Target::parse(text).unwrap().to_string(), text);
    }
    for text in ["", "gate:", "gate:enter", "door:x", "step:a:b", "close:a:b"] {
        assert_eq!(Target::parse(text), None, "{text}");
    }
}

#[test]
fn a_step_left_out_with_approval_counts_and_shows() {
    let mut visit = Visit::signed();
    visit.stamp("enter.arrive.at", now()).unwrap();
    visit.pass("step:enter.checks", "没有防静电手环", "值班主任").unwrap();
    assert_eq!(visit.state("enter.checks"), StepState::LeftOut);
    assert_eq!(visit.state("operate.do"), StepState::Open);
    assert_eq!(deviations(&visit), [("checks".to_owned(), "T 1".to_owned())]);
}

#[test]
fn closing_is_refused_until_everything_is_carried_out() {
    let mut visit = at_the_door();
    let refusal = visit.run(&Command::Close).unwrap_err();
    let Refusal::Gates(gates) = &refusal else { panic!("{refusal:?}") };
    assert_eq!(gates[0].needs.len(), 2, "the leaving and the count");
    visit.stamp("leave.leave.at", now()).unwrap();
    visit.count_out("row-1", 1.0).unwrap();
    visit.count_out("row-2", 1.0).unwrap();
    let refusal = visit.run(&Command::Close).unwrap_err();
    assert!(matches!(&refusal, Refusal::Gates(gates) if gates[0].needs.len() == 1), "one spanner too few");
    visit.count_out("row-2", 2.0).unwrap();
    let Err(Refusal::Gates(gates)) = visit.run(&Command::Close) else { panic!("closed without its report") };
    assert_eq!(gates.len(), 1, "a binding step no gate of the closing names");
    assert_eq!(gates[0].target, "step:leave.report");
    assert_eq!(gates[0].needs[0].place.as_deref(), Some("leave.report"));
    visit.sign_report().unwrap();
    assert_eq!(visit.run(&Command::Close), Ok(1));
    assert_eq!(visit.record.state(), State::Closed);
}

#[test]
fn a_closed_record_refuses_everything_until_it_is_reopened() {
    let mut visit = closed();
    assert_eq!(visit.text("before.apply.reason", "x"), Err(Refusal::Closed));
    assert_eq!(visit.stamp("leave.leave.at", now()), Err(Refusal::Closed));
    assert_eq!(visit.add("row-5", "x", 1.0), Err(Refusal::Closed));
    assert_eq!(visit.sign("王主任"), Err(Refusal::Closed));
    assert_eq!(visit.pass("gate:enter:signed", "because", "主任"), Err(Refusal::Closed));
    assert_eq!(visit.run(&Command::Close), Err(Refusal::Closed));
    assert!(Refusal::Closed.words().en.contains("Reopen"));
    visit.run(&Command::Reopen).unwrap();
    assert_eq!(visit.record.state(), State::Open);
    assert!(visit.text("before.apply.reason", "更正").is_ok());
}

#[test]
fn a_void_record_refuses_everything_for_good() {
    let mut visit = at_the_door();
    assert_eq!(visit.run(&Command::Void { reason: " ".into() }), Err(Refusal::ReasonMissing));
    visit.run(&Command::Void { reason: "重复建单".into() }).unwrap();
    assert!(visit.record.is_void());
    for command in [Command::Close, Command::Reopen, Command::Void { reason: "again".into() }] {
        assert_eq!(visit.run(&command), Err(Refusal::Void), "{command:?}");
    }
    assert_eq!(visit.text("before.apply.reason", "x"), Err(Refusal::Void));
}

#[test]
fn a_visit_is_created_once_and_an_absent_one_takes_nothing() {
    let mut visit = Visit::begin();
    let create = Command::Create { kind: RecordKind::Visit, number: None, template: None, values: BTreeMap::new() };
    assert!(visit.run(&create).is_err());
    visit.record = Record::new(visit.record.id.clone());
    assert_eq!(visit.text("before.apply.reason", "x"), Err(Refusal::NoRecord));
    assert_eq!(visit.run(&Command::Close), Err(Refusal::NoRecord));
}

/// A command on a customer, as it stands after some commands.
fn on_customer(record: Option<&Record>, command: &Command) -> Result<Vec<sitebook_core::ledger::Change>, Refusal> {
    let library = library();
    let template = library.record(RecordKind::Customer).unwrap();
    decide(command, &Context::Basic { template, record }, now(), ENGINEER)
}

fn values(name: &str) -> BTreeMap<String, Value> {
    BTreeMap::from([("name".to_owned(), Value::Text(name.into()))])
}

#[test]
fn a_basic_record_needs_its_required_fields() {
    let create = |values| Command::Create { kind: RecordKind::Customer, number: None, template: None, values };
    assert_eq!(on_customer(None, &create(values("电信公司"))).unwrap().len(), 2);
    let refusal = on_customer(None, &create(BTreeMap::new())).unwrap_err();
    assert!(refusal.words().en.contains("Name") && refusal.words().zh.contains("名称"));
    assert!(matches!(on_customer(None, &create(values("  "))), Err(Refusal::Required(_))));
    assert_eq!(on_customer(None, &Command::Edit { values: values("x") }), Err(Refusal::NoRecord));
    assert_eq!(on_customer(None, &Command::Void { reason: "because".into() }), Err(Refusal::NoRecord));
    let wrong = Command::Create { kind: RecordKind::Site, number: None, template: None, values: values("x") };
    assert!(on_customer(None, &wrong).is_err());
}

#[test]
fn editing_a_basic_record_writes_what_changed_and_no_more() {
    let mut phone = super::device::Phone::new(1);
    let kind = RecordKind::Customer;
    phone.write(sitebook_core::ledger::Change::Create { kind, number: None, template: None });
    phone.set("name", Value::Text("电信公司".into()));
    let record = &phone.record;
    assert_eq!(on_customer(Some(record), &Command::Edit { values: values("电信公司") }), Ok(Vec::new()));
    assert_eq!(on_customer(Some(record), &Command::Edit { values: values("联通公司") }).unwrap().len(), 1);
    assert!(matches!(on_customer(Some(record), &Command::Edit { values: values("") }), Err(Refusal::Required(_))));
    let unknown = Command::Edit { values: BTreeMap::from([("colour".into(), Value::Bool(true))]) };
    assert_eq!(on_customer(Some(record), &unknown), Err(Refusal::NoSuchField("colour".into())));
    let void = on_customer(Some(record), &Command::Void { reason: "重复".into() }).unwrap();
    phone.write(void[0].clone());
    let again = on_customer(Some(&phone.record), &Command::Void { reason: "重复".into() });
    assert_eq!(again, Err(Refusal::Void));
    assert_eq!(on_customer(Some(&phone.record), &Command::Edit { values: values("x") }), Err(Refusal::Void));
    assert_eq!(phone.record.id, RecordId::parse("visit-1").unwrap());
}
