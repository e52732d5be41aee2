use std::io::ErrorKind;

use axum::{
    body::{Body, Bytes},
    extract::rejection::BytesRejection,
};
use futures_util::stream;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    task::JoinHandle,
};

use super::*;
use crate::{Certificate, certificates::Identity};

/// The limit under test; all others keep their defaults.
const SHORT: Duration = Duration::from_millis(1);
const LONG: Duration = Duration::from_secs(30);

struct Serving {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Serving {
    async fn start(app: Router, tls: Option<TlsAcceptor>, limits: ConnectionLimits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        Self { address, task: tokio::spawn(serve(listener, app, tls, limits)) }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn request(stream: &mut TcpStream) {
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
}

async fn expect_response(stream: &mut TcpStream) {
    assert!(timeout(LONG, stream.read(&mut [0; 1_024])).await.unwrap().unwrap() > 0);
}

/// Reads until the server closes the connection.
async fn rest(mut stream: TcpStream) -> String {
    let mut rest = Vec::new();
    let end = timeout(LONG, stream.read_to_end(&mut rest)).await.unwrap();
    assert!(end.is_ok() || end.is_err_and(|error| error.kind() == ErrorKind::ConnectionReset));
    String::from_utf8(rest).unwrap()
}

#[tokio::test]
async fn a_connection_over_the_limit_waits_for_another_to_close() {
    let limits = ConnectionLimits { max_connections: 2, ..ConnectionLimits::default() };
    let server = Serving::start(Router::new(), None, limits).await;

    let mut first = server.connect().await;
    let mut second = server.connect().await;
    let mut third = server.connect().await;
    request(&mut third).await;
    for _ in 0..20 {
        for stream in [&mut first, &mut second] {
            request(stream).await;
            expect_response(stream).await;
        }
    }
    assert_eq!(third.try_read(&mut [0; 1]).unwrap_err().kind(), ErrorKind::WouldBlock);

    drop(first);
    expect_response(&mut third).await;
}

#[tokio::test]
async fn an_unfinished_request_head_times_out() {
    let server =
        Serving::start(Router::new(), None, ConnectionLimits { head: SHORT, ..ConnectionLimits::default() })
            .await;
    assert_eq!(rest(server.connect().await).await, "");

    let mut stream = server.connect().await;
    // The server may have closed the connection already.
    drop(stream.write_all(b"GET / HTTP/1.1\r\nhost:").await);
    assert_eq!(rest(stream).await, "");
}

#[tokio::test]
async fn an_unfinished_handshake_times_out() {
    let tls = Identity::new(Certificate::Good).unwrap().acceptor().unwrap();
    let limits = ConnectionLimits { handshake: SHORT, ..ConnectionLimits::default() };
    let server = Serving::start(Router::new(), Some(tls), limits).await;
    assert_eq!(rest(server.connect().await).await, "");
}

#[tokio::test]
async fn an_unfinished_request_body_times_out_with_a_response() {
    let app = Router::new().fallback(async |body: Result<Bytes, BytesRejection>| match body {
        Ok(_) => "whole",
        Err(_) => "not whole",
    });
    let server =
        Serving::start(app, None, ConnectionLimits { body: SHORT, ..ConnectionLimits::default() }).await;
    let mut stream = server.connect().await;
    stream.write_all(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n1").await.unwrap();
    let answer = rest(stream).await;
    assert!(answer.ends_with("\r\n\r\nnot whole"), "{answer}");
}

#[tokio::test]
async fn a_client_that_stops_reading_times_out() {
    let endless = async || {
        Body::from_stream(stream::repeat_with(|| Ok::<_, io::Error>(Bytes::from_static(&[b' '; 16 * 1_024]))))
    };
    let app = Router::new().route("/endless", axum::routing::get(endless));
    let limits = ConnectionLimits { max_connections: 1, response: SHORT, ..ConnectionLimits::default() };
    let server = Serving::start(app, None, limits).await;
    let mut silent = server.connect().await;
    silent.write_all(b"GET /endless HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();

    // The second connection is served as soon as the server has closed the first.
    let mut other = server.connect().await;
    request(&mut other).await;
    expect_response(&mut other).await;
}
