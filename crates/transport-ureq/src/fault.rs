//! What ureq's errors mean.

use std::io;

use offerslook_core::{
    Delivery::{self, NotSent, Unknown},
    TransportError, TransportKind,
};
use ureq::Timeout;

/// Why no whole answer came.
pub(crate) fn of(error: ureq::Error) -> TransportError {
    let (kind, delivery) = match &error {
        // What the connector of this crate met: it knows best.
        ureq::Error::Other(cause) if cause.is::<TransportError>() => return known(error),
        ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect) => (TransportKind::ConnectTimeout, NotSent),
        ureq::Error::Timeout(_) => (TransportKind::Timeout, Unknown),
        ureq::Error::HostNotFound => (TransportKind::UnknownHost, NotSent),
        ureq::Error::ConnectionFailed => (TransportKind::Connect, NotSent),
        ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => (TransportKind::Proxy, NotSent),
        ureq::Error::Tls(_) | ureq::Error::TlsRequired => (TransportKind::Tls, NotSent),
        ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => {
            (TransportKind::Malformed, Unknown)
        }
        ureq::Error::Io(cause) => of_io(cause),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) | ureq::Error::RequireHttpsOnly(_) => {
            (TransportKind::Unsendable, NotSent)
        }
        _ => (TransportKind::Interrupted, Unknown),
    };
    TransportError::new(kind, delivery).with_source(error)
}

/// The error that this crate's own connector put into one of ureq's.
fn known(error: ureq::Error) -> TransportError {
    let interrupted = || TransportError::new(TransportKind::Interrupted, Unknown);
    match error {
        ureq::Error::Other(cause) => cause.downcast().map_or_else(|_| interrupted(), |known| *known),
        _ => interrupted(),
    }
}

fn of_io(error: &io::Error) -> (TransportKind, Delivery) {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(rustls::Error::InvalidCertificate(_)) => return (TransportKind::Tls, NotSent),
        Some(_) => return (TransportKind::Tls, Unknown),
        None => {}
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused => (TransportKind::Connect, NotSent),
        io::ErrorKind::TimedOut => (TransportKind::Timeout, Unknown),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => (TransportKind::Malformed, Unknown),
        _ => (TransportKind::Interrupted, Unknown),
    }
}
