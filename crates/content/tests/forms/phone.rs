//! A small phone: a clock that is set by the test and moves on with every op, ids that count, one ledger, and the
//! loop of the app: look at the scope, let `decide` answer, seal what changes, fold it.

use crate::world::{moment, sample_values, world};
use sitebook_core::ids::{DeviceId, OpId, RecordId, RowId};
use sitebook_core::ledger::{Attachment, Fact, Head, Record, RecordKind, Sealed, hex, seal, sha256, verify_ops};
use sitebook_core::template::CaptureKind;
use sitebook_core::text::Lang;
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use sitebook_core::work::{Around, Command, Context, Refusal, Run, Scope, Serials, Target, decide, next_number};
use std::collections::BTreeMap;

/// The engineer who holds the phone.
pub const ENGINEER: &str = "林晓峰";
/// The company in the profile.
pub const COMPANY: &str = "清源网络技术有限公司";

/// A phone with one visit on it.
#[derive(Debug, Clone)]
pub struct Phone {
    day: u8,
    now: Stamp,
    ids: u64,
    head: Head,
    ops: Vec<Sealed>,
    /// The visit as it stands.
    pub visit: Record,
    /// The records around it.
    pub around: Around,
}

impl Phone {
    /// A phone on the 21st at 8:00 with the sample on it, `changed` in its work order, and a visit begun.
    pub fn begin(changed: &[(&str, Value)]) -> Phone {
        let now = moment(21, "08:00");
        let device = DeviceId::at(now.at, [7; 10]);
        let mut phone = Phone {
            day: 21,
            now,
            ids: 0,
            head: Head::new(device.clone()),
            ops: Vec::new(),
            visit: Record::new(RecordId::at(now.at, [9; 10])),
            around: Around::default(),
        };
        let mut serials = Serials::default();
        let mut ids = BTreeMap::new();
        for key in ["customer", "site", "contact", "asset", "order"] {
            let (kind, mut values) = sample_values(key, &ids, now);
            let mut number = None;
            if kind == RecordKind::Order {
                number = Some(next_number(&mut serials, "WO", now, &device));
                let changed = changed.iter().cloned();
                values.extend(changed.map(|(field, value)| (field.to_owned(), value)));
            }
            let id = RecordId::at(now.at, phone.random());
            let record = phone.create_basic(id.clone(), kind, number, values);
            phone.around.set(record);
            ids.insert(key.to_owned(), id);
        }
        phone.now = moment(21, "08:05");
        let values = [("visit.order", ids["order"].as_str()), ("visit.engineer", ENGINEER), ("visit.company", COMPANY)];
        let values = values.map(|(field, text)| (field.to_owned(), Value::text(text)));
        let command = Command::Create {
            kind: RecordKind::Visit,
            number: Some(next_number(&mut serials, "SV", now, &device)),
            template: Some(world().pin.clone()),
            values: BTreeMap::from(values),
        };
        let changes = decide(&command, &Context::NewVisit, phone.now, ENGINEER).unwrap();
        let id = phone.visit.id.clone();
        for change in changes {
            let sealed = phone.seal(&id, change);
            phone.visit.apply(&sealed.op);
        }
        phone
    }

    fn create_basic(
        &mut self,
        id: RecordId,
        kind: RecordKind,
        number: Option<String>,
        values: BTreeMap<String, Value>,
    ) -> Record {
        let command = Command::Create { kind, number, template: None, values };
        let context = Context::Basic { template: world().library.record(kind).unwrap(), record: None };
        let changes = decide(&command, &context, self.now, ENGINEER).unwrap();
        let mut record = Record::new(id.clone());
        for change in changes {
            record.apply(&self.seal(&id, change).op);
        }
        record
    }

    fn random(&mut self) -> [u8; 10] {
        self.ids += 1;
        sha256(&self.ids.to_be_bytes())[..10].try_into().unwrap()
    }

