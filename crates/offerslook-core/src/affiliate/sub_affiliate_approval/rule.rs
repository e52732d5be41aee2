use serde::{Deserialize, Serialize};

use super::RuleScope;
use crate::types::{open::integer_enum, tolerant};

/// Whether the network accepts the clicks of one sub-affiliate, identified by the value of a parameter.
///
/// Fields that the API left out are not serialized.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SubAffiliateRule {
    /// The rule's id.
    #[serde(deserialize_with = "tolerant::integer")]
    pub id: u64,
    /// The offers that the rule applies to.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub offer_id: Option<RuleScope>,
    /// The tracking-link parameter that identifies the sub-affiliate.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub kind: Option<SubAffiliateParameter>,
    /// The value of that parameter.
    #[serde(default, deserialize_with = "tolerant::text", skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Whether such clicks are rejected, or the only ones accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default, deserialize_with = "tolerant::optional_integer")]
    pub list_type: Option<ListType>,
}

integer_enum! {
    /// The tracking-link parameters that can identify a sub-affiliate.
    pub enum SubAffiliateParameter {
        /// `source_id`
        SourceId = 1, "source_id",
        /// `aff_sub1`
        AffSub1 = 2, "aff_sub1",
        /// `aff_sub2`
        AffSub2 = 3, "aff_sub2",
        /// `aff_sub3`
        AffSub3 = 4, "aff_sub3",
        /// `aff_sub4`
        AffSub4 = 5, "aff_sub4",
        /// `aff_sub5`
        AffSub5 = 6, "aff_sub5",
    }
}

integer_enum! {
    /// The effect of a rule.
    pub enum ListType {
        /// Clicks with the value are rejected.
        Blacklist = 1, "blacklist",
        /// Clicks with another value are rejected.
        Whitelist = 2, "whitelist",
    }
}
