use serde::{Deserialize, Serialize};

use super::{ConversionProtocol, PricingType};
use crate::types::{
    decimal::{self, Decimal},
    tolerant,
};

/// Something that visitors do and the offer pays for.
///
/// The percentage is `null` where there is none. What else the API leaves out is left out when it is
/// written again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OfferEvent {
    /// The number of the event within the offer.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub event_id: Option<u64>,
    /// How it is told to the network.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub conversion_protocol: Option<ConversionProtocol>,
    /// The same in words.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub conversion_protocol_msg: Option<String>,
    /// Its name.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub event_name: Option<String>,
    /// What is paid for.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub event_payout_type: Option<PricingType>,
    /// What is paid for each, in the currency of the offer.
    #[serde(default, with = "decimal", skip_serializing_if = "Option::is_none")]
    pub event_payout: Option<Decimal>,
    /// The share of a sale that is paid, as the API writes it. Its unit is unknown.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub event_percent_payout: Option<String>,
}
