//! The content as a phone has it at hand, and the records that a case lays around a run.

use super::case::Case;
use super::nearest_words;
use super::value::accepted;
use crate::Content;
use sitebook_core::calendar::Days;
use sitebook_core::ids::{DeviceId, OpId, RecordId, RowId};
use sitebook_core::ledger::{Attachment, Change, Head, Record, RecordKind, hex, seal, sha256};
use sitebook_core::template::{CLOSED, Capture, CatalogueLine, Library, Procedure, STARTED};
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use sitebook_core::work::{Around, OtherRun};
use std::collections::BTreeMap;

/// The content of one build.
pub(super) struct World {
    /// What the app keeps at hand.
    pub(super) library: Library,
    procedures: BTreeMap<String, Procedure>,
}

impl World {
    /// Puts the content where the app puts it.
    pub(super) fn new(content: &Content) -> World {
        let mut library = Library::default();
        library.forms.extend(content.forms.iter().map(|form| (form.id.clone(), form.clone())));
        library.records.extend(content.records.iter().map(|record| (record.id.clone(), record.clone())));
        library.set_limits(content.limits.clone());
        library.programmes.clone_from(&content.programmes);
        library.days = Days::from_file(&content.holidays);
        let lines = content.procedures.iter().map(CatalogueLine::of);
        library.catalogue.extend(lines.map(|line| (line.id.clone(), line)));
        let procedures = content.procedures.iter().map(|one| (one.id.clone(), one.clone())).collect();
        World { library, procedures }
    }

    /// The procedure with this id.
    pub(super) fn procedure(&self, id: &str) -> Option<&Procedure> {
        self.procedures.get(id)
    }

    /// The ids of all procedures.
    pub(super) fn procedure_ids(&self) -> impl Iterator<Item = &str> {
        self.procedures.keys().map(String::as_str)
    }
}

/// Writes ops: ids that count, and a clock that stands still.
pub(super) struct Pen {
    head: Head,
    ids: u64,
    /// When everything is written.
    pub(super) at: Stamp,
}

impl Pen {
    /// A pen at a moment.
    pub(super) fn new(at: Stamp) -> Pen {
        Pen { head: Head::new(DeviceId::at(at.at, [7; 10])), ids: 0, at }
    }

    fn random(&mut self) -> [u8; 10] {
        self.ids += 1;
        let mut random = [0; 10];
        random[2..].copy_from_slice(&self.ids.to_be_bytes());
        random
    }

    /// A record that was just brought into being.
    pub(super) fn create(&mut self, kind: RecordKind, number: Option<&str>) -> Result<Record, String> {
        let mut record = Record::new(RecordId::at(self.at.at, self.random()));
        let number = number.map(str::to_owned);
        self.write(&mut record, Change::Create { kind, number, template: None })?;
        Ok(record)
    }

    /// Writes a change into a record.
    pub(super) fn write(&mut self, record: &mut Record, change: Change) -> Result<(), String> {
        let (id, of) = (OpId::at(self.at.at, self.random()), record.id.clone());
        let sealed = seal(&mut self.head, id, of, "林工", self.at.at, self.at.tz, change);
        record.apply(&sealed.map_err(|error| error.to_string())?.op);
        Ok(())
    }

    /// Answers a field.
    pub(super) fn set(&mut self, record: &mut Record, field: &str, value: Value) -> Result<(), String> {
        let was = record.field_ops(field);
        self.write(record, Change::Set { field: field.to_owned(), value, was })
    }

    /// A new row's id.
    pub(super) fn row(&mut self) -> RowId {
        RowId::at(self.at.at, self.random())
    }

    /// A picture of which nobody looks at the bytes.
    pub(super) fn picture(&mut self) -> Attachment {
        let sha256 = hex(&sha256(&self.random()));
        Attachment { sha256, mime: "image/png".to_owned(), size: 4_096, width: 600, height: 200 }
    }
}

