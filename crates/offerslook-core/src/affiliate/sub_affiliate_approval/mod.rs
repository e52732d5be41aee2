//! `/aff/v1/sub_affiliate_approval`: the sub-affiliates whose clicks the network accepts.

// `cargo xtask endpoint sync` derives what follows.
mod list_sub_affiliate_rules;
mod rule;
mod scope;

pub use list_sub_affiliate_rules::ListSubAffiliateRules;
pub use rule::{ListType, SubAffiliateParameter, SubAffiliateRule};
pub use scope::RuleScope;
