//! `{"code": 0, "message": "Success", "data": {KEY: VALUE}}`, in whatever order.

use std::marker::PhantomData;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, value::UnitDeserializer},
};

use crate::{
    endpoint::Payload,
    error::ApiCode,
    types::tolerant::{FromMap, List, Object, no_fields},
};

/// An answer that says success, read in one pass.
pub(super) struct Envelope<T> {
    pub(super) code: Option<ApiCode>,
    pub(super) payload: T,
}

impl<'de, T: Deserialize<'de>> Envelope<T> {
    pub(super) fn read<D: Deserializer<'de>>(payload: Payload, deserializer: D) -> Result<Self, D::Error> {
        Object(Fields { payload, target: PhantomData }).deserialize(deserializer)
    }
}

struct Fields<T> {
    payload: Payload,
    target: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> FromMap<'de> for Fields<T> {
    type Value = Envelope<T>;

    fn read<A: MapAccess<'de>>(self, mut fields: A) -> Result<Envelope<T>, A::Error> {
        let (mut code, mut payload) = (None, None);
        while let Some(field) = fields.next_key::<Field>()? {
            match field {
                Field::Code => code = fields.next_value()?,
                Field::Data => payload = Some(fields.next_value_seed(Data::new(self.payload))?),
                Field::Message | Field::Other => drop(fields.next_value::<IgnoredAny>()?),
            }
        }
        let payload = match payload {
            Some(payload) => payload,
            None => Data::new(self.payload).of_no_fields()?,
        };
        Ok(Envelope { code, payload })
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Field {
    Code,
    Message,
    Data,
    #[serde(other)]
    Other,
}

/// Reads `data`; a missing or null one and `[]` count as an object without fields.
struct Data<T> {
    payload: Payload,
    target: PhantomData<T>,
}

impl<'de, T: Deserialize<'de>> Data<T> {
    fn new(payload: Payload) -> Self {
        Self { payload, target: PhantomData }
    }

    fn of_no_fields<E: serde::de::Error>(self) -> Result<T, E> {
        match self.payload {
            Payload::Nothing => T::deserialize(UnitDeserializer::new()),
            Payload::Object(_) | Payload::List(_) | Payload::Whole => self.read(no_fields()),
        }
    }
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Data<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        if self.payload == Payload::Nothing {
            IgnoredAny::deserialize(deserializer)?;
            return self.of_no_fields();
        }
        Object(self).deserialize(deserializer)
    }
}

impl<'de, T: Deserialize<'de>> FromMap<'de> for Data<T> {
    type Value = T;

    fn read<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
        match self.payload {
            Payload::Whole | Payload::Nothing => PhantomData.read(fields),
            Payload::Object(key) => under_key(key, fields, || Object(PhantomData)),
            Payload::List(key) => under_key(key, fields, || List(PhantomData)),
        }
    }
}

fn under_key<'de, A, S>(key: &str, mut fields: A, seed: impl Fn() -> S) -> Result<S::Value, A::Error>
where
    A: MapAccess<'de>,
    S: DeserializeSeed<'de>,
{
    let mut found = None;
    while let Some(is_the_key) = fields.next_key_seed(Is(key))? {
        if is_the_key {
            found = Some(fields.next_value_seed(seed())?);
        } else {
            fields.next_value::<IgnoredAny>()?;
        }
    }
    match found {
        Some(value) => Ok(value),
        None => seed().deserialize(UnitDeserializer::new()),
    }
}

/// Whether a field's name is this one, asked without keeping the name.
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

/// The second look, at a failure: what can be made out of the body, however far it reads.
#[derive(Default)]
pub(super) struct Glance {
    pub(super) code: Option<ApiCode>,
    pub(super) message: Option<String>,
}

/// How far the second look read.
pub(super) enum Reading {
    Whole,
    EndsEarly,
    Html,
    NoObject,
    BrokenObject,
}

impl Glance {
    pub(super) fn at(json: &[u8]) -> (Self, Reading) {
        let mut glance = Self::default();
        let outcome = Object(&mut glance).deserialize(&mut serde_json::Deserializer::from_slice(json));
        let reading = match (outcome, json.trim_ascii_start().first()) {
            (Err(error), _) if error.is_eof() => Reading::EndsEarly,
            (_, Some(b'<')) => Reading::Html,
            (Ok(()), Some(b'{')) => Reading::Whole,
            (Err(_), Some(b'{')) => Reading::BrokenObject,
            _ => Reading::NoObject,
        };
        (glance, reading)
    }
}

impl<'de> FromMap<'de> for &mut Glance {
    type Value = ();

    fn read<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(field) = fields.next_key::<Field>()? {
            match field {
                Field::Code => self.code = fields.next_value()?,
                Field::Message => self.message = fields.next_value::<Text>()?.0,
                Field::Data | Field::Other => drop(fields.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

/// A message that may be no text at all; then there is none.
#[derive(Deserialize)]
#[serde(from = "TextOrNot")]
struct Text(Option<String>);

#[derive(Deserialize)]
#[serde(untagged)]
enum TextOrNot {
    Text(String),
    Not(IgnoredAny),
}

impl From<TextOrNot> for Text {
    fn from(text: TextOrNot) -> Self {
        match text {
            TextOrNot::Text(text) => Self(Some(text)),
            TextOrNot::Not(IgnoredAny) => Self(None),
        }
    }
}
