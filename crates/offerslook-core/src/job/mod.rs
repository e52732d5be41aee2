//! Jobs: state machines that decide which call to send, and when. The driver passes them the time; they never wait, and
//! do no I/O.
//!
//! A driver calls [`Job::next`] and carries out what it returns, and reports each answer with [`Job::answered`]:
//!
//! ```text
//!              ┌────────────── next(now) ──────────────┐
//!              │                                       ▼
//!    ┌──────────────────┐      Send(attempt): start the call, call next again
//!    │      driver      │      Item(item):    yield it, call next again
//!    └──────────────────┘      Cancel(id):    end that call, call next again
//!              │               Quota(call):   ask the store, call next again
//!              │               Wait{until}:   wait for an answer, or until that moment
//!              │               Done:          finished; every later call returns Done
//!              └── answered(ticket, now, answer) for each answer; stop(now) to end early
//! ```
//!
//! The life of one call, in every job:
//!
//! ```text
//!           a slot of the quota is free,
//!           no pause, fewer calls in flight
//!           than allowed                     success
//!   ready ─────────────────────▶ in flight ───────────────▶ result
//!     ▲                            │  │  │
//!     │ backoff is over            │  │  └── refused ──────▶ bisected, or an error
//!     │        failed, retryable   │  │
//!  retry queue ◀───────────────────┘  └── attempts exhausted, or a change in doubt ──▶ error
//! ```
//!
//! All jobs share one scheduler: the retry queue, the calls in flight, the retry policy and its seeded jitter. The
//! same seed, input, answers and moments give the same actions. A moment before the latest one counts as the
//! latest one.

mod backoff;
mod batch;
mod call;
mod execute;
mod jobs;
mod listing;
mod moment;
mod options;
mod progress;
mod quota;
mod quota_call;
mod rate;
mod scheduler;
mod single_call;
mod store;
mod ticket;

use std::time::Duration;

pub use batch::{Batch, Noted, Report};
pub use call::Call;
pub use execute::Execute;
pub use jobs::Jobs;
pub use listing::Listing;
pub use moment::Moment;
pub use options::{Options, OptionsBuilder, OptionsError};
pub use progress::Progress;
pub use quota::Quota;
pub use quota_call::{QuotaAnswer, QuotaAnswered, QuotaCall};
pub use rate::{Rate, RateError};
pub use store::{
    EndedSlot, Fallback, OnReply, QuotaRequest, QuotaStore, SlotEnd, SlotId, StoreError, StoreErrorKind,
    StoreReply,
};
pub use ticket::{AttemptId, Completion, ForeignTicket, Ticket};

use crate::{
    Request, Response,
    error::TransportError,
    transport::{Exchange, Settings},
};

/// A state machine that makes the calls of one task. See the [module](self) for the loop that drives it.
pub trait Job {
    /// What the job yields. In every job of this crate it is a `Result`.
    type Item;

    /// Returns what to do now.
    fn next(&mut self, now: Moment) -> Action<Self::Item>;

    /// Returns an item that [`Job::next`] would return too, if only a few were taken this way since then. It costs
    /// less, because the job looks at nothing else.
    ///
    /// The default returns none, which is always right.
    fn ready(&mut self) -> Option<Self::Item> {
        None
    }

    /// Reports the answer to an attempt. An answer to an attempt that was cancelled is ignored.
    ///
    /// # Errors
    /// [`ForeignTicket`] if the ticket belongs to another job. Nothing was changed.
    fn answered(
        &mut self,
        ticket: Ticket,
        now: Moment,
        answer: Result<Response, TransportError>,
    ) -> Result<(), ForeignTicket>;

    /// Reports the reply of a store to an [`Action::Quota`]. A job on a quota of this process never asks.
    ///
    /// The default passes it to the quota, and no job has to do more.
    ///
    /// # Errors
    /// [`ForeignTicket`] if the ticket belongs to a call.
    fn quota_answered(
        &mut self,
        ticket: Ticket,
        now: Moment,
        answer: Result<StoreReply, StoreError>,
    ) -> Result<(), ForeignTicket> {
        ticket.replied(now, answer)
    }

    /// Stops the job: it sends no new calls and cancels those in flight. Whatever has no outcome yet gets one that
    /// says so.
    fn stop(&mut self, now: Moment);

    /// Returns the progress.
    fn progress(&self) -> Progress;
}

impl<J: Job + ?Sized> Job for Box<J> {
    type Item = J::Item;

    fn next(&mut self, now: Moment) -> Action<J::Item> {
        (**self).next(now)
    }

    fn ready(&mut self) -> Option<J::Item> {
        (**self).ready()
    }

    fn answered(
        &mut self,
        ticket: Ticket,
        now: Moment,
        answer: Result<Response, TransportError>,
    ) -> Result<(), ForeignTicket> {
        (**self).answered(ticket, now, answer)
    }

    fn quota_answered(
        &mut self,
        ticket: Ticket,
        now: Moment,
        answer: Result<StoreReply, StoreError>,
    ) -> Result<(), ForeignTicket> {
        (**self).quota_answered(ticket, now, answer)
    }

    fn stop(&mut self, now: Moment) {
        (**self).stop(now);
    }

    fn progress(&self) -> Progress {
        (**self).progress()
    }
}

/// What a driver has to do next.
#[derive(Debug)]
#[must_use]
pub enum Action<Item> {
    /// Start this call, and call [`Job::next`] again.
    Send(Attempt),
    /// Yield this item, and call [`Job::next`] again.
    Item(Item),
    /// End this call: it has timed out, or its answer is not needed any more. A later answer is ignored.
    Cancel(AttemptId),
    /// Ask the store of the quota, and call [`Job::next`] again.
    Quota(QuotaCall),
    /// Wait for an answer, or until this moment, whichever comes first.
    Wait {
        /// When to call [`Job::next`] again without an answer. `None`: only after an answer.
        until: Option<Moment>,
    },
    /// The job is finished.
    Done,
}

/// One request to send once.
#[derive(Debug)]
#[non_exhaustive]
pub struct Attempt {
    /// Identifies the attempt. Return it with the answer.
    pub ticket: Ticket,
    /// The request.
    pub request: Request,
    /// How long the exchange may take. Without an answer, the job cancels the attempt [`Options::GRACE`] later.
    pub timeout: Duration,
}

impl Attempt {
    /// Prepares the exchange of the request, within the timeout.
    ///
    /// # Errors
    /// Those of [`Exchange::new`].
    pub fn exchange(&self, settings: &Settings) -> Result<Exchange, TransportError> {
        Exchange::new(self.request.clone(), settings)?.within(self.timeout)
    }
}
