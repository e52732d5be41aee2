//! Every fault that the sandbox can make: an answer comes as it was sent, whatever it says, and what is no whole answer
//! is told as what it is. The call is made once.

use std::{num::NonZeroUsize, time::Duration};

use offerslook_core::{
    Delivery::Unknown,
    Response, Settings,
    TransportKind::{self, BodyTooLarge, Interrupted, Timeout},
    affiliate::batches::GetTrackingLinks,
    parse,
};
use offerslook_sandbox::{Fault, SandboxConfig, Status};

use crate::{Adapter, expect, given::patient, sandboxed::Sandboxed};

cases![
    none,
    delay,
    delay_beyond_the_limit,
    rate_limited,
    rate_limited_with_retry_after,
    status,
    status_with_retry_after,
    html,
    code,
    reset,
    cut_body,
    cut_body_before_its_first_byte,
    slow_drip,
    slow_drip_beyond_the_limit,
    oversized_body_of_exactly_the_cap,
    oversized_body,
    gzip_within_the_cap,
    gzip_bomb,
    redirect,
    missing_rows,
    duplicate_rows,
    extra_rows,
    row_limit,
    id_limit,
    ids_as_strings,
    escaped_slashes,
    repeated_page_of_what_has_no_pages,
    moving_totals_of_what_has_no_pages,
    key_revoked,
];

fn sandboxed(fault: Fault) -> Sandboxed {
    Sandboxed::with_fault(SandboxConfig::default(), fault)
}

/// The answer to one call, in which this goes wrong.
fn answered(adapter: &dyn Adapter, fault: Fault, settings: Settings, status: u16) -> Response {
    let sandbox = sandboxed(fault);
    let response = expect::response(sandbox.call(adapter, settings), status);
    sandbox.was_called(1);
    response
}

fn with_status(adapter: &dyn Adapter, fault: Fault, status: u16) -> Response {
    answered(adapter, fault, patient(), status)
}

/// The offers of the rows, in their order.
fn rows(adapter: &dyn Adapter, fault: Fault) -> Vec<u64> {
    offers(&with_status(adapter, fault, 200))
}

fn offers(response: &Response) -> Vec<u64> {
    let rows = parse::<GetTrackingLinks>(response).unwrap();
    rows.iter().map(|row| row.offer_id.get()).collect()
}

fn none(adapter: &dyn Adapter) {
    let sandbox = Sandboxed::start(SandboxConfig::default());
    assert_eq!(offers(&expect::response(sandbox.call(adapter, patient()), 200)), [16, 102]);
    sandbox.was_called(1);
}

fn faulty(adapter: &dyn Adapter, fault: Fault, settings: Settings, kind: TransportKind) {
    let sandbox = sandboxed(fault);
    expect::fault(sandbox.call(adapter, settings), kind, Unknown);
    sandbox.was_called(1);
}

fn short() -> Settings {
    let mut settings = patient();
    settings.timeout = Duration::from_secs(1);
    settings
}

fn capped() -> Settings {
    let mut settings = patient();
    settings.max_body_bytes = 100_000;
    settings
}

fn delay(adapter: &dyn Adapter) {
    assert_eq!(rows(adapter, Fault::Delay { wait: Duration::from_millis(50) }), [16, 102]);
}

fn delay_beyond_the_limit(adapter: &dyn Adapter) {
    faulty(adapter, Fault::Delay { wait: Duration::from_hours(1) }, short(), Timeout);
}

fn rate_limited(adapter: &dyn Adapter) {
    let response = with_status(adapter, Fault::RateLimited { retry_after: None }, 429);
    assert!(!response.headers().contains_key("retry-after"));
}

fn rate_limited_with_retry_after(adapter: &dyn Adapter) {
    let response = with_status(adapter, Fault::RateLimited { retry_after: Some(3) }, 429);
    assert_eq!(response.headers()["retry-after"], "3");
}

fn status(adapter: &dyn Adapter) {
    with_status(adapter, Fault::Status { status: Status::of::<500>(), retry_after: None }, 500);
}

fn status_with_retry_after(adapter: &dyn Adapter) {
    let fault = Fault::Status { status: Status::of::<503>(), retry_after: Some(7) };
    assert_eq!(with_status(adapter, fault, 503).headers()["retry-after"], "7");
}

fn html(adapter: &dyn Adapter) {
    let response = with_status(adapter, Fault::Html { status: Status::of::<504>() }, 504);
    assert!(response.body().starts_with(b"<html>"));
}

