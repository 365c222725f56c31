//! The chain of hashes: whole histories pass in any order and any part, changed ones do not.

use super::cases;
use super::device::{Phone, history, union};
use proptest::prelude::*;
use sitebook_core::ledger::{ChainError, Sealed, canonical, hex, sha256, verify_ops};
use sitebook_core::value::Value;

fn sealed_again(mut sealed: Sealed) -> Sealed {
    sealed.hash = hex(&sha256(&canonical(&sealed.op).unwrap()));
    sealed
}

/// One phone with so many ops.
fn phone(ops: u16) -> Phone {
    let mut phone = Phone::new(1);
    for n in 0..ops {
        phone.set("a.b.c", Value::Number(f64::from(n)));
    }
    phone
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_part_of_a_history_in_any_order_is_accepted(
        ops in history(40).prop_flat_map(|phones| {
            let all = union(&phones);
            proptest::sample::subsequence(all.clone(), 0..=all.len()).prop_shuffle()
        })
    ) {
        prop_assert_eq!(verify_ops(&ops), Ok(()));
        let twice = [ops.clone(), ops].concat();
        prop_assert_eq!(verify_ops(&twice), Ok(()));
    }

    #[test]
    fn one_changed_byte_anywhere_is_found(
        phones in history(15),
        which in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        byte in 32..127u8,
    ) {
        let mut ops = union(&phones);
        let at = which.index(ops.len());
        let mut json = serde_json::to_vec(&ops[at]).unwrap();
        let place = place.index(json.len());
        json[place] = byte;
        let changed = serde_json::from_slice::<Sealed>(&json).ok();
        if let Some(changed) = changed.filter(|changed| *changed != ops[at]) {
            ops[at] = changed;
            prop_assert!(verify_ops(&ops).is_err());
        }
    }

    #[test]
    fn numbers_and_texts_give_the_same_hash_after_storing(phones in history(20)) {
        for sealed in union(&phones) {
            let back: Sealed = serde_json::from_slice(&serde_json::to_vec(&sealed).unwrap()).unwrap();
            prop_assert_eq!(&back, &sealed);
            prop_assert_eq!(sealed_again(back).hash, sealed.hash);
        }
    }
}

#[test]
fn leaving_ops_out_shows_as_a_gap_and_is_no_error() {
    let ops = phone(6).ops;
    let some = [ops[0].clone(), ops[3].clone(), ops[5].clone()];
    assert_eq!(verify_ops(&some), Ok(()));
    assert_eq!(some.map(|sealed| sealed.op.seq), [1, 4, 6]);
}

#[test]
fn closing_a_gap_by_counting_anew_is_found() {
    let mut ops = phone(4).ops;
    ops.remove(1);
    ops[1].op.seq = 2;
    ops[1] = sealed_again(ops[1].clone());
    assert_eq!(verify_ops(&ops), Err(ChainError::Broken(ops[1].op.id.clone())));
}

#[test]
fn swapped_links_are_found_even_with_hashes_made_anew() {
    let ops = phone(4).ops;
    let mut swapped = ops.clone();
    (swapped[2].op.prev, swapped[3].op.prev) = (ops[3].op.prev.clone(), ops[2].op.prev.clone());
    let swapped: Vec<_> = swapped.into_iter().map(sealed_again).collect();
    assert!(matches!(verify_ops(&swapped), Err(ChainError::Broken(_))));
}

#[test]
fn a_clock_that_runs_backwards_between_neighbours_is_found() {
    let mut ops = phone(3).ops;
    ops[2].op.hlc = ops[1].op.hlc;
    ops[2] = sealed_again(ops[2].clone());
    assert_eq!(verify_ops(&ops), Err(ChainError::Broken(ops[2].op.id.clone())));
}

#[test]
fn a_first_op_continues_nothing_and_every_other_something() {
    let ops = phone(3).ops;
    let mut later = ops[2].clone();
    later.op.prev = None;
    assert!(verify_ops(&[sealed_again(later)]).is_err());
    let mut first = ops[0].clone();
    first.op.prev = Some(ops[1].hash.clone());
    assert!(verify_ops(&[sealed_again(first)]).is_err());
    let mut nought = ops[0].clone();
    nought.op.seq = 0;
    assert!(verify_ops(&[sealed_again(nought)]).is_err());
}

#[test]
fn two_ops_with_one_id_or_one_place_are_found() {
    let ops = phone(3).ops;
    let mut twin = ops[1].clone();
    twin.op.actor = "somebody else".into();
    let twin = sealed_again(twin);
    assert_eq!(verify_ops(&[ops[1].clone(), twin.clone()]), Err(ChainError::Twice(twin.op.id)));
    let mut elsewhere = ops[1].clone();
    elsewhere.op.seq = 9;
    let elsewhere = sealed_again(elsewhere);
    assert_eq!(verify_ops(&[ops[1].clone(), elsewhere.clone()]), Err(ChainError::Twice(elsewhere.op.id)));
}
