use serde::{Deserialize, Serialize};

use super::PricingType;
use crate::{
    affiliate::offer_postbacks::ConversionProtocol,
    types::{
        decimal::{self, Decimal},
        tolerant,
    },
};

/// An event that an offer pays for.
///
/// Fields that the API left out are not serialized, except for the percentage, which is then `null`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OfferEvent {
    /// The id of the event within the offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub event_id: Option<u64>,
    /// How it is reported to the network.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub conversion_protocol: Option<ConversionProtocol>,
    /// The same as text.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub conversion_protocol_msg: Option<String>,
    /// Its name.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub event_name: Option<String>,
    /// What is paid for.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub event_payout_type: Option<PricingType>,
    /// The payout per event, in the currency of the offer.
    #[serde(default, with = "decimal", skip_serializing_if = "Option::is_none")]
    pub event_payout: Option<Decimal>,
    /// The share of a sale that is paid, as the API sends it. Its unit is not known.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub event_percent_payout: Option<String>,
}
