use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ConversionProtocol, PricingType, TargetMode};
use crate::{
    affiliate::offers::LandingPage,
    types::{
        CommaList, ImpressionPixel, Link, OfferId, UnixTime,
        decimal::{self, Decimal},
        json,
        open::{integer_enum, string_enum},
        tolerant,
    },
};

/// The offer itself.
///
/// Where columns are chosen, all but the id can be missing. When it is written again, a list is always
/// there, and so are the fields that the API fills with `null`: the tracking link, the percentage, the
/// application and the impression pixel. What else is missing is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Offer {
    /// The number of the offer.
    pub id: OfferId,
    /// Its name.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether it runs.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub status: Option<OfferStatus>,
    /// Its categories, which are its tags.
    #[serde(default, skip_serializing_if = "CommaList::is_empty")]
    pub category: CommaList,
    /// Who may run it.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub offer_approval: Option<OfferApproval>,
    /// The same in words.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub offer_approval_msg: Option<String>,
    /// The tracking link, or what stands in its place.
    #[serde(default)]
    pub tracking_link: Link,
    /// When it ends.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub end_date: Option<UnixTime>,
    /// What is paid for.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub pricing_type: Option<PricingType>,
    /// What is paid for each, in the [`currency`](Self::currency).
    #[serde(default, with = "decimal", skip_serializing_if = "Option::is_none")]
    pub payout: Option<Decimal>,
    /// The share of a sale that is paid, as the API writes it. Its unit is unknown.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub percent_payout: Option<String>,
    /// A sample of the page that visitors come to.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub preview_url: Option<String>,
    /// The currency of all amounts, such as `USD`.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// How conversions are told to the network.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub conversion_protocol: Option<ConversionProtocol>,
    /// The same in words.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub conversion_protocol_msg: Option<String>,
    /// The URL of a small picture.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<String>,
    /// The application in its store, such as `com.example.app`.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub app_id: Option<String>,
    /// What counts impressions.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub impression_pixel: Option<ImpressionPixel>,
    /// Whether the carriers are those it is for, or those it is not for.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub carrier_mode: Option<TargetMode>,
    /// The mobile carriers, as they came: what stands in this list is unknown.
    #[serde(default, deserialize_with = "json::list")]
    pub carrier: Vec<Value>,
    /// The browsers, as they came: what stands in this list is unknown.
    #[serde(default, deserialize_with = "json::list")]
    pub browser: Vec<Value>,
    /// Its landing pages.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub offer_url: Vec<LandingPage>,
    /// What it is about; a list holds it only when asked to.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Deprecated by the reference.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub push_allowed: Option<i64>,
    /// Deprecated by the reference.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub incent_allowed: Option<i64>,
    /// Deprecated by the reference.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub adult_allowed: Option<i64>,
}

string_enum! {
    /// Whether an offer runs.
    pub enum OfferStatus {
        /// It runs.
        Active = "active",
        /// It is held for a while.
        Paused = "paused",
        /// It does not run yet.
        Pending = "pending",
        /// It is gone.
        Deleted = "deleted",
    }
}

integer_enum! {
    /// Who may run an offer.
    pub enum OfferApproval {
        /// Who applied and was approved.
        RequireApproval = 1,
        /// Everyone.
        Public = 2,
        /// Whom the network chose.
        Private = 3,
    }
}
