//! Bodies that come packed.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use offerslook_core::{
    Delivery::Unknown,
    Settings,
    TransportKind::{BodyTooLarge, Interrupted, Malformed},
};

use crate::{
    Adapter, expect,
    given::{client, get, patient},
    scripted_server::ScriptedServer,
};

cases![
    inflated,
    inflated_from_chunks,
    exactly_the_cap,
    one_byte_over_the_cap,
    bomb,
    ends_early,
    cut_off_by_the_connection,
    not_packed_at_all,
    announced_but_no_body,
    another_coding_passes,
];

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn capped() -> Settings {
    let mut settings = patient();
    settings.max_body_bytes = 1000;
    settings
}

fn serve(body: Vec<u8>) -> ScriptedServer {
    let length = body.len();
    serve_announcing(body, length)
}

fn serve_announcing(body: Vec<u8>, length: usize) -> ScriptedServer {
    ScriptedServer::start(move |door| {
        let mut client = door.accept();
        assert_eq!(client.hear().headers["accept-encoding"], "gzip");
        client.say(format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {length}\r\n\r\n"));
        // A bomb is not heard to its end.
        let _ = client.try_say(&body);
        client.close();
        door.nobody_else();
    })
}

fn inflated(adapter: &dyn Adapter) {
    let server = serve(packed(b"hello hello hello"));
    let outcome = client(adapter, patient()).execute(get(server.http("/")));
    let response = expect::answer(outcome, 200, "hello hello hello");
    assert!(!response.headers().contains_key("content-encoding"));
    assert!(!response.headers().contains_key("content-length"));
    server.finish();
}

fn inflated_from_chunks(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        let mut client = door.accept();
        client.hear();
        client.say("HTTP/1.1 200 OK\r\ncontent-encoding: GZIP\r\ntransfer-encoding: chunked\r\n\r\n");
        for byte in packed(b"hello") {
            client.say([b'1', b'\r', b'\n', byte, b'\r', b'\n']);
        }
        client.say("0\r\n\r\n");
    });
    expect::answer(client(adapter, patient()).execute(get(server.http("/"))), 200, "hello");
    server.finish();
}

fn exactly_the_cap(adapter: &dyn Adapter) {
    let server = serve(packed(&[b'x'; 1000]));
    expect::answer(client(adapter, capped()).execute(get(server.http("/"))), 200, [b'x'; 1000]);
    server.finish();
}

fn one_byte_over_the_cap(adapter: &dyn Adapter) {
    let server = serve(packed(&[b'x'; 1001]));
    expect::fault(client(adapter, capped()).execute(get(server.http("/"))), BodyTooLarge, Unknown);
    server.finish();
}

fn bomb(adapter: &dyn Adapter) {
    let server = serve(packed(&vec![0; 50_000_000]));
    expect::fault(client(adapter, capped()).execute(get(server.http("/"))), BodyTooLarge, Unknown);
    server.finish();
}

fn ends_early(adapter: &dyn Adapter) {
    let mut body = packed(b"hello");
    body.truncate(body.len() - 4);
    let server = serve(body);
    expect::fault(client(adapter, patient()).execute(get(server.http("/"))), Malformed, Unknown);
    server.finish();
}

fn cut_off_by_the_connection(adapter: &dyn Adapter) {
    let mut body = packed(b"hello");
    let length = body.len();
    body.truncate(length - 4);
    let server = serve_announcing(body, length);
    expect::fault(client(adapter, patient()).execute(get(server.http("/"))), Interrupted, Unknown);
    server.finish();
}

fn not_packed_at_all(adapter: &dyn Adapter) {
    let server = serve(b"hello".to_vec());
    expect::fault(client(adapter, patient()).execute(get(server.http("/"))), Malformed, Unknown);
    server.finish();
}

fn announced_but_no_body(adapter: &dyn Adapter) {
    let server = serve(Vec::new());
    expect::answer(client(adapter, patient()).execute(get(server.http("/"))), 200, "");
    server.finish();
}

fn another_coding_passes(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        let mut client = door.accept();
        client.hear();
        client.say("HTTP/1.1 200 OK\r\ncontent-encoding: br\r\ncontent-length: 2\r\n\r\n??");
    });
    let response = expect::answer(client(adapter, patient()).execute(get(server.http("/"))), 200, "??");
    assert_eq!(response.headers()["content-encoding"], "br");
    server.finish();
}
