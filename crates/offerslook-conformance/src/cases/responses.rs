//! Whole responses, whatever their status.

use http::{HeaderMap, Method};

use super::Cases;
use crate::{
    any_transport::{AnyTransport, client, send},
    expect,
    fixtures::{get, settings},
    server::ScriptedServer,
};

pub(super) const CASES: Cases = &[
    ("plain", plain),
    ("repeated header", repeated_header),
    ("header that is not ASCII", header_that_is_not_ascii),
    ("404", |transport| {
        respond(transport, "HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\ngone", 404, "gone");
    }),
    ("503", |transport| {
        let response = "HTTP/1.1 503 Busy\r\nretry-after: 7\r\ncontent-length: 4\r\n\r\nbusy";
        assert_eq!(respond(transport, response, 503, "busy")["retry-after"], "7");
    }),
    ("204", |transport| {
        respond(transport, "HTTP/1.1 204 No Content\r\n\r\n", 204, "");
    }),
    ("304 with a content-length has no body", |transport| {
        respond(transport, "HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n", 304, "");
    }),
    ("early hints before the response", early_hints),
    ("HTTP/1.0", |transport| {
        respond(transport, "HTTP/1.0 200 OK\r\n\r\nold", 200, "old");
    }),
    ("response to HEAD has no body", head),
    ("128 headers", many_headers),
];

fn respond(transport: &dyn AnyTransport, response: &'static str, status: u16, body: &str) -> HeaderMap {
    let server = ScriptedServer::one_request(move |mut connection| {
        connection.write(response);
        connection.close();
    });
    let response = expect::body(send(transport, settings(), get(server.http("/"))), status, body);
    server.finish();
    response.headers().clone()
}

fn plain(transport: &dyn AnyTransport) {
    let response = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-One: 1\r\n\r\nhello";
    let headers = respond(transport, response, 200, "hello");
    assert_eq!(headers["content-length"], "5");
    assert_eq!(headers["x-one"], "1");
}

fn repeated_header(transport: &dyn AnyTransport) {
    let response = "HTTP/1.1 200 OK\r\nx-two: 1\r\ncontent-length: 2\r\nX-Two: 2\r\n\r\nok";
    let headers = respond(transport, response, 200, "ok");
    assert_eq!(headers.get_all("x-two").iter().collect::<Vec<_>>(), ["1", "2"]);
}

fn header_that_is_not_ascii(transport: &dyn AnyTransport) {
    let headers = respond(transport, "HTTP/1.1 200 OK\r\nx: é\r\ncontent-length: 2\r\n\r\nok", 200, "ok");
    assert_eq!(headers["x"].as_bytes(), "é".as_bytes());
}

fn early_hints(transport: &dyn AnyTransport) {
    let response =
        "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
    assert!(!respond(transport, response, 200, "ok").contains_key("link"));
}

fn head(transport: &dyn AnyTransport) {
    let server = ScriptedServer::start(|listener| {
        let mut connection = listener.accept();
        assert_eq!(connection.read_request().method, "HEAD");
        connection.write("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n");
        connection.wait_for_close();
    });
    let client = client(transport, settings());
    let mut request = get(server.http("/"));
    *request.method_mut() = Method::HEAD;
    expect::body(client.execute(request), 200, "");
    drop(client);
    server.finish();
}

fn many_headers(transport: &dyn AnyTransport) {
    let server = ScriptedServer::one_request(|mut connection| {
        connection.write("HTTP/1.1 200 OK\r\n");
        for number in 0..127 {
            connection.write(format!("x-{number}: {}\r\n", "v".repeat(400)));
        }
        connection.write("content-length: 2\r\n\r\nok");
    });
    let response = expect::body(send(transport, settings(), get(server.http("/"))), 200, "ok");
    assert_eq!(response.headers().len(), 128);
    server.finish();
}
