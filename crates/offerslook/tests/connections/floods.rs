//! Servers that send without end. The timeout ends the call, and the other tasks of the runtime keep running.

use std::{
    io::Write,
    time::{Duration, Instant},
};

use offerslook::{
    Account, Error, Request, TransportError, TransportKind, affiliate::batches::GetTrackingLinks,
    job::Options,
};
use tokio::sync::oneshot;

use crate::server;

const TIMEOUT: Duration = Duration::from_secs(1);
/// Unoptimized code may take longer.
const SLOWNESS: u32 = if cfg!(debug_assertions) { 4 } else { 1 };
/// An empty gzip stream.
const EMPTY_MEMBER: &[u8] = &[31, 139, 8, 0, 0, 0, 0, 0, 0, 255, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// A server that sends a head, and then the same bytes again and again.
fn flood(head: &'static str, again: &[u8]) -> Account {
    let again = again.repeat(64 * 1024 / again.len());
    server::start(move |_, stream| {
        let mut sent = stream.write_all(head.as_bytes());
        while sent.is_ok() {
            sent = stream.write_all(&again);
        }
        false
    })
}

/// A gzip stream of zeros, which inflates to a thousand times its size.
fn bomb() -> Vec<u8> {
    let stored_zeros = [&[31, 139, 8, 0, 0, 0, 0, 0, 0, 255][..], &[0x63, 0x00]].concat();
    [stored_zeros, vec![0; 64]].concat()
}

fn floods() -> [(&'static str, Account, &'static [TransportKind]); 5] {
    use TransportKind::{BodyTooLarge, Malformed, Timeout};
    let gzip = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n";
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let gzip_chunked = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunked_member = [b"14\r\n", EMPTY_MEMBER, b"\r\n"].concat();
    [
        ("empty gzip members", flood(gzip, EMPTY_MEMBER), &[Malformed, Timeout]),
        ("empty gzip members in chunks", flood(gzip_chunked, &chunked_member), &[Malformed, Timeout]),
        ("a damaged gzip stream", flood(gzip, &bomb()), &[Malformed, Timeout]),
        ("tiny chunks", flood(chunked, b"1\r\nx\r\n"), &[Timeout, BodyTooLarge]),
        ("informational heads", flood("", b"HTTP/1.1 103 .\r\nlink: x\r\n\r\n"), &[Timeout, Malformed]),
    ]
}

fn request(account: &Account) -> Request {
    account.request(&GetTrackingLinks::new("16".parse().unwrap())).unwrap()
}

fn options() -> Options {
    Options::builder().timeout(TIMEOUT).build().unwrap()
}

fn check(flood: &str, error: Option<&Error>, kinds: &[TransportKind], took: Duration) {
    let Some(Error::Transport(TransportError { kind, .. })) = error else { panic!("{flood}: {error:?}") };
    assert!(kinds.contains(kind), "{flood}: {error:?}");
    assert!(took < TIMEOUT * 5 / 4 * SLOWNESS, "{flood}: it took {took:?}");
}

#[test]
fn with_hyper_the_timeout_ends_a_flood_and_other_tasks_run_every_50_ms() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for (flood, account, kinds) in floods() {
        let request = request(&account);
        let client = offerslook::hyper::Client::builder(account).options(options()).build().unwrap();
        runtime.block_on(async {
            let (stop, stopped) = oneshot::channel();
            let neighbor = tokio::spawn(longest_gap(stopped));
            // The gaps between its turns are counted from its first turn.
            tokio::task::yield_now().await;
            let began = Instant::now();
            let outcome = client.execute(request).await;
            check(flood, outcome.err().as_ref(), kinds, began.elapsed());
            stop.send(()).unwrap();
            let gap = neighbor.await.unwrap();
            assert!(gap < Duration::from_millis(50) * SLOWNESS, "{flood}: another task waited for {gap:?}");
        });
    }
}

/// A task that is always ready. Returns how long it waited for its turn at most.
async fn longest_gap(mut stopped: oneshot::Receiver<()>) -> Duration {
    let (mut longest, mut last) = (Duration::ZERO, Instant::now());
    while stopped.try_recv().is_err() {
        tokio::task::yield_now().await;
        longest = longest.max(last.elapsed());
        last = Instant::now();
    }
    longest
}

#[test]
fn with_ureq_the_timeout_ends_a_flood() {
    for (flood, account, kinds) in floods() {
        let request = request(&account);
        let client = offerslook::ureq::Client::builder(account).options(options()).build().unwrap();
        let began = Instant::now();
        let outcome = client.execute(request);
        check(flood, outcome.err().as_ref(), kinds, began.elapsed());
    }
}
