//! A `redis-server` of a test: on a free port, in a folder of its own.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that has no server fails")]

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
};

use tempfile::TempDir;

/// A running server. Dropping it stops it.
#[derive(Debug)]
pub struct RedisServer {
    folder: TempDir,
    port: u16,
    options: Vec<String>,
    process: Child,
}

/// How often another port is tried: one that is free may be taken a moment later.
const MAX_PORTS: usize = 5;

impl RedisServer {
    /// Starts a server that keeps its data in memory alone.
    ///
    /// # Panics
    /// If there is no `redis-server`.
    #[must_use]
    pub fn start() -> Self {
        Self::with(&["--save", ""])
    }

    /// Starts a server with these options.
    ///
    /// # Panics
    /// If there is no `redis-server`, or it refuses the options.
    #[must_use]
    pub fn with(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let options: Vec<_> = options.iter().map(|&option| option.to_owned()).collect();
        for _ in 0..MAX_PORTS {
            let port = free_port();
            if let Some(process) = launch(folder.path(), port, &options) {
                return Self { folder, port, options, process };
            }
        }
        panic!("redis-server does not start with {options:?}");
    }

    /// Returns the address: host and port.
    #[must_use]
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Returns the URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://{}", self.address())
    }

    /// Returns how often a command was called, and the microseconds that a call took on average.
    ///
    /// # Errors
    /// If the server does not tell.
    pub fn calls_of(&self, command: &str) -> io::Result<Option<(u64, f64)>> {
        let mut connection = TcpStream::connect(self.address())?;
        connection.write_all(b"INFO commandstats\r\nQUIT\r\n")?;
        let mut info = String::new();
        connection.read_to_string(&mut info)?;
        let prefix = format!("cmdstat_{command}:");
        let line = info.lines().find_map(|line| line.strip_prefix(&prefix)).unwrap_or_default();
        let number =
            |name: &str| line.split(',').find_map(|part| part.strip_prefix(name)?.parse::<f64>().ok());
        let calls = line.split(',').find_map(|part| part.strip_prefix("calls=")?.parse().ok());
        Ok(calls.zip(number("usec_per_call=")))
    }

    /// Kills the server, as a crash does.
    pub fn kill(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Starts it again on the same port, with the data that it has saved.
    ///
    /// # Panics
    /// If it does not start.
    pub fn start_again(&mut self) {
        self.process = launch(self.folder.path(), self.port, &self.options).expect("it starts again");
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Returns a port that is free now.
///
/// # Panics
/// If there is none.
#[must_use]
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// Starts a server and waits until it is ready. `None` if it ends first.
fn launch(folder: &Path, port: u16, options: &[String]) -> Option<Child> {
    let mut process = Command::new("redis-server")
        .args(["--bind", "127.0.0.1", "--port", &port.to_string(), "--dir"])
        .arg(folder)
        .args(options)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("redis-server is installed");
    let output = process.stdout.take().expect("its output");
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    if lines.any(|line| line.contains("Ready to accept connections")) {
        thread::spawn(move || lines.for_each(drop));
        return Some(process);
    }
    let _ = process.kill();
    let _ = process.wait();
    None
}
