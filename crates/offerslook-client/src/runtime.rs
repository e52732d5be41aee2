use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};

use offerslook_core::job::Moment;

/// An async runtime: tasks, timers and a clock.
///
/// With the feature `tokio` it is implemented as [`Tokio`](crate::Tokio).
pub trait Runtime: Default + Send + Sync + 'static {
    /// A task. Dropping it cancels the task. It returns `None` if the task panicked or the runtime shut down.
    type Task<T: Send + 'static>: Future<Output = Option<T>> + Send;
    /// A timer.
    type Sleep: Future<Output = ()> + Send;

    /// Spawns a task, which makes progress without being polled.
    fn spawn<F>(&self, future: F) -> Self::Task<F::Output>
    where
        F: Future<Output: Send> + Send + 'static;

    /// Returns a timer that fires after this time, at most [`Exchange::MAX_TIMEOUT`].
    ///
    /// [`Exchange::MAX_TIMEOUT`]: offerslook_core::transport::Exchange::MAX_TIMEOUT
    fn sleep(&self, duration: Duration) -> Self::Sleep;

    /// Returns the current time. A runtime with a virtual clock returns that one's.
    fn now(&self) -> Instant {
        Instant::now()
    }
}

/// Every client of the process counts from here, so that clients can share a quota.
static EPOCH: LazyLock<Instant> = LazyLock::new(Instant::now);

pub(crate) fn moment(now: Instant) -> Moment {
    Moment::after_epoch(now.saturating_duration_since(*EPOCH))
}
