//! `GET /aff/v1/offer_postbacks`

use std::num::NonZeroU32;

use super::{Postback, PostbackField, PostbackFilter, PostbackId};
use crate::{
    affiliate::query::{Fields, Filters, Order, Paging, chosen_page, page_and_limit},
    endpoint::{Encoder, Endpoint, Page, Paged, Payload, Spec},
};

/// List the affiliate's postbacks: one page of at most 1,000. A [`Listing`](crate::job::Listing) reads all pages.
///
/// It is not known what the API does with a page past the end, and how postbacks that are created or deleted between
/// two calls change the pages.
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
/// See the section *Offer postbacks* of the vendor's API reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPostbacks {
    paging: Paging<1_000>,
    sort: Option<(Order, PostbackField)>,
    filters: Filters,
    fields: Fields<PostbackField>,
}

impl ListPostbacks {
    /// Lists all postbacks: the first page, with the maximum number of rows.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sorts the postbacks by this field. Default: unspecified.
    #[must_use]
    pub fn sort(mut self, order: Order, field: PostbackField) -> Self {
        self.sort = Some((order, field));
        self
    }

    /// Adds a filter: only postbacks that pass all filters are listed. It replaces one with the same field and
    /// operator, since the API applies only one of them.
    #[must_use]
    pub fn filter(mut self, filter: PostbackFilter) -> Self {
        self.filters.add(filter.0);
        self
    }

    /// Limits the rows to these fields and the id. Default: all fields.
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
