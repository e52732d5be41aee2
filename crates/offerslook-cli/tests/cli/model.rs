//! A service on loopback that answers by path, for what the sandbox cannot be told to do.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::Arc,
    thread,
};

/// The head of a response, without its length, and its body.
pub(crate) type Answer = (String, String);

/// Starts it, and returns its base URL.
pub(crate) fn start(answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let answer = Arc::clone(&answer);
            thread::spawn(move || serve(stream.unwrap(), &*answer));
        }
    });
    base_url
}

fn serve(mut stream: TcpStream, answer: &dyn Fn(&str) -> Answer) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        // A client may connect and think better of it.
        if !matches!(stream.read(&mut byte), Ok(1)) {
            return;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let (head, body) = answer(head.split(' ').nth(1).unwrap());
    let length = body.len();
    let _ = write!(
        stream,
        "HTTP/1.1 {head}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
}

/// An answer that says success, with this `data`.
pub(crate) fn success(data: &serde_json::Value) -> Answer {
    let body = serde_json::json!({"code": 0, "message": "Success", "data": data});
    ("200 OK".to_owned(), body.to_string())
}
