use std::num::NonZeroU32;

use super::Limit;
use crate::endpoint::Encoder;

/// Which page of a list to ask for, and how many rows per page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::affiliate) struct Paging<const MAX_ROWS: u32> {
    pub(in crate::affiliate) page: Option<NonZeroU32>,
    pub(in crate::affiliate) limit: Option<Limit<MAX_ROWS>>,
}

impl<const MAX_ROWS: u32> Paging<MAX_ROWS> {
    pub(in crate::affiliate) const MAX_ROWS_PER_PAGE: NonZeroU32 = Limit::<MAX_ROWS>::MAX.get();

    pub(in crate::affiliate) fn at(page: NonZeroU32, limit: NonZeroU32) -> Self {
        Self { page: Some(page), limit: Some(Limit::at_most(limit)) }
    }

    pub(in crate::affiliate) fn encode(self, request: &mut Encoder) {
        request.query("offset", self.page.unwrap_or(NonZeroU32::MIN));
        request.query("limit", self.limit.unwrap_or(Limit::MAX).get());
    }
}

/// The methods of a list's builder that choose the page.
macro_rules! page_and_limit {
    ($max_rows:literal) => {
        /// Asks for this page, counted from 1. Default: the first.
        #[must_use]
        pub fn page(mut self, page: std::num::NonZeroU32) -> Self {
            self.paging.page = Some(page);
            self
        }

        /// Asks for this number of rows per page. Default: the maximum.
        #[must_use]
        pub fn limit(mut self, limit: $crate::affiliate::Limit<$max_rows>) -> Self {
            self.paging.limit = Some(limit);
            self
        }
    };
}

/// The methods of [`Paged`](crate::Paged) that tell which page the caller chose.
macro_rules! chosen_page {
    () => {
        fn first_page(&self) -> Option<std::num::NonZeroU32> {
            self.paging.page
        }

        fn page_limit(&self) -> Option<std::num::NonZeroU32> {
            self.paging.limit.map($crate::affiliate::Limit::get)
        }
    };
}

pub(in crate::affiliate) use {chosen_page, page_and_limit};