/// The records that a case lays around its run.
pub(super) fn around(case: &Case, world: &World, pen: &mut Pen) -> Result<Around, Vec<String>> {
    let mut around = Around::default();
    let mut wrong = Vec::new();
    let once = |words: String| vec![words];
    if case.order {
        around.order = Some(pen.create(RecordKind::Order, Some("WO-20261121-01")).map_err(once)?);
        around.customer = Some(pen.create(RecordKind::Customer, None).map_err(once)?);
    }
    for (key, written) in &case.around {
        let field = match basic_field(key, world) {
            Ok(field) => field,
            Err(words) => {
                wrong.push(words);
                continue;
            }
        };
        let done = accepted(key, field.1, written, pen.at).and_then(|value| {
            let mut record = match around.get(field.0.id()) {
                Some(record) => record.clone(),
                None => pen.create(field.0, None)?,
            };
            pen.set(&mut record, &field.1.id, value)?;
            around.set(record);
            Ok(())
        });
        wrong.extend(done.err());
    }
    match limits(case, world, pen) {
        Ok(profile) => around.profile = Some(profile),
        Err(words) => wrong.extend(words),
    }
    match others(case, world) {
        Ok(runs) => around.others = runs,
        Err(words) => wrong.extend(words),
    }
    if wrong.is_empty() { Ok(around) } else { Err(wrong) }
}

fn basic_field<'w>(key: &str, world: &'w World) -> Result<(RecordKind, &'w Capture), String> {
    let (first, rest) = key.split_once('.').unwrap_or((key, ""));
    let kinds = ["order", "customer", "site", "contact", "asset"];
    let Some(kind) = RecordKind::parse(first).filter(|_| kinds.contains(&first)) else {
        let known = nearest_words(first, kinds.into_iter());
        return Err(format!("'around' knows no '{key}'{known}; a run's own answers stand in 'set'"));
    };
    let template = world.library.record(kind).ok_or_else(|| format!("there is no template of '{first}'"))?;
    let field = template.field(rest).ok_or_else(|| {
        let known = template.fields.iter().map(|field| field.id.as_str());
        format!("a record '{first}' has no field '{rest}'{}", nearest_words(rest, known))
    })?;
    Ok((kind, field))
}

fn limits(case: &Case, world: &World, pen: &mut Pen) -> Result<Record, Vec<String>> {
    let mut profile = pen.create(RecordKind::Profile, None).map_err(|words| vec![words])?;
    let mut wrong = Vec::new();
    for (key, written) in &case.limits {
        let id = key.strip_prefix("limit.").unwrap_or(key);
        let Some(limit) = world.library.limits.get(id) else {
            let known = world.library.limits.keys().map(String::as_str);
            wrong.push(format!("there is no limit '{id}'{}", nearest_words(id, known)));
            continue;
        };
        let field = limit.field();
        let done = accepted(key, &field, written, pen.at).and_then(|value| pen.set(&mut profile, &field.id, value));
        wrong.extend(done.err());
    }
    if wrong.is_empty() { Ok(profile) } else { Err(wrong) }
}

fn others(case: &Case, world: &World) -> Result<Vec<OtherRun>, Vec<String>> {
    let mut runs: Vec<OtherRun> = Vec::new();
    let mut wrong = Vec::new();
    for text in &case.outcomes {
        let Some((id, outcome)) = text.split_once(':') else {
            wrong.push(format!("an outcome is written 'procedure:outcome', not '{text}'"));
            continue;
        };
        let Some(procedure) = world.procedure(id) else {
            wrong.push(format!("there is no procedure '{id}'{}", nearest_words(id, world.procedure_ids())));
            continue;
        };
        let own = procedure.outcomes.iter().map(|own| own.id.as_str());
        let mut known = own.chain([STARTED, CLOSED]);
        if !known.clone().any(|known| known == outcome) {
            let known = nearest_words(outcome, &mut known);
            wrong.push(format!("{id} has no outcome '{outcome}'{known}"));
            continue;
        }
        let place = runs.iter().position(|run| run.procedure == *id);
        let place = place.unwrap_or_else(|| {
            let run = OtherRun { id: format!("other-{}", runs.len()), procedure: id.to_owned(), ..OtherRun::default() };
            runs.push(run);
            runs.len() - 1
        });
        runs[place].closed |= outcome == CLOSED;
        runs[place].outcomes.push(outcome.to_owned());
    }
    if wrong.is_empty() { Ok(runs) } else { Err(wrong) }
}
