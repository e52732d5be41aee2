use std::{collections::BTreeMap, time::Duration};

use crate::job::Moment;

/// Chooses the pages to read again at the end, and compares them with what they held before.
///
/// A change that keeps the number of rows moves rows from one page to the next. It stays unseen if it falls between the
/// reads of two neighbouring pages, unless the one that was read first is read again. Two pages can be: the first one,
/// and the one after whose read most time went by until a neighbour was read.
pub(super) struct Rereads<Id> {
    first: u32,
    latest: u32,
    chosen: u32,
    widest_gap: Duration,
    /// What the pages held that are needed later: the first one, the latest one, and the chosen one.
    pages: BTreeMap<u32, ReadPage<Id>>,
}

struct ReadPage<Id> {
    ids: Vec<Id>,
    read: ReadAt,
}

/// When a page was read: the moment, and the number of the call.
pub(super) type ReadAt = (Moment, u64);

impl<Id: Ord> Rereads<Id> {
    pub(super) fn new(first: u32) -> Self {
        Self { first, latest: first, chosen: first, widest_gap: Duration::ZERO, pages: BTreeMap::new() }
    }

    /// Takes the next page of the list.
    pub(super) fn add(&mut self, page: u32, ids: Vec<Id>, read: ReadAt) {
        if ids.is_empty() {
            return;
        }
        if let Some(before) = self.pages.get(&self.latest) {
            let (_, earlier) = (before.read, self.latest).min((read, page));
            let gap = read.0.since(before.read.0).max(before.read.0.since(read.0));
            if earlier != self.first && gap >= self.widest_gap {
                (self.chosen, self.widest_gap) = (earlier, gap);
            }
        }
        self.pages.insert(page, ReadPage { ids, read });
        self.latest = page;
        let needed = [self.first, self.chosen, page];
        self.pages.retain(|page, _| needed.contains(page));
    }

    /// Returns the pages to read again. A list of one page comes in one piece.
    pub(super) fn pages(&self) -> Vec<u32> {
        if self.latest == self.first {
            return Vec::new();
        }
        let mut pages = vec![self.first, self.chosen];
        pages.dedup();
        pages
    }

    /// Returns whether the page holds what it held before.
    pub(super) fn is_same(&self, page: u32, ids: &[Id]) -> bool {
        self.pages.get(&page).is_some_and(|before| before.ids == ids)
    }
}
