//! The writer: canonical JSON, keys in the order of their UTF-16 units.

use super::error::Error;
use super::number::ecma;
use super::seek::Seek;
use crate::gathered::sorted;
use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};
use std::cmp::Ordering;
use std::ops::Range;

/// Writes one value after the other into one text.
#[derive(Default)]
pub(super) struct Writer {
    out: String,
}

/// A key and where it stands with its value.
type Entry = (String, Range<usize>);

fn by_units(a: &Entry, b: &Entry) -> Ordering {
    a.0.encode_utf16().cmp(b.0.encode_utf16())
}

/// A list or object that is being written.
pub(super) struct Open<'a> {
    writer: &'a mut Writer,
    /// Where its first element begins.
    start: usize,
    /// Where the key begins whose value is being written.
    key: usize,
    /// The elements of an object: key and place, in the order written.
    entries: Vec<Entry>,
    /// Closes what wraps it, too: the object around a variant with content.
    wrapped: bool,
}

impl Writer {
    pub fn done(self) -> String {
        self.out
    }

    fn number(&mut self, number: f64) -> Result<(), Error> {
        if !number.is_finite() {
            return Err(Error::data("JSON holds finite numbers only".to_owned()));
        }
        self.out.push_str(&ecma(number));
        Ok(())
    }

    #[inline(never)]
    fn text(&mut self, text: &str) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        self.out.push('"');
        let mut plain = 0;
        for (at, byte) in text.bytes().enumerate() {
            let short = match byte {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                8 => "\\b",
                9 => "\\t",
                10 => "\\n",
                12 => "\\f",
                13 => "\\r",
                0..32 => "\\u00",
                _ => continue,
            };
            self.out.push_str(&text[plain..at]);
            self.out.push_str(short);
            if short.len() > 2 {
                self.out.push(char::from(HEX[usize::from(byte >> 4)]));
                self.out.push(char::from(HEX[usize::from(byte & 15)]));
            }
            plain = at + 1;
        }
        self.out.push_str(&text[plain..]);
        self.out.push('"');
    }

    fn raw(&mut self, text: &str) -> Result<(), Error> {
        self.out.push_str(text);
        Ok(())
    }

    /// The beginning of the object around a variant with content.
    fn wrap(&mut self, variant: &str) {
        self.out.push('{');
        self.text(variant);
        self.out.push(':');
    }

    #[inline(never)]
    fn open(&mut self, bracket: char, variant: Option<&str>) -> Open<'_> {
        if let Some(variant) = variant {
            self.wrap(variant);
        }
        self.out.push(bracket);
        let start = self.out.len();
        Open { writer: self, start, key: start, entries: Vec::new(), wrapped: variant.is_some() }
    }
}

impl Open<'_> {
    fn comma(&mut self) {
        if self.writer.out.len() > self.start {
            self.writer.out.push(',');
        }
    }

    fn begin(&mut self) {
        self.comma();
        self.key = self.writer.out.len();
    }

    /// A field's key.
    #[inline(never)]
    fn field(&mut self, key: &str) {
        self.begin();
        self.writer.text(key);
        self.writer.out.push(':');
        self.entries.push((key.to_owned(), 0..0));
    }

    /// What was written as a key becomes one.
    #[inline(never)]
    fn keyed(&mut self) -> Result<(), Error> {
        let key = Seek::new(&self.writer.out[self.key..]).text();
        let key = key.map_err(|_| Error::data("a key of JSON is a text".to_owned()))?;
        self.entries.push((key.into_owned(), 0..0));
        self.writer.out.push(':');
        Ok(())
    }

    /// Notes where the entry ends.
    fn ended(&mut self) {
        let place = self.key..self.writer.out.len();
        if let Some(entry) = self.entries.last_mut() {
            entry.1 = place;
        }
    }

    #[inline(never)]
    fn close_list(self) -> Result<(), Error> {
        self.writer.out.push(']');
        self.close_variant()
    }

    /// Brings the entries in order and closes the object.
    #[inline(never)]
    fn close_object(mut self) -> Result<(), Error> {
        let rises = |a: &Entry, b: &Entry| by_units(a, b).is_lt();
        if !self.entries.is_sorted_by(rises) {
            self.entries = sorted(std::mem::take(&mut self.entries), by_units);
            if !self.entries.is_sorted_by(rises) {
                return Err(Error::data("a key stands twice".to_owned()));
            }
            let written = self.writer.out.split_off(self.start);
            for (n, (_, place)) in self.entries.iter().enumerate() {
                if n > 0 {
                    self.writer.out.push(',');
                }
                let place = place.start - self.start..place.end - self.start;
                self.writer.out.push_str(&written[place]);
            }
        }
        self.writer.out.push('}');
        self.close_variant()
    }

    fn close_variant(self) -> Result<(), Error> {
        if self.wrapped {
            self.writer.out.push('}');
        }
        Ok(())
    }
}

macro_rules! numbers {
    ($($name:ident $kind:ty),*) => {$(
        #[allow(clippy::cast_precision_loss, clippy::cast_lossless, reason = "a number of JSON is a double")]
        fn $name(self, number: $kind) -> Result<(), Error> {
            self.number(number as f64)
        }
    )*};
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Open<'a>;
    type SerializeTuple = Open<'a>;
    type SerializeTupleStruct = Open<'a>;
    type SerializeTupleVariant = Open<'a>;
    type SerializeMap = Open<'a>;
    type SerializeStruct = Open<'a>;
    type SerializeStructVariant = Open<'a>;

    numbers!(serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_u8 u8,
        serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_f32 f32, serialize_f64 f64);

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.raw(if value { "true" } else { "false" })
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        self.text(text);
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Error> {
        bytes.serialize(self)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.raw("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.raw("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.raw("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.wrap(variant);
        value.serialize(&mut *self)?;
        self.raw("}")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'a>, Error> {
        Ok(self.open('[', None))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'a>, Error> {
        Ok(self.open('[', None))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Error> {
        Ok(self.open('[', None))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a>, Error> {
        Ok(self.open('[', Some(variant)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'a>, Error> {
        Ok(self.open('{', None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Error> {
        Ok(self.open('{', None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'a>, Error> {
        Ok(self.open('{', Some(variant)))
    }
}

impl SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.begin();
        key.serialize(&mut *self.writer)?;
        self.keyed()
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut *self.writer)?;
        self.ended();
        Ok(())
    }

    fn end(self) -> Result<(), Error> {
        self.close_object()
    }
}

macro_rules! lists {
    ($($kind:ident $method:ident),*) => {$(
        impl $kind for Open<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.comma();
                value.serialize(&mut *self.writer)
            }

            fn end(self) -> Result<(), Error> {
                self.close_list()
            }
        }
    )*};
}

lists!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

macro_rules! objects {
    ($($kind:ident),*) => {$(
        impl $kind for Open<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Error> {
                self.field(key);
                value.serialize(&mut *self.writer)?;
                self.ended();
                Ok(())
            }

            fn end(self) -> Result<(), Error> {
                self.close_object()
            }
        }
    )*};
}

objects!(SerializeStruct, SerializeStructVariant);
