//! Eight processes of the command on one quota in a real `redis-server`: some are killed, and so is the server.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what fails a test does so by panicking"
)]

#[path = "../../../tests/src/redis_server.rs"]
#[allow(dead_code, unreachable_pub, reason = "other tests use the rest")]
mod redis_server;

use std::{
    fs,
    num::NonZeroU32,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use offerslook_sandbox::{Sandbox, SandboxConfig};
use redis_server::RedisServer;

const WORKERS: u64 = 8;
/// Each worker has this many ids, five a call.
const IDS: u64 = 250;
const CALLS: usize = 100;
const WINDOW: Duration = Duration::from_secs(4);
/// Far more than a run ever needs to begin.
const LIMIT: Duration = Duration::from_mins(2);

fn sandbox() -> Sandbox {
    let config = SandboxConfig::default().offers(WORKERS * IDS);
    Sandbox::start(config.quota(NonZeroU32::new(100).unwrap(), WINDOW)).unwrap()
}

/// Starts a worker, or goes on with what it has written.
fn start(worker: u64, sandbox: &Sandbox, server: &RedisServer, folder: &Path) -> Child {
    let ids: Vec<String> = (1..=IDS).map(|id| (worker * IDS + id).to_string()).collect();
    let input = folder.join(format!("{worker}.txt"));
    fs::write(&input, ids.join("\n")).unwrap();
    Command::new(env!("CARGO_BIN_EXE_offerslook"))
        .env_clear()
        .env("OFFERSLOOK_BASE_URL", sandbox.base_url())
        .env("OFFERSLOOK_EMAIL", sandbox.email())
        .env("OFFERSLOOK_API_KEY", sandbox.api_key())
        .env("OFFERSLOOK_QUOTA_STORE", server.url())
        .args(["links", "--format", "ndjson", "--resume", "--ids-per-request", "5", "--timeout", "1"])
        .args(["--quota", "100/4", "--trust-missing", "--quiet", "--max-time", "200", "--from"])
        .arg(&input)
        .arg("-o")
        .arg(folder.join(format!("{worker}.ndjson")))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn finish(mut child: Child) {
    let status = child.wait().unwrap();
    assert!(matches!(status.code(), Some(0 | 3)), "{status}");
}

/// Waits until this many calls have arrived.
fn wait_for(sandbox: &Sandbox, calls: u64) {
    let start = Instant::now();
    while sandbox.arrivals().total < calls {
        assert!(start.elapsed() < LIMIT, "no calls arrive");
        thread::yield_now();
    }
}

/// Checks that no call was refused, and returns when each arrived.
fn arrivals(sandbox: &Sandbox) -> Vec<Duration> {
    let log = sandbox.arrivals().newest;
    assert!(log.iter().all(|call| call.status != Some(429)), "the sandbox refused a call");
    let mut times: Vec<Duration> = log.iter().map(|call| call.after).collect();
    times.sort_unstable();
    for window in times.windows(CALLS + 1) {
        let span = window[window.len() - 1].checked_sub(window[0]).unwrap();
        assert!(span >= WINDOW, "{} calls within {span:?}", CALLS + 1);
    }
    times
}

fn no_id_is_lost(folder: &Path) {
    for worker in 0..WORKERS {
        let rows = fs::read_to_string(folder.join(format!("{worker}.ndjson"))).unwrap();
        for (row, id) in rows.lines().zip(worker * IDS + 1..) {
            assert!(row.starts_with(&format!(r#"{{"offer_id":{id},"#)), "worker {worker}: {row}");
        }
        assert_eq!(rows.lines().count(), usize::try_from(IDS).unwrap(), "worker {worker}");
        assert!(!rows.contains("failed") && !rows.contains("not_attempted"), "worker {worker}");
    }
}

#[test]
fn eight_processes_use_one_quota() {
    let (sandbox, server) = (sandbox(), RedisServer::start());
    let folder = tempfile::tempdir().unwrap();
    let workers: Vec<_> =
        (0..WORKERS).map(|worker| start(worker, &sandbox, &server, folder.path())).collect();
    workers.into_iter().for_each(finish);
    no_id_is_lost(folder.path());
    let times = arrivals(&sandbox);
    // Until nine tenths of the calls were made, every worker has work.
    let busy = &times[..times.len() * 9 / 10];
    let span = busy[busy.len() - 1].checked_sub(busy[0]).unwrap();
    let windows = usize::try_from(span.as_millis() / WINDOW.as_millis()).unwrap();
    let end = busy[0] + WINDOW * u32::try_from(windows).unwrap();
    let calls = busy.iter().filter(|at| **at < end).count();
    assert!(calls * 10 >= windows * CALLS * 9, "{calls} calls in {windows} windows of {CALLS}");
}

#[test]
fn kills_and_a_restart_of_the_store_cost_time_and_nothing_else() {
    let (sandbox, mut server) = (sandbox(), RedisServer::start());
    let folder = tempfile::tempdir().unwrap();
    let mut workers: Vec<_> =
        (0..WORKERS).map(|worker| start(worker, &sandbox, &server, folder.path())).collect();
    wait_for(&sandbox, 80);
    for (worker, child) in (0..3).zip(&mut workers) {
        child.kill().unwrap();
        child.wait().unwrap();
        *child = start(worker, &sandbox, &server, folder.path());
    }
    wait_for(&sandbox, 160);
    server.kill();
    server.start_again();
    workers.into_iter().for_each(finish);
    no_id_is_lost(folder.path());
    arrivals(&sandbox);
}
