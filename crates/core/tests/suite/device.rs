//! Small simulated phones that write histories: each has its own clock, sees only what it was handed, and builds
//! every change from what it sees, as the app does.

use proptest::prelude::*;
use sitebook_core::ids::{DeviceId, OpId, RecordId, RowId};
use sitebook_core::ledger::{
    Attachment, Change, Head, Record, RecordKind, Sealed, State, Stub, TemplateRef, erasure, hex, seal, sha256,
};
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use std::collections::BTreeMap;

/// 2026-11-21, noon in China.
pub const NOON: i64 = 1_795_233_600_000;

/// What a person does on one phone. Numbers choose among what is there.
#[derive(Debug, Clone)]
pub enum Act {
    Set(u8, Value),
    AddRow(Value),
    SetCell(u8, u8, Value),
    RemoveRow(u8),
    RestoreRow(u8),
    Stamp(u8, bool),
    Attach(u8, Option<String>),
    Sign(String),
    Override(String),
    Withdraw(u8),
    Move(bool),
    Void(String),
    /// The clock jumps by so many milliseconds.
    Jump(i64),
    /// Takes in what the phone with this number has.
    Pull(u8),
    /// Erases the record from this phone.
    Erase(String),
}

pub fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,8}",
        Just("机房 A 排".to_owned()),
        Just("𠮷野 👷🏽‍♀️ é".to_owned()),
        Just("=cmd|' /C calc'!A0 \" \\ / </script>\n\t\u{7f}\u{2028}".to_owned()),
        "\\PC{1,20}",
    ]
}

pub fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => words().prop_map(Value::Text),
        2 => any::<bool>().prop_map(Value::Bool),
        1 => (-1_000_000i32..1_000_000).prop_map(|n| Value::Number(f64::from(n) / 1000.0)),
        1 => (-9.0e15..9.0e15f64).prop_map(Value::Number),
        1 => (0..1_000_000_000i64).prop_map(|at| Value::Moment(Stamp { at: NOON - at, tz: 480 })),
        1 => Just(Value::EMPTY),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (0..4u8, value()).prop_map(|(field, value)| Act::Set(field, value)),
        2 => value().prop_map(Act::AddRow),
        4 => (any::<u8>(), 0..3u8, value()).prop_map(|(row, column, value)| Act::SetCell(row, column, value)),
        2 => any::<u8>().prop_map(Act::RemoveRow),
        1 => any::<u8>().prop_map(Act::RestoreRow),
        1 => (0..2u8, any::<bool>()).prop_map(|(field, by_hand)| Act::Stamp(field, by_hand)),
        1 => (0..3u8, proptest::option::of(words())).prop_map(|(photo, caption)| Act::Attach(photo, caption)),
        1 => words().prop_map(Act::Sign),
        1 => words().prop_map(Act::Override),
        1 => any::<u8>().prop_map(Act::Withdraw),
        1 => any::<bool>().prop_map(Act::Move),
        1 => words().prop_map(Act::Void),
        2 => (-100_000_000i64..100_000_000).prop_map(Act::Jump),
        1 => prop_oneof![Just(i64::MIN / 2), Just(-NOON), Just(NOON), Just(i64::MAX / 4)].prop_map(Act::Jump),
        5 => any::<u8>().prop_map(Act::Pull),
    ]
}

/// Two to five phones, and who does what on which of them.
pub fn history(most: usize) -> impl Strategy<Value = Vec<Phone>> {
    (2..=5usize, proptest::collection::vec((any::<u8>(), act()), 1..most)).prop_map(|(phones, acts)| run(phones, &acts))
}

/// A phone and all it has seen.
#[derive(Debug, Clone)]
pub struct Phone {
    pub head: Head,
    pub clock: i64,
    pub ops: Vec<Sealed>,
    pub record: Record,
    /// What is left of the ops that were erased here.
    pub stubs: Vec<Stub>,
    number: u8,
    made: u16,
}

pub fn record_id() -> RecordId {
    RecordId::parse("visit-1").unwrap()
}

