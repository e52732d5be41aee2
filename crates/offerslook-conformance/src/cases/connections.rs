//! Connections that are kept alive, and what happens to them between two calls.

use std::sync::mpsc;

use offerslook_core::{Delivery::Unknown, TransportKind::Interrupted};

use super::Cases;
use crate::{
    any_transport::{AnyTransport, client},
    expect,
    fixtures::{AUTHORIZATION, OK, get, ok, post, settings},
    server::{Connection, ReceivedRequest, ScriptedServer},
};

pub(super) const CASES: Cases = &[
    ("kept alive for the next call", kept_alive),
    ("kept alive after each kind of body", kept_alive_after_each_kind_of_body),
    ("kept alive with TLS", kept_alive_with_tls),
    ("not used for another server", not_used_for_another_server),
    ("not kept alive after connection: close", not_kept_alive_after_connection_close),
    ("not kept alive after more bytes than the response", not_kept_alive_after_more_bytes),
    ("closed by the server between two calls", |transport| {
        ended_between(transport, false, Connection::close);
    }),
    ("closed by the server between two calls, TLS", |transport| {
        ended_between(transport, true, Connection::close);
    }),
    ("reset by the server between two calls", reset_between),
    ("408 of the server between two calls", |transport| {
        ended_between(transport, false, |mut connection| {
            connection.write(REQUEST_TIMEOUT);
            connection.close();
        });
    }),
    ("closed by the server when it is used again", closed_when_used_again),
    ("closed when the client is dropped", closed_when_the_client_is_dropped),
];

const REQUEST_TIMEOUT: &str =
    "HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

/// Responds to the next request, which carries its credentials on every connection.
fn respond(connection: &mut Connection, response: impl AsRef<[u8]>) -> ReceivedRequest {
    let request = connection.respond(response);
    assert_eq!(request.headers.get("authorization").map(String::as_str), Some(AUTHORIZATION), "{request:?}");
    request
}

fn kept_alive(transport: &dyn AnyTransport) {
    let server = ScriptedServer::start(|listener| {
        let mut connection = listener.accept();
        for target in ["/1", "/2", "/3"] {
            assert_eq!(respond(&mut connection, OK).target, target);
        }
        listener.expect_no_connection();
    });
    let client = client(transport, settings());
    expect::body(client.execute(get(server.http("/1"))), 200, "ok");
    expect::body(client.execute(post(server.http("/2"))), 200, "ok");
    expect::body(client.execute(get(server.http("/3"))), 200, "ok");
    server.finish();
}

fn kept_alive_after_each_kind_of_body(transport: &dyn AnyTransport) {
    const RESPONSES: [(u16, &str); 4] = [
        (200, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
        (404, "HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\nok"),
        (204, "HTTP/1.1 204 No Content\r\n\r\n"),
        (302, "HTTP/1.1 302 Found\r\nlocation: /\r\ncontent-length: 2\r\n\r\nok"),
    ];
    let server = ScriptedServer::start(|listener| {
        let mut connection = listener.accept();
        for (_, response) in RESPONSES {
            respond(&mut connection, response);
        }
        connection.wait_for_close();
        listener.expect_no_connection();
    });
    let client = client(transport, settings());
    for (status, _) in RESPONSES {
        expect::status(client.execute(get(server.http("/"))), status);
    }
    drop(client);
    server.finish();
}

fn kept_alive_with_tls(transport: &dyn AnyTransport) {
    let server = ScriptedServer::start(|listener| {
        let mut connection = listener.accept_tls();
        for _ in 0..3 {
            respond(&mut connection, OK);
        }
        listener.expect_no_connection();
    });
    let client = client(transport, settings());
    for _ in 0..3 {
        expect::body(client.execute(get(server.https("/"))), 200, "ok");
    }
    server.finish();
}

fn not_used_for_another_server(transport: &dyn AnyTransport) {
    let server = |body: &'static str| {
        ScriptedServer::start(move |listener| {
            let mut connection = listener.accept();
            for _ in 0..2 {
                respond(&mut connection, ok(body));
            }
            connection.wait_for_close();
            listener.expect_no_connection();
        })
    };
    let (one, another) = (server("one"), server("another"));
    let client = client(transport, settings());
    for _ in 0..2 {
        expect::body(client.execute(get(one.http("/"))), 200, "one");
        expect::body(client.execute(get(another.http("/"))), 200, "another");
    }
    drop(client);
    one.finish();
    another.finish();
}

