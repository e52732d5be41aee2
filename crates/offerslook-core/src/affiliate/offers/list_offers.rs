//! `GET /aff/v1/offers`

use std::num::NonZeroU32;

use super::{OfferFilter, OfferRow};
use crate::{
    affiliate::query::{Fields, OfferQuery, Paging, chosen_page, fields, page_and_limit, which_offers},
    endpoint::{Encoder, Endpoint, Page, Paged, Payload, Spec},
    types::OfferId,
};

/// List offers: one page of at most 200. A [`Listing`](crate::job::Listing) reads all pages.
///
/// It is not known what the API does with a page past the end, and how offers that are added or removed between two
/// calls change the pages. [`ListBatchOffers`](crate::affiliate::batches::ListBatchOffers) is the same list with other
/// options.
///
/// ```
/// use offerslook_core::affiliate::offers::{ListOffers, OfferField};
///
/// let names = ListOffers::new().personal().fields([OfferField::Name, OfferField::Payout]);
/// ```
///
/// See the section *Offers* of the vendor's API reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListOffers {
    query: OfferQuery,
    paging: Paging<200>,
    fields: Fields<OfferField>,
}

impl ListOffers {
    /// Lists all offers that the affiliate can see: the first page, with the maximum number of rows.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Limits the rows to these fields and the id. Default: all fields.
    #[must_use]
    pub fn fields(mut self, fields: impl IntoIterator<Item = OfferField>) -> Self {
        self.fields.choose(OfferField::Id, fields);
        self
    }

    which_offers!(OfferFilter);
    page_and_limit!(200);
}

impl Endpoint for ListOffers {
    const SPEC: Spec = Spec::get("list_offers", "/aff/v1/offers", Payload::Whole);
    type Output = Page<OfferRow>;

    fn encode(&self, request: &mut Encoder) {
        self.query.encode(self.paging, request);
        self.fields.encode(request);
    }
}

impl Paged for ListOffers {
    type Row = OfferRow;
    type Id = OfferId;
    const MAX_ROWS_PER_PAGE: NonZeroU32 = Paging::<200>::MAX_ROWS_PER_PAGE;

    fn at(&self, page: NonZeroU32, limit: NonZeroU32) -> Self {
        Self { paging: Paging::at(page, limit), ..self.clone() }
    }

    chosen_page!();

    fn id_of(row: &OfferRow) -> OfferId {
        row.offer.id
    }
}

fields! {
    /// The fields of an offer to which a list can be limited.
    pub enum OfferField {
        /// [`Offer::id`](super::Offer::id), which is always included.
        Id = "id",
        /// [`Offer::name`](super::Offer::name)
        Name = "name",
        /// [`Offer::end_date`](super::Offer::end_date)
        EndDate = "end_date",
        /// [`Offer::status`](super::Offer::status)
        Status = "status",
        /// [`Offer::pricing_type`](super::Offer::pricing_type)
        PricingType = "pricing_type",
        /// [`Offer::payout`](super::Offer::payout)
        Payout = "payout",
        /// [`Offer::percent_payout`](super::Offer::percent_payout)
        PercentPayout = "percent_payout",
        /// [`Offer::preview_url`](super::Offer::preview_url)
        PreviewUrl = "preview_url",
        /// [`Offer::thumbnail`](super::Offer::thumbnail)
        Thumbnail = "thumbnail",
        /// [`Offer::category`](super::Offer::category)
        Category = "category",
        /// [`Offer::offer_approval`](super::Offer::offer_approval)
        OfferApproval = "offer_approval",
        /// [`Offer::tracking_link`](super::Offer::tracking_link)
        TrackingLink = "tracking_link",
        /// [`Offer::currency`](super::Offer::currency)
        Currency = "currency",
        /// [`Offer::conversion_protocol`](super::Offer::conversion_protocol)
        ConversionProtocol = "conversion_protocol",
        /// [`Offer::app_id`](super::Offer::app_id)
        AppId = "app_id",
        /// [`OfferRow::events`]
        Event = "event",
    }
}
