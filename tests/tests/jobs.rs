//! Jobs with both clients, over real connections.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpListener,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use offerslook_core::{
    Account, BaseUrl, Credentials, Error, IdError, NoLink, OfferId, OfferIds, StopCause,
    affiliate::batches::{GetTrackingLinks, OfferLink},
    job::{Options, OptionsBuilder, Quota, Rate},
};
use offerslook_sandbox::{Sandbox, SandboxConfig};
use offerslook_transport_hyper as on_hyper;
use offerslook_transport_ureq as on_ureq;

fn sandbox() -> Sandbox {
    Sandbox::start(SandboxConfig::default().without_quota()).unwrap()
}

fn account(sandbox: &Sandbox, key: &str) -> Account {
    let base_url: BaseUrl = sandbox.base_url().parse().unwrap();
    Account::new(base_url, Credentials::affiliate(sandbox.email(), key).unwrap())
}

fn quota() -> Quota {
    Quota::new(Rate::new(10_000, Duration::from_secs(1)).unwrap())
}

fn ureq_client(account: Account, options: OptionsBuilder, quota: Quota) -> on_ureq::Client {
    on_ureq::Client::builder(account).options(options.build().unwrap()).quota(quota).build().unwrap()
}

fn hyper_client(account: Account, options: OptionsBuilder, quota: Quota) -> on_hyper::Client {
    on_hyper::Client::builder(account).options(options.build().unwrap()).quota(quota).build().unwrap()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

type Item = Result<(OfferId, Result<OfferLink, IdError>), Error>;

fn links_with_ureq(client: &on_ureq::Client, count: u64) -> Vec<Item> {
    client.links(1..=count).collect()
}

fn links_with_hyper(client: &on_hyper::Client, count: u64) -> Vec<Item> {
    runtime().block_on(async {
        let (mut items, mut links) = (Vec::new(), client.links(1..=count));
        while let Some(item) = links.next().await {
            items.push(item);
        }
        items
    })
}

/// The links of these ids with both clients.
fn links_with_both(account: impl Fn() -> Account, options: &OptionsBuilder, count: u64) -> [Vec<Item>; 2] {
    [
        links_with_ureq(&ureq_client(account(), options.clone(), quota()), count),
        links_with_hyper(&hyper_client(account(), options.clone(), quota()), count),
    ]
}

#[test]
fn both_clients_yield_the_same_outcomes_for_any_number_of_ids() {
    let sandbox = sandbox();
    let [blocking, concurrent] =
        links_with_both(|| account(&sandbox, sandbox.api_key()), &Options::builder(), 2_500);
    assert_eq!(format!("{blocking:?}"), format!("{concurrent:?}"));
    let outcomes: Vec<_> = blocking.into_iter().map(Result::unwrap).collect();
    assert!(outcomes.iter().map(|(id, _)| id.get()).eq(1..=2_500), "in input order, each once");
    for (id, outcome) in outcomes {
        match sandbox.offer_kind(id.get()).map(|kind| format!("{kind:?}")).as_deref() {
            Some("Approved" | "Public") => assert!(outcome.is_ok_and(|link| link.offer_id == id)),
            Some("NotApproved") => {
                assert!(matches!(outcome, Err(IdError::NoLink(NoLink::NeedToApply))), "offer {id}");
            }
            _ => assert!(matches!(outcome, Err(IdError::NoRow)), "offer {id}: {outcome:?}"),
        }
    }
}

#[test]
fn a_wrong_key_stops_the_job_at_the_first_call() {
    let sandbox = sandbox();
    for mut items in links_with_both(|| account(&sandbox, "wrong"), &Options::builder(), 500) {
        assert!(items.pop().unwrap().unwrap_err().is_auth());
        assert_eq!(items.len(), 500);
        for item in items {
            let (_, outcome) = item.unwrap();
            assert!(matches!(outcome, Err(IdError::NotAttempted(reason)) if reason.is_auth()));
        }
    }
    assert_eq!(sandbox.arrivals().total, 2);
}

/// The sandbox counts arrivals, which a client cannot see.
#[test]
fn the_rate_limit_holds_at_the_server() {
    let rate = Rate::new(10, Duration::from_millis(100)).unwrap();
    let options = Options::builder().ids_per_request(5);
    let run = |links: &dyn Fn(Account) -> Vec<Item>| {
        let config = SandboxConfig::default().quota(rate.calls(), rate.window());
        let sandbox = Sandbox::start(config).unwrap();
        assert_eq!(links(account(&sandbox, sandbox.api_key())).len(), 300);
        let arrivals = sandbox.arrivals();
        let rejected = arrivals.newest.iter().filter(|arrival| arrival.status != Some(200)).count();
        assert_eq!((rejected, arrivals.total >= 60), (0, true));
    };
    run(&|account| links_with_ureq(&ureq_client(account, options.clone(), Quota::new(rate)), 300));
    run(&|account| links_with_hyper(&hyper_client(account, options.clone(), Quota::new(rate)), 300));
}

/// A server that answers by request line and number of the call, from 0 on, and reports the request lines.
fn canned_server(
    answer: impl Fn(&str, usize) -> (u16, String) + Send + 'static,
) -> (Account, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url: BaseUrl = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    let (report, requests) = mpsc::channel();
    thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let mut stream = BufReader::new(stream.unwrap());
            let mut lines = stream.by_ref().lines().map(Result::unwrap);
            let Some(first) = lines.next() else { continue };
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let (status, body) = answer(&first, number);
            report.send(first).unwrap();
            let length = body.len();
            let head =
                format!("HTTP/1.1 {status} .\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
            stream.get_mut().write_all((head + &body).as_bytes()).unwrap();
        }
    });
    (Account::new(base_url, Credentials::affiliate("me@example.com", "key").unwrap()), requests)
}

