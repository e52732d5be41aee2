//! `drive::Blocking`, with calls and a clock in virtual time.

use std::{
    cell::Cell,
    collections::BTreeMap,
    rc::Rc,
    sync::{Arc, Condvar, Mutex, mpsc},
    task::Poll,
    thread,
    time::Duration,
};

use offerslook_core::{
    drive::{Blocking, BlockingCalls, Event},
    error::{Error, TransportKind},
    job::{Attempt, AttemptId, Moment, Options, Ticket},
};

use crate::fixture::{Answer, Service, call, count, links, numbers, plain_loop};

/// Calls that are answered in virtual time.
struct VirtualCalls {
    now: Rc<Cell<Moment>>,
    service: Service,
    /// Each with a copy of `running`.
    in_flight: BTreeMap<(Moment, u32), (Ticket, Answer, Rc<()>)>,
    running: Rc<()>,
    cancelled: Rc<Cell<u32>>,
    /// How much time starting a call takes.
    start_takes: Duration,
}

impl VirtualCalls {
    fn new() -> Self {
        Self {
            now: Rc::new(Cell::new(Moment::EPOCH)),
            service: Service::default(),
            in_flight: BTreeMap::new(),
            running: Rc::default(),
            cancelled: Rc::default(),
            start_takes: Duration::ZERO,
        }
    }
}

impl BlockingCalls for VirtualCalls {
    fn now(&self) -> Moment {
        self.now.get()
    }

    fn start(&mut self, attempt: Attempt) {
        let (took, answer) = self.service.answer(&attempt.request);
        let call = (attempt.ticket, answer, Rc::clone(&self.running));
        self.in_flight.insert((self.now() + took, self.service.calls), call);
        self.now.set(self.now() + self.start_takes);
    }

    fn cancel(&mut self, id: AttemptId) {
        self.cancelled.set(self.cancelled.get() + 1);
        self.in_flight.retain(|_, (ticket, ..)| ticket.id() != id);
    }

    fn wait(&mut self, until: Option<Moment>) -> Event {
        let next =
            self.in_flight.first_entry().filter(|next| until.is_none_or(|until| next.key().0 <= until));
        if let Some(next) = next {
            self.now.set(self.now.get().max(next.key().0));
            let (ticket, answer, _) = next.remove();
            Event::Answer(ticket, answer)
        } else {
            self.now.set(self.now.get().max(until.expect("something to wait for")));
            Event::Woken
        }
    }

    fn abort(&mut self) {
        self.in_flight.clear();
    }

    fn waker(&self) -> Box<dyn Fn() + Send + Sync> {
        Box::new(|| ())
    }
}

#[test]
fn it_yields_what_a_plain_loop_does() {
    let expected = plain_loop(links(), &mut Service::default());
    let mut all = Blocking::new(links(), VirtualCalls::new());
    let items: Vec<String> = all.by_ref().map(|item| format!("{item:?}")).collect();
    assert_eq!(items, expected);
    assert_eq!((all.progress().done, all.report().unusable_rows.count), (200, 0));
    assert_eq!(items.len(), 200);
}

#[test]
fn after_the_last_item_there_is_none_and_nothing_runs() {
    let calls = VirtualCalls::new();
    let running = Rc::clone(&calls.running);
    let mut items = Blocking::new(links(), calls);
    assert_eq!(items.by_ref().count(), 200);
    assert!(items.next().is_none() && items.next().is_none());
    assert_eq!(Rc::strong_count(&running), 2, "the calls' own, and this one");
}

#[test]
fn dropping_it_leaves_nothing_running() {
    let calls = VirtualCalls::new();
    let running = Rc::clone(&calls.running);
    let mut items = Blocking::new(links(), calls);
    assert!(items.next().is_some());
    assert!(Rc::strong_count(&running) > 2, "calls are running");
    drop(items);
    assert_eq!(Rc::strong_count(&running), 1);
}

#[test]
fn a_listing_that_sees_its_end_leaves_nothing_running() {
    let calls = VirtualCalls::new();
    let running = Rc::clone(&calls.running);
    let mut rows = Blocking::new(numbers(), calls);
    assert!(rows.by_ref().last().is_some_and(|last| last.is_err()));
    assert_eq!(Rc::strong_count(&running), 2, "the calls' own, and this one");
}

/// Answers that came while the consumer was busy count: the job has not timed them out.
#[test]
fn a_slow_consumer_loses_no_answer() {
    let calls = VirtualCalls::new();
    let now = Rc::clone(&calls.now);
    let mut items = Vec::new();
    let mut all = Blocking::new(links(), calls);
    for item in all.by_ref() {
        now.set(now.get() + Duration::from_mins(1));
        items.push(item);
    }
    assert_eq!(count(&items), (200, 0, 0));
    let mut service = Service::default();
    plain_loop(links(), &mut service);
    assert_eq!(all.progress().calls, u64::from(service.calls));
}

