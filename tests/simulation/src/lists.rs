/// How the model server answers those who read a list page by page. The default is a list that stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListBehaviour {
    /// After this many calls, the list is another one.
    pub change: Option<(u64, ListChange)>,
    /// What is said about the number of pages.
    pub total_pages: Total,
    /// What is said about the number of rows.
    pub total_rows: Total,
    /// The maximum number of rows in a page, which nobody is told.
    pub page_cap: Option<PageCap>,
    /// A larger limit is refused.
    pub max_limit: Option<usize>,
    /// This page is always refused.
    pub refused_page: Option<usize>,
    /// This page, and every later one, has the rows of the one before it.
    pub repeats_from: Option<usize>,
    /// Pages past the end are refused.
    pub refuses_past_end: bool,
    /// Whether the rows come as an object with the keys "0", "1", ….
    pub is_object: bool,
}

/// A change of a list. Positions count from 0 and are taken modulo the number of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListChange {
    /// A new row at this position.
    Insert(usize),
    /// The row at this position is gone.
    Remove(usize),
    /// One row is gone, and a new one is there: the total stays.
    Replace {
        /// The position of the row that is gone.
        gone: usize,
        /// The position of the new row.
        new: usize,
    },
}

/// What a server says about a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Total {
    /// The truth.
    #[default]
    True,
    /// Less.
    Less(usize),
    /// More.
    More(usize),
    /// Nothing.
    Unsaid,
}

/// A maximum number of rows in a page. The number of pages is computed from the limit that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageCap {
    /// Pages follow one another: there are more of them.
    Shorter(usize),
    /// Pages begin where they would without it: rows are missing between them.
    Gaps(usize),
}

/// The id of a new row is so much higher than any other.
const NEW_ROW: u64 = 5_000_000;

impl ListChange {
    /// Returns the list after the change.
    #[must_use]
    pub fn apply(self, list: &[u64]) -> Vec<u64> {
        let mut list = list.to_vec();
        let (gone, new) = match self {
            Self::Insert(new) => (None, Some(new)),
            Self::Remove(gone) => (Some(gone), None),
            Self::Replace { gone, new } => (Some(gone), Some(new)),
        };
        if let Some(gone) = gone.filter(|_| !list.is_empty()) {
            list.remove(gone % list.len());
        }
        if let Some(new) = new {
            let id = list.iter().max().map_or(1, |id| id + NEW_ROW);
            list.insert(new % (list.len() + 1), id);
        }
        list
    }
}

/// A page as the server sends it.
pub(super) struct PageReply {
    pub(super) rows: Vec<u64>,
    pub(super) total_pages: Option<usize>,
    pub(super) total_rows: Option<usize>,
}

impl Total {
    fn say(self, number: usize) -> Option<usize> {
        match self {
            Self::True => Some(number),
            Self::Less(by) => Some(number.saturating_sub(by)),
            Self::More(by) => Some(number + by),
            Self::Unsaid => None,
        }
    }
}

impl ListBehaviour {
    /// Returns the list after so many calls.
    #[must_use]
    pub fn list_at(&self, list: &[u64], calls: u64) -> Vec<u64> {
        match self.change {
            Some((after, change)) if calls > after => change.apply(list),
            _ => list.to_vec(),
        }
    }

    /// Returns the number of rows from the begin of one page to the begin of the next, and in a page.
    #[must_use]
    pub fn page_size(&self, limit: usize) -> (usize, usize) {
        match self.page_cap {
            Some(PageCap::Shorter(most)) => (limit.min(most), limit.min(most)),
            Some(PageCap::Gaps(most)) => (limit, limit.min(most)),
            None => (limit, limit),
        }
    }

    pub(super) fn is_past_end(&self, list: &[u64], page: usize, limit: usize) -> bool {
        page > 1 && (page - 1) * self.page_size(limit).0 >= list.len()
    }

    /// Returns this page, or `None` if it is refused.
    pub(super) fn page(&self, list: &[u64], page: usize, limit: usize) -> Option<PageReply> {
        let (step, size) = self.page_size(limit);
        if self.max_limit.is_some_and(|most| limit > most)
            || self.refused_page == Some(page)
            || (self.refuses_past_end && self.is_past_end(list, page, limit))
        {
            return None;
        }
        let shown = match self.repeats_from {
            Some(from) if page >= from => from.saturating_sub(1).max(1),
            _ => page,
        };
        Some(PageReply {
            rows: list.iter().skip((shown - 1) * step).take(size).copied().collect(),
            total_pages: self.total_pages.say(list.len().div_ceil(limit)),
            total_rows: self.total_rows.say(list.len()),
        })
    }
}
