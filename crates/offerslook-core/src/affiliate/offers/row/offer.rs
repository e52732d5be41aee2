use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{LandingPage, PricingType, TargetMode};
use crate::{
    affiliate::offer_postbacks::ConversionProtocol,
    types::{
        CommaList, ImpressionPixel, Link, OfferId, UnixTime,
        decimal::{self, Decimal},
        json,
        open::{integer_enum, string_enum},
        tolerant,
    },
};

/// An offer, without what belongs to it.
///
/// A list can be limited to some fields, so every field but the id may be missing. Missing fields are not serialized,
/// except for lists, and for the fields that the API itself fills with `null`: tracking link, percentage, app id and
/// impression pixel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Offer {
    /// The offer's id.
    pub id: OfferId,
    /// Its name.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether it is active.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub status: Option<OfferStatus>,
    /// Its categories, which serve as tags.
    #[serde(default, skip_serializing_if = "CommaList::is_empty")]
    pub category: CommaList,
    /// Who may promote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub offer_approval: Option<OfferApproval>,
    /// The same as text.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub offer_approval_msg: Option<String>,
    /// The tracking link, or what the API sends instead.
    #[serde(default)]
    pub tracking_link: Link,
    /// When it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub end_date: Option<UnixTime>,
    /// What is paid for.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub pricing_type: Option<PricingType>,
    /// The payout per action, in the [`currency`](Self::currency).
    #[serde(default, with = "decimal", skip_serializing_if = "Option::is_none")]
    pub payout: Option<Decimal>,
    /// The share of a sale that is paid, as the API sends it. Its unit is not known.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub percent_payout: Option<String>,
    /// The URL of a preview of the landing page.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub preview_url: Option<String>,
    /// The currency of all amounts, such as `USD`.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// How conversions are reported to the network.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub conversion_protocol: Option<ConversionProtocol>,
    /// The same as text.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub conversion_protocol_msg: Option<String>,
    /// The URL of a small image.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<String>,
    /// The id of the app in its store, such as `com.example.app`.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub app_id: Option<String>,
    /// The HTML snippet that counts impressions.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub impression_pixel: Option<ImpressionPixel>,
    /// Whether the carriers are included or excluded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub carrier_mode: Option<TargetMode>,
    /// The mobile carriers. The elements of this list are not documented.
    #[serde(default, deserialize_with = "json::list")]
    pub carrier: Vec<Value>,
    /// The browsers. The elements of this list are not documented.
    #[serde(default, deserialize_with = "json::list")]
    pub browser: Vec<Value>,
    /// Its landing pages.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub offer_url: Vec<LandingPage>,
    /// Its description. A list contains it only on request.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Deprecated by the reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub push_allowed: Option<i64>,
    /// Deprecated by the reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub incent_allowed: Option<i64>,
    /// Deprecated by the reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub adult_allowed: Option<i64>,
}

string_enum! {
    /// Whether an offer is active.
    pub enum OfferStatus {
        /// It can be promoted.
        Active = "active",
        /// It is paused.
        Paused = "paused",
        /// It is not active yet.
        Pending = "pending",
        /// It was deleted.
        Deleted = "deleted",
    }
}

integer_enum! {
    /// Who may promote an offer.
    pub enum OfferApproval {
        /// Affiliates who applied and were approved.
        RequireApproval = 1, "requires approval",
        /// Everyone.
        Public = 2, "public",
        /// Affiliates chosen by the network.
        Private = 3, "private",
    }
}
