//! A server that answers every call for links at once. `/calls` returns the number of calls since the last time.

#![expect(clippy::print_stdout, reason = "it prints its address")]

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

use anyhow::{Context, Result};

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
    let (mut head, mut line, mut body, mut answer) =
        (String::new(), String::new(), String::new(), Vec::new());
    loop {
        head.clear();
        requests.read_line(&mut head)?;
        let path = head.split(' ').nth(1).context("a path")?;
        while line != "\r\n" {
            line.clear();
            requests.read_line(&mut line)?;
        }
        line.clear();
        body.clear();
        if path == "/calls" {
            write!(body, "{}", CALLS.swap(0, Ordering::Relaxed))?;
        } else {
            CALLS.fetch_add(1, Ordering::Relaxed);
            rows(path.rsplit('/').next().unwrap_or_default(), &mut body)?;
        }
        answer.clear();
        let length = body.len();
        write!(
            answer,
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
        )?;
        answer.extend_from_slice(body.as_bytes());
        (&mut &*stream).write_all(&answer)?;
    }
}

fn rows(ids: &str, body: &mut String) -> Result<()> {
    body.push_str(r#"{"code":0,"message":"Success","data":{"tracking_link":["#);
    for (position, id) in ids.split(',').enumerate() {
        let comma = if position > 0 { "," } else { "" };
        write!(
            body,
            "{comma}{{\"offer_id\":{id},\"url\":\"https://click.dev.offerslook.com/index.php?offer_id={id}&aff_id=40\",\
             \"impression_pixel\":\"<img src='http://qoqololo.iuniontrack.com:9080/impr.php?offer_id={id}&aff_id=40'  \
             border='0'  width='1'  height='1' />\"}}"
        )?;
    }
    body.push_str("]}}");
    Ok(())
}
