use super::{Filters, Order, Paging};
use crate::endpoint::Encoder;

/// What both lists of offers can be asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::affiliate) struct OfferQuery {
    pub(in crate::affiliate) personal: bool,
    pub(in crate::affiliate) order: Option<Order>,
    pub(in crate::affiliate) filters: Filters,
}

impl OfferQuery {
    pub(in crate::affiliate) fn encode<const MOST: u32>(&self, paging: Paging<MOST>, request: &mut Encoder) {
        request.query("type", if self.personal { "personal" } else { "all" });
        paging.encode(request);
        if let Some(order) = self.order {
            request.query("sort", order.by("id"));
        }
        self.filters.encode(request);
    }
}

/// The methods of a builder that choose offers.
macro_rules! which_offers {
    () => {
        /// Asks for the offers that the affiliate is approved for. Without it, for all that it can see.
        #[must_use]
        pub fn personal(mut self) -> Self {
            self.query.personal = true;
            self
        }

        /// Puts the offers in the order of their ids: the only order that the API knows. Without it, their
        /// order is the API's choice.
        #[must_use]
        pub fn sort_by_id(mut self, order: $crate::affiliate::Order) -> Self {
            self.query.order = Some(order);
            self
        }

        /// Leaves out the offers that do not pass. Of two filters of one field and one operator, the API
        /// heeds one alone, so the later takes the place of the former.
        #[must_use]
        pub fn filter(mut self, filter: $crate::affiliate::offers::OfferFilter) -> Self {
            self.query.filters.add(filter.0);
            self
        }
    };
}

pub(in crate::affiliate) use which_offers;
