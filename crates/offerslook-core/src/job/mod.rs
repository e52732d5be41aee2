//! Jobs: machines that decide what to send when, are told the time, and never wait.
//!
//! A driver asks [`Job::next`] what to do and tells [`Job::answered`] what came of it:
//!
//! ```text
//!              ┌────────────── next(now) ──────────────┐
//!              │                                       ▼
//!    ┌──────────────────┐      Send(attempt): start the call, go on asking
//!    │      driver      │      Item(item):    hand it out, go on asking
//!    └──────────────────┘      Wait{until}:   for an answer, or until that moment
//!              │               Done:          and Done ever after
//!              └── answered(ticket, now, answer), as answers come; stop(now), to end early
//! ```
//!
//! What becomes of one call, in every job:
//!
//! ```text
//!           a slot of the quota,
//!            room in the air,
//!            the gate is open                  success
//!   ready ─────────────────────▶ in the air ──────────────▶ its result
//!     ▲                              │  │ │
//!     │ the wait is over             │  │ └── refused ────▶ halved, or its error
//!     │             failed, may be   │  │
//!  asleep ◀──────── sent again ──────┘  └── attempts used up, or a change of unknown fate ─▶ its error
//! ```
//!
//! All jobs stand on one scheduler: the ready queue, the sleepers, the calls in the air, the retry policy
//! and its seeded jitter. The same seed, inputs, answers and moments give the same actions. A moment that
//! runs backwards is taken as the latest one.

mod backoff;
mod batch;
mod call;
mod jobs;
mod listing;
mod moment;
mod options;
mod progress;
mod quota;
mod scheduler;
mod ticket;

use std::time::Duration;

pub use batch::{Batch, BatchItem, Notice, Outcome};
pub use call::Call;
pub use jobs::Jobs;
pub use listing::{Incomplete, IncompleteReason, Listing};
pub use moment::Moment;
pub use options::Options;
pub use progress::Progress;
pub use quota::{ParseRateError, Quota, Rate};
pub use ticket::{ForeignTicket, Ticket};

use crate::{Request, Response, error::TransportError};

/// Something to do with the API, as a machine that is told the time.
pub trait Job {
    /// What it hands out.
    type Item;

    /// What to do now.
    fn next(&mut self, now: Moment) -> Action<Self::Item>;

    /// What came of an attempt. The answer to a call that was given up before is let go.
    ///
    /// # Errors
    /// [`ForeignTicket`] for a ticket of another job.
    fn answered(
        &mut self,
        ticket: Ticket,
        now: Moment,
        answer: Result<Response, TransportError>,
    ) -> Result<(), ForeignTicket>;

    /// No new calls, and those in the air are given up: what has no outcome yet gets one that says so.
    fn stop(&mut self, now: Moment);

    /// How far it is.
    fn progress(&self) -> Progress;
}

impl<J: Job + ?Sized> Job for Box<J> {
    type Item = J::Item;

    fn next(&mut self, now: Moment) -> Action<J::Item> {
        (**self).next(now)
    }

    fn answered(
        &mut self,
        ticket: Ticket,
        now: Moment,
        answer: Result<Response, TransportError>,
    ) -> Result<(), ForeignTicket> {
        (**self).answered(ticket, now, answer)
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
#[expect(clippy::large_enum_variant, reason = "an action is looked at and taken apart at once")]
pub enum Action<Item> {
    /// Send this, and ask on.
    Send(Attempt),
    /// Hand this out, and ask on.
    Item(Item),
    /// Nothing to do before an answer comes, or that moment.
    Wait {
        /// When to ask again, answer or not. `None`: with the next answer.
        until: Option<Moment>,
    },
    /// It is over, now and ever after.
    Done,
}

/// One sending of one request.
#[derive(Debug)]
#[non_exhaustive]
pub struct Attempt {
    /// To be given back with the answer.
    pub ticket: Ticket,
    /// What to send.
    pub request: Request,
    /// How long it may take in all. Without an answer it is given up a little later.
    pub timeout: Duration,
}
