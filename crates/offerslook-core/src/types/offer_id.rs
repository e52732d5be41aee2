use std::{fmt, num::NonZeroU64, str::FromStr};

use serde::{Deserialize, Serialize, de::Error};

use super::tolerant;

/// The id of an offer: a positive integer.
///
/// Zero is not an id: in some places it means "all offers".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct OfferId(NonZeroU64);

impl OfferId {
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

impl fmt::Display for OfferId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A string that is not an offer id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{piece:?} is not an offer id: an id is a positive integer, such as 16")]
pub struct ParseOfferIdError {
    /// The string, truncated to 40 characters.
    pub piece: String,
}

impl ParseOfferIdError {
    fn new(piece: &str) -> Self {
        const MAX_CHARS: usize = 40;
        let mut shown: String = piece.chars().take(MAX_CHARS).collect();
        if shown.len() < piece.len() {
            shown.push('…');
        }
        Self { piece: shown }
    }
}

impl FromStr for OfferId {
    type Err = ParseOfferIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // `u64::from_str` accepts a leading plus sign, which no id has.
        Some(text)
            .filter(|text| !text.starts_with('+'))
            .and_then(|digits| digits.parse().ok())
            .map(Self)
            .ok_or_else(|| ParseOfferIdError::new(text))
    }
}

impl<'de> Deserialize<'de> for OfferId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number: u64 = tolerant::integer(deserializer)?;
        Self::new(number).ok_or_else(|| D::Error::custom("an offer id is never 0"))
    }
}

/// Deserializes the offer that something belongs to. Zero and an empty string are `None`.
pub(crate) fn optional<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<OfferId>, D::Error> {
    let number: Option<u64> = tolerant::optional_integer(deserializer)?;
    Ok(number.and_then(OfferId::new))
}
