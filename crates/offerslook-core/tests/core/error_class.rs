//! The table that sorts every answer, and every lack of one.

use std::{fmt::Write, sync::Arc};

use http::{HeaderValue, header::RETRY_AFTER};
use offerslook_core::{
    BuildError, Delivery, Error,
    ErrorClass::{self, *},
    IdError,
    NextStep::{self, *},
    StopCause, TransportError, TransportKind,
    affiliate::batches::GetTrackingLinks,
    parse,
};

use crate::answers::answer;

const ZERO: &str = r#"{"code": 0, "data": []}"#;
const BAD_ROW: &str = r#"{"code": 0, "data": {"tracking_link": [{"offer_id": 0}]}}"#;
const CODE_1001: &str = r#"{"code": 1001, "message": "No"}"#;
const CODE_40101: &str = r#"{"code": "40101"}"#;
const CODE_403: &str = r#"{"code": 403}"#;
const CODE_429: &str = r#"{"code": "429"}"#;
const NO_CODE: &str = r#"{"data": []}"#;
const CUT: &str = r#"{"code": 1001, "mess"#;
const HTML: &str = "<html></html>";
const TEXT: &str = "OK";
const NOTHING: &str = "";

/// Status, body, class, next step before and after the first success, and what holds besides:
/// `auth`, `rate` (limited), `transient`, (known) `undone`.
type Row = (u16, &'static str, ErrorClass, NextStep, NextStep, &'static str);

