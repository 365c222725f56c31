//! Where a large file goes piece by piece, so that it is never in the program's memory as a whole: into a file that
//! the user chose, into one of the origin's own that is saved or shared when it is whole, or, in a browser without
//! either, into pieces that the browser holds (and puts on the disk as it likes) until they are one file.
//!
//! It must not know what is written.

use super::blob;
use super::files::{File, FileError, safe_name};
use super::outgoing::Outgoing;
use super::reach;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::FilePropertyBag;

/// Handed over to the browser when so many bytes have come together.
const PIECE: usize = 1 << 20;

enum Target {
    /// Pieces that the browser holds.
    Pieces(Array),
    /// A file of the device. It is replaced when the writing ends well, and not before.
    Stream(JsValue),
    /// A file that lies on the device, but where only the app sees it.
    Outgoing(Outgoing),
}

impl Target {
    fn stream(&self) -> Option<&JsValue> {
        match self {
            Target::Pieces(_) => None,
            Target::Stream(stream) => Some(stream),
            Target::Outgoing(outgoing) => Some(outgoing.stream()),
        }
    }
}

/// A file that is being written.
pub struct Sink {
    name: String,
    target: Target,
    waiting: Vec<u8>,
    size: u64,
}

/// How the user answered the question where to save.
pub enum Choice {
    /// There.
    Here(Sink),
    /// Not at all.
    Cancelled,
    /// This browser does not ask.
    NotAsked,
}

/// Whether this browser lets the user choose a file to write to.
pub fn can_choose() -> bool {
    reach::of_window("showSaveFilePicker").is_some()
}

impl Sink {
    /// Into pieces; [`Sink::finish`] gives the file.
    pub fn pieces(name: &str) -> Sink {
        Sink { name: safe_name(name), target: Target::Pieces(Array::new()), waiting: Vec::new(), size: 0 }
    }

    /// Into a file that [`Sink::finish`] gives, for something as large as all that is kept here: it is on the disk
    /// while it is written and until it is saved, if the browser lets us and there is room.
    pub async fn large(name: &str) -> Sink {
        let name = safe_name(name);
        match Outgoing::begin(&name).await {
            Some(outgoing) => Sink { target: Target::Outgoing(outgoing), ..Sink::pieces(&name) },
            None => Sink::pieces(&name),
        }
    }

    /// Whether what is written lies on the disk, and not in the browser's hands.
    pub fn is_on_disk(&self) -> bool {
        self.target.stream().is_some()
    }

    /// Asks the user for a file to write to. Must be called within the tap.
    pub async fn choose(name: &str) -> Choice {
        let Some(window) = reach::window().filter(|_| can_choose()) else { return Choice::NotAsked };
        let accept = reach::object(&[("application/json", Array::of1(&".json".into()).into())]);
        let kinds = Array::of1(&reach::object(&[("accept", accept)]));
        let options = reach::object(&[("suggestedName", safe_name(name).into()), ("types", kinds.into())]);
        match reach::ask(&window, "showSaveFilePicker", &[&options]).await {
            Ok(handle) => match Sink::into_handle(name, &handle).await {
                Ok(sink) => Choice::Here(sink),
                Err(_) => Choice::NotAsked,
            },
            Err(error) if reach::error_name(&error) == "AbortError" => Choice::Cancelled,
            Err(_) => Choice::NotAsked,
        }
    }

    /// Into the file behind a handle.
    pub(super) async fn into_handle(name: &str, handle: &JsValue) -> Result<Sink, FileError> {
        let name = safe_name(name);
        match reach::ask(handle, "createWritable", &[]).await {
            Ok(stream) => Ok(Sink { name, target: Target::Stream(stream), waiting: Vec::new(), size: 0 }),
            Err(_) => Err(FileError::NotSaved { name }),
        }
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Bytes so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Takes the next bytes.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        self.waiting.extend_from_slice(bytes);
        self.size += bytes.len() as u64;
        if self.waiting.len() >= PIECE { self.hand_over().await } else { Ok(()) }
    }

    async fn hand_over(&mut self) -> Result<(), FileError> {
        let bytes = std::mem::take(&mut self.waiting);
        let done = match (&self.target, self.target.stream()) {
            (_, Some(stream)) => {
                reach::ask(stream, "write", &[&Uint8Array::from(bytes.as_slice())]).await.ok().map(drop)
            }
            (Target::Pieces(pieces), None) => blob::make(&bytes, "").map(|piece| {
                pieces.push(&piece);
            }),
            _ => None,
        };
        done.ok_or_else(|| FileError::NotSaved { name: self.name.clone() })
    }

    /// Forgets what was written and begins anew.
    pub async fn restart(&mut self) -> Result<(), FileError> {
        self.waiting.clear();
        self.size = 0;
        match self.target.stream() {
            None => self.target = Target::Pieces(Array::new()),
            Some(stream) => {
                let nothing = JsValue::from_f64(0.0);
                let name = || FileError::NotSaved { name: self.name.clone() };
                reach::ask(stream, "truncate", &[&nothing]).await.map_err(|_| name())?;
                reach::ask(stream, "seek", &[&nothing]).await.map_err(|_| name())?;
            }
        }
        Ok(())
    }

    /// The end: the file itself, or nothing where it lies already where the user chose.
    pub async fn finish(mut self) -> Result<Option<File>, FileError> {
        self.hand_over().await?;
        let Sink { name, target, .. } = self;
        if let Some(stream) = target.stream()
            && reach::ask(stream, "close", &[]).await.is_err()
        {
            return Err(FileError::NotSaved { name });
        }
        let file = match target {
            Target::Stream(_) => return Ok(None),
            Target::Outgoing(outgoing) => outgoing.hand_out().await,
            Target::Pieces(pieces) => one_of(&pieces, &name, "application/json"),
        };
        file.map(Some).ok_or(FileError::NotSaved { name })
    }

    /// Gives it up: a file of the device stays as it was.
    pub async fn abandon(self) {
        if let Some(stream) = self.target.stream() {
            let _ = reach::ask(stream, "abort", &[]).await;
        }
    }
}

/// A file under another name and kind, for the share sheet.
pub(super) fn renamed(file: &File, name: &str, mime: &str) -> Option<File> {
    one_of(&Array::of1(file.unchecked_ref()), &safe_name(name), mime)
}

fn one_of(pieces: &Array, name: &str, mime: &str) -> Option<File> {
    let options = FilePropertyBag::new();
    options.set_type(mime);
    File::new_with_blob_sequence_and_options(pieces, name, &options).ok()
}
