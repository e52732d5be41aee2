use std::{
    pin::pin,
    sync::{Arc, Condvar, Mutex, PoisonError},
    task::{Context, Poll, Waker},
};

use crate::{conversation::LIMIT, give_way::GiveWay};

/// Comes once, from the script of a server: it can be waited for, with or without futures.
pub struct Signal(Arc<Shared>);

/// Gives the [`Signal`] when it is dropped, so that it also comes where a script fails.
pub(crate) struct Trigger(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    is_given: bool,
    waker: Option<Waker>,
}

impl Signal {
    pub(crate) fn new() -> (Trigger, Self) {
        let shared: Arc<Shared> = Arc::default();
        (Trigger(Arc::clone(&shared)), Self(shared))
    }

    /// Waits for it.
    #[track_caller]
    pub fn wait(self) {
        let state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (state, _) = self.0.changed.wait_timeout_while(state, LIMIT, |state| !state.is_given).unwrap();
        assert!(state.is_given, "nothing came from the client");
    }

    /// Drops a call when the signal comes, and lets the runtime clean up behind it. Tells what came of the call if
    /// it was over before.
    pub async fn cut_short<T>(self, call: impl Future<Output = T>) -> Option<T> {
        let outcome = {
            let mut call = pin!(call);
            std::future::poll_fn(|context| match call.as_mut().poll(context) {
                Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
                Poll::Pending => self.poll(context).map(|()| None),
            })
            .await
        };
        GiveWay::default().await;
        outcome
    }

    fn poll(&self, context: &Context<'_>) -> Poll<()> {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.is_given {
            return Poll::Ready(());
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Trigger {
    fn drop(&mut self) {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.is_given = true;
        self.0.changed.notify_all();
        if let Some(waker) = state.waker.take() {
            waker.wake();
        }
    }
}
