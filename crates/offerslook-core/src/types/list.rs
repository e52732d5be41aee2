use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor, value::SeqAccessDeserializer},
    forward_to_deserialize_any,
};

use super::content::Content;

/// Reads a list. `null` is an empty one, an object with the keys 0, 1, … is a list in the order of its keys, and
/// any other object is a list of one row.
#[derive(Clone, Copy)]
pub(crate) struct List<S>(pub(crate) S);

/// What the rows of a list are read into: a type, or a seed.
pub(crate) trait FromRows<'de>: Sized {
    type Value;
    fn read<A: SeqAccess<'de>>(self, rows: A) -> Result<Self::Value, A::Error>;
}

impl<'de, T: Deserialize<'de>> FromRows<'de> for PhantomData<T> {
    type Value = T;

    fn read<A: SeqAccess<'de>>(self, rows: A) -> Result<T, A::Error> {
        T::deserialize(SeqAccessDeserializer::new(UpToError(Some(rows))))
    }
}

impl<'de, S: FromRows<'de>> DeserializeSeed<'de> for List<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, S: FromRows<'de>> Visitor<'de> for List<S> {
    type Value = S::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, rows: A) -> Result<S::Value, A::Error> {
        self.0.read(rows)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<S::Value, A::Error> {
        // All are read before any is used: the keys may be out of order, or there may be others among them.
        let mut entries = Vec::new();
        while let Some(entry) = fields.next_entry::<String, Content>()? {
            entries.push(entry);
        }
        self.rare(rows_of(entries))
    }

    fn visit_unit<E: Error>(self) -> Result<S::Value, E> {
        self.rare(Vec::new())
    }
}

impl<'de, S: FromRows<'de>> List<S> {
    /// Reads rows that came in a rare way. They are read from a [`Content`], so that the code for them is not compiled for
    /// each type of source.
    fn rare<E: Error>(self, rows: Vec<Content>) -> Result<S::Value, E> {
        self.deserialize(Content::list(rows)).map_err(E::custom)
    }
}

/// The rows in the order of their numbers, where each key is one; otherwise the object is the only row.
fn rows_of(entries: Vec<(String, Content)>) -> Vec<Content> {
    let numbers: Option<Vec<u64>> = entries.iter().map(|(key, _)| index(key)).collect();
    let Some(numbers) = numbers.filter(|numbers| !numbers.is_empty()) else {
        return vec![Content::object(entries)];
    };
    let mut rows: Vec<_> = numbers.into_iter().zip(entries.into_iter().map(|(_, row)| row)).collect();
    rows.sort_by_key(|(index, _)| *index);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The number of a row, where a key is one.
fn index(key: &str) -> Option<u64> {
    key.bytes().all(|byte| byte.is_ascii_digit()).then(|| key.parse().ok()).flatten()
}

/// Rows up to the first that does not decode. After it there is nothing to ask for: what comes next is another row.
struct UpToError<A>(Option<A>);

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for UpToError<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        let Some(rows) = &mut self.0 else { return Ok(None) };
        let row = rows.next_element_seed(NamedFields(seed));
        if row.is_err() {
            self.0 = None;
        }
        row
    }
}

/// A row that is a struct, whose fields have names. A derived `Deserialize` would also read it from an array, by the
/// positions of its fields, which mean nothing here.
pub(crate) struct NamedFields<T>(pub(crate) T);

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for NamedFields<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(NamedFields(deserializer))
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for NamedFields<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
