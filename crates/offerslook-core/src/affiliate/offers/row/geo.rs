use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{GeoId, TargetMode};
use crate::types::{OfferId, json, offer_id, tolerant};

/// The places that an offer is for. Without a target, it is for the whole world.
///
/// What the API leaves out is left out when it is written again, but for lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OfferGeo {
    /// Whether the offer is for the targets, or for all but them.
    #[serde(
        default,
        rename = "type",
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub kind: Option<TargetMode>,
    /// The countries.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub target: Vec<GeoTarget>,
}

/// One country that an offer is for, or not for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GeoTarget {
    /// Its English name.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Its two letters of ISO 3166.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
    /// The number of the target.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub id: Option<GeoId>,
    /// The regions within the country; none at all means the whole country.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub regions: Vec<GeoRegion>,
    /// The cities within the country; none at all means the whole country.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub cities: Vec<GeoCity>,
    /// Deprecated by the reference: see [`cities`](Self::cities).
    #[serde(default, deserialize_with = "json::optional", skip_serializing_if = "Option::is_none")]
    pub city: Option<Value>,
    /// Deprecated by the reference: see [`OfferGeo::kind`].
    #[serde(
        default,
        rename = "type",
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub kind: Option<TargetMode>,
    /// Deprecated by the reference.
    #[serde(default, deserialize_with = "offer_id::optional", skip_serializing_if = "Option::is_none")]
    pub offer_id: Option<OfferId>,
}

/// A region, or regions, that an offer is for, or not for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GeoRegion {
    /// Whether the offer is for it, or for all but it.
    #[serde(
        default,
        rename = "type",
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub kind: Option<TargetMode>,
    /// Its id, where the API names one.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub region_id: Option<GeoId>,
    /// The ids, where the API names them in a list.
    #[serde(default, deserialize_with = "tolerant::texts", skip_serializing_if = "Vec::is_empty")]
    pub region_ids: Vec<GeoId>,
    /// Its name.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub region_name: Option<String>,
}

impl GeoRegion {
    /// The ids, whichever way the API names them.
    pub fn ids(&self) -> impl Iterator<Item = &GeoId> {
        self.region_id.iter().chain(&self.region_ids)
    }
}

/// A city, or cities, that an offer is for, or not for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GeoCity {
    /// Whether the offer is for it, or for all but it.
    #[serde(
        default,
        rename = "type",
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub kind: Option<TargetMode>,
    /// The region that it lies in.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub region_id: Option<GeoId>,
    /// Its id, where the API names one.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub city_id: Option<GeoId>,
    /// The ids, where the API names them in a list.
    #[serde(default, deserialize_with = "tolerant::texts", skip_serializing_if = "Vec::is_empty")]
    pub city_ids: Vec<GeoId>,
    /// Its name.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub city_name: Option<String>,
}

impl GeoCity {
    /// The ids, whichever way the API names them.
    pub fn ids(&self) -> impl Iterator<Item = &GeoId> {
        self.city_id.iter().chain(&self.city_ids)
    }
}
