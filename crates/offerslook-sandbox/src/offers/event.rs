use serde::Deserialize;

use super::terms::{Amount, ConversionProtocol, PricingType, Text};

/// Something that an offer pays for beside what it is for, its initial event.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Event {
    pub(crate) name: Text,
    #[serde(default = "action")]
    pub(crate) pricing_type: PricingType,
    pub(crate) payout: Amount,
    #[serde(default)]
    pub(crate) percent_payout: Option<Amount>,
    /// Where there is none, the offer's.
    #[serde(default)]
    pub(crate) conversion_protocol: Option<ConversionProtocol>,
}

fn action() -> PricingType {
    PricingType::Cpa
}