const TABLE: &[Row] = &[
    (429, NOTHING, RateLimited, Retry, Retry, "rate transient undone"),
    (429, HTML, RateLimited, Retry, Retry, "rate transient undone"),
    (429, r#"{"code": 401}"#, RateLimited, Retry, Retry, "rate transient undone"),
    (429, ZERO, RateLimited, Retry, Retry, "rate transient undone"),
    (408, NOTHING, Transient, Retry, Retry, "transient"),
    (500, HTML, Transient, Retry, Retry, "transient"),
    (500, CODE_1001, Transient, Retry, Retry, "transient"),
    (502, CODE_40101, Transient, Retry, Retry, "transient"),
    (503, NOTHING, Transient, Retry, Retry, "transient"),
    (504, HTML, Transient, Retry, Retry, "transient"),
    (599, ZERO, Transient, Retry, Retry, "transient"),
    (200, NOTHING, Transient, Retry, Retry, "transient"),
    (200, CUT, Transient, Retry, Retry, "transient"),
    (204, NOTHING, Transient, Retry, Retry, "transient"),
    (401, NOTHING, Authentication, Stop, Stop, "auth"),
    (401, CODE_1001, Authentication, Stop, Stop, "auth"),
    (401, CODE_429, Authentication, Stop, Stop, "auth"),
    (407, HTML, Authentication, Stop, Stop, "auth"),
    (403, NOTHING, Forbidden, Stop, Bisect, "auth"),
    (403, HTML, Forbidden, Stop, Bisect, "auth"),
    (403, CODE_1001, Forbidden, Stop, Bisect, "auth"),
    (301, HTML, Redirect, Stop, Stop, ""),
    (302, r#"{"code": 401}"#, Redirect, Stop, Stop, ""),
    (304, NOTHING, Redirect, Stop, Stop, ""),
    (200, HTML, Foreign, Stop, Stop, ""),
    (200, TEXT, Foreign, Stop, Stop, ""),
    (200, NO_CODE, Foreign, Stop, Stop, ""),
    (200, r#"{"code": 401}"#, Authentication, Stop, Stop, "auth"),
    (200, CODE_40101, Authentication, Stop, Stop, "auth"),
    (400, CODE_40101, Authentication, Stop, Stop, "auth"),
    (418, r#"{"code": 401}"#, Authentication, Stop, Stop, "auth"),
    (200, CODE_403, Forbidden, Stop, Bisect, "auth"),
    (404, r#"{"code": 40399}"#, Forbidden, Stop, Bisect, "auth"),
    (200, CODE_429, RateLimited, Retry, Retry, "rate transient undone"),
    (422, r#"{"code": 42900}"#, RateLimited, Retry, Retry, "rate transient undone"),
    (200, CODE_1001, Refused, Bisect, Bisect, ""),
    (200, r#"{"code": 4010}"#, Refused, Bisect, Bisect, ""),
    (200, r#"{"code": 401010}"#, Refused, Bisect, Bisect, ""),
    (200, r#"{"code": 500}"#, Transient, Retry, Retry, "transient"),
    (200, r#"{"code": 50312.0}"#, Transient, Retry, Retry, "transient"),
    (404, r#"{"code": "59999"}"#, Transient, Retry, Retry, "transient"),
    (200, r#"{"code": 408}"#, Transient, Retry, Retry, "transient"),
    (400, r#"{"code": 40801}"#, Transient, Retry, Retry, "transient"),
    (401, r#"{"code": 500}"#, Authentication, Stop, Stop, "auth"),
    (302, r#"{"code": 500}"#, Redirect, Stop, Stop, ""),
    (200, r#"{"code": 5000}"#, Refused, Bisect, Bisect, ""),
    (200, r#"{"code": 600}"#, Refused, Bisect, Bisect, ""),
    (200, r#"{"code": 40500}"#, Refused, Bisect, Bisect, ""),
    (200, r#"{"code": -500}"#, Refused, Bisect, Bisect, ""),
    (200, r#"{"code": "E401"}"#, Refused, Bisect, Bisect, ""),
    (418, CODE_1001, Refused, Bisect, Bisect, ""),
    (100, CODE_1001, Refused, Bisect, Bisect, ""),
    (400, NOTHING, Refused, Bisect, Bisect, ""),
    (400, ZERO, Refused, Bisect, Bisect, ""),
    (404, HTML, Refused, Bisect, Bisect, ""),
    (405, NO_CODE, Refused, Bisect, Bisect, ""),
    (409, TEXT, Refused, Bisect, Bisect, ""),
    (410, CUT, Refused, Bisect, Bisect, ""),
    (413, HTML, Refused, Bisect, Bisect, ""),
    (414, HTML, Refused, Bisect, Bisect, ""),
    (422, CODE_1001, Refused, Bisect, Bisect, ""),
    (431, NOTHING, Refused, Bisect, Bisect, ""),
    (200, BAD_ROW, Undecodable, Bisect, Bisect, ""),
    (402, NOTHING, Unexpected, Stop, Stop, ""),
    (418, ZERO, Unexpected, Stop, Stop, ""),
    (451, HTML, Unexpected, Stop, Stop, ""),
    (100, NOTHING, Unexpected, Stop, Stop, ""),
];

#[test]
fn each_answer_has_the_class_of_its_row() {
    for &(status, body, class, before, after, holds) in TABLE {
        let error = parse::<GetTrackingLinks>(&answer(status, body)).unwrap_err();
        check(&format!("HTTP {status} {body}"), &error, class, (before, after), holds);
    }
}

#[test]
fn each_transport_error_has_a_class() {
    use TransportKind::*;
    let transient = [
        (UnknownHost, Delivery::NotSent, "transient undone"),
        (Connect, Delivery::NotSent, "transient undone"),
        (Tls, Delivery::NotSent, "transient undone"),
        (ConnectTimeout, Delivery::NotSent, "transient undone"),
        (Timeout, Delivery::Unknown, "transient"),
        (Proxy, Delivery::NotSent, "transient undone"),
        (Interrupted, Delivery::Unknown, "transient"),
        (Malformed, Delivery::Unknown, "transient"),
        (NeverAnswered, Delivery::Unknown, "transient"),
    ];
    for (kind, delivery, holds) in transient {
        let error = TransportError::new(kind, delivery).into();
        check(&format!("{kind:?}"), &error, Transient, (Retry, Retry), holds);
    }
    let untrusted = TransportError::new(Certificate, Delivery::NotSent).into();
    check("a certificate that is not trusted", &untrusted, Unexpected, (Stop, Stop), "undone");
    let too_large = TransportError::new(BodyTooLarge, Delivery::Unknown).into();
    check("a body over the cap", &too_large, Foreign, (Stop, Stop), "");
    let unsendable = TransportError::new(Unsendable, Delivery::NotSent).into();
    check("unsendable", &unsendable, Unexpected, (Stop, Stop), "undone");
}

#[test]
fn a_call_that_was_not_answered_has_no_class() {
    let never_sent = BuildError::UriTooLong { endpoint: "links", bytes: 9_000, max: 7_999 }.into();
    let maybe_sent = Error::Stopped(StopCause::Requested);
    for (error, told) in [(never_sent, &["undone"][..]), (maybe_sent, &[])] {
        assert_eq!(error.class(), None);
        assert_eq!(holds(&error), told);
    }
}

#[test]
fn a_missing_row_is_undecodable() {
    check("no row", &Error::MissingRow, Undecodable, (Bisect, Bisect), "");
}

#[test]
fn a_503_with_retry_after_is_known_undone() {
    let mut answer = answer(503, NOTHING);
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
    let error = parse::<GetTrackingLinks>(&answer).unwrap_err();
    check("503 with Retry-After", &error, Transient, (Retry, Retry), "transient undone");
}

#[test]
fn the_errors_around_an_error_have_its_class() {
    for &(status, body, class, before, after, holds) in TABLE {
        let error = || Arc::new(parse::<GetTrackingLinks>(&answer(status, body)).unwrap_err());
        let exhausted = Error::Exhausted { attempts: 5, last: error() };
        check(&format!("exhausted by HTTP {status} {body}"), &exhausted, class, (before, after), holds);
        let in_doubt = Error::InDoubt(error());
        assert_eq!(in_doubt.class(), Some(class));
        assert!(!in_doubt.is_known_undone(), "HTTP {status} {body}");
    }
}

#[test]
fn every_status_has_a_class_whatever_the_body() {
    let bodies = [
        ("code 0", ZERO),
        ("code 0 with a bad row", BAD_ROW),
        ("code 1001", CODE_1001),
        ("code 40101", CODE_40101),
        ("code 403", CODE_403),
        ("code 429", CODE_429),
        ("no code", NO_CODE),
        ("cut", CUT),
        ("HTML", HTML),
        ("nothing", NOTHING),
    ];
    let mut told = String::new();
    for (name, body) in bodies {
        let classes: Vec<_> = (100..=599)
            .map(|status| match parse::<GetTrackingLinks>(&answer(status, body)) {
                Ok(_) => "success".to_owned(),
                Err(error) => format!("{:?}", error.class().unwrap()),
            })
            .collect();
        writeln!(told, "{name}").unwrap();
        let mut first = 100;
        for alike in classes.chunk_by(PartialEq::eq) {
            let next = first + alike.len();
            writeln!(told, "  {first}..={} {}", next - 1, alike[0]).unwrap();
            first = next;
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn statuses_over_599_stop_the_job() {
    for status in 600..=999 {
        let error = parse::<GetTrackingLinks>(&answer(status, NOTHING)).unwrap_err();
        assert_eq!(error.class(), Some(Unexpected));
    }
}

#[test]
fn the_kind_of_an_error_is_that_of_its_cause_unless_a_change_is_in_doubt() {
    let transport = |kind| Error::from(TransportError::new(kind, Delivery::Unknown));
    let exhausted = |last: &Error| Error::Exhausted { attempts: 5, last: Arc::new(last.clone()) };
    let timeout = transport(TransportKind::Timeout);
    let certificate = transport(TransportKind::Certificate);
    assert_eq!(exhausted(&timeout).kind(), "transient");
    assert_eq!(exhausted(&certificate).kind(), "certificate");
    assert_eq!(exhausted(&Error::Stopped(StopCause::DeadlinePassed)).kind(), "out_of_time");
    assert_eq!(Error::InDoubt(Arc::new(timeout.clone())).kind(), "in_doubt");
    assert_eq!(Error::InvalidOfferId { value: 0, position: 3 }.kind(), "invalid_offer_id");
    assert_eq!(IdError::Failed(exhausted(&timeout)).kind(), "transient");
    assert_eq!(IdError::InDoubt(timeout).kind(), "in_doubt");
    assert_eq!(IdError::NotAttempted(Error::Stopped(StopCause::Requested)).kind(), "not_attempted");
}

fn check(
    what: &str,
    error: &Error,
    class: ErrorClass,
    (before, after): (NextStep, NextStep),
    expected: &str,
) {
    let found = error.class().unwrap();
    assert_eq!(found, class, "{what}");
    let word = format!("{class:?}").to_lowercase();
    assert!([&word, "certificate"].contains(&error.kind().replace('_', "").as_str()), "{what}");
    assert_eq!(found.next_step(false), before, "{what}, before the first success");
    assert_eq!(found.next_step(true), after, "{what}, after the first success");
    assert_eq!(holds(error).join(" "), expected, "{what}");
    assert!(!error.advice().is_empty(), "{what}");
}

fn holds(error: &Error) -> Vec<&'static str> {
    [
        (error.is_auth(), "auth"),
        (error.is_rate_limited(), "rate"),
        (error.is_transient(), "transient"),
        (error.is_known_undone(), "undone"),
    ]
    .into_iter()
    .filter_map(|(holds, name)| holds.then_some(name))
    .collect()
}
