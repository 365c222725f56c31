//! 100,000 random histories of two to five phones: clocks that run apart and jump, files that arrive twice, in any
//! order and in parts, every kind of change, erasing included. From a seed, so that a failure can be run again.
//!
//! What must hold, written down:
//! 1. **The same ops make the same record**, on every phone that did not erase it, whatever came when and how often.
//! 2. **No op is lost.** Every op that a phone acknowledged is held by some phone, or its stub is, with its hash.
//! 3. **No effect is lost.** A value is among the values of its field or cell, or an op of that field or cell names it
//!    as replaced; if it is among several, the record is in conflict. A row is in its table as long as one op keeps it
//!    that no removal names. A fact stays, marked if somebody took it back. State and void are those of the latest op
//!    that sets them; the beginning is the earliest.
//! 4. **What a phone erased is gone there**, its erasures stay, its chain verifies over the stubs, and no file brings
//!    anything back.

use super::device::{Act, NOON, Phone, is_erasure, phones, record_id, table, union};
use super::fold::{Slot, is_fact, keeps, removes, replaced_in, replaces, sets};
use sitebook_core::ids::OpId;
use sitebook_core::ledger::{Change, Field, Record, Sealed, verify};
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::thread;

/// How many, unless `MERGE_HISTORIES` asks for more.
const HISTORIES: u64 = 100_000;

/// A small generator of numbers (xorshift64*): quick, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).unwrap()
    }

    fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(u64::try_from(len).unwrap())).unwrap()
    }

    fn word(&mut self) -> String {
        const WORDS: [&str; 6] = ["好", "机房 A 排", "zwei", "𠮷野", "</script>", "a \"b\" \n"];
        WORDS[self.index(WORDS.len())].to_owned()
    }

    fn value(&mut self) -> Value {
        match self.below(8) {
            0..=3 => Value::Text(self.word()),
            4 => Value::Bool(self.below(2) == 0),
            5 => Value::Number(f64::from(self.byte()) / 4.0),
            6 => Value::Moment(Stamp { at: NOON + i64::from(self.byte()), tz: 480 }),
            _ => Value::EMPTY,
        }
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.index(last + 1));
        }
    }

    fn jump(&mut self) -> i64 {
        let far = [i64::MIN / 2, -NOON, NOON, i64::MAX / 4];
        match self.below(8) {
            0 => far[self.index(far.len())],
            _ => i64::try_from(self.below(200_000_000)).unwrap() - 100_000_000,
        }
    }

    fn act(&mut self) -> Act {
        match self.below(40) {
            0..=9 => Act::Set(u8::try_from(self.below(3)).unwrap(), self.value()),
            10..=12 => Act::AddRow(self.value()),
            13..=18 => Act::SetCell(self.byte(), u8::try_from(self.below(3)).unwrap(), self.value()),
            19..=21 => Act::RemoveRow(self.byte()),
            22 => Act::RestoreRow(self.byte()),
            23 | 24 => Act::Stamp(self.byte() % 2, self.below(2) == 0),
            25 => Act::Attach(self.byte() % 3, (self.below(2) == 0).then(|| self.word())),
            26 => Act::Sign(self.word()),
            27 => Act::Override(self.word()),
            28 | 29 => Act::Withdraw(self.byte()),
            30 => Act::Move(self.below(2) == 0),
            31 => Act::Void(self.word()),
            32..=34 => Act::Jump(self.jump()),
            35 if self.below(3) == 0 => Act::Erase(self.word()),
            _ => Act::Pull(self.byte()),
        }
    }
}

/// What was written, by id, and the phones as they stand afterwards.
struct Told {
    phones: Vec<Phone>,
    written: BTreeMap<OpId, String>,
}

