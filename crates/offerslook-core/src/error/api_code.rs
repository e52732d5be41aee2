use std::fmt;

use serde::{Deserialize, Deserializer, de::Visitor};

use super::one_line;
use crate::types::tolerant;

/// The `code` of the envelope: documented as an integer, 0 for success, but strings are read too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiCode {
    /// A whole number, as a number or a string: `0`, `"0"`, `0.0`.
    Number(i64),
    /// Anything else, on one line and truncated to 300 characters.
    Word(String),
}

impl ApiCode {
    /// Returns `true` for success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        *self == Self::Number(0)
    }

    /// Returns the HTTP status that a code such as 401 or 40101 begins with.
    pub(super) fn status(&self) -> Option<i64> {
        match self {
            Self::Number(status @ 100..=999) => Some(*status),
            Self::Number(number @ 10_000..=99_999) => Some(number / 100),
            _ => None,
        }
    }

    fn new(number: Option<i128>, text: &str) -> Self {
        let number = number.and_then(|number| number.try_into().ok());
        number.map_or_else(|| Self::Word(one_line(text)), Self::Number)
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
                Ok(ApiCode::new(Some(number.into()), &number.to_string()))
            }

            fn visit_f64<E>(self, number: f64) -> Result<ApiCode, E> {
                Ok(ApiCode::new(tolerant::integer_in_float(number), &number.to_string()))
            }

            fn visit_bool<E>(self, word: bool) -> Result<ApiCode, E> {
                Ok(ApiCode::Word(word.to_string()))
            }

            fn visit_str<E>(self, text: &str) -> Result<ApiCode, E> {
                Ok(ApiCode::new(tolerant::integer_in_text(text), text))
            }
        }

        deserializer.deserialize_any(Code)
    }
}
