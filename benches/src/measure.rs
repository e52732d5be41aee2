//! Time, CPU and memory of a program, and the server that the programs call.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, ChildStdin, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use wait4::Wait4;

/// What a run of a program cost.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    /// In the program and in the system on its behalf.
    pub(crate) cpu: Duration,
    /// Peak memory in bytes.
    pub(crate) memory: u64,
    pub(crate) calls: u64,
}

/// Runs a program to its end. Returns what it cost and what it printed.
pub(crate) fn run(command: &mut Command) -> Result<(Cost, String)> {
    let began = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut printed = String::new();
    child.stdout.take().context("the output")?.read_to_string(&mut printed)?;
    let end = child.wait4()?;
    let wall = began.elapsed();
    ensure!(end.status.success(), "{command:?} ended with {}", end.status);
    let cpu = end.rusage.utime + end.rusage.stime;
    Ok((Cost { wall, cpu, memory: end.rusage.maxrss, calls: 0 }, printed))
}

/// The server, in a process of its own so that its CPU is not counted. It ends when this is dropped.
pub(crate) struct Server {
    pub(crate) base_url: String,
    child: Child,
    _keeps_it_alive: Option<ChildStdin>,
}

impl Server {
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("its output")?).read_line(&mut line)?;
        Ok(Self { base_url: line.trim().to_owned(), _keeps_it_alive: child.stdin.take(), child })
    }

    /// Returns the number of calls since the last time.
    pub(crate) fn calls(&self) -> Result<u64> {
        let mut stream = TcpStream::connect(self.base_url.trim_start_matches("http://"))?;
        stream.write_all(b"GET /calls HTTP/1.1\r\n\r\n")?;
        stream.shutdown(std::net::Shutdown::Write)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        answer.rsplit("\r\n").next().context("a body")?.parse().context("a number")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self._keeps_it_alive.take());
        // It ends by itself.
        let _ = self.child.wait();
    }
}
