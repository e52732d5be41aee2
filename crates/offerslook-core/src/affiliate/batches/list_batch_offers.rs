//! `GET /aff/v1/batches/offers`

use std::{collections::BTreeSet, num::NonZeroU32};

use crate::{
    affiliate::{
        offers::OfferRow,
        query::{OfferQuery, Paging, chosen_page, page_and_limit, which_offers},
    },
    endpoint::{Encoder, Endpoint, Page, Paged, Payload, Spec},
    types::OfferId,
};

/// A page of the list of offers, with their descriptions if wanted. The [`Listing`](crate::job::Listing)
/// job walks through all pages.
///
/// Of all visible offers, or of those that the affiliate is approved for; at most 100 a page. What the API
/// does with a page past the end, and what becomes of the pages when offers come and go in between, is
/// unknown. [`ListOffers`](crate::affiliate::offers::ListOffers) is the same list with other options.
///
/// Reference: the part on offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListBatchOffers {
    query: OfferQuery,
    paging: Paging<100>,
    extras: BTreeSet<OfferExtra>,
}

/// What a list of offers holds only when asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum OfferExtra {
    /// [`Offer::description`](crate::affiliate::offers::Offer::description)
    Description,
    /// What the reference calls `EPC1`, by its name the earnings per click. What it adds to a row is
    /// unknown.
    Epc1,
}

impl OfferExtra {
    /// The name, as the API writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Epc1 => "EPC1",
        }
    }
}

impl ListBatchOffers {
    /// Asks for all visible offers: for the first page of them, as large as it may be.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks for this as well. The reference shows it with one at a time; more are joined with commas.
    #[must_use]
    pub fn with(mut self, extra: OfferExtra) -> Self {
        self.extras.insert(extra);
        self
    }

    which_offers!();
    page_and_limit!(100);
}

impl Endpoint for ListBatchOffers {
    const SPEC: Spec = Spec::get("list_batch_offers", "/aff/v1/batches/offers", Payload::Whole);
    type Output = Page<OfferRow>;

    fn encode(&self, request: &mut Encoder) {
        self.query.encode(self.paging, request);
        if !self.extras.is_empty() {
            let names: Vec<_> = self.extras.iter().map(|extra| extra.as_str()).collect();
            request.query("contains", names.join(","));
        }
    }
}

impl Paged for ListBatchOffers {
    type Row = OfferRow;
    type Id = OfferId;
    const MAX_ROWS_PER_PAGE: NonZeroU32 = Paging::<100>::MAX_ROWS_PER_PAGE;

    fn at(&self, page: NonZeroU32, limit: NonZeroU32) -> Self {
        Self { paging: Paging::at(page, limit), ..self.clone() }
    }

    chosen_page!();

    fn id_of(row: &OfferRow) -> OfferId {
        row.offer.id
    }
}
