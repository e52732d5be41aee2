use std::{fmt, sync::mpsc::channel, task::Poll, time::Duration};

use super::{Event, ProgressHandle, StopHandle};
use crate::{
    Batched, IntoOfferId,
    job::{Action, Attempt, AttemptId, Batch, Job, Moment, Progress, QuotaAnswer, QuotaCall, Report},
};

/// The environment of [`Blocking`]: a clock, a way to send, and a way to wait.
///
/// The blocking counterpart of [`AsyncCalls`](super::AsyncCalls).
pub trait BlockingCalls {
    /// Returns the current time.
    fn now(&self) -> Moment;

    /// Starts a call. An implementation without threads makes the call at once, and keeps its answer for
    /// [`BlockingCalls::wait`].
    fn start(&mut self, attempt: Attempt);

    /// Ends a call, because it timed out or its answer is no longer needed. An answer that comes nevertheless is ignored.
    fn cancel(&mut self, id: AttemptId);

    /// Asks the store of the quota. Returns the reply if it is known at once; otherwise [`BlockingCalls::wait`] returns
    /// it later. The default waits for the reply.
    fn ask_quota(&mut self, call: QuotaCall) -> Option<QuotaAnswer> {
        let (sender, receiver) = channel();
        call.ask(move |answer| {
            // The receiver waits for it.
            let _ = sender.send(answer);
        });
        receiver.recv().ok()
    }

    /// Waits for the next answer, until that moment, or until a [`waker`](BlockingCalls::waker) is called. If the
    /// moment has passed, it returns an answer that is there already.
    fn wait(&mut self, until: Option<Moment>) -> Event;

    /// Ends all calls in flight, as far as possible. Their answers are no longer needed.
    fn abort(&mut self);

    /// Returns a function that makes the current or the next [`BlockingCalls::wait`] return.
    fn waker(&self) -> Box<dyn Fn() + Send + Sync>;
}

/// Runs a job on the thread that asks for its items.
///
/// It owns the job and its calls. Dropping it aborts all calls, and so leaves nothing running as far as its
/// [`BlockingCalls::abort`] can achieve that.
#[must_use = "nothing is sent before the first item is asked for"]
pub struct Blocking<J, C: BlockingCalls> {
    job: J,
    calls: C,
    progress: ProgressHandle,
    stop: StopHandle,
    stopped: bool,
}

impl<J: Job, C: BlockingCalls> Blocking<J, C> {
    /// Prepares a run. Nothing is sent before the first item is asked for.
    pub fn new(job: J, calls: C) -> Self {
        let stop = StopHandle::new(calls.waker());
        Self { job, calls, progress: ProgressHandle::default(), stop, stopped: false }
    }

    /// Returns a handle that stops the job from any thread.
    #[must_use]
    pub fn stop_handle(&self) -> StopHandle {
        self.stop.clone()
    }

    /// Returns a handle that reads the progress from any thread.
    #[must_use]
    pub fn progress_handle(&self) -> ProgressHandle {
        self.progress.clone()
    }

    /// Returns the current progress.
    pub fn progress(&self) -> Progress {
        self.job.progress()
    }

    /// Returns the next item if it is ready, without waiting and without polling anything.
    ///
    /// After a few items it returns `None` though more are ready: then ask with [`Iterator::next`], which looks
    /// after the calls, too. So a loop around both handles many items at a time:
    ///
    /// ```text
    /// while let Some(item) = run.next() {
    ///     write(item);
    ///     while let Some(item) = run.next_ready() {
    ///         write(item);
    ///     }
    ///     flush();
    /// }
    /// ```
    pub fn next_ready(&mut self) -> Option<J::Item> {
        if self.stop.is_requested() == self.stopped { self.job.ready() } else { None }
    }

    /// Returns the next item, or `None` after the last one. [`Poll::Pending`]: there is none within this time.
    ///
    /// For a thread that has something else to look after between two items, such as the signals of an interpreter.
    pub fn next_within(&mut self, time: Duration) -> Poll<Option<J::Item>> {
        if let Some(item) = self.next_ready() {
            return Poll::Ready(Some(item));
        }
        let limit = self.calls.now() + time;
        self.advance(Some(limit))
    }

    /// Runs the job up to its next item, but waits no longer than to the limit.
    fn advance(&mut self, limit: Option<Moment>) -> Poll<Option<J::Item>> {
        loop {
            self.collect();
            self.stop_if_requested();
            match self.job.next(self.calls.now()) {
                Action::Send(attempt) => self.calls.start(attempt),
                Action::Cancel(id) => self.calls.cancel(id),
                Action::Quota(call) => {
                    if let Some((ticket, reply)) = self.calls.ask_quota(call) {
                        Event::Quota(ticket, reply).pass_to(&mut self.job, self.calls.now());
                    }
                }
                Action::Item(item) => {
                    self.progress.set(self.job.progress());
                    return Poll::Ready(Some(item));
                }
                Action::Done => {
                    self.progress.set(self.job.progress());
                    self.calls.abort();
                    return Poll::Ready(None);
                }
                Action::Wait { until } => {
                    self.progress.set(self.job.progress());
                    if limit.is_some_and(|limit| limit <= self.calls.now()) {
                        return Poll::Pending;
                    }
                    self.wait(until.into_iter().chain(limit).min());
                }
            }
        }
    }

    /// Waits for an answer and passes it to the job. Returns whether there was one.
    fn wait(&mut self, until: Option<Moment>) -> bool {
        self.calls.wait(until).pass_to(&mut self.job, self.calls.now())
    }

    /// Passes the answers that are there to the job: starting calls or using items may have taken long.
    fn collect(&mut self) {
        while self.job.progress().in_flight > 0 && self.wait(Some(self.calls.now())) {}
    }

    fn stop_if_requested(&mut self) {
        if self.stop.is_requested() && !self.stopped {
            self.stopped = true;
            self.job.stop(self.calls.now());
            self.calls.abort();
        }
    }
}

impl<E: Batched, I: Iterator<Item: IntoOfferId>, C: BlockingCalls> Blocking<Batch<E, I>, C> {
    /// Returns what the batch has noticed besides its outcomes so far.
    pub fn report(&self) -> &Report {
        self.job.report()
    }
}

impl<J: Job, C: BlockingCalls> Iterator for Blocking<J, C> {
    type Item = J::Item;

    fn next(&mut self) -> Option<J::Item> {
        if let Some(item) = self.next_ready() {
            return Some(item);
        }
        loop {
            if let Poll::Ready(item) = self.advance(None) {
                return item;
            }
        }
    }
}

impl<J, C: BlockingCalls> Drop for Blocking<J, C> {
    fn drop(&mut self) {
        self.calls.abort();
    }
}

impl<J, C: BlockingCalls> fmt::Debug for Blocking<J, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blocking").field("progress", &self.progress.progress()).finish_non_exhaustive()
    }
}
