//! How a rule is tried: start from a whole visit, take one thing away, and the gate stands in front of the tap that
//! it guards, with its clause and the place to go to; put the thing back, and the tap goes through.

use crate::phone::Phone;
use crate::world::world;
use sitebook_core::ledger::FactKind;
use sitebook_core::template::Gate;
use sitebook_core::value::Value;
use sitebook_core::work::{Command, GateView, Refusal, Run, Target};

/// The tap that a gate guards.
#[derive(Debug, Clone, Copy)]
pub enum Tap {
    /// The stamp or signature of this field.
    Fact(&'static str),
    /// The answer of this field.
    Value(&'static str),
    /// Closing the visit.
    Close,
}

/// One thing to take away.
#[derive(Debug, Clone, Copy)]
pub enum Lack {
    /// The answer of this field.
    Value(&'static str),
    /// The answer of this field; another one stands there.
    Other(&'static str, &'static str),
    /// The stamp or signature of this field.
    Fact(&'static str),
    /// All rows of this table.
    Rows(&'static str),
    /// A piece of the first row of a table counted back under this tally: one too many.
    Count(&'static str, &'static str),
}

/// A rule as the content carries it.
#[derive(Debug, Clone, Copy)]
pub struct Norm {
    /// Row of the inventory.
    pub rule: &'static str,
    /// The gate, as an override would name it.
    pub gate: &'static str,
    /// The clause that the user reads beside it.
    pub clause: &'static str,
    /// What it guards.
    pub tap: Tap,
}

impl Norm {
    /// Each of these alone closes the gate in front of the tap, and opens it again.
    pub fn waits_for(&self, visit: &Phone, lacks: &[Lack]) {
        self.is_carried();
        for lack in lacks {
            let mut phone = visit.clone();
            let tap = undo(&mut phone, self.tap);
            assert!(self.shows(&phone).is_none(), "{self:?} before {lack:?}");
            let back = take(&mut phone, *lack);
            let view = self.shows(&phone);
            self.says(&view.unwrap_or_else(|| panic!("{self:?} lets pass without {lack:?}")));
            self.refuses(&mut phone, tap.clone());
            back.into_iter().for_each(|command| phone.does(command));
            assert!(self.shows(&phone).is_none(), "{self:?} after {lack:?}");
            phone.does(tap);
        }
    }

    /// The gate as the screen shows it, if it is not passed. What it guards has to be open.
    pub fn shows(&self, phone: &Phone) -> Option<GateView> {
        let views = phone.ask(|scope| {
            let run = Run::new(scope);
            let stage = |id: &str| scope.procedure.stage(id).unwrap();
            match Target::parse(self.gate).unwrap() {
                Target::StageGate { stage: id, .. } => run.stage_gates(stage(&id)),
                Target::StepGate { path, .. } => {
                    let stage = stage(path.split_once('.').unwrap().0);
                    run.step(stage, scope.procedure.step(&path).unwrap()).locked_by
                }
                Target::CloseGate { .. } => run.close_gates(),
                Target::Step { .. } => panic!("{} is no gate", self.gate),
            }
        });
        views.into_iter().find(|view| view.target == self.gate)
    }

    /// The gate with its clause and everything a reader needs to pass it.
    fn says(&self, view: &GateView) {
        assert_eq!(view.clause, self.clause, "{}", self.gate);
        assert!(!view.text.zh.is_empty() && !view.text.en.is_empty());
        assert!(!view.needs.is_empty(), "{} does not say why", self.gate);
        for need in &view.needs {
            let place = need.place.as_deref().unwrap_or_default();
            let stage = place.split('.').next().unwrap_or_default();
            assert!(world().procedure.stage(stage).is_some(), "{need:?}");
            assert!(need.words.zh != need.words.en, "{need:?}");
        }
    }

    /// The tap is refused because of this gate, and nothing changes.
    pub fn refuses(&self, phone: &mut Phone, tap: Command) {
        let before = phone.visit.clone();
        match phone.tries(tap) {
            Err(Refusal::Gates(views)) => {
                assert!(views.iter().any(|view| view.target == self.gate))
            }
            other => panic!("{self:?}: {other:?}"),
        }
        assert_eq!(phone.visit, before);
    }

    /// The procedure and its gate name the rule.
    fn is_carried(&self) {
        let procedure = &world().procedure;
        let rule = self.rule.to_owned();
        assert!(procedure.carries.contains(&rule), "{rule}");
        let find = |gates: &[Gate], id: &str| gates.iter().find(|gate| gate.id == id).cloned();
        let gate = match Target::parse(self.gate).unwrap() {
            Target::StageGate { stage, gate } => find(&procedure.stage(&stage).unwrap().gates, &gate),
            Target::StepGate { path, gate } => find(&procedure.step(&path).unwrap().gates, &gate),
            Target::CloseGate { gate } => find(&procedure.close, &gate),
            Target::Step { .. } => None,
        };
        let gate = gate.unwrap_or_else(|| panic!("no gate {}", self.gate));
        assert!(gate.rules.contains(&rule), "{} without {rule}", self.gate);
    }
}

/// Takes back what the tap did. Gives the tap.
pub fn undo(phone: &mut Phone, tap: Tap) -> Command {
    let lack = match tap {
        Tap::Close => return Command::Close,
        Tap::Fact(field) => Lack::Fact(field),
        Tap::Value(field) => Lack::Value(field),
    };
    take(phone, lack).remove(0)
}

/// Takes one thing away. Gives what puts it back.
pub fn take(phone: &mut Phone, lack: Lack) -> Vec<Command> {
    match lack {
        Lack::Value(field) => vec![put(phone, field, Value::EMPTY)],
        Lack::Other(field, other) => vec![put(phone, field, Value::text(other))],
        Lack::Fact(field) => {
            let fact = phone.fact(field);
            phone.withdraws(field);
            vec![again(field, fact.kind)]
        }
        Lack::Rows(table) => {
            let rows = phone.visit.rows(table).into_iter();
            let rows: Vec<_> = rows.map(|(id, _)| id.clone()).collect();
            let table = table.to_owned();
            let each = rows.into_iter().map(|row| {
                let (from, to) = (table.clone(), table.clone());
                let removed = row.clone();
                phone.does(Command::RemoveRow { table: from, row: removed });
                Command::RestoreRow { table: to, row }
            });
            each.collect()
        }
        Lack::Count(tally, table) => {
            let rows = phone.visit.rows(table);
            let (row, cells) = rows.first().unwrap();
            let (row, out) = ((*row).clone(), cells.value("out").cloned().unwrap());
            let more = Value::Number(out.as_number().unwrap() + 1.0);
            let counted =
                |value| Command::SetCell { table: tally.to_owned(), row: row.clone(), column: "out".to_owned(), value };
            phone.does(counted(more));
            vec![counted(out)]
        }
    }
}

fn put(phone: &mut Phone, field: &str, value: Value) -> Command {
    let was = phone.visit.value(field).cloned();
    let was = was.unwrap_or_else(|| panic!("nothing in {field}"));
    phone.sets(field, value);
    Command::Set { field: field.to_owned(), value: was }
}

fn again(field: &str, kind: FactKind) -> Command {
    let field = field.to_owned();
    match kind {
        FactKind::Stamp { at, by_hand } => Command::Stamp { field, at, by_hand },
        FactKind::Signature { name, role, image, .. } => Command::Sign { field, name, role, image: Some(image) },
        FactKind::Photo { attachment, caption } => Command::Attach { field, attachment, caption },
        FactKind::Override { .. } => panic!("an override has no field"),
    }
}
