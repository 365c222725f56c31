//! How a file of rule tests is written. It must not know what its keys mean.

use serde::Deserialize;
use std::collections::BTreeMap;

/// A file: one rule and its cases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The rule: `R-006`.
    pub(super) rule: String,
    /// The procedure of the cases that name none.
    #[serde(default)]
    pub(super) procedure: Option<String>,
    #[serde(default, rename = "case")]
    pub(super) cases: Vec<Case>,
}

/// Values by key, as written.
pub(super) type Written = BTreeMap<String, toml::Value>;

/// One situation and what speaks in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    /// What it shows, as a sentence.
    pub(super) name: String,
    /// The procedure that is run.
    #[serde(default)]
    pub(super) procedure: Option<String>,
    /// Steps, or whole stages, of which every required answer is there.
    #[serde(default)]
    pub(super) done: Vec<String>,
    /// Answers by field key.
    #[serde(default)]
    pub(super) set: Written,
    /// Rows by table key: the cells of each, or how many with anything in them.
    #[serde(default)]
    pub(super) rows: BTreeMap<String, Rows>,
    /// Signatures that were given when all of the above was there.
    #[serde(default)]
    pub(super) signed: Vec<String>,
    /// Answers changed after the signatures.
    #[serde(default)]
    pub(super) after: Written,
    /// What other runs under the same work order have reached: `cutover:accepted`.
    #[serde(default)]
    pub(super) outcomes: Vec<String>,
    /// Fields of the records around the run: `order.kind`, `customer.peak`.
    #[serde(default)]
    pub(super) around: Written,
    /// The company's limits by id.
    #[serde(default)]
    pub(super) limits: Written,
    /// Whether there is a work order.
    #[serde(default = "yes")]
    pub(super) order: bool,
    /// What the clock shows.
    #[serde(default)]
    pub(super) now: Option<toml::Value>,
    /// What must speak.
    #[serde(default)]
    pub(super) fires: Vec<String>,
    /// What must keep quiet.
    #[serde(default)]
    pub(super) quiet: Vec<String>,
}

fn yes() -> bool {
    true
}

/// Rows of a table.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Rows {
    /// So many, each with every required cell.
    Count(u32),
    /// These.
    Each(Vec<Written>),
}