pub fn op_id(phone: u8, count: u16) -> OpId {
    // Ids need no order of their own; this one scatters them so that ties are broken both ways.
    let scatter = sha256(&[phone, count.to_le_bytes()[0], count.to_le_bytes()[1]]);
    OpId::at(NOON, scatter[..10].try_into().unwrap())
}

impl Phone {
    pub fn new(number: u8) -> Phone {
        let head = Head::new(DeviceId::at(NOON, [number; 10]));
        let (ops, record) = (Vec::new(), Record::new(record_id()));
        Phone { head, clock: NOON, ops, record, stubs: Vec::new(), number, made: 0 }
    }

    /// Writes one change, as the store does.
    pub fn write(&mut self, change: Change) -> OpId {
        self.made += 1;
        let id = op_id(self.number, self.made);
        let actor = format!("工程师 {}", self.number);
        let (id, record) = (id, record_id());
        let sealed = seal(&mut self.head, id.clone(), record, &actor, self.clock, 480, change).unwrap();
        self.clock = self.clock.saturating_add(1);
        self.record.apply(&sealed.op);
        self.ops.push(sealed);
        id
    }

    pub fn set(&mut self, field: &str, value: Value) -> OpId {
        let was = self.record.field_ops(field);
        self.write(Change::Set { field: field.to_owned(), value, was })
    }

    pub fn add_row(&mut self, row: &str, cells: &[(&str, Value)]) -> OpId {
        let cells = cells.iter().map(|(column, value)| ((*column).to_owned(), value.clone())).collect();
        self.write(Change::RowAdd { table: table(), row: RowId::parse(row).unwrap(), cells })
    }

    pub fn set_cell(&mut self, row: &RowId, column: &str, value: Value) -> OpId {
        let rows = &self.record.tables[&table()];
        let was = rows[row].cells.get(column).map(|cell| cell.ops()).unwrap_or_default();
        let (row, column) = (row.clone(), column.to_owned());
        self.write(Change::RowSet { table: table(), row, column, value, was })
    }

    pub fn remove_row(&mut self, row: &RowId) -> OpId {
        let saw = self.record.tables[&table()][row].kept_by();
        self.write(Change::RowRemove { table: table(), row: row.clone(), saw })
    }

    /// Erases the record, as the app does: stubs instead of ops, and one op that says so.
    pub fn erase(&mut self, reason: &str) {
        let (stay, go): (Vec<_>, Vec<_>) = std::mem::take(&mut self.ops).into_iter().partition(is_erasure);
        self.ops = stay;
        self.record = Record::fold(&record_id(), self.ops.iter().map(|sealed| &sealed.op));
        let by = self.write(erasure(&go, 1, 0, reason.to_owned()));
        self.stubs.extend(go.iter().map(|sealed| Stub::of(sealed, &by)));
    }

    /// Whether the record was erased on this phone: nothing is entered there any more, and nothing of it comes in.
    pub fn has_erased(&self) -> bool {
        !self.stubs.is_empty()
    }

    /// Takes in another phone's ops, as an import does.
    pub fn pull(&mut self, from: &[Sealed]) {
        let erased = self.has_erased();
        for sealed in from.iter().filter(|sealed| !erased || is_erasure(sealed)) {
            self.head.hlc = self.head.hlc.observe(sealed.op.hlc);
            if self.ops.iter().all(|known| known.op.id != sealed.op.id) {
                self.record.apply(&sealed.op);
                self.ops.push(sealed.clone());
            }
        }
    }

    fn any_row(&self, choice: u8) -> Option<RowId> {
        let rows: Vec<_> = self.record.tables.get(&table())?.keys().collect();
        rows.get(usize::from(choice) % rows.len().max(1)).map(|row| (*row).clone())
    }

