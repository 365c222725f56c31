//! What can be said of an exported file, offline and on any phone: whether it is whole, who exported it, which entries
//! their devices have sealed, and what differs from what is known here.
//!
//! Three steps, because a browser checks signatures later than a function can wait:
//! 1. A [`Verifier`] takes the bytes in, piece by piece, and gives an [`Examined`].
//! 2. The app checks each of [`Examined::claims`] (ECDSA, P-256, SHA-256) and keeps the answers in their order.
//! 3. [`Examined::report`] takes the answers and gives a [`Report`] in words.
//!
//! It never fails: of a file that cannot be read the report says why and where. It must not know keys of its own,
//! storage or screens.
//!
//! What it can prove: a device id of `UUIDv8` is made from a key, so nobody else can seal in its name. What it cannot:
//! that a file is the latest. Whoever holds an older genuine file can show it again; only a phone that knows more
//! notices ([`Facts::last_of`]).

mod judge;
mod paper;
mod report;
mod words;

pub use report::{DevicePart, Finding, Forgery, RecordReport, Report, Sealing, SignedChange, Verdict};

use crate::exchange::{Event, ImportError, Incoming, Reader, RecordView};
use crate::ids::{DeviceId, OpId, RecordId};
use crate::json;
use crate::ledger::{Digest, sha256};
use crate::seal::{Claim, PublicKey};
use crate::template::{Library, Procedure};
use std::fmt;

/// What this phone knows. The database answers later than a function can wait, so the app fetches before, as for
/// [`crate::exchange::Known`].
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The key under which a device without a key in its id is known here.
    pub key_of: &'a dyn Fn(&DeviceId) -> Option<PublicKey>,
    /// The hash of the op with this id.
    pub hash_of: &'a dyn Fn(&OpId) -> Option<String>,
    /// The hash of the op at this place of a device's chain.
    pub hash_at: &'a dyn Fn(&DeviceId, u64) -> Option<String>,
    /// The running number of the last op of this record that this device wrote, as far as known here.
    pub last_of: &'a dyn Fn(&RecordId, &DeviceId) -> Option<u64>,
    /// The pinned procedure with this digest, for visits whose procedure the file lacks.
    pub procedure: &'a dyn Fn(&str) -> Option<Procedure>,
    /// Forms and record templates of this build.
    pub library: &'a Library,
}

impl fmt::Debug for Facts<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Facts")
    }
}

impl<'a> Facts<'a> {
    /// A phone that knows nothing but its own forms.
    pub fn nothing(library: &'a Library) -> Facts<'a> {
        Facts {
            key_of: &|_| None,
            hash_of: &|_| None,
            hash_at: &|_, _| None,
            last_of: &|_, _| None,
            procedure: &|_| None,
            library,
        }
    }
}

/// A readable record of the file: its id and the hash of what it says.
type Seen = (String, Digest);

/// Takes a file in, to be judged.
#[derive(Debug, Default)]
pub struct Verifier {
    reader: Reader,
    views: Vec<Seen>,
    failed: Option<ImportError>,
}

impl Verifier {
    /// One for a new file.
    pub fn new() -> Verifier {
        Verifier::default()
    }

    /// Takes the next bytes. Whether it is worth going on: a file that cannot be read becomes no better.
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        let Verifier { reader, views, failed } = self;
        let pushed = reader.push_to(bytes, &mut |event| {
            if let Event::Record(view) = event {
                views.push((view.id.clone(), hash_of(&view)));
            }
        });
        if let Err(error) = pushed {
            *failed = Some(error);
        }
        failed.is_none()
    }

    /// The end of the file.
    pub fn finish(self) -> Examined {
        let result = match self.failed {
            Some(error) => Err(error),
            None => self.reader.finish(),
        };
        match result {
            Err(error) => Examined { read: Err(error), claims: Vec::new() },
            Ok(incoming) => {
                let signature = incoming.signature.iter().map(|signature| signature.claim(&incoming.digest));
                let claims = signature.chain(incoming.seals.iter().map(|seal| seal.claim()));
                // The reader let no statement pass that has not the form of one.
                let claims = claims.map(|claim| claim.unwrap_or_else(no_claim)).collect();
                Examined { read: Ok(Box::new((incoming, self.views))), claims }
            }
        }
    }
}

/// A claim that no check answers with yes.
fn no_claim() -> Claim {
    Claim { key: Vec::new(), message: Vec::new(), sig: Vec::new() }
}

fn hash_of(view: &RecordView) -> Digest {
    sha256(json::write(view).unwrap_or_default().as_bytes())
}

/// A file that was read, or not.
#[derive(Debug)]
pub struct Examined {
    read: Result<Box<(Incoming, Vec<Seen>)>, ImportError>,
    claims: Vec<Claim>,
}

impl Examined {
    /// The signatures to be checked before the report: of the file first, if it has one, then of its seals.
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// What the file holds, if it can be read: the app fetches by it what it knows.
    pub fn incoming(&self) -> Option<&Incoming> {
        self.read.as_ref().ok().map(|read| &read.0)
    }

    /// What the file holds, to be taken in.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn into_incoming(self) -> Result<Incoming, ImportError> {
        self.read.map(|read| read.0)
    }

    /// What can be said of the file. `answers` are those to [`Examined::claims`], in their order; one that is lacking
    /// counts as no.
    pub fn report(&self, answers: &[bool], facts: &Facts<'_>) -> Report {
        match &self.read {
            Err(error) => Report::unreadable(error.clone()),
            Ok(read) => judge::judge(&read.0, &read.1, answers, facts),
        }
    }
}
