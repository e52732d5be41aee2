use std::fmt;

use serde::Serialize;

/// The id of a place. The API sends a number or a string; `633` and `"633"` are the same place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(untagged)]
pub enum GeoId {
    /// A number.
    Number(u64),
    /// Anything else.
    Word(String),
}

impl From<String> for GeoId {
    fn from(text: String) -> Self {
        match text.trim().parse() {
            // Leading zeros and signs are kept: they may have a meaning.
            Ok(number) if u64::to_string(&number) == text.trim() => Self::Number(number),
            _ => Self::Word(text),
        }
    }
}

impl fmt::Display for GeoId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Word(word) => word.fmt(f),
        }
    }
}
