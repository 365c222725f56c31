//! Reading structs and enums in little code.
//!
//! What serde's derive writes out for every field and every variant stands here once; a type adds a list of names and
//! one short function. `Deserialize` derived for the types of this crate is twice as large. `Serialize` stays derived,
//! and a list that lacks a field does not compile.

use super::Any;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The fields of a struct or of a variant, while they are read.
pub(crate) trait Fields<'de> {
    /// Their names in JSON.
    const NAMES: &'static [&'static str];
    /// Which of them must be there: the first in the lowest bit.
    const NEEDED: u32;
    /// Whether unknown names are refused; they are passed over otherwise.
    const STRICT: bool;

    /// Reads the value of one.
    fn set<A: MapAccess<'de>>(&mut self, index: usize, map: &mut A) -> Result<(), A::Error>;
}

/// Fills fields from an object.
pub(crate) struct Fill<'a, F>(pub &'a mut F);

impl<'de, F: Fields<'de>> Visitor<'de> for Fill<'_, F> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let known = if F::STRICT { Name::Field(F::NAMES) } else { Name::Maybe(F::NAMES) };
        fill(map, known, F::NEEDED, &mut |index, map| self.0.set(index, map))
    }
}

/// Reads the value of one field, by its place in the list.
type Set<'a, A, E> = dyn FnMut(usize, &mut A) -> Result<(), E> + 'a;

/// Reads an object field by field.
#[inline(never)]
fn fill<'de, A: MapAccess<'de>>(
    mut map: A,
    known: Name,
    needed: u32,
    set: &mut Set<'_, A, A::Error>,
) -> Result<(), A::Error> {
    let names = known.names();
    let mut seen = 0;
    while let Some(index) = map.next_key_seed(known)? {
        let Some(name) = names.get(index) else {
            map.next_value::<IgnoredAny>()?;
            continue;
        };
        if seen & 1 << index != 0 {
            return Err(A::Error::duplicate_field(name));
        }
        seen |= 1 << index;
        set(index, &mut map)?;
    }
    let lacking: u32 = needed & !seen;
    match names.get(lacking.trailing_zeros() as usize) {
        Some(name) => Err(A::Error::missing_field(name)),
        None => Ok(()),
    }
}

/// Reads a value into a field that is blank: there is nothing in it to be dropped. One copy for each type of field.
#[inline(never)]
pub(crate) fn put<'de, T: Deserialize<'de>, A: MapAccess<'de>>(field: &mut T, map: &mut A) -> Result<(), A::Error> {
    std::mem::forget(std::mem::replace(field, map.next_value()?));
    Ok(())
}

/// What stands in a field until it is read. It is never handed out: a struct whose fields are not all read is none.
pub(crate) trait Blank {
    /// The value, cheap to make and without anything to drop.
    fn blank() -> Self;
}

macro_rules! blank_by_default {
    ($($kind:ty),*) => {$(
        impl Blank for $kind {
            fn blank() -> $kind {
                Default::default()
            }
        }
    )*};
}

blank_by_default!(bool, u8, u32, u64, i16, i64, usize, f64, String, Any);

impl Blank for Cow<'_, str> {
    fn blank() -> Self {
        Cow::Borrowed("")
    }
}

impl<T> Blank for Option<T> {
    fn blank() -> Option<T> {
        None
    }
}

impl<T> Blank for Vec<T> {
    fn blank() -> Vec<T> {
        Vec::new()
    }
}

impl<K, V> Blank for BTreeMap<K, V> {
    fn blank() -> BTreeMap<K, V> {
        BTreeMap::new()
    }
}

impl<K> Blank for BTreeSet<K> {
    fn blank() -> BTreeSet<K> {
        BTreeSet::new()
    }
}

/// The error of a list that does not hold what was just found in it.
#[cold]
#[inline(never)]
pub(crate) fn nowhere<E: Error>() -> E {
    E::custom("no such variant")
}

/// Reads a name as its place in a list.
#[derive(Clone, Copy)]
pub(crate) enum Name {
    /// A field.
    Field(&'static [&'static str]),
    /// A field; the place after the last for an unknown one.
    Maybe(&'static [&'static str]),
    /// A variant.
    Variant(&'static [&'static str]),
}

impl Name {
    fn names(self) -> &'static [&'static str] {
        let (Name::Field(names) | Name::Maybe(names) | Name::Variant(names)) = self;
        names
    }
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = usize;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a name")
    }

    #[inline(never)]
    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        let names = self.names();
        match names.iter().position(|known| *known == name) {
            Some(index) => Ok(index),
            None => match self {
                Name::Maybe(_) => Ok(names.len()),
                Name::Field(_) => Err(E::unknown_field(name, names)),
                Name::Variant(_) => Err(E::unknown_variant(name, names)),
            },
        }
    }
}

