//! `--resume` against `kill -9`, at many random moments of a real run.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what fails a test does so by panicking")]

use std::{
    fs,
    hash::{BuildHasher, RandomState},
    io::Write,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use offerslook_sandbox::{Sandbox, SandboxConfig};

const IDS: u64 = 5_000;
const KILLS: u64 = 50;
/// Far more than a run ever needs.
const LIMIT: Duration = Duration::from_mins(2);

/// Starts a run that asks for all ids, ten a call, and goes on in this file.
fn start(sandbox: &Sandbox, file: &Path) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_offerslook"))
        .env_clear()
        .env("OFFERSLOOK_BASE_URL", sandbox.base_url())
        .env("OFFERSLOOK_EMAIL", sandbox.email())
        .env("OFFERSLOOK_API_KEY", sandbox.api_key())
        .args(["links", "--from", "-", "--format", "ndjson", "--resume", "-o"])
        .arg(file)
        .args(["--ids-per-request", "10", "--quota", "100000/1", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A killed run does not read to the end.
    thread::spawn(move || (1..=IDS).try_for_each(|id| writeln!(stdin, "{id}")));
    child
}

fn finish(mut child: Child) -> Option<i32> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        assert!(start.elapsed() < LIMIT, "the run does not end");
        thread::yield_now();
    }
}

fn length(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |data| data.len())
}

#[test]
fn no_id_is_lost_and_none_is_there_twice_whenever_it_is_killed() {
    let sandbox = Sandbox::start(SandboxConfig::default().without_quota()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.ndjson");
    assert_eq!(finish(start(&sandbox, &whole)), Some(3));
    let whole = fs::read(whole).unwrap();

    let file = folder.path().join("killed.ndjson");
    let random = RandomState::new();
    let mut kills = 0;
    for run in 0.. {
        let mut child = start(&sandbox, &file);
        if kills == KILLS {
            assert_eq!(finish(child), Some(3));
            break;
        }
        // Somewhere in the next piece of the file, so that most runs have something to go on with.
        let piece = u64::try_from(whole.len()).unwrap() / (2 * KILLS);
        let moment = length(&file) + random.hash_one(run) % piece;
        let started = Instant::now();
        while length(&file) < moment && child.try_wait().unwrap().is_none() {
            assert!(started.elapsed() < LIMIT, "the run makes no progress");
            thread::yield_now();
        }
        child.kill().unwrap();
        let ended = child.wait().unwrap();
        let written = fs::read(&file).unwrap_or_default();
        assert!(whole.starts_with(&written), "run {run}: not the beginning of the whole");
        if ended.success() || ended.code() == Some(3) {
            assert!(written == whole, "run {run}: it ended before the end of the file");
            fs::remove_file(&file).unwrap();
        } else {
            kills += 1;
        }
    }
    assert!(fs::read(&file).unwrap() == whole, "the file differs from that of a run that was never killed");
}
