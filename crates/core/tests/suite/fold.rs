//! The fold: the same ops make the same record, and nothing that anybody entered is lost.

use super::cases;
use super::device::{Phone, history, record_id, table, union};
use proptest::prelude::*;
use sitebook_core::ids::{OpId, RowId};
use sitebook_core::ledger::{Change, Op, Record, Sealed};
use sitebook_core::value::Value;
use std::collections::BTreeSet;

fn fold<'a>(ops: impl IntoIterator<Item = &'a Sealed>) -> Record {
    Record::fold(&record_id(), ops.into_iter().map(|sealed| &sealed.op))
}

/// The record as the database gives it back.
fn stored(record: &Record) -> Record {
    serde_json::from_str(&serde_json::to_string(record).unwrap()).unwrap()
}

fn text(word: &str) -> Value {
    Value::Text(word.to_owned())
}

/// All ops of a history, and the same ops shuffled with some twice.
fn shuffled() -> impl Strategy<Value = (Vec<Sealed>, Vec<Sealed>)> {
    history(40).prop_flat_map(|phones| {
        let all = union(&phones);
        let twice = proptest::sample::subsequence(all.clone(), 0..=all.len());
        twice.prop_flat_map(move |twice| {
            let with_twins = [all.clone(), twice].concat();
            (Just(all.clone()), Just(with_twins).prop_shuffle())
        })
    })
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn order_and_duplication_do_not_matter((ops, shuffled) in shuffled()) {
        prop_assert_eq!(fold(&ops), fold(&shuffled));
    }

    #[test]
    fn grouping_and_storing_in_between_do_not_matter((ops, shuffled) in shuffled(), cut in any::<prop::sample::Index>()) {
        let (first, rest) = shuffled.split_at(cut.index(shuffled.len() + 1));
        let mut record = stored(&fold(first));
        rest.iter().for_each(|sealed| record.apply(&sealed.op));
        prop_assert_eq!(&stored(&record), &record);
        prop_assert_eq!(record, fold(&ops));
    }

    #[test]
    fn phones_that_have_the_same_ops_show_the_same(mut phones in history(40)) {
        let all = union(&phones);
        for phone in &mut phones {
            phone.pull(&all);
        }
        for phone in &phones[1..] {
            prop_assert_eq!(&phone.record, &phones[0].record);
        }
    }

    #[test]
    fn nothing_acknowledged_is_lost(phones in history(60)) {
        let ops = union(&phones);
        let record = fold(&ops);
        let replaced: BTreeSet<&OpId> = ops.iter().flat_map(|sealed| replaces(&sealed.op)).collect();
        for Sealed { op, .. } in &ops {
            for (what, value) in sets(op) {
                let field = what.find(&record).unwrap();
                let head = field.heads.iter().find(|head| head.touch.op == op.id);
                let known = replaced.contains(&op.id) && replaced_in(&ops, &op.id, &what);
                prop_assert!(head.is_some() != known, "{:?} of {}", what, op.id);
                prop_assert!(head.is_none_or(|head| &head.value == value));
                let shown = field.value() == Some(value);
                prop_assert!(known || shown || field.in_conflict());
            }
        }
    }

    #[test]
    fn facts_stay(phones in history(40)) {
        let ops = union(&phones);
        let record = fold(&ops);
        let facts: BTreeSet<&OpId> =
            record.facts.values().chain(record.overrides.values()).flatten().map(|fact| &fact.touch.op).collect();
        let made: BTreeSet<&OpId> = ops.iter().filter(|sealed| is_fact(&sealed.op.change)).map(|s| &s.op.id).collect();
        prop_assert_eq!(facts, made);
    }

    #[test]
    fn a_row_is_there_while_somebody_keeps_it_who_was_not_overruled_knowingly(phones in history(60)) {
        let ops = union(&phones);
        let record = fold(&ops);
        for (id, row) in record.tables.get(&table()).into_iter().flatten() {
            let saw: BTreeSet<&OpId> = ops.iter().flat_map(|sealed| removes(&sealed.op, id)).collect();
            let kept = ops.iter().any(|sealed| keeps(&sealed.op, id) && !saw.contains(&sealed.op.id));
            prop_assert_eq!(row.is_present(), kept);
        }
    }
}

/// A field or a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Slot<'a> {
    Field(&'a str),
    Cell(&'a RowId, &'a str),
}

impl Slot<'_> {
    pub fn find<'r>(&self, record: &'r Record) -> Option<&'r sitebook_core::ledger::Field> {
        match self {
            Slot::Field(field) => record.fields.get(*field),
            Slot::Cell(row, column) => record.tables.get(&table())?.get(row)?.cells.get(*column),
        }
    }
}

pub fn sets(op: &Op) -> Vec<(Slot<'_>, &Value)> {
    match &op.change {
        Change::Set { field, value, .. } => vec![(Slot::Field(field), value)],
        Change::RowSet { row, column, value, .. } => vec![(Slot::Cell(row, column), value)],
        Change::RowAdd { row, cells, .. } => {
            cells.iter().map(|(column, value)| (Slot::Cell(row, column), value)).collect()
        }
        _ => Vec::new(),
    }
}

