//! The messages between a job and a quota that is kept in a store outside of the process.
//!
//! The quotas of this crate are kept in the process and ask no store, so no job of this crate returns
//! [`Action::Quota`](super::Action::Quota) yet. The action exists so that loops can handle it from the start.

use std::{sync::Arc, time::Duration};

use super::Ticket;

/// A message to the store, to be answered through [`Job::quota_answered`](super::Job::quota_answered).
#[derive(Debug)]
#[non_exhaustive]
pub struct QuotaCall {
    /// Identifies the message. Return it with the reply.
    pub ticket: Ticket,
    /// What the job asks for, and what it reports.
    pub request: QuotaRequest,
    /// How long the exchange with the store may take.
    pub timeout: Duration,
}

/// What a job asks of the store, and what it reports with the same message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct QuotaRequest {
    /// Identifies the request, so that a repeated one is granted once.
    pub id: u64,
    /// How many slots the job wants.
    pub want: u32,
    /// The slots whose calls are over.
    pub settled: Vec<SettledSlot>,
    /// A pause that the service asked for.
    pub pause: Option<Duration>,
    /// How long granted slots are held, at most.
    pub hold: Duration,
}

/// A slot whose call is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SettledSlot {
    /// The number of the slot, as the store granted it.
    pub slot: u64,
    /// Whether the call was answered; otherwise it timed out.
    pub is_answered: bool,
    /// How long ago.
    pub age: Duration,
}

/// The reply of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreReply {
    /// These slots may be used.
    Granted(Vec<u64>),
    /// No slot is free before this much time has passed.
    NotBefore(Duration),
    /// The service asked every client to pause for this long.
    Paused(Duration),
}

/// The store did not reply.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the store of the quota cannot be used: {0}")]
pub struct StoreError(Arc<str>);

impl StoreError {
    /// Creates an error with this description.
    pub fn new(description: impl Into<Arc<str>>) -> Self {
        Self(description.into())
    }

    /// Creates the error of a driver that knows no store.
    #[must_use]
    pub fn unsupported() -> Self {
        Self::new("this driver supports no store")
    }
}
