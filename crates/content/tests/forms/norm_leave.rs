//! What the norms ask before leaving and before the visit is filed: service back, room clean, signature and seal,
//! the follow-up call, the forms in the office.

use crate::norm::{Lack, Norm, Tap, take, undo};
use crate::phone::{ENGINEER, Phone};
use crate::world::{moment, world};
use crate::{common, hard};
use sitebook_core::template::{CaptureKind, Side};
use sitebook_core::value::Value;
use sitebook_core::work::{Command, Due, Refusal, deadlines};

const HOUR: i64 = 3_600_000;

fn leaving(rule: &'static str, gate: &'static str, clause: &'static str) -> Norm {
    Norm { rule, gate, clause, tap: Tap::Fact("leave.out.at") }
}

fn closing(rule: &'static str, gate: &'static str, clause: &'static str) -> Norm {
    Norm { rule, gate, clause, tap: Tap::Close }
}

#[test]
fn leaving_is_refused_while_basic_service_is_down() {
    leaving("R-058", "gate:leave:service", "ZTE 6.3.10").waits_for(
        &common::complete(),
        &[Lack::Other("verify.restored.basic", "no"), Lack::Value("verify.restored.basic")],
    );
}

#[test]
fn leaving_is_refused_until_the_room_is_clean_and_the_duty_person_told() {
    leaving("R-059", "gate:leave:clean", "ZTE 6.3.12").waits_for(
        &common::complete(),
        &[
            Lack::Value("clean.site.done"),
            Lack::Value("clean.tools.done"),
            Lack::Value("clean.told.person"),
            Lack::Fact("clean.told.at"),
        ],
    );
}

#[test]
fn leaving_is_refused_until_as_many_objects_are_out_as_in() {
    let norm = leaving("R-059", "gate:leave:objects", "XXIT 4.4");
    let count = Lack::Count("clean.objects.tally", "enter.objects.list");
    norm.waits_for(&common::complete(), &[count]);
    let mut phone = common::complete();
    take(&mut phone, count);
    phone.says("enter.objects.carried", "no");
    assert_eq!(norm.shows(&phone), None, "nothing carried");
}

#[test]
fn leaving_is_refused_until_the_customer_signed_and_sealed() {
    leaving("R-069", "gate:leave:signed", "SITE-RECORD 5").waits_for(
        &common::complete(),
        &[Lack::Fact("sign.customer.sign"), Lack::Other("explain.cause.work", "签字后改的内容")],
    );
    leaving("R-069", "gate:leave:seal", "SITE-RECORD 5").waits_for(
        &common::complete(),
        &[Lack::Other("sign.customer.seal", "later"), Lack::Value("sign.customer.seal")],
    );
}

const TIMES: Norm = Norm {
    rule: "R-069",
    gate: "gate:sign.customer:times",
    clause: "SITE-RECORD 5",
    tap: Tap::Fact("sign.customer.sign"),
};

#[test]
fn the_customer_signs_when_arrival_and_leaving_are_noted_in_this_order() {
    TIMES.waits_for(&common::complete(), &[Lack::Fact("arrive.arrival.at"), Lack::Fact("sign.review.leave-at")]);
    let mut phone = common::complete();
    undo(&mut phone, TIMES.tap);
    take(&mut phone, Lack::Fact("arrive.arrival.at"));
    let (field, at) = ("arrive.arrival.at".to_owned(), moment(21, "11:46"));
    phone.does(Command::Stamp { field, at, by_hand: true });
    assert!(TIMES.shows(&phone).is_some(), "left at 11:45");
}

#[test]
fn nobody_leaves_before_arriving() {
    for field in ["sign.review.leave-at", "leave.out.at"] {
        let mut phone = common::complete();
        phone.withdraws(field);
        let stamp = |time| Command::Stamp { field: field.to_owned(), at: moment(21, time), by_hand: true };
        let early = phone.tries(stamp("09:51"));
        assert!(matches!(early, Err(Refusal::TooEarly { .. })), "{early:?}");
        phone.does(stamp("09:53"));
    }
}

