//! The templates at hand: forms and basic record templates, by id.

use super::{Capture, Form, Limit, Procedure, Programme, RecordTemplate, Repeats, profile_template};
use crate::calendar::Days;
use crate::json;
use crate::json::fields::fields;
use crate::ledger::RecordKind;
use crate::text::Text;
use serde::Serialize;
use std::collections::BTreeMap;

/// Forms and record templates of this build (procedures are loaded one by one: a run pins its own).
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// Forms by id.
    pub forms: BTreeMap<String, Form>,
    /// Record templates by kind.
    pub records: BTreeMap<String, RecordTemplate>,
    /// Limits by id.
    pub limits: BTreeMap<String, Limit>,
    /// The procedures that can be run, by id: what stands in lists, without their stages.
    pub catalogue: BTreeMap<String, CatalogueLine>,
    /// Which procedures each kind of work order runs.
    pub programmes: Vec<Programme>,
    /// Public holidays and shifted working days.
    pub days: Days,
}

/// What is known of a procedure without reading it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CatalogueLine {
    /// Id.
    pub id: String,
    /// Version.
    pub version: u32,
    /// Group.
    pub family: String,
    /// Title.
    pub title: Text,
    /// When it is used.
    pub summary: Text,
    /// Documents and clauses it comes from.
    pub sources: Vec<String>,
    /// How often a work order runs it.
    pub repeats: Repeats,
    /// To be adapted: the sources lack the details.
    pub notice: bool,
    /// The forms that it fills, with their titles.
    pub forms: Vec<CatalogueForm>,
    /// What its runs can reach.
    pub outcomes: Vec<CatalogueOutcome>,
}

fields!(CatalogueLine { id, version, family, title, summary, sources, repeats, notice, forms, outcomes });

/// A form in the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CatalogueForm {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Text,
}

fields!(CatalogueForm { id, title });

/// An outcome in the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CatalogueOutcome {
    /// Id.
    pub id: String,
    /// What is reached.
    pub title: Text,
}

fields!(CatalogueOutcome { id, title });

impl CatalogueLine {
    /// The line of a procedure whose forms are in it.
    pub fn of(procedure: &Procedure) -> CatalogueLine {
        let form = |form: &Form| CatalogueForm { id: form.id.clone(), title: form.title.clone() };
        CatalogueLine {
            id: procedure.id.clone(),
            version: procedure.version,
            family: procedure.family.clone(),
            title: procedure.title.clone(),
            summary: procedure.summary.clone(),
            sources: procedure.sources.clone(),
            repeats: procedure.repeats,
            notice: procedure.notice.is_some(),
            forms: procedure.papers.iter().map(form).collect(),
            outcomes: procedure
                .outcomes
                .iter()
                .map(|outcome| CatalogueOutcome { id: outcome.id.clone(), title: outcome.title.clone() })
                .collect(),
        }
    }
}

impl Library {
    /// Reads forms and record templates from the compact JSON of the content compiler.
    ///
    /// # Errors
    /// When a text is not of this build's language version.
    pub fn parse<'a>(
        forms: impl IntoIterator<Item = &'a str>,
        records: impl IntoIterator<Item = &'a str>,
    ) -> Result<Library, json::Error> {
        let mut library = Library::default();
        for json in forms {
            let form: Form = json::read(json)?;
            library.forms.insert(form.id.clone(), form);
        }
        for json in records {
            let record: RecordTemplate = json::read(json)?;
            library.records.insert(record.id.clone(), record);
        }
        Ok(library)
    }

    /// Puts the limits in: the template of the profile is made of them, and a customer's gets those that may differ.
    pub fn set_limits(&mut self, limits: Vec<Limit>) {
        let profile = profile_template(&limits);
        self.records.insert(profile.id.clone(), profile);
        if let Some(customer) = self.records.get_mut(RecordKind::Customer.id()) {
            let own = limits.iter().filter(|limit| limit.customer).map(Limit::field);
            customer.fields.extend(own);
        }
        self.limits = limits.into_iter().map(|limit| (limit.id.clone(), limit)).collect();
    }

    /// The limit behind `limit.critical-notice`.
    pub fn limit(&self, key: &str) -> Option<&Limit> {
        self.limits.get(key.strip_prefix("limit.")?)
    }

    /// The template of a basic record's kind.
    pub fn record(&self, kind: RecordKind) -> Option<&RecordTemplate> {
        self.records.get(kind.id())
    }

    /// The capture behind `customer.name` and the like.
    pub fn basic_field(&self, key: &str) -> Option<&Capture> {
        let (kind, field) = key.split_once('.')?;
        self.records.get(kind)?.field(field)
    }
}
