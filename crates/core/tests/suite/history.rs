//! History in words, old values put back, conflicts shown until somebody chooses.

use super::device::Phone;
use super::procedure::{Visit, now};
use sitebook_core::ids::RowId;
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use sitebook_core::work::{Back, Command, Conflict, Context, Entry, History, Refusal, Words, conflicts, undo};

const REASON: &str = "before.apply.reason";

fn text(word: &str) -> Value {
    Value::Text(word.to_owned())
}

/// The history as the page shows it, latest first.
fn entries(visit: &Visit) -> Vec<Entry> {
    let history = History::new(&visit.ops, now());
    visit.ask(|scope| {
        let context = Context::Visit { scope };
        history.entries(0, history.len(), &visit.record, &Words::Visit(scope), Some(&context))
    })
}

fn latest(visit: &Visit) -> String {
    entries(visit)[0].what.zh.to_string()
}

fn found(visit: &Visit) -> Vec<Conflict> {
    visit.ask(|scope| conflicts(&visit.record, &Words::Visit(scope)))
}

/// What another phone wrote without knowing of this one's values arrives.
fn arrives(visit: &mut Visit, phone: &Phone) {
    for sealed in &phone.ops {
        visit.record.apply(&sealed.op);
        visit.ops.push(sealed.clone());
    }
}

/// A phone whose clock runs an hour ahead, so that its values show.
fn other_phone() -> Phone {
    let mut phone = Phone::new(3);
    phone.clock = now().at + 3_600_000;
    phone
}

#[test]
fn a_change_is_told_with_what_was_before() {
    let mut visit = Visit::signed();
    visit.text(REASON, "拥塞").unwrap();
    assert!(latest(&visit).ends_with("：由“掉话”改为“拥塞”"), "{}", latest(&visit));
    visit.set(REASON, Value::EMPTY).unwrap();
    assert!(latest(&visit).ends_with("：清除，原为“拥塞”"), "{}", latest(&visit));
    visit.text(REASON, "掉话").unwrap();
    assert!(latest(&visit).ends_with("：掉话"), "{}", latest(&visit));
    visit.stamp("enter.arrive.at", now()).unwrap();
    visit.count_out("row-2", 2.0).unwrap();
    visit.count_out("row-2", 1.0).unwrap();
    assert!(latest(&visit).ends_with("带出：由“2”改为“1”"), "{}", latest(&visit));
}

#[test]
fn any_value_can_be_put_back_and_that_undone() {
    let mut visit = Visit::signed();
    visit.text(REASON, "拥塞").unwrap();
    assert_eq!(entries(&visit)[0].back, Back::Nothing, "what stands needs no putting back");
    let old = entries(&visit).into_iter().find(|entry| entry.what.zh.ends_with("：掉话")).unwrap();
    let Back::By(commands) = old.back else { panic!("{:?}", old.back) };
    let before = visit.record.clone();
    visit.run(&commands[0]).unwrap();
    assert_eq!(visit.record.text(REASON), Some("掉话"));
    let undoing = undo(&commands[0], &before, &visit.record).unwrap();
    visit.run(&undoing).unwrap();
    assert_eq!(visit.record.text(REASON), Some("拥塞"));
}

#[test]
fn rows_stamps_and_cells_are_put_back_too() {
    let mut visit = Visit::signed();
    let row = RowId::parse("row-1").unwrap();
    let table = "before.objects.list".to_owned();
    let cell =
        Command::SetCell { table: table.clone(), row: row.clone(), column: "item".into(), value: text("平板") };
    visit.run(&cell).unwrap();
    visit.run(&Command::RemoveRow { table: table.clone(), row: row.clone() }).unwrap();
    let by_words = |visit: &Visit, words: &str| -> Vec<Command> {
        let entry = entries(visit).into_iter().find(|entry| entry.what.zh.contains(words)).unwrap();
        match entry.back {
            Back::By(commands) => commands,
            other => panic!("{words}: {other:?}"),
        }
    };
    let restore = by_words(&visit, "删除一行");
    assert_eq!(restore, [Command::RestoreRow { table: table.clone(), row: row.clone() }]);
    visit.run(&restore[0]).unwrap();
    let first = by_words(&visit, "添加一行 笔记本");
    visit.run(&first[0]).unwrap();
    assert_eq!(visit.record.tables[&table][&row].value("item"), Some(&text("笔记本")));

    let early = Stamp { at: now().at - 600_000, ..now() };
    visit.stamp("enter.arrive.at", early).unwrap();
    visit.stamp("enter.arrive.at", now()).unwrap();
    let back = by_words(&visit, &early.date_time());
    let before = visit.record.clone();
    visit.run(&back[0]).unwrap();
    assert_eq!(visit.record.stamp("enter.arrive.at"), Some(early));
    let undoing = undo(&back[0], &before, &visit.record).unwrap();
    visit.run(&undoing).unwrap();
    assert_eq!(visit.record.stamp("enter.arrive.at"), Some(now()));
    assert!(entries(&visit)[0].what.zh.starts_with("撤回：") && entries(&visit)[1].withdrawn);
}

