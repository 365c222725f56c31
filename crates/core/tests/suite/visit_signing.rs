//! Signatures: by whom, of what, and until when they count.

use super::device::picture;
use super::procedure::{ENGINEER, Visit, now};
use sitebook_core::ids::RowId;
use sitebook_core::ledger::{Attachment, Change, FactKind};
use sitebook_core::value::Value;
use sitebook_core::work::{Command, Refusal, StepState, changed_since, holds};

const SIGN: &str = "before.apply.sign";

fn is_signed(visit: &Visit) -> bool {
    visit.ask(|scope| holds(&sitebook_core::template::Predicate::Signed(SIGN.into()), scope))
}

fn changed(visit: &Visit, field: &str) -> Vec<String> {
    let fact = visit.record.signature(field).unwrap();
    visit.ask(|scope| changed_since(fact, scope))
}

#[test]
fn customers_box_refuses_the_engineers_own_name() {
    let mut visit = Visit::begin();
    for name in [ENGINEER, " Li Wei ", "li wei", "LiWei", "Li  Wei", "Ｌｉ Ｗｅｉ"] {
        assert_eq!(visit.sign(name), Err(Refusal::OwnName), "{name}");
    }
    assert!(visit.record.signature(SIGN).is_none());
    assert!(visit.sign("李卫").is_ok());
}

#[test]
fn the_company_box_takes_the_engineers_own_name() {
    let mut visit = Visit::signed();
    assert!(visit.sign_report().is_ok());
}

#[test]
fn a_signature_needs_a_name_a_role_and_a_stroke() {
    let mut visit = Visit::begin();
    let image = Some(picture(1).0);
    assert_eq!(visit.sign_with(" ", "主任", image.clone()), Err(Refusal::NameMissing));
    assert_eq!(visit.sign_with("王", "", image), Err(Refusal::RoleMissing));
    assert_eq!(visit.sign_with("王", "主任", None), Err(Refusal::NothingDrawn));
}

#[test]
fn a_signature_goes_stale_when_a_covered_value_changes() {
    let mut visit = Visit::signed();
    assert!(is_signed(&visit));
    visit.text("before.apply.reason", "另一个原因").unwrap();
    assert!(!is_signed(&visit));
    assert_eq!(changed(&visit, SIGN), ["before.apply.reason"]);
    assert!(visit.record.signature(SIGN).is_some(), "it stays, marked");
    visit.text("before.apply.reason", "掉话").unwrap();
    assert!(is_signed(&visit), "as the signer saw it again");
}

#[test]
fn a_signature_goes_stale_when_a_covered_row_changes_goes_or_comes() {
    let table = || "before.objects.list".to_owned();
    let row = || RowId::parse("row-1").unwrap();
    let edit = Command::SetCell { table: table(), row: row(), column: "item".into(), value: Value::Text("x".into()) };
    for command in [edit, Command::RemoveRow { table: table(), row: row() }] {
        let mut visit = Visit::signed();
        visit.run(&command).unwrap();
        assert!(!is_signed(&visit), "{command:?}");
    }
    let mut visit = Visit::signed();
    visit.add("row-3", "手机", 1.0).unwrap();
    assert!(!is_signed(&visit));
}

#[test]
fn a_signature_goes_stale_when_the_customer_shown_on_the_paper_changes() {
    let mut visit = Visit::signed();
    let mut phone = super::device::Phone::new(3);
    phone.set("name", Value::Text("另一家".into()));
    visit.around.customer = Some(phone.record);
    assert_eq!(changed(&visit, SIGN), ["customer.name"]);
}

#[test]
fn counting_objects_out_does_not_touch_the_signature_of_entering() {
    let mut visit = Visit::signed();
    visit.stamp("enter.arrive.at", now()).unwrap();
    visit.tick("enter.checks.list.esd").unwrap();
    visit.count_out("row-1", 1.0).unwrap();
    assert!(is_signed(&visit), "the paper that was signed does not show what was counted out");
    visit.sign_report().unwrap();
    visit.count_out("row-2", 1.0).unwrap();
    assert!(!changed(&visit, "leave.report.sign").is_empty(), "the report does");
}

