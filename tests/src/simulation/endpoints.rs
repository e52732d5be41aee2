use std::num::NonZeroU32;

use offerslook_core::{Batched, Encoder, Endpoint, OfferId, OfferIds, Page, Paged, Payload, Spec, Verb};
use serde::Deserialize;

/// `POST /aff/v1/batches/offers/applys/{offer_ids}`, defined with the public items of core alone: a change
/// that takes many ids.
#[derive(Debug)]
pub struct Apply(OfferIds);

impl Apply {
    /// Applies for these offers.
    #[must_use]
    pub fn new(ids: OfferIds) -> Self {
        Self(ids)
    }
}

/// What became of one application.
#[derive(Clone, Debug, Deserialize)]
pub struct Application {
    /// The offer.
    pub offer_id: OfferId,
    /// `approved` or `pending`.
    pub status: String,
}

impl Endpoint for Apply {
    const SPEC: Spec = Spec::new(
        "apply",
        Verb::Post,
        "/aff/v1/batches/offers/applys/{offer_ids}",
        Payload::List("offer_application"),
    );
    type Output = Vec<Application>;

    fn encode(&self, request: &mut Encoder) {
        request.path(&self.0);
    }
}

impl Batched for Apply {
    type Row = Application;
    const MAX_IDS_PER_CALL: usize = 100;

    fn of(ids: OfferIds) -> Self {
        Self(ids)
    }

    fn id_of(row: &Application) -> OfferId {
        row.offer_id
    }
}

/// `GET /aff/v1/numbers`, a list that only the model has: its rows are small.
#[derive(Debug)]
pub struct Numbers {
    page: NonZeroU32,
    limit: NonZeroU32,
}

impl Default for Numbers {
    fn default() -> Self {
        Self { page: NonZeroU32::MIN, limit: Self::MAX_ROWS_PER_PAGE }
    }
}

/// One row of the list.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Number {
    /// Itself.
    pub id: u64,
}

impl Endpoint for Numbers {
    const SPEC: Spec = Spec::get("numbers", "/aff/v1/numbers", Payload::Whole);
    type Output = Page<Number>;

    fn encode(&self, request: &mut Encoder) {
        request.query("offset", self.page).query("limit", self.limit);
    }
}

impl Paged for Numbers {
    type Row = Number;
    type Id = u64;
    const MAX_ROWS_PER_PAGE: NonZeroU32 = NonZeroU32::MIN.saturating_add(4);

    fn at(&self, page: NonZeroU32, limit: NonZeroU32) -> Self {
        Self { page, limit }
    }

    fn id_of(row: &Number) -> u64 {
        row.id
    }
}
