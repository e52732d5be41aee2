use std::{
    fmt,
    ops::{AddAssign, Range},
};

use offerslook_core::{Error, IdError, OfferId, affiliate::batches::OfferLink};

/// The number of outcomes of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outcomes {
    /// Ids with a link.
    pub found: u64,
    /// Ids with a row that has no link, or without a row.
    pub without_link: u64,
    /// Ids whose call failed after all retries.
    pub failed: u64,
}

/// Checks the items of one run as they come.
pub(super) struct Check {
    expected: Range<u64>,
    outcomes: Outcomes,
}

impl Check {
    pub(super) fn new(ids: Range<u64>) -> Self {
        Self { expected: ids, outcomes: Outcomes::default() }
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = u64> + Send + use<> {
        self.expected.clone()
    }

    pub(super) fn item(&mut self, item: Result<(OfferId, Result<OfferLink, IdError>), Error>) {
        let (id, outcome) = item.unwrap();
        assert_eq!(Some(id.get()), self.expected.next(), "one outcome for every id, in input order");
        match outcome {
            Ok(link) => {
                assert_eq!(link.offer_id, id, "the link of the id");
                self.outcomes.found += 1;
            }
            Err(IdError::NoLink(_) | IdError::NoRow) => self.outcomes.without_link += 1,
            Err(IdError::Failed(_)) => self.outcomes.failed += 1,
            Err(other) => panic!("{id}: {other:?}"),
        }
    }

    pub(super) fn finish(mut self) -> Outcomes {
        assert_eq!(self.expected.next(), None, "an id without an outcome");
        self.outcomes
    }
}

impl Outcomes {
    /// Returns the number of all outcomes.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.found + self.without_link + self.failed
    }
}

impl AddAssign for Outcomes {
    fn add_assign(&mut self, other: Self) {
        self.found += other.found;
        self.without_link += other.without_link;
        self.failed += other.failed;
    }
}

impl fmt::Display for Outcomes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { found, without_link, failed } = self;
        write!(f, "{} outcomes: {found} found, {without_link} without a link, {failed} failed", self.total())
    }
}
