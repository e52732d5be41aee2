use std::{collections::VecDeque, num::NonZeroU32};

use crate::{
    Account, Page, Paged,
    error::Error,
    job::scheduler::{Source, Task},
};

/// Decides which page to ask for next.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing that the first page tells")]
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
    pivot: Pivot,
    /// The page whose rows are handed out next.
    pub(super) due: u32,
    /// How many rows come before the first page is not known.
    pub(super) is_start_unknown: bool,
    /// The last page to ask for, as far as is known.
    pub(super) last: u32,
    /// The first page has as many rows as were asked for.
    is_first_full: bool,
    /// The first page said how many rows there are.
    is_total_known: bool,
    /// No page beyond this one is ever asked for.
    bound: u32,
    /// How far ahead of the page that is due pages are asked for.
    most_ahead: u32,
    /// Pages to read again.
    pub(super) to_verify: VecDeque<u32>,
    pub(super) build_error: Option<Error>,
}

/// The third of three or four pages. It is read after the first and before the others: a change between two pages then
/// shows in the first page or in this one, and both are read again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pivot {
    None,
    Next(u32),
    InFlight(u32),
    Read(u32),
}

/// One call of a listing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct PageCall {
    pub(super) page: u32,
    /// Whether the page is read again, to see whether it changed.
    pub(super) is_verification: bool,
}

/// How many pages are read at most where the API does not say how many there are, and where it does.
const MAX_UNANNOUNCED_PAGES: u32 = 10_000;
const MAX_PAGES: u32 = 100_000;

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
            pivot: Pivot::None,
            due: first,
            is_start_unknown: false,
            last: first,
            is_first_full: false,
            is_total_known: false,
            bound: first,
            most_ahead: u32::try_from(max_in_flight).unwrap_or(u32::MAX).saturating_mul(4),
            to_verify: VecDeque::new(),
            build_error: None,
        }
    }

    /// The number of rows before the first page.
    pub(super) fn skipped_rows(&self) -> u64 {
        u64::from(self.first - 1).saturating_mul(self.limit.get().into())
    }

    /// Returns whether rows may follow a first page that seems to be the last one, too: it is full, or the pages before it
    /// may be shorter than was asked for.
    pub(super) fn may_first_be_cut(&self) -> bool {
        self.is_first_full || self.first > 1
    }

    /// Learns from a page how far the list goes.
    pub(super) fn learn(&mut self, number: u32, page: &Page<E::Row>) {
        if number == self.first {
            self.learn_size(page);
        }
        if !self.is_total_known {
            self.last = self.last.max(page.total_pages.unwrap_or(0)).min(self.bound);
        }
    }

    /// Learns from the first page how many rows the server sends per page, and how many pages that makes.
    fn learn_size(&mut self, page: &Page<E::Row>) {
        let rows = u32::try_from(page.rowset.len()).ok().and_then(NonZeroU32::new);
        let rows_per_page = rows.unwrap_or(self.limit);
        self.is_first_full = rows.is_some_and(|rows| rows >= self.limit);
        let total = page.total_rows.unwrap_or(0).saturating_sub(self.skipped_rows());
        let is_cut = rows_per_page < self.limit && total > u64::from(rows_per_page.get());
        // Then the pages before the first one may have fewer rows, too, so it is unknown where it begins.
        self.is_start_unknown = is_cut && self.first > 1;
        if is_cut && !self.is_limit_given && self.first == 1 {
            // The server caps the page size. Ask for what it sends, so that no row is skipped.
            self.limit = rows_per_page;
        }
        let needed = u32::try_from(total.div_ceil(rows_per_page.get().into())).unwrap_or(u32::MAX);
        let announced = needed.max(page.total_pages.unwrap_or(0));
        let most = announced.clamp(MAX_UNANNOUNCED_PAGES, MAX_PAGES);
        self.bound = self.first.saturating_add(most - 1);
        self.is_total_known = page.total_rows.is_some();
        self.last = self.first.saturating_add(needed.saturating_sub(1)).min(self.bound);
        if (3..=4).contains(&needed) {
            self.pivot = Pivot::Next(self.first.saturating_add(2));
        }
    }

    /// Notes that a page was read, or cannot be read.
    pub(super) fn settle(&mut self, page: u32) {
        if self.pivot == Pivot::InFlight(page) {
            self.pivot = Pivot::Read(page);
        }
    }

    /// Goes on behind the last page, up to the bound.
    pub(super) fn extend(&mut self) {
        self.last = self.last.saturating_add(1).min(self.bound);
    }

    /// Asks for no further page.
    pub(super) fn close(&mut self) {
        self.next = None;
        self.pivot = Pivot::None;
        self.to_verify.clear();
    }

    fn upcoming(&self) -> Option<PageCall> {
        if let Some(page) = self.to_verify.front() {
            return Some(PageCall { page: *page, is_verification: true });
        }
        let is_near = |page: &u32| *page <= self.last && page.saturating_sub(self.due) + 1 < self.most_ahead;
        let page = match self.pivot {
            Pivot::Next(page) => Some(page),
            Pivot::InFlight(_) => None,
            Pivot::None | Pivot::Read(_) => self.next.filter(is_near),
        };
        page.map(|page| PageCall { page, is_verification: false })
    }

    fn advance(&mut self, call: PageCall) {
        if call.is_verification {
            self.to_verify.pop_front();
        } else if self.pivot == Pivot::Next(call.page) {
            self.pivot = Pivot::InFlight(call.page);
        } else {
            let next = call.page.checked_add(1);
            let is_read = next.is_some_and(|page| self.pivot == Pivot::Read(page));
            self.next = if is_read { next.and_then(|page| page.checked_add(1)) } else { next };
        }
    }
}

impl<E: Paged> Source<PageCall> for Pages<E> {
    fn has_next(&mut self, _outstanding: usize) -> bool {
        self.build_error.is_none() && self.upcoming().is_some()
    }

    fn next(&mut self, outstanding: usize) -> Option<Task<PageCall>> {
        if !self.has_next(outstanding) {
            return None;
        }
        let page_call = self.upcoming()?;
        let call = self.call.at(NonZeroU32::new(page_call.page)?, self.limit);
        match self.account.request(&call) {
            Ok(request) => {
                self.advance(page_call);
                Some(Task::new(request, page_call))
            }
            Err(error) => {
                self.build_error = Some(error.into());
                None
            }
        }
    }
}
