use offerslook_sandbox::{Arrivals, Sandbox, SandboxConfig};
use ureq::http::Method;

use crate::client::{authorization, batch_path, exchange, get, sandbox, send};

#[test]
fn every_request_is_noted_in_its_order_with_its_status() {
    let sandbox = sandbox();
    assert_eq!(sandbox.arrivals().total, 0);
    get(&sandbox, "/aff/v1/batches/offers/tracking_links/16,102?x=1");
    get(&sandbox, "/nowhere");
    send(&sandbox, Method::DELETE, &batch_path([16]), Some(&authorization(&sandbox)));
    get(&sandbox, &batch_path([0]).replace('0', "x"));
    send(&sandbox, Method::GET, &batch_path([16]), None);

    let arrivals = sandbox.arrivals();
    assert_eq!(arrivals.total, 5);
    let noted: Vec<_> = arrivals
        .newest
        .iter()
        .map(|arrival| (arrival.number, arrival.method.as_str(), arrival.path.as_str(), arrival.status))
        .collect();
    assert_eq!(
        noted,
        [
            (1, "GET", "/aff/v1/batches/offers/tracking_links/16,102", Some(200)),
            (2, "GET", "/nowhere", Some(404)),
            (3, "DELETE", "/aff/v1/batches/offers/tracking_links/16", Some(405)),
            (4, "GET", "/aff/v1/batches/offers/tracking_links/x", Some(400)),
            (5, "GET", "/aff/v1/batches/offers/tracking_links/16", Some(401)),
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
    assert_eq!(arrivals.newest[1].path, "/[api key]/x");
    let everything = format!("{arrivals:?} {sandbox:?}");
    for secret in [key, email, token.strip_prefix("Basic ").unwrap(), "Basic"] {
        assert!(!everything.contains(secret), "{everything}");
    }
}

#[test]
fn a_configuration_does_not_show_its_key() {
    let config = SandboxConfig::default().api_key("feedfacefeedfacefeedfacefeedface");
    assert!(!format!("{config:?}").contains("feedface"));
}

#[test]
fn old_arrivals_are_only_counted() {
    let sandbox = sandbox();
    // In portions that fit into the sockets' buffers: a whole portion is written before its answers are read.
    let portions = Arrivals::KEPT / 500 + 1;
    for _ in 0..portions {
        let mut requests = "GET / HTTP/1.1\r\nhost: x\r\n\r\n".repeat(499);
        requests.push_str("GET /last HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        exchange(&sandbox, requests.as_bytes());
    }

    let arrivals = sandbox.arrivals();
    assert_eq!(arrivals.total, u64::try_from(portions * 500).unwrap());
    assert_eq!(arrivals.newest.len(), Arrivals::KEPT);
    assert_eq!(arrivals.newest.last().unwrap().number, arrivals.total);
    assert_eq!(arrivals.newest.last().unwrap().path, "/last");
}
