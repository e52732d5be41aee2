use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use offerslook_sandbox::{Arrival, Arrivals, Route, Sandbox, SandboxConfig};
use ureq::http::Method;

use crate::client::{authorization, batch_path, call, exchange, get, sandbox, send};

#[test]
fn every_request_is_noted_in_its_order_with_its_status() {
    let sandbox = sandbox();
    assert_eq!(sandbox.arrivals().total, 0);
    get(&sandbox, "/aff/v1/batches/offers/tracking_links/16,102?x=1");
    get(&sandbox, "/nowhere");
    call(&sandbox, Method::DELETE, &batch_path([16]));
    get(&sandbox, &batch_path([0]).replace('0', "x"));
    send(&sandbox, Method::GET, &batch_path([16]), None);

    let links = || Some(Route::GetTrackingLinks);
    let arrivals = sandbox.arrivals();
    assert_eq!(arrivals.total, 5);
    let noted: Vec<_> = arrivals
        .newest
        .iter()
        .map(|one| (one.number, one.method.as_str(), one.path.as_str(), one.route.clone(), one.status))
        .collect();
    assert_eq!(
        noted,
        [
            (1, "GET", "/aff/v1/batches/offers/tracking_links/16,102", links(), Some(200)),
            (2, "GET", "/nowhere", None, Some(404)),
            (3, "DELETE", "/aff/v1/batches/offers/tracking_links/16", None, Some(405)),
            (4, "GET", "/aff/v1/batches/offers/tracking_links/x", links(), Some(400)),
            (5, "GET", "/aff/v1/batches/offers/tracking_links/16", links(), Some(401)),
        ]
    );
    assert!(arrivals.newest.is_sorted_by_key(|arrival| arrival.after));
}

#[test]
fn secrets_are_never_noted() {
    let key = "feedfacefeedfacefeedfacefeedface";
    let sandbox = Sandbox::start(SandboxConfig::default().api_key(key)).unwrap();
    let (email, token) = (sandbox.email(), authorization(&sandbox));
    get(&sandbox, &format!("{}?api_key={key}&email={email}", batch_path([16])));
    get(&sandbox, &format!("/{key}/x"));
    send(&sandbox, Method::GET, "/", Some(&token[..token.len() - 4]));

    let arrivals = sandbox.arrivals();
    assert_eq!(arrivals.total, 3);
    assert_eq!(arrivals.newest[1].path, "/[redacted]/x");
    let everything = format!("{arrivals:?} {sandbox:?}");
    for secret in [key, email, token.strip_prefix("Basic ").unwrap(), "Basic"] {
        assert!(!everything.contains(secret), "{everything}");
    }
}

/// The path of the arrival of a request with that method and path, to a sandbox with that account.
fn noted(email: &str, key: &str, method: &str, path: &str) -> Arrival {
    let sandbox = Sandbox::start(SandboxConfig::default().email(email).api_key(key)).unwrap();
    let request = format!("{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    exchange(&sandbox, request.as_bytes());
    sandbox.arrivals().newest[0].clone()
}

#[test]
fn a_segment_that_holds_a_secret_in_any_form_is_not_noted() {
    let (email, key) = ("Me+1@sandbox.example", "feedfacefeedfacefeedfacefeedface");
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat();
    let twice = |text: &str| encoded(text).replace('%', "%25");
    let pair = STANDARD.encode(format!("{email}:{key}"));
    for form in [
        key.to_owned(),
        key.to_uppercase(),
        format!("16,{key}x"),
        encoded(key),
        encoded(key).to_uppercase(),
        key.replace('f', "%66"),
        key.replacen('f', "%66", 1),
        twice(key),
        twice(key).replace('%', "%25"),
        // What is before it reads as an escape together with its first letter.
        format!("%6{key}"),
        email.to_owned(),
        email.to_lowercase(),
        email.replace('@', "%40"),
        email.replace('+', "%2B").replace('@', "%40"),
        encoded(email),
        format!("{email}:{key}"),
        pair.clone(),
        pair.trim_end_matches('=').to_owned(),
        pair.replace('=', "%3D"),
        encoded(&pair),
        URL_SAFE_NO_PAD.encode(format!("{email}:{key}")),
        STANDARD.encode(key),
    ] {
        let path = format!("/aff/{form}/x");
        let noted = noted(email, key, "GET", &path);
        assert_eq!(noted.path, "/aff/[redacted]/x", "{path}");
    }
}

#[test]
fn a_secret_with_slashes_is_not_noted_either() {
    let key = "a key/with%41/slashes?";
    let noted = |path: &str| noted("me@sandbox.example", key, "GET", path).path;
    assert_eq!(noted("/x/a%20key/with%2541/slashes%3f/y"), "/[redacted]");
    assert_eq!(noted("/x/a%20key%2Fwith%2541%2fslashes%3f/y"), "/x/[redacted]/y");
    // The pair in base64 has slashes of its own.
    let key = "???>>>???>>>???";
    let pair = STANDARD.encode(format!("me@sandbox.example:{key}"));
    assert!(pair.contains('/'));
    assert_eq!(self::noted("me@sandbox.example", key, "GET", &format!("/{pair}")).path, "/[redacted]");
}

#[test]
fn a_method_that_holds_a_secret_is_not_noted() {
    let key = "feedfacefeedfacefeedfacefeedface";
    assert_eq!(noted("me@sandbox.example", key, &format!("X{key}"), "/").method, "[redacted]");
    assert_eq!(noted("me@sandbox.example", key, "PATCH", "/").method, "PATCH");
}

#[test]
fn other_paths_are_noted_as_they_were_sent() {
    for path in ["/", "//", "/aff/v1/offers/16", "/%41%zz%/%e9/%", "/a,b%2Cc/feedface"] {
        let noted = noted("me@sandbox.example", "feedfacefeedfacefeedfacefeedface", "GET", path);
        assert_eq!(noted.path, path);
    }
}

#[test]
fn a_configuration_shows_neither_its_key_nor_its_e_mail_address() {
    let config = SandboxConfig::default().email("me@sandbox.example").api_key("feedface");
    let shown = format!("{config:?}");
    assert!(!shown.contains("feedface") && !shown.contains("me@"), "{shown}");
}

#[test]
fn old_arrivals_are_only_counted() {
    let sandbox = sandbox();
    // In portions that fit into the sockets' buffers: a whole portion is written before its answers are read.
    let portions = Arrivals::MAX_KEPT / 500 + 1;
    for _ in 0..portions {
        let mut requests = "GET / HTTP/1.1\r\nhost: x\r\n\r\n".repeat(499);
        requests.push_str("GET /last HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        exchange(&sandbox, requests.as_bytes());
    }

    let arrivals = sandbox.arrivals();
    assert_eq!(arrivals.total, u64::try_from(portions * 500).unwrap());
    assert_eq!(arrivals.newest.len(), Arrivals::MAX_KEPT);
    assert_eq!(arrivals.newest.last().unwrap().number, arrivals.total);
    assert_eq!(arrivals.newest.last().unwrap().path, "/last");
}
