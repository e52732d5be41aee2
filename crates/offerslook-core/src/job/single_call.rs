use super::{
    Action, Moment, Progress,
    scheduler::{Scheduler, Source, Step, Task},
};
use crate::{
    Request,
    error::{Error, StopCause},
};

/// What the jobs of one call have in common: one request, and one result, which is their only item.
pub(super) struct SingleCall<T> {
    pub(super) scheduler: Scheduler<()>,
    request: Option<Request>,
    pub(super) result: Option<Result<T, Error>>,
    finished: bool,
    /// Whether the call changes something, so that it is in doubt once it was sent.
    is_change: bool,
}

impl<T> SingleCall<T> {
    /// A request that could not be built is never sent: its error is the result.
    pub(super) fn new(request: Result<Request, Error>, is_change: bool, scheduler: Scheduler<()>) -> Self {
        let (request, result) = match request {
            Ok(request) => (Some(request), None),
            Err(error) => (None, Some(Err(error))),
        };
        Self { scheduler, request, result, finished: false, is_change }
    }

    /// Decides what to do now. `settle` turns a call that timed out into its result.
    pub(super) fn next(
        &mut self,
        now: Moment,
        settle: impl Fn(&mut Self, Task<()>, Error),
    ) -> Action<Result<T, Error>> {
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
                Step::Wait(until) => return self.scheduler.wait(until),
                _ if self.finished => return Action::Done,
                Step::Send(attempt) => return Action::Send(attempt),
                Step::TimedOut(task, error) => settle(self, task, error),
                Step::End(reason) => self.end(reason),
                // Without a result and without a call there is nothing left to do.
                Step::Idle => self.finished = true,
            }
        }
    }

    pub(super) fn stop(&mut self) {
        self.end(Error::Stopped(StopCause::Requested));
    }

    fn end(&mut self, reason: Error) {
        if self.result.is_some() || self.finished {
            return;
        }
        self.request = None;
        drop(self.scheduler.drain());
        let in_doubt = self.scheduler.abandon().next().is_some() && self.is_change;
        self.result = Some(Err(if in_doubt { Error::InDoubt(reason.into()) } else { reason }));
    }

    pub(super) fn progress(&self) -> Progress {
        Progress { done: self.finished.into(), ..self.scheduler.progress() }
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
