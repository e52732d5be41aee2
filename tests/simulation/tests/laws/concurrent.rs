//! `drive::Concurrent`, polled by hand in virtual time.

use std::{
    collections::BTreeMap,
    future::poll_fn,
    pin::{Pin, pin},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
    thread,
    time::Duration,
};

use futures_core::Stream;
use offerslook_core::{
    drive::{AsyncCalls, Concurrent},
    error::{Error, TransportKind},
    job::{Attempt, AttemptId, Job, Moment, Options, Ticket},
};

use crate::fixture::{Answer, Links, Service, call, count, links, numbers, plain_loop};

/// The time, and the wakers by moment.
#[derive(Default)]
struct Time {
    now: Moment,
    timers: BTreeMap<Moment, Vec<Waker>>,
}

#[derive(Clone, Default)]
struct VirtualCalls {
    time: Arc<Mutex<Time>>,
    service: Arc<Mutex<Service>>,
    running: Arc<()>,
    cancelled: Arc<AtomicUsize>,
    /// How often a call was polled.
    polls: Arc<AtomicUsize>,
}

/// A future that is ready at a moment: a call or a timer.
struct At<T> {
    moment: Moment,
    value: Option<T>,
    time: Arc<Mutex<Time>>,
    polls: Arc<AtomicUsize>,
    _running: Option<Arc<()>>,
}

impl<T: Unpin> Future for At<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let this = self.get_mut();
        this.polls.fetch_add(1, Ordering::SeqCst);
        let mut time = this.time.lock().unwrap();
        if time.now >= this.moment {
            return Poll::Ready(this.value.take().expect("not polled again"));
        }
        time.timers.entry(this.moment).or_default().push(context.waker().clone());
        Poll::Pending
    }
}

impl VirtualCalls {
    fn at<T>(&self, moment: Moment, value: T, call: Option<(Arc<AtomicUsize>, Arc<()>)>) -> At<T> {
        let (polls, running) = call.unzip();
        let time = Arc::clone(&self.time);
        At { moment, value: Some(value), time, polls: polls.unwrap_or_default(), _running: running }
    }

    /// Lets time pass while nobody polls the stream. What is due wakes whoever waits for it.
    fn pass(&self, wait: Duration) {
        let mut time = self.time.lock().unwrap();
        time.now = time.now + wait;
        let now = time.now;
        let later = time.timers.split_off(&(now + Duration::from_nanos(1)));
        let due = std::mem::replace(&mut time.timers, later);
        drop(time);
        due.into_values().flatten().for_each(Waker::wake);
    }

    /// Advances to the next moment that somebody waits for, and wakes them.
    fn advance(&self) {
        let mut time = self.time.lock().unwrap();
        let (moment, wakers) = time.timers.pop_first().expect("a stream that is pending waits for something");
        time.now = time.now.max(moment);
        drop(time);
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Returns the number of calls, while there is a stream.
    fn running(&self) -> usize {
        // One is that of each copy of this.
        Arc::strong_count(&self.running) - 2
    }
}

impl AsyncCalls for VirtualCalls {
    type Call = At<(Ticket, Answer)>;
    type Sleep = At<()>;

    fn now(&self) -> Moment {
        self.time.lock().unwrap().now
    }

    fn start(&mut self, attempt: Attempt) -> At<(Ticket, Answer)> {
        let (took, answer) = self.service.lock().unwrap().answer(&attempt.request);
        let call = (Arc::clone(&self.polls), Arc::clone(&self.running));
        self.at(self.now() + took, (attempt.ticket, answer), Some(call))
    }

    fn cancel(&mut self, _id: AttemptId) {
        self.cancelled.fetch_add(1, Ordering::SeqCst);
    }

