use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::time::{Sleep, sleep};

/// A timeout that restarts with every piece of progress.
pub(crate) struct IdleTimeout {
    limit: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl IdleTimeout {
    pub(crate) fn new(limit: Duration) -> Self {
        Self { limit, waiting: None }
    }

    /// Passes on what was polled, or fails with `TimedOut` after too long without progress.
    pub(crate) fn limit<T>(&mut self, context: &mut Context<'_>, polled: Poll<T>) -> Poll<io::Result<T>> {
        if let Poll::Ready(outcome) = polled {
            self.waiting = None;
            return Poll::Ready(Ok(outcome));
        }
        let limit = self.limit;
        ready!(self.waiting.get_or_insert_with(|| Box::pin(sleep(limit))).as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, poll_fn};

    use tokio::time::{Instant, advance};

    use super::*;

    const LIMIT: Duration = Duration::from_secs(10);

    #[tokio::test(start_paused = true)]
    async fn it_fails_after_the_limit() {
        let (start, mut timeout) = (Instant::now(), IdleTimeout::new(LIMIT));
        let outcome = poll_fn(|context| {
            let polled = std::pin::pin!(pending::<()>()).poll(context);
            timeout.limit(context, polled)
        });
        assert_eq!(outcome.await.unwrap_err().kind(), io::ErrorKind::TimedOut);
        assert!(start.elapsed() >= LIMIT);
    }

    #[tokio::test(start_paused = true)]
    async fn progress_restarts_it() {
        let mut timeout = IdleTimeout::new(LIMIT);
        for _ in 0..3 {
            let waits =
                poll_fn(|context| Poll::Ready(timeout.limit(context, Poll::<()>::Pending).is_pending()));
            assert!(waits.await);
            advance(LIMIT * 9 / 10).await;
            assert_eq!(poll_fn(|context| timeout.limit(context, Poll::Ready(7))).await.unwrap(), 7);
        }
    }
}
