//! Responses that are not valid HTTP.

use std::time::{Duration, Instant};

use offerslook_core::{Delivery::Unknown, TransportKind::Malformed};

use super::Cases;
use crate::{
    any_transport::{AnyTransport, client},
    expect,
    fixtures::{get, settings, with_timeout},
    server::ScriptedServer,
};

pub(super) const CASES: Cases = &[
    ("another protocol", |transport| malformed(transport, "SSH-2.0-OpenSSH\r\n")),
    ("another version", |transport| {
        malformed(transport, "HTTP/2.0 200 OK\r\ncontent-length: 0\r\n\r\n");
    }),
    ("header without a colon", |transport| {
        malformed(transport, "HTTP/1.1 200 OK\r\nnonsense\r\ncontent-length: 0\r\n\r\n");
    }),
    ("content-length that is not a number", |transport| {
        malformed(transport, "HTTP/1.1 200 OK\r\ncontent-length: five\r\n\r\nhello");
    }),
    ("two lengths", |transport| {
        malformed(transport, "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!");
    }),
    ("chunk length that is not a number", |transport| {
        malformed(
            transport,
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfive\r\nhello\r\n0\r\n\r\n",
        );
    }),
    ("chunk longer than its length", |transport| {
        malformed(transport, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n");
    }),
    ("head over its cap", |transport| {
        let value = "v".repeat(70_000);
        malformed(transport, format!("HTTP/1.1 200 OK\r\nx: {value}\r\ncontent-length: 0\r\n\r\n"));
    }),
    ("head without end", |transport| {
        malformed(transport, format!("HTTP/1.1 200 OK\r\nx: {}", "v".repeat(200_000)));
    }),
    ("interim responses without end", interim_responses),
    ("129 headers", |transport| {
        let headers = "x: y\r\n".repeat(128);
        malformed(transport, format!("HTTP/1.1 200 OK\r\n{headers}content-length: 0\r\n\r\n"));
    }),
    ("transfer coding that was not asked for", |transport| {
        let coded = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked, gzip\r\n\r\n2\r\nok\r\n0\r\n\r\n";
        malformed(transport, coded);
    }),
    ("chunks in HTTP/1.0", |transport| {
        malformed(transport, "HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
    }),
];

fn malformed(transport: &dyn AnyTransport, response: impl AsRef<[u8]> + Send + 'static) {
    let server = ScriptedServer::one_request(move |mut connection| {
        // The client may leave in the middle.
        let _ = connection.try_write(response);
        connection.wait_for_close();
    });
    let client = client(transport, settings());
    expect::error(client.execute(get(server.http("/"))), Malformed, Unknown);
    drop(client);
    server.finish();
}

/// Their heads count towards the cap of the head. Whatever the outcome, the flood must not hold up the timeout.
fn interim_responses(transport: &dyn AnyTransport) {
    const TIMEOUT: Duration = Duration::from_secs(2);
    let server = ScriptedServer::one_request(|mut connection| {
        connection.flood("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100));
    });
    let client = client(transport, with_timeout(TIMEOUT));
    let began = Instant::now();
    let outcome = client.execute(get(server.http("/")));
    assert!(began.elapsed() < 2 * TIMEOUT, "the timeout fires late\n{:?}", began.elapsed());
    expect::error(outcome, Malformed, Unknown);
    server.finish();
}
