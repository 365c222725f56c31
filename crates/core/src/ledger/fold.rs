//! The fold: ops in, record out. Commutative and idempotent, so replicas that hold the same ops hold the same record.
//!
//! Fields and rows are merged in [`super::cell`]. Stamps, photos, signatures and overrides are facts: they
//! accumulate, and a withdrawal marks them.

use super::cell::{Field, Row, Touch};
use super::erase::Erased;
use super::{Attachment, Change, Hlc, Op, RecordKind, State, TemplateRef};
use crate::gathered::sorted;
use crate::ids::{OpId, RecordId, RowId};
use crate::json::fields::{Blank, fields, variants};
use crate::time::Stamp;
use crate::value::Value;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A record as it stands after its ops.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Record {
    /// Its id.
    pub id: RecordId,
    /// How it came into being; absent while the creating op has not arrived (a partial import).
    pub created: Option<Created>,
    /// Fields by key.
    pub fields: BTreeMap<String, Field>,
    /// Tables by key, rows by id, removed rows included.
    pub tables: BTreeMap<String, BTreeMap<RowId, Row>>,
    /// Stamps, photos and signatures by field key, in clock order, withdrawn ones included.
    pub facts: BTreeMap<String, Vec<Fact>>,
    /// Overrides by target, in clock order, withdrawn ones included.
    pub overrides: BTreeMap<String, Vec<Fact>>,
    /// Ops taken back.
    pub withdrawn: BTreeSet<OpId>,
    /// State with the op that set it.
    pub state: Option<(Hlc, OpId, State)>,
    /// Why it is void, with the op that says so.
    pub void: Option<(Hlc, OpId, String)>,
    /// Erasures of this customer's data, on this device or another, in clock order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub erased: Vec<Erased>,
    /// The latest op.
    pub updated: Option<Touch>,
}

fields!(Record {
    id,
    created or None,
    fields,
    tables,
    facts,
    overrides,
    withdrawn,
    state or None,
    void or None,
    erased or Vec::new(),
    updated or None,
});

/// The beginning of a record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Created {
    /// When and by whom.
    pub touch: Touch,
    /// Kind.
    pub kind: RecordKind,
    /// Number.
    pub number: Option<String>,
    /// Pinned procedure.
    pub template: Option<TemplateRef>,
}

fields!(Created {
    touch, kind, number or None, template or None
});

/// Something that happened and stays.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// Who and when.
    pub touch: Touch,
    /// What.
    pub kind: FactKind,
}

fields!(Fact { touch, kind });

/// The kinds of facts.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactKind {
    /// A stamped moment.
    Stamp {
        /// The moment.
        at: Stamp,
        /// Entered by hand.
        by_hand: bool,
    },
    /// A photo.
    Photo {
        /// The photo.
        attachment: Attachment,
        /// Words below it.
        caption: Option<String>,
    },
    /// A signature.
    Signature {
        /// Name.
        name: String,
        /// Role.
        role: String,
        /// Drawing.
        image: Attachment,
        /// Hashes of what was seen, by field key.
        seen: BTreeMap<String, String>,
    },
    /// A gate passed or a step left out.
    Override {
        /// Why.
        reason: String,
        /// Who approved.
        approver: String,
    },
}

variants!(FactKind {
    "stamp" => Stamp { at, by_hand },
    "photo" => Photo { attachment, caption or None },
    "signature" => Signature { name, role, image, seen },
    "override" => Override { reason, approver },
});

fn insert_fact(facts: &mut Vec<Fact>, op: &Op, kind: FactKind) {
    if facts.iter().all(|fact| fact.touch.op != op.id) {
        let touch = Touch::of(op);
        let place = facts.partition_point(|fact| fact.touch.order() < touch.order());
        facts.insert(place, Fact { touch, kind });
    }
}

