use std::collections::{BTreeSet, VecDeque};

use crate::{
    Page,
    error::{Error, Incomplete, IncompleteReason},
};

/// What is known about the whole list, page by page in order.
pub(super) struct Census<Id> {
    seen: BTreeSet<Id>,
    /// The first page that is read.
    first: u32,
    /// How many rows come before the first page that is read.
    skipped: u64,
    total_rows: Option<u64>,
    has_changed: bool,
    /// The first page that could not be read, and why.
    failed: Option<(u32, Error)>,
    /// The first page that could not be read again.
    unverified: Option<(u32, Error)>,
    /// The number of consecutive pages that brought nothing new.
    barren: u32,
    last_page: u32,
    /// The ids of the first page, and of the two latest pages, to compare them with when they are read again.
    first_ids: Vec<Id>,
    latest_ids: VecDeque<(u32, Vec<Id>)>,
}

/// After so many consecutive pages without a new row, the listing ends.
const MAX_BARREN_PAGES: u32 = 3;

impl<Id: Ord> Census<Id> {
    pub(super) fn new(first: u32, skipped: u64) -> Self {
        Self {
            seen: BTreeSet::new(),
            first,
            skipped,
            total_rows: None,
            has_changed: false,
            failed: None,
            unverified: None,
            barren: 0,
            last_page: 0,
            first_ids: Vec::new(),
            latest_ids: VecDeque::new(),
        }
    }

    /// Counts the next page, and returns the rows that are new.
    pub(super) fn count<Row>(
        &mut self,
        number: u32,
        page: Page<Row>,
        id_of: impl Fn(&Row) -> Id,
    ) -> Vec<Row> {
        self.last_page = number;
        if let Some(total) = page.total_rows {
            self.has_changed |= *self.total_rows.get_or_insert(total) != total;
        }
        let ids = sorted_ids(&page.rowset, &id_of);
        let fresh: Vec<Row> = page.rowset.into_iter().filter(|row| self.seen.insert(id_of(row))).collect();
        self.barren = if fresh.is_empty() { self.barren + 1 } else { 0 };
        if number == self.first {
            self.first_ids = sorted_ids(&fresh, &id_of);
        }
        if !ids.is_empty() {
            self.latest_ids.push_back((number, ids));
            if self.latest_ids.len() > 2 {
                self.latest_ids.pop_front();
            }
        }
        fresh
    }

    /// Notes that a page could not be read.
    pub(super) fn fail(&mut self, page: u32, error: Error) {
        self.last_page = page;
        self.barren += 1;
        self.failed.get_or_insert((page, error));
    }

    /// Notes that a page could not be read again: whether the list changed is not known.
    pub(super) fn fail_verification(&mut self, page: u32, error: Error) {
        self.unverified.get_or_insert((page, error));
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failed.is_some()
    }

    /// The number of rows that are missing, as far as the API says how many there are.
    pub(super) fn missing(&self) -> Option<u64> {
        Some(self.total_rows?.saturating_sub(self.skipped).saturating_sub(self.rows()))
    }

    /// Returns whether reading further pages cannot bring anything.
    pub(super) fn is_over(&self) -> bool {
        let has_all = self.total_rows.is_some() && self.missing() == Some(0);
        let is_at_end = self.total_rows.is_none() && self.barren > 0;
        has_all || is_at_end || self.barren >= MAX_BARREN_PAGES
    }

    /// The pages to read again at the end, to see whether the list changed meanwhile: the first one, and the one before
    /// the last one.
    pub(super) fn pages_to_verify(&self) -> Vec<u32> {
        let first = self.first;
        if self.flaw().is_some() || self.last_page == first {
            return Vec::new();
        }
        let before_last = match &self.latest_ids {
            pages if pages.len() == 2 => pages.front().map(|(number, _)| *number),
            _ => None,
        };
        std::iter::once(first).chain(before_last.filter(|page| *page != first)).collect()
    }

    /// Compares a page with what it held when it was read first.
    pub(super) fn verify<Row>(&mut self, number: u32, page: &Page<Row>, id_of: impl Fn(&Row) -> Id) {
        let ids = sorted_ids(&page.rowset, &id_of);
        let earlier = if number == self.first {
            Some(&self.first_ids)
        } else {
            self.latest_ids.iter().find(|(known, _)| *known == number).map(|(_, ids)| ids)
        };
        let same_total = page.total_rows.is_none() || page.total_rows == self.total_rows;
        self.has_changed |= earlier != Some(&ids) || !same_total;
    }

    /// Returns what the listing lacks, once every page was counted.
    pub(super) fn incomplete(&self) -> Option<Incomplete> {
        self.flaw().map(|reason| Incomplete::new(self.rows(), reason))
    }

    fn flaw(&self) -> Option<IncompleteReason> {
        let has_all = self.total_rows.map(|total| total.saturating_sub(self.skipped)) == Some(self.rows());
        // Rows that came all the same make up for a page that failed.
        let failed = self.failed.as_ref().filter(|_| !has_all).or(self.unverified.as_ref());
        match (failed, self.total_rows) {
            (Some((page, error)), _) => {
                Some(IncompleteReason::PageFailed { page: *page, error: error.clone().into() })
            }
            _ if self.has_changed => Some(IncompleteReason::Changed),
            _ if has_all => None,
            (_, None) => Some(IncompleteReason::TotalUnknown),
            _ if self.barren >= MAX_BARREN_PAGES => {
                Some(IncompleteReason::NothingNew { page: self.last_page })
            }
            (_, Some(total)) => Some(IncompleteReason::RowsDiffer { total }),
        }
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
