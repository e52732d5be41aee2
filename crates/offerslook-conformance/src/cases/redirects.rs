//! Redirects are responses: nothing follows them, so no credentials leave for another server.

use std::sync::mpsc;

use http::header::{HeaderValue, LOCATION};

use super::Cases;
use crate::{
    any_transport::{AnyTransport, client},
    expect,
    fixtures::{STEP_LIMIT, get, post, settings},
    server::ScriptedServer,
};

pub(super) const CASES: Cases = &[
    ("301", |transport| to_another_server(transport, 301, false)),
    ("302", |transport| to_another_server(transport, 302, false)),
    ("303", |transport| to_another_server(transport, 303, false)),
    ("307", |transport| to_another_server(transport, 307, false)),
    ("308", |transport| to_another_server(transport, 308, false)),
    ("from https to http", |transport| to_another_server(transport, 302, true)),
    ("without a location", |transport| {
        on_one_server(transport, "HTTP/1.1 307 Somewhere\r\ncontent-length: 0\r\n\r\n", 307, "");
    }),
    ("to the same server", |transport| {
        let response = "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 5\r\n\r\nthere";
        on_one_server(transport, response, 302, "there");
    }),
];

fn to_another_server(transport: &dyn AnyTransport, status: u16, is_tls: bool) {
    for request in [get, post] {
        let (over, when_over) = mpsc::channel::<()>();
        let target = ScriptedServer::start(move |listener| {
            let _ = when_over.recv_timeout(STEP_LIMIT);
            listener.expect_no_connection();
        });
        let location = target.http("/elsewhere").to_string();
        let response =
            format!("HTTP/1.1 {status} Go\r\nlocation: {location}\r\ncontent-length: 5\r\n\r\nthere");
        let server = ScriptedServer::start(move |listener| {
            let mut connection = listener.accept_with(is_tls);
            connection.respond(response);
            connection.wait_for_close();
            listener.expect_no_connection();
        });
        let client = client(transport, settings());
        let uri = server.uri(is_tls);
        let response = expect::body(client.execute(request(uri)), status, "there");
        assert_eq!(response.headers().get(LOCATION), Some(&HeaderValue::try_from(location).unwrap()));
        drop(client);
        server.finish();
        drop(over);
        target.finish();
    }
}

fn on_one_server(transport: &dyn AnyTransport, response: &'static str, status: u16, body: &str) {
    let server = ScriptedServer::one_request(move |mut connection| {
        connection.write(response);
        connection.wait_for_close();
    });
    let client = client(transport, settings());
    expect::body(client.execute(get(server.http("/"))), status, body);
    drop(client);
    server.finish();
}
