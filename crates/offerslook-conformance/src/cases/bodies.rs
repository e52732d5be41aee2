//! The end of a body, and its cap.

use offerslook_core::{Delivery::Unknown, Settings, TransportKind::BodyTooLarge};

use super::Cases;
use crate::{
    any_transport::{AnyTransport, client, send},
    expect,
    fixtures::{get, ok, settings, with_body_cap},
    server::ScriptedServer,
};

pub(super) const CASES: Cases = &[
    ("chunked", |transport| {
        let chunks =
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n";
        whole(transport, settings(), chunks, "hello");
    }),
    ("chunked with trailers", |transport| {
        let chunks =
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx-sum: 1\r\n\r\n";
        whole(transport, settings(), chunks, "hello");
    }),
    ("until the connection closes", |transport| {
        whole(transport, settings(), "HTTP/1.1 200 OK\r\n\r\nhello", "hello");
    }),
    ("until the TLS connection closes", until_the_tls_connection_closes),
    ("empty", |transport| whole(transport, settings(), sized(0), "")),
    ("exactly the cap", |transport| {
        whole(transport, with_body_cap(1000), sized(1000), &"x".repeat(1000));
    }),
    ("one byte over the cap", |transport| too_large(transport, sized(1001))),
    ("over the cap without a content-length", |transport| {
        too_large(transport, format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(1001)));
    }),
    ("over the cap without end", endless),
];

fn serve(response: impl AsRef<[u8]> + Send + 'static) -> ScriptedServer {
    ScriptedServer::one_request(move |mut connection| {
        // Over the cap, the client leaves in the middle.
        let _ = connection.try_write(response);
        connection.close();
    })
}

fn sized(length: usize) -> String {
    ok(&"x".repeat(length))
}

fn whole(
    transport: &dyn AnyTransport,
    settings: Settings,
    response: impl AsRef<[u8]> + Send + 'static,
    body: &str,
) {
    let server = serve(response);
    expect::body(send(transport, settings, get(server.http("/"))), 200, body);
    server.finish();
}

fn until_the_tls_connection_closes(transport: &dyn AnyTransport) {
    let server = ScriptedServer::start(|listener| {
        let mut connection = listener.accept_tls();
        connection.respond("HTTP/1.1 200 OK\r\n\r\nhello");
        connection.close();
    });
    expect::body(send(transport, settings(), get(server.https("/"))), 200, "hello");
    server.finish();
}

fn too_large(transport: &dyn AnyTransport, response: String) {
    let server = serve(response);
    let outcome = send(transport, with_body_cap(1000), get(server.http("/")));
    expect::error(outcome, BodyTooLarge, Unknown);
    server.finish();
}

fn endless(transport: &dyn AnyTransport) {
    let server = ScriptedServer::one_request(|mut connection| {
        connection.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        connection.flood(format!("400\r\n{}\r\n", "x".repeat(1024)));
    });
    let client = client(transport, with_body_cap(1000));
    expect::error(client.execute(get(server.http("/"))), BodyTooLarge, Unknown);
    // The connection is closed though the client is still there.
    server.finish();
}