    fn sleep_until(&mut self, moment: Moment) -> At<()> {
        self.at(moment, (), None)
    }
}

/// Counts how often it is woken.
#[derive(Default)]
struct Bell(AtomicUsize);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// Takes the next item as a task does: polls, and then again only when it was woken.
fn next<J: Job>(stream: &mut Concurrent<J, VirtualCalls>, runtime: &VirtualCalls) -> Option<J::Item> {
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(Arc::clone(&bell));
    let mut context = Context::from_waker(&waker);
    loop {
        let before = bell.0.load(Ordering::SeqCst);
        if let Poll::Ready(item) = Pin::new(&mut *stream).poll_next(&mut context) {
            return item;
        }
        while bell.0.load(Ordering::SeqCst) == before {
            runtime.advance();
        }
    }
}

fn stream() -> (Concurrent<Links, VirtualCalls>, VirtualCalls) {
    let runtime = VirtualCalls::default();
    (Concurrent::new(links(), runtime.clone()), runtime)
}

fn collect<J: Job>(stream: &mut Concurrent<J, VirtualCalls>, runtime: &VirtualCalls) -> Vec<J::Item> {
    std::iter::from_fn(|| next(stream, runtime)).collect()
}

fn calls_of_a_plain_loop() -> u64 {
    let mut service = Service::default();
    plain_loop(links(), &mut service);
    service.calls.into()
}

#[test]
fn it_yields_what_a_plain_loop_does() {
    let (mut stream, runtime) = stream();
    let items: Vec<String> = collect(&mut stream, &runtime).iter().map(|item| format!("{item:?}")).collect();
    assert_eq!(items, plain_loop(links(), &mut Service::default()));
    assert_eq!(stream.progress().calls, calls_of_a_plain_loop());
    assert!(next(&mut stream, &runtime).is_none(), "none is none for ever");
    drop(stream);
    assert_eq!(Arc::strong_count(&runtime.running), 1);
}

/// When it is started, and when it is ready.
#[test]
fn a_call_is_polled_twice() {
    let (mut stream, runtime) = stream();
    collect(&mut stream, &runtime);
    assert_eq!(u64::try_from(runtime.polls.load(Ordering::SeqCst)), Ok(2 * calls_of_a_plain_loop()));
}

#[test]
fn a_call_that_timed_out_is_dropped_and_cancelled() {
    let runtime = VirtualCalls::default();
    runtime.service.lock().unwrap().is_silent = true;
    let mut stream = Concurrent::new(call(Options::builder()), runtime.clone());
    let Some(Err(Error::Transport(error))) = next(&mut stream, &runtime) else { panic!("no error") };
    assert_eq!(error.kind, TransportKind::NeverAnswered);
    assert!(next(&mut stream, &runtime).is_none());
    assert_eq!((runtime.running(), runtime.cancelled.load(Ordering::SeqCst)), (0, 1));
}

#[test]
fn dropping_it_ends_its_calls() {
    let (mut stream, runtime) = stream();
    assert!(next(&mut stream, &runtime).is_some());
    assert!(runtime.running() > 0);
    drop(stream);
    assert_eq!(Arc::strong_count(&runtime.running), 1);
}

#[test]
fn a_listing_that_sees_its_end_leaves_nothing_running() {
    let runtime = VirtualCalls::default();
    let mut stream = Concurrent::new(numbers(), runtime.clone());
    assert!(collect(&mut stream, &runtime).last().is_some_and(Result::is_err));
    assert_eq!(runtime.running(), 0);
}

/// There is nothing to wait for, then.
#[test]
fn calls_that_are_answered_at_once_take_no_time() {
    let (mut stream, runtime) = stream();
    runtime.service.lock().unwrap().at_once = true;
    assert_eq!(count(&collect(&mut stream, &runtime)), (200, 0, 0));
    assert_eq!(runtime.now(), Moment::EPOCH);
}

/// Whoever waits with `next()` may stop to wait, and somebody else may go on: as in a `select!`.
#[test]
fn a_next_that_is_dropped_loses_nothing() {
    let (mut stream, runtime) = stream();
    let mut items = Vec::new();
    loop {
        let bell = Arc::new(Bell::default());
        let waker = Waker::from(Arc::clone(&bell));
        let polled = {
            let mut next = pin!(poll_fn(|context| Pin::new(&mut stream).poll_next(context)));
            next.as_mut().poll(&mut Context::from_waker(&waker))
        };
        match polled {
            Poll::Ready(Some(item)) => items.push(format!("{item:?}")),
            Poll::Ready(None) => break,
            Poll::Pending => {
                while bell.0.load(Ordering::SeqCst) == 0 {
                    runtime.advance();
                }
            }
        }
    }
    assert_eq!(items, plain_loop(links(), &mut Service::default()));
}

#[test]
fn a_slow_consumer_loses_no_answer() {
    let (mut stream, runtime) = stream();
    let mut items = Vec::new();
    while let Some(item) = next(&mut stream, &runtime) {
        runtime.pass(Duration::from_mins(1));
        items.push(item);
    }
    assert_eq!(count(&items), (200, 0, 0));
    assert_eq!(stream.progress().calls, calls_of_a_plain_loop());
}

#[test]
fn another_thread_stops_it() {
    let (mut stream, runtime) = stream();
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(Arc::clone(&bell));
    assert!(Pin::new(&mut stream).poll_next(&mut Context::from_waker(&waker)).is_pending());
    assert!(runtime.running() > 0);
    let stopper = stream.stop_handle();
    thread::spawn(move || stopper.stop()).join().unwrap();
    assert!(bell.0.load(Ordering::SeqCst) > 0, "the task is woken");
    let first = next(&mut stream, &runtime);
    assert_eq!(runtime.running(), 0);
    let items: Vec<_> = first.into_iter().chain(collect(&mut stream, &runtime)).collect();
    assert_eq!(count(&items), (0, 200, 1));
    assert!(matches!(items.last(), Some(Err(Error::Stopped(_)))));
}

#[test]
fn a_stop_takes_effect_between_items_that_are_ready() {
    let (mut stream, runtime) = stream();
    assert!(next(&mut stream, &runtime).is_some());
    assert!(runtime.running() > 0);
    assert!(stream.next_ready().is_some(), "the row after it in the same answer");
    stream.stop_handle().stop();
    assert!(stream.next_ready().is_none());
    let items = collect(&mut stream, &runtime);
    assert_eq!(runtime.running(), 0);
    assert_eq!(count(&items), (3, 195, 1), "the rest of the answer, and what was not asked for");
}

/// A task may be polled from another one than before.
#[test]
fn a_stop_wakes_whoever_polled_last() {
    let (mut stream, _runtime) = stream();
    let bells = [Arc::new(Bell::default()), Arc::new(Bell::default())];
    for bell in &bells {
        let waker = Waker::from(Arc::clone(bell));
        assert!(Pin::new(&mut stream).poll_next(&mut Context::from_waker(&waker)).is_pending());
    }
    stream.stop_handle().stop();
    let [_, last] = bells.map(|bell| bell.0.load(Ordering::SeqCst));
    assert!(last > 0);
}

/// It compiles where its parts are `Send`.
const _: fn() = || {
    fn is_send<T: Send>() {}
    is_send::<Concurrent<Links, VirtualCalls>>();
    is_send::<offerslook_core::drive::StopHandle>();
};
