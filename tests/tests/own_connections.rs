//! Transports with a connector or an agent of the caller's.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::{
    collections::VecDeque,
    future::{Ready, ready},
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::Duration,
};

use http::Uri;
use hyper_util::rt::TokioIo;
use offerslook_conformance::{
    expect,
    fixtures::{account, get, options, post, settings},
    server::{ClosedPort, Connection, ScriptedServer},
};
use offerslook_core::{
    Delivery::{NotSent, Unknown},
    TransportKind,
};
use offerslook_transport_hyper::Hyper;
use offerslook_transport_ureq::Ureq;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
    net::TcpStream,
    runtime::Runtime,
};
use tower_service::Service;

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

/// Connects to one address, whatever the URI says.
#[derive(Clone)]
struct FixedAddress(SocketAddr);

impl Service<Uri> for FixedAddress {
    type Response = TokioIo<TcpStream>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<TokioIo<TcpStream>>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let address = self.0;
        Box::pin(async move { TcpStream::connect(address).await.map(TokioIo::new) })
    }
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

fn with_connector<C>(connector: C) -> offerslook_transport_hyper::Client
where
    C: Service<Uri, Error = io::Error, Future: Send> + Clone + Send + Sync + 'static,
    C::Response: hyper::rt::Read + hyper::rt::Write + Send + Unpin + 'static,
{
    let transport = Hyper::with_connector(connector);
    offerslook_transport_hyper::Client::with_transport(account(), options(settings()), transport)
}

fn https() -> Uri {
    Uri::from_static("https://acme.api.offerslook.com/path")
}

fn two_requests_on_one_connection() -> ScriptedServer {
    ScriptedServer::start(|listener| {
        let mut connection = listener.accept();
        for _ in 0..2 {
            let asked = connection.read_request();
            assert_eq!(
                (asked.target.as_str(), asked.headers["host"].as_str()),
                ("/path", "acme.api.offerslook.com")
            );
            connection.write(OK);
        }
        listener.expect_no_connection();
    })
}

#[test]
fn a_connector_decides_where_calls_go_and_its_connections_are_reused() {
    let server = two_requests_on_one_connection();
    let connector = FixedAddress(server.address());
    let client = with_connector(connector);
    let runtime = runtime();
    for request in [get, post] {
        expect::body(runtime.block_on(client.execute(request(https()))), 200, "ok");
    }
    server.finish();
}

#[test]
fn an_error_of_a_connector_means_that_nothing_was_sent() {
    let port = ClosedPort::bind();
    let connector = FixedAddress(port.address());
    let client = with_connector(connector);
    expect::error(runtime().block_on(client.execute(get(https()))), TransportKind::Connect, NotSent);
}

/// Connects within the program.
#[derive(Clone)]
struct InMemory(Arc<Mutex<VecDeque<DuplexStream>>>);

impl Service<Uri> for InMemory {
    type Response = TokioIo<DuplexStream>;
    type Error = io::Error;
    type Future = Ready<io::Result<TokioIo<DuplexStream>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let stream = self.0.lock().unwrap().pop_front();
        ready(stream.map(TokioIo::new).ok_or(io::ErrorKind::ConnectionRefused.into()))
    }
}

async fn answer_one_call(stream: &mut DuplexStream) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await.unwrap());
    }
    stream.write_all(OK.as_bytes()).await.unwrap();
}

#[test]
fn a_request_that_was_not_sent_is_sent_on_another_connection() {
    let (first, mut first_server) = duplex(1024);
    let (second, mut second_server) = duplex(1024);
    let connector = InMemory(Arc::new(Mutex::new([first, second].into())));
    let client = with_connector(connector);
    let calls = async {
        let (executed, ()) = tokio::join!(client.execute(get(https())), answer_one_call(&mut first_server));
        expect::body(executed, 200, "ok");
        drop(first_server);
        let (executed, ()) = tokio::join!(client.execute(get(https())), answer_one_call(&mut second_server));
        expect::body(executed, 200, "ok");
        drop(second_server);
        expect::error(client.execute(get(https())).await, TransportKind::Connect, NotSent);
    };
    // A server that waits for a request in vain would wait for ever.
    runtime().block_on(async { tokio::time::timeout(Duration::from_mins(1), calls).await }).unwrap();
}

#[test]
fn a_new_connection_that_is_closed_at_once_means_that_nothing_was_sent() {
    let (stream, server) = duplex(1024);
    drop(server);
    let connector = InMemory(Arc::new(Mutex::new([stream].into())));
    let client = with_connector(connector);
    let executed = runtime().block_on(client.execute(get(https())));
    expect::error(executed, TransportKind::Interrupted, NotSent);
}

fn agent() -> ureq::Agent {
    ureq::Agent::new_with_config(ureq::Agent::config_builder().proxy(None).build())
}

fn with_agent(timeout: Duration) -> offerslook_transport_ureq::Client {
    let mut settings = settings();
    settings.timeout = timeout;
    let transport = Ureq::with_agent(agent());
    offerslook_transport_ureq::Client::with_transport(account(), options(settings), transport)
}

fn answered(script: fn(Connection)) -> ScriptedServer {
    ScriptedServer::start(move |listener| {
        let mut connection = listener.accept();
        connection.read_request();
        script(connection);
        listener.expect_no_connection();
    })
}

#[test]
fn an_agent_keeps_the_timeout_of_the_client() {
    let client = with_agent(Duration::from_secs(1));
    let server = answered(|mut connection| connection.wait_for_close());
    expect::error(client.execute(get(server.http("/"))), TransportKind::Timeout, Unknown);
    server.finish();
}

#[test]
fn an_agent_follows_no_redirect_and_returns_every_status() {
    for answer in [
        "HTTP/1.1 302 Found\r\nlocation: /other\r\ncontent-length: 2\r\n\r\nok",
        "HTTP/1.1 503 Busy\r\ncontent-length: 2\r\n\r\nok",
    ] {
        let client = with_agent(Duration::from_mins(1));
        let server = ScriptedServer::start(move |listener| {
            let mut connection = listener.accept();
            let asked = connection.read_request();
            assert_eq!(asked.header_names(), ["accept-encoding", "authorization", "host", "user-agent"]);
            connection.write(answer);
            listener.expect_no_connection();
        });
        let response = client.execute(get(server.http("/"))).unwrap();
        assert_eq!(response.body().as_ref(), b"ok");
        server.finish();
    }
}

#[test]
fn the_connections_of_an_agent_are_reused() {
    let client = with_agent(Duration::from_mins(1));
    let server = ScriptedServer::start(|listener| {
        let mut connection = listener.accept();
        for _ in 0..2 {
            connection.read_request();
            connection.write(OK);
        }
        listener.expect_no_connection();
    });
    for _ in 0..2 {
        expect::body(client.execute(get(server.http("/"))), 200, "ok");
    }
    server.finish();
}

#[test]
fn the_errors_of_an_agent_are_classified_alike() {
    let client = with_agent(Duration::from_mins(1));
    let port = ClosedPort::bind();
    let refused = format!("http://{}/", port.address()).parse().unwrap();
    expect::error(client.execute(get(refused)), TransportKind::Connect, NotSent);
    let server = answered(Connection::reset);
    expect::error(client.execute(get(server.http("/"))), TransportKind::Interrupted, Unknown);
    server.finish();
    let server = answered(|mut connection| connection.write("SSH-2.0-OpenSSH\r\n"));
    expect::error(client.execute(get(server.http("/"))), TransportKind::Malformed, Unknown);
    server.finish();
}
