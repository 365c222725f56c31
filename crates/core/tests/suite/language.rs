//! A norm of one step, made for the question at hand, and short ways to ask it.

use super::procedure::Visit;
use serde_json::{Value as Json, json};
use sitebook_core::ids::{RecordId, RowId};
use sitebook_core::ledger::{Change, Record, RecordKind};
use sitebook_core::template::{Limit, Predicate};
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use sitebook_core::work::{Command, Refusal, deadlines, holds, needs_of};
use std::collections::BTreeMap;

pub fn t(word: &str) -> Json {
    json!({ "zh": format!("{word}（中）"), "en": word })
}

/// A field of the step.
pub fn field(id: &str, kind: Json) -> Json {
    json!({ "id": id, "label": t(id), "kind": kind })
}

/// A column of a table.
pub fn column(id: &str, required: bool, kind: Json) -> Json {
    json!({ "id": id, "label": t(id), "required": required, "kind": kind })
}

/// A run of a norm with the stage `s`, its step `a` with these fields, and whatever else it has at the top.
pub fn run_of(fields: Json, more: Json) -> Visit {
    let step = json!({ "id": "a", "level": "must", "title": t("a"), "clause": "T 1", "capture": fields });
    let mut norm = json!({
        "schema": 1, "id": "small", "version": 1, "family": "support", "title": t("Small"), "summary": t("-"),
        "sources": ["T"], "stage": [{ "id": "s", "title": t("s"), "step": [step] }],
    });
    for (key, value) in more.as_object().unwrap() {
        norm[key] = value.clone();
    }
    Visit::of(&norm)
}

/// A moment in November 2026, China.
pub fn at(day: u8, time: &str) -> Stamp {
    Stamp::from_input(&format!("2026-11-{day:02}T{time}"), 480).unwrap()
}

/// A limit that may differ per customer.
pub fn limit(id: &str, kind: Json, default: Option<Json>) -> Json {
    let mut limit =
        json!({ "id": id, "group": "visit", "title": t(id), "source": "T (I)", "kind": kind, "customer": true });
    if let Some(default) = default {
        limit["default"] = default;
    }
    limit
}

/// A record around the run, with these fields.
pub fn record(kind: RecordKind, fields: &[(&str, Value)]) -> Record {
    let mut phone = super::device::Phone::new(9);
    phone.record = Record::new(RecordId::parse("visit-1").unwrap());
    phone.write(Change::Create { kind, number: None, template: None });
    for (field, value) in fields {
        phone.write(Change::Set { field: (*field).into(), value: value.clone(), was: Vec::new() });
    }
    phone.record
}

impl Visit {
    pub fn limits(mut self, limits: &[Json]) -> Visit {
        let limits: Vec<Limit> = limits.iter().map(|one| serde_json::from_value(one.clone()).unwrap()).collect();
        self.library.set_limits(limits);
        self
    }

    /// The customer's own values.
    pub fn customer(mut self, fields: &[(&str, Value)]) -> Visit {
        self.around.customer = Some(record(RecordKind::Customer, fields));
        self
    }

    /// The company's values.
    pub fn company(mut self, fields: &[(&str, Value)]) -> Visit {
        self.around.profile = Some(record(RecordKind::Profile, fields));
        self
    }

    /// Whether a condition holds.
    pub fn is(&self, predicate: Json) -> bool {
        let predicate: Predicate = serde_json::from_value(predicate).unwrap();
        self.ask(|scope| holds(&predicate, scope))
    }

    /// What a condition lacks: words and places.
    pub fn lacks(&self, predicate: Json) -> Vec<(String, Option<String>)> {
        let predicate: Predicate = serde_json::from_value(predicate).unwrap();
        let needs = self.ask(|scope| needs_of(&predicate, scope));
        needs.into_iter().map(|need| (need.words.en.to_string(), need.place)).collect()
    }

    pub fn number(&mut self, field: &str, number: f64) {
        self.set(field, Value::Number(number)).unwrap();
    }

    pub fn moment(&mut self, field: &str, at: Stamp) {
        self.set(field, Value::Moment(at)).unwrap();
    }

    /// Adds a row with these cells.
    pub fn row(&mut self, table: &str, cells: &[(&str, Value)]) -> Result<usize, Refusal> {
        let row = RowId::parse(&format!("row-{}", self.ops.len())).unwrap();
        let cells: BTreeMap<_, _> = cells.iter().map(|(column, value)| ((*column).to_owned(), value.clone())).collect();
        self.run(&Command::AddRow { table: table.into(), row, cells })
    }

    /// What stands under a key.
    pub fn value(&self, key: &str) -> Option<Value> {
        self.ask(|scope| scope.value(key))
    }

    /// When each deadline is due.
    pub fn due(&self) -> Vec<(String, String)> {
        let all = self.ask(deadlines);
        all.into_iter().map(|due| (due.id, Stamp { at: due.at, tz: 480 }.to_input())).collect()
    }
}

/// A choice id or a name.
pub fn word(word: &str) -> Value {
    Value::Text(word.into())
}
