//! What comes of a call, held against what must.

use std::{error::Error, iter};

use offerslook_core::{Delivery, Response, TransportError, TransportKind};

use crate::given::SECRET;

/// An answer with this status and body.
#[track_caller]
pub fn answer(outcome: Result<Response, TransportError>, status: u16, body: impl AsRef<[u8]>) -> Response {
    let body = body.as_ref();
    let response = response(outcome, status);
    assert!(
        response.body().as_ref() == body,
        "a body of {} was expected, not one of {}",
        shown(body),
        shown(response.body())
    );
    response
}

/// An answer with this status, and any body.
#[track_caller]
pub fn response(outcome: Result<Response, TransportError>, status: u16) -> Response {
    let response = outcome.unwrap_or_else(|error| panic!("a {status} was expected, not: {}", told(&error)));
    assert_eq!(response.status().as_u16(), status, "the status of the answer (left: what came)");
    response
}

/// This fault, told with the host and without a secret.
#[track_caller]
pub fn fault(outcome: Result<Response, TransportError>, kind: TransportKind, delivery: Delivery) {
    let error = match outcome {
        Err(error) => error,
        Ok(answer) => panic!(
            "{kind:?} ({delivery:?}) was expected, not an answer: {} with a body of {}",
            answer.status(),
            shown(answer.body())
        ),
    };
    let told = told(&error);
    assert!(
        (error.kind, error.delivery) == (kind, delivery),
        "{kind:?} ({delivery:?}) was expected, not: {told}"
    );
    assert!(error.host.is_some(), "the error has no host, see TransportError::with_host: {told}");
    for secret in [SECRET, SECRET.trim_start_matches("Basic "), "proxy-user", "proxy-pass"] {
        assert!(!told.contains(secret), "a secret shows in the error: {told}");
    }
}

/// How long it is, and how it begins.
fn shown(body: &[u8]) -> String {
    let beginning: String = String::from_utf8_lossy(body).chars().take(60).collect();
    format!("{} bytes ({beginning:?})", body.len())
}

fn told(error: &TransportError) -> String {
    let error: &dyn Error = error;
    let chain = iter::successors(Some(error), |&error| error.source());
    chain.map(|error| format!("{error} {error:?}")).collect::<Vec<_>>().join(" < ")
}
