//! Calls through a proxy, and around it.

use std::time::Duration;

use offerslook_core::{
    Delivery::NotSent,
    Settings,
    TransportKind::{Certificate, ConnectTimeout, Proxy, UnknownHost},
};

use super::Cases;
use crate::{
    any_transport::{AnyTransport, client, send},
    certificates::{self, PROXIED_HOST},
    expect,
    fixtures::{OK, UNKNOWN_HOST, get, with_variables},
    server::{ClosedPort, Connection, ScriptedServer},
};

pub(super) const CASES: Cases = &[
    ("https goes through the proxy", https),
    ("connection through the proxy is kept alive", kept_alive),
    ("credentials of the proxy are sent", credentials),
    ("proxy that speaks TLS", proxy_that_speaks_tls),
    ("403 of the proxy", |transport| {
        refused(transport, "HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno");
    }),
    ("407 of the proxy", |transport| {
        refused(transport, "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n");
    }),
    ("proxy that does not speak HTTP", |transport| refused(transport, "SSH-2.0-OpenSSH\r\n")),
    ("proxy that closes the connection", |transport| refused(transport, "")),
    ("proxy that refuses connections", |transport| {
        let port = ClosedPort::bind();
        unreachable(transport, port.address().to_string());
    }),
    ("proxy whose host is unknown", |transport| {
        unreachable(transport, format!("http://{UNKNOWN_HOST}:3128"));
    }),
    ("proxy that does not answer", |transport| too_slow(transport, Connection::wait_for_close)),
    ("proxy that drips its answer", |transport| {
        too_slow(transport, |connection| {
            connection.write("HTTP/1.1 200 OK\r\nx: ");
            connection.drip(b"y");
        });
    }),
    ("proxy whose certificate is not trusted", untrusted_proxy),
    ("host behind the proxy whose certificate is not trusted", untrusted_host),
    ("NO_PROXY is honoured", no_proxy),
    ("loopback is called directly", loopback),
];

fn through(proxy: &ScriptedServer) -> Settings {
    with_variables(&[("HTTPS_PROXY", format!("http://proxy-user:proxy-pass@{}", proxy.address()))])
}

fn proxied(path: &str) -> http::Uri {
    format!("https://{PROXIED_HOST}{path}").parse().unwrap()
}

fn accept_tunnel(mut connection: Connection) -> Connection {
    let request = connection.read_request();
    let target = format!("{PROXIED_HOST}:443");
    assert_eq!((request.method.as_str(), request.target.as_str()), ("CONNECT", &*target));
    assert_eq!(request.headers["host"], target);
    assert_eq!(request.headers["proxy-authorization"], "Basic cHJveHktdXNlcjpwcm94eS1wYXNz");
    assert!(!request.headers.contains_key("authorization"), "{request:?}");
    connection.write("HTTP/1.1 200 Connection established\r\n\r\n");
    connection
}

fn https(transport: &dyn AnyTransport) {
    let proxy = ScriptedServer::start(|listener| {
        let tunnel = accept_tunnel(listener.accept());
        let mut connection = tunnel.accept_tls(&certificates::valid_for_proxied_host());
        let request = connection.read_request();
        assert_eq!(request.target, "/path?query");
        assert_eq!(request.headers["host"], PROXIED_HOST);
        assert!(!request.headers.contains_key("proxy-authorization"), "{request:?}");
        connection.write(OK);
    });
    expect::body(send(transport, through(&proxy), get(proxied("/path?query"))), 200, "ok");
    proxy.finish();
}

fn kept_alive(transport: &dyn AnyTransport) {
    let proxy = ScriptedServer::start(|listener| {
        let tunnel = accept_tunnel(listener.accept());
        let mut connection = tunnel.accept_tls(&certificates::valid_for_proxied_host());
        for _ in 0..2 {
            connection.respond(OK);
        }
        listener.expect_no_connection();
    });
    let client = client(transport, through(&proxy));
    for _ in 0..2 {
        expect::body(client.execute(get(proxied("/"))), 200, "ok");
    }
    proxy.finish();
}

