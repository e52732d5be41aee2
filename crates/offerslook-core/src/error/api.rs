use std::{fmt, time::Duration};

use http::StatusCode;
use serde::{Deserialize, Deserializer, de::Visitor};

use super::{ErrorClass, KeptBody};
use crate::types::Secrets;

/// The API said no: by the HTTP status, by the `code` of its envelope, or by both.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ApiError {
    /// The HTTP status.
    pub status: StatusCode,
    /// The envelope's `code`, where there was one.
    pub code: Option<ApiCode>,
    /// The envelope's `message`, on one line and cut after 300 characters; empty where there was none.
    pub message: String,
    /// How long the service asked to wait.
    pub retry_after: Option<Duration>,
    /// The bytes of the answer.
    pub body: KeptBody,
}

impl ApiError {
    /// The row of the table.
    #[must_use]
    pub fn class(&self) -> ErrorClass {
        ErrorClass::of_failure(self.status, self.code.as_ref())
    }

    pub(super) fn redact(&mut self, secrets: &Secrets) {
        let word = match &mut self.code {
            Some(ApiCode::Word(word)) => Some(word),
            _ => None,
        };
        for text in [&mut self.message].into_iter().chain(word) {
            *text = secrets.redact(text).into_owned();
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the API answered HTTP {}", self.status.as_u16())?;
        if let Some(code) = &self.code {
            write!(f, ", code {code}")?;
        }
        if self.message.is_empty() { Ok(()) } else { write!(f, ": {}", self.message) }
    }
}

impl std::error::Error for ApiError {}

/// The `code` of the envelope: documented as an integer, 0 for success, but a string is read too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiCode {
    /// A number, be it written as one or as a string.
    Number(i64),
    /// Anything else, on one line and cut after 300 characters.
    Word(String),
}

impl ApiCode {
    /// Whether it says success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        *self == Self::Number(0)
    }
}

impl fmt::Display for ApiCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Word(word) => word.fmt(f),
        }
    }
}

impl<'de> Deserialize<'de> for ApiCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Code;

        impl Visitor<'_> for Code {
            type Value = ApiCode;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a code")
            }

            fn visit_i64<E>(self, number: i64) -> Result<ApiCode, E> {
                Ok(ApiCode::Number(number))
            }

            fn visit_u64<E>(self, number: u64) -> Result<ApiCode, E> {
                Ok(i64::try_from(number).map_or_else(|_| ApiCode::Word(number.to_string()), ApiCode::Number))
            }

            fn visit_f64<E>(self, number: f64) -> Result<ApiCode, E> {
                Ok(ApiCode::Word(number.to_string()))
            }

            fn visit_bool<E>(self, word: bool) -> Result<ApiCode, E> {
                Ok(ApiCode::Word(word.to_string()))
            }

            fn visit_str<E>(self, text: &str) -> Result<ApiCode, E> {
                Ok(text.trim().parse().map_or_else(|_| ApiCode::Word(one_line(text)), ApiCode::Number))
            }
        }

        deserializer.deserialize_any(Code)
    }
}

/// Text of a stranger, fit for one line of a terminal.
pub(crate) fn one_line(text: &str) -> String {
    const SHOWN: usize = 300;
    let is_blank = |c: char| c.is_control() || c.is_whitespace();
    let plain = text.trim_matches(is_blank).chars().map(|c| if is_blank(c) { ' ' } else { c });
    let mut shown: String = plain.clone().take(SHOWN).collect();
    if plain.count() > SHOWN {
        shown.push('…');
    }
    shown
}
