use std::{
    fmt,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, Waker},
    time::Duration,
};

use futures_core::Stream;

use super::{ProgressHandle, StopHandle};
use crate::{
    Request, Response,
    error::TransportError,
    job::{Action, Job, Moment, Progress, StoreError, Ticket},
};

/// What [`Concurrent`] needs of its surroundings.
pub trait Runtime {
    /// A call. Dropping it must end it.
    type Call: Future<Output = Result<Response, TransportError>>;
    /// A wait.
    type Sleep: Future<Output = ()>;

    /// The time.
    fn now(&self) -> Moment;

    /// Starts a call. It should make progress without being polled, so that a slow consumer of the items
    /// does not run it out of time.
    fn start(&mut self, request: Request, timeout: Duration) -> Self::Call;

    /// A wait until this moment.
    fn sleep_until(&mut self, moment: Moment) -> Self::Sleep;
}

/// Runs a job as a stream of its items. It owns the job and its calls: dropping it ends them.
///
/// It is `Send` where its parts are. Dropping a `next()` on it loses nothing.
pub struct Concurrent<J, R: Runtime> {
    job: J,
    runtime: R,
    in_flight: Vec<(Ticket, Pin<Box<R::Call>>)>,
    sleep: Option<(Moment, Pin<Box<R::Sleep>>)>,
    waker: Arc<Mutex<Option<Waker>>>,
    gauge: ProgressHandle,
    stopper: StopHandle,
    stopped: bool,
}

impl<J: Job, R: Runtime> Concurrent<J, R> {
    /// Nothing is sent before the stream is polled.
    pub fn new(job: J, runtime: R) -> Self {
        let waker: Arc<Mutex<Option<Waker>>> = Arc::default();
        let sleeper = Arc::clone(&waker);
        let stopper = StopHandle::new(move || {
            if let Some(waker) = sleeper.lock().unwrap_or_else(PoisonError::into_inner).take() {
                waker.wake();
            }
        });
        Self {
            job,
            runtime,
            in_flight: Vec::new(),
            sleep: None,
            waker,
            gauge: ProgressHandle::default(),
            stopper,
            stopped: false,
        }
    }

    /// A handle to stop the job with, from anywhere.
    #[must_use]
    pub fn stop_handle(&self) -> StopHandle {
        self.stopper.clone()
    }

    /// A handle to ask from anywhere how far the job is.
    #[must_use]
    pub fn progress_handle(&self) -> ProgressHandle {
        self.gauge.clone()
    }

    /// How far the job is.
    pub fn progress(&self) -> Progress {
        self.job.progress()
    }

    fn heed_stopper(&mut self, context: &Context<'_>) {
        // First the waker, then the look: a stop between the two wakes this task again.
        *self.waker.lock().unwrap_or_else(PoisonError::into_inner) = Some(context.waker().clone());
        if self.stopper.is_asked() && !self.stopped {
            self.stopped = true;
            self.job.stop(self.runtime.now());
            self.in_flight.clear();
        }
    }

    /// Tells the job of the calls that are answered. True if there was one.
    fn collect(&mut self, context: &mut Context<'_>) -> bool {
        let mut answered = false;
        let mut still = Vec::with_capacity(self.in_flight.len());
        for (ticket, mut call) in self.in_flight.drain(..) {
            match call.as_mut().poll(context) {
                Poll::Pending => still.push((ticket, call)),
                Poll::Ready(answer) => {
                    answered = true;
                    // Only this job's tickets are in the air here.
                    let _ = self.job.answered(ticket, self.runtime.now(), answer);
                }
            }
        }
        self.in_flight = still;
        answered
    }

    /// True when the moment has come.
    fn poll_sleep(&mut self, until: Option<Moment>, context: &mut Context<'_>) -> bool {
        let Some(until) = until else {
            self.sleep = None;
            return false;
        };
        if self.sleep.as_ref().is_none_or(|(moment, _)| *moment != until) {
            self.sleep = Some((until, Box::pin(self.runtime.sleep_until(until))));
        }
        let over = self.sleep.as_mut().is_some_and(|(_, sleep)| sleep.as_mut().poll(context).is_ready());
        if over {
            self.sleep = None;
        }
        over
    }
}

impl<J: Job, R: Runtime> Concurrent<J, R> {
    /// The next item, for those who have no `StreamExt` at hand. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<J::Item> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<J: Job, R: Runtime> Stream for Concurrent<J, R> {
    type Item = J::Item;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<J::Item>> {
        let this = self.get_mut();
        this.heed_stopper(context);
        this.collect(context);
        loop {
            match this.job.next(this.runtime.now()) {
                Action::Send(attempt) => {
                    let call = this.runtime.start(attempt.request, attempt.timeout);
                    this.in_flight.push((attempt.ticket, Box::pin(call)));
                }
                Action::Cancel(id) => this.in_flight.retain(|(ticket, _)| ticket.id() != id),
                Action::Quota(call) => {
                    let _ = this.job.quota_answered(
                        call.ticket,
                        this.runtime.now(),
                        Err(StoreError::unsupported()),
                    );
                }
                Action::Item(item) => {
                    this.gauge.set(this.job.progress());
                    return Poll::Ready(Some(item));
                }
                Action::Done => {
                    this.in_flight.clear();
                    return Poll::Ready(None);
                }
                Action::Wait { until } => {
                    this.gauge.set(this.job.progress());
                    let answered = this.collect(context);
                    if !answered && !this.poll_sleep(until, context) {
                        return Poll::Pending;
                    }
                }
            }
        }
    }
}

/// The job and the runtime are never pinned; the calls and the wait have boxes of their own.
impl<J, R: Runtime> Unpin for Concurrent<J, R> {}

impl<J, R: Runtime> fmt::Debug for Concurrent<J, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Concurrent").field("in_flight", &self.in_flight.len()).finish_non_exhaustive()
    }
}
