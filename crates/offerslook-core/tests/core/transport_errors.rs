//! What a person reads where no whole answer came back.

use std::error::Error as _;

use offerslook_core::{Delivery, Error, TransportError, TransportKind};

const KINDS: [TransportKind; 11] = [
    TransportKind::UnknownHost,
    TransportKind::Connect,
    TransportKind::Tls,
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
