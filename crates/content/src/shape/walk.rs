//! Compares a document with its shape, reports every deviation, and makes the JSON that serde reads.
//!
//! It must not stop at the first mistake. What it can leave out, let pass or replace (an unknown key, an empty text,
//! a number out of range) it does, so that later checks see the rest of the file; what it cannot makes the answer `None`.

use super::{Field, Shape};
use crate::node::{Data, Node};
use crate::problem::Report;
use crate::words::{self, KEY, Pattern};
use serde_json::{Map, Value};
use sitebook_core::template::SCHEMA;

/// The value as JSON, if it has the shape closely enough for serde to read it.
pub(crate) fn walk(node: &Node, shape: &Shape, report: &mut Report) -> Option<Value> {
    match shape {
        Shape::Bilingual => bilingual(node, report),
        Shape::Words(pattern) => word(node, pattern, report),
        // The first name stands in for an unknown one, so that the rest of the file is checked too.
        Shape::OneOf(names) => one_of(node, names, report).or_else(|| names.first().map(|name| Value::from(*name))),
        Shape::Whole(least, most) => whole(node, *least, *most, report),
        Shape::Number => number(node, report),
        Shape::NumberOrKey => match node.data {
            Data::Words(_) => word(node, &KEY, report),
            _ => number(node, report),
        },
        Shape::NumberOrWords => match node.data {
            Data::Words(_) => word(node, &words::ANY, report),
            _ => number(node, report),
        },
        Shape::KeyOrKeys => match node.data {
            Data::List(_) => list(node, &Shape::Words(KEY), 1, report),
            _ => word(node, &KEY, report),
        },
        Shape::Truth => match node.data {
            Data::Truth(truth) => Some(Value::Bool(truth)),
            _ => misfit(node, "true or false", report),
        },
        Shape::Schema => schema(node, report),
        Shape::List(of, least) => list(node, of, *least, report),
        Shape::Table(called, fields) => table(node, called, &[fields], Map::new(), report),
        Shape::Kinds { called, under, common, kinds } => {
            let (name, own) = kind(node, called, common, kinds, report)?;
            let known = Map::from_iter([("kind".to_owned(), Value::from(name))]);
            let called = format!("{called} of kind '{name}'");
            let read = table(node, &called, &[common, own], known, report)?;
            Some(nested(read, name, own, *under))
        }
        Shape::OneKey(called, names) => one_key(node, called, names, report),
        Shape::SampleValues => sample_values(node, report),
    }
}

/// Checks the schema version.
pub(crate) fn schema(node: &Node, report: &mut Report) -> Option<Value> {
    match node.data {
        Data::Whole(version) if version == i64::from(SCHEMA) => Some(Value::from(version)),
        Data::Whole(version) => {
            report
                .at(node.place, format!("unknown schema version {version}"))
                .why(format!("this build reads version {SCHEMA}"));
            None
        }
        _ => misfit(node, "the schema version, a whole number", report),
    }
}

fn misfit(node: &Node, expected: &str, report: &mut Report) -> Option<Value> {
    let problem = report.at(node.place, format!("expected {expected}, found {}", node.called()));
    if matches!(node.data, Data::Date) {
        problem.hint("write it in quotes");
    }
    None
}

fn word(node: &Node, pattern: &Pattern, report: &mut Report) -> Option<Value> {
    let Data::Words(word) = &node.data else {
        return misfit(node, pattern.called, report);
    };
    if !(pattern.fits)(word) {
        report.at(node.place, format!("'{word}' is not {}", pattern.called)).why(pattern.looks);
    }
    Some(Value::from(word.as_str()))
}

fn one_of(node: &Node, names: &[&str], report: &mut Report) -> Option<Value> {
    let all = || format!("one of '{}'", names.join("', '"));
    match &node.data {
        Data::Words(word) if names.contains(&word.as_str()) => Some(Value::from(word.as_str())),
        Data::Words(word) => {
            report
                .at(node.place, format!("unknown value '{word}'"))
                .why(format!("it must be {}", all()))
                .meant(word, names.iter().copied());
            None
        }
        _ => misfit(node, &all(), report),
    }
}

