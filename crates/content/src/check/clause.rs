//! Clauses: each names a document that `sources.toml` lists.
//!
//! It must not judge whether the clause exists in the document; the documents are not here.

use super::places;
use crate::gather::Gathered;
use crate::node::Node;
use crate::problem::Report;
use crate::source::Place;
use sitebook_core::template::check::{self, Around};
use std::collections::BTreeSet;

/// The short names that a clause may begin with; none when nobody can tell.
pub(super) struct Clauses<'a> {
    known: Option<BTreeSet<&'a str>>,
}

impl<'a> Clauses<'a> {
    /// The short names of `sources.toml`; reports its own mistakes and that it is missing.
    pub(super) fn of(all: &'a Gathered, report: &mut Report) -> Clauses<'a> {
        let Some(cited) = &all.cited else {
            let has_clauses = !(all.procedures.is_empty() && all.forms.is_empty() && all.chapters.is_empty());
            if has_clauses && !all.has_sources {
                let nowhere = Place { file: usize::MAX, offset: 0 };
                report
                    .at(nowhere, "there is no 'sources.toml'")
                    .why("clauses cannot be checked without the list of documents");
            }
            return Clauses { known: None };
        };
        let sources = &cited.says.sources;
        super::unique(
            sources
                .iter()
                .enumerate()
                .map(|(n, source)| (source.short.as_str(), cited.node.item("source", n).at("short"))),
            "a source",
            report,
        );
        let known = sources.iter().map(|source| source.short.as_str()).collect();
        Clauses { known: Some(known) }
    }

    /// The short names, if anybody can tell.
    pub(super) fn known(&self) -> Option<&BTreeSet<&'a str>> {
        self.known.as_ref()
    }

    /// Checks a clause, or several with `;` between them: the first word of each is a known document.
    pub(super) fn check(&self, node: &Node, clause: &str, report: &mut Report) {
        let around = Around { clauses: self.known.clone(), ..Around::default() };
        places::ask(node, report, |at, problems| check::clause(at, clause, &around, problems));
    }

    /// Checks the list under `sources`.
    pub(super) fn check_list(&self, node: &Node, list: &[String], report: &mut Report) {
        for (n, clause) in list.iter().enumerate() {
            self.check(node.item("sources", n), clause, report);
        }
    }
}
