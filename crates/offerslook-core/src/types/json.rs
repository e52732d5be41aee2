//! JSON of a shape that nobody knows, as it came. Use these in the rows of an endpoint of your own.
//!
//! It never goes straight into [`Value`]: with one name of a field, and a feature that any crate of the program may
//! turn on, `serde_json` takes text for more JSON, and its limit on depth begins anew in there.

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

/// Anything; `null` is nothing. For `#[serde(deserialize_with = …)]`.
///
/// # Errors
/// Where it is no JSON.
pub fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Json::deserialize(deserializer).map(|Json(value)| Some(value).filter(|value| !value.is_null()))
}

/// A list of anything, as [`tolerant::list`] reads it. For `#[serde(deserialize_with = …)]`.
///
/// # Errors
/// As [`tolerant::list`].
pub fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Value>, D::Error> {
    let items: Vec<Json> = tolerant::list(deserializer)?;
    Ok(items.into_iter().map(|Json(value)| value).collect())
}
