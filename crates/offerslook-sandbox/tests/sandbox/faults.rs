//! What faults do on the wire.

mod body;
mod connection;
mod file;
mod pages;
mod replacement_response;
mod rows;
mod when;

use std::{
    io::{self, Read, Write},
    num::NonZeroU64,
};

use offerslook_sandbox::{Fault, Faults, Route, Rule, Sandbox, SandboxConfig};

use crate::client::{authorization, connect};

fn faulty(faults: Faults) -> Sandbox {
    Sandbox::start(SandboxConfig::default().faults(faults)).unwrap()
}

fn always(fault: Fault) -> Sandbox {
    faulty(Faults::default().rule(Rule::new(fault)))
}

/// An answer as it came, and how the connection ended.
struct Heard {
    head: String,
    body: Vec<u8>,
    end: io::Result<usize>,
}

impl Heard {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// Sends a request over a bare connection, and reads until it ends.
fn hear(sandbox: &Sandbox, method: &str, path: &str) -> Heard {
    let mut stream = connect(sandbox);
    stream.write_all(request(sandbox, method, path).as_bytes()).unwrap();
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes);
    let length = bytes.windows(4).position(|window| window == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
    let body = bytes.split_off(length);
    Heard { head: String::from_utf8(bytes).unwrap(), body, end }
}

fn request(sandbox: &Sandbox, method: &str, path: &str) -> String {
    let authorization = authorization(sandbox);
    format!(
        "{method} {path} HTTP/1.1\r\nhost: x\r\nauthorization: {authorization}\r\ncontent-length: 0\r\n\
         connection: close\r\n\r\n"
    )
}

/// The path of a call to a route, with 16 as its id.
fn path(route: &Route) -> String {
    let segments = route.request().1.split('/');
    segments
        .map(|segment| if segment.starts_with('{') { "16" } else { segment })
        .collect::<Vec<_>>()
        .join("/")
}

fn nth(n: u64) -> NonZeroU64 {
    NonZeroU64::new(n).unwrap()
}
