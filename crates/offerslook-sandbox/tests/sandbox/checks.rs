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
const FOR_EVER: Duration = Duration::from_hours(24);

fn started(config: SandboxConfig) -> Sandbox {
    Sandbox::start(config).unwrap()
}

fn calls(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap()
}

/// The status of a request with that line and host, and its message.
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
fn a_request_is_told_of_the_first_check_that_it_does_not_pass() {
    let key = "feedfacefeedfacefeedfacefeedface";
    let config =
        || SandboxConfig::default().api_key(key).network("acme").offers(100).quota(calls(1), FOR_EVER);
    let closed = started(config().allow_list([ELSEWHERE]));
    let open = started(config().allow_list([ELSEWHERE, LOCALHOST]));
    let key = authorization(&open);
    let wrong = "POST /aff/v1/batches/offers/tracking_links/x";
    let right = "GET /aff/v1/batches/offers/tracking_links/16";
    let asked = [
        // Nothing is right; then one thing after the other.
        ask(&closed, wrong, "other.example", None),
        ask(&closed, wrong, "other.example", Some(&key)),
        ask(&closed, wrong, "acme.example", Some(&key)),
        // None of these three has used up the one call of the quota, on either sandbox.
        ask(&open, wrong, "other.example", None),
        ask(&open, wrong, "other.example", Some(&key)),
        ask(&open, right, "acme.example", Some(&key)),
        // The quota is used up, and is told last.
        ask(&open, wrong, "acme.example", None),
        ask(&open, wrong, "other.example", Some(&key)),
        ask(&open, wrong, "acme.example", Some(&key)),
        ask(&open, "GET /nowhere", "acme.example", Some(&key)),
        ask(&closed, right, "acme.example", Some(&key)),
    ];
    let told = asked.each_ref().map(|(status, message)| {
        let word = ["Authorization", "network that the host names", "allow-list", "quota", "Success"]
            .into_iter()
            .find(|word| message.contains(word));
        (*status, word.unwrap_or(message))
    });
    let network = (403, "network that the host names");
    assert_eq!(
        told,
        [
            (401, "Authorization"),
            network,
            (403, "allow-list"),
            (401, "Authorization"),
            network,
            (200, "Success"),
            (401, "Authorization"),
            network,
            (429, "quota"),
            (429, "quota"),
            (403, "allow-list"),
        ]
    );
}

#[test]
fn method_and_parameters_come_after_the_quota_and_count_for_it() {
    let sandbox = started(SandboxConfig::default().quota(calls(3), FOR_EVER));
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
}

#[test]
fn a_network_that_no_host_can_name_is_refused() {
    for name in ["", "a.b", "a:80", "a b", "é", &"a".repeat(64)] {
        let error = Sandbox::start(SandboxConfig::default().network(name)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{name}");
    }
}

#[test]
fn the_key_works_only_from_addresses_on_the_list() {
    let mapped = IpAddr::V6(Ipv4Addr::LOCALHOST.to_ipv6_mapped());
    for (allowed, status) in [
        (vec![LOCALHOST], 200),
        (vec![ELSEWHERE, mapped], 200),
        (vec![ELSEWHERE, IpAddr::V6(Ipv6Addr::LOCALHOST)], 403),
        (vec![], 403),
    ] {
        let sandbox = started(SandboxConfig::default().allow_list(allowed.clone()));
        assert_eq!(get(&sandbox, &batch_path([16])).status(), status, "{allowed:?}");
    }
    let sandbox = started(SandboxConfig::default().allow_list([]));
    let refusal = get(&sandbox, &batch_path([16]));
    refusal.assert_refused(403);
    assert!(refusal.text.contains("IP allow-list"), "{}", refusal.text);
}

#[test]
fn the_documented_quota_holds_unless_another_is_chosen() {
    // In one breath, far below the window.
    let asked_51_times = |config| {
        let sandbox = started(config);
        let key = authorization(&sandbox);
        let request = |connection| {
            let line = "GET /aff/v1/offers/16/tracking_links HTTP/1.1";
            format!("{line}\r\nhost: x\r\nauthorization: {key}\r\nconnection: {connection}\r\n\r\n")
        };
        let answers = exchange(&sandbox, (request("keep-alive").repeat(50) + &request("close")).as_bytes());
        ["200", "429"].map(|status| answers.matches(&format!("HTTP/1.1 {status} ")).count())
    };
    assert_eq!(asked_51_times(SandboxConfig::default()), [50, 1]);
    assert_eq!(asked_51_times(SandboxConfig::default().without_quota()), [51, 0]);
}

#[test]
fn a_call_over_the_quota_says_so_and_no_more() {
    let sandbox = started(SandboxConfig::default().quota(calls(1), FOR_EVER));
    assert_eq!(get(&sandbox, &batch_path([16])).status(), 200);
    let refusal = get(&sandbox, &batch_path([16]));
    refusal.assert_refused(429);
    assert_eq!(refusal.header("retry-after"), None);
    assert_eq!(sandbox.arrivals().newest[1].status, Some(429));
}

#[test]
fn callers_at_once_share_the_quota() {
    let sandbox = started(SandboxConfig::default().quota(calls(50), FOR_EVER));
    let answered = thread::scope(|scope| {
        let callers: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| (0..20).filter(|_| get(&sandbox, &batch_path([16])).status() == 200).count())
            })
            .collect();
        callers.into_iter().map(|caller| caller.join().unwrap()).sum::<usize>()
    });
    assert_eq!(answered, 50);
}

/// A caller that never pauses gets through again, so refused calls do not count; and never sooner than it may.
#[test]
fn the_window_slides() {
    const WINDOW: Duration = Duration::from_millis(200);
    let sandbox = started(SandboxConfig::default().quota(calls(2), WINDOW));
    let mut taken = Vec::new();
    let end = Instant::now() + Duration::from_mins(1);
    while taken.len() < 7 {
        let before = Instant::now();
        assert!(before < end, "no call gets through any more");
        if get(&sandbox, &batch_path([16])).status() == 200 {
            taken.push((before, Instant::now()));
        }
    }
    for three in taken.windows(3) {
        assert!(three[2].1 - three[0].0 >= WINDOW);
    }
}