    fn seal(&mut self, record: &RecordId, change: sitebook_core::ledger::Change) -> Sealed {
        let id = OpId::at(self.now.at, self.random());
        let (at, tz) = (self.now.at, self.now.tz);
        let record = record.clone();
        let sealed = seal(&mut self.head, id, record, ENGINEER, at, tz, change).unwrap();
        self.now.at += 1_000;
        self.ops.push(sealed.clone());
        sealed
    }

    /// Sets the clock to a later time of this day; within the same minute it goes on.
    pub fn at(&mut self, time: &str) {
        let then = moment(self.day, time);
        if self.now.to_input() != then.to_input() {
            assert!(then.at > self.now.at, "{time} is over");
            self.now = then;
        }
    }

    /// Sets the clock to a time of a later day of the month.
    pub fn on(&mut self, day: u8, time: &str) {
        self.day = day;
        self.at(time);
    }

    /// What the clock shows.
    pub fn now(&self) -> Stamp {
        self.now
    }

    /// Everything that was written, in its order.
    pub fn ops(&self) -> &[Sealed] {
        &self.ops
    }

    /// Asks a question about the visit.
    pub fn ask<T>(&self, ask: impl FnOnce(&Scope<'_>) -> T) -> T {
        let world = world();
        ask(&Scope::new(&world.library, &world.procedure, &self.visit, &self.around))
    }

    /// Does what a tap asks for, as the app does.
    pub fn tries(&mut self, command: Command) -> Result<(), Refusal> {
        let now = self.now;
        let changes = self.ask(|scope| decide(&command, &Context::Visit { scope }, now, ENGINEER));
        let id = self.visit.id.clone();
        for change in changes? {
            let sealed = self.seal(&id, change);
            self.visit.apply(&sealed.op);
        }
        Ok(())
    }

    /// Does what a tap asks for, and it is not refused.
    pub fn does(&mut self, command: Command) {
        let tap = format!("{command:?}");
        if let Err(refusal) = self.tries(command) {
            panic!("{}\n{tap}\n{refusal:#?}", refusal.words().get(Lang::En));
        }
    }

    /// The step that the app shows as next, as `stage.step`.
    pub fn next(&self) -> Option<String> {
        self.ask(|scope| Run::new(scope).next().map(|(stage, step)| format!("{}.{}", stage.id, step.id)))
    }

    /// Looks at the clock and goes on with a step, which is the one that the app shows as next.
    pub fn goes_on(&mut self, time: &str, step: &str) {
        self.at(time);
        assert_eq!(self.next().as_deref(), Some(step), "next at {time}");
    }

    /// Answers a field; an empty value takes the answer back.
    pub fn sets(&mut self, field: &str, value: Value) {
        let field = field.to_owned();
        self.does(Command::Set { field, value });
    }

    /// Writes text or takes an answer of a choice.
    pub fn says(&mut self, field: &str, text: &str) {
        self.sets(field, Value::text(text));
    }

    /// Ticks boxes.
    pub fn ticks(&mut self, fields: &[&str]) {
        for field in fields {
            self.sets(field, Value::Bool(true));
        }
    }

    /// Accepts what the app suggests.
    pub fn accepts(&mut self, field: &str) {
        let capture = world().procedure.capture(field).unwrap();
        let from = capture.suggest.as_deref();
        let from = from.unwrap_or_else(|| panic!("{field} has no suggestion"));
        let value = self.ask(|scope| scope.value(from));
        self.sets(field, value.unwrap_or_else(|| panic!("{from} is empty for {field}")));
    }

    /// Taps the phrase with this number, from 0.
    pub fn picks(&mut self, field: &str, phrase: usize) {
        let kind = &world().procedure.capture(field).unwrap().kind;
        let CaptureKind::Text { phrases, .. } = kind else { panic!("{field} has no phrases") };
        self.says(field, phrases[phrase].get(Lang::Zh));
    }

    /// Stamps now.
    pub fn stamps(&mut self, field: &str) {
        let command = self.stamp(field);
        self.does(command);
    }

    /// The tap that stamps now.
    pub fn stamp(&self, field: &str) -> Command {
        Command::Stamp { field: field.to_owned(), at: self.now, by_hand: false }
    }

    /// Adds a row. Gives its id.
    pub fn adds(&mut self, table: &str, cells: &[(&str, Value)]) -> RowId {
        let row = RowId::at(self.now.at, self.random());
        let cells = cells.iter().cloned();
        let command = Command::AddRow {
            table: table.to_owned(),
            row: row.clone(),
            cells: cells.map(|(column, value)| (column.to_owned(), value)).collect(),
        };
        self.does(command);
        row
    }

    /// Counts everything back that was carried in.
    pub fn counts_back(&mut self, tally: &str, table: &str) {
        let rows = self.visit.rows(table).into_iter();
        let quantity = |value: Option<&Value>| value.cloned().unwrap_or(Value::Number(1.0));
        let rows: Vec<_> = rows.map(|(id, row)| (id.clone(), quantity(row.value("quantity")))).collect();
        for (row, value) in rows {
            self.does(Command::SetCell { table: tally.to_owned(), row, column: "out".to_owned(), value });
        }
    }

    /// Takes a photo.
    pub fn photographs(&mut self, field: &str, caption: Option<&str>) {
        let image = self.picture("image/jpeg", (1600, 1200));
        self.does(Command::Attach { field: field.to_owned(), attachment: image, caption: caption.map(str::to_owned) });
    }

    /// Hands over the phone and has somebody sign.
    pub fn signs(&mut self, field: &str, name: &str, role: &str) {
        let command = self.signature(field, name, role);
        self.does(command);
    }

    /// The tap that keeps a drawn signature.
    pub fn signature(&mut self, field: &str, name: &str, role: &str) -> Command {
        Command::Sign {
            field: field.to_owned(),
            name: name.to_owned(),
            role: role.to_owned(),
            image: Some(self.picture("image/png", (600, 200))),
        }
    }

    fn picture(&mut self, mime: &str, (width, height): (u32, u32)) -> Attachment {
        Attachment { sha256: hex(&sha256(&self.random())), mime: mime.to_owned(), size: 4_096, width, height }
    }

    /// The stamp, photo or signature of a field that counts.
    pub fn fact(&self, field: &str) -> Fact {
        let fact = self.visit.facts(field).next_back();
        fact.unwrap_or_else(|| panic!("nothing in {field}")).clone()
    }

    /// Takes a stamp, photo or signature back.
    pub fn withdraws(&mut self, field: &str) {
        let fact = self.fact(field).touch.op;
        self.does(Command::Withdraw { fact });
    }

    /// Takes back everything that was entered in a step.
    pub fn clears(&mut self, path: &str) {
        let inside = |key: &&String| key.starts_with(&format!("{path}."));
        let fields: Vec<_> = self.visit.fields.keys().filter(inside).cloned().collect();
        fields.iter().for_each(|field| self.sets(field, Value::EMPTY));
        let keys: Vec<_> = self.visit.facts.keys().filter(inside).cloned().collect();
        for key in keys {
            while self.visit.facts(&key).next().is_some() {
                self.withdraws(&key);
            }
        }
    }

    /// Passes a gate with a reason and an approver.
    pub fn passes(&mut self, gate: &str, reason: &str, approver: &str) {
        self.does(Command::Override {
            target: Target::parse(gate).unwrap(),
            reason: reason.to_owned(),
            approver: approver.to_owned(),
        });
    }

    /// The ledger holds: the chain is whole and its ops in any order give the visit as it stands.
    pub fn holds(&self) {
        verify_ops(&self.ops).unwrap();
        let backwards = self.ops.iter().rev().map(|sealed| &sealed.op);
        assert_eq!(Record::fold(&self.visit.id, backwards), self.visit);
    }
}
