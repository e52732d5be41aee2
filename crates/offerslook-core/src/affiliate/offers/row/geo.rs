use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{GeoId, TargetMode};
use crate::types::{OfferId, json, offer_id, tolerant};

/// The places that an offer targets. Without a target, it targets the whole world.
///
/// Fields that the API left out are not serialized, except for lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OfferGeo {
    /// Whether the targets are included or excluded.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub kind: Option<TargetMode>,
    /// The countries.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub target: Vec<GeoTarget>,
}

/// A country that an offer includes or excludes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GeoTarget {
    /// Its English name.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Its ISO 3166 code of two letters.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
    /// The target's id.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub id: Option<GeoId>,
    /// The regions of the country. None means the whole country.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub regions: Vec<GeoRegion>,
    /// The cities of the country. None means the whole country.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub cities: Vec<GeoCity>,
    /// Deprecated by the reference: see [`cities`](Self::cities).
    #[serde(default, deserialize_with = "json::optional", skip_serializing_if = "Option::is_none")]
    pub city: Option<Value>,
    /// Deprecated by the reference: see [`OfferGeo::kind`].
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub kind: Option<TargetMode>,
    /// Deprecated by the reference.
    #[serde(default, deserialize_with = "offer_id::optional", skip_serializing_if = "Option::is_none")]
    pub offer_id: Option<OfferId>,
}

/// Regions that an offer includes or excludes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GeoRegion {
    /// Whether they are included or excluded.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub kind: Option<TargetMode>,
    /// The id, if the API sends a single one.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub region_id: Option<GeoId>,
    /// The ids, if the API sends a list.
    #[serde(default, deserialize_with = "tolerant::texts", skip_serializing_if = "Vec::is_empty")]
    pub region_ids: Vec<GeoId>,
    /// Its name.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub region_name: Option<String>,
}

impl GeoRegion {
    /// Returns the ids, whether the API sent one or a list.
    pub fn ids(&self) -> impl Iterator<Item = &GeoId> {
        self.region_id.iter().chain(&self.region_ids)
    }
}

/// Cities that an offer includes or excludes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GeoCity {
    /// Whether they are included or excluded.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub kind: Option<TargetMode>,
    /// The region that they are in.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub region_id: Option<GeoId>,
    /// The id, if the API sends a single one.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub city_id: Option<GeoId>,
    /// The ids, if the API sends a list.
    #[serde(default, deserialize_with = "tolerant::texts", skip_serializing_if = "Vec::is_empty")]
    pub city_ids: Vec<GeoId>,
    /// Its name.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub city_name: Option<String>,
}

impl GeoCity {
    /// Returns the ids, whether the API sent one or a list.
    pub fn ids(&self) -> impl Iterator<Item = &GeoId> {
        self.city_id.iter().chain(&self.city_ids)
    }
}
