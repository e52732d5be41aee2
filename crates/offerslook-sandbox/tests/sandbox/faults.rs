//! Faults on the wire.

mod body;
mod connection;
mod file;
mod pages;
mod replacement_response;
mod rows;
mod when;

use std::{
    io::{self, Read, Write},
    num::{NonZeroU64, NonZeroUsize},
};

use offerslook_sandbox::{Fault, Faults, Route, Rule, Sandbox, SandboxConfig};

use crate::client::{authorization, connect};

fn with(faults: Faults) -> Sandbox {
    Sandbox::start(SandboxConfig::default().faults(faults)).unwrap()
}

/// A sandbox with rules for every call.
fn always<const N: usize>(faults: [Fault; N]) -> Sandbox {
    with(faults.into_iter().map(Rule::new).fold(Faults::default(), Faults::rule))
}

/// The bytes of a response, and how the connection ended.
struct RawResponse {
    head: String,
    body: Vec<u8>,
    end: io::Result<usize>,
}

impl RawResponse {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn length(&self) -> usize {
        self.header("content-length").unwrap().parse().unwrap()
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// Sends a request on a bare connection, and reads until it closes.
fn raw(sandbox: &Sandbox, method: &str, path: &str) -> RawResponse {
    let mut stream = connect(sandbox);
    stream.write_all(request(sandbox, method, path).as_bytes()).unwrap();
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes);
    let length = bytes.windows(4).position(|window| window == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
    let body = bytes.split_off(length);
    RawResponse { head: String::from_utf8(bytes).unwrap(), body, end }
}

fn request(sandbox: &Sandbox, method: &str, path: &str) -> String {
    let authorization = authorization(sandbox);
    format!(
        "{method} {path} HTTP/1.1\r\nhost: x\r\nauthorization: {authorization}\r\ncontent-length: 0\r\n\
         connection: close\r\n\r\n"
    )
}

/// Reads the head of a response, and nothing of its body.
fn read_head(stream: &mut impl Read) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        head.extend(byte);
    }
    String::from_utf8(head).unwrap()
}

/// The path of a call to a route, with 16 as its id.
fn path(route: &Route) -> String {
    let segments = route.request().1.split('/');
    let filled = segments.map(|segment| if segment.starts_with('{') { "16" } else { segment });
    filled.collect::<Vec<_>>().join("/")
}

fn nth(n: u64) -> NonZeroU64 {
    NonZeroU64::new(n).unwrap()
}

fn size(n: usize) -> NonZeroUsize {
    NonZeroUsize::new(n).unwrap()
}
