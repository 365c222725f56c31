//! Export and import as people meet them: what goes out comes in again, and what could not go out is named.

use super::cases;
use super::device::{NOON, Phone, history, picture, union};
use super::procedure::{Visit, library, now, pin, procedure_json};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use sitebook_core::exchange::{
    Export, ExportError, Exported, ImportError, Incoming, Known, Parcel, export, preview, read, read_all,
};
use sitebook_core::ids::DeviceId;
use sitebook_core::ledger::{Change, Head, Sealed, canonical, hex, sha256};
use sitebook_core::value::Value;
use sitebook_core::work::Command;
use std::collections::BTreeMap;

pub fn exported() -> Exported {
    let device = DeviceId::at(NOON, [7; 10]);
    Exported {
        app: "sitebook 0.1.0".into(), at: now(), by: "李伟".into(), company: "现场服务有限公司".into(), device
    }
}

/// Everything that tests may need: the small norm, and ten pictures.
pub fn stores() -> (BTreeMap<String, String>, BTreeMap<String, Vec<u8>>) {
    let (_, reference, json) = pin(&procedure_json());
    let pictures = (0..10).map(picture).map(|(attachment, bytes)| (attachment.sha256, bytes));
    (BTreeMap::from([(reference.digest, json)]), pictures.collect())
}

pub fn export_all(ops: &[Sealed]) -> Export {
    let (templates, attachments) = stores();
    let (templates, attachments) = (&templates, &attachments);
    export(&Parcel { exported: &exported(), ops, templates, attachments, seals: &[] }).unwrap()
}

/// A visit with a signature, two photos, rows, stamps, an override and a taken-back answer.
pub fn full_visit() -> Visit {
    let mut visit = Visit::signed();
    visit.pass("gate:operate:safe", "断电紧急", "值班主任").unwrap();
    visit.stamp("enter.arrive.at", now()).unwrap();
    visit.tick("enter.checks.list.esd").unwrap();
    visit.set("enter.measure.volt", Value::Number(-48.5)).unwrap();
    visit.set("enter.measure.plan", Value::Moment(now())).unwrap();
    visit.set("enter.measure.volt", Value::EMPTY).unwrap();
    for number in [2, 3] {
        let (field, attachment) = ("enter.measure.photo".into(), picture(number).0);
        let caption = Some("机柜 <1>".into());
        visit.run(&Command::Attach { field, attachment, caption }).unwrap();
    }
    visit
}

/// The file as JSON.
pub fn json(bytes: &[u8]) -> Json {
    serde_json::from_slice(bytes).unwrap()
}

fn op_hashes(ops: &[Sealed]) -> Vec<&str> {
    let mut hashes: Vec<_> = ops.iter().map(|sealed| sealed.hash.as_str()).collect();
    hashes.sort_unstable();
    hashes
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn what_goes_out_comes_in_again(phones in history(40)) {
        let ops = union(&phones);
        let file = export_all(&ops);
        let (back, pictures) = read_all(&file.bytes).unwrap();
        prop_assert_eq!(op_hashes(&back.ops), op_hashes(&ops));
        prop_assert_eq!(back.lacking.len(), 1, "the histories pin a procedure that nobody has");
        prop_assert!(back.missing.is_empty());
        prop_assert_eq!(pictures.len(), back.pictures.len());
        for picture in &pictures {
            prop_assert_eq!(hex(&sha256(&picture.bytes)), picture.attachment.sha256.clone());
        }
        let mut fresh = Phone::new(9);
        fresh.pull(&back.ops);
        prop_assert_eq!(&fresh.record, &sitebook_core::ledger::Record::fold(&fresh.record.id, ops.iter().map(|s| &s.op)));
        let again = export_all(&back.ops);
        prop_assert_eq!(again.bytes, file.bytes, "the order of the ops does not matter");
    }
}

#[test]
fn a_visit_travels_with_its_procedure_and_pictures() {
    let visit = full_visit();
    let file = export_all(&visit.ops);
    assert!(file.missing.is_empty() && file.lacking.is_empty());
    let (back, pictures) = read_all(&file.bytes).unwrap();
    assert_eq!(back.ops, visit.ops);
    assert_eq!(back.templates.len(), 1);
    assert_eq!(back.templates[0].procedure, visit.procedure);
    assert_eq!(back.templates[0].reference.digest, hex(&sha256(back.templates[0].json.as_bytes())));
    let mut sizes: Vec<_> = pictures.iter().map(|picture| picture.bytes.clone()).collect();
    sizes.sort();
    assert_eq!(sizes, [picture(1).1, picture(2).1, picture(3).1]);
}

