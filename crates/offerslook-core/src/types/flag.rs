//! Booleans, which the API writes as 0 and 1: `#[serde(default, with = "flag")]` on an `Option<bool>`.

use serde::{Deserializer, Serializer, de::Error};

use super::tolerant;

/// Deserializes 0 or 1, as a number or a string, or a boolean. `null` and an empty string are `None`.
///
/// # Errors
/// Any other value.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    let text: Option<String> = tolerant::text(deserializer)?;
    match text.as_deref().map(str::trim) {
        None => Ok(None),
        Some("0" | "false") => Ok(Some(false)),
        Some("1" | "true") => Ok(Some(true)),
        Some(other) => Err(D::Error::custom(format_args!("{other:?} is neither 0 nor 1"))),
    }
}

/// Serializes 0, 1 or `null`.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<S: Serializer>(flag: &Option<bool>, serializer: S) -> Result<S::Ok, S::Error> {
    match flag {
        Some(flag) => serializer.serialize_some(&u8::from(*flag)),
        None => serializer.serialize_none(),
    }
}
