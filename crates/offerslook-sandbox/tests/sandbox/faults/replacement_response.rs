use std::{
    num::NonZeroI64,
    time::{Duration, Instant},
};

use offerslook_sandbox::{Fault, Faults, OfferKind, Route, Rule, Sandbox, Status};
use ureq::http::Method;

use super::{always, path, raw, with};
use crate::client::{Answer, batch_path, get, rows, sandbox, send};

fn status<const CODE: u16>(retry_after: Option<u64>) -> Fault {
    Fault::Status { status: Status::of::<CODE>(), retry_after }
}

fn links(sandbox: &Sandbox) -> Answer {
    get(sandbox, &batch_path([16]))
}

#[test]
fn delays_add_up_before_the_handler_runs() {
    let (long, short) = (Duration::from_millis(40), Duration::from_millis(20));
    let sandbox = always([long, short].map(|wait| Fault::Delay { wait }));
    let start = Instant::now();
    assert_eq!(rows(&sandbox, [16]), rows(&crate::client::sandbox(), [16]));
    assert!(start.elapsed() >= long + short);
    assert_eq!(sandbox.fired(), [1, 1]);
}

#[test]
fn a_status_comes_with_and_without_retry_after() {
    for (fault, code, header) in [
        (Fault::RateLimited { retry_after: Some(3) }, 429, Some("3")),
        (Fault::RateLimited { retry_after: Some(0) }, 429, Some("0")),
        (Fault::RateLimited { retry_after: None }, 429, None),
        (status::<500>(None), 500, None),
        (status::<503>(Some(120)), 503, Some("120")),
        (status::<503>(Some(0)), 503, Some("0")),
    ] {
        let sandbox = always([fault]);
        let answer = links(&sandbox);
        answer.assert_refused(code);
        assert_eq!(answer.header("retry-after"), header);
        assert_eq!((sandbox.fired(), sandbox.arrivals().newest[0].status), (vec![1], Some(code)));
    }
}

#[test]
fn a_proxy_responds_with_html() {
    for (status, title) in [(Status::of::<504>(), "504 Gateway Timeout"), (Status::of::<200>(), "200 OK")] {
        let answer = links(&always([Fault::Html { status }]));
        assert_eq!(answer.status(), u16::from(status));
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
        assert!(answer.text.contains(&format!("<title>{title}</title>")), "{}", answer.text);
    }
}

#[test]
fn a_code_comes_with_200() {
    let answer = links(&always([Fault::Code { code: NonZeroI64::new(40_001).unwrap() }]));
    assert_eq!((answer.status(), &answer.json()["code"]), (200, &40_001.into()));
    assert!(answer.json().get("data").is_none());
}

#[test]
fn a_redirect_has_a_location() {
    let sandbox = always([Fault::Redirect { location: "https://elsewhere.example/a?b=c".parse().unwrap() }]);
    let response = raw(&sandbox, "GET", &batch_path([16]));
    assert!(response.head.starts_with("HTTP/1.1 302 "), "{}", response.head);
    assert_eq!(response.header("location"), Some("https://elsewhere.example/a?b=c"));
}

#[test]
fn a_revoked_key_gets_the_response_to_an_unknown_key() {
    let sandbox = with(Faults::default().rule(Rule::new(Fault::KeyRevoked).after(2)));
    let answers = [(); 4].map(|()| links(&sandbox));
    assert_eq!(answers.each_ref().map(Answer::status), [200, 200, 401, 401]);
    let unknown = send(&sandbox, Method::GET, "/", Some("Basic eDp5"));
    assert_eq!(answers[3].text, unknown.text);
    assert_eq!(answers[3].header("www-authenticate"), unknown.header("www-authenticate"));
}

#[test]
fn an_id_limit_refuses_batch_calls_with_more_ids() {
    let sandbox = always([Fault::IdLimit { ids: 2 }]);
    assert_eq!((rows(&sandbox, [16, 102]).len(), sandbox.fired()), (2, vec![0]));
    for ids in ["16,102,1", "16%2C102%2c1", "16,16,16"] {
        let answer = get(&sandbox, &format!("/aff/v1/batches/offers/tracking_links/{ids}"));
        answer.assert_refused(400);
        assert!(answer.text.contains("at most 2"), "{}", answer.text);
    }
    get(&sandbox, "/aff/v1/offers/16/tracking_links").assert_ok();
    assert_eq!(sandbox.fired(), [3]);
}

#[test]
fn a_rule_applies_to_its_route_only() {
    let status = Status::of::<418>();
    for route in Route::ENDPOINTS {
        let sandbox = with(Faults::default().rule(Rule::new(Fault::Html { status }).on(route.clone())));
        for other in Route::ENDPOINTS {
            let is_hit = raw(&sandbox, other.request().0, &path(other)).head.starts_with("HTTP/1.1 418 ");
            assert_eq!(is_hit, other == route, "{other} with a fault on {route}");
        }
        assert_eq!(sandbox.fired(), [1]);
    }
}

#[test]
fn a_rule_without_a_route_applies_to_every_request_with_credentials() {
    let sandbox = always([status::<500>(None)]);
    send(&sandbox, Method::GET, "/", None).assert_refused(401);
    assert_eq!(sandbox.fired(), [0]);
    for path in ["/", "/aff/v1/offers/16/tracking_links", "/aff/v1/offers/x/tracking_links"] {
        get(&sandbox, path).assert_refused(500);
    }
}

#[test]
fn a_replaced_response_ends_the_list() {
    let limited = Rule::new(Fault::RateLimited { retry_after: None }).calls([1, 2]);
    let failed = Rule::new(status::<500>(None)).calls([1]);
    let rules = [limited, failed, Rule::new(Fault::DuplicateRows)];
    let sandbox = with(rules.into_iter().fold(Faults::default(), Faults::rule));
    assert_eq!([(); 4].map(|()| links(&sandbox).status()), [429, 429, 500, 200]);
    assert_eq!(sandbox.fired(), [2, 1, 1]);
}

#[test]
fn faults_can_be_replaced_at_run_time() {
    let sandbox = sandbox();
    assert_eq!(sandbox.faults(), Faults::default());
    let faults = Faults::seeded(7).rule(Rule::new(Fault::KeyRevoked).after(1));
    for _ in 0..2 {
        sandbox.set_faults(faults.clone());
        assert_eq!((sandbox.faults(), sandbox.fired()), (faults.clone(), vec![0]));
        assert_eq!([(); 2].map(|()| links(&sandbox).status()), [200, 401]);
        assert_eq!(sandbox.fired(), [1]);
    }
    sandbox.set_faults(Faults::default());
    links(&sandbox).assert_ok();
    assert_eq!((sandbox.fired().len(), sandbox.offer_kind(16)), (0, Some(OfferKind::Approved)));
}
