use std::num::NonZeroU32;

use offerslook_core::{Encoder, Endpoint, Page, Paged, Payload, Spec};
use serde::Deserialize;

/// `GET /aff/v1/numbers`, a list that only the model has: its rows are small.
#[derive(Clone, Copy, Debug, Default)]
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
