//! Requests on the wire: exactly what the caller set, and what HTTP itself needs.

use bytes::Bytes;
use offerslook_core::{
    Endpoint, Request,
    affiliate::{
        batches::{ApplyToOffers, GetTrackingLinks},
        offer_postbacks::{CreatePostback, DeletePostback, PostbackKind, UpdatePostback},
    },
};

use super::Cases;
use crate::{
    any_transport::{AnyTransport, send},
    expect,
    fixtures::{AUTHORIZATION, account_at, settings},
    server::{ReceivedRequest, ScriptedServer},
};

pub(super) const CASES: Cases = &[
    ("no accept header", |transport| without_header(transport, "accept")),
    ("no user-agent header", |transport| without_header(transport, "user-agent")),
    ("GET", get),
    ("GET of an account", get_of_an_account),
    ("POST without a body of an account", post_without_a_body_of_an_account),
    ("POST of an account", post_of_an_account),
    ("PUT of an account", put_of_an_account),
    ("DELETE of an account", delete_of_an_account),
    ("PUT without a content-length", put_without_a_content_length),
    ("accept-encoding of the caller", accept_encoding),
    ("URI without a path", uri_without_a_path),
    ("unusual but valid target", |transport| {
        const UNUSUAL: &str = "/a//b/c;x=1/%2F%c3%a9,:@!$&'()*+?filters[status][EQUAL_TO]=a%20b&x=?/&y={z}|";
        unchanged_target(transport, UNUSUAL);
    }),
    ("dots in the target", |transport| unchanged_target(transport, "/a/../b/./c")),
    ("target of 8,000 bytes", |transport| {
        unchanged_target(transport, &format!("/{}", "1234567,".repeat(1000)));
    }),
    ("body of a million bytes", body_of_a_million_bytes),
];

/// Sends a request, and returns it as the server received it.
fn receive(
    transport: &dyn AnyTransport,
    request: impl FnOnce(&ScriptedServer) -> Request,
) -> ReceivedRequest {
    let (sender, receiver) = std::sync::mpsc::channel();
    let server = ScriptedServer::start(move |listener| {
        let mut connection = listener.accept();
        sender.send(connection.read_request()).unwrap();
        connection.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        connection.wait_for_close();
    });
    let address = server.address().to_string();
    expect::body(send(transport, settings(), request(&server)), 200, "");
    server.finish();
    let request = receiver.recv().unwrap();
    assert_eq!(request.headers["host"], address);
    request
}

/// A request with the headers that HTTP libraries add where they are missing.
fn request(method: &str, server: &ScriptedServer, path: &str) -> http::request::Builder {
    let request = http::Request::builder().method(method).uri(server.http(path));
    request.header("accept", "a/b").header("authorization", AUTHORIZATION).header("user-agent", "c/1")
}

/// Expects these headers beside those of [`request`] and the two that the core adds, and no others.
#[track_caller]
fn expect_headers(request: &ReceivedRequest, more: &[&str]) {
    let mut names = vec!["accept", "accept-encoding", "authorization", "host", "user-agent"];
    names.extend(more);
    names.sort_unstable();
    assert_eq!(request.header_names(), names, "the headers on the wire (left: what came)");
}

fn without_header(transport: &dyn AnyTransport, name: &str) {
    let received = receive(transport, |server| {
        let mut request = request("GET", server, "/").body(Bytes::new()).unwrap();
        request.headers_mut().remove(name);
        request
    });
    let mut names = vec!["accept", "accept-encoding", "authorization", "host", "user-agent"];
    names.retain(|header| *header != name);
    assert_eq!(received.header_names(), names, "the headers on the wire (left: what came)");
}

fn get(transport: &dyn AnyTransport) {
    let received =
        receive(transport, |server| request("GET", server, "/a/b?c=d").body(Bytes::new()).unwrap());
    assert_eq!((received.method.as_str(), received.target.as_str()), ("GET", "/a/b?c=d"));
    expect_headers(&received, &[]);
    assert_eq!(received.headers["accept"], "a/b");
    assert_eq!(received.headers["accept-encoding"], "gzip");
    assert_eq!(received.headers["authorization"], AUTHORIZATION);
    assert_eq!(received.headers["user-agent"], "c/1");
    assert!(received.body.is_empty());
}