pub fn replaces(op: &Op) -> &[OpId] {
    match &op.change {
        Change::Set { was, .. } | Change::RowSet { was, .. } => was,
        _ => &[],
    }
}

/// Whether some op names `lost` as replaced in this very slot.
pub fn replaced_in(ops: &[Sealed], lost: &OpId, slot: &Slot<'_>) -> bool {
    ops.iter()
        .any(|sealed| replaces(&sealed.op).contains(lost) && sets(&sealed.op).iter().any(|(found, _)| found == slot))
}

pub fn keeps(op: &Op, id: &RowId) -> bool {
    match &op.change {
        Change::RowAdd { row, .. } | Change::RowSet { row, .. } | Change::RowRestore { row, .. } => row == id,
        _ => false,
    }
}

pub fn removes<'a>(op: &'a Op, id: &RowId) -> &'a [OpId] {
    match &op.change {
        Change::RowRemove { row, saw, .. } if row == id => saw,
        _ => &[],
    }
}

pub fn is_fact(change: &Change) -> bool {
    matches!(change, Change::Stamp { .. } | Change::Attach { .. } | Change::Sign { .. } | Change::Override { .. })
}

/// Two phones that share one row.
fn pair_with_row() -> (Phone, Phone, RowId) {
    let (mut one, mut two) = (Phone::new(1), Phone::new(2));
    one.add_row("row-1", &[("item", text("laptop")), ("quantity", Value::Number(2.0))]);
    two.pull(&one.ops);
    (one, two, RowId::parse("row-1").unwrap())
}

#[test]
fn a_cell_that_arrives_before_its_row_does_not_swallow_the_other_cells() {
    let (mut one, _, row) = pair_with_row();
    one.set_cell(&row, "quantity", Value::Number(3.0));
    let backwards = fold(one.ops.iter().rev());
    let cells = &backwards.tables[&table()][&row];
    assert_eq!(cells.value("item"), Some(&text("laptop")));
    assert_eq!(cells.value("quantity"), Some(&Value::Number(3.0)));
    assert_eq!(backwards, one.record);
}

#[test]
fn an_edit_outlives_a_removal_that_did_not_know_of_it_whatever_the_clocks_say() {
    for skew in [-3_600_000, 0, 3_600_000] {
        let (mut one, mut two, row) = pair_with_row();
        two.clock = one.clock + skew;
        one.set_cell(&row, "item", text("laptop 14"));
        two.remove_row(&row);
        assert!(!two.record.tables[&table()][&row].is_present());
        two.pull(&one.ops);
        assert!(two.record.tables[&table()][&row].is_present(), "skew {skew}");
        two.remove_row(&row);
        assert!(!two.record.tables[&table()][&row].is_present(), "a removal that knows stands");
    }
}

#[test]
fn a_removed_row_comes_back_by_restoring_or_changing_it() {
    let (mut one, _, row) = pair_with_row();
    one.remove_row(&row);
    assert!(one.record.rows(&table()).is_empty());
    one.write(Change::RowRestore { table: table(), row: row.clone() });
    assert_eq!(one.record.rows(&table()).len(), 1);
    one.remove_row(&row);
    one.set_cell(&row, "item", text("again"));
    assert_eq!(one.record.rows(&table()).len(), 1);
}

#[test]
fn where_two_changed_the_same_field_the_later_stands_and_the_record_says_so() {
    let (mut one, mut two) = (Phone::new(1), Phone::new(2));
    one.set("a.b.c", text("before"));
    two.pull(&one.ops);
    two.clock = one.clock + 5;
    one.set("a.b.c", text("one"));
    two.set("a.b.c", text("two"));
    one.pull(&two.ops);
    let field = &one.record.fields["a.b.c"];
    assert_eq!(field.value(), Some(&text("two")));
    assert!(field.in_conflict());
    assert_eq!(field.heads.len(), 2, "what both had seen is no part of the conflict");
}

#[test]
fn a_conflict_ends_for_everybody_when_somebody_who_saw_it_decides() {
    let (mut one, mut two) = (Phone::new(1), Phone::new(2));
    one.set("a.b.c", text("one"));
    two.set("a.b.c", text("two"));
    one.pull(&two.ops);
    assert!(one.record.fields["a.b.c"].in_conflict());
    one.set("a.b.c", text("three"));
    two.pull(&one.ops);
    for phone in [one, two] {
        assert!(!phone.record.fields["a.b.c"].in_conflict());
        assert_eq!(phone.record.text("a.b.c"), Some("three"));
    }
}

#[test]
fn an_edit_is_no_conflict() {
    let (mut one, mut two) = (Phone::new(1), Phone::new(2));
    one.set("a.b.c", text("one"));
    two.pull(&one.ops);
    two.clock -= 86_400_000;
    two.set("a.b.c", text("two"));
    one.pull(&two.ops);
    assert!(!one.record.fields["a.b.c"].in_conflict());
    assert_eq!(one.record.text("a.b.c"), Some("two"), "whoever saw the value has the last word");
}
