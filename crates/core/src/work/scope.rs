//! What a key means: a visit with its procedure and the records around it.

use crate::ledger::{Record, RecordKind};
use crate::template::{Capture, Library, Procedure};
use crate::time::Stamp;
use crate::value::Value;
use std::cell::Cell;

/// The records that a visit belongs to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Around {
    /// The work order.
    pub order: Option<Record>,
    /// The customer.
    pub customer: Option<Record>,
    /// The site.
    pub site: Option<Record>,
    /// The contact.
    pub contact: Option<Record>,
    /// The equipment.
    pub asset: Option<Record>,
}

impl Around {
    /// The record of a namespace.
    pub fn get(&self, namespace: &str) -> Option<&Record> {
        match namespace {
            "order" => self.order.as_ref(),
            "customer" => self.customer.as_ref(),
            "site" => self.site.as_ref(),
            "contact" => self.contact.as_ref(),
            "asset" => self.asset.as_ref(),
            _ => None,
        }
    }

    /// Puts a record in its place.
    pub fn set(&mut self, record: Record) {
        match record.kind() {
            Some(RecordKind::Order) => self.order = Some(record),
            Some(RecordKind::Customer) => self.customer = Some(record),
            Some(RecordKind::Site) => self.site = Some(record),
            Some(RecordKind::Contact) => self.contact = Some(record),
            Some(RecordKind::Asset) => self.asset = Some(record),
            Some(RecordKind::Visit) | None => {}
        }
    }
}

/// Everything that a predicate or a form can ask about.
#[derive(Debug)]
pub struct Scope<'a> {
    /// Forms and record templates.
    pub library: &'a Library,
    /// The procedure that the visit runs.
    pub procedure: &'a Procedure,
    /// The visit.
    pub visit: &'a Record,
    /// The records around it.
    pub around: &'a Around,
    depth: Cell<u8>,
    asked: Cell<u32>,
}

/// Conditions may lead to other conditions (a step is shown when another is done); a file that goes round in
/// circles stops here instead of on the stack.
const DEEPEST: u8 = 24;
/// Most conditions looked at for one question. A procedure comes with an imported visit and may have been made to
/// never come to an end: ten ways to ten ways, two dozen levels deep. Real ones need some hundreds.
const MOST: u32 = 50_000;

impl<'a> Scope<'a> {
    /// A scope.
    pub fn new(library: &'a Library, procedure: &'a Procedure, visit: &'a Record, around: &'a Around) -> Scope<'a> {
        Scope { library, procedure, visit, around, depth: Cell::new(0), asked: Cell::new(0) }
    }

    /// Runs `ask` one level deeper; `otherwise` when that is too deep or too much.
    pub(super) fn deeper<T>(&self, otherwise: T, ask: impl FnOnce() -> T) -> T {
        if self.depth.get() == 0 {
            self.asked.set(0);
        }
        if self.depth.get() >= DEEPEST || self.asked.get() >= MOST {
            return otherwise;
        }
        self.asked.set(self.asked.get() + 1);
        self.depth.set(self.depth.get() + 1);
        let answer = ask();
        self.depth.set(self.depth.get() - 1);
        answer
    }

    /// The value under a key: a field, or a stamp as a moment. `None` when nothing was entered.
    pub fn value(&self, key: &str) -> Option<Value> {
        let (first, rest) = key.split_once('.')?;
        if first == "visit" {
            return match rest {
                "number" => self.visit.number().map(Value::text),
                "created" => self.visit.created.as_ref().map(|created| Value::Moment(created.touch.stamp())),
                _ => self.visit.value(key).cloned(),
            };
        }
        if let Some(record) = self.around.get(first) {
            return if rest == "number" { record.number().map(Value::text) } else { record.value(rest).cloned() };
        }
        self.visit.value(key).cloned().or_else(|| self.visit.stamp(key).map(Value::Moment))
    }

    /// The moment under a key.
    pub fn moment(&self, key: &str) -> Option<Stamp> {
        self.value(key)?.as_moment()
    }

    /// The capture that a key belongs to.
    pub fn capture(&self, key: &str) -> Option<&'a Capture> {
        self.procedure.capture(key).or_else(|| self.library.basic_field(key))
    }
}
