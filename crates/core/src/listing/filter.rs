//! What somebody wants to see of a list, and how it is written into an address: `customer=…&state=closed&sort=old`.

use crate::json::fields::fields;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A side by which rows are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// Id of the customer.
    Customer,
    /// Where it stands: `open`, `begun`, `done`, `closed`, `void`.
    Standing,
    /// Kind of work, as a choice of the work order.
    Work,
    /// Who began it.
    Person,
    /// The first day: `2026-11-21`.
    From,
    /// The last day.
    To,
}

impl Facet {
    /// All, in the order in which they are shown.
    pub const ALL: [Facet; 6] = [Facet::Customer, Facet::Standing, Facet::Work, Facet::Person, Facet::From, Facet::To];

    /// The word in an address.
    pub fn id(self) -> &'static str {
        match self {
            Facet::Customer => "customer",
            Facet::Standing => "state",
            Facet::Work => "work",
            Facet::Person => "by",
            Facet::From => "from",
            Facet::To => "to",
        }
    }
}

/// The order of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The latest day first.
    #[default]
    Newest,
    /// The earliest day first.
    Oldest,
    /// By the customer's name, then the latest first.
    Customer,
    /// By number.
    Number,
}

impl Sort {
    /// All of them.
    pub const ALL: [Sort; 4] = [Sort::Newest, Sort::Oldest, Sort::Customer, Sort::Number];

    /// The word in an address.
    pub fn id(self) -> &'static str {
        match self {
            Sort::Newest => "new",
            Sort::Oldest => "old",
            Sort::Customer => "customer",
            Sort::Number => "number",
        }
    }

    /// The order with this word.
    pub fn parse(id: &str) -> Option<Sort> {
        Sort::ALL.into_iter().find(|sort| sort.id() == id)
    }
}

/// A filter that somebody keeps under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Saved {
    /// Its name.
    pub name: String,
    /// The kind of record, as in addresses.
    pub kind: String,
    /// The filter as it stands in an address.
    pub query: String,
}

fields!(Saved { name, kind, query });

/// Longest value of an address that is taken.
const LONGEST: usize = 200;

/// What is wanted of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// What was typed.
    pub words: String,
    /// The order.
    pub sort: Sort,
    set: BTreeMap<Facet, String>,
}

impl Filter {
    /// What is wanted of one side; empty when anything is.
    pub fn get(&self, facet: Facet) -> &str {
        self.set.get(&facet).map_or("", String::as_str)
    }

    /// Wants this of one side; anything, if it is empty.
    pub fn set(&mut self, facet: Facet, value: &str) {
        if value.is_empty() {
            self.set.remove(&facet);
        } else {
            self.set.insert(facet, value.to_owned());
        }
    }

    /// The sides by which it chooses, in order.
    pub fn facets(&self) -> Vec<Facet> {
        self.set.keys().copied().collect()
    }

    /// Chooses by nothing any more, in the usual order; what was typed stays.
    pub fn clear(&mut self) {
        self.set.clear();
        self.sort = Sort::default();
    }

    /// Whether it leaves everything in.
    pub fn is_open(&self) -> bool {
        self.set.is_empty() && self.words.trim().is_empty()
    }

    /// As it stands in an address, without what is as usual.
    pub fn to_query(&self) -> String {
        let mut parts: Vec<(&str, &str)> = self.set.iter().map(|(facet, value)| (facet.id(), value.as_str())).collect();
        if self.sort != Sort::default() {
            parts.push(("sort", self.sort.id()));
        }
        if !self.words.trim().is_empty() {
            parts.push(("q", self.words.trim()));
        }
        let parts: Vec<String> = parts.into_iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        parts.join("&")
    }

    /// Reads what stands in an address; what it does not know is passed over.
    pub fn from_query(query: &str) -> Filter {
        let mut filter = Filter::default();
        for (name, value) in query.split('&').filter_map(|part| part.split_once('=')) {
            let value: String = decoded(value).chars().take(LONGEST).collect();
            match name {
                "sort" => filter.sort = Sort::parse(&value).unwrap_or_default(),
                "q" => filter.words = value,
                _ => {
                    if let Some(facet) = Facet::ALL.into_iter().find(|facet| facet.id() == name) {
                        filter.set(facet, &value);
                    }
                }
            }
        }
        filter
    }
}

fn encoded(value: &str) -> String {
    let mut out = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn decoded(value: &str) -> String {
    let bytes = value.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.filter(|_| *byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(code) => {
                out.push(code);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