fn history(dice: &mut Dice) -> Told {
    let count = 2 + dice.index(4);
    let mut phones = phones(count);
    let mut written = BTreeMap::new();
    for _ in 0..4 + dice.below(28) {
        let who = dice.index(count);
        match dice.act() {
            Act::Pull(from) => {
                let file = part_of(&phones[usize::from(from) % count].ops, dice);
                phones[who].pull(&file);
            }
            act => phones[who].act(&act),
        }
        // At least what it wrote just now is new.
        written.extend(phones[who].ops.iter().rev().take(2).map(|new| (new.op.id.clone(), new.hash.clone())));
    }
    written.extend(phones[0].ops.first().map(|first| (first.op.id.clone(), first.hash.clone())));
    Told { phones, written }
}

/// All or some of the ops, in any order, some twice: a file as it may arrive.
fn part_of(ops: &[Sealed], dice: &mut Dice) -> Vec<Sealed> {
    let keep = 1 + dice.below(4);
    let mut file: Vec<Sealed> = ops.iter().filter(|_| keep == 4 || dice.below(4) < keep).cloned().collect();
    for _ in 0..dice.below(3).min(file.len() as u64) {
        file.push(file[dice.index(file.len())].clone());
    }
    dice.shuffle(&mut file);
    file
}

fn fold<'a>(ops: impl IntoIterator<Item = &'a Sealed>) -> Record {
    Record::fold(&record_id(), ops.into_iter().map(|sealed| &sealed.op))
}

/// One history from its seed, and everything that must hold.
fn check(seed: u64) -> Seen {
    let mut dice = Dice::new(seed);
    let Told { mut phones, written } = history(&mut dice);
    let all = union(&phones);
    let stubs: BTreeMap<&OpId, &String> =
        phones.iter().flat_map(|phone| &phone.stubs).map(|stub| (&stub.id, &stub.hash)).collect();
    let held: BTreeMap<&OpId, &String> = all.iter().map(|sealed| (&sealed.op.id, &sealed.hash)).collect();
    for (id, hash) in &written {
        assert!(held.get(id) == Some(&hash) || stubs.get(id) == Some(&hash), "seed {seed}: {id} is lost");
    }
    let record = fold(&all);
    effects(&all, &record, seed);
    let mut seen = Seen { phones: phones.len(), ops: written.len(), ..Seen::default() };
    seen.conflicts = record.conflicts();
    for phone in &mut phones {
        let mut file = all.clone();
        dice.shuffle(&mut file);
        phone.pull(&file);
        if phone.has_erased() {
            seen.erased += 1;
            erased(phone, &all, seed);
        } else {
            assert_eq!(phone.record, record, "seed {seed}: phones differ");
        }
    }
    seen
}

fn erased(phone: &Phone, all: &[Sealed], seed: u64) {
    let tombstones: Vec<&Sealed> = all.iter().filter(|sealed| is_erasure(sealed)).collect();
    assert_eq!(phone.record, fold(tombstones.iter().copied()), "seed {seed}: more is left than the erasures");
    assert!(!phone.record.erased.is_empty() && phone.record.created.is_none() && phone.record.fields.is_empty());
    assert_eq!(verify(&phone.ops, &phone.stubs), Ok(()), "seed {seed}");
}