#[test]
fn a_call_that_failed_for_now_is_retried() {
    let first_fails = |_: &str, number| {
        match number {
        0 => (500, String::new()),
        _ => (
            200,
            r#"{"code":0,"message":"Success","data":{"tracking_link":[{"offer_id":16,"url":"https://t.example/"}]}}"#
                .to_owned(),
        ),
    }
    };
    let call = GetTrackingLinks::new("16".parse().unwrap());
    let (account, requests) = canned_server(first_fails);
    let blocking = on_ureq::Client::new(account).unwrap().send(&call).unwrap();
    assert_eq!(requests.try_iter().count(), 2);
    let (account, requests) = canned_server(first_fails);
    let client = on_hyper::Client::new(account).unwrap();
    let concurrent = runtime().block_on(client.send(&call)).unwrap();
    assert_eq!(format!("{blocking:?}"), format!("{concurrent:?}"));
    assert_eq!(requests.try_iter().count(), 2);
}

#[test]
fn an_application_that_may_have_been_made_is_in_doubt_and_not_retried() {
    let fails = |_: &str, _| (500, String::new());
    let ids = || OfferIds::new((1..=3).filter_map(OfferId::new)).unwrap();
    let is_in_doubt = |item: Result<(OfferId, Result<_, IdError>), Error>| {
        matches!(item, Ok((_, Err(IdError::InDoubt(_)))))
    };
    let (account, requests) = canned_server(fails);
    let client = ureq_client(account, Options::builder(), quota());
    assert_eq!(client.apply(ids()).filter(|item| is_in_doubt(item.clone())).count(), 3);
    assert_eq!(
        requests.try_iter().collect::<Vec<_>>(),
        ["POST /aff/v1/batches/offers/applys/1,2,3 HTTP/1.1"]
    );

    let (account, requests) = canned_server(fails);
    let client = hyper_client(account, Options::builder(), quota());
    runtime().block_on(async {
        let mut applied = client.apply(ids());
        for _ in 0..3 {
            assert!(is_in_doubt(applied.next().await.unwrap()));
        }
    });
    assert_eq!(requests.try_iter().count(), 1);
}

/// A server that never answers, and reports when a connection is closed.
fn silent_server() -> (Account, mpsc::Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url: BaseUrl = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    let (report, closed) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, report) = (stream.unwrap(), report.clone());
            thread::spawn(move || {
                // A call that is aborted may also reset the connection.
                let _ = io::copy(&mut stream, &mut io::sink());
                let _ = report.send(());
            });
        }
    });
    (Account::new(base_url, Credentials::affiliate("me@example.com", "key").unwrap()), closed)
}

const LIMIT: Duration = Duration::from_secs(20);

#[test]
fn a_run_ends_at_its_deadline_and_so_do_its_calls() {
    let options = Options::builder().max_time(Duration::from_millis(200));
    let is_late = |items: Vec<Item>| {
        matches!(items.last(), Some(Err(Error::Stopped(StopCause::DeadlinePassed)))) && items.len() == 11
    };
    let start = Instant::now();
    let (account, closed) = silent_server();
    assert!(is_late(links_with_ureq(&ureq_client(account, options.clone(), quota()), 10)));
    closed.recv_timeout(LIMIT).unwrap();
    let (account, closed) = silent_server();
    assert!(is_late(links_with_hyper(&hyper_client(account, options, quota()), 10)));
    closed.recv_timeout(LIMIT).unwrap();
    assert!(start.elapsed() >= Duration::from_millis(400), "no earlier than asked");
}

#[test]
fn the_call_of_a_send_does_not_outlive_the_deadline() {
    let options = Options::builder().max_time(Duration::from_millis(200)).timeout(Duration::from_mins(10));
    let call = GetTrackingLinks::new("16".parse().unwrap());
    let (account, closed) = silent_server();
    let outcome = ureq_client(account, options.clone(), quota()).send(&call);
    assert!(matches!(outcome, Err(Error::Stopped(StopCause::DeadlinePassed))), "{outcome:?}");
    closed.recv_timeout(LIMIT).unwrap();
    let (account, closed) = silent_server();
    let client = hyper_client(account, options, quota());
    runtime().block_on(async {
        let outcome = client.send(&call).await;
        assert!(matches!(outcome, Err(Error::Stopped(StopCause::DeadlinePassed))), "{outcome:?}");
        let closed = tokio::task::spawn_blocking(move || closed.recv_timeout(LIMIT));
        closed.await.unwrap().unwrap();
    });
}

#[test]
fn a_slow_consumer_holds_back_the_calls() {
    let sandbox = sandbox();
    let options = Options::builder().max_in_flight(2).ids_per_request(10);
    let client = ureq_client(account(&sandbox, sandbox.api_key()), options, quota());
    let mut links = client.links(1..=50_000_u64);
    assert!(links.next().is_some());
    // The outcomes of 16 calls may wait to be taken; further calls prove what has no row.
    assert!(sandbox.arrivals().total <= 20, "{}", sandbox.arrivals().total);
}