/// `Deserialize` of a struct from the names of its fields: `id` must be there, `hint or None` need not, and
/// `blocks as "block"` is called otherwise in JSON. Behind `strict`, unknown names are refused. What a struct
/// borrows it borrows for `'de`.
macro_rules! fields {
    (strict $kind:ident $(<$life:lifetime>)? { $($fields:tt)* }) => {
        $crate::json::fields::fields!(@ true, $kind $(<$life>)? { $($fields)* });
    };
    ($kind:ident $(<$life:lifetime>)? { $($fields:tt)* }) => {
        $crate::json::fields::fields!(@ false, $kind $(<$life>)? { $($fields)* });
    };
    (@ $strict:literal, $kind:ident $(<$life:lifetime>)? { $($field:ident $(as $name:literal)? $(or $default:expr)?),* $(,)? }) => {
        impl $(<$life>)? $crate::json::fields::Blank for $kind $(<$life>)? {
            fn blank() -> Self {
                $kind { $($field: $crate::json::fields::blank!($($default)?)),* }
            }
        }

        impl<'de> serde::Deserialize<'de> for $kind $(<$life>)? {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::json::fields::content!(
                    $strict, $kind { $($field $(as $name)? $(or $default)?),* },
                    |names, fill| deserializer.deserialize_struct(stringify!($kind), names, fill)
                )
            }
        }
    };
}

/// `Deserialize` of an enum from the names of its variants: `"check" => Check`, `"done" => Done(key)` or
/// `"is" => Is { field, value }`, with fields as in [`fields!`].
macro_rules! variants {
    (strict $kind:ident { $($variants:tt)* }) => {
        $crate::json::fields::variants!(@ true, $kind { $($variants)* });
    };
    ($kind:ident { $($variants:tt)* }) => {
        $crate::json::fields::variants!(@ false, $kind { $($variants)* });
    };
    (@ $strict:literal, $kind:ident {
        $($name:literal => $variant:ident $({ $($fields:tt)* })? $(($inner:ident))?),* $(,)?
    }) => {
        impl<'de> serde::Deserialize<'de> for $kind {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                const NAMES: &[&str] = &[$($name),*];
                enum Index { $($variant),* }
                struct Pick;
                impl<'de> serde::de::Visitor<'de> for Pick {
                    type Value = $kind;

                    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        out.write_str("a word or an object with one key")
                    }

                    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, data: A) -> Result<$kind, A::Error> {
                        use serde::de::VariantAccess as _;
                        let (index, inside) = data.variant_seed($crate::json::fields::Name::Variant(NAMES))?;
                        $(
                            if index == Index::$variant as usize {
                                return $crate::json::fields::variant!(
                                    $strict, inside, $kind::$variant $({ $($fields)* })? $(($inner))?
                                );
                            }
                        )*
                        Err($crate::json::fields::nowhere())
                    }
                }
                deserializer.deserialize_enum(stringify!($kind), NAMES, Pick)
            }
        }
    };
}

/// What stands in a variant.
macro_rules! variant {
    ($strict:literal, $inside:ident, $kind:ident :: $variant:ident) => {
        $inside.unit_variant().map(|()| $kind::$variant)
    };
    ($strict:literal, $inside:ident, $kind:ident :: $variant:ident ($inner:ident)) => {
        $inside.newtype_variant().map($kind::$variant)
    };
    ($strict:literal, $inside:ident, $kind:ident :: $variant:ident { $($fields:tt)* }) => {
        $crate::json::fields::content!(
            $strict, $kind::$variant { $($fields)* },
            |names, fill| $inside.struct_variant(names, fill)
        )
    };
}

/// A struct or variant, made blank and then filled.
macro_rules! content {
    (
        $strict:literal,
        $made:ident $(:: $variant:ident)? { $($field:ident $(as $name:literal)? $(or $default:expr)?),* $(,)? },
        |$names:ident, $fill:ident| $read:expr
    ) => {{
        // One parameter for each field, called like it: the types follow from what is made.
        #[allow(non_camel_case_types)]
        struct Slots<'a, $($field),*> {
            $($field: &'a mut $field),*
        }
        #[allow(non_camel_case_types)]
        enum Index {
            $($field),*
        }
        #[allow(non_camel_case_types)]
        impl<'de, $($field: serde::Deserialize<'de>),*> $crate::json::fields::Fields<'de> for Slots<'_, $($field),*> {
            const NAMES: &'static [&'static str] = &[$($crate::json::fields::name!($field $($name)?)),*];
            const NEEDED: u32 = 0 $(| $crate::json::fields::bit!(Index $field $(or $default)?))*;
            const STRICT: bool = $strict;

            fn set<A: serde::de::MapAccess<'de>>(&mut self, index: usize, map: &mut A) -> Result<(), A::Error> {
                $(
                    if index == Index::$field as usize {
                        return $crate::json::fields::put(self.$field, map);
                    }
                )*
                Ok(())
            }
        }
        fn names<'de, F: $crate::json::fields::Fields<'de>>(_: &F) -> &'static [&'static str] {
            F::NAMES
        }
        let mut made = $made $(:: $variant)? { $($field: $crate::json::fields::blank!($($default)?)),* };
        #[allow(irrefutable_let_patterns)]
        if let $made $(:: $variant)? { $($field),* } = &mut made {
            let mut slots = Slots { $($field),* };
            let $names = names(&slots);
            let $fill = $crate::json::fields::Fill(&mut slots);
            $read?;
        }
        Ok(made)
    }};
}

macro_rules! name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $name:literal) => {
        $name
    };
}

macro_rules! bit {
    ($index:ident $field:ident) => {
        1 << $index::$field as u32
    };
    ($index:ident $field:ident or $default:expr) => {
        0
    };
}

macro_rules! blank {
    () => {
        $crate::json::fields::Blank::blank()
    };
    ($default:expr) => {
        $default
    };
}

pub(crate) use {bit, blank, content, fields, name, variant, variants};
