//! A server that answers every call for links at once. `/calls` returns the number of calls since the last time.

#![expect(clippy::print_stdout, reason = "it prints its address")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

use anyhow::{Context, Result};
use offerslook_bench::answers::links;

static CALLS: AtomicU64 = AtomicU64::new(0);

fn main() -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client closes its connections when it is done.
            thread::spawn(move || serve(&stream));
        }
    });
    // It ends with the program that started it.
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

fn serve(stream: &TcpStream) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut requests = BufReader::new(stream);
    let (mut head, mut line) = (String::new(), String::new());
    loop {
        head.clear();
        requests.read_line(&mut head)?;
        let path = head.split(' ').nth(1).context("a path")?;
        while line != "\r\n" {
            line.clear();
            requests.read_line(&mut line)?;
        }
        line.clear();
        let body = if path == "/calls" {
            CALLS.swap(0, Ordering::Relaxed).to_string()
        } else {
            CALLS.fetch_add(1, Ordering::Relaxed);
            links(path.rsplit('/').next().unwrap_or_default().split(','))
        };
        let length = body.len();
        let head =
            format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n");
        (&mut &*stream).write_all((head + &body).as_bytes())?;
    }
}
