//! Whether a paper says what the record in a file says.

use super::{Examined, Facts};
use crate::exchange::Incoming;
use crate::ids::RecordId;
use crate::ledger::{Change, Record, RecordKind};
use crate::print::{PaperCode, PaperVerdict};
use crate::work::{Around, Scope};

impl Examined {
    /// Compares a paper with its visit in the file. `None` when the file holds no visit of that number, or nothing by
    /// which the visit could be read.
    pub fn paper(&self, code: &PaperCode, facts: &Facts<'_>) -> Option<PaperVerdict> {
        let incoming = self.incoming()?;
        let id = incoming.ops.iter().find_map(|sealed| match &sealed.op.change {
            Change::Create { kind: RecordKind::Visit, number: Some(number), .. } if code.is_of(number) => {
                Some(&sealed.op.record)
            }
            _ => None,
        })?;
        let visit = folded(incoming, id);
        let template = visit.created.as_ref()?.template.as_ref()?;
        let carried = incoming.templates.iter().find(|carried| carried.reference.digest == template.digest);
        let known = carried.is_none().then(|| (facts.procedure)(&template.digest)).flatten();
        let procedure = carried.map(|carried| &carried.procedure).or(known.as_ref())?;
        let around = around(incoming, &visit);
        Some(code.judge(&Scope::new(facts.library, procedure, &visit, &around)))
    }
}

fn folded(incoming: &Incoming, id: &RecordId) -> Record {
    let ops = incoming.ops.iter().map(|sealed| &sealed.op);
    Record::fold(id, ops.filter(|op| op.record == *id))
}

/// The records around a visit, as far as the file holds them.
fn around(incoming: &Incoming, visit: &Record) -> Around {
    let find = |id: &str| RecordId::parse(id).map(|id| folded(incoming, &id)).filter(|found| found.created.is_some());
    let mut around = Around::default();
    let Some(order) = visit.text("visit.order").and_then(find) else { return around };
    for kind in [RecordKind::Customer, RecordKind::Site, RecordKind::Contact, RecordKind::Asset] {
        if let Some(record) = order.text(kind.id()).and_then(find) {
            around.set(record);
        }
    }
    around.set(order);
    around
}
