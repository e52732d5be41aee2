use std::{fmt, marker::PhantomData};

use super::{
    Action, ForeignTicket, Job, Moment, Options, Progress, Quota, Ticket,
    scheduler::{Scheduler, Source, Step, Task, Verdict},
};
use crate::{
    Account, Endpoint, Request, Response,
    error::{Error, StopCause, TransportError},
    parse,
};

/// One call of the API, sent again where that may help and is allowed. Its one item is the result.
pub struct Call<E: Endpoint> {
    scheduler: Scheduler<()>,
    request: Option<Request>,
    result: Option<Result<E::Output, Error>>,
    finished: bool,
    endpoint: PhantomData<fn() -> E>,
}

impl<E: Endpoint> Call<E> {
    /// The job of making this call. A call that cannot be built has that error for its result, and is
    /// never sent. The seed is of the jitter between attempts.
    #[must_use]
    pub fn new(account: &Account, call: &E, options: Options, quota: Quota, seed: u64) -> Self {
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
        self.result = match self.scheduler.judge(task, result) {
            Verdict::Success((), output) => Some(Ok(output)),
            Verdict::Retrying => None,
            Verdict::Refused((), error) | Verdict::Failed((), error) | Verdict::Hopeless((), error) => {
                Some(Err(error))
            }
        };
    }

    fn give_up(&mut self, cause: StopCause) {
        if self.result.is_some() || self.finished {
            return;
        }
        let mut error = Error::Stopped(cause);
        if self.scheduler.abandon().next().is_some() && !E::SPEC.idempotent {
            error = Error::InDoubt(error.into());
        }
        self.result = Some(Err(error));
    }
}

impl Source<()> for Option<Request> {
    fn has_next(&mut self) -> bool {
        self.is_some()
    }

    fn next(&mut self) -> Option<Task<()>> {
        self.take().map(|request| Task::new(request, ()))
    }
}

impl<E: Endpoint> Job for Call<E> {
    type Item = Result<E::Output, Error>;

    fn next(&mut self, now: Moment) -> Action<Self::Item> {
        if self.scheduler.is_late(now) {
            self.give_up(StopCause::DeadlinePassed);
        }
        loop {
            if let Some(result) = self.result.take() {
                self.finished = true;
                return Action::Item(result);
            }
            if self.finished {
                return Action::Done;
            }
            match self.scheduler.step(&mut self.request) {
                Step::Send(attempt) => return Action::Send(attempt),
                Step::GivenUp(task, error) => self.settle(task, Err(error)),
                Step::Wait(until) => return Action::Wait { until },
                // With neither a result nor a call there is nothing left to tell.
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
            self.settle(task, answer.and_then(|response| parse::<E>(&response)));
        }
        Ok(())
    }

    fn stop(&mut self, _now: Moment) {
        self.give_up(StopCause::Requested);
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
