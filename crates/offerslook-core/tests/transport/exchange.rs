use std::time::Duration;

use bytes::Bytes;
use http::{Method, Version, request::Builder};
use offerslook_core::{
    Account, BaseUrl, Credentials, Delivery, Proxies, Request, Settings, TransportError, TransportKind,
    affiliate::batches::GetTrackingLinks, transport::Exchange,
};

fn get(uri: &str) -> Builder {
    http::Request::get(uri)
}

fn sendable(request: Request) -> Result<Request, TransportError> {
    Ok(Exchange::new(request, &Settings::default())?.request().clone())
}

fn reason(request: Builder, body: &'static str) -> Option<String> {
    let error = sendable(request.body(Bytes::from_static(body.as_bytes())).unwrap()).err()?;
    assert_eq!(error.kind, TransportKind::Unsendable);
    assert_eq!(error.delivery, Delivery::NotSent);
    Some(error.source.unwrap().to_string())
}

#[test]
fn gzip_is_accepted_unless_the_request_says_otherwise() {
    let plain = sendable(get("https://a/").body(Bytes::new()).unwrap()).unwrap();
    assert_eq!(plain.headers()["accept-encoding"], "gzip");
    let own = get("https://a/").header("accept-encoding", "identity").body(Bytes::new()).unwrap();
    assert_eq!(sendable(own).unwrap().headers()["accept-encoding"], "identity");
}

#[test]
fn the_host_header_omits_the_default_port() {
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
fn a_body_has_a_length_and_so_has_a_method_that_usually_has_a_body() {
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
        let length_sent = sendable(request).unwrap().headers().get("content-length").cloned();
        assert_eq!(length_sent.as_ref().map(|value| value.to_str().unwrap()), length, "{method} {body:?}");
    }
}

#[test]
fn a_request_keeps_everything_but_its_extensions() {
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
fn plain_http_is_refused_unless_the_host_is_this_machine() {
    for fine in ["http://localhost:1/", "http://127.0.0.1/", "http://[::1]:80/", "https://a.example/"] {
        assert_eq!(reason(get(fine), ""), None, "{fine}");
    }
    let reason = reason(get("http://a.example/"), "").unwrap();
    assert_eq!(
        reason,
        "plain http to another machine would expose the API key: use https, or opt in with BaseUrl::insecure_http"
    );
}

#[test]
fn plain_http_is_sent_where_the_account_opted_in() {
    let base_url = BaseUrl::insecure_http("http://gateway.example").unwrap();
    let account = Account::new(base_url, Credentials::affiliate("me@example.com", "key").unwrap());
    let request = account.request(&GetTrackingLinks::new("16".parse().unwrap())).unwrap();
    // A retry is a clone.
    let sent = sendable(request.clone()).unwrap();
    assert!(sent.extensions().is_empty());
    let (mut head, body) = request.into_parts();
    head.extensions.clear();
    assert!(sendable(Request::from_parts(head, body)).is_err(), "by nothing else than the account");
}

#[test]
fn a_request_that_transports_would_send_differently_is_refused() {
    for (request, body, why) in [
        (get("/relative"), "", "the URI is not absolute"),
        (get("a:443"), "", "the URI is not absolute"),
        (get("https://user@a/"), "", "the URI holds a user name"),
        (get("https://a:0/"), "", "the URI has no host, or an invalid port"),
        (get("https://a:99999/"), "", "the URI has no host, or an invalid port"),
        (get("ftp://a/"), "", "the URI is neither https nor http"),
        (get("https://a/").version(Version::HTTP_2), "", "the version is not HTTP/1.1"),
        (get("https://a/").method(Method::CONNECT), "", "the method is CONNECT"),
        (
            get("https://a/").header("expect", "100-continue"),
            "",
            "the request has an expect, transfer-encoding or upgrade header",
        ),
        (
            get("https://a/").header("transfer-encoding", "chunked"),
            "",
            "the request has an expect, transfer-encoding or upgrade header",
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

fn exchange(timeout: Duration, connect_timeout: Duration) -> Result<Exchange, TransportError> {
    let mut settings = Settings::default();
    settings.timeout = timeout;
    settings.connect_timeout = connect_timeout;
    Exchange::new(get("https://a.example/").body(Bytes::new()).unwrap(), &settings)
}

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn timeouts_are_clamped() {
    let forever = exchange(Duration::MAX, Duration::MAX).unwrap();
    assert_eq!(
        (forever.timeout(), forever.connect_timeout()),
        (Exchange::MAX_TIMEOUT, Exchange::MAX_TIMEOUT)
    );
    let short = exchange(SECOND, 5 * SECOND).unwrap();
    assert_eq!((short.timeout(), short.connect_timeout()), (SECOND, SECOND), "never longer than the whole");
    let left = exchange(5 * SECOND, 3 * SECOND).unwrap().within(2 * SECOND).unwrap();
    assert_eq!((left.timeout(), left.connect_timeout()), (2 * SECOND, 2 * SECOND));
}

#[test]
fn without_any_time_nothing_is_sent() {
    for outcome in [
        exchange(Duration::ZERO, SECOND),
        exchange(SECOND, Duration::ZERO),
        exchange(SECOND, SECOND).unwrap().within(Duration::ZERO),
    ] {
        let error = outcome.unwrap_err();
        assert_eq!((error.kind, error.delivery), (TransportKind::ConnectTimeout, Delivery::NotSent));
    }
}

#[test]
fn a_timeout_is_known_to_be_before_sending_only_if_the_transport_says_so() {
    let outcome = |exchange: &Exchange| {
        let error = exchange.timed_out();
        (error.kind, error.delivery)
    };
    let exchange = exchange(SECOND, SECOND).unwrap();
    assert_eq!(outcome(&exchange), (TransportKind::Timeout, Delivery::Unknown));
    exchange.connecting();
    assert_eq!(outcome(&exchange), (TransportKind::ConnectTimeout, Delivery::NotSent));
    exchange.sending();
    assert_eq!(outcome(&exchange), (TransportKind::Timeout, Delivery::Unknown));
    assert_eq!(exchange.timed_out().host.as_deref(), Some("a.example"));
}

#[test]
fn the_rules_choose_the_proxy() {
    let mut settings = Settings::default();
    let rules = |value: &'static str| {
        Proxies::from_variables(move |name| (name == "HTTPS_PROXY").then(|| value.to_owned()))
    };
    let request = |uri: &str| get(uri).body(Bytes::new()).unwrap();
    assert!(Exchange::new(request("https://a.example/"), &settings).unwrap().proxy().is_none());
    settings.proxies = Some(rules("http://p:1"));
    let exchange = Exchange::new(request("https://a.example/"), &settings).unwrap();
    assert_eq!(exchange.proxy().unwrap().uri(), "http://p:1/");
    settings.proxies = Some(rules("socks5://p:1"));
    let error = Exchange::new(request("https://a.example/"), &settings).unwrap_err();
    assert_eq!((error.kind, error.delivery), (TransportKind::Proxy, Delivery::NotSent));
    assert!(Exchange::new(request("https://localhost/"), &settings).is_ok(), "where it would not be used");
}