impl Record {
    /// A record of which no op has arrived.
    pub fn new(id: RecordId) -> Record {
        Record {
            id,
            created: None,
            fields: BTreeMap::new(),
            tables: BTreeMap::new(),
            facts: BTreeMap::new(),
            overrides: BTreeMap::new(),
            withdrawn: BTreeSet::new(),
            state: None,
            void: None,
            erased: Vec::new(),
            updated: None,
        }
    }

    /// The record that these ops make; ops of other records are passed over.
    pub fn fold<'a>(id: &RecordId, ops: impl IntoIterator<Item = &'a Op>) -> Record {
        let mut record = Record::new(id.clone());
        for op in ops {
            record.apply(op);
        }
        record
    }

    /// Takes in one op. The order of ops does not matter, nor does taking one in twice.
    pub fn apply(&mut self, op: &Op) {
        if op.record != self.id {
            return;
        }
        if self.updated.as_ref().is_none_or(|touch| touch.order() < (op.hlc, &op.id)) {
            self.updated = Some(Touch::of(op));
        }
        match &op.change {
            Change::Create { kind, number, template } => {
                let touch = Touch::of(op);
                if self.created.as_ref().is_none_or(|created| touch.order() < created.touch.order()) {
                    let (number, template) = (number.clone(), template.clone());
                    self.created = Some(Created { touch, kind: *kind, number, template });
                }
            }
            Change::Set { field, value, was } => {
                self.fields.entry(field.clone()).or_default().put(op, value, was);
            }
            Change::RowAdd { table, row, cells } => {
                let slot = self.row_mut(table, row);
                slot.add(op);
                for (column, value) in cells {
                    slot.cells.entry(column.clone()).or_default().put(op, value, &[]);
                }
            }
            Change::RowSet { table, row, column, value, was } => {
                let slot = self.row_mut(table, row);
                slot.keep(op);
                slot.cells.entry(column.clone()).or_default().put(op, value, was);
            }
            Change::RowRemove { table, row, saw } => self.row_mut(table, row).remove(saw),
            Change::RowRestore { table, row } => self.row_mut(table, row).keep(op),
            Change::Stamp { field, at, by_hand } => {
                let facts = self.facts.entry(field.clone()).or_default();
                insert_fact(facts, op, FactKind::Stamp { at: *at, by_hand: *by_hand });
            }
            Change::Attach { field, attachment, caption } => {
                let kind = FactKind::Photo { attachment: attachment.clone(), caption: caption.clone() };
                insert_fact(self.facts.entry(field.clone()).or_default(), op, kind);
            }
            Change::Sign { field, name, role, image, seen } => {
                let (name, role, image, seen) = (name.clone(), role.clone(), image.clone(), seen.clone());
                let kind = FactKind::Signature { name, role, image, seen };
                insert_fact(self.facts.entry(field.clone()).or_default(), op, kind);
            }
            Change::Override { target, reason, approver } => {
                let kind = FactKind::Override { reason: reason.clone(), approver: approver.clone() };
                insert_fact(self.overrides.entry(target.clone()).or_default(), op, kind);
            }
            Change::Withdraw { fact } => {
                self.withdrawn.insert(fact.clone());
            }
            Change::Transition { to } => {
                let mark = Some((op.hlc, op.id.clone(), *to));
                if mark.as_ref().map(|m| (m.0, &m.1)) > self.state.as_ref().map(|m| (m.0, &m.1)) {
                    self.state = mark;
                }
            }
            Change::Void { reason } => {
                let mark = Some((op.hlc, op.id.clone(), reason.clone()));
                if mark > self.void {
                    self.void = mark;
                }
            }
            Change::Erase { reason, records, entries, photos, sum: _ } => {
                let (touch, reason) = (Touch::of(op), reason.clone());
                let erased = Erased { touch, reason, records: *records, entries: *entries, photos: *photos };
                self.insert_erased(erased);
            }
        }
    }

    fn insert_erased(&mut self, erased: Erased) {
        let place = self.erased.partition_point(|known| known.touch.order() < erased.touch.order());
        if self.erased.get(place).is_none_or(|known| known.touch.op != erased.touch.op) {
            self.erased.insert(place, erased);
        }
    }

    fn row_mut(&mut self, table: &str, row: &RowId) -> &mut Row {
        self.tables.entry(table.to_owned()).or_default().entry(row.clone()).or_default()
    }

    /// Its kind, once known.
    pub fn kind(&self) -> Option<RecordKind> {
        self.created.as_ref().map(|created| created.kind)
    }

    /// Its number, if it has one.
    pub fn number(&self) -> Option<&str> {
        self.created.as_ref()?.number.as_deref()
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        self.state.as_ref().map_or(State::Open, |(_, _, state)| *state)
    }

    /// Whether it was declared void.
    pub fn is_void(&self) -> bool {
        self.void.is_some()
    }

    /// How many fields and cells hold several values.
    pub fn conflicts(&self) -> usize {
        let rows = self.tables.values().flat_map(BTreeMap::values).filter(|row| row.is_present());
        let cells = rows.flat_map(|row| row.cells.values());
        self.fields.values().chain(cells).filter(|field| field.in_conflict()).count()
    }

    /// The value of a field; an empty value counts as none.
    pub fn value(&self, field: &str) -> Option<&Value> {
        self.fields.get(field).and_then(Field::value).filter(|value| !value.is_empty())
    }

    /// The text of a field.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.value(field).and_then(Value::as_text)
    }

    /// The ops whose values the field holds: what the next `Set` names as `was`.
    pub fn field_ops(&self, field: &str) -> Vec<OpId> {
        self.fields.get(field).map(Field::ops).unwrap_or_default()
    }

    /// The facts of a field that were not taken back, in clock order.
    pub fn facts(&self, field: &str) -> impl DoubleEndedIterator<Item = &Fact> {
        let all: &[Fact] = self.facts.get(field).map_or(&[], Vec::as_slice);
        all.iter().filter(|fact| !self.withdrawn.contains(&fact.touch.op))
    }

    /// The stamp that counts: the latest one not taken back.
    pub fn stamp(&self, field: &str) -> Option<Stamp> {
        self.facts(field).rev().find_map(|fact| match &fact.kind {
            FactKind::Stamp { at, .. } => Some(*at),
            _ => None,
        })
    }

    /// The signature that counts: the latest one not taken back.
    pub fn signature(&self, field: &str) -> Option<&Fact> {
        self.facts(field).rev().find(|fact| matches!(fact.kind, FactKind::Signature { .. }))
    }

    /// The override of a target that counts: the latest one not taken back.
    pub fn override_of(&self, target: &str) -> Option<&Fact> {
        let facts = self.overrides.get(target)?;
        facts.iter().rev().find(|fact| !self.withdrawn.contains(&fact.touch.op))
    }

    /// The rows of a table, in the order they were added.
    pub fn rows(&self, table: &str) -> Vec<(&RowId, &Row)> {
        let Some(rows) = self.tables.get(table) else { return Vec::new() };
        let rows: Vec<_> = rows.iter().filter(|(_, row)| row.is_present()).collect();
        sorted(rows, |(_, a), (_, b)| a.added.cmp(&b.added))
    }

    /// Addresses of all attachments, withdrawn ones included.
    pub fn attachments(&self) -> Vec<&Attachment> {
        self.facts
            .values()
            .flatten()
            .filter_map(|fact| match &fact.kind {
                FactKind::Photo { attachment, .. } => Some(attachment),
                FactKind::Signature { image, .. } => Some(image),
                FactKind::Stamp { .. } | FactKind::Override { .. } => None,
            })
            .collect()
    }
}

impl Blank for FactKind {
    fn blank() -> FactKind {
        FactKind::Override { reason: String::new(), approver: String::new() }
    }
}
