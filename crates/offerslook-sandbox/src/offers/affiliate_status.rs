use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::Deserialize;

/// The affiliate's status for an offer: the state of its application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AffiliateStatus {
    /// The affiliate has not applied.
    NotApplied,
    /// The affiliate has applied, and the network has not decided yet.
    Pending,
    /// The network approved the affiliate: the offer is in its personal list.
    Approved,
    /// The network rejected the application.
    Rejected,
}

impl AffiliateStatus {
    /// Returns the name in the API; `None` without an application.
    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Self::NotApplied => None,
            Self::Pending => Some("pending"),
            Self::Approved => Some("approved"),
            Self::Rejected => Some("rejected"),
        }
    }
}

/// The statuses that have changed since the start. The initial status is a part of the offer.
#[derive(Default)]
pub(super) struct AffiliateStatuses(Mutex<BTreeMap<u64, AffiliateStatus>>);

impl AffiliateStatuses {
    pub(super) fn get(&self, offer_id: u64, initial: AffiliateStatus) -> AffiliateStatus {
        self.lock().get(&offer_id).copied().unwrap_or(initial)
    }

    /// Changes a status atomically, and returns it before and after.
    pub(super) fn change(
        &self,
        offer_id: u64,
        initial: AffiliateStatus,
        change: impl FnOnce(AffiliateStatus) -> AffiliateStatus,
    ) -> (AffiliateStatus, AffiliateStatus) {
        let mut changed = self.lock();
        let before = changed.get(&offer_id).copied().unwrap_or(initial);
        let after = change(before);
        if after == initial {
            changed.remove(&offer_id);
        } else {
            changed.insert(offer_id, after);
        }
        (before, after)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, AffiliateStatus>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
