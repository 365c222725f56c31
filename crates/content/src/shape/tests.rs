//! The table of keys against the core structs, both ways: what the core writes when every field is filled passes
//! the table, and every key of the table occurs in it.

use super::around::{DAY_KINDS, DEMANDS, FORMATS};
use super::full::{chapter, form, holidays, limits, procedure, programme, record, sample};
use super::handbook as book;
use super::language::{COMPARING, LEVELS, REPEATS, SIDES};
use super::{CHAPTER, FORM, HOLIDAYS, LIMITS, PROCEDURE, PROGRAMME, RECORD, SAMPLE, Shape, walk};
use crate::node::{Data, Entry, Node};
use crate::problem::Report;
use crate::source::Place;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use sitebook_core::calendar::DayKind;
use sitebook_core::handbook::{self, Moment, Say, Use};
use sitebook_core::template::{CompareOp, Demand, Format, Level, Repeats, Side};
use std::collections::BTreeSet;

const NOWHERE: Place = Place { file: 0, offset: 0 };

/// JSON as if it had been written as TOML.
fn node(value: &Value) -> Node {
    let data = match value {
        Value::String(words) => Data::Words(words.clone()),
        Value::Bool(truth) => Data::Truth(*truth),
        Value::Number(number) => number.as_i64().map_or(Data::Real(number.as_f64().unwrap_or(f64::NAN)), Data::Whole),
        Value::Array(items) => Data::List(items.iter().map(node).collect()),
        Value::Object(entries) => {
            let entry =
                |(key, value): (&String, &Value)| Entry { key: key.clone(), place: NOWHERE, value: node(value) };
            Data::Table(entries.iter().map(entry).collect())
        }
        Value::Null => unreachable!("the core writes no null"),
    };
    Node { place: NOWHERE, data }
}

/// Notes every key that occurs in the value; of every key of the shape, if there is no value.
fn keys(shape: &Shape, value: Option<&Value>, seen: &mut BTreeSet<String>) {
    let mut note = |called: &str, name: &str, shape: Option<&Shape>| {
        let inner = value.map(|value| &value[name]);
        if inner.is_some_and(Value::is_null) {
            return;
        }
        let is_new = seen.insert(format!("{called}: {name}"));
        if let Some(shape) = shape.filter(|_| is_new || value.is_some()) {
            keys(shape, inner, seen);
        }
    };
    match shape {
        Shape::List(of, _) => match value {
            Some(value) => {
                let items = value.as_array().into_iter().flatten();
                items.for_each(|item| keys(of, Some(item), seen));
            }
            None => keys(of, None, seen),
        },
        Shape::Table(called, fields) => fields.iter().for_each(|field| note(called, field.name, Some(&field.shape))),
        Shape::Kinds { called, common, kinds, .. } => {
            let is_it = |kind: &str| value.is_none_or(|value| value["kind"] == kind);
            for (kind, own) in kinds.iter().filter(|(kind, _)| is_it(kind)) {
                let called = format!("{called} of kind {kind}");
                note(&called, "kind", None);
                for field in common.iter().chain(*own) {
                    note(&called, field.name, Some(&field.shape));
                }
            }
        }
        Shape::OneKey(called, names) => names.iter().for_each(|(name, shape)| note(called, name, Some(shape))),
        Shape::Bilingual
        | Shape::Words(_)
        | Shape::OneOf(_)
        | Shape::Whole(..)
        | Shape::Number
        | Shape::NumberOrKey
        | Shape::NumberOrWords
        | Shape::KeyOrKeys
        | Shape::Truth
        | Shape::Schema
        | Shape::SampleValues => {}
    }
}

