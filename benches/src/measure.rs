//! Time, CPU and memory of a program, and the server that the programs call.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Shutdown, TcpStream},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use wait4::Wait4;

/// What a run of a program cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    /// In the program, and in the system on its behalf.
    pub(crate) cpu: Duration,
    /// Peak memory in bytes. The system counts that of this program, too, which is small.
    pub(crate) memory: u64,
}

/// What a program printed.
#[derive(Debug, Default)]
pub(crate) struct Printed {
    /// The number of lines with a tracking link.
    pub(crate) links: u64,
    pub(crate) last_line: String,
}

/// Runs a program to its end.
pub(crate) fn run(command: &mut Command) -> Result<(Cost, Printed)> {
    let began = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut output = BufReader::new(child.stdout.take().context("the output")?);
    let (mut printed, mut line) = (Printed::default(), String::new());
    while output.read_line(&mut line)? > 0 {
        printed.links += u64::from(line.contains("/index.php?"));
        std::mem::swap(&mut printed.last_line, &mut line);
        line.clear();
    }
    let end = child.wait4()?;
    let wall = began.elapsed();
    ensure!(end.status.success(), "{command:?} ended with {}", end.status);
    let usage = end.rusage;
    Ok((Cost { wall, cpu: usage.utime + usage.stime, memory: usage.maxrss }, printed))
}

/// The middle one of the values, by this key.
pub(crate) fn median<K: Ord>(costs: &[Cost], key: impl Fn(&Cost) -> K) -> Option<K> {
    let mut keys: Vec<K> = costs.iter().map(key).collect();
    keys.sort_unstable();
    let middle = keys.len() / 2;
    keys.into_iter().nth(middle)
}

/// The server, in a process of its own so that its CPU is not counted. It ends when this is dropped.
pub(crate) struct Server {
    pub(crate) base_url: String,
    child: Child,
    /// It ends when this is closed.
    input: Option<ChildStdin>,
}

impl Server {
    pub(crate) fn start(program: &Path) -> Result<Self> {
        let mut child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("its output")?).read_line(&mut line)?;
        Ok(Self { base_url: line.trim().to_owned(), input: child.stdin.take(), child })
    }

    /// Returns the number of calls since the last time.
    pub(crate) fn calls(&self) -> Result<u64> {
        let mut stream = TcpStream::connect(self.base_url.trim_start_matches("http://"))?;
        stream.write_all(b"GET /calls HTTP/1.1\r\n\r\n")?;
        stream.shutdown(Shutdown::Write)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        answer.rsplit("\r\n").next().context("a body")?.parse().context("a number")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.input.take());
        // Whatever its status: the figures are complete.
        let _ = self.child.wait();
    }
}
