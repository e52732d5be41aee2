use std::{
    future::poll_fn,
    pin::pin,
    sync::{Arc, Condvar, Mutex, PoisonError},
    task::{Context, Poll, Waker},
};

use crate::fixtures::STEP_LIMIT;

/// A signal from the script of a server, which threads and futures can wait for.
pub struct Signal(Arc<Shared>);

/// Sends the [`Signal`] when it is dropped, and so also if the script fails.
pub(crate) struct Trigger(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    is_sent: bool,
    waker: Option<Waker>,
}

impl Signal {
    pub(crate) fn new() -> (Trigger, Self) {
        let shared: Arc<Shared> = Arc::default();
        (Trigger(Arc::clone(&shared)), Self(shared))
    }

    /// Blocks until the signal is sent.
    #[track_caller]
    pub fn wait(self) {
        let state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (state, _) =
            self.0.changed.wait_timeout_while(state, STEP_LIMIT, |state| !state.is_sent).unwrap();
        assert!(state.is_sent, "the call did not reach the server");
    }

    /// Drops a future when the signal is sent, and lets the runtime clean up behind it. Returns the output of the
    /// future if it was ready before.
    pub async fn cancel<T>(self, future: impl Future<Output = T>) -> Option<T> {
        let output = {
            let mut future = pin!(future);
            poll_fn(|context| match future.as_mut().poll(context) {
                Poll::Ready(output) => Poll::Ready(Some(output)),
                Poll::Pending => self.poll(context).map(|()| None),
            })
            .await
        };
        yield_now().await;
        output
    }

    fn poll(&self, context: &Context<'_>) -> Poll<()> {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.is_sent {
            return Poll::Ready(());
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Trigger {
    fn drop(&mut self) {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.is_sent = true;
        self.0.changed.notify_all();
        if let Some(waker) = state.waker.take() {
            waker.wake();
        }
    }
}

/// Lets everything else that is ready in the runtime run first. A runtime that only runs inside `block_on` cleans up
/// aborted tasks then.
pub(crate) async fn yield_now() {
    let mut has_yielded = false;
    poll_fn(|context| {
        if std::mem::replace(&mut has_yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
