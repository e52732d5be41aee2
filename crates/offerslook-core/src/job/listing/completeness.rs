use std::{collections::BTreeSet, fmt, sync::Arc};

use crate::{Page, error::Error};

/// Why a listing is not the whole list. It is the last item of such a listing, so that nobody takes the rows
/// for all there are.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the list is not complete: {reason} ({rows} rows came)")]
#[non_exhaustive]
pub struct Incomplete {
    /// How many distinct rows came.
    pub rows: u64,
    /// What is missing.
    pub reason: IncompleteReason,
}

/// What keeps a listing from being complete.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum IncompleteReason {
    /// A page could not be had.
    PageFailed {
        /// Which one, from 1 on.
        page: u32,
        /// Why.
        error: Arc<Error>,
    },
    /// A page brought only rows that had come before. The walk ends there.
    PageRepeated {
        /// Which one, from 1 on.
        page: u32,
    },
    /// The list changed while it was read.
    TotalChanged {
        /// How many rows there were at first.
        from: u64,
        /// How many there were later.
        to: u64,
    },
    /// The API does not say how many rows there are.
    TotalUnknown,
    /// More or fewer distinct rows came than the API says there are.
    RowsDiffer {
        /// How many it says.
        announced: u64,
    },
}

impl fmt::Display for IncompleteReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PageFailed { page, error } => write!(f, "page {page} failed: {error}"),
            Self::PageRepeated { page } => write!(f, "page {page} brought nothing but rows of earlier pages"),
            Self::TotalChanged { from, to } => {
                write!(f, "it changed from {from} to {to} rows while it was read")
            }
            Self::TotalUnknown => f.write_str("the API does not say how many rows there are"),
            Self::RowsDiffer { announced } => write!(f, "the API says that there are {announced} rows"),
        }
    }
}

/// What is known of the whole list, page by page in order.
pub(super) struct Census<Id> {
    seen: BTreeSet<Id>,
    total_rows: Option<u64>,
    flaw: Option<IncompleteReason>,
    is_at_end: bool,
}

impl<Id: Ord> Census<Id> {
    pub(super) fn new() -> Self {
        Self { seen: BTreeSet::new(), total_rows: None, flaw: None, is_at_end: false }
    }

    /// Takes note of the next page and keeps the rows that are new.
    pub(super) fn count<Row>(
        &mut self,
        number: u32,
        page: Page<Row>,
        id_of: impl Fn(&Row) -> Id,
    ) -> Vec<Row> {
        if let Some(to) = page.total_rows {
            let from = *self.total_rows.get_or_insert(to);
            if from != to {
                self.flaw.get_or_insert(IncompleteReason::TotalChanged { from, to });
            }
        }
        let is_empty = page.rowset.is_empty();
        let fresh: Vec<Row> = page.rowset.into_iter().filter(|row| self.seen.insert(id_of(row))).collect();
        if fresh.is_empty() {
            // Whatever the totals say: were empty pages passed over, a wrong total would never end.
            self.is_at_end = true;
            if !is_empty {
                self.flaw = Some(IncompleteReason::PageRepeated { page: number });
            }
        }
        fresh
    }

    pub(super) fn fail(&mut self, page: u32, error: Arc<Error>) {
        self.flaw = Some(IncompleteReason::PageFailed { page, error });
        self.is_at_end = true;
    }

    /// Whether the walk is at its end, come what may.
    pub(super) fn is_over(&self) -> bool {
        self.is_at_end
    }

    /// What the listing lacks, once every page was counted.
    pub(super) fn verdict(&mut self) -> Option<Incomplete> {
        let rows = u64::try_from(self.seen.len()).unwrap_or(u64::MAX);
        let differs = match self.total_rows {
            Some(announced) if announced != rows => Some(IncompleteReason::RowsDiffer { announced }),
            Some(_) => None,
            None => Some(IncompleteReason::TotalUnknown),
        };
        self.flaw.take().or(differs).map(|reason| Incomplete { rows, reason })
    }
}
