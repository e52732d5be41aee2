//! What comes of a call, held against what must.

use std::{error::Error, iter};

use offerslook_core::{Delivery, Response, TransportError, TransportKind};

use crate::given::SECRET;

/// An answer with this status and body.
#[track_caller]
pub fn answer(outcome: Result<Response, TransportError>, status: u16, body: impl AsRef<[u8]>) -> Response {
    let response = outcome.unwrap_or_else(|error| panic!("an answer, not: {}", told(&error)));
    assert_eq!(response.status().as_u16(), status);
    assert!(response.body().as_ref() == body.as_ref(), "another body of {} bytes", response.body().len());
    response
}

/// This fault, told with the host and without a secret.
#[track_caller]
pub fn fault(outcome: Result<Response, TransportError>, kind: TransportKind, delivery: Delivery) {
    let error = outcome.expect_err("a fault");
    let told = told(&error);
    assert_eq!((error.kind, error.delivery), (kind, delivery), "{told}");
    assert!(error.host.is_some(), "no host in: {told}");
    for secret in [SECRET, SECRET.trim_start_matches("Basic "), "proxy-user", "proxy-pass"] {
        assert!(!told.contains(secret), "a secret in: {told}");
    }
}

fn told(error: &TransportError) -> String {
    let error: &dyn Error = error;
    let chain = iter::successors(Some(error), |&error| error.source());
    chain.map(|error| format!("{error} {error:?}")).collect::<Vec<_>>().join(" < ")
}
