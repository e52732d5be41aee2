//! `drive::Concurrent`, polled by hand in time that is only counted.

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
    Request,
    drive::{Concurrent, Runtime},
    job::{BatchItem, Job, Moment, Notice},
};

use crate::fixture::{Answer, Links, Service, count, links, numbers, plain_loop};

/// The time, and who wants to be woken when.
#[derive(Default)]
struct Time {
    now: Moment,
    timers: BTreeMap<Moment, Vec<Waker>>,
}

#[derive(Clone, Default)]
struct Counted {
    time: Arc<Mutex<Time>>,
    service: Arc<Mutex<Service>>,
    running: Arc<()>,
}

/// A future that is ready at a moment, call or sleep.
struct At<T> {
    moment: Moment,
    value: Option<T>,
    time: Arc<Mutex<Time>>,
    _running: Option<Arc<()>>,
}

impl<T: Unpin> Future for At<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let this = self.get_mut();
        let mut time = this.time.lock().unwrap();
        if time.now >= this.moment {
            return Poll::Ready(this.value.take().expect("not polled again"));
        }
        time.timers.entry(this.moment).or_default().push(context.waker().clone());
        Poll::Pending
    }
}

impl Counted {
    fn at<T>(&self, moment: Moment, value: T, running: Option<Arc<()>>) -> At<T> {
        At { moment, value: Some(value), time: Arc::clone(&self.time), _running: running }
    }

    fn pass(&self, wait: Duration) {
        let mut time = self.time.lock().unwrap();
        time.now = time.now + wait;
    }

    /// Goes on to the next moment that somebody waits for, and wakes whoever does.
    fn advance(&self) {
        let mut time = self.time.lock().unwrap();
        let (moment, wakers) = time.timers.pop_first().expect("a stream that is pending waits for something");
        time.now = time.now.max(moment);
        drop(time);
        wakers.into_iter().for_each(Waker::wake);
    }

    /// How many calls there are, while there is a stream.
    fn running(&self) -> usize {
        // One is that of each copy of this.
        Arc::strong_count(&self.running) - 2
    }
}

impl Runtime for Counted {
    type Call = At<Answer>;
    type Sleep = At<()>;

    fn now(&self) -> Moment {
        self.time.lock().unwrap().now
    }

    fn start(&mut self, request: Request, _timeout: Duration) -> At<Answer> {
        let (took, answer) = self.service.lock().unwrap().answer(&request);
        self.at(self.now() + took, answer, Some(Arc::clone(&self.running)))
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

/// Takes the next item like a task does: polls, and after that only when it was woken.
fn next<J: Job>(stream: &mut Concurrent<J, Counted>, runtime: &Counted) -> Option<J::Item> {
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(Arc::clone(&bell));
    let mut context = Context::from_waker(&waker);
    loop {
        let heard = bell.0.load(Ordering::SeqCst);
        if let Poll::Ready(item) = Pin::new(&mut *stream).poll_next(&mut context) {
            return item;
        }
        while bell.0.load(Ordering::SeqCst) == heard {
            runtime.advance();
        }
    }
}

fn stream() -> (Concurrent<Links, Counted>, Counted) {
    let runtime = Counted::default();
    (Concurrent::new(links(), runtime.clone()), runtime)
}

fn collect<J: Job>(stream: &mut Concurrent<J, Counted>, runtime: &Counted) -> Vec<J::Item> {
    std::iter::from_fn(|| next(stream, runtime)).collect()
}

fn calls_of_a_plain_loop() -> u64 {
    let mut service = Service::default();
    plain_loop(links(), &mut service);
    service.calls.into()
}

#[test]
fn it_hands_out_what_a_plain_loop_does() {
    let (mut stream, runtime) = stream();
    let items: Vec<String> = collect(&mut stream, &runtime).iter().map(|item| format!("{item:?}")).collect();
    assert_eq!(items, plain_loop(links(), &mut Service::default()));
    assert_eq!(stream.progress().calls, calls_of_a_plain_loop());
    assert!(next(&mut stream, &runtime).is_none(), "none is none for ever");
    drop(stream);
    assert_eq!(Arc::strong_count(&runtime.running), 1);
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
    let runtime = Counted::default();
    let mut stream = Concurrent::new(numbers(), runtime.clone());
    assert!(collect(&mut stream, &runtime).last().is_some_and(Result::is_err));
    assert_eq!(runtime.running(), 0);
}

/// There is nothing to wait for, then.
#[test]
fn calls_that_are_answered_at_once_take_no_time() {
    let (mut stream, runtime) = stream();
    runtime.service.lock().unwrap().at_once = true;
    assert_eq!(count(&collect(&mut stream, &runtime)), (200, 0));
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
    assert_eq!(count(&items), (200, 0));
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
    assert_eq!(bell.0.load(Ordering::SeqCst), 1, "the task is woken");
    assert!(matches!(next(&mut stream, &runtime), Some(BatchItem::Notice(Notice::Stopped(_)))));
    assert_eq!(runtime.running(), 0);
    let items = collect(&mut stream, &runtime);
    assert_eq!((items.len(), count(&items)), (200, (0, 200)));
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
    assert_eq!(bells.map(|bell| bell.0.load(Ordering::SeqCst)), [0, 1]);
}

/// It compiles where its parts are `Send`.
const _: fn() = || {
    fn is_send<T: Send>() {}
    is_send::<Concurrent<Links, Counted>>();
    is_send::<offerslook_core::drive::StopHandle>();
};
