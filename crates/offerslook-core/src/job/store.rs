//! The messages between a quota and the store that keeps it for many programs.

use std::time::Duration;

pub use crate::error::{StoreError, StoreErrorKind};

/// A place outside of the process that keeps a rate limit for many programs, such as a Redis server.
///
/// # Contract
/// - A slot is free again one window after its call was answered, and two windows after its call timed out.
/// - A slot that is never returned, because its program died, counts as timed out [`QuotaRequest::hold`] after it was
///   granted.
/// - A request that comes again with the same [`QuotaRequest::id`] is granted once: the reply repeats the slots of the
///   first grant, and their `hold` starts anew. A request with an id below the latest one grants nothing and changes
///   nothing.
/// - A slot may be returned more than once. The earlier time counts.
/// - A store that is empty, or that may have lost data, grants nothing until every call that it may have forgotten is
///   over: for `hold` and two windows.
///
/// All durations are relative, so the clocks of the hosts need not agree.
pub trait QuotaStore: Send + Sync + 'static {
    /// Passes a request to the store and its reply to `done`, from any thread, now or within `timeout`. It does not
    /// block.
    fn ask(&self, request: QuotaRequest, timeout: Duration, done: OnReply);
}

/// The function that takes the reply of a store.
pub type OnReply = Box<dyn FnOnce(Result<StoreReply, StoreError>) + Send>;

/// What a quota asks of its store, and what it reports with the same message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaRequest {
    /// Identifies the request among those of its quota: they count up from 1, and one without a reply is repeated.
    pub id: u64,
    /// How many slots are wanted.
    pub want: u32,
    /// The slots that are returned.
    pub ended: Vec<EndedSlot>,
    /// A pause that the service asked for.
    pub pause: Option<Duration>,
    /// The time after the request at which the last call of its slots has certainly timed out.
    pub hold: Duration,
}

/// A slot that was granted: one of those of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlotId {
    /// The id of the request.
    pub request: u64,
    /// Its position among the slots of the request, from 0 on.
    pub index: u32,
}

/// A slot that is returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndedSlot {
    /// The slot.
    pub slot: SlotId,
    /// What became of it.
    pub end: SlotEnd,
    /// How long ago.
    pub age: Duration,
}

/// What became of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotEnd {
    /// Its call was answered, or never sent by the transport.
    Answered,
    /// Its call timed out, and may still be on its way.
    TimedOut,
    /// No call was made.
    Unused,
}

/// The reply of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreReply {
    /// Slots may be used.
    Granted {
        /// How many: those with the indices from 0 on of this request.
        slots: u32,
        /// When to ask for more.
        next: Duration,
    },
    /// No slot is free before this much time has passed.
    NotBefore(Duration),
    /// The service asked every program to pause for this long.
    Paused(Duration),
    /// The store is empty, or may have lost what it knew. For this long it grants nothing to anyone.
    Closed(Duration),
}

/// What jobs do while the store cannot be reached.
///
/// This is about a store that was lost. One that was never reached ends the job with [`Error::QuotaStore`].
///
/// [`Error::QuotaStore`]: crate::Error::QuotaStore
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fallback {
    /// Wait, and ask again with backoff until the deadline of the job.
    #[default]
    Wait,
    /// Go on at this rate, without the store.
    ///
    /// Other programs may still reach the store, so up to this many calls come on top of the shared limit for each program
    /// that has lost it. Choose the rate so that the sum does no harm.
    Local(super::Rate),
}