/// A transport that makes each call when it is started has the answers of a whole round before the first wait.
#[test]
fn calls_that_are_made_one_by_one_lose_no_answer() {
    let mut calls = VirtualCalls::new();
    calls.start_takes = Duration::from_secs(20);
    let mut all = Blocking::new(links(), calls);
    let items: Vec<_> = all.by_ref().collect();
    assert_eq!(count(&items), (200, 0, 0));
    let mut service = Service::default();
    plain_loop(links(), &mut service);
    assert_eq!(all.progress().calls, u64::from(service.calls));
}

#[test]
fn a_call_that_timed_out_is_cancelled() {
    let mut calls = VirtualCalls::new();
    calls.service.is_silent = true;
    let cancelled = Rc::clone(&calls.cancelled);
    let mut run = Blocking::new(call(Options::builder()), calls);
    let Some(Err(Error::Transport(error))) = run.next() else { panic!("no transport error") };
    assert_eq!(error.kind, TransportKind::NeverAnswered);
    assert!(run.next().is_none());
    assert_eq!(cancelled.get(), 1);
}

#[test]
fn a_wait_for_an_item_may_be_limited() {
    const SECOND: Duration = Duration::from_secs(1);
    let mut calls = VirtualCalls::new();
    calls.service.is_silent = true;
    let mut silent = Blocking::new(call(Options::builder().timeout(SECOND)), calls);
    let waits = std::iter::from_fn(|| silent.next_within(SECOND).is_pending().then_some(()));
    let timed_out_after = SECOND + Options::GRACE;
    assert_eq!(u64::try_from(waits.count()), Ok(timed_out_after.as_secs() - 1));
    assert!(matches!(silent.next_within(SECOND), Poll::Ready(None)), "the error came before");

    let mut answered = Blocking::new(call(Options::builder()), VirtualCalls::new());
    assert!(matches!(answered.next_within(SECOND), Poll::Ready(Some(Ok(_)))));
    assert!(matches!(answered.next_within(SECOND), Poll::Ready(None)));
}

/// Calls that are never answered, on a real thread.
struct Silence {
    woken: Arc<(Mutex<bool>, Condvar)>,
    waiting: mpsc::Sender<()>,
    running: Vec<Ticket>,
    aborted: Arc<Mutex<usize>>,
}

impl BlockingCalls for Silence {
    fn now(&self) -> Moment {
        Moment::EPOCH
    }

    fn start(&mut self, attempt: Attempt) {
        self.running.push(attempt.ticket);
    }

    fn cancel(&mut self, _id: AttemptId) {}

    fn wait(&mut self, until: Option<Moment>) -> Event {
        if until.is_some_and(|until| until <= Moment::EPOCH) {
            return Event::Woken;
        }
        let _ = self.waiting.send(());
        let (woken, condition) = &*self.woken;
        let limit = Duration::from_mins(1);
        let (mut woken, waited) =
            condition.wait_timeout_while(woken.lock().unwrap(), limit, |woken| !*woken).unwrap();
        assert!(!waited.timed_out(), "nobody woke it");
        *woken = false;
        Event::Woken
    }

    fn abort(&mut self) {
        *self.aborted.lock().unwrap() += self.running.len();
        self.running.clear();
    }

    fn waker(&self) -> Box<dyn Fn() + Send + Sync> {
        let woken = Arc::clone(&self.woken);
        Box::new(move || {
            *woken.0.lock().unwrap() = true;
            woken.1.notify_all();
        })
    }
}

#[test]
fn another_thread_stops_it() {
    let (waiting, is_waiting) = mpsc::channel();
    let aborted = Arc::default();
    let calls =
        Silence { woken: Arc::default(), waiting, running: Vec::new(), aborted: Arc::clone(&aborted) };
    let all = Blocking::new(links(), calls);
    let stopper = all.stop_handle();
    let other = thread::spawn(move || {
        is_waiting.recv().unwrap();
        stopper.stop();
        stopper.stop();
    });
    let items: Vec<_> = all.collect();
    other.join().unwrap();
    assert_eq!(*aborted.lock().unwrap(), 1, "the one call before the first success");
    assert_eq!(count(&items), (0, 200, 1));
    assert!(matches!(items.last(), Some(Err(Error::Stopped(_)))));
}

#[test]
fn stopped_before_it_began_it_sends_nothing() {
    let all = Blocking::new(links(), VirtualCalls::new());
    all.stop_handle().stop();
    let mut all = all;
    let items: Vec<_> = all.by_ref().collect();
    assert_eq!(count(&items), (0, 200, 1));
    assert_eq!(all.progress().calls, 0);
}
