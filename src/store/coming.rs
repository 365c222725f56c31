//! A file on its way in, read piece by piece: checked, verified and previewed. Nothing is written; after the user's yes
//! [`super::taking`] reads it once more and takes it in.

use super::Store;
use super::commit::head;
use super::erase::{ErasedElsewhere, StaysErased};
use super::error::StoreError;
use super::going::{Step, Tell, go_on};
use super::here::Here;
use super::seals;
use crate::browser::db::Table;
use crate::browser::files::{self, File};
use crate::browser::keys;
use sitebook_core::exchange::{Exported, ImportError, Incoming, Preview, limits};
use sitebook_core::ids::RecordId;
use sitebook_core::print::{PaperCode, PaperVerdict};
use sitebook_core::seal::Seal;
use sitebook_core::verify::{Examined, Report, Verifier};
use std::collections::BTreeSet;

/// Bytes that are read at a time.
const SLICE: u64 = 1 << 20;
/// A file that was checked and can be taken in.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Who says to have exported it.
    pub exported: Exported,
    /// What can be said of it; `None` where the browser checks no signatures.
    pub report: Option<Report>,
    /// What it would bring.
    pub preview: Preview,
    /// What it brings that was erased here and stays out.
    pub erased: Option<StaysErased>,
    /// Customers of the file that were erased on another device.
    pub elsewhere: Vec<ErasedElsewhere>,
    pub(super) digest: String,
    pub(super) pictures: BTreeSet<String>,
    pub(super) proven: Proven,
}

/// What can be said of a file.
#[derive(Debug, Clone)]
pub struct Verified {
    /// In itself, and against what is here.
    pub report: Report,
    /// Entries that are here, too.
    pub same: usize,
    /// Entries that are not here.
    pub new: usize,
    /// Entries of its records that are only here.
    pub only_here: usize,
    /// This device has exported it.
    pub own: bool,
    /// The digest by which two people can tell on the phone that they have the same file.
    pub digest: Option<String>,
    /// What its visit says of the paper that was asked about; `None` without such a visit.
    pub paper: Option<PaperVerdict>,
}

/// What the signatures of a file prove.
#[derive(Debug, Clone, Default)]
pub(super) struct Proven {
    /// The seals whose signatures hold.
    pub seals: Vec<Seal>,
    /// The file's own signature holds.
    pub signed: bool,
}

/// Reads a file to its end, slice by slice.
pub(super) async fn read(
    file: &File,
    tell: Tell<'_>,
    mut take: impl AsyncFnMut(&[u8]) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let size = files::size(file);
    if size > limits::BYTES {
        return Err(ImportError::TooBig { is: size, max: limits::BYTES }.into());
    }
    let mut at = 0;
    while at < size {
        go_on(tell, Step::Reading(at, size))?;
        let bytes = files::slice(file, at, size.min(at + SLICE)).await?;
        at += SLICE;
        if !take(&bytes).await? {
            break;
        }
    }
    Ok(())
}

async fn examine(file: &File, tell: Tell<'_>) -> Result<(Examined, Option<Vec<bool>>), StoreError> {
    let mut verifier = Verifier::new();
    read(file, tell, async |bytes| Ok(verifier.push(bytes))).await?;
    let examined = verifier.finish();
    let claims = examined.claims();
    if !claims.is_empty() && !keys::is_available() {
        return Ok((examined, None));
    }
    let answers = seals::answers(claims, &|done| tell(Step::Seals(done, claims.len()))).await?;
    Ok((examined, Some(answers)))
}

impl Store {
    /// What can be said of a file, in itself and against what is here, and of a paper by the file. Nothing is written.
    ///
    /// # Errors
    /// When the browser cannot read the file or check signatures, or the user stops it. A file that is damaged is no
    /// error: the report says so.
    pub async fn verify(self, file: &File, paper: Option<&PaperCode>, tell: Tell<'_>) -> Result<Verified, StoreError> {
        let (examined, answers) = examine(file, tell).await?;
        let answers = answers.ok_or(StoreError::NoCrypto)?;
        let here = self.known_of(&examined).await?;
        let report = here.report(&examined, &answers, &self.content().library);
        let (same, all, total) = match examined.incoming() {
            Some(incoming) => (here.same(incoming), incoming.ops.len(), here.count()),
            None => (0, 0, 0),
        };
        let device = head(&self.db()?.read(&[Table::Meta])?).await?.device;
        let own = report.is_original_of(&device);
        let digest = examined.incoming().map(|incoming| incoming.digest.clone());
        let paper = paper.and_then(|code| here.paper(&examined, code, &self.content().library));
        let (new, only_here) = (all.saturating_sub(same), total.saturating_sub(same));
        Ok(Verified { report, same, new, only_here, own, digest, paper })
    }

    /// What this device's own record says of a paper; `None` when the visit is not here.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn judge_paper(self, code: &PaperCode) -> Result<Option<PaperVerdict>, StoreError> {
        const MOST: usize = 20;
        let found = self.find(&code.number, MOST).await?;
        let line = found.into_iter().find(|line| line.number.as_deref().is_some_and(|number| code.is_of(number)));
        let Some(id) = line.and_then(|line| RecordId::parse(line.id.as_str())) else { return Ok(None) };
        let view = self.view(&id).await?;
        let content = self.content();
        Ok(view.and_then(|view| view.scope(&content.library).map(|scope| code.judge(&scope))))
    }

    async fn known_of(self, examined: &Examined) -> Result<Here, StoreError> {
        match examined.incoming() {
            Some(incoming) => Here::gather(self, incoming).await,
            None => Ok(Here::default()),
        }
    }

    /// Reads a file to its end and says what taking it in would bring. Nothing is written.
    ///
    /// # Errors
    /// When it is no sound file of ours, does not fit what is here, or the user stops it.
    pub async fn check(self, file: &File, tell: Tell<'_>) -> Result<Checked, StoreError> {
        let (examined, answers) = examine(file, tell).await?;
        let report = match &answers {
            Some(answers) => {
                let here = self.known_of(&examined).await?;
                Some(here.report(&examined, answers, &self.content().library))
            }
            None => None,
        };
        let incoming = examined.into_incoming()?;
        let mut answers = answers.unwrap_or_default().into_iter();
        let signed = incoming.signature.is_some() && answers.next() == Some(true);
        let held = incoming.seals.iter().zip(answers).filter(|(_, holds)| *holds);
        let proven = Proven { seals: held.map(|(seal, _)| seal.clone()).collect(), signed };
        let (incoming, erased) = self.without_erased(incoming).await?;
        let preview = self.preview(&incoming).await?;
        if let Some(refused) = preview.refusal() {
            return Err(refused.into());
        }
        let elsewhere = self.erased_elsewhere(&incoming).await?;
        let pictures = incoming.pictures.into_iter().map(|picture| picture.sha256).collect();
        let Incoming { exported, digest, .. } = incoming;
        Ok(Checked { exported, report, preview, erased, elsewhere, digest, pictures, proven })
    }
}
