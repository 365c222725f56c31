//! What a report says, as values; [`super::words`] says it in words.

use crate::exchange::{Exported, ImportError};
use crate::ids::{DeviceId, OpId, RecordId};
use crate::ledger::RecordKind;
use crate::text::Text;
use crate::time::Stamp;

/// What can be said of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The answer in one word.
    pub verdict: Verdict,
    /// Who says to have exported it, when, on which device; proven only if the verdict says so.
    pub exported: Option<Exported>,
    /// Its records, in the order of their ids.
    pub records: Vec<RecordReport>,
    /// Everything that speaks against it or should be known, worst first.
    pub findings: Vec<Finding>,
}

/// The answer in one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It cannot be read, and why.
    Unreadable(ImportError),
    /// It is whole in itself, but something in it contradicts a seal, a signature or what is known here.
    Contradicted,
    /// It is whole in itself, but nothing in it proves where it comes from: whoever changes such a file can make it
    /// whole again.
    Unproven,
    /// It is exactly as this device exported it.
    Original(DeviceId),
}

/// Something that should be known of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Somebody changed something, or made it up.
    Forged(Forgery),
    /// The exporting device has signed the file, but nothing binds the key to the device.
    KeyUnknown(DeviceId),
    /// The file is not signed.
    Unsigned,
    /// Signatures whose covered values were changed afterwards.
    ChangedAfterSigning(RecordId),
    /// Pictures that the ops name and the file does not hold.
    PicturesMissing(usize),
    /// Procedures that visits run and the file does not hold.
    TemplatesMissing(usize),
    /// This phone knows later entries of the record than the file holds.
    Older {
        /// The record.
        record: RecordId,
        /// The device whose later entries are known here.
        device: DeviceId,
    },
}

/// What cannot have come about by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forgery {
    /// The file's signature does not fit its content.
    FileSignature,
    /// The file is signed by another device than the one it names.
    FileDevice(DeviceId),
    /// A key that does not belong to the device that it speaks for.
    Key(DeviceId),
    /// A seal's signature does not fit the seal.
    SealSignature(RecordId),
    /// Fewer or more entries of a device than it has sealed.
    SealCount {
        /// The record.
        record: RecordId,
        /// The device.
        device: DeviceId,
        /// Entries it has sealed.
        sealed: u64,
        /// Of these in the file.
        here: u64,
    },
    /// Other entries of a device than it has sealed.
    SealSum {
        /// The record.
        record: RecordId,
        /// The device.
        device: DeviceId,
    },
    /// The readable record says something else than its entries.
    View(String),
    /// An entry is known here with other content, or its place is taken by another.
    Known(OpId),
}

/// One record of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordReport {
    /// Its id.
    pub id: RecordId,
    /// Its kind, if the file holds its beginning.
    pub kind: Option<RecordKind>,
    /// Its number, if it has one.
    pub number: Option<String>,
    /// What it is called, if the file tells.
    pub name: Option<String>,
    /// Who wrote it, by device.
    pub devices: Vec<DevicePart>,
    /// Signatures whose covered values were changed afterwards.
    pub changed: Vec<SignedChange>,
}

/// A device's part of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct DevicePart {
    /// The device.
    pub device: DeviceId,
    /// Its entries of this record in the file.
    pub entries: usize,
    /// Up to where it has sealed them.
    pub sealing: Sealing,
    /// Entries after the last seal that holds.
    pub after: usize,
    /// Places of the device's chain, from the first to the last of this record's entries, that are not in the file,
    /// of whatever record they are. Files with some of the records have such gaps by nature.
    pub gaps: u64,
}

/// How far entries are proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sealing {
    /// No seal.
    None,
    /// A seal of which nothing tells whether its key is the device's.
    Unproven,
    /// Exactly as the device wrote them, up to this place in its chain.
    Upto {
        /// Running number of the last sealed entry.
        seq: u64,
        /// When the seal was made.
        at: Stamp,
    },
    /// A seal that the entries contradict.
    Broken,
}

/// A signature whose covered values were changed after it was given.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedChange {
    /// Who signed.
    pub name: String,
    /// In which role.
    pub role: String,
    /// When.
    pub at: Stamp,
    /// What was changed, by its labels.
    pub fields: Vec<Text>,
}

impl Report {
    /// Of a file that cannot be read.
    pub(super) fn unreadable(why: ImportError) -> Report {
        let verdict = Verdict::Unreadable(why);
        Report { verdict, exported: None, records: Vec::new(), findings: Vec::new() }
    }

    /// Whether the file is exactly as this device exported it.
    pub fn is_original_of(&self, device: &DeviceId) -> bool {
        self.verdict == Verdict::Original(device.clone())
    }
}
