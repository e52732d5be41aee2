use std::{fmt, marker::PhantomData};

use super::{
    Action, ForeignTicket, Job, Moment, Options, Progress, Quota, Ticket,
    scheduler::{Disposition, Scheduler, Source, Step, Task},
};
use crate::{
    Account, Endpoint, Request, Response,
    error::{Error, StopCause, TransportError},
    response::parse_redacted,
};

/// A job that makes one call, with retries where they may help and are allowed. It yields one item: the result.
pub struct Call<E: Endpoint> {
    scheduler: Scheduler<()>,
    request: Option<Request>,
    result: Option<Result<E::Output, Error>>,
    finished: bool,
    endpoint: PhantomData<fn() -> E>,
}

impl<E: Endpoint> Call<E> {
    /// Creates the job. A call that cannot be built is never sent: its result is that error. The seed determines the
    /// jitter between attempts.
    #[must_use]
    pub fn new(account: &Account, call: &E, options: Options, quota: &Quota, seed: u64) -> Self {
        let (request, result) = match account.request(call) {
            Ok(request) => (Some(request), None),
            Err(error) => (None, Some(Err(error.into()))),
        };
        Self {
            scheduler: Scheduler::new(options, quota, E::SPEC.idempotent, seed),
            request,
            result,
            finished: false,
            endpoint: PhantomData,
        }
    }

    fn settle(&mut self, task: Task<()>, result: Result<E::Output, Error>) {
        self.result = match self.scheduler.classify(task, result) {
            Disposition::Success(_, output) => Some(Ok(output)),
            Disposition::Retrying => None,
            Disposition::Refused(_, error)
            | Disposition::Failed((), error)
            | Disposition::Hopeless((), error) => Some(Err(error)),
        };
    }

    fn end(&mut self, reason: Error) {
        if self.result.is_some() || self.finished {
            return;
        }
        self.request = None;
        drop(self.scheduler.drain());
        let was_sent = self.scheduler.abandon().next().is_some();
        let in_doubt = was_sent && !E::SPEC.idempotent;
        self.result = Some(Err(if in_doubt { Error::InDoubt(reason.into()) } else { reason }));
    }
}

impl Source<()> for Option<Request> {
    fn has_next(&mut self, _outstanding: usize) -> bool {
        self.is_some()
    }

    fn next(&mut self, _outstanding: usize) -> Option<Task<()>> {
        self.take().map(|request| Task::new(request, ()))
    }
}

impl<E: Endpoint> Job for Call<E> {
    type Item = Result<E::Output, Error>;

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
                Step::TimedOut(task, error) => self.settle(task, Err(error)),
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
            let result = answer.and_then(|response| parse_redacted::<E>(&response, || task.secrets()));
            self.settle(task, result);
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

impl<E: Endpoint> fmt::Debug for Call<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("progress", &self.progress()).finish_non_exhaustive()
    }
}