#[test]
fn a_void_record_says_why_nothing_is_put_back() {
    let mut visit = Visit::signed();
    visit.text(REASON, "拥塞").unwrap();
    visit.run(&Command::Void { reason: "重复".into() }).unwrap();
    let old = entries(&visit).into_iter().find(|entry| entry.what.zh.ends_with("：掉话")).unwrap();
    assert_eq!(old.back, Back::Refused(Refusal::Void.words()));
}

#[test]
fn a_conflict_names_both_values_until_one_is_kept() {
    let mut visit = Visit::signed();
    let mut phone = other_phone();
    phone.set(REASON, text("拥塞"));
    arrives(&mut visit, &phone);
    let conflict = &found(&visit)[0];
    let told: Vec<_> =
        conflict.values.iter().map(|claim| (claim.words.zh.as_ref(), claim.touch.actor.as_str())).collect();
    assert_eq!(told, [("拥塞", "工程师 3"), ("掉话", super::procedure::ENGINEER)]);
    assert_eq!((conflict.step().as_deref(), visit.record.conflicts()), (Some("before.apply"), 1));
    // The later value already shows; keeping it must settle the conflict all the same.
    for value in [text("拥塞"), text("掉话")] {
        let mut visit =
            Visit { record: visit.record.clone(), head: visit.head.clone(), ops: visit.ops.clone(), ..Visit::begin() };
        let keep = found(&visit)[0].keep(&value);
        assert_eq!(visit.run(&keep), Ok(1));
        assert_eq!(visit.record.value(REASON), Some(&value));
        assert_eq!(found(&visit), []);
    }
}

#[test]
fn a_conflict_in_a_cell_is_settled_by_the_table_or_the_tally_that_sets_it() {
    let mut visit = Visit::signed();
    visit.stamp("enter.arrive.at", now()).unwrap();
    visit.count_out("row-2", 2.0).unwrap();
    let mut phone = other_phone();
    phone.record = visit.record.clone();
    let row = RowId::parse("row-2").unwrap();
    let cells = phone.record.tables.get_mut("before.objects.list").unwrap().get_mut(&row).unwrap();
    cells.cells.remove("out");
    phone.write(sitebook_core::ledger::Change::RowSet {
        table: "before.objects.list".into(),
        row: row.clone(),
        column: "out".into(),
        value: Value::Number(1.0),
        was: Vec::new(),
    });
    arrives(&mut visit, &phone);
    let conflict = found(&visit).remove(0);
    assert_eq!(conflict.cell, Some((row, "out".to_owned())));
    assert_eq!(conflict.key, "leave.leave.tally");
    assert_eq!(visit.run(&conflict.keep(&Value::Number(2.0))), Ok(1));
    assert_eq!(found(&visit), []);
}

#[test]
fn a_history_of_a_thousand_ops_is_told_in_parts() {
    let mut visit = Visit::signed();
    for n in 0..1_000 {
        visit.text(REASON, &format!("第 {n} 次")).unwrap();
    }
    let history = History::new(&visit.ops, now());
    assert!(!history.has_clocks() && history.len() > 1_000);
    let part = visit.ask(|scope| history.entries(100, 100, &visit.record, &Words::Visit(scope), None));
    assert_eq!(part.len(), 100);
    assert!(part[0].what.zh.ends_with("由“第 898 次”改为“第 899 次”"), "{}", part[0].what.zh);
}
