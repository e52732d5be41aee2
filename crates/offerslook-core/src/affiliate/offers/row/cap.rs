use serde::{Deserialize, Serialize};

use crate::types::{
    OfferId,
    decimal::{self, Decimal},
    offer_id,
    open::integer_enum,
    tolerant,
};

/// How much an offer may bring before it is closed for the affiliate.
///
/// What the API leaves out is left out when it is written again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OfferCap {
    /// The number of the cap.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub id: Option<u64>,
    /// The offer that it belongs to.
    #[serde(default, deserialize_with = "offer_id::optional", skip_serializing_if = "Option::is_none")]
    pub offer_id: Option<OfferId>,
    /// What is counted, and over which time.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub cap_type: Option<CapType>,
    /// The most clicks.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub cap_click: Option<u64>,
    /// The most conversions.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub cap_conversion: Option<u64>,
    /// The most that is paid, in the currency of the offer.
    #[serde(default, with = "decimal", skip_serializing_if = "Option::is_none")]
    pub cap_budget: Option<Decimal>,
    /// Who draws on the cap; `null` is the offer's own cap.
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub category: Option<CapCategory>,
    /// The time zone in which a day begins and ends, by its IANA name.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub cap_timezone: Option<String>,
}

integer_enum! {
    /// What a cap counts, and over which time.
    pub enum CapType {
        /// There is no cap.
        None = 0,
        /// Conversions, over all time.
        TotalCount = 1,
        /// Conversions, day by day.
        DailyCount = 2,
        /// Money, over all time.
        TotalBudget = 3,
        /// Clicks, over all time.
        TotalClick = 4,
        /// Clicks, day by day.
        DailyClick = 5,
    }
}

integer_enum! {
    /// Who draws on a cap.
    pub enum CapCategory {
        /// All affiliates together.
        Shared = 1,
        /// The affiliate alone.
        Private = 2,
    }
}
