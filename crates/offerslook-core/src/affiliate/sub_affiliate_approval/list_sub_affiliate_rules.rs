//! `GET /aff/v1/sub_affiliate_approval`

use std::num::NonZeroU32;

use super::SubAffiliateRule;
use crate::{
    affiliate::query::{Paging, chosen_page, page_and_limit},
    endpoint::{Encoder, Endpoint, Page, Paged, Payload, Spec},
};

/// List the sub-affiliates whose clicks the network accepts or rejects: one page of at most 20. A
/// [`Listing`](crate::job::Listing) reads all pages.
///
/// The reference documents no parameters. The response is that of every list, so the page and the limit are sent as
/// for every list; 20 rows per page is the only number that has been seen. It is not known whether the API honors
/// them. If it does not, a listing ends with the reason why it is incomplete.
///
/// See the section *Sub-affiliate approval* of the vendor's API reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListSubAffiliateRules {
    paging: Paging<20>,
}

impl ListSubAffiliateRules {
    /// Lists the first page.
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
