use std::{
    io::ErrorKind,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num::NonZeroU32,
    thread,
    time::{Duration, Instant},
};

use offerslook_sandbox::{Sandbox, SandboxConfig};

use crate::client::{authorization, batch_path, exchange, get};

const LOCALHOST: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
/// Longer than any test.
const DAY: Duration = Duration::from_hours(24);

fn started(config: SandboxConfig) -> Sandbox {
    Sandbox::start(config).unwrap()
}

fn quota(calls: u32, window: Duration) -> SandboxConfig {
    SandboxConfig::default().quota(NonZeroU32::new(calls).unwrap(), window)
}

/// Sends a request with this line and host, and returns its status and message.
fn ask(sandbox: &Sandbox, line: &str, host: &str, authorization: Option<&str>) -> (u16, String) {
    let authorization = authorization.map(|value| format!("authorization: {value}\r\n")).unwrap_or_default();
    let request = format!(
        "{line} HTTP/1.1\r\nhost: {host}\r\n{authorization}content-length: 0\r\nconnection: close\r\n\r\n"
    );
    let answer = exchange(sandbox, request.as_bytes());
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    assert_eq!(body["code"], if status == 200 { 0 } else { status });
    (status, body["message"].as_str().unwrap().to_owned())
}

#[test]
fn the_first_failed_check_responds() {
    let config = || quota(1, DAY).api_key("feedfacefeedfacefeedfacefeedface").network("acme").offers(100);
    let closed = &started(config().allow_list([ELSEWHERE]));
    let open = &started(config().allow_list([ELSEWHERE, LOCALHOST]));
    let key = authorization(open);
    let key = Some(key.as_str());
    let wrong = "POST /aff/v1/batches/offers/tracking_links/x";
    let right = "GET /aff/v1/batches/offers/tracking_links/16";
    for (sandbox, line, host, key, status, word) in [
        // Everything is wrong; then one thing after the other is right.
        (closed, wrong, "other.example", None, 401, "Authorization"),
        (closed, wrong, "other.example", key, 403, "network that the host names"),
        (closed, wrong, "acme.example", key, 403, "allow-list"),
        // None of these three uses up the quota of one call.
        (open, wrong, "other.example", None, 401, "Authorization"),
        (open, wrong, "other.example", key, 403, "network that the host names"),
        (open, right, "acme.example", key, 200, "Success"),
        // The quota is exhausted, and is checked last.
        (open, wrong, "acme.example", None, 401, "Authorization"),
        (open, wrong, "other.example", key, 403, "network that the host names"),
        (open, wrong, "acme.example", key, 429, "quota"),
        (open, "GET /nowhere", "acme.example", key, 429, "quota"),
        (closed, right, "acme.example", key, 403, "allow-list"),
    ] {
        let (code, message) = ask(sandbox, line, host, key);
        assert!(code == status && message.contains(word), "{line} {host}: {code} {message}");
    }
}

#[test]
fn method_and_parameters_come_after_the_quota_and_count() {
    let sandbox = started(quota(3, DAY));
    let key = authorization(&sandbox);
    let ask = |line| ask(&sandbox, line, "x", Some(&key)).0;
    let wrong =
        ["POST /aff/v1/offers/x/tracking_links", "GET /aff/v1/offers/x/tracking_links", "GET /nowhere"];
    assert_eq!(wrong.map(ask), [405, 400, 404]);
    assert_eq!(wrong.map(ask), [429, 429, 429]);
}

#[test]
fn the_first_label_of_the_host_names_the_network() {
    let sandbox = started(SandboxConfig::default().network("acme"));
    let key = authorization(&sandbox);
    let ask = |host| ask(&sandbox, "GET /aff/v1/offers/16/tracking_links", host, Some(&key)).0;
    for host in ["acme", "ACME.api.offerslook.com", "acme.localhost:8080", "acme:80"] {
        assert_eq!(ask(host), 200, "{host}");
    }
    for host in ["", "acme2.example", "api.acme.example", "127.0.0.1", "[::1]:80", ".acme"] {
        assert_eq!(ask(host), 403, "{host}");
    }
    get(&sandbox, "/aff/v1/offers/16/tracking_links").assert_refused(403);
    for name in ["", "a.b", "a:80", "a b", "é", &"a".repeat(64)] {
        let error = Sandbox::start(SandboxConfig::default().network(name)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{name}");
    }
}

#[test]
fn the_key_works_only_from_addresses_on_the_list() {
    let mapped = IpAddr::V6(Ipv4Addr::LOCALHOST.to_ipv6_mapped());
    for (allowed, is_allowed) in [
        (vec![LOCALHOST], true),
        (vec![ELSEWHERE, mapped], true),
        (vec![ELSEWHERE, IpAddr::V6(Ipv6Addr::LOCALHOST)], false),
        (vec![], false),
    ] {
        let answer = get(&started(SandboxConfig::default().allow_list(allowed)), &batch_path([16]));
        if is_allowed {
            answer.assert_ok();
        } else {
            answer.assert_refused(403);
            assert!(answer.text.contains("IP allow-list"), "{}", answer.text);
        }
    }
}

#[test]
fn the_documented_quota_is_the_default() {
    // Within far less than the window.
    let statuses_of_51_calls = |config| {
        let sandbox = started(config);
        let key = authorization(&sandbox);
        let request = |connection| {
            let line = "GET /aff/v1/offers/16/tracking_links HTTP/1.1";
            format!("{line}\r\nhost: x\r\nauthorization: {key}\r\nconnection: {connection}\r\n\r\n")
        };
        let answers = exchange(&sandbox, (request("keep-alive").repeat(50) + &request("close")).as_bytes());
        ["200", "429"].map(|status| answers.matches(&format!("HTTP/1.1 {status} ")).count())
    };
    assert_eq!(statuses_of_51_calls(SandboxConfig::default()), [50, 1]);
    assert_eq!(statuses_of_51_calls(SandboxConfig::default().without_quota()), [51, 0]);
}

#[test]
fn a_call_over_the_quota_gets_429_without_retry_after() {
    let sandbox = started(quota(1, DAY));
    get(&sandbox, &batch_path([16])).assert_ok();
    let refusal = get(&sandbox, &batch_path([16]));
    refusal.assert_refused(429);
    assert_eq!(refusal.header("retry-after"), None);
    assert_eq!(sandbox.arrivals().newest[1].status, Some(429));
}

#[test]
fn concurrent_callers_share_the_quota() {
    let sandbox = started(quota(50, DAY));
    let count = || (0..20).filter(|_| get(&sandbox, &batch_path([16])).status() == 200).count();
    let answered: usize = thread::scope(|scope| {
        [(); 8].map(|()| scope.spawn(count)).into_iter().map(|caller| caller.join().unwrap()).sum()
    });
    assert_eq!(answered, 50);
}

/// A caller that never pauses succeeds again, because refused calls do not count, but never too early.
#[test]
fn the_window_slides() {
    const WINDOW: Duration = Duration::from_millis(200);
    let sandbox = started(quota(2, WINDOW));
    let mut accepted = Vec::new();
    let end = Instant::now() + Duration::from_mins(1);
    while accepted.len() < 7 {
        let before = Instant::now();
        assert!(before < end, "no call succeeds any more");
        if get(&sandbox, &batch_path([16])).status() == 200 {
            accepted.push((before, Instant::now()));
        }
    }
    for three in accepted.windows(3) {
        assert!(three[2].1 - three[0].0 >= WINDOW);
    }
}
