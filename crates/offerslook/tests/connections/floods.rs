//! Servers that send without end. The timeout ends the call, and the other tasks of the runtime keep running.

use std::{
    fs,
    io::Write,
    sync::LazyLock,
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
    let max_gap = Duration::from_millis(50) * SLOWNESS;
    for (flood, account, kinds) in floods() {
        let request = request(&account);
        let client = offerslook::hyper::Client::builder(account).options(options()).build().unwrap();
        let gap_beside_call = |_| {
            runtime.block_on(async {
                let (stop, stopped) = oneshot::channel();
                let neighbor = tokio::spawn(longest_gap(stopped));
                // The gaps between its turns are counted from its first turn.
                tokio::task::yield_now().await;
                let began = Instant::now();
                let outcome = client.execute(request.clone()).await;
                check(flood, outcome.err().as_ref(), kinds, began.elapsed());
                stop.send(()).unwrap();
                neighbor.await.unwrap()
            })
        };
        // A busy host may stop the whole system for that long, but not every time.
        let shortest = (0..3).map(gap_beside_call).min().unwrap();
        assert!(shortest < max_gap, "{flood}: another task waited for {shortest:?}");
    }
}

/// A task that is always ready. Returns how long it waited for its turn at most, while the thread was running.
async fn longest_gap(mut stopped: oneshot::Receiver<()>) -> Duration {
    let (mut longest, mut last) = (Duration::ZERO, running_time());
    while stopped.try_recv().is_err() {
        tokio::task::yield_now().await;
        let now = running_time();
        longest = longest.max(now.saturating_sub(last));
        last = now;
    }
    longest
}

/// How long this thread has been running: a busy machine takes the processor away for longer than any gap. Where the
/// system does not say, the time of the clock.
fn running_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let nanoseconds = fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
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
