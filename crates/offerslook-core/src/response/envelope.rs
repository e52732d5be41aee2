//! `{"code": 0, "message": "Success", "data": {KEY: VALUE}}`, in any order.

use std::marker::PhantomData;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, value::UnitDeserializer},
};

use super::row_by_row::RowByRow;
use crate::{
    endpoint::Payload,
    error::ApiCode,
    types::{
        Secrets,
        list::List,
        object::{FromMap, Object, no_fields},
    },
};

/// How the rows of a list are decoded.
#[derive(Clone, Copy)]
pub(super) enum RowMode<'s> {
    /// In one pass; the first row that does not decode is an error.
    Strict,
    /// Each by itself, which takes longer; a row that does not decode is set aside, without these secrets.
    OneByOne(&'s Secrets),
}

/// A response that says success, read in one pass.
pub(super) struct Envelope<T> {
    pub(super) code: Option<ApiCode>,
    pub(super) payload: T,
}

impl<'de, T: Deserialize<'de>> Envelope<T> {
    pub(super) fn read<D: Deserializer<'de>>(
        payload: Payload,
        rows: RowMode<'_>,
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Object(Fields(Data { payload, rows, target: PhantomData })).deserialize(deserializer)
    }

    pub(super) fn is_success(&self) -> bool {
        self.code.as_ref().is_some_and(ApiCode::is_success)
    }
}

struct Fields<'s, T>(Data<'s, T>);

impl<'de, T: Deserialize<'de>> FromMap<'de> for Fields<'_, T> {
    type Value = Envelope<T>;

    fn read<A: MapAccess<'de>>(self, mut fields: A) -> Result<Envelope<T>, A::Error> {
        let (mut code, mut payload) = (None, None);
        while let Some(field) = fields.next_key::<Field>()? {
            match field {
                Field::Code => code = fields.next_value()?,
                Field::Data => payload = Some(fields.next_value_seed(self.0)?),
                Field::Message | Field::Other => drop(fields.next_value::<IgnoredAny>()?),
            }
        }
        let payload = match payload {
            Some(payload) => payload,
            None => self.0.of_no_fields()?,
        };
        Ok(Envelope { code, payload })
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
pub(super) enum Field {
    Code,
    Message,
    Data,
    #[serde(other)]
    Other,
}

/// Reads `data`; a missing or null one and `[]` are an object without fields.
struct Data<'s, T> {
    payload: Payload,
    rows: RowMode<'s>,
    target: PhantomData<T>,
}

// Derived, they would ask the same of `T`.
impl<T> Copy for Data<'_, T> {}
impl<T> Clone for Data<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<'de, T: Deserialize<'de>> Data<'_, T> {
    fn of_no_fields<E: Error>(self) -> Result<T, E> {
        match self.payload {
            Payload::Nothing => T::deserialize(UnitDeserializer::new()),
            Payload::Object(_) | Payload::List(_) | Payload::Whole => self.read(no_fields()),
        }
    }
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Data<'_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        if self.payload == Payload::Nothing {
            IgnoredAny::deserialize(deserializer)?;
            return self.of_no_fields();
        }
        Object(self).deserialize(deserializer)
    }
}

impl<'de, T: Deserialize<'de>> FromMap<'de> for Data<'_, T> {
    type Value = T;

    fn read<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
        match (self.payload, self.rows) {
            (Payload::Whole | Payload::Nothing, _) => PhantomData.read(fields),
            (Payload::Object(key), _) => under_key(key, fields, || Object(PhantomData)),
            (Payload::List(key), RowMode::Strict) => under_key(key, fields, || List(PhantomData)),
            (Payload::List(key), RowMode::OneByOne(secrets)) => {
                under_key(key, fields, || List(RowByRow { key, secrets, target: PhantomData }))
            }
        }
    }
}

/// Reads the value under a key. An object that has other keys alone is an error: the key may have been renamed.
fn under_key<'de, A, S>(key: &'static str, mut fields: A, seed: impl Fn() -> S) -> Result<S::Value, A::Error>
where
    A: MapAccess<'de>,
    S: DeserializeSeed<'de>,
{
    let (mut found, mut is_empty) = (None, true);
    while let Some(is_the_key) = fields.next_key_seed(Is(key))? {
        is_empty = false;
        if is_the_key {
            found = Some(fields.next_value_seed(seed())?);
        } else {
            fields.next_value::<IgnoredAny>()?;
        }
    }
    match found {
        Some(value) => Ok(value),
        None if is_empty => seed().deserialize(UnitDeserializer::new()),
        None => Err(A::Error::missing_field(key)),
    }
}

/// Tells whether the name of a field is this one, without an allocation.
struct Is<'k>(&'k str);

impl<'de> DeserializeSeed<'de> for Is<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl serde::de::Visitor<'_> for Is<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> Result<bool, E> {
        Ok(name == self.0)
    }
}

pub(super) fn without_byte_order_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}
