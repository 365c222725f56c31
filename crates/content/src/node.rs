//! A TOML document as a tree in which every key and value knows its place, also after parts of one file were
//! put into another (shared stages).
//!
//! It must not know the language of content files, only TOML.

use crate::problem::Report;
use crate::source::Place;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Where the value starts; for a table of its own its heading.
    pub(crate) place: Place,
    /// The value.
    pub(crate) data: Data,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Data {
    /// A string.
    Words(String),
    /// A whole number.
    Whole(i64),
    /// A number with a point.
    Real(f64),
    /// `true` or `false`.
    Truth(bool),
    /// A date or time. No content file uses one.
    Date,
    /// An array, or tables under the same heading.
    List(Vec<Node>),
    /// A table.
    Table(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The key.
    pub(crate) key: String,
    /// Where the key stands.
    pub(crate) place: Place,
    /// The value.
    pub(crate) value: Node,
}

impl Node {
    /// Parses the text of a file; every syntax error goes into the report.
    pub(crate) fn parse(file: usize, text: &str, report: &mut Report) -> Option<Node> {
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let offset = error.span().map_or(0, |span| span.start);
            report.at(Place { file, offset }, format!("not TOML: {}", error.message()));
        }
        let start = Place { file, offset: 0 };
        errors.is_empty().then(|| Node { place: start, data: table_data(file, table.get_ref()) })
    }

    /// The value under a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The value under a key, or the node itself: the best place to point at.
    pub(crate) fn at(&self, key: &str) -> &Node {
        self.get(key).unwrap_or(self)
    }

    /// The n-th value of the list under a key, or the best place to point at.
    pub(crate) fn item(&self, key: &str, n: usize) -> &Node {
        let list = self.at(key);
        match &list.data {
            Data::List(items) => items.get(n).unwrap_or(list),
            _ => list,
        }
    }

    /// The values of the list under a key; none if there is no list.
    pub(crate) fn list(&self, key: &str) -> &[Node] {
        match self.get(key).map(|node| &node.data) {
            Some(Data::List(items)) => items,
            _ => &[],
        }
    }

    /// The string under a key.
    pub(crate) fn words(&self, key: &str) -> Option<&str> {
        match &self.get(key)?.data {
            Data::Words(words) => Some(words),
            _ => None,
        }
    }

    /// The keys of a table; none for other values.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.data {
            Data::Table(entries) => entries,
            _ => &[],
        }
    }

    /// What the value is, in words.
    pub(crate) fn called(&self) -> &'static str {
        match self.data {
            Data::Words(_) => "text",
            Data::Whole(_) => "a whole number",
            Data::Real(real) if real.is_finite() => "a number with a point",
            Data::Real(_) => "no finite number",
            Data::Truth(_) => "true or false",
            Data::Date => "a date",
            Data::List(_) => "a list",
            Data::Table(_) => "a table",
        }
    }
}

fn table_data(file: usize, table: &DeTable<'_>) -> Data {
    let entries = table.iter().map(|(key, value)| Entry {
        key: key.get_ref().clone().into_owned(),
        place: place(file, key),
        value: node(file, value),
    });
    Data::Table(entries.collect())
}

fn place<T>(file: usize, spanned: &Spanned<T>) -> Place {
    Place { file, offset: spanned.span().start }
}

fn node(file: usize, value: &Spanned<DeValue<'_>>) -> Node {
    let data = match value.get_ref() {
        DeValue::String(words) => Data::Words(words.clone().into_owned()),
        DeValue::Integer(whole) => {
            i64::from_str_radix(whole.as_str(), whole.radix()).map_or(Data::Real(f64::INFINITY), Data::Whole)
        }
        DeValue::Float(real) => Data::Real(real.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(truth) => Data::Truth(*truth),
        DeValue::Datetime(_) => Data::Date,
        DeValue::Array(items) => Data::List(items.iter().map(|item| node(file, item)).collect()),
        DeValue::Table(table) => table_data(file, table),
    };
    Node { place: place(file, value), data }
}
