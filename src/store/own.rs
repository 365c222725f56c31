//! Procedures that the team wrote itself: drafts, published versions, and what of them stands in the catalogue.
//!
//! A version is a record of its own that pins what it says, written in one transaction like every other; so it is in
//! every backup, travels in every file, merges and stays in the history. A run pins what it starts with, so nothing
//! here touches one that is under way. Whether a procedure can be run is the core's to say.

use super::commit::{Job, commit, put_json};
use super::content::{CATALOGUE, Content, Pinned};
use super::error::StoreError;
use super::query::parse;
use super::{Store, assets};
use crate::browser::db::Table;
use crate::browser::{clock, random};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Record, RecordKind, TemplateRef};
use sitebook_core::template::check::{Problem, check};
use sitebook_core::template::{CatalogueLine, Procedure};
use sitebook_core::time::Stamp;
use sitebook_core::value::Value;
use sitebook_core::work::Command;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where drafts lie.
const DRAFT: &str = "procedure.";
/// The one thing that a version says beside what it pins.
const NOTE: &str = "note";

/// A published version.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Its record.
    pub record: RecordId,
    /// What it pins.
    pub reference: TemplateRef,
    /// What changed with it.
    pub note: String,
    /// Who published it.
    pub by: String,
    /// When.
    pub at: Stamp,
    /// It was withdrawn.
    pub void: bool,
}

impl Version {
    fn of(record: &Record) -> Option<Version> {
        let created = record.created.as_ref().filter(|created| created.kind == RecordKind::Template)?;
        Some(Version {
            record: record.id.clone(),
            reference: created.template.clone()?,
            note: record.text(NOTE).unwrap_or_default().to_owned(),
            by: created.touch.actor.clone(),
            at: created.touch.stamp(),
            void: record.is_void(),
        })
    }

    /// The later of two versions: two phones may have given the same number.
    fn age(&self) -> (u32, i64, &str) {
        (self.reference.version, self.at.at, self.record.as_str())
    }
}

/// A procedure being written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// As it stands.
    pub procedure: Procedure,
    /// When it was last changed, milliseconds since 1970.
    pub at: i64,
}

/// Why nothing was published.
#[derive(Debug)]
pub enum Unpublished {
    /// It cannot be run like this.
    Problems(Vec<Problem>),
    /// It could not be stored.
    Store(StoreError),
}

impl<E: Into<StoreError>> From<E> for Unpublished {
    fn from(error: E) -> Unpublished {
        Unpublished::Store(error.into())
    }
}

impl Store {
    /// Every version of every own procedure, withdrawn ones too.
    async fn all_versions(self) -> Result<Vec<Version>, StoreError> {
        let mut lines = self.lines(RecordKind::Template, "open", None).await?;
        lines.extend(self.lines(RecordKind::Template, "void", None).await?);
        let tx = self.db()?.read(&[Table::Records])?;
        let mut versions = Vec::new();
        for line in lines {
            let Some(json) = tx.get(Table::Records, &line.id).await? else { continue };
            versions.extend(parse::<Record>(&json).ok().as_ref().and_then(Version::of));
        }
        Ok(versions)
    }

