//! Jobs through both adapters, over real sockets, against the sandbox.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what fails a test does so by panicking"
)]

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpListener,
    num::NonZeroUsize,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use offerslook_core::{
    Account, BaseUrl, Credentials, Error, OfferId, StopCause,
    affiliate::batches::{GetTrackingLinks, TrackingLinkRow},
    job::{BatchItem, Notice, Options, Outcome, Rate},
};
use offerslook_sandbox::{Sandbox, SandboxConfig};

fn sandbox() -> Sandbox {
    Sandbox::start(SandboxConfig::default().without_quota()).unwrap()
}

fn account(sandbox: &Sandbox, key: &str) -> Account {
    let base_url: BaseUrl = sandbox.base_url().parse().unwrap();
    Account::new(base_url, Credentials::affiliate(sandbox.email(), key).unwrap())
}

fn options() -> Options {
    let mut options = Options::default();
    options.quota = Rate::new(10_000.try_into().unwrap(), Duration::from_secs(1)).unwrap();
    options
}

fn ids(most: u64) -> impl Iterator<Item = OfferId> + Send {
    (1..=most).filter_map(OfferId::new)
}

type Item = BatchItem<TrackingLinkRow>;

fn with_ureq(account: Account, options: Options, ids: impl Iterator<Item = OfferId>) -> Vec<Item> {
    offerslook_transport_ureq::Client::with_options(account, options).unwrap().links(ids).collect()
}

fn with_hyper(account: Account, options: Options, ids: impl Iterator<Item = OfferId> + Send) -> Vec<Item> {
    let client = offerslook_transport_hyper::Client::with_options(account, options).unwrap();
    runtime().block_on(async {
        let mut items = Vec::new();
        let mut links = client.links(ids);
        while let Some(item) = links.next().await {
            items.push(item);
        }
        items
    })
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Ids with the kind of their outcome, notices left out.
fn outcomes(items: &[Item]) -> Vec<(u64, &'static str)> {
    items
        .iter()
        .filter_map(|item| match item {
            BatchItem::Outcome { id, outcome } => Some((
                id.get(),
                match outcome {
                    Outcome::Found(row) if row.url.url().is_some() => "found",
                    Outcome::Found(_) => "unapproved",
                    Outcome::Absent => "absent",
                    Outcome::NotAttempted => "not attempted",
                    other => panic!("{other:?}"),
                },
            )),
            _ => None,
        })
        .collect()
}

fn stop_of(items: &[Item]) -> &Error {
    items
        .iter()
        .find_map(|item| match item {
            BatchItem::Notice(Notice::Stopped(error)) => Some(&**error),
            _ => None,
        })
        .expect("a notice that the job stopped")
}

#[test]
fn both_adapters_give_the_same_items_for_any_number_of_ids() {
    let sandbox = sandbox();
    let account = || account(&sandbox, sandbox.api_key());
    let blocking = with_ureq(account(), options(), ids(2_500));
    let concurrent = with_hyper(account(), options(), ids(2_500));
    assert_eq!(format!("{blocking:?}"), format!("{concurrent:?}"));

    let outcomes = outcomes(&blocking);
    assert!(outcomes.iter().map(|(id, _)| *id).eq(1..=2_500), "in the asked order, each once");
    for (id, told) in outcomes {
        let expected = match sandbox.offer_kind(id).map(|kind| format!("{kind:?}")).as_deref() {
            Some("Approved" | "Public") => "found",
            Some("NotApproved") => "unapproved",
            _ => "absent",
        };
        assert_eq!(told, expected, "offer {id}");
    }
}

#[test]
fn a_wrong_key_stops_the_job_at_the_first_call() {
    let sandbox = sandbox();
    let account = || account(&sandbox, "wrong");
    for items in [with_ureq(account(), options(), ids(500)), with_hyper(account(), options(), ids(500))] {
        assert!(stop_of(&items).is_auth());
        assert_eq!(outcomes(&items), (1..=500).map(|id| (id, "not attempted")).collect::<Vec<_>>());
    }
    assert_eq!(sandbox.arrivals().total, 2);
}

/// The sandbox counts arrivals; a client counts what it cannot see: when its calls arrive.
#[test]
fn a_client_that_keeps_the_quota_is_never_over_it_at_the_server() {
    let mut options = options();
    options.quota = Rate::new(10.try_into().unwrap(), Duration::from_millis(100)).unwrap();
    options.ids_per_request = 5.try_into().unwrap();
    let strict = SandboxConfig::default().quota(options.quota.calls(), options.quota.window());
    let run = |links: &dyn Fn(Account) -> Vec<Item>| {
        let sandbox = Sandbox::start(strict.clone()).unwrap();
        assert_eq!(outcomes(&links(account(&sandbox, sandbox.api_key()))).len(), 300);
        let refused = sandbox.arrivals().newest.iter().filter(|arrival| arrival.status != Some(200)).count();
        assert_eq!((refused, sandbox.arrivals().total >= 60), (0, true));
    };
    run(&|account| with_ureq(account, options.clone(), ids(300)));
    run(&|account| with_hyper(account, options.clone(), ids(300)));
}

/// A server that answers by the path and the number of the call, from 0 on. It ends with the test.
fn canned_server(
    answer: impl Fn(&str, usize) -> (u16, String) + Send + 'static,
) -> (Account, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url: BaseUrl = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    let (tell, calls) = mpsc::channel();
    thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let mut stream = BufReader::new(stream.unwrap());
            let mut lines = stream.by_ref().lines().map(Result::unwrap);
            let Some(first) = lines.next() else { continue };
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let (status, body) = answer(&first, number);
            tell.send(first).unwrap();
            let length = body.len();
            let answer_head =
                format!("HTTP/1.1 {status} .\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
            stream.get_mut().write_all((answer_head + &body).as_bytes()).unwrap();
        }
    });
    (Account::new(base_url, Credentials::affiliate("me@example.com", "key").unwrap()), calls)
}

