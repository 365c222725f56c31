//! Which answers make the most of a procedure and its forms show.

use anyhow::Result;
use serde_json::Value as Json;
use sitebook_core::template::{Choice, Library, Procedure};
use std::collections::BTreeMap;

/// How much more a form's condition weighs than that of a step.
const FORM: i32 = 50;
/// The family of procedures that are run for a project, and the kind of its work order.
const PROJECT: &str = "engineering";

/// Which answers make the most show: those that conditions ask for, above all those of forms.
pub struct Wishes(BTreeMap<String, BTreeMap<String, i32>>);

impl Wishes {
    /// Those of a procedure and of its forms.
    pub fn of(procedure: &Procedure, library: &Library) -> Result<Wishes> {
        let mut wishes = Wishes(BTreeMap::new());
        wishes.look(&serde_json::to_value(procedure)?, 1);
        if procedure.family == PROJECT {
            // Names the project, which its forms print; a form that asks for another kind of order is asked first.
            wishes.add("order.kind", &Json::from(PROJECT), FORM - 1);
        }
        for form in procedure.forms.iter().filter_map(|id| library.forms.get(id)) {
            if let Some(when) = &form.when {
                wishes.weigh(&serde_json::to_value(when)?, FORM);
            }
        }
        Ok(wishes)
    }

    /// Finds conditions anywhere in a document.
    fn look(&mut self, json: &Json, weight: i32) {
        match json {
            Json::Array(list) => list.iter().for_each(|item| self.look(item, weight)),
            Json::Object(members) => {
                for (name, member) in members {
                    if name == "when" {
                        self.weigh(member, weight);
                    } else {
                        self.look(member, weight);
                    }
                }
            }
            _ => {}
        }
    }

    fn weigh(&mut self, predicate: &Json, weight: i32) {
        match predicate {
            Json::Array(list) => list.iter().for_each(|part| self.weigh(part, weight)),
            Json::Object(members) => {
                for (name, member) in members {
                    match (name.as_str(), member["field"].as_str()) {
                        ("not", _) => self.weigh(member, -weight),
                        ("is", Some(field)) => self.add(field, &member["value"], weight),
                        ("one-of", Some(field)) => {
                            let values = member["values"].as_array().into_iter().flatten();
                            values.for_each(|value| self.add(field, value, weight));
                        }
                        _ => self.weigh(member, weight),
                    }
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, field: &str, value: &Json, weight: i32) {
        if let Some(value) = value.as_str() {
            *self.0.entry(field.to_owned()).or_default().entry(value.to_owned()).or_default() += weight;
        }
    }

    /// The answer without which a form would not belong to the visit.
    pub fn demanded(&self, field: &str) -> Option<&str> {
        let values = self.0.get(field)?.iter().filter(|(_, weight)| **weight >= FORM / 2);
        let best = values.max_by_key(|(value, weight)| (**weight, std::cmp::Reverse(value.as_str())));
        best.map(|(value, _)| value.as_str())
    }

    /// The answer that is wished for most.
    pub fn choose<'a>(&self, field: &str, options: &'a [Choice]) -> Option<&'a str> {
        let weight =
            |option: &Choice| self.0.get(field).and_then(|values| values.get(&option.id)).copied().unwrap_or(0);
        let best = options.iter().map(weight).max()?;
        options.iter().find(|option| weight(option) == best).map(|option| option.id.as_str())
    }
}
