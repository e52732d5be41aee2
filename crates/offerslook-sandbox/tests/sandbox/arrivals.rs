use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use offerslook_sandbox::{Arrival, Arrivals, Route, Sandbox, SandboxConfig};
use ureq::http::Method;

use crate::client::{authorization, batch_path, call, exchange, get, sandbox, send};

const EMAIL: &str = "Me+1@sandbox.example";
const KEY: &str = "feedfacefeedfacefeedfacefeedface";

#[test]
fn every_request_is_logged_in_order_with_its_status() {
    let sandbox = sandbox();
    assert_eq!(sandbox.arrivals().total, 0);
    get(&sandbox, "/aff/v1/batches/offers/tracking_links/16,102?x=1");
    get(&sandbox, "/nowhere");
    call(&sandbox, Method::DELETE, &batch_path([16]));
    get(&sandbox, "/aff/v1/batches/offers/tracking_links/x");
    send(&sandbox, Method::GET, &batch_path([16]), None);

    let links = || Some(Route::GetTrackingLinks);
    let arrivals = sandbox.arrivals();
    assert_eq!(arrivals.total, 5);
    for (number, (arrival, expected)) in (1..).zip(arrivals.newest.iter().zip([
        ("GET", "/aff/v1/batches/offers/tracking_links/16,102", links(), 200),
        ("GET", "/nowhere", None, 404),
        ("DELETE", "/aff/v1/batches/offers/tracking_links/16", None, 405),
        ("GET", "/aff/v1/batches/offers/tracking_links/x", links(), 400),
        ("GET", "/aff/v1/batches/offers/tracking_links/16", links(), 401),
    ])) {
        let Arrival { method, path, route, status, .. } = arrival;
        assert_eq!((method.as_str(), path.as_str(), route.clone(), status.unwrap()), expected);
        assert_eq!(arrival.number, number);
    }
    assert!(arrivals.newest.is_sorted_by_key(|arrival| arrival.after));
}

#[test]
fn secrets_are_never_logged() {
    let config = SandboxConfig::default().email(EMAIL).api_key(KEY);
    let shown = format!("{config:?}");
    let sandbox = Sandbox::start(config).unwrap();
    let token = authorization(&sandbox);
    get(&sandbox, &format!("{}?api_key={KEY}&email={EMAIL}", batch_path([16])));
    get(&sandbox, &format!("/{KEY}/x"));
    send(&sandbox, Method::GET, "/", Some(&token[..token.len() - 4]));

    let arrivals = sandbox.arrivals();
    assert_eq!((arrivals.total, arrivals.newest[1].path.as_str()), (3, "/[redacted]/x"));
    let everything = format!("{arrivals:?} {sandbox:?} {shown}");
    for secret in [KEY, EMAIL, token.strip_prefix("Basic ").unwrap(), "Basic"] {
        assert!(!everything.contains(secret), "{everything}");
    }
}

/// The arrival of a request with that method and path, at a sandbox with that API key.
fn logged(key: &str, method: &str, path: &str) -> Arrival {
    let sandbox = Sandbox::start(SandboxConfig::default().email(EMAIL).api_key(key)).unwrap();
    let request = format!("{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    exchange(&sandbox, request.as_bytes());
    sandbox.arrivals().newest[0].clone()
}

#[test]
fn a_segment_with_a_secret_in_any_encoding_is_redacted() {
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat();
    let twice = |text: &str| encoded(text).replace('%', "%25");
    let pair = STANDARD.encode(format!("{EMAIL}:{KEY}"));
    for form in [
        KEY.to_owned(),
        KEY.to_uppercase(),
        format!("16,{KEY}x"),
        encoded(KEY),
        encoded(KEY).to_uppercase(),
        KEY.replace('f', "%66"),
        KEY.replacen('f', "%66", 1),
        twice(KEY),
        twice(KEY).replace('%', "%25"),
        // The text before the key and its first letter look like an escape.
        format!("%6{KEY}"),
        EMAIL.to_owned(),
        EMAIL.to_lowercase(),
        EMAIL.replace('@', "%40"),
        EMAIL.replace('+', "%2B").replace('@', "%40"),
        encoded(EMAIL),
        format!("{EMAIL}:{KEY}"),
        pair.clone(),
        pair.trim_end_matches('=').to_owned(),
        pair.replace('=', "%3D"),
        encoded(&pair),
        URL_SAFE_NO_PAD.encode(format!("{EMAIL}:{KEY}")),
        STANDARD.encode(KEY),
    ] {
        assert_eq!(logged(KEY, "GET", &format!("/aff/{form}/x")).path, "/aff/[redacted]/x", "{form}");
    }
    assert_eq!(logged(KEY, &format!("X{KEY}"), "/").method, "[redacted]");
    assert_eq!(logged(KEY, "PATCH", "/").method, "PATCH");
    for path in ["/", "//", "/aff/v1/offers/16", "/%41%zz%/%e9/%", "/a,b%2Cc/feedface"] {
        assert_eq!(logged(KEY, "GET", path).path, path);
    }
}

#[test]
fn a_secret_with_slashes_is_redacted_too() {
    let key = "a key/with%41/slashes?";
    let path = |path: &str| logged(key, "GET", path).path;
    assert_eq!(path("/x/a%20key/with%2541/slashes%3f/y"), "/[redacted]");
    assert_eq!(path("/x/a%20key%2Fwith%2541%2fslashes%3f/y"), "/x/[redacted]/y");
    // The pair in base64 has its own slashes.
    let key = "???>>>???>>>???";
    let pair = STANDARD.encode(format!("{EMAIL}:{key}"));
    assert!(pair.contains('/'));
    assert_eq!(logged(key, "GET", &format!("/{pair}")).path, "/[redacted]");
}

#[test]
fn old_arrivals_are_only_counted() {
    let sandbox = sandbox();
    // In portions that fit into the buffers of the sockets: a portion is written before its responses are read.
    let portions = Arrivals::MAX_KEPT / 500 + 1;
    for _ in 0..portions {
        let mut requests = "GET / HTTP/1.1\r\nhost: x\r\n\r\n".repeat(499);
        requests.push_str("GET /last HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        exchange(&sandbox, requests.as_bytes());
    }
    let arrivals = sandbox.arrivals();
    assert_eq!(arrivals.total, u64::try_from(portions * 500).unwrap());
    assert_eq!(arrivals.newest.len(), Arrivals::MAX_KEPT);
    let last = arrivals.newest.last().unwrap();
    assert_eq!((last.number, last.path.as_str()), (arrivals.total, "/last"));
}
