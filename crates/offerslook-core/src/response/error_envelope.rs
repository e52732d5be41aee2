//! The second look at a response, after a failure.

use serde::{
    Deserialize,
    de::{DeserializeSeed, IgnoredAny, MapAccess},
};

use super::envelope::Field;
use crate::{
    error::ApiCode,
    types::object::{FromMap, Object},
};

/// What can be made out of the body, however much of it is JSON.
#[derive(Default)]
pub(super) struct ErrorEnvelope {
    pub(super) code: Option<ApiCode>,
    pub(super) message: Option<String>,
}

/// What the body is, as far as JSON goes.
pub(super) enum JsonState {
    Whole,
    EndsEarly,
    Html,
    NoObject,
    BrokenObject,
}

impl ErrorEnvelope {
    pub(super) fn read(json: &str) -> (Self, JsonState) {
        let mut envelope = Self::default();
        let outcome = Object(&mut envelope).deserialize(&mut serde_json::Deserializer::from_str(json));
        let state = match (outcome, json.trim_ascii_start().bytes().next()) {
            (Err(error), _) if error.is_eof() => JsonState::EndsEarly,
            (_, Some(b'<')) => JsonState::Html,
            (Ok(()), Some(b'{')) => JsonState::Whole,
            (Err(_), Some(b'{')) => JsonState::BrokenObject,
            _ => JsonState::NoObject,
        };
        (envelope, state)
    }
}

impl<'de> FromMap<'de> for &mut ErrorEnvelope {
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

/// A message; none where it is no text.
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

/// Returns the `code` of a body, and reads no further: where it comes first, that takes no time.
pub(super) fn code_alone(json: &[u8]) -> Option<ApiCode> {
    let mut code = None;
    // The rest of the body is read elsewhere.
    let _ = Object(CodeAlone(&mut code)).deserialize(&mut serde_json::Deserializer::from_slice(json));
    code
}

struct CodeAlone<'c>(&'c mut Option<ApiCode>);

impl<'de> FromMap<'de> for CodeAlone<'_> {
    type Value = ();

    fn read<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        while let Some(field) = fields.next_key::<Field>()? {
            if matches!(field, Field::Code) {
                *self.0 = fields.next_value()?;
                break;
            }
            fields.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}
