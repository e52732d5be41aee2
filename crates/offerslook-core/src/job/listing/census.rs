use std::{cmp::Ordering, collections::BTreeSet};

use super::rereads::{ReadAt, Rereads};
use crate::{
    Page,
    error::{Error, Incomplete, IncompleteReason},
};

/// What is known about the whole list, page by page in order.
pub(super) struct Census<Id> {
    seen: BTreeSet<Id>,
    /// How many rows come before the first page that is read.
    skipped: u64,
    /// The number of rows, as the first page has it.
    total_rows: Option<u64>,
    /// The highest number of pages that the API announced.
    total_pages: u32,
    has_changed: bool,
    /// How many rows come before the first page is not known, so a total says little.
    is_start_unknown: bool,
    /// The first page that could not be read, and why.
    failed: Option<(u32, Error)>,
    /// Why the listing ended early, or why a page could not be read again; and which page.
    ended: Option<(u32, Error)>,
    /// The number of consecutive pages that failed, or whose rows were mostly known.
    barren: u32,
    last_page: u32,
    rereads: Rereads<Id>,
}

/// After so many consecutive pages with hardly a new row, the listing ends: the server does not count pages as we do.
const MAX_BARREN_PAGES: u32 = 3;

impl<Id: Ord> Census<Id> {
    pub(super) fn new(first: u32, skipped: u64) -> Self {
        Self {
            seen: BTreeSet::new(),
            skipped,
            total_rows: None,
            total_pages: 0,
            has_changed: false,
            is_start_unknown: false,
            failed: None,
            ended: None,
            barren: 0,
            last_page: 0,
            rereads: Rereads::new(first),
        }
    }

    /// Counts the next page, and returns the rows that are new.
    pub(super) fn count<Row>(
        &mut self,
        number: u32,
        read: ReadAt,
        page: Page<Row>,
        id_of: impl Fn(&Row) -> Id,
    ) -> Vec<Row> {
        if self.last_page == 0 {
            self.total_rows = page.total_rows;
        }
        // Past the end, some servers say that there are no rows.
        let is_past_end = page.rowset.is_empty() && self.compare_to_total() == Some(Ordering::Equal);
        self.has_changed |= self.total_differs(&page) && !is_past_end;
        self.last_page = number;
        self.total_pages = self.total_pages.max(page.total_pages.unwrap_or(0));
        self.rereads.add(number, sorted_ids(&page.rowset, &id_of), read);
        let rows = page.rowset.len();
        let fresh: Vec<Row> = page.rowset.into_iter().filter(|row| self.seen.insert(id_of(row))).collect();
        // A server that repeats pages may have done so before the first one.
        self.is_start_unknown |= self.skipped > 0 && rows > 0 && fresh.is_empty();
        self.barren = if fresh.is_empty() || fresh.len() < rows / 2 { self.barren + 1 } else { 0 };
        fresh
    }

    /// Notes that a page could not be read.
    pub(super) fn fail(&mut self, page: u32, error: Error) {
        self.last_page = page;
        self.barren += 1;
        self.failed.get_or_insert((page, error));
    }

    /// Notes that no page is read any more. Whether the list changed is not known.
    pub(super) fn end(&mut self, page: u32, error: Error) {
        self.ended.get_or_insert((page, error));
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failed.is_some()
    }

    /// Returns whether further pages need not be read. One more is read although all rows came, in case their number is
    /// wrong, where the API announces further pages, or where a full first page `may_be_cut`: some servers count the
    /// rows of the page.
    pub(super) fn is_over(&self, may_be_cut: bool) -> bool {
        let is_last = self.last_page >= self.total_pages && !may_be_cut;
        self.barren >= MAX_BARREN_PAGES
            || match self.compare_to_total() {
                Some(Ordering::Less) => false,
                Some(Ordering::Equal) => is_last || self.barren > 0,
                Some(Ordering::Greater) => is_last,
                None => is_last && self.barren > 0,
            }
    }

    /// Returns the pages to read again at the end, to see whether the list changed meanwhile.
    pub(super) fn pages_to_verify(&self) -> Vec<u32> {
        if self.flaw().is_some() { Vec::new() } else { self.rereads.pages() }
    }

    /// Compares a page with what it held when it was read first.
    pub(super) fn verify<Row>(&mut self, number: u32, page: &Page<Row>, id_of: impl Fn(&Row) -> Id) {
        let is_same = self.rereads.is_same(number, &sorted_ids(&page.rowset, id_of));
        self.has_changed |= !is_same || self.total_differs(page);
    }

    fn total_differs<Row>(&self, page: &Page<Row>) -> bool {
        let totals = self.total_rows.zip(page.total_rows);
        totals.is_some_and(|(total, now)| total != now)
    }

    /// Returns what the listing lacks, once every page was counted.
    pub(super) fn incomplete(&self) -> Option<Incomplete> {
        self.flaw().map(|reason| Incomplete::new(self.rows(), reason))
    }

    pub(super) fn set_start_unknown(&mut self) {
        self.is_start_unknown = true;
    }

    fn flaw(&self) -> Option<IncompleteReason> {
        let has_all = self.compare_to_total() == Some(Ordering::Equal) || self.is_empty();
        // Rows that came all the same make up for a page that failed.
        let failed = self.ended.as_ref().or(self.failed.as_ref().filter(|_| !has_all));
        match (failed, self.total_rows) {
            (Some((page, error)), _) => {
                Some(IncompleteReason::PageFailed { page: *page, error: error.clone().into() })
            }
            _ if self.has_changed => Some(IncompleteReason::Changed),
            (_, Some(total)) if self.is_start_unknown => Some(IncompleteReason::RowsDiffer { total }),
            _ if has_all => None,
            (_, None) => Some(IncompleteReason::TotalUnknown),
            _ if self.barren >= MAX_BARREN_PAGES => {
                Some(IncompleteReason::NothingNew { page: self.last_page })
            }
            (_, Some(total)) => Some(IncompleteReason::RowsDiffer { total }),
        }
    }

    /// The API sent no rows, and nothing that says that there are any.
    fn is_empty(&self) -> bool {
        self.total_rows.is_none()
            && self.total_pages == 0
            && self.failed.is_none()
            && self.skipped == 0
            && self.seen.is_empty()
    }

    /// Compares the number of rows with the one that the API reports, if it does.
    fn compare_to_total(&self) -> Option<Ordering> {
        Some(self.rows().cmp(&self.total_rows?.saturating_sub(self.skipped)))
    }

    fn rows(&self) -> u64 {
        u64::try_from(self.seen.len()).unwrap_or(u64::MAX)
    }
}

fn sorted_ids<Row, Id: Ord>(rows: &[Row], id_of: impl Fn(&Row) -> Id) -> Vec<Id> {
    let mut ids: Vec<Id> = rows.iter().map(id_of).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
