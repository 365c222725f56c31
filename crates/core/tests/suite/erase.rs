//! Erasing: what is left is proof and nothing else.

use super::device::{Phone, is_erasure};
use sitebook_core::ledger::{ChainError, Change, Clock, jumps, verify};
use sitebook_core::value::Value;
use sitebook_core::work::{Refusal, check_erase};

fn told() -> Phone {
    let mut phone = super::device::phones(1).remove(0);
    phone.set("a.b.name", Value::Text("云岭市通信分公司".into()));
    phone.set("a.b.note", Value::Text("secret".into()));
    phone
}

#[test]
fn an_erased_record_leaves_stubs_that_verify_and_tell_nothing() {
    let mut phone = told();
    let before = phone.ops.len();
    phone.erase("customer asked");
    phone.write(Change::Void { reason: "later".into() });
    assert_eq!(phone.stubs.len(), before);
    assert_eq!(verify(&phone.ops, &phone.stubs), Ok(()));
    let left =
        format!("{}{}", serde_json::to_string(&phone.stubs).unwrap(), serde_json::to_string(&phone.record).unwrap());
    assert!(!left.contains("云岭") && !left.contains("secret"), "{left}");
    let erased = &phone.record.erased[0];
    assert_eq!((erased.reason.as_str(), erased.records, erased.entries), ("customer asked", 1, 3));
}

#[test]
fn a_stub_that_is_missing_added_or_changed_is_noticed() {
    let mut phone = told();
    phone.erase("customer asked");
    for n in 0..phone.stubs.len() {
        let mut fewer = phone.stubs.clone();
        fewer.remove(n);
        assert!(matches!(verify(&phone.ops, &fewer), Err(ChainError::Unaccounted(_))));
        let mut changed = phone.stubs.clone();
        changed[n].hash = "0".repeat(64);
        assert!(verify(&phone.ops, &changed).is_err());
        let mut moved = phone.stubs.clone();
        moved[n].seq += 10;
        assert!(verify(&phone.ops, &moved).is_err());
    }
    let without: Vec<_> = phone.ops.iter().filter(|sealed| !is_erasure(sealed)).cloned().collect();
    assert!(verify(&without, &phone.stubs).is_err(), "a loss cannot be passed off as an erasure");
}

#[test]
fn erasing_wants_the_name_typed_and_a_reason_that_does_not_repeat_it() {
    let name = "云岭市通信分公司";
    assert_eq!(check_erase(name, "云岭市", "客户要求"), Err(Refusal::NameDiffers));
    assert_eq!(check_erase(name, name, " "), Err(Refusal::ReasonMissing));
    assert_eq!(check_erase(name, name, "云岭市通信分公司要求删除"), Err(Refusal::ReasonNames));
    assert_eq!(check_erase(name, &format!(" {name} "), "客户要求"), Ok("客户要求".to_owned()));
}

#[test]
fn a_clock_set_back_is_told_once_at_the_op_where_it_happened() {
    let mut phone = super::device::phones(1).remove(0);
    // Ids carry what the clock showed; those of the simulated phones are all of one moment, so the clock moves on.
    phone.clock += 3_600_000;
    let ahead = phone.set("a.b.c", Value::Bool(true));
    let ops: Vec<_> = phone.ops.iter().map(|sealed| &sealed.op).collect();
    let found = jumps(ops.iter().copied(), super::device::NOON);
    assert_eq!(found, [(ahead, Clock::Back(3_600_001))]);
    phone.set("a.b.c", Value::Bool(false));
    let ops: Vec<_> = phone.ops.iter().map(|sealed| &sealed.op).collect();
    assert_eq!(jumps(ops.iter().copied(), super::device::NOON).len(), 1);
    let early = jumps(ops.iter().copied(), super::device::NOON - 7_200_000);
    assert!(early.iter().filter(|(_, clock)| matches!(clock, Clock::Ahead(_))).count() == 3, "{early:?}");
}
