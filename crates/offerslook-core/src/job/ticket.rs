use std::{fmt, sync::Arc};

use super::{
    Moment, StoreError, StoreReply,
    quota::{Quota, Slot},
};
use crate::{Response, error::TransportError};

/// The right to answer one attempt, once: it cannot be copied, and [`Job::answered`](super::Job::answered) consumes it.
pub struct Ticket {
    pub(super) issuer: Issuer,
    pub(super) serial: u64,
    pub(super) subject: Subject,
}

/// What a ticket is for.
pub(super) enum Subject {
    /// A call, which has a slot.
    Call(Slot),
    /// A message to the store of this quota.
    Message(Quota),
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
        match &self.subject {
            Subject::Call(slot) => Completion(Some(slot.clone())),
            Subject::Message(_) => Completion(None),
        }
    }

    /// Passes the reply of the store to its quota.
    pub(super) fn replied(
        self,
        now: Moment,
        reply: Result<StoreReply, StoreError>,
    ) -> Result<(), ForeignTicket> {
        match self.subject {
            Subject::Call(_) => Err(ForeignTicket),
            Subject::Message(quota) => {
                quota.replied(self.serial, now, reply);
                Ok(())
            }
        }
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ticket({})", self.serial)
    }
}

/// Reports to the quota that a call has ended, from the task or thread of the call, even while nobody polls the job.
///
/// [`Job::answered`](super::Job::answered) does the same. Only the first report counts.
#[derive(Clone)]
pub struct Completion(Option<Slot>);

impl Completion {
    /// Reports the end of the call, so that its slot is returned in time and a pause that the service asks for begins at
    /// once.
    pub fn finish(&self, now: Moment, answer: &Result<Response, TransportError>) {
        if let Some(slot) = &self.0 {
            slot.finish(now, answer);
        }
    }
}

impl fmt::Debug for Completion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Completion").finish_non_exhaustive()
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
