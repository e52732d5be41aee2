use std::fmt;

use super::{ProgressHandle, StopHandle};
use crate::{
    Response,
    error::TransportError,
    job::{Action, Attempt, Job, Moment, Progress, StoreError, Ticket},
};

/// What [`Blocking`] needs of its surroundings.
///
/// Dropping it must leave no call running.
pub trait Calls {
    /// The time.
    fn now(&self) -> Moment;

    /// Starts a call. It may be made at once, its answer being kept for [`Calls::wait`].
    fn start(&mut self, attempt: Attempt);

    /// Waits for the next answer, or until that moment, or until it is woken. Where the moment is over, it
    /// looks whether an answer is there.
    fn wait(&mut self, until: Option<Moment>) -> Woken;

    /// Ends the calls that are running. Their answers need not be told.
    fn abort(&mut self);

    /// A function that makes a [`Calls::wait`], the present or the next one, return.
    fn waker(&self) -> Box<dyn Fn() + Send + Sync>;
}

/// Why [`Calls::wait`] returned.
#[derive(Debug)]
pub enum Woken {
    /// A call was answered.
    Answer(Ticket, Result<Response, TransportError>),
    /// The moment has come, or somebody woke it.
    Nothing,
}

/// Runs a job on the thread that asks for its items.
pub struct Blocking<J, C> {
    job: J,
    calls: C,
    gauge: ProgressHandle,
    stopper: StopHandle,
    stopped: bool,
}

impl<J: Job, C: Calls> Blocking<J, C> {
    /// Nothing is sent before the first item is asked for.
    pub fn new(job: J, calls: C) -> Self {
        let stopper = StopHandle::new(calls.waker());
        Self { job, calls, gauge: ProgressHandle::default(), stopper, stopped: false }
    }

    /// A handle to stop the job with, from any thread.
    #[must_use]
    pub fn stop_handle(&self) -> StopHandle {
        self.stopper.clone()
    }

    /// A handle to ask from any thread how far the job is.
    #[must_use]
    pub fn progress_handle(&self) -> ProgressHandle {
        self.gauge.clone()
    }

    /// How far the job is.
    pub fn progress(&self) -> Progress {
        self.job.progress()
    }

    /// Waits for an answer, and tells the job of it. False if none came.
    fn wait(&mut self, until: Option<Moment>) -> bool {
        let Woken::Answer(ticket, answer) = self.calls.wait(until) else { return false };
        // Only this job's tickets are in these calls.
        let _ = self.job.answered(ticket, self.calls.now(), answer);
        true
    }

    /// Tells the job of the answers that are there: it gives up what nobody tells it of, and starting calls
    /// or using items may have taken long.
    fn collect(&mut self) {
        while self.job.progress().in_flight > 0 && self.wait(Some(self.calls.now())) {}
    }

    fn heed_stopper(&mut self) {
        if self.stopper.is_asked() && !self.stopped {
            self.stopped = true;
            self.job.stop(self.calls.now());
            self.calls.abort();
        }
    }
}

impl<J: Job, C: Calls> Iterator for Blocking<J, C> {
    type Item = J::Item;

    fn next(&mut self) -> Option<J::Item> {
        loop {
            self.collect();
            self.heed_stopper();
            match self.job.next(self.calls.now()) {
                Action::Send(attempt) => self.calls.start(attempt),
                Action::Cancel(_) => {}
                Action::Quota(call) => {
                    let _ = self.job.quota_answered(
                        call.ticket,
                        self.calls.now(),
                        Err(StoreError::unsupported()),
                    );
                }
                Action::Item(item) => {
                    self.gauge.set(self.job.progress());
                    return Some(item);
                }
                Action::Done => {
                    self.calls.abort();
                    return None;
                }
                Action::Wait { until } => {
                    self.gauge.set(self.job.progress());
                    self.wait(until);
                }
            }
        }
    }
}

impl<J, C> fmt::Debug for Blocking<J, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blocking").field("progress", &self.gauge.progress()).finish_non_exhaustive()
    }
}
