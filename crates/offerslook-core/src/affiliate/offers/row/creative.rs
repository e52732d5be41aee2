use serde::{Deserialize, Serialize};

use crate::types::{OfferId, offer_id, tolerant};

/// A picture or another file to advertise an offer with.
///
/// What the API leaves out is left out when it is written again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Creative {
    /// The number of the creative.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub id: Option<u64>,
    /// The offer that it belongs to.
    #[serde(default, deserialize_with = "offer_id::optional", skip_serializing_if = "Option::is_none")]
    pub offer_id: Option<OfferId>,
    /// Where the file is.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The name of the file; seen in lists of offers.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    /// The media type, such as `image/png`.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub mime: Option<String>,
    /// The size of the file, in bytes.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub size: Option<u64>,
    /// The width of a picture, in pixels; lists of offers often leave it out.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub width: Option<u64>,
    /// The height of a picture, in pixels; lists of offers often leave it out.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub height: Option<u64>,
}
