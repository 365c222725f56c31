//! Agreed times and due dates as events of the phone's own calendar.

use super::device::Phone;
use super::procedure::{minutes, now};
use sitebook_core::calendar::{When, ics};
use sitebook_core::text::{Lang, Text};
use sitebook_core::value::Value;
use sitebook_core::work::{Around, Dated, Leads, appointment, due_date};

fn phone(number: u8, fields: &[(&str, &str)]) -> Phone {
    let mut phone = Phone::new(number);
    for (field, text) in fields {
        phone.set(field, Value::text(text));
    }
    phone
}

fn leads() -> Leads {
    Leads { appointment: vec![1440, 120], due: vec![45] }
}

#[test]
fn an_agreed_time_says_where_and_who_and_rings_as_the_limits_say() {
    let mut order = phone(1, &[("fault", "PON 板\n反复重启；告警")]);
    assert_eq!(appointment(&order.record, &Around::default(), &leads(), Lang::Zh), None, "no time was agreed");
    order.set("agreed", Value::Moment(minutes(90)));
    let around = Around {
        customer: Some(phone(2, &[("name", "云岭市分公司")]).record),
        site: Some(phone(3, &[("name", "城东机房"), ("address", "人民路 1 号")]).record),
        contact: Some(phone(4, &[("name", "王建国"), ("phone", "13800000000")]).record),
        ..Around::default()
    };
    let event = appointment(&order.record, &around, &leads(), Lang::Zh).unwrap();
    assert_eq!(event.summary, "现场服务：云岭市分公司");
    assert_eq!(event.location, "城东机房, 人民路 1 号");
    assert!(event.description.ends_with("\nPON 板\n反复重启；告警\n王建国 13800000000"), "{}", event.description);
    assert_eq!((event.when, event.alarms.as_slice()), (When::At(minutes(90), minutes(90)), [1440, 120].as_slice()));
    let again = appointment(&order.record, &Around::default(), &leads(), Lang::En).unwrap();
    assert_eq!(event.uid, again.uid, "a calendar must know it again whatever else has changed");
    let file = ics(&[event], now());
    assert!(file.contains("\r\nDTSTART:20261121T053000Z\r\n") && !file.contains("DTEND"), "{file}");
}

#[test]
fn an_order_that_is_void_rings_no_more() {
    let mut order = phone(1, &[]);
    order.set("agreed", Value::Moment(minutes(90)));
    order.record.void = Some((sitebook_core::ledger::Hlc::default(), super::device::op_id(1, 1), "取消".to_owned()));
    assert_eq!(appointment(&order.record, &Around::default(), &leads(), Lang::Zh), None);
}

#[test]
fn a_due_date_is_an_event_and_no_task_and_each_has_its_own_uid() {
    let title = Text::of("回访", "Follow-up call");
    let due = |id| Dated { record: "visit-1", id, title: &title, clause: "T 8", at: now().at };
    let event = due_date(due("followup"), "SV-1", "云岭市分公司", &leads(), Lang::En);
    assert_eq!(
        (event.summary.as_str(), event.description.as_str()),
        ("Due: Follow-up call (云岭市分公司)", "Record SV-1\nT 8")
    );
    assert_eq!(event.alarms, [45, 0]);
    let late = due_date(due("followup"), "SV-1", "", &Leads::default(), Lang::En);
    assert_eq!(late.alarms, [0], "switched off, it still rings when it is due");
    assert_ne!(event.uid, due_date(due("report"), "SV-1", "", &leads(), Lang::En).uid);
    let file = ics(&[event], now());
    assert!(file.contains("BEGIN:VEVENT") && !file.contains("VTODO"), "phones leave tasks out: {file}");
}
