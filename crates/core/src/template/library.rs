//! The templates at hand: forms and basic record templates, by id.

use super::{Capture, Form, RecordTemplate};
use crate::json;
use crate::ledger::RecordKind;
use std::collections::BTreeMap;

/// Forms and record templates of this build (procedures are loaded one by one: a run pins its own).
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// Forms by id.
    pub forms: BTreeMap<String, Form>,
    /// Record templates by kind.
    pub records: BTreeMap<String, RecordTemplate>,
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
