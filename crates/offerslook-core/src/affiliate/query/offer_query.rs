use super::{Filters, Order, Paging};
use crate::endpoint::Encoder;

/// The options that both lists of offers share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::affiliate) struct OfferQuery {
    pub(in crate::affiliate) personal: bool,
    pub(in crate::affiliate) order: Option<Order>,
    pub(in crate::affiliate) filters: Filters,
}

impl OfferQuery {
    pub(in crate::affiliate) fn encode<const MAX_ROWS: u32>(
        &self,
        paging: Paging<MAX_ROWS>,
        request: &mut Encoder,
    ) {
        request.query("type", if self.personal { "personal" } else { "all" });
        paging.encode(request);
        if let Some(order) = self.order {
            request.query("sort", order.by("id"));
        }
        self.filters.encode(request);
    }
}

/// The methods of a builder that select offers.
macro_rules! which_offers {
    ($filter:ty) => {
        /// Lists the offers that the affiliate is approved for. Default: all that it can see.
        #[must_use]
        pub fn personal(mut self) -> Self {
            self.query.personal = true;
            self
        }

        /// Sorts the offers by id, the only order that the API supports. Default: unspecified.
        #[must_use]
        pub fn sort_by_id(mut self, order: $crate::affiliate::Order) -> Self {
            self.query.order = Some(order);
            self
        }

        /// Adds a filter: only offers that pass all filters are listed. It replaces one with the same field and
        /// operator, since the API applies only one of them.
        #[must_use]
        pub fn filter(mut self, filter: $filter) -> Self {
            self.query.filters.add(filter.0);
            self
        }
    };
}

pub(in crate::affiliate) use which_offers;