fn whole(node: &Node, least: i64, most: i64, report: &mut Report) -> Option<Value> {
    match node.data {
        Data::Whole(number) if (least..=most).contains(&number) => Some(Value::from(number)),
        Data::Whole(number) => {
            report
                .at(node.place, format!("{number} is out of range"))
                .why(format!("it must be between {least} and {most}"));
            Some(Value::from(number.clamp(least, most)))
        }
        _ => misfit(node, "a whole number", report),
    }
}

fn number(node: &Node, report: &mut Report) -> Option<Value> {
    match node.data {
        Data::Whole(number) => Some(Value::from(number)),
        Data::Real(number) if number.is_finite() => Some(Value::from(number)),
        _ => misfit(node, "a number", report),
    }
}

fn bilingual(node: &Node, report: &mut Report) -> Option<Value> {
    const EXPECTED: &str = "a text in both languages, { zh = \"…\", en = \"…\" }";
    if !matches!(node.data, Data::Table(_)) {
        return misfit(node, EXPECTED, report);
    }
    let mut texts = Map::new();
    for (lang, called, rule) in [
        ("zh", "Chinese", words::chinese as fn(&str) -> Option<(&'static str, &'static str)>),
        ("en", "English", words::english),
    ] {
        let text = match node.get(lang) {
            None => {
                report.at(node.place, format!("the {called} text is missing"));
                ""
            }
            Some(found) => {
                let Data::Words(text) = &found.data else {
                    misfit(found, "text", report);
                    continue;
                };
                if let Some((what, why)) = rule(text) {
                    report.at(found.place, what).why(why);
                }
                text
            }
        };
        texts.insert(lang.to_owned(), Value::from(text));
    }
    for entry in node.entries() {
        if entry.key != "zh" && entry.key != "en" {
            report.at(entry.place, format!("unknown key '{}'", entry.key)).why("a text has the keys 'zh' and 'en'");
        }
    }
    (texts.len() == 2).then_some(Value::Object(texts))
}

fn list(node: &Node, of: &Shape, least: usize, report: &mut Report) -> Option<Value> {
    let Data::List(items) = &node.data else {
        return misfit(node, "a list", report);
    };
    if items.len() < least {
        report
            .at(
                node.place,
                match items.len() {
                    0 => "the list is empty".to_owned(),
                    count => format!("the list has only {count}"),
                },
            )
            .why(format!("at least {least} must be in it"));
    }
    let walked: Vec<Option<Value>> = items.iter().map(|item| walk(item, of, report)).collect();
    walked.into_iter().collect()
}

/// A table with the keys of all given field lists; keys already in `read` are known and done.
fn table(
    node: &Node,
    called: &str,
    lists: &[&[Field]],
    mut read: Map<String, Value>,
    report: &mut Report,
) -> Option<Value> {
    if !matches!(node.data, Data::Table(_)) {
        return misfit(node, &format!("{called}, a table"), report);
    }
    let fields = || lists.iter().copied().flatten();
    let mut whole = true;
    for entry in node.entries() {
        if read.contains_key(&entry.key) {
            continue;
        }
        let Some(field) = fields().find(|field| field.name == entry.key) else {
            report
                .at(entry.place, format!("unknown key '{}'", entry.key))
                .why(format!("{called} has no such key"))
                .meant(&entry.key, fields().map(|field| field.name));
            continue;
        };
        match walk(&entry.value, &field.shape, report) {
            Some(value) => {
                read.insert(entry.key.clone(), value);
            }
            None => whole = false,
        }
    }
    for fields in lists {
        whole &= !missing(node, called, fields, report);
    }
    whole.then_some(Value::Object(read))
}

/// Reports the needed keys that are not there; whether there are any.
fn missing(node: &Node, called: &str, fields: &[Field], report: &mut Report) -> bool {
    let absent = fields.iter().filter(|field| field.needed && node.get(field.name).is_none());
    let mut any = false;
    for field in absent {
        report.at(node.place, format!("{called} needs '{}'", field.name));
        any = true;
    }
    any
}