#[test]
fn closing_waits_for_a_signature_that_nothing_changed_after() {
    closing("R-069", "close:signed", "SITE-RECORD 5").waits_for(
        &common::complete(),
        &[
            Lack::Fact("sign.customer.sign"),
            Lack::Other("explain.remain.remaining", "另有一事"),
            Lack::Rows("operate.parts.list"),
        ],
    );
    closing("R-069", "close:left", "SITE-RECORD 5").waits_for(&common::complete(), &[Lack::Fact("leave.out.at")]);
}

#[test]
fn what_is_noted_after_the_signature_leaves_it_valid() {
    let norm = closing("R-069", "close:signed", "SITE-RECORD 5");
    let mut phone = common::complete();
    for lack in [
        Lack::Fact("leave.out.at"),
        Lack::Fact("report.send.at"),
        Lack::Value("report.daily.open"),
        Lack::Value("followup.call.state"),
        Lack::Value("file.handed.place"),
    ] {
        take(&mut phone, lack);
        assert_eq!(norm.shows(&phone), None, "{lack:?}");
    }
}

#[test]
fn the_customers_box_is_never_signed_in_the_engineers_name() {
    let mut tried = 0;
    for stage in &world().procedure.stages {
        for step in &stage.steps {
            for capture in &step.captures {
                let CaptureKind::Signature { side, .. } = capture.kind else { continue };
                let field = format!("{}.{}.{}", stage.id, step.id, capture.id);
                let mut phone = hard::complete();
                for name in [ENGINEER, " 林 晓峰 "] {
                    let own = phone.signature(&field, name, "机房主管");
                    let expected = match side {
                        Side::Customer => Err(Refusal::OwnName),
                        Side::Company => Ok(()),
                    };
                    assert_eq!(phone.tries(own), expected, "{field}");
                }
                tried += usize::from(side == Side::Customer);
            }
        }
    }
    assert_eq!(tried, 3, "application, training record, service record");
}

#[test]
fn a_signature_has_a_stroke_a_name_and_a_role() {
    let sign = |name: &str, role: &str, image| Command::Sign {
        field: "sign.customer.sign".to_owned(),
        name: name.to_owned(),
        role: role.to_owned(),
        image,
    };
    let mut phone = common::complete();
    let drawn = phone.signature("sign.customer.sign", "王建国", "机房主管");
    let Command::Sign { image, .. } = drawn else { panic!("no signature") };
    for (command, refusal) in [
        (sign("王建国", "机房主管", None), Refusal::NothingDrawn),
        (sign(" ", "机房主管", image.clone()), Refusal::NameMissing),
        (sign("王建国", "", image), Refusal::RoleMissing),
    ] {
        assert_eq!(phone.tries(command), Err(refusal));
    }
}

#[test]
fn closing_waits_for_the_signed_training_record() {
    let norm = closing("R-062", "close:training", "ZTE 6.4.2");
    let lacks = [
        Lack::Fact("explain.training-sign.sign"),
        Lack::Other("explain.training.topic", "别的内容"),
        Lack::Rows("explain.training.attendees"),
    ];
    norm.waits_for(&hard::complete(), &lacks);
    let mut phone = common::complete();
    assert_eq!(norm.shows(&phone), None, "no training");
    phone.says("explain.training.given", "yes");
    norm.refuses(&mut phone, Command::Close);
}

fn due(phone: &Phone, id: &str) -> Option<Due> {
    phone.ask(deadlines).into_iter().find(|due| due.id == id)
}