fn code(adapter: &dyn Adapter) {
    let response = with_status(adapter, Fault::Code { code: 1001.try_into().unwrap() }, 200);
    assert!(parse::<GetTrackingLinks>(&response).is_err());
}

fn reset(adapter: &dyn Adapter) {
    // It is not counted as having arrived: nobody answered it.
    expect::fault(sandboxed(Fault::Reset).call(adapter, patient()), Interrupted, Unknown);
}

fn cut_body(adapter: &dyn Adapter) {
    faulty(adapter, Fault::CutBody { after_bytes: None }, patient(), Interrupted);
}

fn cut_body_before_its_first_byte(adapter: &dyn Adapter) {
    faulty(adapter, Fault::CutBody { after_bytes: Some(0) }, patient(), Interrupted);
}

fn slow_drip(adapter: &dyn Adapter) {
    let fault = Fault::SlowDrip { bytes: NonZeroUsize::new(20).unwrap(), pause: Duration::from_millis(1) };
    assert_eq!(rows(adapter, fault), [16, 102]);
}

fn slow_drip_beyond_the_limit(adapter: &dyn Adapter) {
    // More than 100 bytes, and so much longer than the limit.
    let fault = Fault::SlowDrip { bytes: NonZeroUsize::MIN, pause: Duration::from_millis(100) };
    faulty(adapter, fault, short(), Timeout);
}

fn oversized_body_of_exactly_the_cap(adapter: &dyn Adapter) {
    let response = answered(adapter, Fault::OversizedBody { bytes: 100_000 }, capped(), 200);
    assert_eq!(response.body().len(), 100_000);
    assert_eq!(offers(&response), [16, 102]);
}

fn oversized_body(adapter: &dyn Adapter) {
    faulty(adapter, Fault::OversizedBody { bytes: 100_001 }, capped(), BodyTooLarge);
}

fn gzip_within_the_cap(adapter: &dyn Adapter) {
    let response = answered(adapter, Fault::GzipBomb { bytes: 100_000 }, capped(), 200);
    assert!(!response.headers().contains_key("content-encoding"));
    assert_eq!(response.body().len(), 100_000);
    assert_eq!(offers(&response), [16, 102]);
}

fn gzip_bomb(adapter: &dyn Adapter) {
    faulty(adapter, Fault::GzipBomb { bytes: 1_000_000_000 }, capped(), BodyTooLarge);
}

fn redirect(adapter: &dyn Adapter) {
    let location = "https://elsewhere.example/";
    let response = with_status(adapter, Fault::Redirect { location: location.parse().unwrap() }, 302);
    assert_eq!(response.headers()["location"], location);
}

fn missing_rows(adapter: &dyn Adapter) {
    assert_eq!(rows(adapter, Fault::MissingRows { every: NonZeroUsize::new(2).unwrap() }), [16]);
}

fn duplicate_rows(adapter: &dyn Adapter) {
    let mut offers = rows(adapter, Fault::DuplicateRows);
    offers.sort_unstable();
    assert_eq!(offers, [16, 16, 102, 102]);
}

fn extra_rows(adapter: &dyn Adapter) {
    let mut offers = rows(adapter, Fault::ExtraRows { ids: vec![900_001] });
    offers.sort_unstable();
    assert_eq!(offers, [16, 102, 900_001]);
}

fn row_limit(adapter: &dyn Adapter) {
    assert_eq!(rows(adapter, Fault::RowLimit { rows: 1 }), [16]);
}

fn id_limit(adapter: &dyn Adapter) {
    with_status(adapter, Fault::IdLimit { ids: 1 }, 400);
}

fn ids_as_strings(adapter: &dyn Adapter) {
    let response = with_status(adapter, Fault::IdsAsStrings, 200);
    assert!(String::from_utf8_lossy(response.body()).contains(r#""102""#));
    assert_eq!(offers(&response), [16, 102]);
}

fn escaped_slashes(adapter: &dyn Adapter) {
    let response = with_status(adapter, Fault::EscapedSlashes, 200);
    assert!(String::from_utf8_lossy(response.body()).contains(r"https:\/\/"));
    assert_eq!(offers(&response), [16, 102]);
}

fn repeated_page_of_what_has_no_pages(adapter: &dyn Adapter) {
    assert_eq!(rows(adapter, Fault::RepeatedPage), [16, 102]);
}

fn moving_totals_of_what_has_no_pages(adapter: &dyn Adapter) {
    assert_eq!(rows(adapter, Fault::MovingTotals), [16, 102]);
}

fn key_revoked(adapter: &dyn Adapter) {
    with_status(adapter, Fault::KeyRevoked, 401);
}
