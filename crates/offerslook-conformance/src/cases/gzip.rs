//! Bodies compressed with gzip.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use offerslook_core::{
    Delivery::Unknown,
    Settings,
    TransportKind::{self, BodyTooLarge, Interrupted, Malformed},
};

use super::Cases;
use crate::{
    any_transport::{AnyTransport, client, send},
    expect,
    fixtures::{get, settings, with_body_cap},
    server::ScriptedServer,
};

pub(super) const CASES: Cases = &[
    ("inflated", inflated),
    ("inflated from chunks", inflated_from_chunks),
    ("exactly the cap", |transport| whole(transport, &[b'x'; 1000])),
    ("exactly the cap, though larger when compressed", |transport| {
        whole(transport, &noise(1000));
    }),
    ("one byte over the cap", |transport| {
        fails(transport, with_body_cap(1000), compress(&[b'x'; 1001]), BodyTooLarge);
    }),
    ("bomb", |transport| {
        fails(transport, with_body_cap(1000), compress(&vec![0; 50_000_000]), BodyTooLarge);
    }),
    ("over the cap only when compressed", |transport| {
        let body = [compress(&noise(190_000)), compress(b"").repeat(5_000)].concat();
        fails(transport, with_body_cap(200_000), body, BodyTooLarge);
    }),
    ("endless empty members", endless_empty_members),
    ("stream that ends early", |transport| {
        let mut body = compress(b"hello");
        body.truncate(body.len() - 4);
        fails(transport, settings(), body, Malformed);
    }),
    ("connection that ends early", connection_that_ends_early),
    ("not gzip at all", |transport| fails(transport, settings(), b"hello".to_vec(), Malformed)),
    ("no body", |transport| {
        let server = serve(Vec::new());
        expect::body(send(transport, settings(), get(server.http("/"))), 200, "");
        server.finish();
    }),
    ("another coding is left alone", another_coding),
];

fn compress(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Bytes that cannot be compressed.
fn noise(length: u32) -> Vec<u8> {
    let mut state = 1_u32;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..length).map(next).collect()
}

fn serve(body: Vec<u8>) -> ScriptedServer {
    let length = body.len();
    serve_sized(body, length)
}

fn serve_sized(body: Vec<u8>, length: usize) -> ScriptedServer {
    ScriptedServer::start(move |listener| {
        let mut connection = listener.accept();
        assert_eq!(connection.read_request().headers["accept-encoding"], "gzip");
        let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {length}\r\n\r\n");
        connection.write(head);
        // Over the cap, the client leaves in the middle.
        let _ = connection.try_write(&body);
        connection.close();
        listener.expect_no_connection();
    })
}

fn whole(transport: &dyn AnyTransport, body: &[u8]) {
    let server = serve(compress(body));
    expect::body(send(transport, with_body_cap(1000), get(server.http("/"))), 200, body);
    server.finish();
}

fn fails(transport: &dyn AnyTransport, settings: Settings, body: Vec<u8>, kind: TransportKind) {
    let server = serve(body);
    expect::error(send(transport, settings, get(server.http("/"))), kind, Unknown);
    server.finish();
}

fn inflated(transport: &dyn AnyTransport) {
    let server = serve(compress(b"hello hello hello"));
    let response = expect::body(send(transport, settings(), get(server.http("/"))), 200, "hello hello hello");
    assert!(!response.headers().contains_key("content-encoding"));
    assert!(!response.headers().contains_key("content-length"));
    server.finish();
}

fn inflated_from_chunks(transport: &dyn AnyTransport) {
    let server = ScriptedServer::one_request(|mut connection| {
        connection.write("HTTP/1.1 200 OK\r\ncontent-encoding: GZIP\r\ntransfer-encoding: chunked\r\n\r\n");
        for byte in compress(b"hello") {
            connection.write([b'1', b'\r', b'\n', byte, b'\r', b'\n']);
        }
        connection.write("0\r\n\r\n");
    });
    expect::body(send(transport, settings(), get(server.http("/"))), 200, "hello");
    server.finish();
}

/// They inflate to nothing, and so never to more than the cap. They are stopped long before the stream is larger than
/// the cap.
fn endless_empty_members(transport: &dyn AnyTransport) {
    let server = ScriptedServer::one_request(|mut connection| {
        connection.write("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n");
        connection.flood(compress(b"").repeat(100));
    });
    let client = client(transport, settings());
    expect::error(client.execute(get(server.http("/"))), Malformed, Unknown);
    server.finish();
}

fn connection_that_ends_early(transport: &dyn AnyTransport) {
    let mut body = compress(b"hello");
    let length = body.len();
    body.truncate(length - 4);
    let server = serve_sized(body, length);
    expect::error(send(transport, settings(), get(server.http("/"))), Interrupted, Unknown);
    server.finish();
}

fn another_coding(transport: &dyn AnyTransport) {
    let server = ScriptedServer::one_request(|mut connection| {
        connection.write("HTTP/1.1 200 OK\r\ncontent-encoding: br\r\ncontent-length: 2\r\n\r\n??");
    });
    let response = expect::body(send(transport, settings(), get(server.http("/"))), 200, "??");
    assert_eq!(response.headers()["content-encoding"], "br");
    server.finish();
}