    pub fn act(&mut self, act: &Act) {
        if self.has_erased() && !matches!(act, Act::Jump(_)) {
            return;
        }
        match act.clone() {
            Act::Set(field, value) => drop(self.set(&format!("a.b.field-{field}"), value)),
            Act::AddRow(value) => {
                let row = format!("row-{}-{}", self.number, self.made);
                self.add_row(&row, &[("c0", value.clone()), ("c1", value)]);
            }
            Act::SetCell(row, column, value) => {
                if let Some(row) = self.any_row(row) {
                    self.set_cell(&row, &format!("c{column}"), value);
                }
            }
            Act::RemoveRow(row) => {
                if let Some(row) = self.any_row(row) {
                    self.remove_row(&row);
                }
            }
            Act::RestoreRow(row) => {
                if let Some(row) = self.any_row(row) {
                    self.write(Change::RowRestore { table: table(), row });
                }
            }
            Act::Stamp(field, by_hand) => {
                let at = Stamp { at: NOON, tz: 480 };
                self.write(Change::Stamp { field: format!("a.b.stamp-{field}"), at, by_hand });
            }
            Act::Attach(photo, caption) => {
                let attachment = picture(photo).0;
                self.write(Change::Attach { field: "a.b.photo".into(), attachment, caption });
            }
            Act::Sign(name) => {
                let image = picture(9).0;
                let seen = BTreeMap::from([("a.b.field-0".to_owned(), hex(&sha256(b"seen")))]);
                let (field, role) = ("a.b.sign".to_owned(), "客户代表".to_owned());
                self.write(Change::Sign { field, name, role, image, seen });
            }
            Act::Override(reason) => {
                let (target, approver) = ("gate:a.b:g".to_owned(), "值班主任".to_owned());
                self.write(Change::Override { target, reason, approver });
            }
            Act::Withdraw(choice) => {
                let facts = self.record.facts.values().chain(self.record.overrides.values()).flatten();
                let ids: Vec<_> = facts.map(|fact| fact.touch.op.clone()).collect();
                if let Some(fact) = ids.get(usize::from(choice) % ids.len().max(1)) {
                    self.write(Change::Withdraw { fact: fact.clone() });
                }
            }
            Act::Move(closed) => {
                let to = if closed { State::Closed } else { State::Open };
                self.write(Change::Transition { to });
            }
            Act::Void(reason) => drop(self.write(Change::Void { reason })),
            Act::Erase(reason) => self.erase(&reason),
            Act::Jump(by) => self.clock = self.clock.saturating_add(by),
            Act::Pull(_) => {}
        }
    }
}

pub fn is_erasure(sealed: &Sealed) -> bool {
    matches!(sealed.op.change, Change::Erase { .. })
}

pub fn table() -> String {
    "a.b.list".to_owned()
}

/// A picture with its bytes: a PNG by its first bytes, told apart by its last.
pub fn picture(number: u8) -> (Attachment, Vec<u8>) {
    let bytes = [b"\x89PNG\r\n\x1a\n".as_slice(), &[number; 5]].concat();
    let sha256 = hex(&sha256(&bytes));
    let size = u64::try_from(bytes.len()).unwrap();
    (Attachment { sha256, mime: "image/png".into(), size, width: 4, height: 3 }, bytes)
}

/// Some phones, the first of which has begun the record.
pub fn phones(count: usize) -> Vec<Phone> {
    let mut phones: Vec<Phone> = (0..count).map(|n| Phone::new(u8::try_from(n).unwrap())).collect();
    let template = TemplateRef { id: "test".into(), version: 1, digest: "0".repeat(64) };
    let kind = RecordKind::Visit;
    phones[0].write(Change::Create { kind, number: Some("V-1".into()), template: Some(template) });
    phones
}

/// Everybody acts.
fn run(count: usize, acts: &[(u8, Act)]) -> Vec<Phone> {
    let mut phones = phones(count);
    for (who, act) in acts {
        let who = usize::from(*who) % count;
        if let Act::Pull(from) = act {
            let ops = phones[usize::from(*from) % count].ops.clone();
            phones[who].pull(&ops);
        } else {
            phones[who].act(act);
        }
    }
    phones
}

/// All ops of all phones, once each.
pub fn union(phones: &[Phone]) -> Vec<Sealed> {
    let mut all = BTreeMap::new();
    for sealed in phones.iter().flat_map(|phone| &phone.ops) {
        all.insert(sealed.op.id.clone(), sealed.clone());
    }
    all.into_values().collect()
}