fn not_kept_alive_after_connection_close(transport: &dyn AnyTransport) {
    let server = ScriptedServer::start(|listener| {
        for _ in 0..2 {
            let mut connection = listener.accept();
            respond(&mut connection, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok");
            connection.wait_for_close();
        }
    });
    let client = client(transport, settings());
    for _ in 0..2 {
        expect::body(client.execute(get(server.http("/"))), 200, "ok");
    }
    server.finish();
}

fn not_kept_alive_after_more_bytes(transport: &dyn AnyTransport) {
    let server = ScriptedServer::start(|listener| {
        for _ in 0..2 {
            let mut connection = listener.accept();
            respond(&mut connection, format!("{OK}HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nwrong"));
            connection.wait_for_close();
        }
        listener.expect_no_connection();
    });
    let client = client(transport, settings());
    for _ in 0..2 {
        expect::body(client.execute(get(server.http("/"))), 200, "ok");
    }
    drop(client);
    server.finish();
}

/// The first connection ends after its call was answered and before the next one. No byte of that was written, so it
/// is sent on a new connection.
fn ended_between(transport: &dyn AnyTransport, is_tls: bool, end: fn(Connection)) {
    for request in [get, post] {
        let (ended, when_ended) = mpsc::channel();
        let server = ScriptedServer::start(move |listener| {
            for _ in 0..2 {
                let mut connection = listener.accept_with(is_tls);
                respond(&mut connection, OK);
                end(connection);
                ended.send(()).unwrap();
            }
            listener.expect_no_connection();
        });
        let uri = server.uri(is_tls);
        let client = client(transport, settings());
        for _ in 0..2 {
            expect::body(client.execute(request(uri.clone())), 200, "ok");
            when_ended.recv().unwrap();
        }
        server.finish();
    }
}

fn reset_between(transport: &dyn AnyTransport) {
    // A reset may overtake an answer that was not read yet.
    for request in [get, post] {
        let (answered, when_answered) = mpsc::channel();
        let (ended, when_ended) = mpsc::channel();
        let server = ScriptedServer::start(move |listener| {
            let mut connection = listener.accept();
            respond(&mut connection, OK);
            when_answered.recv().unwrap();
            connection.reset();
            ended.send(()).unwrap();
            let mut connection = listener.accept();
            respond(&mut connection, OK);
            listener.expect_no_connection();
        });
        let client = client(transport, settings());
        expect::body(client.execute(request(server.http("/"))), 200, "ok");
        answered.send(()).unwrap();
        when_ended.recv().unwrap();
        expect::body(client.execute(request(server.http("/"))), 200, "ok");
        server.finish();
    }
}

fn closed_when_used_again(transport: &dyn AnyTransport) {
    for request in [get, post] {
        let server = ScriptedServer::start(move |listener| {
            let mut connection = listener.accept();
            respond(&mut connection, OK);
            connection.read_request();
            connection.close();
        });
        let client = client(transport, settings());
        expect::body(client.execute(request(server.http("/"))), 200, "ok");
        expect::error(client.execute(request(server.http("/"))), Interrupted, Unknown);
        server.finish();
    }
}

fn closed_when_the_client_is_dropped(transport: &dyn AnyTransport) {
    let server = ScriptedServer::start(|listener| {
        let mut connection = listener.accept();
        respond(&mut connection, OK);
        connection.wait_for_close();
    });
    let client = client(transport, settings());
    expect::body(client.execute(get(server.http("/"))), 200, "ok");
    drop(client);
    server.finish();
}
