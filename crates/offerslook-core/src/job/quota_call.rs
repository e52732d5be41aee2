use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use futures_util::task::AtomicWaker;

use super::{QuotaRequest, QuotaStore, StoreError, StoreReply, Ticket};

/// A message to the store of a quota. Pass the reply to [`Job::quota_answered`](super::Job::quota_answered).
#[non_exhaustive]
pub struct QuotaCall {
    /// Identifies the message. Return it with the reply.
    pub ticket: Ticket,
    /// What is asked, and what is reported.
    pub request: QuotaRequest,
    /// How long the exchange with the store may take.
    pub timeout: Duration,
    pub(super) store: Arc<dyn QuotaStore>,
}

/// The ticket of a [`QuotaCall`], and the reply of the store.
pub type QuotaAnswer = (Ticket, Result<StoreReply, StoreError>);

impl QuotaCall {
    /// Asks the store and passes its reply to `done`, from any thread.
    pub fn ask(self, done: impl FnOnce(QuotaAnswer) + Send + 'static) {
        let Self { ticket, request, timeout, store } = self;
        store.ask(request, timeout, Box::new(move |reply| done((ticket, reply))));
    }
}

impl IntoFuture for QuotaCall {
    type Output = QuotaAnswer;
    type IntoFuture = QuotaAnswered;

    /// Asks the store at once. The future returns its reply.
    fn into_future(self) -> QuotaAnswered {
        let shared = Arc::<Shared>::default();
        let answered = QuotaAnswered(Arc::clone(&shared));
        self.ask(move |answer| {
            *shared.answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
            shared.waker.wake();
        });
        answered
    }
}

impl std::fmt::Debug for QuotaCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QuotaCall").field("request", &self.request).finish_non_exhaustive()
    }
}

/// The future reply of a store.
#[must_use]
pub struct QuotaAnswered(Arc<Shared>);

#[derive(Default)]
struct Shared {
    answer: Mutex<Option<QuotaAnswer>>,
    waker: AtomicWaker,
}

impl Future for QuotaAnswered {
    type Output = QuotaAnswer;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<QuotaAnswer> {
        self.0.waker.register(context.waker());
        let answer = self.0.answer.lock().unwrap_or_else(PoisonError::into_inner).take();
        answer.map_or(Poll::Pending, Poll::Ready)
    }
}

impl std::fmt::Debug for QuotaAnswered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QuotaAnswered").finish_non_exhaustive()
    }
}
