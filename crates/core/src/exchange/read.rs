//! Reading a bundle: from foreign bytes to ops, procedures and pictures that hold what they promise.

use super::bundle::Exported;
use super::cut::{Cutter, Piece};
use super::error::ImportError;
use super::intake::Intake;
use super::limits;
use super::view::RecordView;
use crate::gathered::sorted;
use crate::ids::RecordId;
use crate::ledger::{Attachment, Head, Sealed, TemplateRef, hex, sha256};
use crate::seal::{Seal, Signature};
use crate::template::Procedure;

/// A bundle that holds what it promises. Whether it fits what is known here, [`super::preview`] tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// Who exported it, with what, when, on which device.
    pub exported: Exported,
    /// The ops.
    pub ops: Vec<Sealed>,
    /// Procedures that visits of the file run.
    pub templates: Vec<Template>,
    /// Procedures that visits of the file run and that the file does not hold.
    pub lacking: Vec<TemplateRef>,
    /// Pictures of the file, without their bytes.
    pub pictures: Vec<Attachment>,
    /// SHA-256 of pictures that the ops name and that the exporting device did not have.
    pub missing: Vec<String>,
    /// What devices state about their ops. They have the form of seals; [`crate::verify`] tells what they are worth.
    pub seals: Vec<Seal>,
    /// The digest of the file.
    pub digest: String,
    /// The exporting device's signature, unchecked.
    pub signature: Option<Signature>,
}

/// A procedure of a bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// What visits call it.
    pub reference: TemplateRef,
    /// The procedure.
    pub procedure: Procedure,
    /// Its canonical JSON, whose SHA-256 is the digest.
    pub json: String,
}

/// A picture of a bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// What the ops say of it.
    pub attachment: Attachment,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What passes by while a file is read and is not kept.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A picture that an op names: kind, size and SHA-256 were checked.
    Picture(Picture),
    /// A record as people read it. The ops say what it really is.
    Record(Box<RecordView>),
}

impl Incoming {
    /// The records that the ops belong to, in the order of their ids.
    pub fn record_ids(&self) -> Vec<&RecordId> {
        record_ids(&self.ops)
    }

    /// The head of this device's chain after the import: its clock has seen the file's ops, and where the file holds
    /// later ops of this very device (a restored backup), the chain goes on after them.
    #[must_use]
    pub fn advance(&self, head: &Head) -> Head {
        let mut head = head.clone();
        for Sealed { op, hash } in &self.ops {
            head.hlc = head.hlc.observe(op.hlc);
            if op.device == head.device && op.seq > head.seq {
                head.seq = op.seq;
                head.hash = Some(hash.clone());
            }
        }
        head
    }
}

pub(super) fn record_ids(ops: &[Sealed]) -> Vec<&RecordId> {
    let mut ids = sorted(ops.iter().map(|sealed| &sealed.op.record).collect(), Ord::cmp);
    ids.dedup();
    ids
}

/// Reads a file of any size while it comes in.
///
/// [`Reader::push`] takes the next bytes and gives what passed by; [`Reader::finish`] gives everything else. It holds
/// the ops, procedures and seals, and of the pictures and records never more than one.
///
/// Until `finish` said yes, nothing is sure but each picture by itself. So the app reads twice: first to check and to
/// preview, then, after the user's yes, to store the pictures, and the ops of the first pass last. Between the two the
/// file could be exchanged: the second pass must be finished, too, and give the same digest.
///
/// An error is final: it comes again whatever is pushed.
#[derive(Debug)]
pub struct Reader {
    cutter: Cutter,
    intake: Intake,
    failed: Option<ImportError>,
}

impl Default for Reader {
    fn default() -> Reader {
        Reader::new()
    }
}

impl Reader {
    /// A reader at the beginning of a file.
    pub fn new() -> Reader {
        Reader { cutter: Cutter::new(), intake: Intake::default(), failed: None }
    }

    /// A reader for a file of so many bytes, as the system says before it is opened.
    ///
    /// # Errors
    /// When that is more than accepted.
    pub fn of_size(bytes: u64) -> Result<Reader, ImportError> {
        if bytes > limits::BYTES {
            return Err(ImportError::TooBig { is: bytes, max: limits::BYTES });
        }
        Ok(Reader::new())
    }

    /// Takes the next bytes, as many or few as there are.
    ///
    /// # Errors
    /// The first thing that does not fit, see [`ImportError`].
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<Event>, ImportError> {
        let mut events = Vec::new();
        self.push_to(bytes, &mut |event| events.push(event))?;
        Ok(events)
    }

    /// Takes the next bytes and hands each thing on at once: not even those of one call are held together.
    ///
    /// # Errors
    /// The first thing that does not fit. What was handed on before it stays handed on.
    pub fn push_to(&mut self, bytes: &[u8], hand_on: &mut dyn FnMut(Event)) -> Result<(), ImportError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let Reader { cutter, intake, failed } = self;
        let result = cutter.push(bytes, &mut |piece: Piece<'_>, spot| intake.take(piece, spot, hand_on));
        if let Err(error) = &result {
            *failed = Some(error.clone());
        }
        result
    }

    /// Bytes that came in so far.
    pub fn seen(&self) -> u64 {
        self.cutter.seen()
    }

    /// Bytes that the element takes which is being read. What is kept of the file, the ops above all, comes on top.
    pub fn buffered(&self) -> usize {
        self.cutter.holds()
    }

    /// The end of the file.
    ///
    /// # Errors
    /// When something before did not fit, or the file is not complete.
    pub fn finish(self) -> Result<Incoming, ImportError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        self.cutter.finish()?;
        self.intake.done()
    }
}

/// How much of a file in memory is read at a time.
const SLICE: usize = 1 << 20;

/// Reads a bundle that is in memory. Nothing of it is handed on unless all of it holds.
///
/// # Errors
/// The first thing that does not fit, see [`ImportError`].
pub fn read(bytes: &[u8]) -> Result<Incoming, ImportError> {
    read_to(bytes, &mut |_| {})
}

/// Reads a small bundle with its pictures.
///
/// # Errors
/// As [`read`].
pub fn read_all(bytes: &[u8]) -> Result<(Incoming, Vec<Picture>), ImportError> {
    let mut pictures = Vec::new();
    let incoming = read_to(bytes, &mut |event| {
        if let Event::Picture(picture) = event {
            pictures.push(picture);
        }
    })?;
    Ok((incoming, pictures))
}

fn read_to(bytes: &[u8], hand_on: &mut dyn FnMut(Event)) -> Result<Incoming, ImportError> {
    let mut reader = Reader::of_size(bytes.len() as u64)?;
    for slice in bytes.chunks(SLICE) {
        reader.push_to(slice, hand_on)?;
    }
    reader.finish()
}

/// Whether the bytes are what the op says: size, kind by their first bytes, and SHA-256.
pub(super) fn is_picture(attachment: &Attachment, bytes: &[u8]) -> bool {
    let begins = match attachment.mime.as_str() {
        "image/jpeg" => bytes.starts_with(&[0xFF, 0xD8, 0xFF]),
        "image/png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        "image/webp" => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        _ => false,
    };
    begins
        && attachment.is_plausible()
        && u64::try_from(bytes.len()) == Ok(attachment.size)
        && hex(&sha256(bytes)) == attachment.sha256
}
