//! The templates shipped with this build, compiled from `content/` by the build script, and those that the team made
//! itself. What every record needs is in the program; procedures and their forms are fetched when one is used.

use super::Store;
use super::assets::{self, Missing};
use super::error::StoreError;
use leptos::prelude::*;
use sitebook_core::calendar::{Days, HolidayFile};
use sitebook_core::json;
use sitebook_core::ledger::{RecordKind, TemplateRef, canonical, hex, sha256};
use sitebook_core::template::{CatalogueForm, CatalogueLine, Form, Library, Limit, Procedure, RecordTemplate, Sample};
use std::collections::BTreeMap;
use std::sync::Arc;

include!(concat!(env!("OUT_DIR"), "/content.rs"));

/// Parsed templates.
#[derive(Debug, Clone)]
pub struct Content {
    /// Record templates, limits, the catalogue, programmes, holidays; and forms, once a run asked for them that did
    /// not bring its own along.
    pub library: Arc<Library>,
}

/// A procedure ready to be pinned by a new run.
#[derive(Debug, Clone)]
pub struct Pinned {
    /// The procedure.
    pub procedure: Arc<Procedure>,
    /// What the run keeps of it.
    pub reference: TemplateRef,
    /// Its canonical JSON, stored under its digest.
    pub json: String,
}

impl Pinned {
    /// A procedure as runs pin it. None only when it cannot be written as JSON.
    pub fn of(procedure: Procedure) -> Option<Pinned> {
        let json = String::from_utf8(canonical(&procedure).ok()?).ok()?;
        let digest = hex(&sha256(json.as_bytes()));
        let reference = TemplateRef { id: procedure.id.clone(), version: procedure.version, digest };
        Some(Pinned { procedure: Arc::new(procedure), reference, json })
    }
}

/// Whether this build ships a procedure with this id.
pub fn is_shipped(id: &str) -> bool {
    ASSETS.iter().any(|(name, ..)| name.strip_prefix("procedure-") == Some(id))
}

impl Content {
    /// Parses what is in the program.
    ///
    /// # Errors
    /// Only when the build is broken: the build script has parsed the same files.
    pub fn load() -> Result<Content, json::Error> {
        let mut library = Library::parse([], RECORDS.iter().map(|(_, json)| *json))?;
        library.set_limits(json::read::<Vec<Limit>>(LIMITS)?);
        library.programmes = json::read(PROGRAMMES)?;
        library.days = Days::from_file(&json::read::<HolidayFile>(HOLIDAYS)?);
        let lines: Vec<CatalogueLine> = json::read(CATALOGUE)?;
        library.catalogue = lines.into_iter().map(|line| (line.id.clone(), line)).collect();
        Ok(Content { library: Arc::new(library) })
    }

    /// Every form, once, with a procedure that brings it along: what a blank paper takes its answers from.
    pub fn forms(&self) -> BTreeMap<String, (CatalogueForm, String)> {
        let lines = self.library.catalogue.values();
        let each = lines.flat_map(|line| line.forms.iter().map(|form| (form.clone(), line.id.clone())));
        each.map(|(form, procedure)| (form.id.clone(), (form, procedure))).collect()
    }

    /// The template of a basic record.
    pub fn record(&self, kind: RecordKind) -> Option<&RecordTemplate> {
        self.library.record(kind)
    }

    /// The sample records.
    pub fn sample() -> Option<Sample> {
        json::read(SAMPLE).ok()
    }
}

/// A procedure of this build, for tests that have no host to fetch it from.
#[cfg(all(test, target_arch = "wasm32"))]
pub fn shipped(id: &str) -> Option<Pinned> {
    let (_, json) = PROCEDURES.iter().find(|(found, _)| *found == id)?;
    Pinned::of(json::read::<Procedure>(json).ok()?)
}

impl Store {
    /// The procedure with this id for a new run: the team's own latest version, or what this build ships.
    ///
    /// # Errors
    /// It is not on the device and cannot be fetched, or no procedure has this id.
    pub async fn procedure(self, id: &str) -> Result<Pinned, StoreError> {
        match self.own(id).await? {
            Some(own) => Ok(own),
            None => self.shipped_procedure(id).await,
        }
    }

    /// The procedure with this id as this build ships it.
    ///
    /// # Errors
    /// It is not on the device and cannot be fetched, or this build has none with this id.
    pub async fn shipped_procedure(self, id: &str) -> Result<Pinned, StoreError> {
        if let Some(known) = self.shipped.with_value(|known| known.get(id).cloned()) {
            return Ok(known);
        }
        let text = assets::text(&format!("procedure-{id}")).await?;
        let pinned = json::read::<Procedure>(&text).ok().and_then(Pinned::of).ok_or(Missing::Other)?;
        self.shipped.update_value(|known| {
            known.insert(id.to_owned(), pinned.clone());
        });
        Ok(pinned)
    }

    /// Sees to it that the forms of a run from before procedures brought theirs along are at hand.
    ///
    /// # Errors
    /// They are not on the device and cannot be fetched.
    pub(super) async fn forms_for(self, procedure: Option<&Procedure>) -> Result<(), StoreError> {
        let lacks = procedure.is_some_and(|procedure| procedure.papers.is_empty() && !procedure.forms.is_empty());
        if !lacks || !self.content().library.forms.is_empty() {
            return Ok(());
        }
        let forms: Vec<Form> = json::read(&assets::text("forms").await?).map_err(|_| Missing::Other)?;
        let mut library = (*self.content().library).clone();
        library.forms = forms.into_iter().map(|form| (form.id.clone(), form)).collect();
        self.content.set_value(Some(Arc::new(Content { library: Arc::new(library) })));
        Ok(())
    }
}
