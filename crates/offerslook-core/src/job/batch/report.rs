use crate::{OfferId, endpoint::UnusableRow};

/// What a batch noticed besides its outcomes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Rows of offers that the call did not ask for.
    pub unrequested_rows: Noted<OfferId>,
    /// Further rows of an offer that already had one in the same answer.
    pub duplicate_rows: Noted<OfferId>,
    /// Rows that do not decode, among rows that do.
    pub unusable_rows: Noted<UnusableRow>,
    /// Elements without a usable row for which nothing could be proved, among those that the job has yielded. Their
    /// outcome is [`Unanswered`](crate::error::IdError::Unanswered).
    pub unproved: Noted<OfferId>,
    /// The number of yielded elements that were taken to have no row, without proof, because
    /// [`trust_missing_rows`](crate::job::OptionsBuilder::trust_missing_rows) is set.
    pub assumed_missing: u64,
    /// The size, in ids, of the smallest call whose response was truncated without an error. `None` if there was none.
    pub truncated_at: Option<usize>,
}

/// The number of times that something was seen, and the first examples.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Noted<T> {
    /// The number of times that it was seen.
    pub count: u64,
    /// The first examples, at most [`Noted::MAX_EXAMPLES`].
    pub first: Vec<T>,
}

impl<T> Noted<T> {
    /// The maximum number of examples that are kept.
    pub const MAX_EXAMPLES: usize = 5;

    pub(super) fn note(&mut self, example: T) {
        self.count = self.count.saturating_add(1);
        if self.first.len() < Self::MAX_EXAMPLES {
            self.first.push(example);
        }
    }
}

impl<T> Default for Noted<T> {
    fn default() -> Self {
        Self { count: 0, first: Vec::new() }
    }
}
