use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::time::{Sleep, sleep};

/// A limit for one wait after the other: it starts anew with everything that comes.
pub(crate) struct Patience {
    limit: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Patience {
    pub(crate) fn new(limit: Duration) -> Self {
        Self { limit, waiting: None }
    }

    /// What was polled, or an error once nothing has come of it for too long.
    pub(crate) fn bound<T>(&mut self, context: &mut Context<'_>, polled: Poll<T>) -> Poll<io::Result<T>> {
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
    async fn it_ends_a_wait_after_the_limit() {
        let (start, mut patience) = (Instant::now(), Patience::new(LIMIT));
        let outcome = poll_fn(|context| {
            let polled = std::pin::pin!(pending::<()>()).poll(context);
            patience.bound(context, polled)
        });
        assert_eq!(outcome.await.unwrap_err().kind(), io::ErrorKind::TimedOut);
        assert!(start.elapsed() >= LIMIT);
    }

    #[tokio::test(start_paused = true)]
    async fn whatever_comes_gives_it_new_patience() {
        let mut patience = Patience::new(LIMIT);
        for _ in 0..3 {
            let waits =
                poll_fn(|context| Poll::Ready(patience.bound(context, Poll::<()>::Pending).is_pending()));
            assert!(waits.await);
            advance(LIMIT * 9 / 10).await;
            assert_eq!(poll_fn(|context| patience.bound(context, Poll::Ready(7))).await.unwrap(), 7);
        }
    }
}
