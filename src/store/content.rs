//! The templates shipped with this build, compiled from `content/` by the build script.

use sitebook_core::ledger::{TemplateRef, canonical, hex, sha256};
use sitebook_core::template::{Library, Procedure, RecordTemplate, Sample};
use std::sync::Arc;

include!(concat!(env!("OUT_DIR"), "/content.rs"));

/// Parsed templates. Procedures are parsed when one is needed.
#[derive(Debug, Clone)]
pub struct Content {
    /// Forms and record templates.
    pub library: Arc<Library>,
}

/// A procedure ready to be pinned by a new visit.
#[derive(Debug, Clone)]
pub struct Pinned {
    /// The procedure.
    pub procedure: Arc<Procedure>,
    /// What the visit keeps of it.
    pub reference: TemplateRef,
    /// Its canonical JSON, stored under its digest.
    pub json: String,
}

impl Content {
    /// Parses forms and record templates.
    ///
    /// # Errors
    /// Only when the build is broken: the build script has parsed the same files.
    pub fn load() -> Result<Content, sitebook_core::json::Error> {
        let library = Library::parse(FORMS.iter().map(|(_, json)| *json), RECORDS.iter().map(|(_, json)| *json))?;
        Ok(Content { library: Arc::new(library) })
    }

    /// The procedure with this id, as this build ships it.
    pub fn procedure(&self, id: &str) -> Option<Pinned> {
        let (_, json) = PROCEDURES.iter().find(|(found, _)| *found == id)?;
        let procedure: Procedure = sitebook_core::json::read(json).ok()?;
        let json = String::from_utf8(canonical(&procedure).ok()?).ok()?;
        let digest = hex(&sha256(json.as_bytes()));
        let reference = TemplateRef { id: procedure.id.clone(), version: procedure.version, digest };
        Some(Pinned { procedure: Arc::new(procedure), reference, json })
    }

    /// A procedure that lists a form: what a blank paper takes its answers from.
    pub fn procedure_with_form(&self, form: &str) -> Option<Procedure> {
        let mention = format!("\"{form}\"");
        let mentions = PROCEDURES.iter().filter(|(_, json)| json.contains(&mention));
        let mut procedures = mentions.filter_map(|(_, json)| sitebook_core::json::read::<Procedure>(json).ok());
        procedures.find(|procedure| procedure.forms.iter().any(|listed| listed == form))
    }

    /// The template of a basic record.
    pub fn record(&self, kind: sitebook_core::ledger::RecordKind) -> Option<&RecordTemplate> {
        self.library.record(kind)
    }

    /// The sample records.
    pub fn sample() -> Option<Sample> {
        sitebook_core::json::read(SAMPLE).ok()
    }
}
