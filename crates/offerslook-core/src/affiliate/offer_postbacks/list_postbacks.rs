//! `GET /aff/v1/offer_postbacks`

use std::num::NonZeroU32;

use super::{Postback, PostbackFilter, PostbackId};
use crate::{
    affiliate::query::{Fields, Filters, Order, Paging, chosen_page, fields, page_and_limit},
    endpoint::{Encoder, Endpoint, Page, Paged, Payload, Spec},
};

/// A page of the list of the affiliate's postbacks, with all fields or with chosen ones. The
/// [`Listing`](crate::job::Listing) job walks through all pages.
///
/// At most 1,000 a page. What the API does with a page past the end, and what becomes of the pages when
/// postbacks come and go in between, is unknown.
///
/// ```
/// use offerslook_core::affiliate::{
///     Comparison, Order,
///     offer_postbacks::{ListPostbacks, PostbackField, PostbackFilter, PostbackScope},
/// };
///
/// let newest_global_ones = ListPostbacks::new()
///     .filter(PostbackFilter::offer_id(Comparison::EqualTo, PostbackScope::AllOffers))
///     .sort(Order::Descending, PostbackField::CreateTime);
/// ```
///
/// Reference: the part on postbacks of offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPostbacks {
    paging: Paging<1_000>,
    sort: Option<(Order, PostbackField)>,
    filters: Filters,
    fields: Fields<PostbackField>,
}

impl ListPostbacks {
    /// Asks for all postbacks: for the first page of them, as large as it may be.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts the postbacks in the order of this field. Without it, their order is the API's choice.
    #[must_use]
    pub fn sort(mut self, order: Order, field: PostbackField) -> Self {
        self.sort = Some((order, field));
        self
    }

    /// Leaves out the postbacks that do not pass. Of two filters of one field and one operator, the API
    /// heeds one alone, so the later takes the place of the former.
    #[must_use]
    pub fn filter(mut self, filter: PostbackFilter) -> Self {
        self.filters.add(filter.0);
        self
    }

    /// Asks for these fields and the id alone; other fields are then missing in the rows. Without it, for
    /// all fields.
    #[must_use]
    pub fn fields(mut self, fields: impl IntoIterator<Item = PostbackField>) -> Self {
        self.fields.choose(PostbackField::Id, fields);
        self
    }

    page_and_limit!(1_000);
}

impl Endpoint for ListPostbacks {
    const SPEC: Spec = Spec::get("list_postbacks", "/aff/v1/offer_postbacks", Payload::Whole);
    type Output = Page<Postback>;

    fn encode(&self, request: &mut Encoder) {
        self.paging.encode(request);
        if let Some((order, field)) = self.sort {
            request.query("sort", order.by(field.as_str()));
        }
        self.filters.encode(request);
        self.fields.encode(request);
    }
}

impl Paged for ListPostbacks {
    type Row = Postback;
    type Id = PostbackId;
    const MAX_ROWS_PER_PAGE: NonZeroU32 = Paging::<1_000>::MAX_ROWS_PER_PAGE;

    fn at(&self, page: NonZeroU32, limit: NonZeroU32) -> Self {
        Self { paging: Paging::at(page, limit), ..self.clone() }
    }

    chosen_page!();

    fn id_of(row: &Postback) -> PostbackId {
        row.id
    }
}

fields! {
    /// The fields of a postback that a list can be asked for, sorted by and filtered by.
    pub enum PostbackField {
        /// [`Postback::id`]: always asked for.
        Id = "id",
        /// [`Postback::offer_id`]
        OfferId = "offer_id",
        /// [`Postback::event_id`]
        EventId = "event_id",
        /// [`Postback::code`]
        Code = "code",
        /// [`Postback::status`]
        Status = "status",
        /// [`Postback::kind`]
        Kind = "type",
        /// [`Postback::create_time`]
        CreateTime = "create_time",
        /// [`Postback::update_time`]
        UpdateTime = "update_time",
    }
}
