use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::tolerant;

/// Strings that the API joins with commas, such as `Non-Incent,APPLICATION`.
///
/// ```
/// let list: offerslook_core::types::CommaList = serde_json::from_str(r#""Non-Incent, APPLICATION""#)?;
/// assert_eq!(list.iter().collect::<Vec<_>>(), ["Non-Incent", "APPLICATION"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct CommaList(String);

impl CommaList {
    /// Returns the strings, without surrounding white space.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split(',').map(str::trim).filter(|text| !text.is_empty())
    }

    /// Returns `true` if there is no string.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the strings as the API joined them.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CommaList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for CommaList {
    /// Commas and white space alone are an empty list.
    fn from(joined: String) -> Self {
        let list = Self(joined);
        if list.iter().next().is_some() { list } else { Self::default() }
    }
}

impl<'de> Deserialize<'de> for CommaList {
    /// `null` is an empty list.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(tolerant::text(deserializer)?.unwrap_or_default())
    }
}
