//! Fields, cells and rows as sets of ops: what the fold keeps of them so that the order of ops does not matter.
//!
//! A value is there as long as no op names it as replaced; several values are a conflict, and the last by clock
//! shows. A row is in its table as long as one op that keeps it is not named by a removal: an edit outlives every
//! removal that did not know of it, whatever the clocks say.

use super::{Hlc, Op};
use crate::ids::OpId;
use crate::json::fields::fields;
use crate::time::Stamp;
use crate::value::Value;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Who did something and when.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Touch {
    /// Logical time.
    pub hlc: Hlc,
    /// The op.
    pub op: OpId,
    /// The person.
    pub actor: String,
    /// Local offset of the device.
    pub tz: i16,
}

fields!(Touch { hlc, op, actor, tz });

impl Touch {
    pub(super) fn of(op: &Op) -> Touch {
        Touch { hlc: op.hlc, op: op.id.clone(), actor: op.actor.clone(), tz: op.tz }
    }

    /// The moment, as local time of the device.
    pub fn stamp(&self) -> Stamp {
        Stamp { at: i64::try_from(self.hlc.wall).unwrap_or(0), tz: self.tz }
    }

    pub(super) fn order(&self) -> (Hlc, &OpId) {
        (self.hlc, &self.op)
    }
}

/// A field or cell: its value, or several while a conflict is open.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Field {
    /// Values that nobody has replaced, in clock order; the last one shows.
    pub heads: Vec<FieldHead>,
    /// Ops of this field whose value was knowingly replaced, arrived or not.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub replaced: BTreeSet<OpId>,
}

fields!(Field {
    heads, replaced or BTreeSet::new()
});

/// One value of a field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldHead {
    /// Who and when.
    pub touch: Touch,
    /// The value.
    pub value: Value,
}

fields!(FieldHead { touch, value });

impl Field {
    /// The value that shows.
    pub fn value(&self) -> Option<&Value> {
        self.heads.last().map(|head| &head.value)
    }

    /// The ops that set the values it holds: what the next change of it names as `was`.
    pub fn ops(&self) -> Vec<OpId> {
        self.heads.iter().map(|head| head.touch.op.clone()).collect()
    }

    /// Whether two people set different values without knowing of each other.
    pub fn in_conflict(&self) -> bool {
        self.heads.windows(2).any(|pair| pair[0].value != pair[1].value)
    }

    pub(super) fn put(&mut self, op: &Op, value: &Value, was: &[OpId]) {
        self.heads.retain(|head| !was.contains(&head.touch.op));
        self.replaced.extend(was.iter().cloned());
        if self.replaced.contains(&op.id) || self.heads.iter().any(|head| head.touch.op == op.id) {
            return;
        }
        let touch = Touch::of(op);
        let place = self.heads.partition_point(|head| head.touch.order() < touch.order());
        self.heads.insert(place, FieldHead { touch, value: value.clone() });
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Row {
    /// When it was added; absent while only a change of it has arrived.
    pub added: Option<(Hlc, OpId)>,
    /// The ops that need it to be there: its adding, changes of its cells, restorings.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub keeps: BTreeSet<OpId>,
    /// The ops that removals knew of.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub removed: BTreeSet<OpId>,
    /// Cells by column.
    pub cells: BTreeMap<String, Field>,
}

fields!(Row {
    added or None, keeps or BTreeSet::new(), removed or BTreeSet::new(), cells
});

impl Row {
    /// Whether it is in the table.
    pub fn is_present(&self) -> bool {
        self.added.is_some() && !self.keeps.is_subset(&self.removed)
    }

    /// The ops that keep it in the table: what a removal names as `saw`.
    pub fn kept_by(&self) -> Vec<OpId> {
        self.keeps.difference(&self.removed).cloned().collect()
    }

    /// The value of a cell.
    pub fn value(&self, column: &str) -> Option<&Value> {
        self.cells.get(column).and_then(Field::value)
    }

    pub(super) fn add(&mut self, op: &Op) {
        let mark = (op.hlc, op.id.clone());
        self.added = Some(self.added.take().map_or(mark.clone(), |added| added.min(mark)));
        self.keep(op);
    }

    pub(super) fn keep(&mut self, op: &Op) {
        self.keeps.insert(op.id.clone());
    }

    pub(super) fn remove(&mut self, saw: &[OpId]) {
        self.removed.extend(saw.iter().cloned());
    }
}
