//! A paged endpoint of a third party.

use std::num::NonZeroU32;

use offerslook_core::{Account, Credentials, Encoder, Endpoint, Network, Page, Paged, Payload, Spec};
use serde::Deserialize;

/// `GET /aff/v1/things`
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Things {
    pub(crate) page: Option<NonZeroU32>,
    pub(crate) limit: Option<NonZeroU32>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Thing {
    pub(crate) id: u64,
}

impl Things {
    pub(crate) fn limit(limit: usize) -> Self {
        Self { page: None, limit: Some(number(limit)) }
    }

    pub(crate) fn page(self, page: usize) -> Self {
        Self { page: Some(number(page)), ..self }
    }
}

fn number(number: usize) -> NonZeroU32 {
    u32::try_from(number).unwrap().try_into().unwrap()
}

impl Endpoint for Things {
    const SPEC: Spec = Spec::get("list_things", "/aff/v1/things", Payload::Whole);
    type Output = Page<Thing>;

    fn encode(&self, request: &mut Encoder) {
        if let Some(page) = self.page {
            request.query("offset", page);
        }
        if let Some(limit) = self.limit {
            request.query("limit", limit);
        }
    }
}

impl Paged for Things {
    type Row = Thing;
    type Id = u64;
    const MAX_ROWS_PER_PAGE: NonZeroU32 = NonZeroU32::new(200).unwrap();

    fn at(&self, page: NonZeroU32, limit: NonZeroU32) -> Self {
        Self { page: Some(page), limit: Some(limit) }
    }

    fn first_page(&self) -> Option<NonZeroU32> {
        self.page
    }

    fn page_limit(&self) -> Option<NonZeroU32> {
        self.limit
    }

    fn id_of(row: &Thing) -> u64 {
        row.id
    }
}

pub(crate) fn account() -> Account {
    let credentials = Credentials::affiliate("affiliate@example.com", "0123456789abcdef").unwrap();
    Account::new("acme".parse::<Network>().unwrap().into(), credentials)
}
