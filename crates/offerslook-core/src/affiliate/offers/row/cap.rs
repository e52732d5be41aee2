use serde::{Deserialize, Serialize};

use crate::types::{
    OfferId,
    decimal::{self, Decimal},
    offer_id,
    open::integer_enum,
    tolerant,
};

/// The limit of what an offer pays the affiliate.
///
/// Fields that the API left out are not serialized.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OfferCap {
    /// The cap's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub id: Option<u64>,
    /// The offer that it belongs to.
    #[serde(default, deserialize_with = "offer_id::optional", skip_serializing_if = "Option::is_none")]
    pub offer_id: Option<OfferId>,
    /// What is limited, and over which period.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub cap_type: Option<CapType>,
    /// The maximum number of clicks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub cap_click: Option<u64>,
    /// The maximum number of conversions.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub cap_conversion: Option<u64>,
    /// The maximum amount, in the currency of the offer.
    #[serde(default, with = "decimal", skip_serializing_if = "Option::is_none")]
    pub cap_budget: Option<Decimal>,
    /// Who shares the cap. `null` is the offer's own cap.
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub category: Option<CapCategory>,
    /// The time zone of a day: an IANA name.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub cap_timezone: Option<String>,
}

integer_enum! {
    /// What a cap limits, and over which period.
    pub enum CapType {
        /// There is no cap.
        None = 0, "none",
        /// Conversions in total.
        TotalCount = 1, "total conversions",
        /// Conversions per day.
        DailyCount = 2, "daily conversions",
        /// Money in total.
        TotalBudget = 3, "total budget",
        /// Clicks in total.
        TotalClick = 4, "total clicks",
        /// Clicks per day.
        DailyClick = 5, "daily clicks",
    }
}

integer_enum! {
    /// Who shares a cap.
    pub enum CapCategory {
        /// All affiliates together.
        Shared = 1, "shared",
        /// The affiliate alone.
        Private = 2, "private",
    }
}
