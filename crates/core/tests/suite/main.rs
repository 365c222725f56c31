//! What the core promises, tried from outside: one binary, one module a promise.
//!
//! Property tests run a few hundred cases; `PROPTEST_CASES=100000` runs more.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bundle;
mod calendar;
mod calendar_text;
mod chain;
mod clock;
mod codes;
mod corpus;
mod device;
mod erase;
mod events;
mod figures;
mod fold;
mod fuzzed;
mod handbook;
mod history;
mod hostile;
mod hostile_content;
mod json;
mod language;
mod language_around;
mod language_blanks;
mod language_computed;
mod language_due;
mod language_lists;
mod language_serials;
mod listed;
mod merge;
mod paper_choices;
mod photos;
mod procedure;
mod released;
mod remind;
mod schema;
mod schema_words;
mod search;
mod sheets;
mod stream;
mod tamper;
mod tamper_sealed;
mod verify;
mod visit;
mod visit_closing;
mod visit_moments;
mod visit_overview;
mod visit_signing;
mod visit_values;

use proptest::test_runner::Config;

/// A property's configuration: so many cases, unless `PROPTEST_CASES` says otherwise.
fn cases(usual: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config { cases: asked.unwrap_or(usual), failure_persistence: None, ..Config::default() }
}
