use std::num::NonZeroU32;

use offerslook_core::{
    Batched, Encoder, Endpoint, OfferId, OfferIds, Page, Paged, Payload, Rows, Spec, Verb, error::NoLink,
};
use serde::Deserialize;

/// `POST /aff/v1/batches/offers/applys/{offer_ids}`, defined with the public items of core alone: a change that takes
/// many ids.
#[derive(Debug)]
pub struct Apply(OfferIds);

impl Apply {
    /// Applies for these offers.
    #[must_use]
    pub fn new(ids: OfferIds) -> Self {
        Self(ids)
    }
}

/// The state of one application.
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
    type Output = Rows<Application>;

    fn encode(&self, request: &mut Encoder) {
        request.path(&self.0);
    }
}

impl Batched for Apply {
    type Row = Application;
    type Item = Application;
    const MAX_IDS_PER_CALL: usize = 100;

    fn of(ids: OfferIds) -> Self {
        Self(ids)
    }

    fn id_of(row: &Application) -> OfferId {
        row.offer_id
    }

    fn accept(row: Application) -> Result<Application, NoLink> {
        Ok(row)
    }
}

/// `GET /aff/v1/numbers`, a list that only the model has: its rows are small.
#[derive(Debug, Default)]
pub struct Numbers {
    /// The page and the limit, if they were chosen.
    pub page: Option<(NonZeroU32, NonZeroU32)>,
}

/// One row of the list.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Number {
    /// The id of the row.
    pub id: u64,
}

/// The limit of those who do not choose one.
pub(super) const DEFAULT_LIMIT: u32 = 5;

impl Endpoint for Numbers {
    const SPEC: Spec = Spec::get("numbers", "/aff/v1/numbers", Payload::Whole);
    type Output = Page<Number>;

    fn encode(&self, request: &mut Encoder) {
        if let Some((page, limit)) = self.page {
            request.query("offset", page).query("limit", limit);
        }
    }
}

impl Paged for Numbers {
    type Row = Number;
    type Id = u64;
    const MAX_ROWS_PER_PAGE: NonZeroU32 = NonZeroU32::MIN.saturating_add(4);

    fn at(&self, page: NonZeroU32, limit: NonZeroU32) -> Self {
        Self { page: Some((page, limit)) }
    }

    fn first_page(&self) -> Option<NonZeroU32> {
        self.page.map(|(page, _)| page)
    }

    fn page_limit(&self) -> Option<NonZeroU32> {
        self.page.map(|(_, limit)| limit)
    }

    fn id_of(row: &Number) -> u64 {
        row.id
    }
}
