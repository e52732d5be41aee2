use bytes::Bytes;
use http::{Method, Version, request::Builder};
use offerslook_core::{Delivery, Request, TransportKind, transport::sendable};

fn get(uri: &str) -> Builder {
    http::Request::get(uri)
}

fn reason(request: Builder, body: &'static str) -> Option<String> {
    let error = sendable(request.body(Bytes::from_static(body.as_bytes())).unwrap()).err()?;
    assert_eq!(error.kind, TransportKind::Unsendable);
    assert_eq!(error.delivery, Delivery::NotSent);
    Some(error.source.unwrap().to_string())
}

#[test]
fn gzip_is_asked_for_unless_the_request_says_otherwise() {
    let plain = sendable(get("https://a/").body(Bytes::new()).unwrap()).unwrap();
    assert_eq!(plain.headers()["accept-encoding"], "gzip");
    let own = get("https://a/").header("accept-encoding", "identity").body(Bytes::new()).unwrap();
    assert_eq!(sendable(own).unwrap().headers()["accept-encoding"], "identity");
}

#[test]
fn the_host_is_named_without_a_port_that_goes_without_saying() {
    for (uri, host) in [
        ("https://a.example/", "a.example"),
        ("https://a.example:443/", "a.example"),
        ("https://a.example:80/", "a.example:80"),
        ("https://a.example:8443/", "a.example:8443"),
        ("http://localhost:80/", "localhost"),
        ("http://[::1]:443/", "[::1]:443"),
        ("https://[2001:db8::1]/", "[2001:db8::1]"),
    ] {
        let request = sendable(get(uri).body(Bytes::new()).unwrap()).unwrap();
        assert_eq!(request.headers()["host"], host, "{uri}");
    }
}

#[test]
fn the_length_is_told_of_a_body_or_where_a_body_is_usual() {
    for (method, body, length) in [
        (Method::GET, "", None),
        (Method::DELETE, "", None),
        (Method::DELETE, "{}", Some("2")),
        (Method::POST, "", Some("0")),
        (Method::POST, "{}", Some("2")),
        (Method::PUT, "", Some("0")),
        (Method::PATCH, "", Some("0")),
    ] {
        let request = get("https://a/").method(&method).body(Bytes::from_static(body.as_bytes())).unwrap();
        let told = sendable(request).unwrap().headers().get("content-length").cloned();
        assert_eq!(told.as_ref().map(|told| told.to_str().unwrap()), length, "{method} {body:?}");
    }
}

#[test]
fn what_was_given_stays_but_for_extensions() {
    let mut request: Request = http::Request::post("https://a:8443/p?q")
        .header("authorization", "Basic x")
        .header("content-length", "2")
        .header("host", "other")
        .body(Bytes::from_static(b"{}"))
        .unwrap();
    request.extensions_mut().insert(7_u8);
    let sent = sendable(request).unwrap();
    assert_eq!(sent.uri(), "https://a:8443/p?q");
    assert_eq!(sent.method(), Method::POST);
    assert_eq!(sent.body().as_ref(), b"{}");
    assert_eq!(sent.headers()["host"], "other");
    assert_eq!(sent.headers().len(), 4);
    assert!(sent.extensions().is_empty());
}

#[test]
fn http_is_for_this_machine_only() {
    for fine in ["http://localhost:1/", "http://127.0.0.1/", "http://[::1]:80/", "https://a.example/"] {
        assert_eq!(reason(get(fine), ""), None, "{fine}");
    }
    let reason = reason(get("http://a.example/"), "").unwrap();
    assert_eq!(reason, "plain http is for this machine only");
}

#[test]
fn what_adapters_would_send_differently_is_not_sent() {
    for (request, body, why) in [
        (get("/relative"), "", "the URI is not absolute"),
        (get("a:443"), "", "the URI is not absolute"),
        (get("https://user@a/"), "", "the URI holds a user name"),
        (get("https://a:0/"), "", "the URI names no host, or no valid port"),
        (get("https://a:99999/"), "", "the URI names no host, or no valid port"),
        (get("ftp://a/"), "", "the URI is neither https nor http"),
        (get("https://a/").version(Version::HTTP_2), "", "the version is not HTTP/1.1"),
        (get("https://a/").method(Method::CONNECT), "", "the method is CONNECT"),
        (
            get("https://a/").header("expect", "100-continue"),
            "",
            "a header asks for more than a plain exchange",
        ),
        (
            get("https://a/").header("transfer-encoding", "chunked"),
            "",
            "a header asks for more than a plain exchange",
        ),
        (
            get("https://a/").header("content-length", "3"),
            "ab",
            "the content-length is not the length of the body",
        ),
        (
            get("https://a/").header("content-length", "x"),
            "",
            "the content-length is not the length of the body",
        ),
    ] {
        assert_eq!(reason(request, body).as_deref(), Some(why));
    }
}
