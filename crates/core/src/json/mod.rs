//! JSON out and in: the one writer and the one reader of everything that is kept, carried or hashed.
//!
//! [`write`] gives canonical JSON (RFC 8785), [`read`] takes any JSON. Both speak serde, so types derive as usual, but
//! for size: every method that is compiled once for each type does next to nothing and leaves the work to a method
//! that is there once. With `serde_json` and `serde_json_canonicalizer` the same types took twice the bytes in the
//! app; the tests compare with both. It must not know what is written.

mod any;
mod error;
pub(crate) mod fields;
mod number;
mod reader;
mod seek;
mod writer;

pub use any::{Any, Object};
pub use error::{Error, Fault};

use reader::Reader;
use serde::{Deserialize, Serialize};
use writer::Writer;

/// Canonical JSON (RFC 8785) of anything that serialises.
///
/// # Errors
/// Only for what JSON cannot hold: an infinite number, a key that is no text or stands twice.
pub fn write<T: Serialize>(value: &T) -> Result<String, Error> {
    let mut writer = Writer::default();
    value.serialize(&mut writer)?;
    Ok(writer.done())
}

/// Reads a value from the whole text.
///
/// # Errors
/// When the text is not JSON or does not say a `T`; with the place.
pub fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Error> {
    let mut reader = Reader::new(text);
    match T::deserialize(&mut reader) {
        Ok(value) => reader.end().map(|()| value),
        Err(error) => Err(reader.placed(error)),
    }
}