/// Sends a call of an account whose base URL has a path.
fn receive_call(
    transport: &dyn AnyTransport,
    call: &impl Endpoint,
    line: (&str, &str),
    headers: &[&str],
) -> ReceivedRequest {
    let received =
        receive(transport, |server| account_at(&server.http("/prefix").to_string()).request(call).unwrap());
    assert_eq!((received.method.as_str(), received.target.as_str()), line);
    expect_headers(&received, headers);
    assert_eq!(received.headers["accept"], "application/json");
    assert_eq!(received.headers["accept-encoding"], "gzip");
    assert_eq!(received.headers["authorization"], "Basic bWVAZXhhbXBsZS5jb206a2V5");
    received
}

fn get_of_an_account(transport: &dyn AnyTransport) {
    let call = GetTrackingLinks::new("16,102".parse().unwrap());
    let line = ("GET", "/prefix/aff/v1/batches/offers/tracking_links/16,102");
    assert!(receive_call(transport, &call, line, &[]).body.is_empty());
}

fn post_without_a_body_of_an_account(transport: &dyn AnyTransport) {
    let call = ApplyToOffers::new("16,102".parse().unwrap()).unwrap();
    let line = ("POST", "/prefix/aff/v1/batches/offers/applys/16,102");
    let received = receive_call(transport, &call, line, &["content-length"]);
    assert_eq!(received.headers["content-length"], "0");
}

#[track_caller]
fn expect_json(received: &ReceivedRequest, json: &str) {
    assert_eq!(received.headers["content-type"], "application/json");
    assert_eq!(received.headers["content-length"], json.len().to_string());
    assert_eq!(String::from_utf8_lossy(&received.body), json);
}

fn post_of_an_account(transport: &dyn AnyTransport) {
    let code = "https://t.example/?c={click_id}".parse().unwrap();
    let call = CreatePostback::for_offer("5".parse().unwrap(), None, PostbackKind::PostbackUrl, code);
    let line = ("POST", "/prefix/aff/v1/offer_postbacks");
    let received = receive_call(transport, &call.unwrap(), line, &["content-length", "content-type"]);
    expect_json(&received, r#"{"offer_id":5,"code":"https://t.example/?c={click_id}","type":2}"#);
}

fn put_of_an_account(transport: &dyn AnyTransport) {
    let call = UpdatePostback::new("7".parse().unwrap(), "https://t.example/".parse().unwrap());
    let line = ("PUT", "/prefix/aff/v1/offer_postbacks/7");
    let received = receive_call(transport, &call, line, &["content-length", "content-type"]);
    expect_json(&received, r#"{"code":"https://t.example/"}"#);
}

fn delete_of_an_account(transport: &dyn AnyTransport) {
    let call = DeletePostback::new("7".parse().unwrap());
    let line = ("DELETE", "/prefix/aff/v1/offer_postbacks/7");
    assert!(receive_call(transport, &call, line, &[]).body.is_empty());
}

fn put_without_a_content_length(transport: &dyn AnyTransport) {
    let received = receive(transport, |server| request("PUT", server, "/").body(Bytes::new()).unwrap());
    expect_headers(&received, &["content-length"]);
    assert_eq!(received.headers["content-length"], "0");
}

fn accept_encoding(transport: &dyn AnyTransport) {
    let received = receive(transport, |server| {
        request("GET", server, "/").header("accept-encoding", "identity").body(Bytes::new()).unwrap()
    });
    assert_eq!(received.headers["accept-encoding"], "identity");
}

fn uri_without_a_path(transport: &dyn AnyTransport) {
    let received = receive(transport, |server| {
        http::Request::get(format!("http://{}", server.address())).body(Bytes::new()).unwrap()
    });
    assert_eq!(received.target, "/");
}

fn unchanged_target(transport: &dyn AnyTransport, target: &str) {
    let received = receive(transport, |server| request("GET", server, target).body(Bytes::new()).unwrap());
    assert_eq!(received.target, target, "the target on the wire (left: what came)");
}

fn body_of_a_million_bytes(transport: &dyn AnyTransport) {
    let body: Vec<u8> = (0..1_000_000_u32).map(|number| number.to_le_bytes()[0]).collect();
    let received =
        receive(transport, |server| request("POST", server, "/").body(body.clone().into()).unwrap());
    assert_eq!(received.headers["content-length"], "1000000");
    assert!(received.body == body);
}