/// The JSON of the core as authors write it: kinds beside their keys, values of the sample alone.
fn authored(value: &Value, shape: &Shape) -> Value {
    let fields = |lists: &[&[super::Field]], value: &Value| -> Map<String, Value> {
        let entries = value.as_object().into_iter().flatten();
        let plain = entries.map(|(key, value)| {
            let field = lists.iter().copied().flatten().find(|field| field.name == key);
            let plain = field.map_or(value.clone(), |field| authored(value, &field.shape));
            (key.clone(), plain)
        });
        plain.collect()
    };
    match shape {
        Shape::List(of, _) => {
            let items = value.as_array().into_iter().flatten();
            items.map(|item| authored(item, of)).collect()
        }
        Shape::Table(_, own) => Value::Object(fields(&[own], value)),
        Shape::Kinds { under, common, kinds, .. } => {
            let mut all = fields(&[common], value);
            let kind = under.map_or(value, |key| &value[key]);
            let content = kind.as_object().and_then(|object| object.iter().next());
            let (name, content) = match content {
                Some((name, content)) => (name.as_str(), content),
                None => (kind.as_str().unwrap_or_default(), &Value::Null),
            };
            let own = kinds.iter().find(|(known, _)| *known == name);
            if under.is_none() {
                all.clear();
            }
            all.extend(own.map_or_else(Map::new, |(_, own)| fields(&[own], content)));
            all.insert("kind".to_owned(), json!(name));
            Value::Object(all)
        }
        Shape::OneKey(_, names) => {
            let entries = value.as_object().into_iter().flatten();
            let plain = entries.map(|(key, value)| {
                let shape = names.iter().find(|(name, _)| name == key);
                let plain = shape.map_or(value.clone(), |(_, shape)| authored(value, shape));
                (key.clone(), plain)
            });
            Value::Object(plain.collect())
        }
        Shape::SampleValues => {
            let entries = value.as_object().into_iter().flatten();
            let plain = entries.map(|(key, value)| {
                let inner = ["text", "number", "plain"].map(|word| value.get(word).cloned());
                let inner = inner.into_iter().flatten().next();
                (key.clone(), inner.unwrap_or_else(|| value.clone()))
            });
            Value::Object(plain.collect())
        }
        _ => value.clone(),
    }
}

fn agrees(says: &impl Serialize, shape: &Shape) {
    let core = serde_json::to_value(says).unwrap_or_default();
    let written = authored(&core, shape);
    let mut report = Report::default();
    let read = walk(&node(&written), shape, &mut report);
    let problems = report.finish(&crate::Sources::default());
    assert_eq!(problems, [], "the table lacks what the core writes");
    assert_eq!(read, Some(core), "the table loses something");
    let (mut occurring, mut known) = (BTreeSet::new(), BTreeSet::new());
    keys(shape, Some(&written), &mut occurring);
    keys(shape, None, &mut known);
    let invented: Vec<&String> = known.difference(&occurring).collect();
    assert_eq!(invented, [""; 0], "the core does not know these keys");
}

#[test]
fn the_table_of_procedures_agrees_with_the_core() {
    agrees(&procedure(), &PROCEDURE);
}

#[test]
fn the_table_of_forms_agrees_with_the_core() {
    agrees(&form(), &FORM);
}

#[test]
fn the_table_of_records_agrees_with_the_core() {
    agrees(&record(), &RECORD);
}

#[test]
fn the_table_of_limits_agrees_with_the_core() {
    agrees(&json!({ "schema": 1, "limit": limits() }), &LIMITS);
}

#[test]
fn the_table_of_programmes_agrees_with_the_core() {
    agrees(&programme(), &PROGRAMME);
}

#[test]
fn the_table_of_the_sample_agrees_with_the_core() {
    agrees(&sample(), &SAMPLE);
}

#[test]
fn the_table_of_holidays_agrees_with_the_core() {
    agrees(&holidays(), &HOLIDAYS);
}

#[test]
fn the_table_of_the_handbook_agrees_with_the_core() {
    agrees(&chapter(), &CHAPTER);
}

/// The words of a closed list are those of the core's enum, all of them.
fn is_closed_list<T: DeserializeOwned + Serialize>(words: &[&str], variants: &[T]) {
    for word in words {
        let read = serde_json::from_value::<T>(json!(word));
        assert!(read.is_ok(), "the core does not know '{word}'");
    }
    let written = variants.iter().map(|variant| json!(variant));
    assert_eq!(written.collect::<Vec<_>>(), words);
}

#[test]
fn closed_lists_agree_with_the_core() {
    is_closed_list(LEVELS, &[Level::Must, Level::Should, Level::MustNot]);
    is_closed_list(REPEATS, &[Repeats::Once, Repeats::Many]);
    is_closed_list(DEMANDS, &[Demand::Must, Demand::May]);
    is_closed_list(SIDES, &[Side::Customer, Side::Company]);
    let comparing = [CompareOp::Lt, CompareOp::Le, CompareOp::Eq, CompareOp::Ge, CompareOp::Gt];
    is_closed_list(COMPARING, &comparing);
    let formats = [Format::Plain, Format::Date, Format::Time, Format::Boxes, Format::Duration];
    is_closed_list(FORMATS, &formats);
    is_closed_list(DAY_KINDS, &[DayKind::Holiday, DayKind::Working]);
    is_closed_list(book::LEVELS, &handbook::Level::ALL);
    is_closed_list(book::MOMENTS, &Moment::ALL);
    is_closed_list(book::PLACES, &handbook::Place::ALL);
    is_closed_list(book::USES, &[Use::SelfCheck, Use::Briefing, Use::Observe]);
    is_closed_list(book::SAY, &[Say::Use, Say::Avoid]);
}
