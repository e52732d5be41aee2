//! The blocking client over transports without any I/O.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, mpsc},
    thread::{self, ThreadId},
    time::{Duration, Instant},
};

use offerslook_client::blocking::{Client, Transport};
use offerslook_core::{
    BaseUrl, Delivery, Error, Settings, SetupError, TransportKind,
    job::{Jobs, Options, OptionsBuilder, Quota, Rate},
    transport::Exchange,
};

use crate::{Answer, account, links, rows};

/// A transport that is a function.
struct Fake<F>(F);

impl<F: Fn(&Exchange) -> Answer + Send + Sync + 'static> Transport for Fake<F> {
    fn new(_: &Settings, _: &BaseUrl) -> Result<Self, SetupError> {
        Err(SetupError::Tls { cause: "a function has no settings".to_owned() })
    }

    fn exchange(&self, exchange: &Exchange) -> Answer {
        (self.0)(exchange)
    }
}

fn quota() -> Quota {
    Quota::new(Rate::new(10_000, Duration::from_millis(1)).unwrap())
}

fn client<F: Fn(&Exchange) -> Answer + Send + Sync + 'static>(
    options: OptionsBuilder,
    exchange: F,
) -> Client<Fake<F>> {
    Client::builder(account()).options(options.build().unwrap()).quota(quota()).build_with(Fake(exchange))
}

#[test]
fn a_single_call_is_made_on_the_callers_thread() {
    let caller = thread::current().id();
    let client = client(Options::builder(), move |exchange| {
        assert_eq!(thread::current().id(), caller);
        rows(exchange)
    });
    assert!(client.send(&links()).is_ok());
    let request = client.jobs().account().request(&links()).unwrap();
    assert!(client.execute(request).is_ok());
}

#[test]
fn a_run_uses_at_most_max_in_flight_threads() {
    let threads: Arc<Mutex<BTreeSet<String>>> = Arc::default();
    let seen = Arc::clone(&threads);
    let options = Options::builder().max_in_flight(3).ids_per_request(1);
    let client = client(options, move |exchange| {
        seen.lock().unwrap().insert(format!("{:?}", thread::current().id()));
        rows(exchange)
    });
    assert_eq!(client.links(1..=200_u64).flatten().count(), 200);
    let caller: ThreadId = thread::current().id();
    let threads = threads.lock().unwrap();
    assert!((1..=3).contains(&threads.len()), "{threads:?}");
    assert!(!threads.contains(&format!("{caller:?}")));
}

#[test]
fn calls_that_wait_for_a_thread_are_discarded_on_drop() {
    let (made, calls) = mpsc::channel();
    let (finish, finished) = mpsc::channel::<()>();
    let finished = Mutex::new(finished);
    let client = client(Options::builder().max_in_flight(1).ids_per_request(1), move |exchange| {
        made.send(exchange.request().uri().path().to_owned()).unwrap();
        let _ = finished.lock().unwrap().recv();
        rows(exchange)
    });
    // The jobs of another client may have more calls in flight than this one has threads.
    let options = Options::builder().max_in_flight(4).ids_per_request(1).build().unwrap();
    let jobs = Jobs::new(account(), options, quota(), 1);
    let mut run = client.run(jobs.links(1..=20_u64));
    assert!(run.next_within(Duration::ZERO).is_pending());
    finish.send(()).unwrap();
    // After the first success, three more are started before anything is waited for.
    assert!(run.next().is_some());
    assert!(run.next_within(Duration::ZERO).is_pending());
    assert_eq!(run.progress().in_flight, 4);
    assert_eq!(calls.iter().take(2).count(), 2, "the first call, and the one that is being made");
    drop(run);
    drop(finish);
    drop(client);
    // Ends when the thread has dropped its end.
    assert_eq!(calls.iter().count(), 0, "the others are never made");
}

#[test]
fn a_panic_in_a_transport_is_an_answer() {
    let client = client(Options::builder().retries(0).ids_per_request(2), |_| panic!("a broken transport"));
    let never_answered = |error: &Error| {
        matches!(error, Error::Transport(error)
            if (error.kind, error.delivery) == (TransportKind::NeverAnswered, Delivery::Unknown)
                && error.host.as_deref() == Some("127.0.0.1"))
    };
    assert!(never_answered(&client.send(&links()).unwrap_err()));
    let outcomes: Vec<_> = client.links([1, 2]).collect();
    assert!(
        outcomes.len() >= 2 && format!("{outcomes:?}").contains("the transport panicked"),
        "{outcomes:?}"
    );
}

#[test]
fn a_slot_of_a_shared_quota_comes_back_though_nobody_polls_its_job() {
    let window = Duration::from_millis(50);
    let quota = Quota::new(Rate::new(1, window).unwrap());
    let options = Options::builder().ids_per_request(1).timeout(Duration::from_mins(1)).build().unwrap();
    let (answered, when_answered) = mpsc::channel();
    let client = Client::builder(account()).options(options).quota(quota).build_with(Fake(
        move |exchange: &Exchange| {
            let answer = rows(exchange);
            let _ = answered.send(());
            answer
        },
    ));
    let mut run = client.links([1, 2, 3]);
    assert!(run.next_within(Duration::ZERO).is_pending());
    when_answered.recv().unwrap();
    let began = Instant::now();
    assert!(client.send(&links()).is_ok());
    assert!(
        began.elapsed() < Duration::from_secs(30),
        "it waits for the timeout of a call that was answered"
    );
    assert_eq!(run.flatten().count(), 3);
}
