use serde::Serialize;

use crate::{
    envelope::{Failure, Success},
    listing::{List, Page, Parameters, Row},
};

#[derive(Clone, Serialize)]
pub(super) struct Rule {
    id: u64,
    /// An id in decimal, or `All Offers`.
    offer_id: &'static str,
    /// The parameter that names the sub-affiliate: 1 `source_id`, 2 to 6 `aff_sub1` to `aff_sub5`.
    r#type: u8,
    value: &'static str,
    /// 1 for a blacklist, 2 for a whitelist.
    list_type: u8,
}

/// The rules of the reference's example, in its order.
const RULES: [Rule; 4] = [
    Rule { id: 40, offer_id: "All Offers", r#type: 2, value: "aff_sub1", list_type: 2 },
    Rule { id: 39, offer_id: "All Offers", r#type: 6, value: "aff_sub5", list_type: 1 },
    Rule { id: 42, offer_id: "19650", r#type: 4, value: "aff_sub3", list_type: 2 },
    Rule { id: 37, offer_id: "526107", r#type: 1, value: "wqw", list_type: 1 },
];

impl Row for Rule {}

pub(super) async fn list_sub_affiliate_rules(parameters: Parameters) -> Result<Success<Page<Rule>>, Failure> {
    Ok(Success::whole(List::PAGES_ONLY.query(parameters)?.page(RULES.into_iter())))
}
