//! Servers that are too slow.

use std::{sync::mpsc, time::Duration};

use offerslook_core::{
    Delivery::{NotSent, Unknown},
    Settings,
    TransportKind::{ConnectTimeout, Timeout},
};

use super::Cases;
use crate::{
    any_transport::{AnyTransport, client, send},
    expect,
    fixtures::{OK, STEP_LIMIT, get, post, settings, with_timeout, with_timeouts},
    server::{Connection, FullBacklog, ScriptedServer},
};

pub(super) const CASES: Cases = &[
    ("silence after the request", |transport| too_slow(transport, Connection::wait_for_close)),
    ("dripping head", |transport| {
        too_slow(transport, |connection| {
            connection.write("HTTP/1.1 200 OK\r\nx: ");
            connection.drip(b"y");
        });
    }),
    ("dripping body", |transport| {
        too_slow(transport, |connection| {
            connection.write("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n");
            connection.drip(b"x");
        });
    }),
    ("dripping gzip body", |transport| {
        too_slow(transport, |connection| {
            connection
                .write("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n");
            // The fixed head of a gzip stream, and a block that announces more than it brings.
            connection.write(b"f\r\n\x1f\x8b\x08\0\0\0\0\0\0\xff\x01\xff\xff\0\0\r\n");
            connection.drip(b"1\r\nx\r\n");
        });
    }),
    ("dripping TLS body", dripping_tls_body),
    ("dripping interim responses", |transport| {
        too_slow(transport, |connection| connection.drip(b"HTTP/1.1 103 Early Hints\r\n\r\n"));
    }),
    ("request body that the server does not read", |transport| unread(transport, false)),
    ("request body that the server does not read, TLS", |transport| unread(transport, true)),
    ("connection never made", |transport| unconnected(transport, &connect_timeout())),
    ("connection never made within the whole timeout", |transport| {
        unconnected(transport, &with_timeout(SHORT));
    }),
    ("handshake never answered", |transport| {
        handshake(transport, connect_timeout(), |mut connection| connection.wait_for_close());
    }),
    ("handshake never answered within the whole timeout", |transport| {
        handshake(transport, with_timeout(SHORT), |mut connection| connection.wait_for_close());
    }),
    ("dripping handshake", |transport| {
        // The head of a record that never arrives in full.
        handshake(transport, connect_timeout(), |mut connection| {
            connection.write([22, 3, 3, 0x3f, 0xff, 2, 0, 0x3f, 0xfb]);
            connection.drip(&[0]);
        });
    }),
    ("of zero", of_zero),
    ("of the maximum duration", of_the_maximum_duration),
];

/// Too short for a connection that is never made, and too short for nothing else.
const SHORT: Duration = Duration::from_millis(300);

fn connect_timeout() -> Settings {
    with_timeouts(settings().timeout, SHORT)
}

fn too_slow(transport: &dyn AnyTransport, script: fn(&mut Connection)) {
    let server = ScriptedServer::one_request(move |mut connection| script(&mut connection));
    // Long enough to connect on a busy machine.
    let client = client(transport, with_timeout(Duration::from_secs(1)));
    expect::error(client.execute(get(server.http("/"))), Timeout, Unknown);
    // The connection is closed though the client is still there.
    server.finish();
}

fn dripping_tls_body(transport: &dyn AnyTransport) {
    let server = ScriptedServer::start(|listener| {
        let mut connection = listener.accept_tls();
        connection.respond("HTTP/1.1 200 OK\r\n\r\n");
        connection.drip(b"x");
    });
    let client = client(transport, with_timeout(Duration::from_secs(2)));
    expect::error(client.execute(get(server.https("/"))), Timeout, Unknown);
    server.finish();
}

/// The body is larger than the buffers between client and server.
fn unread(transport: &dyn AnyTransport, is_tls: bool) {
    let (over, when_over) = mpsc::channel::<()>();
    let server = ScriptedServer::start(move |listener| {
        let mut connection = listener.accept_with(is_tls);
        connection.read_some();
        let _ = when_over.recv_timeout(STEP_LIMIT);
        listener.expect_no_connection();
    });
    let mut request = post(server.uri(is_tls));
    *request.body_mut() = vec![b'x'; 50_000_000].into();
    let outcome = send(transport, with_timeout(Duration::from_secs(2)), request);
    expect::error(outcome, Timeout, Unknown);
    drop(over);
    server.finish();
}

fn unconnected(transport: &dyn AnyTransport, settings: &Settings) {
    let port = FullBacklog::bind();
    for scheme in ["http", "https"] {
        let uri = format!("{scheme}://{}/", port.address()).parse().unwrap();
        expect::error(send(transport, settings.clone(), get(uri)), ConnectTimeout, NotSent);
    }
}

fn handshake(transport: &dyn AnyTransport, settings: Settings, script: fn(Connection)) {
    let server = ScriptedServer::start(move |listener| {
        script(listener.accept());
        listener.expect_no_connection();
    });
    let client = client(transport, settings);
    expect::error(client.execute(get(server.https("/"))), ConnectTimeout, NotSent);
    server.finish();
}

fn of_zero(transport: &dyn AnyTransport) {
    let long = settings().timeout;
    for settings in [with_timeouts(Duration::ZERO, long), with_timeouts(long, Duration::ZERO)] {
        let (over, when_over) = mpsc::channel::<()>();
        let server = ScriptedServer::start(move |_listener| {
            let _ = when_over.recv_timeout(STEP_LIMIT);
        });
        expect::error(send(transport, settings, get(server.https("/"))), ConnectTimeout, NotSent);
        drop(over);
        server.finish();
    }
}

fn of_the_maximum_duration(transport: &dyn AnyTransport) {
    let server = ScriptedServer::one_request(|mut connection| connection.write(OK));
    let settings = with_timeouts(Duration::MAX, Duration::MAX);
    expect::body(send(transport, settings, get(server.http("/"))), 200, "ok");
    server.finish();
}
