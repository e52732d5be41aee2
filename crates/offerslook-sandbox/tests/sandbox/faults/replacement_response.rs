use std::{
    num::NonZeroI64,
    time::{Duration, Instant},
};

use offerslook_sandbox::{Fault, Faults, OfferKind, Route, Rule, Status};

use super::{always, faulty, hear, path};
use crate::client::{Answer, batch_path, get, rows, sandbox};

#[test]
fn a_delay_comes_before_the_work() {
    let wait = Duration::from_millis(40);
    let sandbox = always(Fault::Delay { wait });
    let start = Instant::now();
    assert_eq!(rows(&sandbox, [16]), rows(&crate::client::sandbox(), [16]));
    assert!(start.elapsed() >= wait);
    assert_eq!(sandbox.fired(), [1]);
}

#[test]
fn delays_add_up() {
    let (long, short) = (Duration::from_millis(40), Duration::from_millis(20));
    let rules = [long, short].map(|wait| Rule::new(Fault::Delay { wait }));
    let sandbox = faulty(rules.into_iter().fold(Faults::default(), Faults::rule));
    let start = Instant::now();
    assert_eq!(get(&sandbox, &batch_path([16])).status(), 200);
    assert!(start.elapsed() >= long + short);
    assert_eq!(sandbox.fired(), [1, 1]);
}

#[test]
fn a_status_comes_with_and_without_retry_after() {
    let status = |status, retry_after| Fault::Status { status, retry_after };
    for (fault, code, header) in [
        (Fault::RateLimited { retry_after: Some(3) }, 429, Some("3")),
        (Fault::RateLimited { retry_after: Some(0) }, 429, Some("0")),
        (Fault::RateLimited { retry_after: None }, 429, None),
        (status(Status::of::<500>(), None), 500, None),
        (status(Status::of::<503>(), Some(120)), 503, Some("120")),
        (status(Status::of::<503>(), Some(0)), 503, Some("0")),
    ] {
        let sandbox = always(fault);
        let answer = get(&sandbox, &batch_path([16]));
        answer.assert_refused(code);
        assert_eq!(answer.header("retry-after"), header);
        assert_eq!((sandbox.fired(), sandbox.arrivals().newest[0].status), (vec![1], Some(code)));
    }
}

#[test]
fn a_proxy_answers_with_a_page() {
    for (status, title) in [(Status::of::<504>(), "504 Gateway Timeout"), (Status::of::<200>(), "200 OK")] {
        let answer = get(&always(Fault::Html { status }), &batch_path([16]));
        assert_eq!(answer.status(), status.get());
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
        assert!(answer.text.contains(&format!("<title>{title}</title>")), "{}", answer.text);
    }
}

#[test]
fn a_code_comes_with_200() {
    let code = NonZeroI64::new(40_001).unwrap();
    let answer = get(&always(Fault::Code { code }), &batch_path([16]));
    assert_eq!((answer.status(), &answer.json()["code"]), (200, &40_001.into()));
    assert!(answer.json().get("data").is_none());
}

#[test]
fn a_redirect_says_where_to() {
    let sandbox = always(Fault::Redirect { location: "https://elsewhere.example/a?b=c".parse().unwrap() });
    let heard = hear(&sandbox, "GET", &batch_path([16]));
    assert!(heard.head.starts_with("HTTP/1.1 302 "), "{}", heard.head);
    assert_eq!(heard.header("location"), Some("https://elsewhere.example/a?b=c"));
}

#[test]
fn a_revoked_key_is_answered_like_an_unknown_one() {
    let sandbox = faulty(Faults::default().rule(Rule::new(Fault::KeyRevoked).after(2)));
    let answers = [(); 4].map(|()| get(&sandbox, &batch_path([16])));
    assert_eq!(answers.each_ref().map(Answer::status), [200, 200, 401, 401]);
    let unknown = crate::client::send(&sandbox, ureq::http::Method::GET, "/", Some("Basic eDp5"));
    assert_eq!(answers[3].text, unknown.text);
    assert_eq!(answers[3].header("www-authenticate"), unknown.header("www-authenticate"));
}

#[test]
fn a_loud_limit_refuses_only_batch_calls_with_more_ids() {
    let sandbox = always(Fault::IdLimit { ids: 2 });
    assert_eq!(rows(&sandbox, [16, 102]).len(), 2);
    assert_eq!(sandbox.fired(), [0]);
    for ids in ["16,102,1", "16%2C102%2c1", "16,16,16"] {
        let answer = get(&sandbox, &format!("/aff/v1/batches/offers/tracking_links/{ids}"));
        answer.assert_refused(400);
        assert!(answer.text.contains("at most 2"), "{}", answer.text);
    }
    assert_eq!(sandbox.fired(), [3]);
    assert_eq!(get(&sandbox, "/aff/v1/offers/16/tracking_links").status(), 200);
}

#[test]
fn every_route_has_its_name() {
    let status = Status::of::<418>();
    for route in Route::ENDPOINTS {
        let sandbox = faulty(Faults::default().rule(Rule::new(Fault::Html { status }).on(route.clone())));
        for other in Route::ENDPOINTS {
            let heard = hear(&sandbox, other.request().0, &path(other));
            assert_eq!(
                heard.head.starts_with("HTTP/1.1 418 "),
                other == route,
                "{other} with a fault on {route}"
            );
        }
        assert_eq!(sandbox.fired(), [1]);
    }
}

#[test]
fn a_rule_without_a_route_is_about_every_request() {
    let sandbox = always(Fault::Status { status: Status::of::<500>(), retry_after: None });
    for path in ["/", "/aff/v1/offers/16/tracking_links", "/aff/v1/offers/x/tracking_links"] {
        get(&sandbox, path).assert_refused(500);
    }
}

#[test]
fn the_check_of_the_key_comes_first() {
    let sandbox = always(Fault::Status { status: Status::of::<500>(), retry_after: None });
    crate::client::send(&sandbox, ureq::http::Method::GET, "/", None).assert_refused(401);
    assert_eq!(sandbox.fired(), [0]);
}

#[test]
fn an_answer_in_place_of_the_work_ends_the_list() {
    let status = Status::of::<500>();
    let sandbox = faulty(
        Faults::default()
            .rule(Rule::new(Fault::RateLimited { retry_after: None }).calls([1, 2]))
            .rule(Rule::new(Fault::Status { status, retry_after: None }).calls([1]))
            .rule(Rule::new(Fault::DuplicateRows)),
    );
    let statuses = [(); 4].map(|()| get(&sandbox, &batch_path([16])).status());
    assert_eq!(statuses, [429, 429, 500, 200]);
    assert_eq!(sandbox.fired(), [2, 1, 1]);
}

#[test]
fn faults_can_be_replaced_while_it_runs() {
    let sandbox = sandbox();
    assert_eq!(sandbox.faults(), Faults::default());
    let faults = Faults::seeded(7).rule(Rule::new(Fault::KeyRevoked).after(1));
    for _ in 0..2 {
        sandbox.set_faults(faults.clone());
        assert_eq!((sandbox.faults(), sandbox.fired()), (faults.clone(), vec![0]));
        assert_eq!([(); 2].map(|()| get(&sandbox, &batch_path([16])).status()), [200, 401]);
        assert_eq!(sandbox.fired(), [1]);
    }
    sandbox.set_faults(Faults::default());
    assert_eq!(get(&sandbox, &batch_path([16])).status(), 200);
    assert_eq!(sandbox.fired().len(), 0);
    assert_eq!(sandbox.offer_kind(16), Some(OfferKind::Approved));
}
