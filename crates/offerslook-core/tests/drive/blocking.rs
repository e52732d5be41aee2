use std::{cell::RefCell, rc::Rc, task::Poll, time::Duration};

use offerslook_core::{
    Error, TransportKind,
    drive::{Blocking, BlockingCalls, Event},
    job::{Attempt, AttemptId, Moment, Options},
};

use crate::{call, jobs, links, one_per_call};

/// Calls that are answered when somebody waits, or never.
#[derive(Default)]
struct Fake {
    now: Moment,
    is_silent: bool,
    started: Vec<Attempt>,
    cancelled: Rc<RefCell<Vec<AttemptId>>>,
}

impl BlockingCalls for Fake {
    fn now(&self) -> Moment {
        self.now
    }

    fn start(&mut self, attempt: Attempt) {
        self.started.push(attempt);
    }

    fn cancel(&mut self, id: AttemptId) {
        self.cancelled.borrow_mut().push(id);
    }

    fn wait(&mut self, until: Option<Moment>) -> Event {
        if !self.is_silent
            && let Some(Attempt { ticket, request, .. }) = self.started.pop()
        {
            return Event::Answer(ticket, Ok(links(&request)));
        }
        self.now = self.now.max(until.unwrap());
        Event::Woken
    }

    fn abort(&mut self) {}

    fn waker(&self) -> Box<dyn Fn() + Send + Sync> {
        Box::new(|| ())
    }
}

#[test]
fn a_call_that_timed_out_is_cancelled() {
    let calls = Fake { is_silent: true, ..Fake::default() };
    let cancelled = Rc::clone(&calls.cancelled);
    let mut run = Blocking::new(jobs(Options::builder().retries(0)).call(&call()), calls);
    let Some(Err(Error::Transport(error))) = run.next() else { panic!("no transport error") };
    assert_eq!(error.kind, TransportKind::NeverAnswered);
    assert!(run.next().is_none());
    assert_eq!(cancelled.borrow().len(), 1);
}

#[test]
fn a_wait_for_an_item_may_be_limited() {
    const SECOND: Duration = Duration::from_secs(1);
    let mut silent = Blocking::new(
        jobs(Options::builder().retries(0).timeout(SECOND)).call(&call()),
        Fake { is_silent: true, ..Fake::default() },
    );
    let waits = std::iter::from_fn(|| silent.next_within(SECOND).is_pending().then_some(()));
    let timed_out_after = SECOND + Options::GRACE;
    assert_eq!(u64::try_from(waits.count()), Ok(timed_out_after.as_secs() - 1));
    assert!(matches!(silent.next_within(SECOND), Poll::Ready(None)), "the error came before");

    let mut answered = Blocking::new(jobs(one_per_call()).links([16]), Fake::default());
    assert!(matches!(answered.next_within(SECOND), Poll::Ready(Some(Ok((_, Ok(_)))))));
    assert!(matches!(answered.next_within(SECOND), Poll::Ready(None)));
}

#[test]
fn no_attempt_may_take_longer_than_what_is_left_of_the_deadline() {
    let options = Options::builder().timeout(Duration::from_mins(1)).max_time(Duration::from_secs(3));
    let calls = Fake { is_silent: true, ..Fake::default() };
    let mut job = jobs(options).call(&call());
    let offerslook_core::job::Action::Send(attempt) = offerslook_core::job::Job::next(&mut job, calls.now())
    else {
        panic!("no attempt");
    };
    assert_eq!(attempt.timeout, Duration::from_secs(3));
    let exchange = attempt.exchange(&offerslook_core::Settings::default()).unwrap();
    assert_eq!(exchange.timeout(), Duration::from_secs(3));
}
