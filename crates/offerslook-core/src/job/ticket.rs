use std::{fmt, sync::Arc};

/// The right to answer one attempt, once: it cannot be copied, and [`Job::answered`](super::Job::answered)
/// takes it away.
pub struct Ticket {
    pub(super) issuer: Issuer,
    pub(super) serial: u64,
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ticket({})", self.serial)
    }
}

/// Whose tickets they are: every job has one of its own, told apart by its place in memory.
#[derive(Clone, Default)]
pub(super) struct Issuer(Arc<u8>);

impl PartialEq for Issuer {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The ticket is of another job. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this answer belongs to another job: give each ticket back to the job that issued it")]
pub struct ForeignTicket;
