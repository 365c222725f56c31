//! The reader: what a type asks for, and what stands there.

use super::error::Error;
use super::seek::{Number, Seek, Token};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use std::borrow::Cow;

/// Reads one value after the other from one text.
pub(super) struct Reader<'de> {
    seek: Seek<'de>,
}

impl<'de> Reader<'de> {
    pub fn new(text: &'de str) -> Reader<'de> {
        Reader { seek: Seek::new(text) }
    }

    /// Nothing is left.
    pub fn end(&mut self) -> Result<(), Error> {
        self.seek.end()
    }

    /// The error of a type, which knows no places, with its place.
    #[cold]
    pub fn placed(&self, error: Error) -> Error {
        self.seek.placed(error)
    }

    #[inline(never)]
    fn whole(&mut self) -> Result<i64, Error> {
        match self.seek.number()? {
            Number::Whole(number) => Ok(number),
            Number::Large(_) | Number::Real(_) => Err(Error::data("expected a smaller whole number".to_owned())),
        }
    }

    #[inline(never)]
    fn natural(&mut self) -> Result<u64, Error> {
        let fits = match self.seek.number()? {
            Number::Whole(number) => u64::try_from(number).ok(),
            Number::Large(number) => Some(number),
            Number::Real(_) => None,
        };
        fits.ok_or_else(|| Error::data("expected a whole number from zero".to_owned()))
    }

    #[inline(never)]
    fn real(&mut self) -> Result<f64, Error> {
        #[expect(clippy::cast_precision_loss, reason = "a number of JSON is a double")]
        Ok(match self.seek.number()? {
            Number::Whole(number) => number as f64,
            Number::Large(number) => number as f64,
            Number::Real(number) => number,
        })
    }

    #[inline(never)]
    fn is_null(&mut self) -> Result<bool, Error> {
        let is_null = self.seek.token()? == Token::Null;
        if is_null {
            self.seek.null()?;
        }
        Ok(is_null)
    }

    /// What stands between a key and its value.
    #[inline(never)]
    fn colon(&mut self) -> Result<(), Error> {
        self.seek.pass(b':', "expected a colon")
    }

    /// Steps into an enum; whether it has content.
    #[inline(never)]
    fn open_variant(&mut self) -> Result<bool, Error> {
        if self.seek.token()? == Token::Text {
            return Ok(false);
        }
        self.seek.open(b'{', "expected a word or an object with one key")?;
        Ok(true)
    }
}

/// The elements of a list.
struct Items<'a, 'de> {
    reader: &'a mut Reader<'de>,
    first: bool,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if !self.reader.seek.more(b']', &mut self.first)? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

/// The entries of an object.
struct Entries<'a, 'de> {
    reader: &'a mut Reader<'de>,
    first: bool,
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        if !self.reader.seek.more(b'}', &mut self.first)? {
            return Ok(None);
        }
        let key = seed.deserialize(Key(&mut *self.reader))?;
        self.reader.colon()?;
        Ok(Some(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(&mut *self.reader)
    }
}

/// A key: always a text.
struct Key<'a, 'de>(&'a mut Reader<'de>);

impl<'de> Deserializer<'de> for Key<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(&self.0.seek.key()?)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A variant: a word, or an object with the word as its one key.
struct Variant<'a, 'de> {
    reader: &'a mut Reader<'de>,
    has_content: bool,
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let name = seed.deserialize(Key(&mut *self.reader))?;
        if self.has_content {
            self.reader.colon()?;
        }
        Ok((name, self))
    }
}

impl Variant<'_, '_> {
    #[inline(never)]
    fn content(&self) -> Result<(), Error> {
        if self.has_content { Ok(()) } else { Err(Error::data("expected an object with one key".to_owned())) }
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        if self.has_content {
            self.reader.seek.null()?;
        }
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        self.content()?;
        seed.deserialize(self.reader)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.content()?;
        self.reader.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        self.content()?;
        self.reader.deserialize_map(visitor)
    }
}

macro_rules! numbers {
    ($($name:ident $read:ident $visit:ident),*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.$read()?)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.seek.token()? {
            Token::Null => self.deserialize_unit(visitor),
            Token::Bool => self.deserialize_bool(visitor),
            Token::Number => visitor.visit_f64(self.real()?),
            Token::Text => self.deserialize_string(visitor),
            Token::List => self.deserialize_seq(visitor),
            Token::Object => self.deserialize_map(visitor),
        }
    }

    numbers!(deserialize_i8 whole visit_i64, deserialize_i16 whole visit_i64, deserialize_i32 whole visit_i64,
        deserialize_i64 whole visit_i64, deserialize_u8 natural visit_u64, deserialize_u16 natural visit_u64,
        deserialize_u32 natural visit_u64, deserialize_u64 natural visit_u64, deserialize_f32 real visit_f64,
        deserialize_f64 real visit_f64);

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.seek.truth()?)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_string(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.seek.text()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.seek.text()?.into_owned())
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_string(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_null()? { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.seek.null()?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.seek.open(b'[', "expected a list")?;
        let value = visitor.visit_seq(Items { reader: &mut *self, first: true })?;
        self.seek.close(b']').map(|()| value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.seek.open(b'{', "expected an object")?;
        let value = visitor.visit_map(Entries { reader: &mut *self, first: true })?;
        self.seek.close(b'}').map(|()| value)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let has_content = self.open_variant()?;
        let value = visitor.visit_enum(Variant { reader: &mut *self, has_content })?;
        if has_content {
            self.seek.close(b'}')?;
        }
        Ok(value)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.seek.skip()?;
        visitor.visit_unit()
    }
}
