//! `GET /aff/v1/notes`

use std::num::NonZeroU32;

use offerslook::{Encoder, Endpoint, OfferId, Page, Paged, Payload, Spec};

use crate::Note;

/// List all notes, one page of at most 40 per call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListNotes {
    page: Option<NonZeroU32>,
    limit: Option<NonZeroU32>,
}

impl Endpoint for ListNotes {
    const SPEC: Spec = Spec::get("list_notes", "/aff/v1/notes", Payload::Whole);
    type Output = Page<Note>;

    fn encode(&self, request: &mut Encoder) {
        if let Some(page) = self.page {
            request.query("offset", page);
        }
        if let Some(limit) = self.limit {
            request.query("limit", limit);
        }
    }
}

impl Paged for ListNotes {
    type Row = Note;
    type Id = OfferId;
    const MAX_ROWS_PER_PAGE: NonZeroU32 = NonZeroU32::new(40).unwrap();

    fn at(&self, page: NonZeroU32, limit: NonZeroU32) -> Self {
        Self { page: Some(page), limit: Some(limit) }
    }

    fn first_page(&self) -> Option<NonZeroU32> {
        self.page
    }

    fn page_limit(&self) -> Option<NonZeroU32> {
        self.limit
    }

    fn id_of(row: &Note) -> OfferId {
        row.offer_id
    }
}