/// Invariant 3, op by op.
fn effects(ops: &[Sealed], record: &Record, seed: u64) {
    let replaced: BTreeSet<&OpId> = ops.iter().flat_map(|sealed| replaces(&sealed.op)).collect();
    let withdrawn: BTreeSet<&OpId> = ops.iter().filter_map(|sealed| taken_back(&sealed.op.change)).collect();
    let facts: BTreeSet<&OpId> =
        record.facts.values().chain(record.overrides.values()).flatten().map(|fact| &fact.touch.op).collect();
    assert_eq!(record.withdrawn.iter().collect::<BTreeSet<_>>(), withdrawn, "seed {seed}");
    for Sealed { op, .. } in ops {
        for (slot, value) in sets(op) {
            let field = slot.find(record).unwrap();
            let known = replaced.contains(&op.id) && replaced_in(ops, &op.id, &slot);
            value_is_kept(field, &op.id, value, known, &slot, seed);
        }
        assert_eq!(facts.contains(&op.id), is_fact(&op.change), "seed {seed}: a fact is lost");
        let tombstone = record.erased.iter().any(|erased| erased.touch.op == op.id);
        assert_eq!(tombstone, matches!(op.change, Change::Erase { .. }), "seed {seed}");
    }
    for (id, row) in record.tables.get(&table()).into_iter().flatten() {
        let saw: BTreeSet<&OpId> = ops.iter().flat_map(|sealed| removes(&sealed.op, id)).collect();
        let kept = ops.iter().any(|sealed| keeps(&sealed.op, id) && !saw.contains(&sealed.op.id));
        let added = ops.iter().any(|s| matches!(&s.op.change, Change::RowAdd { row, .. } if row == id));
        assert_eq!(row.is_present(), kept && added, "seed {seed}: row {id}");
    }
    let latest =
        |wanted: fn(&Change) -> bool| ops.iter().filter(|s| wanted(&s.op.change)).map(|s| (s.op.hlc, &s.op.id)).max();
    let state = record.state.as_ref().map(|(hlc, id, _)| (*hlc, id));
    assert_eq!(state, latest(|change| matches!(change, Change::Transition { .. })), "seed {seed}");
    let void = record.void.as_ref().map(|(hlc, id, _)| (*hlc, id));
    assert_eq!(void, latest(|change| matches!(change, Change::Void { .. })), "seed {seed}");
    let begun = ops.iter().any(|sealed| matches!(sealed.op.change, Change::Create { .. }));
    assert_eq!(record.created.is_some(), begun, "seed {seed}");
}

fn value_is_kept(field: &Field, op: &OpId, value: &Value, known: bool, slot: &Slot<'_>, seed: u64) {
    let head = field.heads.iter().find(|head| head.touch.op == *op);
    assert!(head.is_some() != known, "seed {seed}: {op} of {slot:?} is neither shown nor replaced");
    assert!(head.is_none_or(|head| &head.value == value), "seed {seed}");
    assert!(known || field.value() == Some(value) || field.in_conflict(), "seed {seed}: {op} is hidden");
}

fn taken_back(change: &Change) -> Option<&OpId> {
    match change {
        Change::Withdraw { fact } => Some(fact),
        _ => None,
    }
}

/// What came up, so that the test cannot pass by never trying.
#[derive(Debug, Default)]
struct Seen {
    phones: usize,
    ops: usize,
    conflicts: usize,
    erased: usize,
}

#[test]
fn a_hundred_thousand_random_histories_merge_alike_and_lose_nothing() {
    let asked = std::env::var("MERGE_HISTORIES").ok().and_then(|count| count.parse().ok());
    let (count, threads) = (asked.unwrap_or(HISTORIES), thread::available_parallelism().map_or(2, usize::from) as u64);
    let totals: Vec<(u64, Seen)> = thread::scope(|scope| {
        let share = |first: u64| {
            let mut total = (0, Seen::default());
            for seed in (first..count).step_by(usize::try_from(threads).unwrap()) {
                let seen = check(seed);
                total.0 += 1;
                total.1.phones += seen.phones;
                total.1.ops += seen.ops;
                total.1.conflicts += seen.conflicts;
                total.1.erased += seen.erased;
            }
            total
        };
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(move || share(first))).collect();
        running.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let sum = |of: fn(&Seen) -> usize| -> usize { totals.iter().map(|(_, seen)| of(seen)).sum() };
    let histories: u64 = totals.iter().map(|(count, _)| count).sum();
    let (conflicts, erased) = (sum(|seen| seen.conflicts), sum(|seen| seen.erased));
    println!(
        "{histories} histories of {} phones with {} ops, {conflicts} conflicts, {erased} phones that erased",
        sum(|seen| seen.phones),
        sum(|seen| seen.ops)
    );
    assert_eq!(histories, count);
    assert!(conflicts > 0 && erased > 0, "the histories try too little");
}
