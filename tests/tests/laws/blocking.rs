//! `drive::Blocking`, over calls and a clock that are not real.

use std::{
    cell::Cell,
    collections::BTreeMap,
    rc::Rc,
    sync::{Arc, Condvar, Mutex, mpsc},
    thread,
    time::Duration,
};

use offerslook_core::{
    drive::{Blocking, Calls, Woken},
    job::{Attempt, BatchItem, Moment, Notice, Ticket},
};

use crate::fixture::{Answer, Service, count, links, numbers, plain_loop};

/// Calls that are answered in time that is only counted.
struct Counted {
    now: Rc<Cell<Moment>>,
    service: Service,
    in_flight: BTreeMap<(Moment, u32), (Ticket, Answer)>,
    /// Taken by each call that is running.
    running: Rc<()>,
    guards: Vec<Rc<()>>,
    /// How much time starting a call takes.
    start_takes: Duration,
}

impl Counted {
    fn new() -> Self {
        Self {
            now: Rc::new(Cell::new(Moment::EPOCH)),
            service: Service::default(),
            in_flight: BTreeMap::new(),
            running: Rc::default(),
            guards: Vec::new(),
            start_takes: Duration::ZERO,
        }
    }
}

impl Calls for Counted {
    fn now(&self) -> Moment {
        self.now.get()
    }

    fn start(&mut self, attempt: Attempt) {
        let (took, answer) = self.service.answer(&attempt.request);
        self.in_flight.insert((self.now() + took, self.service.calls), (attempt.ticket, answer));
        self.guards.push(Rc::clone(&self.running));
        self.now.set(self.now() + self.start_takes);
    }

    fn wait(&mut self, until: Option<Moment>) -> Woken {
        let next =
            self.in_flight.first_entry().filter(|next| until.is_none_or(|until| next.key().0 <= until));
        if let Some(next) = next {
            self.now.set(self.now.get().max(next.key().0));
            let (ticket, answer) = next.remove();
            self.guards.pop();
            Woken::Answer(ticket, answer)
        } else {
            self.now.set(self.now.get().max(until.expect("something to wait for")));
            Woken::Nothing
        }
    }

    fn abort(&mut self) {
        self.in_flight.clear();
        self.guards.clear();
    }

    fn waker(&self) -> Box<dyn Fn() + Send + Sync> {
        Box::new(|| ())
    }
}

#[test]
fn it_hands_out_what_a_plain_loop_does() {
    let expected = plain_loop(links(), &mut Service::default());
    let items: Vec<String> = Blocking::new(links(), Counted::new()).map(|item| format!("{item:?}")).collect();
    assert_eq!(items, expected);
    assert_eq!(items.len(), 200);
}

#[test]
fn after_the_last_item_there_is_none_and_nothing_runs() {
    let calls = Counted::new();
    let running = Rc::clone(&calls.running);
    let mut items = Blocking::new(links(), calls);
    assert_eq!(items.by_ref().count(), 200);
    assert!(items.next().is_none() && items.next().is_none());
    assert_eq!(Rc::strong_count(&running), 2, "the calls' own, and this one");
}

#[test]
fn dropping_it_leaves_nothing_running() {
    let calls = Counted::new();
    let running = Rc::clone(&calls.running);
    let mut items = Blocking::new(links(), calls);
    assert!(items.next().is_some());
    assert!(Rc::strong_count(&running) > 2, "calls are running");
    drop(items);
    assert_eq!(Rc::strong_count(&running), 1);
}

#[test]
fn a_listing_that_sees_its_end_leaves_nothing_running() {
    let calls = Counted::new();
    let running = Rc::clone(&calls.running);
    let mut rows = Blocking::new(numbers(), calls);
    assert!(rows.by_ref().last().is_some_and(|last| last.is_err()));
    assert_eq!(Rc::strong_count(&running), 2, "the calls' own, and this one");
}

/// Answers that came while the consumer was busy count: the job has not given them up.
#[test]
fn a_slow_consumer_loses_no_answer() {
    let calls = Counted::new();
    let now = Rc::clone(&calls.now);
    let mut items = Vec::new();
    let mut all = Blocking::new(links(), calls);
    for item in all.by_ref() {
        now.set(now.get() + Duration::from_mins(1));
        items.push(item);
    }
    assert_eq!(count(&items), (200, 0));
    let mut service = Service::default();
    plain_loop(links(), &mut service);
    assert_eq!(all.progress().calls, u64::from(service.calls));
}

/// A transport that makes each call when it is started has the answers of a whole round before the first wait.
#[test]
fn calls_that_are_made_one_by_one_lose_no_answer() {
    let mut calls = Counted::new();
    calls.start_takes = Duration::from_secs(20);
    let mut all = Blocking::new(links(), calls);
    let items: Vec<_> = all.by_ref().collect();
    assert_eq!(count(&items), (200, 0));
    let mut service = Service::default();
    plain_loop(links(), &mut service);
    assert_eq!(all.progress().calls, u64::from(service.calls));
}

/// Calls that are never answered, on a real thread.
struct Silence {
    woken: Arc<(Mutex<bool>, Condvar)>,
    waiting: mpsc::Sender<()>,
    running: Vec<Ticket>,
    aborted: Arc<Mutex<usize>>,
}

impl Calls for Silence {
    fn now(&self) -> Moment {
        Moment::EPOCH
    }

    fn start(&mut self, attempt: Attempt) {
        self.running.push(attempt.ticket);
    }

    fn wait(&mut self, until: Option<Moment>) -> Woken {
        if until.is_some_and(|until| until <= Moment::EPOCH) {
            return Woken::Nothing;
        }
        let _ = self.waiting.send(());
        let (woken, condition) = &*self.woken;
        let limit = Duration::from_mins(1);
        let (mut woken, waited) =
            condition.wait_timeout_while(woken.lock().unwrap(), limit, |woken| !*woken).unwrap();
        assert!(!waited.timed_out(), "nobody woke it");
        *woken = false;
        Woken::Nothing
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
    let mut all = Blocking::new(links(), calls);
    let stopper = all.stop_handle();
    let other = thread::spawn(move || {
        is_waiting.recv().unwrap();
        stopper.stop();
        stopper.stop();
    });
    assert!(matches!(all.next(), Some(BatchItem::Notice(Notice::Stopped(_)))));
    other.join().unwrap();
    assert_eq!(*aborted.lock().unwrap(), 1, "the one call before the first success");
    let items: Vec<_> = all.collect();
    assert_eq!((items.len(), count(&items)), (200, (0, 200)));
}

#[test]
fn stopped_before_it_began_it_sends_nothing() {
    let all = Blocking::new(links(), Counted::new());
    all.stop_handle().stop();
    let mut all = all;
    let items: Vec<_> = all.by_ref().collect();
    assert_eq!(count(&items), (0, 200));
    assert_eq!(all.progress().calls, 0);
}