#[test]
fn what_the_paper_does_not_show_does_not_touch_the_signature() {
    let mut visit = Visit::signed();
    visit.text("before.apply.story", "not on the form").unwrap();
    let cell = |column: &str, value: Value| {
        let (table, row) = ("before.objects.list".to_owned(), RowId::parse("row-1").unwrap());
        Command::SetCell { table, row, column: column.into(), value }
    };
    visit.run(&cell("owner", Value::Text("张".into()))).unwrap();
    visit.run(&cell("owner", Value::EMPTY)).unwrap();
    assert!(is_signed(&visit));
}

#[test]
fn ticks_and_photos_on_the_paper_are_covered() {
    let mut visit = Visit::signed();
    visit.stamp("enter.arrive.at", now()).unwrap();
    visit.sign_report().unwrap();
    assert_eq!(changed(&visit, "leave.report.sign"), Vec::<String>::new());
    visit.tick("enter.checks.list.esd").unwrap();
    assert_eq!(changed(&visit, "leave.report.sign"), ["enter.checks.list"]);
    let (field, attachment) = ("enter.measure.photo".to_owned(), picture(2).0);
    visit.run(&Command::Attach { field, attachment, caption: None }).unwrap();
    assert_eq!(changed(&visit, "leave.report.sign"), ["enter.checks.list", "enter.measure.photo"]);
}

#[test]
fn signing_again_counts_and_the_first_signature_stays() {
    let mut visit = Visit::signed();
    visit.text("before.apply.reason", "改了").unwrap();
    visit.sign("王主任").unwrap();
    assert!(is_signed(&visit));
    assert_eq!(visit.record.facts[SIGN].len(), 2);
}

#[test]
fn a_withdrawn_signature_counts_no_more_and_stays_in_the_history() {
    let mut visit = Visit::signed();
    let fact = visit.record.signature(SIGN).unwrap().touch.op.clone();
    visit.run(&Command::Withdraw { fact }).unwrap();
    assert!(!is_signed(&visit));
    assert_eq!(visit.state("before.apply"), StepState::Open);
    assert_eq!(visit.record.facts[SIGN].len(), 1);
}

#[test]
fn only_what_was_done_can_be_taken_back() {
    let mut visit = Visit::signed();
    let set = visit.record.field_ops("before.apply.reason")[0].clone();
    let unknown = super::device::op_id(250, 1);
    for fact in [set, unknown] {
        assert_eq!(visit.run(&Command::Withdraw { fact }), Err(Refusal::NoRecord));
    }
}

#[test]
fn the_signer_is_kept_with_name_role_drawing_and_what_was_seen() {
    let visit = Visit::signed();
    let fact = visit.record.signature(SIGN).unwrap();
    let FactKind::Signature { name, role, image, seen } = &fact.kind else { panic!("{fact:?}") };
    assert_eq!((name.as_str(), role.as_str(), image), ("王主任", "主任", &picture(1).0));
    assert!(seen.contains_key("before.apply.reason") && seen.contains_key("customer.name"));
    assert_eq!(fact.touch.stamp(), now());
    let sealed = visit.ops.last().unwrap();
    assert!(matches!(sealed.op.change, Change::Sign { .. }));
}

#[test]
fn pictures_that_no_other_phone_would_accept_are_refused() {
    let mut visit = Visit::signed();
    let good = picture(1).0;
    for attachment in [
        Attachment { mime: "image/svg+xml".into(), ..good.clone() },
        Attachment { sha256: "x".into(), ..good.clone() },
        Attachment { size: Attachment::MAX_SIZE + 1, ..good.clone() },
        Attachment { size: 0, ..good.clone() },
        Attachment { width: 0, ..good.clone() },
    ] {
        let refusal = visit.sign_with("王", "主任", Some(attachment.clone())).unwrap_err();
        assert_eq!(refusal, Refusal::NotAPicture);
        let field = "enter.measure.photo".to_owned();
        let photo = visit.run(&Command::Attach { field, attachment, caption: None });
        assert_eq!(photo, Err(Refusal::NotAPicture));
    }
}

#[test]
fn a_step_takes_as_many_photos_as_the_norm_says() {
    let mut visit = Visit::signed();
    let mut attach = |number| {
        let field = "enter.measure.photo".to_owned();
        visit.run(&Command::Attach { field, attachment: picture(number).0, caption: Some(" 机柜 ".into()) })
    };
    assert!(attach(1).is_ok() && attach(2).is_ok());
    assert_eq!(attach(3), Err(Refusal::TooManyPhotos { max: 2 }));
}
