use std::num::NonZeroU32;

use super::Limit;
use crate::endpoint::Encoder;

/// Which page of a list, and how large a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::affiliate) struct Paging<const MOST: u32> {
    pub(in crate::affiliate) page: NonZeroU32,
    pub(in crate::affiliate) limit: Limit<MOST>,
}

impl<const MOST: u32> Default for Paging<MOST> {
    /// The first page, as large as it may be.
    fn default() -> Self {
        Self { page: NonZeroU32::MIN, limit: Limit::MOST }
    }
}

impl<const MOST: u32> Paging<MOST> {
    pub(in crate::affiliate) const MAX_ROWS_PER_PAGE: NonZeroU32 = Limit::<MOST>::MOST.get();

    pub(in crate::affiliate) fn at(page: NonZeroU32, limit: NonZeroU32) -> Self {
        Self { page, limit: Limit::at_most(limit) }
    }

    pub(in crate::affiliate) fn encode(self, request: &mut Encoder) {
        request.query("offset", self.page).query("limit", self.limit.get());
    }
}

/// The methods of a list's builder that choose the page.
macro_rules! page_and_limit {
    ($most:literal) => {
        /// Asks for this page, from 1 on. Without it, for the first.
        #[must_use]
        pub fn page(mut self, page: std::num::NonZeroU32) -> Self {
            self.paging.page = page;
            self
        }

        /// Asks for pages of this size. Without it, for pages as large as they may be.
        #[must_use]
        pub fn limit(mut self, limit: $crate::affiliate::Limit<$most>) -> Self {
            self.paging.limit = limit;
            self
        }
    };
}

pub(in crate::affiliate) use page_and_limit;
