use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::Deserialize;

/// How far the affiliate is with an offer: what became of its application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Standing {
    /// It has not applied.
    NotApplied,
    /// It has applied, and the network has yet to decide.
    Pending,
    /// It is approved: the offer is in its personal list.
    Approved,
    /// The network said no.
    Rejected,
}

impl Standing {
    /// The service's word for it; none where nothing has been applied for.
    pub(crate) fn word(self) -> Option<&'static str> {
        match self {
            Self::NotApplied => None,
            Self::Pending => Some("pending"),
            Self::Approved => Some("approved"),
            Self::Rejected => Some("rejected"),
        }
    }
}

/// The standings that have changed since the start. The first standing of an offer is a part of the offer.
#[derive(Default)]
pub(super) struct Standings(Mutex<BTreeMap<u64, Standing>>);

impl Standings {
    pub(super) fn get(&self, offer_id: u64, first: Standing) -> Standing {
        self.lock().get(&offer_id).copied().unwrap_or(first)
    }

    /// Changes a standing without anything in between, and gives back what it was and what it is.
    pub(super) fn change(
        &self,
        offer_id: u64,
        first: Standing,
        change: impl FnOnce(Standing) -> Standing,
    ) -> (Standing, Standing) {
        let mut changed = self.lock();
        let before = changed.get(&offer_id).copied().unwrap_or(first);
        let after = change(before);
        if after == first {
            changed.remove(&offer_id);
        } else {
            changed.insert(offer_id, after);
        }
        (before, after)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Standing>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
