use crate::{
    Response,
    error::TransportError,
    job::{Job, Moment, StoreError, StoreReply, Ticket},
};

/// What a driver waits for.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event {
    /// A call was answered.
    Answer(Ticket, Result<Response, TransportError>),
    /// The store of the quota replied.
    Quota(Ticket, Result<StoreReply, StoreError>),
    /// A moment has come, or a waker was called.
    Woken,
}

impl Event {
    /// Passes an answer or a reply to its job. Returns whether there was one.
    pub(super) fn pass_to(self, job: &mut impl Job, now: Moment) -> bool {
        // The calls of a driver have no tickets but those of its job.
        match self {
            Self::Answer(ticket, answer) => job.answered(ticket, now, answer).is_ok(),
            Self::Quota(ticket, reply) => job.quota_answered(ticket, now, reply).is_ok(),
            Self::Woken => false,
        }
    }
}
