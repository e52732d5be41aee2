use std::{
    cell::{Cell, RefCell},
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use futures_core::Stream;
use offerslook_core::{
    Error, Response, TransportError, TransportKind,
    drive::{AsyncCalls, Concurrent},
    job::{Attempt, AttemptId, Moment, Options, Ticket},
};

use crate::{call, jobs, links, one_per_call, second};

#[derive(Clone, Default)]
struct Fake {
    now: Rc<Cell<Moment>>,
    calls: Rc<RefCell<Vec<Rc<Shared>>>>,
    cancelled: Rc<RefCell<Vec<AttemptId>>>,
}

#[derive(Default)]
struct Shared {
    is_answered: Cell<bool>,
    polls: Cell<usize>,
    is_dropped: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Fake {
    fn answer(&self, call: usize) {
        let call = Rc::clone(&self.calls.borrow()[call]);
        call.is_answered.set(true);
        if let Some(waker) = call.waker.borrow_mut().take() {
            waker.wake();
        }
    }

    fn polls(&self) -> Vec<usize> {
        self.calls.borrow().iter().map(|call| call.polls.get()).collect()
    }
}

struct Call(Option<Attempt>, Rc<Shared>);

impl Future for Call {
    type Output = (Ticket, Result<Response, TransportError>);

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.1.polls.set(self.1.polls.get() + 1);
        if self.1.is_answered.get() {
            let Attempt { ticket, request, .. } = self.0.take().unwrap();
            return Poll::Ready((ticket, Ok(links(&request))));
        }
        *self.1.waker.borrow_mut() = Some(context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.1.is_dropped.set(true);
    }
}

impl AsyncCalls for Fake {
    type Call = Call;
    type Sleep = std::future::Pending<()>;

    fn now(&self) -> Moment {
        self.now.get()
    }

    fn start(&mut self, attempt: Attempt) -> Call {
        let shared = Rc::<Shared>::default();
        self.calls.borrow_mut().push(Rc::clone(&shared));
        Call(Some(attempt), shared)
    }

    fn cancel(&mut self, id: AttemptId) {
        self.cancelled.borrow_mut().push(id);
    }

    fn sleep_until(&mut self, _: Moment) -> Self::Sleep {
        std::future::pending()
    }
}

fn poll<S: Stream + Unpin>(run: &mut S) -> Poll<Option<S::Item>> {
    Pin::new(run).poll_next(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn only_calls_that_were_woken_are_polled() {
    let fake = Fake::default();
    let mut run = Concurrent::new(jobs(one_per_call()).links(1..=5_u64), fake.clone());
    assert!(poll(&mut run).is_pending());
    fake.answer(0);
    assert!(poll(&mut run).is_ready());
    assert!(poll(&mut run).is_pending());
    assert_eq!(fake.polls(), [2, 1, 1, 1, 1]);
    fake.answer(2);
    assert!(poll(&mut run).is_pending(), "the outcome before it is missing");
    assert_eq!(fake.polls(), [2, 1, 2, 1, 1]);
}

#[test]
fn a_call_that_timed_out_is_dropped_and_cancelled() {
    let fake = Fake::default();
    let mut run = Concurrent::new(jobs(Options::builder().retries(0)).call(&call()), fake.clone());
    assert!(poll(&mut run).is_pending());
    fake.now.set(second(60));
    let Poll::Ready(Some(Err(Error::Transport(error)))) = poll(&mut run) else { panic!("no error") };
    assert_eq!(error.kind, TransportKind::NeverAnswered);
    assert!(matches!(poll(&mut run), Poll::Ready(None)));
    assert!(fake.calls.borrow()[0].is_dropped.get());
    assert_eq!(fake.cancelled.borrow().len(), 1);
}