fn success(data: &str) -> String {
    format!(r#"{{"code":0,"message":"Success","data":{data}}}"#)
}

#[test]
fn one_call_is_sent_again_where_that_may_help() {
    let trouble_first = |_: &str, number| match number {
        0 => (500, String::new()),
        _ => (200, success(r#"{"tracking_link":[{"offer_id":16,"url":"https://t.example/?o=16"}]}"#)),
    };
    let call = GetTrackingLinks::new("16".parse().unwrap());
    let (account, hears) = canned_server(trouble_first);
    let blocking = offerslook_transport_ureq::Client::new(account).unwrap().send(&call).unwrap();
    assert_eq!(hears.try_iter().count(), 2);
    let (account, hears) = canned_server(trouble_first);
    let client = offerslook_transport_hyper::Client::new(account).unwrap();
    assert_eq!(blocking, runtime().block_on(client.send(&call)).unwrap());
    assert_eq!(hears.try_iter().count(), 2);
}

#[test]
fn an_application_of_unknown_fate_is_in_doubt_and_not_sent_again() {
    let trouble = |_: &str, _| (500, String::new());
    let in_doubt =
        |item: BatchItem<_>| matches!(item, BatchItem::Outcome { outcome: Outcome::InDoubt(_), .. });
    let (account, hears) = canned_server(trouble);
    let client = offerslook_transport_ureq::Client::with_options(account, options()).unwrap();
    assert_eq!(client.apply(ids(3)).filter(|item| in_doubt(item.clone())).count(), 3);
    assert_eq!(hears.try_iter().collect::<Vec<_>>(), ["POST /aff/v1/batches/offers/applys/1,2,3 HTTP/1.1"]);

    let (account, hears) = canned_server(trouble);
    let client = offerslook_transport_hyper::Client::with_options(account, options()).unwrap();
    runtime().block_on(async {
        let mut applied = client.apply(ids(3));
        for _ in 0..3 {
            assert!(in_doubt(applied.next().await.unwrap()));
        }
        assert!(applied.next().await.is_none());
    });
    assert_eq!(hears.try_iter().count(), 1);
}

/// A server that takes connections and never answers, and tells when one of them is closed.
fn silent_server() -> (Account, mpsc::Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url: BaseUrl = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    let (tell_end, closes) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, tell_end) = (stream.unwrap(), tell_end.clone());
            thread::spawn(move || {
                // A call that is aborted may also break the connection.
                let _ = io::copy(&mut stream, &mut io::sink());
                let _ = tell_end.send(());
            });
        }
    });
    (Account::new(base_url, Credentials::affiliate("me@example.com", "key").unwrap()), closes)
}

const LONG: Duration = Duration::from_secs(20);

#[test]
fn a_job_ends_when_its_time_is_up() {
    let mut options = options();
    options.max_time = Some(Duration::from_millis(200));
    let (account, closes) = silent_server();
    let start = Instant::now();
    let items = with_ureq(account, options.clone(), ids(10));
    assert!(matches!(stop_of(&items), Error::Stopped(StopCause::DeadlinePassed)));
    closes.recv_timeout(LONG).expect("the connection is closed");
    let (account, closes) = silent_server();
    let items = with_hyper(account, options, ids(10));
    assert!(matches!(stop_of(&items), Error::Stopped(StopCause::DeadlinePassed)));
    closes.recv_timeout(LONG).expect("the connection is closed");
    assert!(start.elapsed() > Duration::from_millis(400), "no earlier than asked");
}

#[test]
fn a_slow_consumer_holds_back_the_calls() {
    let sandbox = sandbox();
    let mut options = options();
    options.max_in_flight = NonZeroUsize::MIN.saturating_add(1);
    options.ids_per_request = NonZeroUsize::MIN.saturating_add(9);
    let client =
        offerslook_transport_ureq::Client::with_options(account(&sandbox, sandbox.api_key()), options)
            .unwrap();
    let mut links = client.links(ids(5_000));
    assert!(links.next().is_some());
    // 4 × 2 calls ahead of the oldest one that is not handed out, the first included.
    assert!(sandbox.arrivals().total <= 9, "{}", sandbox.arrivals().total);
}

#[test]
fn a_run_may_move_between_threads() {
    fn is_send<T: Send>(_: &T) {}
    let (account, _closes) = silent_server();
    let blocking = offerslook_transport_ureq::Client::new(account.clone()).unwrap();
    is_send(&blocking.links(ids(1)));
    let concurrent = offerslook_transport_hyper::Client::new(account).unwrap();
    is_send(&concurrent.links(ids(1)));
    is_send(&concurrent.send(&GetTrackingLinks::new("16".parse().unwrap())));
}
