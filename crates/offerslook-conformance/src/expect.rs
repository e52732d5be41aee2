//! Assertions on the outcome of a call.
//!
//! The first line of each message says what was expected and what came instead: failures with the same first line have
//! the same cause. The other lines say how this case met it.

use std::iter;

use offerslook_core::{Delivery, Error, Response, TransportError, TransportKind};

use crate::fixtures::AUTHORIZATION;

/// The outcome of the `execute` of a client.
pub type Outcome = Result<Response, Error>;

/// Expects a response with this status and body.
#[track_caller]
pub fn body(outcome: Outcome, status: u16, body: impl AsRef<[u8]>) -> Response {
    let body = body.as_ref();
    let response = self::status(outcome, status);
    assert!(
        response.body().as_ref() == body,
        "the response has another body than the server sent\nexpected {}\ngot      {}",
        excerpt(body),
        excerpt(response.body())
    );
    response
}

/// Expects a response with this status, and any body.
#[track_caller]
pub fn status(outcome: Outcome, status: u16) -> Response {
    match outcome {
        Ok(response) if response.status().as_u16() == status => response,
        Ok(response) => panic!("expected status {status}, got {}", response.status().as_u16()),
        Err(error) => {
            let TransportError { kind, delivery, .. } = transport_error(&error);
            panic!("expected a response, got {kind:?} (delivery: {delivery:?})\n{}", chain(&error))
        }
    }
}

/// Expects this error, with the host and without credentials.
#[track_caller]
pub fn error(outcome: Outcome, kind: TransportKind, delivery: Delivery) {
    let expected = format!("expected {kind:?} (delivery: {delivery:?})");
    let error = match outcome {
        Err(error) => error,
        Ok(response) => panic!(
            "{expected}, got a response\nstatus {}, body {}",
            response.status().as_u16(),
            excerpt(response.body())
        ),
    };
    let chain = chain(&error);
    let error = transport_error(&error);
    assert!(
        (error.kind, error.delivery) == (kind, delivery),
        "{expected}, got {:?} (delivery: {:?})\n{chain}",
        error.kind,
        error.delivery
    );
    assert!(error.host.is_some(), "the error does not name the host: see TransportError::with_host\n{chain}");
    for secret in [AUTHORIZATION, AUTHORIZATION.trim_start_matches("Basic "), "proxy-user", "proxy-pass"] {
        assert!(!chain.contains(secret), "the error shows credentials\n{chain}");
    }
}

/// The length of a body, and its beginning.
fn excerpt(body: &[u8]) -> String {
    let beginning: String = String::from_utf8_lossy(body).chars().take(60).collect();
    format!("{} bytes: {beginning:?}", body.len())
}

#[track_caller]
fn transport_error(error: &Error) -> &TransportError {
    match error {
        Error::Transport(error) => error,
        other => panic!("expected a response or a transport error, got another error\n{}", chain(other)),
    }
}

fn chain(error: &Error) -> String {
    let error: &dyn std::error::Error = error;
    let chain = iter::successors(Some(error), |&error| error.source());
    chain.map(|error| format!("{error} [{error:?}]")).collect::<Vec<_>>().join("\ncaused by: ")
}
