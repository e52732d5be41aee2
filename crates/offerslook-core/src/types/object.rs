use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeSeed, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
        value::MapAccessDeserializer,
    },
};

use super::content::Content;

/// Reads an object; `null` and `[]` are objects without fields.
#[derive(Clone, Copy)]
pub(crate) struct Object<S>(pub(crate) S);

/// What the fields of an object are read into: a type, or a seed.
pub(crate) trait FromMap<'de>: Sized {
    type Value;
    fn read<A: MapAccess<'de>>(self, fields: A) -> Result<Self::Value, A::Error>;
}

impl<'de, T: Deserialize<'de>> FromMap<'de> for PhantomData<T> {
    type Value = T;

    fn read<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(fields))
    }
}

impl<'de, S: FromMap<'de>> Object<S> {
    /// Reads an object without fields. Like all that is rare, it is read from a [`Content`], so that the code for it is
    /// not compiled for each type of source.
    fn empty<E: Error>(self) -> Result<S::Value, E> {
        self.deserialize(Content::object([])).map_err(E::custom)
    }
}

impl<'de, S: FromMap<'de>> DeserializeSeed<'de> for Object<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, S: FromMap<'de>> Visitor<'de> for Object<S> {
    type Value = S::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<S::Value, A::Error> {
        self.0.read(fields)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<S::Value, A::Error> {
        match items.next_element::<IgnoredAny>()? {
            None => self.empty(),
            Some(_) => Err(A::Error::invalid_type(Unexpected::Seq, &self)),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<S::Value, E> {
        self.empty()
    }
}

/// The fields of an object, of which the first name was read ahead.
pub(crate) struct PutBack<A> {
    pub(crate) first: Option<String>,
    pub(crate) rest: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for PutBack<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        match self.first.take() {
            Some(name) => seed.deserialize(name.into_deserializer()).map(Some),
            None => self.rest.next_key_seed(seed),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.rest.next_value_seed(seed)
    }
}