#[test]
fn the_digest_is_that_of_the_canonical_json_without_it() {
    let mut file = json(&export_all(&full_visit().ops).bytes);
    let digest = file.as_object_mut().unwrap().remove("digest").unwrap();
    assert_eq!(digest, hex(&sha256(&canonical(&file).unwrap())));
}

#[test]
fn the_office_reads_the_record_without_knowing_ops() {
    let mut visit = full_visit();
    let stamp = visit.record.facts["enter.arrive.at"][0].touch.op.clone();
    visit.stamp("enter.arrive.at", now()).unwrap();
    visit.run(&Command::Withdraw { fact: stamp }).unwrap();
    let record = json(&export_all(&visit.ops).bytes)["records"][0].clone();
    assert_eq!(record["kind"], "visit");
    assert_eq!(record["state"], "open");
    assert_eq!(record["number"], "V-20261121-AAA-01");
    assert_eq!(record["template"]["id"], "test-visit");
    assert_eq!(record["created"], json!({ "at": "2026-11-21T12:00:00+08:00", "by": "Li Wei" }));
    assert_eq!(record["fields"]["before.apply.reason"], "掉话");
    assert_eq!(record["fields"]["enter.measure.plan"], "2026-11-21T12:00:00+08:00");
    assert_eq!(record["fields"].get("enter.measure.volt"), None);
    assert_eq!(record["tables"]["before.objects.list"][1], json!({ "item": "扳手", "quantity": 2 }));
    assert_eq!(record["stamps"]["enter.arrive.at"].as_array().unwrap().len(), 1);
    assert_eq!(record["photos"]["enter.measure.photo"][1]["caption"], "机柜 <1>");
    assert_eq!(record["signatures"]["before.apply.sign"][0]["name"], "王主任");
    assert_eq!(record["overrides"][0]["approver"], "值班主任");
}

#[test]
fn a_conflict_is_readable_in_the_file() {
    let (mut one, mut two) = (Phone::new(1), Phone::new(2));
    one.set("a.b.c", Value::Text("一".into()));
    two.set("a.b.c", Value::Number(2.0));
    one.pull(&two.ops);
    let record = json(&export_all(&one.ops).bytes)["records"][0].clone();
    assert_eq!(record["conflicts"]["a.b.c"].as_array().unwrap().len(), 2);
}

#[test]
fn absent_and_damaged_pictures_are_listed_and_the_import_tells() {
    let visit = full_visit();
    let (templates, mut attachments) = stores();
    let (lost, damaged) = (picture(2).0.sha256, picture(3).0.sha256);
    attachments.remove(&lost);
    attachments.get_mut(&damaged).unwrap()[12] ^= 1;
    let (exported, ops) = (exported(), visit.ops.as_slice());
    let (templates, attachments) = (&templates, &attachments);
    let file = export(&Parcel { exported: &exported, ops, templates, attachments, seals: &[] }).unwrap();
    let mut expected = vec![lost, damaged];
    expected.sort();
    assert_eq!(file.missing, expected);
    let back = read(&file.bytes).unwrap();
    assert_eq!(back.missing, expected);
    assert_eq!(preview(&back, &Known::NOTHING, &library()).missing, expected);
}

#[test]
fn a_procedure_that_is_absent_here_is_named_and_needed_there() {
    let visit = full_visit();
    let (exported, ops, attachments) = (exported(), visit.ops.as_slice(), stores().1);
    let (templates, attachments) = (&BTreeMap::new(), &attachments);
    let file = export(&Parcel { exported: &exported, ops, templates, attachments, seals: &[] }).unwrap();
    assert_eq!(file.lacking.len(), 1);
    let back = read(&file.bytes).unwrap();
    let refused = preview(&back, &Known::NOTHING, &library()).refusal();
    assert_eq!(refused, Some(ImportError::NoTemplate { id: "test-visit".into(), version: 3 }));
    let known = Known { has_template: &|digest| digest == file.lacking[0].digest, ..Known::NOTHING };
    assert_eq!(preview(&back, &known, &library()).refusal(), None);
}

#[test]
fn nothing_is_no_export_and_damage_in_the_store_is_found_before_the_file_leaves() {
    let (templates, attachments) = stores();
    let (exported, templates, attachments) = (exported(), &templates, &attachments);
    let parcel = |ops| export(&Parcel { exported: &exported, ops, templates, attachments, seals: &[] });
    assert_eq!(parcel(&[]), Err(ExportError::Nothing));
    let mut ops = full_visit().ops;
    ops[3].op.actor.push('x');
    let refused = parcel(&ops).unwrap_err();
    assert!(matches!(refused, ExportError::Unreadable(ImportError::Chain(_))));
    assert!(refused.words().en.contains("the records are as before"));
}

