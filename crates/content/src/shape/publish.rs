//! What the table of keys says, for others: a JSON Schema for editors, and every word that the guide must explain.
//!
//! It must not know a key; it only walks the table.

use super::{FORM, Field, HOLIDAYS, LIMITS, PROCEDURE, PROGRAMME, RECORD, SAMPLE, SOURCES, Shape};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The kinds of files with their shapes.
const FILES: [(&str, &Shape); 8] = [
    ("procedure", &PROCEDURE),
    ("form", &FORM),
    ("record", &RECORD),
    ("programme", &PROGRAMME),
    ("limits", &LIMITS),
    ("sample", &SAMPLE),
    ("holidays", &HOLIDAYS),
    ("sources", &SOURCES),
];

/// The JSON Schema of content files, as text.
pub(crate) fn json_schema() -> String {
    let mut defs = Map::new();
    defs.insert("text".to_owned(), bilingual());
    let files: Vec<Value> = FILES
        .iter()
        .map(|(name, shape)| {
            let value = schema(shape, &mut defs);
            defs.insert((*name).to_owned(), value);
            json!({ "$ref": format!("#/$defs/{name}") })
        })
        .collect();
    let whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Content files of Sitebook",
        "description": "Made from the checker's table of keys. Point an editor at #/$defs/procedure, #/$defs/form, … for one kind of file.",
        "anyOf": files,
        "$defs": defs,
    });
    format!("{whole:#}\n")
}

fn bilingual() -> Value {
    json!({
        "type": "object",
        "properties": { "zh": { "type": "string" }, "en": { "type": "string" } },
        "required": ["zh", "en"],
        "additionalProperties": false,
    })
}

/// The schema of a shape. What has a name stands once under it, so that conditions may hold conditions.
fn schema(shape: &Shape, defs: &mut Map<String, Value>) -> Value {
    match shape {
        Shape::Bilingual => json!({ "$ref": "#/$defs/text" }),
        Shape::Words(pattern) => json!({ "type": "string", "minLength": 1, "description": pattern.looks }),
        Shape::OneOf(words) => json!({ "enum": words }),
        Shape::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Shape::Number => json!({ "type": "number" }),
        Shape::NumberOrKey | Shape::NumberOrWords => json!({ "type": ["number", "string"] }),
        Shape::KeyOrKeys => {
            json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" }, "minItems": 1 }] })
        }
        Shape::Truth => json!({ "type": "boolean" }),
        Shape::Schema => json!({ "const": sitebook_core::template::SCHEMA }),
        Shape::List(of, least) => json!({ "type": "array", "items": schema(of, defs), "minItems": least }),
        Shape::SampleValues => json!({ "type": "object" }),
        Shape::Table(called, fields) => named(called, defs, |defs| table(fields.iter(), defs)),
        Shape::OneKey(called, names) => named(called, defs, |defs| one_key(names, defs)),
        Shape::Kinds { called, common, kinds, .. } => named(called, defs, |defs| {
            let each = kinds.iter().map(|(kind, own)| {
                let mut one = table(common.iter().chain(own.iter()), defs);
                one["properties"]["kind"] = json!({ "const": kind });
                if let Some(required) = one["required"].as_array_mut() {
                    required.push(json!("kind"));
                }
                one
            });
            json!({ "anyOf": each.collect::<Vec<_>>() })
        }),
    }
}

/// Puts a schema under its name, once, and refers to it.
fn named(called: &str, defs: &mut Map<String, Value>, make: impl FnOnce(&mut Map<String, Value>) -> Value) -> Value {
    let name: String = called.chars().filter(|c| *c != '\'').map(|c| if c == ' ' { '-' } else { c }).collect();
    if !defs.contains_key(&name) {
        // Its place is held, so that what contains itself comes to an end.
        defs.insert(name.clone(), Value::Null);
        let value = make(defs);
        defs.insert(name.clone(), value);
    }
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn table<'a>(fields: impl Iterator<Item = &'a Field>, defs: &mut Map<String, Value>) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for field in fields {
        properties.insert(field.name.to_owned(), schema(&field.shape, defs));
        if field.needed {
            required.push(field.name);
        }
    }
    // A stage may be taken from the shared ones instead of being written out.
    if properties.contains_key("step") && !required.contains(&"clause") {
        let shared = json!({ "type": "object", "properties": { "use": { "type": "string" }, "id": { "type": "string" } },
            "required": ["use"] });
        let own =
            json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false });
        return json!({ "anyOf": [own, shared] });
    }
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn one_key(names: &[(&str, &Shape)], defs: &mut Map<String, Value>) -> Value {
    let properties: Map<String, Value> =
        names.iter().map(|(name, shape)| ((*name).to_owned(), schema(shape, defs))).collect();
    json!({ "type": "object", "properties": properties, "minProperties": 1, "maxProperties": 1,
        "additionalProperties": false })
}

/// Every key, kind and condition that may be written in a procedure, a form, a programme or a list of limits.
pub(crate) fn vocabulary() -> BTreeSet<&'static str> {
    let mut words = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for shape in [&PROCEDURE, &FORM, &PROGRAMME, &LIMITS] {
        collect(shape, &mut words, &mut seen);
    }
    words
}

fn collect(shape: &'static Shape, words: &mut BTreeSet<&'static str>, seen: &mut BTreeSet<&'static str>) {
    let mut fields = |fields: &'static [Field], words: &mut BTreeSet<&'static str>| {
        for field in fields {
            words.insert(field.name);
            collect(&field.shape, words, seen);
        }
    };
    match shape {
        Shape::List(of, _) => collect(of, words, seen),
        Shape::Table(_, list) => fields(list, words),
        Shape::Kinds { common, kinds, .. } => {
            fields(common, words);
            for (kind, own) in *kinds {
                words.insert(kind);
                fields(own, words);
            }
        }
        Shape::OneKey(called, names) if seen.insert(called) => {
            for (name, shape) in *names {
                words.insert(name);
                collect(shape, words, seen);
            }
        }
        Shape::OneOf(list) => words.extend(list.iter().copied()),
        _ => {}
    }
}
