use std::{fmt, sync::Arc};

use super::{Completion, quota::Slot};

/// The right to answer one attempt, once: it cannot be copied, and [`Job::answered`](super::Job::answered) consumes it.
pub struct Ticket {
    pub(super) issuer: Issuer,
    pub(super) serial: u64,
    pub(super) slot: Slot,
}

impl Ticket {
    /// Returns the id of the attempt, which [`Action::Cancel`](super::Action::Cancel) names.
    #[must_use]
    pub fn id(&self) -> AttemptId {
        AttemptId(self.serial)
    }

    /// Returns a handle that reports the end of the call to the quota, from another task or thread.
    #[must_use]
    pub fn completion(&self) -> Completion {
        Completion(self.slot.clone())
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ticket({})", self.serial)
    }
}

/// Identifies one attempt of one job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttemptId(pub(super) u64);

/// Identifies the job that issued a ticket, by its place in memory.
#[derive(Clone, Default)]
pub(super) struct Issuer(Arc<u8>);

impl PartialEq for Issuer {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The ticket belongs to another job. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this answer belongs to another job: return each ticket to the job that issued it")]
pub struct ForeignTicket;
