use std::{fmt, num::NonZeroU64, str::FromStr};

use serde::{Deserialize, Serialize, de::Error};

use crate::types::tolerant;

/// The id of a postback: a positive integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PostbackId(NonZeroU64);

impl PostbackId {
    /// Returns the id with this number, or `None` for zero.
    #[must_use]
    pub fn new(number: u64) -> Option<Self> {
        NonZeroU64::new(number).map(Self)
    }

    /// Returns the number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0.get()
    }
}

impl fmt::Display for PostbackId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A string that is not a postback id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a postback id: an id is a positive integer, such as 51")]
pub struct ParsePostbackIdError(String);

impl FromStr for PostbackId {
    type Err = ParsePostbackIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // `u64::from_str` accepts a leading plus sign, which no id has.
        Some(text)
            .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok())
            .map(Self)
            .ok_or_else(|| ParsePostbackIdError(text.chars().take(40).collect()))
    }
}

impl<'de> Deserialize<'de> for PostbackId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number: u64 = tolerant::integer(deserializer)?;
        Self::new(number).ok_or_else(|| D::Error::custom("a postback id is never 0"))
    }
}
