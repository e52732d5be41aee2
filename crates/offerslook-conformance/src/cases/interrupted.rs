//! Connections that end before the response does. The delivery is unknown, and the request is not repeated.

use offerslook_core::{Delivery::Unknown, TransportKind::Interrupted};

use super::Cases;
use crate::{
    any_transport::{AnyTransport, send},
    expect,
    fixtures::{get, post, settings},
    server::{Connection, ScriptedServer},
};

pub(super) const CASES: Cases = &[
    ("before the response", |transport| plain(transport, "", Connection::close)),
    ("reset before the response", |transport| plain(transport, "", Connection::reset)),
    ("inside the head", |transport| {
        plain(transport, "HTTP/1.1 200 OK\r\ncontent-le", Connection::close);
    }),
    ("inside a sized body", |transport| plain(transport, SIZED, Connection::close)),
    ("reset inside a sized body", |transport| plain(transport, SIZED, Connection::reset)),
    ("inside a chunk", |transport| {
        let chunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n6\r\nhello";
        plain(transport, chunk, Connection::close);
    }),
    ("inside the length of a chunk", |transport| {
        let chunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n1";
        plain(transport, chunk, Connection::close);
    }),
    ("between chunks", |transport| {
        let chunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n";
        plain(transport, chunk, Connection::close);
    }),
    ("reset inside an unsized body", |transport| plain(transport, UNSIZED, Connection::reset)),
    ("TLS, inside a sized body", |transport| tls(transport, SIZED, Connection::close)),
    ("TLS, without close_notify inside a sized body", |transport| {
        tls(transport, SIZED, Connection::close_without_notify);
    }),
    ("TLS, without close_notify inside an unsized body", |transport| {
        tls(transport, UNSIZED, Connection::close_without_notify);
    }),
    ("TLS, reset before the response", |transport| tls(transport, "", Connection::reset)),
];

const SIZED: &str = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nhello";
const UNSIZED: &str = "HTTP/1.1 200 OK\r\n\r\nhello";

fn plain(transport: &dyn AnyTransport, written: &'static str, end: fn(Connection)) {
    for request in [get, post] {
        let server = ScriptedServer::one_request(move |mut connection| {
            connection.write(written);
            end(connection);
        });
        expect::error(send(transport, settings(), request(server.http("/"))), Interrupted, Unknown);
        server.finish();
    }
}

fn tls(transport: &dyn AnyTransport, written: &'static str, end: fn(Connection)) {
    let server = ScriptedServer::start(move |listener| {
        let mut connection = listener.accept_tls();
        connection.read_request();
        connection.write(written);
        end(connection);
        listener.expect_no_connection();
    });
    expect::error(send(transport, settings(), get(server.https("/"))), Interrupted, Unknown);
    server.finish();
}
