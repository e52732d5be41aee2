//! Calls that are dropped while they run: their connection is closed though the client is still there, and nothing
//! else is sent.

use offerslook_core::{Settings, affiliate::batches::GetTrackingLinks};

use super::Cases;
use crate::{
    any_transport::AnyTransport,
    certificates::PROXIED_HOST,
    fixtures::{account_at, options, settings, with_variables},
    server::{Connection, Listener, ScriptedServer},
    signal::Signal,
};

pub(super) const CASES: Cases = &[
    ("waiting for the proxy", waiting_for_the_proxy),
    ("during the handshake", |transport| {
        cancelled(transport, https, |listener| {
            let mut connection = listener.accept();
            connection.read_some();
            connection
        });
    }),
    ("before the response", |transport| in_the_response(transport, "")),
    ("before the response, TLS", |transport| {
        cancelled(transport, https, |listener| {
            let mut connection = listener.accept_tls();
            connection.read_request();
            connection
        });
    }),
    ("inside the head", |transport| in_the_response(transport, "HTTP/1.1 200 OK\r\n")),
    ("inside a sized body", |transport| {
        in_the_response(transport, "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe");
    }),
    ("inside a chunked body", |transport| {
        in_the_response(transport, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhe\r\n");
    }),
    ("inside an unsized body", |transport| in_the_response(transport, "HTTP/1.1 200 OK\r\n\r\nhe")),
];

/// The base URL of a case, and the settings.
type Setup = fn(&ScriptedServer) -> (String, Settings);

fn http(server: &ScriptedServer) -> (String, Settings) {
    (server.http("").to_string(), settings())
}

fn https(server: &ScriptedServer) -> (String, Settings) {
    (server.https("").to_string(), settings())
}

/// Drops the call after this part of the script.
fn cancelled(
    transport: &dyn AnyTransport,
    setup: Setup,
    script: impl FnOnce(&Listener) -> Connection + Send + 'static,
) {
    let (trigger, signal) = Signal::new();
    let server = ScriptedServer::start(move |listener| {
        let mut connection = script(listener);
        drop(trigger);
        connection.wait_for_close();
        listener.expect_no_connection();
    });
    let (base_url, settings) = setup(&server);
    let client = transport.client(account_at(&base_url), options(settings)).unwrap();
    let outcome = client.send_until(signal, &GetTrackingLinks::new("16,102".parse().unwrap()));
    assert!(outcome.is_none(), "the call was over before it was cancelled\n{outcome:?}");
    server.finish();
}

fn waiting_for_the_proxy(transport: &dyn AnyTransport) {
    let setup: Setup = |proxy| {
        let settings = with_variables(&[("HTTPS_PROXY", proxy.address().to_string())]);
        (format!("https://{PROXIED_HOST}"), settings)
    };
    cancelled(transport, setup, |listener| {
        let mut connection = listener.accept();
        connection.read_request();
        connection
    });
}

fn in_the_response(transport: &dyn AnyTransport, written: &'static str) {
    cancelled(transport, http, move |listener| {
        let mut connection = listener.accept();
        connection.read_request();
        connection.write(written);
        connection
    });
}
