//! `GET /aff/v1/batches/offers`

use std::{collections::BTreeSet, num::NonZeroU32};

use crate::{
    affiliate::{
        offers::{OfferFilter, OfferRow},
        query::{OfferQuery, Paging, chosen_page, page_and_limit, which_offers},
    },
    endpoint::{Encoder, Endpoint, Page, Paged, Payload, Spec},
    types::OfferId,
};

/// List offers, with their descriptions on request: one page of at most 100. A [`Listing`](crate::job::Listing) reads
/// all pages.
///
/// It is not known what the API does with a page past the end, and how offers that are added or removed between two
/// calls change the pages. [`ListOffers`](crate::affiliate::offers::ListOffers) is the same list with other options.
///
/// See the section *Offers* of the vendor's API reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListBatchOffers {
    query: OfferQuery,
    paging: Paging<100>,
    extras: BTreeSet<OfferExtra>,
}

/// What a list of offers contains only on request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum OfferExtra {
    /// [`Offer::description`](crate::affiliate::offers::Offer::description)
    Description,
    /// `EPC1`, by its name the earnings per click. It is not known which field it adds to a row.
    Epc1,
}

impl OfferExtra {
    /// Returns the name that the API uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Epc1 => "EPC1",
        }
    }
}

impl ListBatchOffers {
    /// Lists all offers that the affiliate can see: the first page, with the maximum number of rows.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds something to the rows. The reference shows one at a time; several are joined with commas.
    #[must_use]
    pub fn with(mut self, extra: OfferExtra) -> Self {
        self.extras.insert(extra);
        self
    }

    which_offers!(OfferFilter);
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
