//! What the norms ask before the machine room: the call, the plan, being on time, consent at the door.

use crate::common;
use crate::norm::{Lack, Norm, Tap, take, undo};
use crate::phone::Phone;
use crate::world::moment;
use sitebook_core::value::Value;
use sitebook_core::work::Command;

const CONFIRMED: Norm =
    Norm { rule: "R-050", gate: "gate:depart:confirmed", clause: "ZTE 6.1.1", tap: Tap::Fact("depart.setout.at") };

#[test]
fn set_out_is_gated_until_the_customer_confirmed_by_phone() {
    let lacks = [
        Lack::Fact("confirm.call.at"),
        Lack::Value("confirm.call.person"),
        Lack::Value("confirm.points.work"),
        Lack::Value("confirm.points.partner"),
        Lack::Value("confirm.points.time"),
        Lack::Value("confirm.points.theirs"),
        Lack::Value("confirm.points.ours"),
    ];
    CONFIRMED.waits_for(&common::complete(), &lacks);
}

#[test]
fn an_appointment_outside_the_customers_hours_needs_their_yes() {
    let mut phone = common::complete();
    CONFIRMED.waits_for(&phone, &[Lack::Value("confirm.points.hours")]);
    let rules = phone.ask(|scope| scope.procedure.step("confirm.points").unwrap().rules.clone());
    assert!(rules.contains(&"R-053".to_owned()));
    let tap = undo(&mut phone, CONFIRMED.tap);
    phone.says("confirm.points.hours", "outside");
    assert_eq!(CONFIRMED.shows(&phone), None);
    phone.does(tap);
}

#[test]
fn set_out_is_gated_until_the_customer_accepted_the_plan() {
    let norm =
        Norm { rule: "R-051", gate: "gate:depart:plan", clause: "ZTE 6.2.3", tap: Tap::Fact("depart.setout.at") };
    let lacks = [
        Lack::Value("prepare.plan.steps"),
        Lack::Value("prepare.plan.backup"),
        Lack::Value("prepare.accepted.by"),
        Lack::Value("prepare.accepted.way"),
        Lack::Fact("prepare.accepted.at"),
    ];
    norm.waits_for(&common::complete(), &lacks);
}

#[test]
fn set_out_is_gated_until_the_card_fits_the_product() {
    let norm =
        Norm { rule: "R-057", gate: "gate:depart:card", clause: "ZTE 6.3.3", tap: Tap::Fact("depart.setout.at") };
    norm.waits_for(&common::complete(), &[Lack::Value("prepare.dress.card")]);
}

const LATE: Norm = Norm {
    rule: "R-054",
    gate: "gate:arrive.greet:late-call",
    clause: "ZTE 6.3.2",
    tap: Tap::Value("arrive.greet.shown"),
};

/// The common visit, agreed for 10:00, with another arrival and with a call on the way; before the greeting.
fn arriving(at: &str, call: Option<&str>) -> (Phone, Command) {
    let mut phone = common::complete();
    let greet = undo(&mut phone, LATE.tap);
    if let Some(call) = call {
        phone.says("depart.setout.expect", "late");
        let at = moment(21, call);
        let field = "depart.late.at".to_owned();
        phone.does(Command::Stamp { field, at, by_hand: false });
    }
    take(&mut phone, Lack::Fact("arrive.arrival.at"));
    let at = moment(21, at);
    let field = "arrive.arrival.at".to_owned();
    phone.does(Command::Stamp { field, at, by_hand: true });
    (phone, greet)
}

#[test]
fn who_arrives_late_without_a_call_before_is_stopped_at_the_greeting() {
    for (at, call) in [("10:06", None), ("10:06", Some("10:00:30")), ("13:00", Some("12:00"))] {
        let (mut phone, greet) = arriving(at, call);
        let view = LATE.shows(&phone);
        assert_eq!(view.unwrap().clause, LATE.clause, "{at}, call {call:?}");
        LATE.refuses(&mut phone, greet);
    }
}

#[test]
fn who_is_on_time_or_called_before_is_not_stopped_at_the_greeting() {
    for (at, call) in [("09:52", None), ("10:05", None), ("10:06", Some("10:00")), ("13:00", Some("09:40"))] {
        let (mut phone, greet) = arriving(at, call);
        assert_eq!(LATE.shows(&phone), None, "{at}, call {call:?}");
        phone.does(greet);
    }
}

fn door(gate: &'static str, clause: &'static str) -> Norm {
    Norm { rule: "R-056", gate, clause, tap: Tap::Fact("enter.inside.at") }
}

#[test]
fn the_room_is_entered_with_the_consent_of_the_duty_person() {
    door("gate:enter.inside:consent", "ZTE 6.3.4")
        .waits_for(&common::complete(), &[Lack::Value("enter.consent.person"), Lack::Fact("enter.consent.at")]);
}

#[test]
fn the_room_is_entered_with_shoes_changed() {
    door("gate:enter.inside:shoes", "ZTE 6.3.4")
        .waits_for(&common::complete(), &[Lack::Value("enter.ready.items.shoes")]);
}

#[test]
fn the_room_is_entered_when_objects_are_registered() {
    let objects = door("gate:enter.inside:objects", "ZTE 6.3.5");
    objects.waits_for(
        &common::complete(),
        &[Lack::Value("enter.objects.carried"), Lack::Rows("enter.objects.list"), Lack::Value("enter.objects.placed")],
    );
    let mut phone = common::complete();
    let tap = undo(&mut phone, objects.tap);
    take(&mut phone, Lack::Rows("enter.objects.list"));
    phone.sets("enter.objects.placed", Value::EMPTY);
    phone.says("enter.objects.carried", "no");
    assert_eq!(objects.shows(&phone), None, "nothing carried");
    phone.does(tap);
}
