//! Eight processes of the command and 20,000 ids: on one quota in Redis, and with fixed parts of it:
//! `quota_demo COMMAND`, where COMMAND is the path of the built `offerslook`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program prints its findings")]

use std::{
    env, fs, io,
    num::NonZeroU32,
    path::{Path, PathBuf},
    process::{Child, Command, ExitCode, Stdio},
    time::{Duration, Instant},
};

use offerslook_sandbox::{Sandbox, SandboxConfig};
use offerslook_tests::redis_server::RedisServer;
use tempfile::TempDir;

const WORKERS: u64 = 8;
const IDS: u64 = 20_000;
const CALLS: u32 = 50;
const WINDOW: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    let Some(command) = env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: quota_demo COMMAND");
        return ExitCode::from(2);
    };
    match run(&command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("quota_demo: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Path) -> io::Result<()> {
    let rate = format!("{CALLS}/{}", WINDOW.as_secs());
    println!("{WORKERS} workers, {IDS} ids in unequal parts, {rate} calls per second");
    let server = RedisServer::start();
    let url = server.url();
    println!("\nOne quota in Redis ({url}); the first call waits until the new store is open");
    measure(command, &["--quota-store", &url, "--quota", &rate])?;
    if let Some((messages, micros)) = server.calls_of("evalsha")? {
        println!("  {messages} messages to the store, each {micros:.0} µs of the server's time");
    }
    // Rounded down: the sum must not be more than there is.
    let part = format!("{}/{}", u64::from(CALLS) / WORKERS, WINDOW.as_secs());
    println!("\nFixed parts: {part} each");
    measure(command, &["--quota", &part])
}

/// Runs all workers, and prints what the sandbox saw.
fn measure(command: &Path, options: &[&str]) -> io::Result<()> {
    let calls = NonZeroU32::new(CALLS).ok_or(io::ErrorKind::InvalidInput)?;
    let sandbox = Sandbox::start(SandboxConfig::default().offers(IDS).quota(calls, WINDOW))?;
    let folder = TempDir::new()?;
    let began = Instant::now();
    let mut first = 1;
    let mut workers = Vec::new();
    for worker in 0..WORKERS {
        // The parts are as 1 to 2 to 3 …
        let last = IDS * (worker + 1) * (worker + 2) / (WORKERS * (WORKERS + 1));
        let ids: Vec<String> = (first..=last).map(|id| id.to_string()).collect();
        let input = folder.path().join(worker.to_string());
        fs::write(&input, ids.join("\n"))?;
        workers.push((last + 1 - first, start(command, &sandbox, &input, options)?));
        first = last + 1;
    }
    println!("  worker    ids  calls    done after");
    for (worker, (ids, child)) in (1..).zip(workers) {
        let output = child.wait_with_output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        let calls = said.lines().rev().find_map(calls_of).unwrap_or("?");
        println!("  {worker:>6} {ids:>6} {calls:>6} {:>11.1} s", began.elapsed().as_secs_f64());
    }
    summarize(&sandbox);
    Ok(())
}

fn start(command: &Path, sandbox: &Sandbox, input: &Path, options: &[&str]) -> io::Result<Child> {
    Command::new(command)
        .env_clear()
        .env("OFFERSLOOK_BASE_URL", sandbox.base_url())
        .env("OFFERSLOOK_EMAIL", sandbox.email())
        .env("OFFERSLOOK_API_KEY", sandbox.api_key())
        .args(["links", "--format", "ndjson", "--ids-per-request", "50", "--trust-missing", "--timeout", "5"])
        .args(options)
        .arg("--from")
        .arg(input)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
}

/// Reads the number of calls from the summary of a run.
fn calls_of(line: &str) -> Option<&str> {
    let (before, _) = line.split_once(" call")?;
    before.rsplit([' ', ';']).next()
}

fn summarize(sandbox: &Sandbox) {
    let log = sandbox.arrivals();
    let mut times: Vec<Duration> = log.newest.iter().map(|call| call.after).collect();
    times.sort_unstable();
    let in_window = |(first, at): (usize, &Duration)| {
        times.iter().skip(first).take_while(|later| later.saturating_sub(*at) < WINDOW).count()
    };
    let fullest = times.iter().enumerate().map(in_window).max().unwrap_or(0);
    let refused = log.newest.iter().filter(|call| call.status == Some(429)).count();
    let span =
        times.last().zip(times.first()).map_or(Duration::ZERO, |(last, first)| last.saturating_sub(*first));
    // In the shortest time that the quota allows, only the last window has calls to spare.
    let windows = times.len().saturating_sub(1) / usize::try_from(CALLS).unwrap_or(usize::MAX);
    let shortest = WINDOW.saturating_mul(u32::try_from(windows).unwrap_or(u32::MAX));
    let used = 100.0 * shortest.as_secs_f64() / span.as_secs_f64();
    println!(
        "  {} calls in {:.1} s; fullest window {fullest} of {CALLS}; {refused} refused; {used:.0} % of the quota used",
        log.total,
        span.as_secs_f64()
    );
}
