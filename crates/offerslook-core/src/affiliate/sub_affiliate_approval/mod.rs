//! `/aff/v1/sub_affiliate_approval`: whose clicks the network takes.

mod list;
mod rule;
mod scope;

pub use list::ListSubAffiliateRules;
pub use rule::{ListType, SubAffiliateParameter, SubAffiliateRule};
pub use scope::RuleScope;
