//! The async client over transports without any I/O.

use std::{
    future::pending,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use offerslook_client::{Client, Tokio, Transport};
use offerslook_core::{
    BaseUrl, Delivery, Error, IdError, Settings, SetupError, TransportKind,
    job::{Options, OptionsBuilder},
    transport::Exchange,
};
use tokio::time::Instant;

use crate::{Answer, account, links};

#[derive(Clone, Copy, PartialEq)]
enum Behavior {
    Hang,
    HangWhileConnecting,
    Panic,
}

struct Broken {
    behavior: Behavior,
    in_flight: Arc<AtomicUsize>,
}

/// Counts the calls that are being made.
struct InFlight(Arc<AtomicUsize>);

impl InFlight {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(count))
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Transport for Broken {
    type Runtime = Tokio;

    fn new(_: &Settings, _: &BaseUrl) -> Result<Self, SetupError> {
        Err(SetupError::Tls { cause: "it is broken".to_owned() })
    }

    async fn exchange(&self, exchange: &Exchange) -> Answer {
        let _in_flight = InFlight::new(&self.in_flight);
        match self.behavior {
            Behavior::Panic => panic!("a broken transport"),
            Behavior::HangWhileConnecting => exchange.connecting(),
            Behavior::Hang => {}
        }
        pending().await
    }
}

fn client(behavior: Behavior, options: OptionsBuilder) -> (Client<Broken>, Arc<AtomicUsize>) {
    let in_flight = Arc::default();
    let transport = Broken { behavior, in_flight: Arc::clone(&in_flight) };
    (Client::with_transport(account(), options.build().unwrap(), transport), in_flight)
}

fn transport_error(outcome: Result<impl Sized, Error>) -> (TransportKind, Delivery) {
    match outcome.err() {
        Some(Error::Transport(error)) => (error.kind, error.delivery),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn the_client_enforces_the_timeout() {
    let options = || Options::builder().timeout(Duration::from_secs(7)).retries(0);
    let began = Instant::now();
    let (client, in_flight) = client(Behavior::Hang, options());
    assert_eq!(transport_error(client.send(&links()).await), (TransportKind::Timeout, Delivery::Unknown));
    assert_eq!(began.elapsed().as_secs(), 7);
    assert_eq!(in_flight.load(Ordering::SeqCst), 0, "the call was dropped");
}

#[tokio::test(start_paused = true)]
async fn a_timeout_before_sending_is_known_to_be_one() {
    let (client, _) = client(Behavior::HangWhileConnecting, Options::builder().retries(0));
    let outcome = transport_error(client.send(&links()).await);
    assert_eq!(outcome, (TransportKind::ConnectTimeout, Delivery::NotSent));
}

#[tokio::test]
async fn a_panic_in_a_transport_is_an_answer() {
    let (client, _) = client(Behavior::Panic, Options::builder().retries(0));
    let outcome = transport_error(client.send(&links()).await);
    assert_eq!(outcome, (TransportKind::NeverAnswered, Delivery::Unknown));
}

#[tokio::test(start_paused = true)]
async fn a_change_that_timed_out_is_in_doubt_and_not_sent_again() {
    let (client, _) = client(Behavior::Hang, Options::builder());
    let mut applied = client.apply("16,102".parse().unwrap());
    for _ in 0..2 {
        let outcome = applied.try_next().await.unwrap();
        assert!(matches!(outcome, Some((_, Err(IdError::InDoubt(_))))), "{outcome:?}");
    }
    assert_eq!(applied.progress().calls, 1);
}

#[tokio::test]
async fn everything_that_a_call_returns_may_move_between_threads() {
    fn is_send<T: Send>(_: &T) {}
    let (client, _) = client(Behavior::Hang, Options::builder());
    is_send(&client.links([1]));
    is_send(&client.send(&links()));
    is_send(&client.execute(client.jobs().account().request(&links()).unwrap()));
}
