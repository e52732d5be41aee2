//! `/aff/v1/sub_affiliate_approval`: whose clicks the network takes.

// What follows is derived: `cargo xtask endpoint sync` writes it.
mod list;
mod rule;
mod scope;

pub use list::ListSubAffiliateRules;
pub use rule::{ListType, SubAffiliateParameter, SubAffiliateRule};
pub use scope::RuleScope;