/// The deadline runs so many hours from leaving, and the stamp meets it.
fn runs_from_leaving(id: &str, clause: &str, hours: i64, met_by: &'static str) {
    let mut phone = common::complete();
    assert_eq!(due(&phone, id), None, "{id} is met");
    let tap = undo(&mut phone, Tap::Fact(met_by));
    let left = phone.visit.stamp("leave.out.at").unwrap().at;
    let running = due(&phone, id).unwrap();
    assert_eq!((running.from, running.at), (left, left + hours * HOUR));
    assert_eq!(running.clause, clause);
    assert!(met_by.starts_with(&running.step), "a tap leads to {met_by}");
    assert!(!running.is_overdue(left + hours * HOUR));
    assert!(running.is_overdue(left + hours * HOUR + 1));
    let leave = undo(&mut phone, Tap::Fact("leave.out.at"));
    assert_eq!(due(&phone, id), None, "{id} runs while on site");
    phone.does(leave);
    assert_eq!(due(&phone, id), Some(running));
    phone.does(tap);
    assert_eq!(due(&phone, id), None);
}

#[test]
fn the_follow_up_is_due_72_hours_after_leaving_and_met_by_the_call() {
    runs_from_leaving("followup", "ZTE 6.4.3", 72, "followup.call.at");
    closing("R-064", "close:followup", "ZTE 6.4.3").waits_for(
        &common::complete(),
        &[
            Lack::Fact("followup.call.at"),
            Lack::Value("followup.call.person"),
            Lack::Other("followup.call.state", "problem"),
        ],
    );
}

#[test]
fn the_forms_are_handed_to_the_office_within_seven_days() {
    runs_from_leaving("filing", "ZTE 4.4.14", 7 * 24, "file.handed.at");
    closing("R-065", "close:filed", "ZTE 4.4.14")
        .waits_for(&common::complete(), &[Lack::Fact("file.handed.at"), Lack::Value("file.handed.place")]);
}

#[test]
fn the_service_record_is_sent_the_same_day() {
    runs_from_leaving("f33-transmit", "SITE-RECORD 5", 24, "report.send.at");
    closing("R-070", "close:sent", "SITE-RECORD 5").waits_for(&common::complete(), &[Lack::Fact("report.send.at")]);
}

#[test]
fn closing_waits_for_report_daily_record_answers_and_borrowed_things() {
    let common = common::complete();
    closing("R-063", "close:report", "ZTE 6.4.4").waits_for(&common, &[Lack::Value("report.kind.f15")]);
    closing("R-060", "close:daily", "ZTE 6.3.13")
        .waits_for(&common, &[Lack::Value("report.daily.span"), Lack::Other("report.daily.span", "more")]);
    let hard = hard::complete();
    closing("R-067", "close:questions", "ZTE 4.4.11").waits_for(&hard, &[Lack::Rows("explain.questions.list")]);
    closing("R-074", "close:borrowed", "ZTE 6.3.14").waits_for(&hard, &[Lack::Fact("clean.borrowed.back")]);
}

#[test]
fn a_closed_visit_takes_no_change_until_it_is_reopened() {
    let mut phone = common::closed();
    let field = "sign.opinion.text".to_owned();
    let value = Value::text("改一下");
    let late = Command::Set { field, value };
    assert_eq!(phone.tries(late.clone()), Err(Refusal::Closed));
    assert_eq!(phone.ask(deadlines), []);
    phone.does(Command::Reopen);
    phone.does(late);
}

/// The binding steps that could be left open, with nobody approving it, in a visit that closes all the same.
fn left_open(visit: &Phone) -> Vec<String> {
    let paths = visit.ask(|scope| {
        let stages = scope.procedure.stages.iter();
        let steps = stages.flat_map(|stage| stage.steps.iter().map(move |step| format!("{}.{}", stage.id, step.id)));
        steps.collect::<Vec<_>>()
    });
    let open = paths.into_iter().filter(|path| {
        let mut phone = visit.clone();
        phone.clears(path);
        // What changed after the signature is not what is tried here.
        phone.passes("close:signed", "内容有改动，客户知悉。", "陈志远");
        phone.next().as_ref() == Some(path) && phone.tries(Command::Close).is_ok()
    });
    open.collect()
}

#[test]
fn closing_waits_for_every_binding_step() {
    for visit in [common::complete(), hard::complete()] {
        assert_eq!(left_open(&visit), Vec::<String>::new());
    }
}
