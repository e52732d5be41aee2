use std::{
    fmt,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use futures_core::Stream;
use futures_util::{stream::FuturesUnordered, task::AtomicWaker};

use super::{Event, ProgressHandle, StopHandle};
use crate::{
    Batched, IntoOfferId, Response,
    error::TransportError,
    job::{Action, Attempt, AttemptId, Batch, Job, Moment, Progress, QuotaAnswer, QuotaCall, Report, Ticket},
};

/// The environment of [`Concurrent`]: a clock, a way to send, and a timer.
///
/// The async counterpart of [`BlockingCalls`](super::BlockingCalls).
pub trait AsyncCalls {
    /// A call in flight. Dropping it cancels the call.
    type Call: Future<Output = (Ticket, Result<Response, TransportError>)>;
    /// A timer.
    type Sleep: Future<Output = ()>;

    /// Returns the current time.
    fn now(&self) -> Moment;

    /// Starts a call.
    ///
    /// The call should make progress without being polled, as a spawned task does. Otherwise a slow consumer of the
    /// items makes it time out.
    fn start(&mut self, attempt: Attempt) -> Self::Call;

    /// Notes that a call was cancelled, because it timed out or its answer is no longer needed. Its future was dropped
    /// before. The default does nothing.
    fn cancel(&mut self, _id: AttemptId) {}

    /// Asks the store of the quota. The default passes the request to the store, which replies from elsewhere.
    fn ask_quota(&mut self, call: QuotaCall) -> QuotaReply {
        Box::pin(call.into_future())
    }

    /// Returns a timer that fires at this moment.
    fn sleep_until(&mut self, moment: Moment) -> Self::Sleep;
}

/// The future reply of a store.
pub type QuotaReply = Pin<Box<dyn Future<Output = QuotaAnswer> + Send>>;

/// Runs a job as a stream of its items.
///
/// It owns the job and its calls. Dropping it cancels all calls and leaves nothing running. It is `Send` if its parts
/// are. Dropping the future of [`Concurrent::next`] loses nothing.
#[must_use = "nothing is sent before the first item is asked for"]
pub struct Concurrent<J, C: AsyncCalls> {
    job: J,
    calls: C,
    /// Polls only the calls that were woken.
    in_flight: FuturesUnordered<InFlight<C::Call>>,
    sleep: Option<(Moment, Pin<Box<C::Sleep>>)>,
    waker: Arc<AtomicWaker>,
    progress: ProgressHandle,
    stop: StopHandle,
    stopped: bool,
}

enum InFlight<F> {
    Call(AttemptId, Pin<Box<F>>),
    Quota(QuotaReply),
    Cancelled,
}

impl<F: Future<Output = (Ticket, Result<Response, TransportError>)>> Future for InFlight<F> {
    type Output = Event;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Event> {
        match &mut *self {
            Self::Call(_, call) => {
                call.as_mut().poll(context).map(|(ticket, answer)| Event::Answer(ticket, answer))
            }
            Self::Quota(reply) => {
                reply.as_mut().poll(context).map(|(ticket, reply)| Event::Quota(ticket, reply))
            }
            Self::Cancelled => Poll::Ready(Event::Woken),
        }
    }
}

impl<J: Job, C: AsyncCalls> Concurrent<J, C> {
    /// Prepares a run. Nothing is sent before the stream is polled.
    pub fn new(job: J, calls: C) -> Self {
        let waker: Arc<AtomicWaker> = Arc::default();
        let woken = Arc::clone(&waker);
        Self {
            job,
            calls,
            in_flight: FuturesUnordered::new(),
            sleep: None,
            waker,
            progress: ProgressHandle::default(),
            stop: StopHandle::new(move || woken.wake()),
            stopped: false,
        }
    }

    /// Returns a handle that stops the job from anywhere.
    #[must_use]
    pub fn stop_handle(&self) -> StopHandle {
        self.stop.clone()
    }

    /// Returns a handle that reads the progress from anywhere.
    #[must_use]
    pub fn progress_handle(&self) -> ProgressHandle {
        self.progress.clone()
    }

    /// Returns the current progress.
    pub fn progress(&self) -> Progress {
        self.job.progress()
    }

    /// Returns the next item, without a `StreamExt`. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<J::Item> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns the next item if it is ready, without waiting and without polling anything.
    ///
    /// After a few items it returns `None` though more are ready: then ask with [`Concurrent::next`], which looks
    /// after the calls, too. So a loop around both handles many items at a time:
    ///
    /// ```text
    /// while let Some(item) = run.next().await {
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

    /// Returns the next item, or the error that it is, without a `TryStreamExt`. Dropping the future loses nothing.
    ///
    /// # Errors
    /// The item, if it is an `Err`.
    pub async fn try_next<T, E>(&mut self) -> Result<Option<T>, E>
    where
        J: Job<Item = Result<T, E>>,
    {
        self.next().await.transpose()
    }

    fn stop_if_requested(&mut self, context: &Context<'_>) {
        // Register first, look second: a stop between the two wakes this task again.
        self.waker.register(context.waker());
        if self.stop.is_requested() && !self.stopped {
            self.stopped = true;
            self.job.stop(self.calls.now());
            // The reply of a store is still of use: after it comes the last report.
            let calls = self.in_flight.iter_mut().filter(|call| matches!(call, InFlight::Call(..)));
            calls.for_each(|call| *call = InFlight::Cancelled);
        }
    }

    /// Passes the answers that are there to the job. Returns whether there were any.
    fn collect(&mut self, context: &mut Context<'_>) -> bool {
        let mut answered = false;
        while let Poll::Ready(Some(event)) = Pin::new(&mut self.in_flight).poll_next(context) {
            answered |= event.pass_to(&mut self.job, self.calls.now());
        }
        answered
    }

    fn cancel(&mut self, id: AttemptId) {
        let is_it = |call: &&mut InFlight<C::Call>| matches!(call, InFlight::Call(this, _) if *this == id);
        if let Some(call) = self.in_flight.iter_mut().find(is_it) {
            *call = InFlight::Cancelled;
        }
        self.calls.cancel(id);
    }

    /// Returns whether the moment has come.
    fn poll_sleep(&mut self, until: Option<Moment>, context: &mut Context<'_>) -> bool {
        let Some(until) = until else {
            self.sleep = None;
            return false;
        };
        // One that fires early does no harm: the job asks for another then. Most calls are answered before that.
        if self.sleep.as_ref().is_none_or(|(moment, _)| *moment > until) {
            self.sleep = Some((until, Box::pin(self.calls.sleep_until(until))));
        }
        let is_over = self.sleep.as_mut().is_some_and(|(_, sleep)| sleep.as_mut().poll(context).is_ready());
        if is_over {
            self.sleep = None;
        }
        is_over
    }
}

impl<E: Batched, I: Iterator<Item: IntoOfferId>, C: AsyncCalls> Concurrent<Batch<E, I>, C> {
    /// Returns what the batch has noticed besides its outcomes so far.
    pub fn report(&self) -> &Report {
        self.job.report()
    }
}

impl<J: Job, C: AsyncCalls> Stream for Concurrent<J, C> {
    type Item = J::Item;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<J::Item>> {
        let this = self.get_mut();
        if let Some(item) = this.next_ready() {
            return Poll::Ready(Some(item));
        }
        this.stop_if_requested(context);
        this.collect(context);
        loop {
            match this.job.next(this.calls.now()) {
                Action::Send(attempt) => {
                    let id = attempt.ticket.id();
                    this.in_flight.push(InFlight::Call(id, Box::pin(this.calls.start(attempt))));
                }
                Action::Cancel(id) => this.cancel(id),
                Action::Quota(call) => this.in_flight.push(InFlight::Quota(this.calls.ask_quota(call))),
                Action::Item(item) => {
                    this.progress.set(this.job.progress());
                    return Poll::Ready(Some(item));
                }
                Action::Done => {
                    this.progress.set(this.job.progress());
                    this.in_flight.clear();
                    return Poll::Ready(None);
                }
                Action::Wait { until } => {
                    this.progress.set(this.job.progress());
                    if !this.collect(context) && !this.poll_sleep(until, context) {
                        return Poll::Pending;
                    }
                }
            }
        }
    }
}

/// The job and the calls are never pinned; each future has a box of its own.
impl<J, C: AsyncCalls> Unpin for Concurrent<J, C> {}

impl<J, C: AsyncCalls> fmt::Debug for Concurrent<J, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Concurrent").field("progress", &self.progress.progress()).finish_non_exhaustive()
    }
}
