use std::{fmt, io};

use offerslook_core::{
    Delivery::{NotSent, Unknown},
    TransportError,
    TransportKind::{
        BodyTooLarge, Certificate, Connect, ConnectTimeout, Interrupted, Malformed, NeverAnswered, Proxy,
        Timeout, Tls, UnknownHost, Unsendable,
    },
    transport::{Stage, causes, classify_io},
};

/// An error of a library, around one of the system.
#[derive(Debug)]
struct Wrapped(io::Error);

impl fmt::Display for Wrapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the call failed")
    }
}

impl std::error::Error for Wrapped {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

#[test]
fn before_sending_the_stage_decides() {
    for (stage, kind) in
        [(Stage::Resolve, UnknownHost), (Stage::Connect, Connect), (Stage::Proxy, Proxy), (Stage::Tls, Tls)]
    {
        let reset = Wrapped(io::ErrorKind::ConnectionReset.into());
        assert_eq!(classify_io(&reset, stage), (kind, NotSent));
        for late in [io::ErrorKind::TimedOut, io::ErrorKind::WouldBlock] {
            assert_eq!(classify_io(&Wrapped(late.into()), stage), (ConnectTimeout, NotSent));
        }
        assert_eq!(classify_io(&fmt::Error, stage), (kind, NotSent), "without an I/O error");
    }
}

#[test]
fn a_library_that_does_not_name_the_step_tells_tcp_from_tls() {
    for (io, kind) in [
        (io::ErrorKind::ConnectionRefused, Connect),
        (io::ErrorKind::HostUnreachable, Connect),
        (io::ErrorKind::ConnectionReset, Tls),
        (io::ErrorKind::UnexpectedEof, Tls),
        (io::ErrorKind::TimedOut, ConnectTimeout),
    ] {
        assert_eq!(classify_io(&Wrapped(io.into()), Stage::Connecting), (kind, NotSent));
    }
}

#[test]
fn in_the_exchange_the_io_error_decides() {
    for (io, expected) in [
        (io::ErrorKind::ConnectionRefused, (Connect, NotSent)),
        (io::ErrorKind::TimedOut, (Timeout, Unknown)),
        (io::ErrorKind::WouldBlock, (Timeout, Unknown)),
        (io::ErrorKind::InvalidData, (Malformed, Unknown)),
        (io::ErrorKind::ConnectionReset, (Interrupted, Unknown)),
        (io::ErrorKind::UnexpectedEof, (Interrupted, Unknown)),
        (io::ErrorKind::HostUnreachable, (Interrupted, Unknown)),
    ] {
        assert_eq!(classify_io(&Wrapped(io.into()), Stage::Exchange), expected);
    }
    assert_eq!(classify_io(&fmt::Error, Stage::Exchange), (Interrupted, Unknown));
}

#[test]
fn an_error_inside_of_an_io_error_is_a_cause() {
    let inner = Wrapped(io::ErrorKind::InvalidData.into());
    let error = Wrapped(io::Error::other(inner));
    assert_eq!(causes(&error).filter(|cause| cause.is::<Wrapped>()).count(), 2);
    assert_eq!(classify_io(&error, Stage::Exchange), (Malformed, Unknown));
}

#[test]
fn an_io_error_becomes_a_transport_error_with_its_cause() {
    let error = TransportError::from_io(io::ErrorKind::ConnectionRefused.into(), Stage::Connect);
    assert_eq!((error.kind, error.delivery), (Connect, NotSent));
    let cause = error.source.as_deref().and_then(|cause| cause.downcast_ref::<io::Error>()).unwrap();
    assert_eq!(cause.kind(), io::ErrorKind::ConnectionRefused);
}

#[test]
fn an_io_error_alone_is_one_of_the_exchange() {
    let error = TransportError::from(io::Error::from(io::ErrorKind::ConnectionReset));
    assert_eq!((error.kind, error.delivery), (Interrupted, Unknown));
    assert!(error.source.is_some());
}

#[test]
fn a_kind_implies_the_delivery() {
    for kind in [UnknownHost, Connect, Tls, Certificate, ConnectTimeout, Proxy, Unsendable] {
        assert_eq!(TransportError::from(kind).delivery, NotSent, "{kind:?}");
    }
    for kind in [Timeout, Interrupted, BodyTooLarge, Malformed, NeverAnswered] {
        assert_eq!(TransportError::from(kind).delivery, Unknown, "{kind:?}");
    }
}
