//! JSON of an unknown shape, for the rows of an endpoint of your own.
//!
//! It is not deserialized into [`Value`] directly: for a field of one name, and with a feature that any crate of the
//! program may enable, `serde_json` parses a string as more JSON, and does not count its depth.

use serde::{Deserialize, Deserializer, de::Error};
use serde_json::Value;

use super::tolerant;

pub(crate) struct Json(pub(crate) Value);

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_content::Value::<'static>::deserialize(deserializer)?;
        serde_json::to_value(value).map(Self).map_err(D::Error::custom)
    }
}

/// Deserializes any value. `null` is `None`.
///
/// # Errors
/// Invalid JSON.
pub fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Json::deserialize(deserializer).map(|Json(value)| Some(value).filter(|value| !value.is_null()))
}

/// Deserializes a list of any values, as [`tolerant::list`] does.
///
/// # Errors
/// Those of [`tolerant::list`].
pub fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Value>, D::Error> {
    let items: Vec<Json> = tolerant::list(deserializer)?;
    Ok(items.into_iter().map(|Json(value)| value).collect())
}