/// The kind of a table and the keys of its own.
fn kind<'a>(
    node: &Node,
    called: &str,
    common: &[Field],
    kinds: &'a [(&'a str, &'a [Field])],
    report: &mut Report,
) -> Option<(&'a str, &'a [Field])> {
    let Some(kind) = node.get("kind") else {
        if matches!(node.data, Data::Table(_)) {
            report.at(node.place, format!("{called} needs 'kind'"));
            missing(node, called, common, report);
            return None;
        }
        misfit(node, &format!("{called}, a table"), report);
        return None;
    };
    let names: Vec<&str> = kinds.iter().map(|(name, _)| *name).collect();
    let value = one_of(kind, &names, report)?;
    kinds.iter().copied().find(|(name, _)| value == **name)
}

/// What authors write side by side, as the core reads it: the kind around its own keys.
fn nested(read: Value, name: &str, own: &[Field], under: Option<&str>) -> Value {
    let Value::Object(mut read) = read else {
        return read;
    };
    let content: Map<_, _> = own.iter().filter_map(|field| read.remove_entry(field.name)).collect();
    let kind = if own.is_empty() { Value::from(name) } else { one_key_of(name, Value::Object(content)) };
    match under {
        None => kind,
        Some(key) => {
            read.remove("kind");
            read.insert(key.to_owned(), kind);
            Value::Object(read)
        }
    }
}

/// `{ key: value }`
fn one_key_of(key: &str, value: Value) -> Value {
    Value::Object(Map::from_iter([(key.to_owned(), value)]))
}

fn one_key(node: &Node, called: &str, names: &[(&str, &Shape)], report: &mut Report) -> Option<Value> {
    let expected = || {
        let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        format!("one of the keys '{}'", names.join("', '"))
    };
    if !matches!(node.data, Data::Table(_)) {
        return misfit(node, &format!("{called}, a table with {}", expected()), report);
    }
    let [entry] = node.entries() else {
        let what = format!("{called} has exactly one key");
        let problem = report.at(node.place, what);
        problem.why(format!("this one has {}", node.entries().len()));
        if names.iter().any(|(name, _)| *name == "all") {
            problem.hint("join several with 'all' or 'any'");
        }
        return None;
    };
    let Some((_, shape)) = names.iter().find(|(name, _)| *name == entry.key) else {
        report
            .at(entry.place, format!("unknown key '{}'", entry.key))
            .why(format!("{called} has {}", expected()))
            .meant(&entry.key, names.iter().map(|(name, _)| *name));
        return None;
    };
    let value = walk(&entry.value, shape, report)?;
    Some(one_key_of(&entry.key, value))
}

fn sample_values(node: &Node, report: &mut Report) -> Option<Value> {
    if !matches!(node.data, Data::Table(_)) {
        return misfit(node, "a table of values", report);
    }
    let mut values = Map::new();
    for entry in node.entries() {
        if let Some(value) = sample_value(&entry.value, report) {
            values.insert(entry.key.clone(), value);
        }
    }
    (values.len() == node.entries().len()).then_some(Value::Object(values))
}

/// A value of the sample under the word that the core knows it by; authors write the value alone.
fn sample_value(node: &Node, report: &mut Report) -> Option<Value> {
    let (called, value) = match &node.data {
        Data::Words(_) => ("plain", word(node, &words::ANY, report)),
        Data::Whole(_) | Data::Real(_) => ("number", number(node, report)),
        Data::Table(entries) => match entries.as_slice() {
            [entry] if entry.key == "ref" => ("ref", word(&entry.value, &words::ID, report)),
            [entry] if entry.key == "in-hours" => {
                let hours = whole(&entry.value, -87_600, 87_600, report);
                ("in-hours", hours)
            }
            _ if node.get("zh").is_some() || node.get("en").is_some() => ("text", bilingual(node, report)),
            _ => {
                let expected = "{ zh, en }, { ref = \"key\" } or { in-hours = 4 }";
                return misfit(node, expected, report);
            }
        },
        _ => {
            let expected = "words, a number, { zh, en }, { ref } or { in-hours }";
            return misfit(node, expected, report);
        }
    };
    value.map(|value| one_key_of(called, value))
}