    /// The own versions of a procedure, the latest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn versions(self, id: &str) -> Result<Vec<Version>, StoreError> {
        let mut versions = self.all_versions().await?;
        versions.retain(|version| version.reference.id == id);
        versions.sort_by(|one, other| other.age().cmp(&one.age()));
        Ok(versions)
    }

    /// What a version says.
    ///
    /// # Errors
    /// When the database cannot be read, or what it says is not here.
    pub async fn says(self, reference: &TemplateRef) -> Result<Pinned, StoreError> {
        let tx = self.db()?.read(&[Table::Templates])?;
        let json = tx.get(Table::Templates, &reference.digest).await?;
        let json = json.ok_or(StoreError::Missing(assets::Missing::Other))?;
        let procedure = match self.known_procedure(&reference.digest) {
            Some(known) => known,
            None => {
                let procedure = Arc::new(parse::<Procedure>(&json)?);
                self.remember_procedure(&reference.digest, &procedure);
                procedure
            }
        };
        Ok(Pinned { procedure, reference: reference.clone(), json })
    }

    /// The latest version of every own procedure that a run can start with. What came in from elsewhere and cannot be
    /// run is passed over: nobody shall begin with it.
    async fn latest(self) -> Result<Vec<Pinned>, StoreError> {
        let mut by_id: BTreeMap<String, Vec<Version>> = BTreeMap::new();
        for version in self.all_versions().await?.into_iter().filter(|version| !version.void) {
            by_id.entry(version.reference.id.clone()).or_default().push(version);
        }
        let mut latest = Vec::new();
        for mut versions in by_id.into_values() {
            versions.sort_by(|one, other| other.age().cmp(&one.age()));
            for version in versions {
                let in_use =
                    |own: &BTreeMap<String, Pinned>| own.values().any(|one| one.reference == version.reference);
                if let Ok(pinned) = self.says(&version.reference).await
                    && (self.own.with_value(in_use) || check(&pinned.procedure, &self.content().library).is_empty())
                {
                    latest.push(pinned);
                    break;
                }
            }
        }
        Ok(latest)
    }

    /// The latest own version of one procedure.
    pub(super) async fn own(self, id: &str) -> Result<Option<Pinned>, StoreError> {
        self.read_own().await?;
        Ok(self.own.with_value(|own| own.get(id).cloned()))
    }

    /// Brings the catalogue up to what is published here. Does nothing while nothing has changed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn read_own(self) -> Result<(), StoreError> {
        let latest = self.latest().await?;
        let digests = |all: &mut dyn Iterator<Item = &Pinned>| -> BTreeSet<String> {
            all.map(|pinned| pinned.reference.digest.clone()).collect()
        };
        let known = self.own.with_value(|own| digests(&mut own.values()));
        if known == digests(&mut latest.iter()) {
            return Ok(());
        }
        let mut library = (*self.content().library).clone();
        let shipped: Vec<CatalogueLine> = sitebook_core::json::read(CATALOGUE).unwrap_or_default();
        let lines = shipped.into_iter().chain(latest.iter().map(|pinned| CatalogueLine::of(&pinned.procedure)));
        library.catalogue = lines.map(|line| (line.id.clone(), line)).collect();
        self.content.set_value(Some(Arc::new(Content { library: Arc::new(library) })));
        let own = latest.into_iter().map(|pinned| (pinned.reference.id.clone(), pinned)).collect();
        self.own.set_value(own);
        Ok(())
    }

    /// The number of the own version that is in use, if it is an own one.
    pub fn own_version(self, id: &str) -> Option<u32> {
        self.own.with_value(|own| own.get(id).map(|pinned| pinned.reference.version))
    }

    /// Publishes a procedure as its next version: from now on, new runs start with it.
    ///
    /// # Errors
    /// It cannot be run like this, and why; or it could not be stored. Nothing is published then.
    pub async fn publish(self, procedure: &Procedure, note: &str) -> Result<u32, Unpublished> {
        let problems = check(procedure, &self.content().library);
        if !problems.is_empty() {
            return Err(Unpublished::Problems(problems));
        }
        let own = self.versions(&procedure.id).await?.first().map_or(0, |version| version.reference.version);
        let shipped = self.shipped_procedure(&procedure.id).await.ok().map_or(0, |pinned| pinned.reference.version);
        let version = own.max(shipped).saturating_add(1);
        let next = Procedure { version, ..procedure.clone() };
        let pin = Pinned::of(next).ok_or(StoreError::Missing(assets::Missing::Other))?;
        let note = (!note.trim().is_empty()).then(|| (NOTE.to_owned(), Value::text(note.trim())));
        let command = Command::Create {
            kind: RecordKind::Template,
            number: Some(format!("{} v{version}", procedure.id)),
            template: Some(pin.reference.clone()),
            values: note.into_iter().collect(),
        };
        let id = RecordId::at(clock::now().at, random::bytes());
        let mut job = Job::new(id, command, &self.profile.now().name);
        job.pin = Some(pin);
        commit(self, job).await?;
        self.read_own().await?;
        self.ask_to_keep();
        Ok(version)
    }

    /// Withdraws a version. It stays in the history, and runs that began with it go on.
    ///
    /// # Errors
    /// It could not be stored.
    pub async fn withdraw(self, version: &RecordId, reason: &str) -> Result<(), StoreError> {
        let command = Command::Void { reason: reason.to_owned() };
        commit(self, Job::new(version.clone(), command, &self.profile.now().name)).await?;
        self.read_own().await
    }

    /// An id that no procedure has.
    pub fn new_procedure_id() -> String {
        let bytes: [u8; 5] = random::bytes();
        format!("own-{}", sitebook_core::ledger::hex(&bytes))
    }

    /// Keeps a draft: after this, a closed browser loses nothing of it.
    ///
    /// # Errors
    /// It could not be stored.
    pub async fn keep_draft(self, procedure: &Procedure) -> Result<(), StoreError> {
        let draft = Draft { procedure: procedure.clone(), at: clock::now().at };
        let tx = self.db()?.write(&[Table::Meta])?;
        put_json(&tx, Table::Meta, &format!("{DRAFT}{}", procedure.id), &draft, Vec::new())?;
        Ok(tx.done().await?)
    }

    /// The draft of a procedure.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn draft(self, id: &str) -> Result<Option<Draft>, StoreError> {
        let tx = self.db()?.read(&[Table::Meta])?;
        // A draft that this version cannot read is as good as none: what was published is there.
        Ok(tx.get(Table::Meta, &format!("{DRAFT}{id}")).await?.and_then(|json| parse(&json).ok()))
    }

    /// All drafts, the latest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn drafts(self) -> Result<Vec<Draft>, StoreError> {
        let tx = self.db()?.read(&[Table::Meta])?;
        let mut drafts: Vec<Draft> = Vec::new();
        for key in tx.all_keys(Table::Meta).await?.into_iter().filter(|key| key.starts_with(DRAFT)) {
            drafts.extend(tx.get(Table::Meta, &key).await?.and_then(|json| parse(&json).ok()));
        }
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.at));
        Ok(drafts)
    }

    /// Forgets a draft.
    ///
    /// # Errors
    /// It could not be taken out; it is still there then.
    pub async fn forget_draft(self, id: &str) -> Result<(), StoreError> {
        let tx = self.db()?.write(&[Table::Meta])?;
        tx.delete(Table::Meta, &format!("{DRAFT}{id}"))?;
        Ok(tx.done().await?)
    }

    /// What the editor begins with: the draft, or what is in use.
    ///
    /// # Errors
    /// Neither is at hand.
    pub async fn draft_or_latest(self, id: &str) -> Result<(Procedure, bool), StoreError> {
        self.read_own().await?;
        if let Some(draft) = self.draft(id).await? {
            return Ok((draft.procedure, true));
        }
        Ok(((*self.procedure(id).await?.procedure).clone(), false))
    }
}
