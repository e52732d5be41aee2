use serde::{Deserialize, Serialize};

use super::RuleScope;
use crate::types::{open::integer_enum, tolerant};

/// Whether the network takes the clicks of one sub-affiliate: clicks with this value of this parameter.
///
/// What the API leaves out is left out when it is written again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SubAffiliateRule {
    /// The number of the rule.
    #[serde(deserialize_with = "tolerant::integer")]
    pub id: u64,
    /// The offers that it is for.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub offer_id: Option<RuleScope>,
    /// The parameter of the tracking link that names the sub-affiliate.
    #[serde(
        default,
        rename = "type",
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub kind: Option<SubAffiliateParameter>,
    /// The value of that parameter.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Whether such clicks are refused, or they alone are taken.
    #[serde(
        default,
        deserialize_with = "tolerant::optional_integer",
        skip_serializing_if = "Option::is_none"
    )]
    pub list_type: Option<ListType>,
}

integer_enum! {
    /// The parameters of a tracking link that can name a sub-affiliate.
    pub enum SubAffiliateParameter {
        /// `source_id`
        SourceId = 1,
        /// `aff_sub1`
        AffSub1 = 2,
        /// `aff_sub2`
        AffSub2 = 3,
        /// `aff_sub3`
        AffSub3 = 4,
        /// `aff_sub4`
        AffSub4 = 5,
        /// `aff_sub5`
        AffSub5 = 6,
    }
}

integer_enum! {
    /// What a rule does.
    pub enum ListType {
        /// Clicks with the value are refused.
        Blacklist = 1,
        /// Clicks with another value are refused.
        Whitelist = 2,
    }
}
