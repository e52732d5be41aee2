//! Every fault of the sandbox, over http, and some over https. The transport sends the request once; it returns a whole
//! response as it was sent, and any other as an error.

use std::{num::NonZeroUsize, time::Duration};

use offerslook_core::{
    Delivery::{NotSent, Unknown},
    Response, Settings,
    TransportKind::{self, BodyTooLarge, Interrupted, Timeout},
    affiliate::batches::GetTrackingLinks,
    parse,
};
use offerslook_sandbox::{Certificate, Fault, SandboxConfig, Status};

use super::Cases;
use crate::{
    any_transport::AnyTransport,
    expect,
    fixtures::{settings, with_body_cap, with_timeout},
    test_sandbox::TestSandbox,
};

pub(super) const CASES: Cases = &[
    ("none", none),
    ("delay", |transport| {
        assert_eq!(rows(transport, Fault::Delay { wait: Duration::from_millis(50) }), [16, 102]);
    }),
    ("delay over the timeout", |transport| {
        fails(transport, Fault::Delay { wait: Duration::from_hours(1) }, one_second, Timeout);
    }),
    ("rate limited", |transport| {
        let response = status(transport, Fault::RateLimited { retry_after: None }, 429);
        assert!(!response.headers().contains_key("retry-after"));
    }),
    ("rate limited with Retry-After", |transport| {
        let response = status(transport, Fault::RateLimited { retry_after: Some(3) }, 429);
        assert_eq!(response.headers()["retry-after"], "3");
    }),
    ("status", |transport| {
        status(transport, Fault::Status { status: Status::of::<500>(), retry_after: None }, 500);
    }),
    ("status with Retry-After", |transport| {
        let fault = Fault::Status { status: Status::of::<503>(), retry_after: Some(7) };
        assert_eq!(status(transport, fault, 503).headers()["retry-after"], "7");
    }),
    ("HTML", |transport| {
        let response = status(transport, Fault::Html { status: Status::of::<504>() }, 504);
        assert!(response.body().starts_with(b"<html>"));
    }),
    ("code", |transport| {
        let response = status(transport, Fault::Code { code: 1001.try_into().unwrap() }, 200);
        assert!(parse::<GetTrackingLinks>(&response).is_err());
    }),
    ("reset", |transport| {
        // The sandbox does not count it: it answered nothing.
        let outcome = sandbox(Fault::Reset).call(transport, settings());
        expect::error(outcome, Interrupted, Unknown);
    }),
    ("truncated body", |transport| {
        fails(transport, Fault::CutBody { after_bytes: None }, settings, Interrupted);
    }),
    ("truncated body without a byte", |transport| {
        fails(transport, Fault::CutBody { after_bytes: Some(0) }, settings, Interrupted);
    }),
    ("slow drip", |transport| {
        let bytes = NonZeroUsize::new(20).unwrap();
        assert_eq!(rows(transport, Fault::SlowDrip { bytes, pause: Duration::from_millis(1) }), [16, 102]);
    }),
    ("slow drip over the timeout", |transport| {
        // More than 100 bytes, and so much longer than the timeout.
        let fault = Fault::SlowDrip { bytes: NonZeroUsize::MIN, pause: Duration::from_millis(100) };
        fails(transport, fault, one_second, Timeout);
    }),
    ("body of exactly the cap", |transport| {
        let response = answered(transport, Fault::OversizedBody { bytes: 100_000 }, capped(), 200);
        assert_eq!(response.body().len(), 100_000);
        assert_eq!(offers(&response), [16, 102]);
    }),
    ("body over the cap", |transport| {
        fails(transport, Fault::OversizedBody { bytes: 100_001 }, capped, BodyTooLarge);
    }),
    ("gzip within the cap", |transport| {
        let response = answered(transport, Fault::GzipBomb { bytes: 100_000 }, capped(), 200);
        assert!(!response.headers().contains_key("content-encoding"));
        assert_eq!(response.body().len(), 100_000);
        assert_eq!(offers(&response), [16, 102]);
    }),
    ("gzip bomb", |transport| {
        fails(transport, Fault::GzipBomb { bytes: 1_000_000_000 }, capped, BodyTooLarge);
    }),
    ("redirect", |transport| {
        let location = "https://elsewhere.example/";
        let response = status(transport, Fault::Redirect { location: location.parse().unwrap() }, 302);
        assert_eq!(response.headers()["location"], location);
    }),
    ("missing rows", |transport| {
        assert_eq!(rows(transport, Fault::MissingRows { every: NonZeroUsize::new(2).unwrap() }), [16]);
    }),
    ("duplicate rows", |transport| {
        assert_eq!(sorted(rows(transport, Fault::DuplicateRows)), [16, 16, 102, 102]);
    }),
    ("extra rows", |transport| {
        assert_eq!(sorted(rows(transport, Fault::ExtraRows { ids: vec![900_001] })), [16, 102, 900_001]);
    }),
    ("row limit", |transport| assert_eq!(rows(transport, Fault::RowLimit { rows: 1 }), [16])),
    ("id limit", |transport| {
        status(transport, Fault::IdLimit { ids: 1 }, 400);
    }),
    ("ids as strings", |transport| {
        let response = status(transport, Fault::IdsAsStrings, 200);
        assert!(String::from_utf8_lossy(response.body()).contains(r#""102""#));
        assert_eq!(offers(&response), [16, 102]);
    }),
    ("escaped slashes", |transport| {
        let response = status(transport, Fault::EscapedSlashes, 200);
        assert!(String::from_utf8_lossy(response.body()).contains(r"https:\/\/"));
        assert_eq!(offers(&response), [16, 102]);
    }),
    ("repeated page where there are no pages", |transport| {
        assert_eq!(rows(transport, Fault::RepeatedPage), [16, 102]);
    }),
    ("moving totals where there are none", |transport| {
        assert_eq!(rows(transport, Fault::MovingTotals), [16, 102]);
    }),
    ("revoked key", |transport| {
        status(transport, Fault::KeyRevoked, 401);
    }),
];

pub(super) const HTTPS_CASES: Cases = &[
    ("valid certificate", |transport| {
        https_status(transport, &TestSandbox::start(https(Certificate::Good)), 200);
    }),
    ("expired certificate", |transport| refused(transport, Certificate::Expired)),
    ("certificate of another host", |transport| refused(transport, Certificate::WrongHost)),
    ("certificate of an unknown authority", |transport| refused(transport, Certificate::UnknownAuthority)),
    ("rate limited", |transport| {
        let fault = Fault::RateLimited { retry_after: None };
        https_status(transport, &TestSandbox::with_fault(https(Certificate::Good), fault), 429);
    }),
    ("reset", |transport| https_fails(transport, Fault::Reset, Interrupted)),
    ("truncated body", |transport| {
        https_fails(transport, Fault::CutBody { after_bytes: None }, Interrupted);
    }),
    ("gzip bomb", |transport| {
        https_fails(transport, Fault::GzipBomb { bytes: 1_000_000_000 }, BodyTooLarge);
    }),
];

fn one_second() -> Settings {
    with_timeout(Duration::from_secs(1))
}

fn capped() -> Settings {
    with_body_cap(100_000)
}

fn sandbox(fault: Fault) -> TestSandbox {
    TestSandbox::with_fault(SandboxConfig::default(), fault)
}

fn answered(transport: &dyn AnyTransport, fault: Fault, settings: Settings, status: u16) -> Response {
    let sandbox = sandbox(fault);
    let response = expect::status(sandbox.call(transport, settings), status);
    sandbox.expect_arrivals(1);
    response
}

fn status(transport: &dyn AnyTransport, fault: Fault, status: u16) -> Response {
    answered(transport, fault, settings(), status)
}

/// The offers of the rows, in their order.
fn rows(transport: &dyn AnyTransport, fault: Fault) -> Vec<u64> {
    offers(&status(transport, fault, 200))
}

fn offers(response: &Response) -> Vec<u64> {
    parse::<GetTrackingLinks>(response).unwrap().into_iter().map(|row| row.offer_id.get()).collect()
}

fn sorted(mut offers: Vec<u64>) -> Vec<u64> {
    offers.sort_unstable();
    offers
}

fn none(transport: &dyn AnyTransport) {
    let sandbox = TestSandbox::start(SandboxConfig::default());
    assert_eq!(offers(&expect::status(sandbox.call(transport, settings()), 200)), [16, 102]);
    sandbox.expect_arrivals(1);
}

fn fails(transport: &dyn AnyTransport, fault: Fault, settings: fn() -> Settings, kind: TransportKind) {
    let sandbox = sandbox(fault);
    expect::error(sandbox.call(transport, settings()), kind, Unknown);
    sandbox.expect_arrivals(1);
}

fn https(certificate: Certificate) -> SandboxConfig {
    SandboxConfig::default().https(certificate)
}

fn https_status(transport: &dyn AnyTransport, sandbox: &TestSandbox, status: u16) {
    expect::status(sandbox.call(transport, settings()), status);
    sandbox.expect_arrivals(1);
}

/// No part of the request reaches a server that is not trusted.
fn refused(transport: &dyn AnyTransport, certificate: Certificate) {
    let sandbox = TestSandbox::start(https(certificate));
    expect::error(sandbox.call(transport, settings()), TransportKind::Certificate, NotSent);
    sandbox.expect_arrivals(0);
}

fn https_fails(transport: &dyn AnyTransport, fault: Fault, kind: TransportKind) {
    let sandbox = TestSandbox::with_fault(https(Certificate::Good), fault);
    expect::error(sandbox.call(transport, capped()), kind, Unknown);
}
