use std::fmt;

use super::{
    Action, ForeignTicket, Job, Moment, Options, Progress, Quota, Ticket,
    scheduler::{Scheduler, Step, Task},
};
use crate::{
    Encoder, Endpoint, Payload, Request, Response, Spec,
    error::{Error, StopCause, TransportError},
    parse,
};

/// A job that sends one request once. It yields one item: the response, whatever its status.
///
/// Like every other call, it takes a slot of the quota, waits while the quota is paused, and pauses it if the service
/// asks for that.
pub struct Execute {
    scheduler: Scheduler<()>,
    request: Option<Request>,
    is_change: bool,
    result: Option<Result<Response, Error>>,
    finished: bool,
}

impl Execute {
    /// Creates the job.
    #[must_use]
    pub fn new(request: Request, options: Options, quota: &Quota) -> Self {
        // Without retries there is no jitter to seed.
        let scheduler = Scheduler::new(options, quota, true, 0);
        let is_change = !request.method().is_safe();
        Self { scheduler, request: Some(request), is_change, result: None, finished: false }
    }

    fn end(&mut self, reason: Error) {
        if self.result.is_none() && !self.finished {
            self.request = None;
            let is_sent = self.scheduler.abandon().next().is_some();
            self.result =
                Some(Err(if is_sent && self.is_change { Error::InDoubt(reason.into()) } else { reason }));
        }
    }

    fn settle(&mut self, task: &Task<()>, answer: Result<Response, Error>) {
        if let Some(Err(error)) = answer.as_ref().ok().map(parse::<Untyped>) {
            self.scheduler.pause_if_asked(task, &error);
        }
        self.result = Some(answer);
    }
}

impl Job for Execute {
    type Item = Result<Response, Error>;

    fn next(&mut self, now: Moment) -> Action<Self::Item> {
        if self.scheduler.is_late(now) {
            self.end(Error::Stopped(StopCause::DeadlinePassed));
        }
        loop {
            if let Some(result) = self.result.take() {
                self.finished = true;
                return Action::Item(result);
            }
            match self.scheduler.step(&mut self.request) {
                Step::Cancel(id) => return Action::Cancel(id),
                _ if self.finished => return Action::Done,
                Step::Send(attempt) => return Action::Send(attempt),
                Step::TimedOut(task, error) => self.settle(&task, Err(error)),
                Step::End(reason) => self.end(reason),
                Step::Wait(until) => return self.scheduler.wait(until),
                // Without a result and without a call there is nothing left to do.
                Step::Idle => self.finished = true,
            }
        }
    }

    fn answered(
        &mut self,
        ticket: Ticket,
        now: Moment,
        answer: Result<Response, TransportError>,
    ) -> Result<(), ForeignTicket> {
        if let Some((task, answer)) = self.scheduler.answered(&ticket, now, answer)? {
            self.settle(&task, answer);
        }
        Ok(())
    }

    fn stop(&mut self, _now: Moment) {
        self.end(Error::Stopped(StopCause::Requested));
    }

    fn progress(&self) -> Progress {
        Progress { done: self.finished.into(), ..self.scheduler.progress() }
    }
}

impl fmt::Debug for Execute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Execute").field("progress", &self.progress()).finish_non_exhaustive()
    }
}

/// Reads from any response whether the service asked for a pause.
struct Untyped;

impl Endpoint for Untyped {
    const SPEC: Spec = Spec::get("untyped", "/untyped", Payload::Nothing);
    type Output = ();

    fn encode(&self, _request: &mut Encoder) {}
}
