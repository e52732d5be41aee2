use std::{
    fmt,
    iter::Sum,
    ops::{AddAssign, Range},
};

use offerslook_core::{
    OfferId,
    affiliate::batches::TrackingLinkRow,
    job::{BatchItem, Outcome},
};

/// How often each kind of outcome came.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outcomes {
    /// With a row.
    pub found: u64,
    /// Without one.
    pub absent: u64,
    /// After all attempts.
    pub failed: u64,
}

/// Checks the outcomes of one run as they come.
pub(super) struct Check {
    due: Range<u64>,
    outcomes: Outcomes,
}

impl Check {
    pub(super) fn of(ids: Range<u64>) -> Self {
        Self { due: ids, outcomes: Outcomes::default() }
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = OfferId> + Send + use<> {
        self.due.clone().filter_map(OfferId::new)
    }

    pub(super) fn take(&mut self, item: BatchItem<TrackingLinkRow>) {
        let BatchItem::Outcome { id, outcome } = item else { return };
        assert_eq!(Some(id.get()), self.due.next(), "one outcome for every id, in the asked order");
        match outcome {
            Outcome::Found(row) => {
                assert_eq!(row.offer_id, id, "the row of the id");
                self.outcomes.found += 1;
            }
            Outcome::Absent => self.outcomes.absent += 1,
            Outcome::Failed(_) => self.outcomes.failed += 1,
            other => panic!("{id}: {other:?}"),
        }
    }

    pub(super) fn finish(mut self) -> Outcomes {
        assert_eq!(self.due.next(), None, "an id without an outcome");
        self.outcomes
    }
}

impl Outcomes {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.found + self.absent + self.failed
    }
}

impl AddAssign for Outcomes {
    fn add_assign(&mut self, other: Self) {
        self.found += other.found;
        self.absent += other.absent;
        self.failed += other.failed;
    }
}

impl Sum for Outcomes {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        let mut sum = Self::default();
        all.for_each(|one| sum += one);
        sum
    }
}

impl fmt::Display for Outcomes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { found, absent, failed } = self;
        write!(f, "outcomes {}: found {found}, absent {absent}, failed {failed}", self.total())
    }
}
