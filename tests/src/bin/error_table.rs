//! Prints the tables of the book's page on errors: what each error is called, what a job does about it, and what to do.
//! The library is asked for all of it.
#![expect(clippy::print_stdout, reason = "a program prints its findings")]

use std::{fmt::Display, sync::Arc};

use offerslook_core::{
    BuildError, Delivery, Error, ErrorClass, IdError, NextStep, NoLink, StopCause, TransportError,
    TransportKind, affiliate::batches::GetTrackingLinks, job::StoreError, parse,
};

const CODE: &str = r#"{"code": 1001}"#;
const PLAIN: &str = "OK";
const HTML: &str = "<html></html>";
const CUT: &str = r#"{"code": 0, "da"#;
const BAD_ROW: &str = r#"{"code": 0, "data": {"tracking_link": 7}}"#;

/// What the service may answer: the first row that matches applies. The samples of a row have one class.
const RESPONSES: [(&str, &[(u16, &str)]); 9] = [
    ("429", &[(429, ""), (429, CODE)]),
    (
        "408; 5xx; a 2xx that is empty, or whose JSON ends early",
        &[(408, ""), (502, HTML), (200, ""), (200, CUT)],
    ),
    ("401, 407", &[(401, ""), (407, HTML)]),
    ("403", &[(403, ""), (403, CODE)]),
    ("3xx; redirects are not followed", &[(302, HTML), (307, "")]),
    ("a 2xx with an HTML page, or without the envelope of the API", &[(200, HTML), (200, PLAIN)]),
    (
        "400, 404, 405, 409, 410, 413, 414, 422, 431; any other `code` that is not 0",
        &[(400, ""), (404, HTML), (422, ""), (200, CODE), (418, CODE)],
    ),
    ("a 2xx with `code` 0 whose payload does not decode", &[(200, BAD_ROW)]),
    ("anything else", &[(418, ""), (451, HTML)]),
];

const FAILURES: [(&str, &[TransportKind]); 9] = [
    ("the name of the host cannot be resolved", &[TransportKind::UnknownHost]),
    ("the host cannot be reached", &[TransportKind::Connect]),
    ("the TLS handshake failed", &[TransportKind::Tls]),
    ("the certificate is not trusted", &[TransportKind::Certificate]),
    (
        "connecting, or the whole call, took too long",
        &[TransportKind::ConnectTimeout, TransportKind::Timeout],
    ),
    ("the proxy did not connect to the host", &[TransportKind::Proxy]),
    (
        "the connection ended before the response did; the response is not valid HTTP",
        &[TransportKind::Interrupted, TransportKind::Malformed],
    ),
    ("the body of the response is over the limit", &[TransportKind::BodyTooLarge]),
    ("the HTTP library cannot send this request", &[TransportKind::Unsendable]),
];

fn main() {
    println!("### The service answered\n\n{HEAD}");
    for (what, samples) in RESPONSES {
        let errors = samples.iter().filter_map(|&(status, body)| response(status, body));
        print_row(what, &errors.collect::<Vec<_>>());
    }
    println!("\n### No complete response arrived\n\n{HEAD}");
    for (what, kinds) in FAILURES {
        let errors = kinds.iter().map(|&kind| TransportError::new(kind, Delivery::Unknown).into());
        print_row(what, &errors.collect::<Vec<_>>());
    }
    println!("\n### Other errors\n\n| what happened | kind | what to do |\n|---|---|---|");
    for (what, error) in others() {
        println!("| {what} | `{}` | {} |", error.kind(), error.advice());
    }
    println!("\n### Ids without a result\n\n| outcome | kind | what to do |\n|---|---|---|");
    for (what, error) in [
        ("`NoLink(NeedToApply)`", IdError::NoLink(NoLink::NeedToApply)),
        ("`NoLink`, otherwise", IdError::NoLink(NoLink::Absent)),
        ("`NoRow`", IdError::NoRow),
        ("`Unanswered`", IdError::Unanswered),
    ] {
        println!("| {what} | `{}` | {} |", error.kind(), error.advice());
    }
}

const HEAD: &str = "| what happened | kind | a job | what to do |\n|---|---|---|---|";

fn response(status: u16, body: &'static str) -> Option<Error> {
    let response = http::Response::builder().status(status).body(body).ok()?;
    parse::<GetTrackingLinks>(&response).err()
}

fn others() -> Vec<(&'static str, Error)> {
    let timeout: Error = TransportError::new(TransportKind::Timeout, Delivery::Unknown).into();
    vec![
        ("a change may or may not have been made", Error::InDoubt(Arc::new(timeout))),
        ("the response to a change has no row for the offer", Error::MissingRow),
        ("the run was stopped", Error::Stopped(StopCause::Requested)),
        ("the deadline of the run passed", Error::Stopped(StopCause::DeadlinePassed)),
        (
            "the store of a shared quota does not support a request",
            Error::QuotaStore(StoreError::unsupported()),
        ),
        ("an element of the input is not an offer id", Error::InvalidOfferId { value: 0, position: 0 }),
        ("a call has too many ids", BuildError::TooManyIds { endpoint: "", ids: 101, max: 100 }.into()),
    ]
}

/// Prints one row for errors that have the same kind, and are treated alike.
fn print_row(what: &str, errors: &[Error]) {
    let kind = only(errors, Error::kind);
    let advice = only(errors, Error::advice);
    let step = only(errors, |error| error.class().map_or("", step));
    println!("| {what} | `{kind}` | {step} | {advice} |");
}

fn step(class: ErrorClass) -> &'static str {
    match (class.next_step(false), class.next_step(true)) {
        (NextStep::Retry, NextStep::Retry) => "retries",
        (NextStep::Bisect, NextStep::Bisect) => "bisects",
        (NextStep::Stop, NextStep::Stop) => "stops",
        (NextStep::Stop, NextStep::Bisect) => "stops; after the first success, bisects",
        _ => "",
    }
}

/// Returns what all of these have in common.
fn only<T: Display + PartialEq + Default>(errors: &[Error], of: impl Fn(&Error) -> T) -> T {
    let mut values = errors.iter().map(of);
    let first = values.next().unwrap_or_default();
    assert!(values.all(|value| value == first), "the errors of one row differ: {errors:?}");
    first
}
