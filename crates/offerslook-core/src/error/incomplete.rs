use std::fmt;

use super::Error;

/// Why a listing is not the complete list. It ends such a listing, so that its rows are not taken for all rows.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Incomplete {
    /// The number of distinct rows that the listing yielded.
    pub rows: u64,
    /// What went wrong.
    pub reason: IncompleteReason,
}

impl Incomplete {
    pub(crate) fn new(rows: u64, reason: IncompleteReason) -> Self {
        Self { rows, reason }
    }
}

/// What kept a listing from being complete.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum IncompleteReason {
    /// A page could not be read.
    PageFailed {
        /// The page, from 1 on.
        page: u32,
        /// Why.
        error: std::sync::Arc<Error>,
    },
    /// Consecutive pages had few or no new rows, although rows are missing.
    NothingNew {
        /// The last page that was read, from 1 on.
        page: u32,
    },
    /// The list changed while it was read.
    Changed,
    /// The API does not say how many rows the list has.
    TotalUnknown,
    /// The number of distinct rows differs from the total that the API reports.
    RowsDiffer {
        /// The total that the API reports.
        total: u64,
    },
}

impl IncompleteReason {
    /// Returns the error of the page that failed.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::PageFailed { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.rows;
        let noun = if rows == 1 { "row" } else { "rows" };
        write!(f, "the list is not complete ({rows} {noun} read): ")?;
        match &self.reason {
            IncompleteReason::PageFailed { page, error } => write!(f, "page {page} failed: {error}"),
            IncompleteReason::NothingNew { page } => {
                write!(
                    f,
                    "the last pages up to page {page} had few or no new rows, although rows are missing"
                )
            }
            IncompleteReason::Changed => f.write_str("it changed while it was being read"),
            IncompleteReason::TotalUnknown => f.write_str("the API does not say how many rows there are"),
            IncompleteReason::RowsDiffer { total } => write!(f, "the API reports a total of {total}"),
        }
    }
}
