//! `{"code": 0, "message": "Success", "data": {KEY: VALUE}}`, in any order.

use std::{borrow::Cow, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess},
};

use crate::{
    endpoint::Payload,
    error::ApiCode,
    types::{
        content::{Content, ContentError},
        list::List,
        object::{FromMap, Object},
    },
};

/// What a response says of success, and its `data`.
pub(super) struct Envelope<T> {
    pub(super) code: Option<ApiCode>,
    pub(super) data: T,
}

impl<'de, T: Deserialize<'de>> Envelope<T> {
    /// Reads a response and its payload in one pass.
    pub(super) fn read(payload: Payload, text: &'de str) -> serde_json::Result<Self> {
        let data = Data { payload, target: PhantomData };
        let Envelope { code, data: read } = read_data(data, text)?;
        let read = read.map_or_else(|| data.deserialize(Content::NULL).map_err(Error::custom), Ok);
        Ok(Self { code, data: read? })
    }
}

impl Envelope<Content> {
    /// Reads a response whose payload is read later: see [`read_payload`].
    pub(super) fn keep(text: &str) -> serde_json::Result<Self> {
        let Envelope { code, data } = read_data(PhantomData, text)?;
        Ok(Self { code, data: data.unwrap_or(Content::NULL) })
    }
}

impl<T> Envelope<T> {
    pub(super) fn is_success(&self) -> bool {
        self.code.as_ref().is_some_and(ApiCode::is_success)
    }
}

/// Reads the payload out of `data`.
pub(super) fn read_payload<'de, T: Deserialize<'de>>(
    payload: Payload,
    data: Content,
) -> Result<T, ContentError> {
    Data { payload, target: PhantomData }.deserialize(data)
}

fn read_data<'de, S: DeserializeSeed<'de> + Copy>(
    seed: S,
    text: &'de str,
) -> serde_json::Result<Envelope<Option<S::Value>>> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let envelope = Object(Fields(seed)).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(envelope)
}

struct Fields<S>(S);

impl<'de, S: DeserializeSeed<'de> + Copy> FromMap<'de> for Fields<S> {
    type Value = Envelope<Option<S::Value>>;

    fn read<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut envelope = Envelope { code: None, data: None };
        while let Some(field) = fields.next_key::<Field>()? {
            match field {
                Field::Code => envelope.code = fields.next_value()?,
                Field::Data => envelope.data = Some(fields.next_value_seed(self.0)?),
                Field::Message | Field::Other => drop(fields.next_value::<IgnoredAny>()?),
            }
        }
        Ok(envelope)
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
struct Data<T> {
    payload: Payload,
    target: PhantomData<T>,
}

// Derived, they would ask the same of `T`.
impl<T> Copy for Data<T> {}
impl<T> Clone for Data<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Data<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        if self.payload == Payload::Nothing {
            IgnoredAny::deserialize(deserializer)?;
            return Content::NULL.read().map_err(Error::custom);
        }
        Object(self).deserialize(deserializer)
    }
}

impl<'de, T: Deserialize<'de>> FromMap<'de> for Data<T> {
    type Value = T;

    fn read<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
        match self.payload {
            Payload::Whole | Payload::Nothing => PhantomData.read(fields),
            Payload::Object(key) => under_key(key, fields, Object(PhantomData)),
            Payload::List(key) => under_key(key, fields, List(PhantomData)),
        }
    }
}

/// Reads the value under a key. An object that has other keys alone is an error: the key may have been renamed.
fn under_key<'de, A, S>(key: &'static str, mut fields: A, seed: S) -> Result<S::Value, A::Error>
where
    A: MapAccess<'de>,
    S: DeserializeSeed<'de> + Copy,
{
    let (mut found, mut is_empty) = (None, true);
    while let Some(is_the_key) = fields.next_key_seed(Is(key))? {
        is_empty = false;
        if is_the_key {
            found = Some(fields.next_value_seed(seed)?);
        } else {
            fields.next_value::<IgnoredAny>()?;
        }
    }
    match found {
        Some(value) => Ok(value),
        None if is_empty => seed.deserialize(Content::NULL).map_err(Error::custom),
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

/// Returns the text of a body. Bytes that are no UTF-8 become something that a string may not contain: an error where the
/// string is read, and none where it is in a field that nobody reads.
pub(super) fn text_of(body: &[u8]) -> Cow<'_, str> {
    const LONE_SURROGATE: &str = "ud800";
    let json = without_byte_order_mark(body);
    // All bytes are validated at once, which takes less than string by string.
    if let Ok(text) = std::str::from_utf8(json) {
        return text.into();
    }
    let mut text = String::with_capacity(json.len());
    for chunk in json.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            let is_escaped = text.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
            text.push_str(if is_escaped { "" } else { "\\" });
            text.push_str(LONE_SURROGATE);
        }
    }
    text.into()
}

pub(super) fn without_byte_order_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}
