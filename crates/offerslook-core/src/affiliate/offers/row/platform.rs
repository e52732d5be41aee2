use serde::{Deserialize, Serialize};

use crate::types::{OfferId, flag, offer_id, open::string_enum, tolerant};

/// The devices that an offer targets. Without a target, it targets all devices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OfferPlatform {
    /// The kinds of devices.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub target: Vec<PlatformTarget>,
}

/// One kind of device that an offer targets.
///
/// Fields that the API left out are not serialized.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PlatformTarget {
    /// The target's id. Lists of offers leave it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub id: Option<u64>,
    /// The offer. Lists of offers leave it out.
    #[serde(default, deserialize_with = "offer_id::optional", skip_serializing_if = "Option::is_none")]
    pub offer_id: Option<OfferId>,
    /// The device.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// The operating system, such as `Android`. Empty means all.
    #[serde(default, deserialize_with = "tolerant::text_or_empty", skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The versions of the operating system. None, and `all`, mean all.
    #[serde(default, deserialize_with = "tolerant::texts")]
    pub version: Vec<String>,
    /// Whether all versions from [`above_version`](Self::above_version) up are targeted.
    #[serde(default, with = "flag", skip_serializing_if = "Option::is_none")]
    pub is_above: Option<bool>,
    /// The lowest version. Empty if the versions are listed one by one.
    #[serde(default, deserialize_with = "tolerant::text_or_empty", skip_serializing_if = "Option::is_none")]
    pub above_version: Option<String>,
}

string_enum! {
    /// The kinds of devices.
    pub enum Platform {
        /// A desktop or laptop computer.
        Pc = "PC",
        /// A phone.
        Mobile = "Mobile",
        /// A tablet.
        Tablet = "Tablet",
    }
}