/// A phone that knows these ops.
fn preview_with(back: &Incoming, ops: &[Sealed]) -> sitebook_core::exchange::Preview {
    let find = |op: &sitebook_core::ids::OpId| ops.iter().find(|sealed| sealed.op.id == *op);
    let known = Known {
        hash_of: &|id| find(id).map(|sealed| sealed.hash.clone()),
        op_at: &|device, seq| ops.iter().find(|sealed| sealed.op.device == *device && sealed.op.seq == seq).cloned(),
        has_template: &|_| false,
        has_picture: &|sha256| sha256 == picture(1).0.sha256,
    };
    preview(back, &known, &library())
}

#[test]
fn a_preview_counts_what_is_new_and_what_is_known() {
    let visit = full_visit();
    let back = read(&export_all(&visit.ops).bytes).unwrap();
    let all_new = preview_with(&back, &[]);
    assert_eq!((all_new.new_ops, all_new.same_ops), (visit.ops.len(), 0));
    assert_eq!((all_new.new_records(), all_new.records.len()), (1, 1));
    assert_eq!((all_new.new_pictures, all_new.same_pictures), (2, 1));
    assert_eq!(all_new.records[0].name.en, "Test visit");
    assert_eq!(all_new.records[0].number.as_deref(), Some("V-20261121-AAA-01"));
    assert_eq!(all_new.newest.map(|newest| newest.at), Some(NOON));
    assert_eq!(all_new.refusal(), None);
    let half = preview_with(&back, &visit.ops[..4]);
    assert_eq!((half.new_ops, half.same_ops, half.new_records()), (visit.ops.len() - 4, 4, 0));
    assert_eq!(half.records[0].new_ops, visit.ops.len() - 4);
    assert!(!half.is_idle() && half.conflicts.is_empty());
}

#[test]
fn a_known_op_with_other_content_refuses_the_import() {
    let mut phone = Phone::new(1);
    (0..4).for_each(|n| drop(phone.set("a.b.c", Value::Number(f64::from(n)))));
    let back = read(&export_all(&phone.ops).bytes).unwrap();
    let mut here = phone.ops.clone();
    here[2].hash = "0".repeat(64);
    let refused = preview_with(&back, &here).refusal().unwrap();
    assert!(matches!(refused, ImportError::Conflict { count: 1, .. }));
    assert!(refused.words().zh.contains("没有导入"));
}

#[test]
fn an_op_forged_into_the_history_of_a_known_phone_refuses_the_import() {
    let mut mine = Phone::new(1);
    (0..4).for_each(|n| drop(mine.set("a.b.c", Value::Number(f64::from(n)))));
    let mut forger = Phone::new(1);
    forger.set("a.b.c", Value::Text("forged".into()));
    forger.set("a.b.c", Value::Text("forged".into()));
    // Other ids, same places; each hash is right.
    for sealed in &mut forger.ops {
        sealed.op.id = super::device::op_id(200, u16::try_from(sealed.op.seq).unwrap());
    }
    forger.ops.truncate(1);
    forger.ops[0].hash = hex(&sha256(&canonical(&forger.ops[0].op).unwrap()));
    let back = read(&export_all(&forger.ops).bytes).unwrap();
    assert!(preview_with(&back, &mine.ops).refusal().is_some(), "its place is taken");
    assert!(preview_with(&back, &mine.ops[1..]).refusal().is_some(), "the next op does not continue it");
    assert!(preview_with(&back, &mine.ops[2..]).refusal().is_none(), "nothing here speaks against it");
}

#[test]
fn after_restoring_its_own_backup_a_phone_goes_on_where_the_backup_ends() {
    let mut phone = Phone::new(1);
    (0..3).for_each(|n| drop(phone.set("a.b.c", Value::Number(f64::from(n)))));
    let back = read(&export_all(&phone.ops).bytes).unwrap();
    let restored = back.advance(&Head::new(phone.head.device.clone()));
    assert_eq!(restored, phone.head);
    let other = back.advance(&Head::new(DeviceId::at(NOON, [9; 10])));
    assert_eq!((other.seq, other.hash, other.hlc), (0, None, phone.head.hlc));
}

#[test]
fn whatever_commands_let_through_can_be_carried() {
    let mut visit = Visit::signed();
    let long = "𠮷".repeat(20_000);
    visit.text("before.apply.story", &long).unwrap();
    visit.now.at = -5;
    visit.text("before.apply.reason", "电池没电的手机").unwrap();
    visit.now.at = i64::MAX / 2;
    visit.text("before.apply.reason", "时钟错得离谱的手机").unwrap();
    let back = read(&export_all(&visit.ops).bytes).unwrap();
    assert_eq!(back.ops.len(), visit.ops.len());
    let kept = back
        .ops
        .iter()
        .any(|sealed| matches!(&sealed.op.change, Change::Set { value: Value::Text(text), .. } if *text == long));
    assert!(kept);
}
