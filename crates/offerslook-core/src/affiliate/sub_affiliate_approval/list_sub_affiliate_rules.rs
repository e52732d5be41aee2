//! `GET /aff/v1/sub_affiliate_approval`

use std::num::NonZeroU32;

use super::SubAffiliateRule;
use crate::{
    affiliate::query::{Paging, chosen_page, page_and_limit},
    endpoint::{Encoder, Endpoint, Page, Paged, Payload, Spec},
};

/// A page of the list of sub-affiliates whose clicks the network takes or refuses. The
/// [`Listing`](crate::job::Listing) job walks through all pages.
///
/// The reference names no options at all. The answer is that of every list, so pages are asked for as in
/// every list, with 20 rows a page: the only number that has been seen. Whether the API heeds them is
/// unknown; where it does not, a listing ends with the reason why it is not complete.
///
/// Reference: the part on the approval of sub-affiliates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListSubAffiliateRules {
    paging: Paging<20>,
}

impl ListSubAffiliateRules {
    /// Asks for the first page.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    page_and_limit!(20);
}

impl Endpoint for ListSubAffiliateRules {
    const SPEC: Spec =
        Spec::get("list_sub_affiliate_rules", "/aff/v1/sub_affiliate_approval", Payload::Whole);
    type Output = Page<SubAffiliateRule>;

    fn encode(&self, request: &mut Encoder) {
        self.paging.encode(request);
    }
}

impl Paged for ListSubAffiliateRules {
    type Row = SubAffiliateRule;
    type Id = u64;
    const MAX_ROWS_PER_PAGE: NonZeroU32 = Paging::<20>::MAX_ROWS_PER_PAGE;

    fn at(&self, page: NonZeroU32, limit: NonZeroU32) -> Self {
        Self { paging: Paging::at(page, limit) }
    }

    chosen_page!();

    fn id_of(rule: &SubAffiliateRule) -> u64 {
        rule.id
    }
}
