use std::{collections::VecDeque, num::NonZeroU32};

use crate::{
    Account, Page, Paged,
    error::Error,
    job::scheduler::{Source, Task},
};

/// Decides which page to ask for next.
pub(super) struct Pages<E> {
    account: Account,
    call: E,
    /// The first page that is read.
    pub(super) first: u32,
    /// The number of rows per page.
    limit: NonZeroU32,
    is_limit_given: bool,
    /// The next page to ask for.
    next: Option<u32>,
    /// The page whose rows are handed out next.
    pub(super) due: u32,
    /// The last page to ask for, as far as is known.
    pub(super) last: u32,
    /// No page beyond this one is ever asked for.
    bound: u32,
    /// How far ahead of the page that is due pages are asked for.
    most_ahead: u32,
    /// Pages to read again.
    pub(super) to_verify: VecDeque<u32>,
    pub(super) build_error: Option<Error>,
}

/// One call of a listing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct PageCall {
    pub(super) page: u32,
    /// Whether the page is read again, to see whether it changed.
    pub(super) is_verification: bool,
}

/// How many pages are read at most where the API does not say how many there are.
const MAX_UNANNOUNCED_PAGES: u32 = 10_000;

impl<E: Paged> Pages<E> {
    pub(super) fn new(account: Account, call: E, max_in_flight: usize) -> Self {
        let first = call.first_page().unwrap_or(NonZeroU32::MIN).get();
        let given = call.page_limit();
        Self {
            account,
            first,
            limit: given.unwrap_or(E::MAX_ROWS_PER_PAGE),
            is_limit_given: given.is_some(),
            call,
            next: Some(first),
            due: first,
            last: first,
            bound: first.saturating_add(MAX_UNANNOUNCED_PAGES),
            most_ahead: u32::try_from(max_in_flight).unwrap_or(u32::MAX).saturating_mul(4),
            to_verify: VecDeque::new(),
            build_error: None,
        }
    }

    /// The number of rows before the first page.
    pub(super) fn skipped_rows(&self) -> u64 {
        u64::from(self.first - 1).saturating_mul(self.limit.get().into())
    }

    /// Learns from a page how far the list goes, and how many rows the server sends per page.
    pub(super) fn learn(&mut self, number: u32, page: &Page<E::Row>) {
        let rows = u32::try_from(page.rowset.len()).ok().and_then(NonZeroU32::new);
        if number == self.first
            && let Some(rows) = rows
        {
            let total = page.total_rows.unwrap_or(0).saturating_sub(self.skipped_rows());
            let is_cut = rows < self.limit && total > u64::from(rows.get());
            if is_cut && !self.is_limit_given && self.first == 1 {
                // The server caps the page size. Ask for what it sends, so that no row is skipped.
                self.limit = rows;
            }
            let needed = total.div_ceil(rows.get().into());
            let needed = u32::try_from(needed).unwrap_or(u32::MAX).max(page.total_pages.unwrap_or(0));
            self.bound = self.bound.max(self.first.saturating_add(needed));
        }
        let announced = match page.total_pages {
            Some(pages) => pages,
            // Without a number of pages, an empty page is the last one.
            None if page.rowset.is_empty() => number,
            None => number.saturating_add(1),
        };
        self.last = self.last.max(announced).min(self.bound);
    }

    /// Goes on behind the announced last page. Returns `false` at the bound.
    pub(super) fn extend(&mut self) -> bool {
        let may_extend = self.last < self.bound;
        self.last = self.last.saturating_add(1).min(self.bound);
        may_extend
    }

    /// Asks for no further page.
    pub(super) fn close(&mut self) {
        self.last = self.due.saturating_sub(1);
        self.to_verify.clear();
    }
}

impl<E: Paged> Source<PageCall> for Pages<E> {
    fn has_next(&mut self, _outstanding: usize) -> bool {
        let is_ahead = |page: u32| page <= self.last && page - self.due < self.most_ahead;
        self.build_error.is_none() && (self.next.is_some_and(is_ahead) || !self.to_verify.is_empty())
    }

    fn next(&mut self, outstanding: usize) -> Option<Task<PageCall>> {
        if !self.has_next(outstanding) {
            return None;
        }
        let (page, is_verification) = match self.to_verify.pop_front() {
            Some(page) => (page, true),
            None => (self.next?, false),
        };
        let call = self.call.at(NonZeroU32::new(page)?, self.limit);
        match self.account.request(&call) {
            Ok(request) => {
                if !is_verification {
                    self.next = page.checked_add(1);
                }
                Some(Task::new(request, PageCall { page, is_verification }))
            }
            Err(error) => {
                self.build_error = Some(error.into());
                None
            }
        }
    }
}
