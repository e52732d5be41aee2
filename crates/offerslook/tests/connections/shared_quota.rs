//! Quotas that clients share, over real connections. Each scenario has to end by itself.

use std::{
    sync::{
        Arc, Barrier, Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use offerslook::{
    Account,
    affiliate::batches::GetTrackingLinks,
    hyper,
    job::{Options, Quota, Rate},
    ureq,
};
use tokio::runtime::Runtime;

use crate::server;

const WINDOW: Duration = Duration::from_millis(100);
const CALLS: u32 = 5;
/// Far more than any of the scenarios takes.
const LIMIT: Duration = Duration::from_secs(60);

fn quota() -> Quota {
    Quota::new(Rate::new(CALLS, WINDOW).unwrap())
}

fn options() -> Options {
    Options::builder().max_in_flight(8).ids_per_request(1).build().unwrap()
}

fn call() -> GetTrackingLinks {
    GetTrackingLinks::new("1000".parse().unwrap())
}

fn on_hyper(account: &Account, quota: &Quota) -> hyper::Client {
    hyper::Client::builder(account.clone()).options(options()).quota(quota.clone()).build().unwrap()
}

fn on_ureq(account: &Account, quota: &Quota) -> ureq::Client {
    ureq::Client::builder(account.clone()).options(options()).quota(quota.clone()).build().unwrap()
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Fails if the scenario does not end.
fn ends(scenario: impl FnOnce() + Send + 'static) {
    let (done, when_done) = mpsc::channel();
    let thread = thread::spawn(move || {
        scenario();
        let _ = done.send(());
    });
    let waited = when_done.recv_timeout(LIMIT);
    assert_ne!(waited, Err(mpsc::RecvTimeoutError::Timeout), "the scenario waits for ever");
    thread.join().unwrap();
}

/// A service with links for every id, and when each call arrived.
fn service() -> (Account, Arc<Mutex<Vec<Instant>>>) {
    let arrivals: Arc<Mutex<Vec<Instant>>> = Arc::default();
    let log = Arc::clone(&arrivals);
    let account = server::start(move |request, stream| {
        log.lock().unwrap().push(Instant::now());
        server::answer(stream, 200, "", &server::links(request))
    });
    (account, arrivals)
}

/// At most [`CALLS`] calls arrived in any window.
fn check(arrivals: &Mutex<Vec<Instant>>) {
    let arrivals = arrivals.lock().unwrap();
    for (earlier, later) in arrivals.iter().zip(arrivals.iter().skip(CALLS.try_into().unwrap())) {
        let apart = later.duration_since(*earlier);
        // The service notes an arrival a little later than it happens.
        assert!(apart > WINDOW * 9 / 10, "{} calls arrived within {apart:?}", CALLS + 1);
    }
}

#[test]
fn with_hyper_a_slow_consumer_may_send_inside_its_loop() {
    ends(|| {
        let (account, arrivals) = service();
        let client = on_hyper(&account, &quota());
        runtime().block_on(async {
            let mut links = client.links(1..=30_u64);
            while let Some(item) = links.next().await {
                let (id, link) = item.unwrap();
                assert!(link.is_ok());
                if id.get() % 10 == 1 {
                    // The consumer is slow, and its thread does not poll the run meanwhile.
                    tokio::time::sleep(WINDOW * 2).await;
                    client.send(&call()).await.unwrap();
                }
            }
        });
        check(&arrivals);
    });
}

#[test]
fn with_ureq_a_slow_consumer_may_send_inside_its_loop() {
    ends(|| {
        let (account, arrivals) = service();
        let client = on_ureq(&account, &quota());
        for item in client.links(1..=30_u64) {
            let (id, link) = item.unwrap();
            assert!(link.is_ok());
            if id.get() % 10 == 1 {
                thread::sleep(WINDOW * 2);
                client.send(&call()).unwrap();
            }
        }
        check(&arrivals);
    });
}

#[test]
fn two_clients_on_one_quota_keep_it_together() {
    ends(|| {
        let (account, arrivals) = service();
        let quota = quota();
        let (first, second) = (on_ureq(&account, &quota), on_hyper(&account, &quota));
        let thread = thread::spawn(move || first.links(1..=25_u64).flatten().count());
        let count = runtime().block_on(async {
            let (mut links, mut count) = (second.links(1..=25_u64), 0);
            while let Some(item) = links.next().await {
                count += usize::from(item.is_ok());
            }
            count
        });
        assert_eq!((thread.join().unwrap(), count), (25, 25));
        assert_eq!(arrivals.lock().unwrap().len(), 50);
        check(&arrivals);
    });
}

#[test]
fn two_concurrent_sends_respect_one_anothers_retry_after() {
    ends(|| {
        // Both calls are in flight before either is answered.
        let (calls, both) = (Arc::new(AtomicUsize::new(0)), Arc::new(Barrier::new(2)));
        let (report, retries) = mpsc::channel();
        let account = server::start(move |request, stream| {
            let number = calls.fetch_add(1, Ordering::SeqCst);
            if number < 2 {
                both.wait();
                return server::answer(stream, 429, &format!("retry-after: {}\r\n", number + 1), "");
            }
            report.send(Instant::now()).unwrap();
            server::answer(stream, 200, "", &server::links(request))
        });
        let quota = quota();
        let (first, second) = (on_ureq(&account, &quota), on_hyper(&account, &quota));
        let began = Instant::now();
        let thread = thread::spawn(move || first.send(&call()).map(drop));
        runtime().block_on(second.send(&call())).unwrap();
        thread.join().unwrap().unwrap();
        for retry in retries.iter().take(2) {
            assert!(retry.duration_since(began) >= Duration::from_secs(2), "the longer wait holds for both");
        }
    });
}