fn credentials(transport: &dyn AnyTransport) {
    let proxy = ScriptedServer::start(|listener| {
        let mut connection = listener.accept();
        assert!(!connection.read_request().headers.contains_key("proxy-authorization"));
        connection.write("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
        connection.wait_for_close();
        let tunnel = accept_tunnel(listener.accept());
        let mut connection = tunnel.accept_tls(&certificates::valid_for_proxied_host());
        connection.respond(OK);
    });
    let without = with_variables(&[("HTTPS_PROXY", proxy.address().to_string())]);
    expect::error(send(transport, without, get(proxied("/"))), Proxy, NotSent);
    expect::body(send(transport, through(&proxy), get(proxied("/"))), 200, "ok");
    proxy.finish();
}

fn proxy_that_speaks_tls(transport: &dyn AnyTransport) {
    let proxy = ScriptedServer::start(|listener| {
        let tunnel = accept_tunnel(listener.accept_tls());
        let mut connection = tunnel.accept_tls(&certificates::valid_for_proxied_host());
        connection.respond(OK);
    });
    let uri = format!("https://proxy-user:proxy-pass@{}", proxy.address());
    let settings = with_variables(&[("ALL_PROXY", uri)]);
    expect::body(send(transport, settings, get(proxied("/"))), 200, "ok");
    proxy.finish();
}

fn refused(transport: &dyn AnyTransport, response: &'static str) {
    let proxy = ScriptedServer::one_request(move |mut connection| {
        connection.write(response);
        connection.close();
    });
    expect::error(send(transport, through(&proxy), get(proxied("/"))), Proxy, NotSent);
    proxy.finish();
}

fn unreachable(transport: &dyn AnyTransport, proxy: String) {
    let settings = with_variables(&[("HTTPS_PROXY", proxy)]);
    expect::error(send(transport, settings, get(proxied("/"))), Proxy, NotSent);
}

fn too_slow(transport: &dyn AnyTransport, script: fn(&mut Connection)) {
    let proxy = ScriptedServer::one_request(move |mut connection| script(&mut connection));
    let mut settings = through(&proxy);
    settings.connect_timeout = Duration::from_secs(1);
    let client = client(transport, settings);
    expect::error(client.execute(get(proxied("/"))), ConnectTimeout, NotSent);
    proxy.finish();
}

fn untrusted_proxy(transport: &dyn AnyTransport) {
    let proxy = ScriptedServer::start(|listener| {
        assert!(listener.accept().try_accept_tls(&certificates::untrusted()).is_err());
    });
    unreachable(transport, format!("https://{}", proxy.address()));
    proxy.finish();
}

fn untrusted_host(transport: &dyn AnyTransport) {
    let proxy = ScriptedServer::start(|listener| {
        assert!(accept_tunnel(listener.accept()).try_accept_tls(&certificates::valid()).is_err());
    });
    expect::error(send(transport, through(&proxy), get(proxied("/"))), Certificate, NotSent);
    proxy.finish();
}

fn no_proxy(transport: &dyn AnyTransport) {
    let port = ClosedPort::bind();
    let proxy = ("HTTPS_PROXY", port.address().to_string());
    let settings = with_variables(&[proxy, ("NO_PROXY", "other.example, .invalid".to_owned())]);
    let uri = format!("https://{UNKNOWN_HOST}/").parse().unwrap();
    expect::error(send(transport, settings, get(uri)), UnknownHost, NotSent);
}

fn loopback(transport: &dyn AnyTransport) {
    let port = ClosedPort::bind();
    let server = ScriptedServer::start(|listener| {
        let mut connection = listener.accept_tls();
        connection.respond(OK);
        let mut connection = listener.accept();
        connection.respond(OK);
    });
    let proxy = format!("http://{}", port.address());
    let variables = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"].map(|name| (name, proxy.clone()));
    let client = client(transport, with_variables(&variables));
    expect::body(client.execute(get(server.https("/"))), 200, "ok");
    expect::body(client.execute(get(server.http("/"))), 200, "ok");
    server.finish();
}
