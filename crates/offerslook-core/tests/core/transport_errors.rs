//! What a person reads where no whole answer came back.

use std::{error::Error as _, sync::Arc};

use offerslook_core::{Delivery, Error, TransportError, TransportKind};

const KINDS: [TransportKind; 12] = [
    TransportKind::UnknownHost,
    TransportKind::Connect,
    TransportKind::Tls,
    TransportKind::Certificate,
    TransportKind::ConnectTimeout,
    TransportKind::Timeout,
    TransportKind::Proxy,
    TransportKind::Interrupted,
    TransportKind::BodyTooLarge,
    TransportKind::Malformed,
    TransportKind::Unsendable,
    TransportKind::NeverAnswered,
];

#[test]
fn each_kind_tells_what_happened_and_what_to_do() {
    let told = KINDS.map(|kind| {
        let error = TransportError::new(kind, Delivery::Unknown).with_host(Some("acme.api.offerslook.com"));
        let error = Error::from(error);
        format!("{kind:?}\n  {error}\n  {}", error.advice())
    });
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_host_that_is_not_known_is_the_service() {
    for kind in KINDS {
        let told = TransportError::new(kind, Delivery::Unknown).with_host(None).to_string();
        assert!(told.contains("the service"), "{told}");
    }
}

#[test]
fn what_the_library_underneath_said_is_the_source() {
    let error = TransportError::new(TransportKind::Tls, Delivery::NotSent).with_source("certificate expired");
    assert_eq!(error.source().unwrap().to_string(), "certificate expired");
    assert_eq!(Error::from(error).source().unwrap().to_string(), "certificate expired");
    assert!(TransportError::new(TransportKind::Tls, Delivery::NotSent).source().is_none());
}

#[test]
fn the_last_cause_is_reached_through_the_errors_around_it() {
    let broken =
        || TransportError::new(TransportKind::Interrupted, Delivery::Unknown).with_source("broken pipe");
    let exhausted = Error::Exhausted { attempts: 5, last: Arc::new(broken().into()) };
    let in_doubt = Error::InDoubt(Arc::new(exhausted.clone()));
    for error in [exhausted, in_doubt] {
        assert_eq!(error.source().unwrap().to_string(), "broken pipe");
        assert!(!error.to_string().contains("broken pipe"), "what is printed is no source: {error}");
        assert_eq!(error.clone().to_string(), error.to_string());
    }
    let no_cause = Error::InDoubt(Arc::new(Error::MissingRow));
    assert!(no_cause.source().is_none());
}

#[test]
fn one_attempt_is_one_attempt() {
    let told = [1, 2].map(|attempts| {
        let last = TransportError::new(TransportKind::Timeout, Delivery::Unknown).with_host(Some("acme"));
        Error::Exhausted { attempts, last: Arc::new(last.into()) }.to_string()
    });
    assert!(told[0].ends_with("(after 1 attempt)") && told[1].ends_with("(after 2 attempts)"), "{told:?}");
}
