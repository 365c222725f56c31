//! What a key means: a visit with its procedure and the records around it.

use super::{compute, limits};
use crate::calendar::Calendar;
use crate::ledger::{Record, RecordKind};
use crate::template::{CLOSED, Capture, CaptureKind, Form, Library, NAMESPACES, Operand, Procedure, STARTED};
use crate::time::Stamp;
use crate::value::Value;
use std::cell::{Cell, OnceCell};

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
    /// The company's limits.
    pub profile: Option<Record>,
    /// Other runs under the same work order.
    pub others: Vec<OtherRun>,
}

/// What is known of another run under the same work order, from its list line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OtherRun {
    /// Its record.
    pub id: String,
    /// The procedure that it runs.
    pub procedure: String,
    /// Ids of the outcomes that it has reached.
    pub outcomes: Vec<String>,
    /// It is closed.
    pub closed: bool,
}

impl OtherRun {
    /// Whether it has reached this.
    pub fn has(&self, outcome: &str) -> bool {
        match outcome {
            STARTED => true,
            CLOSED => self.closed,
            other => self.outcomes.iter().any(|reached| reached == other),
        }
    }
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
            "profile" => self.profile.as_ref(),
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
            Some(RecordKind::Profile) => self.profile = Some(record),
            Some(RecordKind::Visit | RecordKind::Template) | None => {}
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
    calendar: OnceCell<Calendar>,
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
        Scope { library, procedure, visit, around, depth: Cell::new(0), asked: Cell::new(0), calendar: OnceCell::new() }
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
        if first == "limit" {
            return limits::held(self.library.limits.get(rest)?, self.around);
        }
        if let Some(record) = self.around.get(first) {
            let own = if rest == "number" { record.number().map(Value::text) } else { record.value(rest).cloned() };
            let blank = own.as_ref().is_none_or(Value::is_empty);
            return if blank { limits::standing_for(key, self.library, self.around).or(own) } else { own };
        }
        if NAMESPACES.contains(&first) {
            return limits::standing_for(key, self.library, self.around);
        }
        let entered = self.visit.value(key).cloned().or_else(|| self.visit.stamp(key).map(Value::Moment));
        entered.or_else(|| compute::computed(key, self))
    }

    /// A number written out, or the one under a key.
    pub fn amount(&self, amount: &Operand) -> Option<f64> {
        match amount {
            Operand::Number(number) => Some(*number),
            Operand::Field(key) => self.value(key)?.as_number(),
        }
    }

    /// The customer's calendar: working hours, peak hours, freeze periods, public holidays.
    pub fn calendar(&self) -> &Calendar {
        self.calendar.get_or_init(|| super::hours::calendar(self))
    }

    /// The form with this id: the run's own, or the app's.
    pub fn form(&self, id: &str) -> Option<&'a Form> {
        self.procedure.paper(id).or_else(|| self.library.forms.get(id))
    }

    /// The moment under a key.
    pub fn moment(&self, key: &str) -> Option<Stamp> {
        self.value(key)?.as_moment()
    }

    /// The latest of the moments under these keys; a column of a table counts with its latest row, a signature with
    /// when it was given.
    pub fn latest(&self, keys: &[String]) -> Option<Stamp> {
        let signed = |key: &str| self.visit.signature(key).map(|fact| fact.touch.stamp());
        let moment = |key: &String| self.moment(key).or_else(|| self.last_in_column(key)).or_else(|| signed(key));
        let each = keys.iter().filter_map(moment);
        each.reduce(|one, other| if other.at > one.at { other } else { one })
    }

    fn last_in_column(&self, key: &str) -> Option<Stamp> {
        let (table, column) = key.rsplit_once('.')?;
        let rows = self.visit.rows(table).into_iter();
        rows.filter_map(|(_, row)| row.value(column)?.as_moment())
            .reduce(|one, other| if other.at > one.at { other } else { one })
    }

    /// The capture that a key belongs to.
    pub fn capture(&self, key: &str) -> Option<&'a Capture> {
        self.procedure.capture(key).or_else(|| self.library.basic_field(key))
    }

    /// The kind of what is captured under a key of the procedure.
    pub fn kind(&self, key: &str) -> Option<&'a CaptureKind> {
        self.procedure.capture(key).map(|capture| &capture.kind)
    }
}
