use std::{
    fs,
    io::{BufWriter, Write},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use xshell::{Shell, cmd};

use crate::release;

/// Prints the throughput of the scheduler, then time and peak memory of the command. Fails on no figure.
pub(crate) fn run(shell: &Shell) -> Result<()> {
    eprintln!("The scheduler alone:");
    cmd!(shell, "cargo bench --quiet --locked --package offerslook-tests --bench scheduler").run()?;
    eprintln!("\nThe command against the sandbox in the same process:");
    let command = release::build_command(shell)?.join("offerslook");
    eprintln!("{:>9} {:>10} {:>10}", "ids", "seconds", "peak KiB");
    for ids in [1_000, 100_000, 1_000_000] {
        let (time, peak) = links(shell, &command, ids)?;
        eprintln!("{ids:>9} {:>10.2} {peak:>10}", time.as_secs_f64());
    }
    Ok(())
}

/// Requests this many links, 1,000 per call. Returns the time it takes and the peak memory in KiB.
fn links(shell: &Shell, command: &Path, ids: u64) -> Result<(Duration, u64)> {
    let folder = shell.create_temp_dir()?;
    let list = folder.path().join("ids.txt");
    let mut file = BufWriter::new(fs::File::create(&list)?);
    (1..=ids).try_for_each(|id| writeln!(file, "{id}"))?;
    drop(file);
    let start = Instant::now();
    let mut run = Command::new(command)
        .env_clear()
        .args(["--sandbox", "--quiet", "links", "--format", "ndjson", "--quota", "1000000/1"])
        .args(["--ids-per-request", "1000", "--from"])
        .arg(&list)
        .stdout(Stdio::null())
        .spawn()?;
    // The system reports the peak only while the process is alive.
    let status = format!("/proc/{}/status", run.id());
    let mut peak = None;
    let ended = loop {
        if let Some(ended) = run.try_wait()? {
            break ended;
        }
        peak = fs::read_to_string(&status).ok().as_deref().and_then(peak_of).or(peak);
        thread::sleep(Duration::from_millis(1));
    };
    ensure!(matches!(ended.code(), Some(0 | 3)), "the command ended with {ended}");
    Ok((start.elapsed(), peak.context("peak memory is only known on Linux")?))
}

fn peak_of(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
