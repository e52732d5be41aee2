use serde::{Deserialize, Serialize};

use crate::types::{OfferId, offer_id, tolerant};

/// An image or another file to promote an offer with.
///
/// Fields that the API left out are not serialized.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Creative {
    /// The creative's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub id: Option<u64>,
    /// The offer that it belongs to.
    #[serde(default, deserialize_with = "offer_id::optional", skip_serializing_if = "Option::is_none")]
    pub offer_id: Option<OfferId>,
    /// The URL of the file.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The name of the file. It has been seen in lists of offers.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    /// The media type, such as `image/png`.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub mime: Option<String>,
    /// The size of the file, in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub size: Option<u64>,
    /// The width of an image, in pixels. Lists of offers often leave it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub width: Option<u64>,
    /// The height of an image, in pixels. Lists of offers often leave it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub height: Option<u64>,
}
