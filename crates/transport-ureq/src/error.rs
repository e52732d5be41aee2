use offerslook_client::tls;
use offerslook_core::{
    Delivery::{NotSent, Unknown},
    TransportError, TransportKind,
    transport::Stage,
};
use ureq::Timeout;

/// Translates an error of ureq.
pub(crate) fn of_ureq(error: ureq::Error) -> TransportError {
    let (kind, delivery) = match &error {
        ureq::Error::Other(cause) if cause.is::<TransportError>() => return of_connector(error),
        ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect) => (TransportKind::ConnectTimeout, NotSent),
        ureq::Error::Timeout(_) => (TransportKind::Timeout, Unknown),
        ureq::Error::HostNotFound => (TransportKind::UnknownHost, NotSent),
        ureq::Error::ConnectionFailed => (TransportKind::Connect, NotSent),
        ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => (TransportKind::Proxy, NotSent),
        ureq::Error::Tls(_) | ureq::Error::TlsRequired => (TransportKind::Tls, NotSent),
        ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => {
            (TransportKind::Malformed, Unknown)
        }
        ureq::Error::Io(cause) => tls::classify(cause, Stage::Exchange),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) | ureq::Error::RequireHttpsOnly(_) => {
            (TransportKind::Unsendable, NotSent)
        }
        _ => (TransportKind::Interrupted, Unknown),
    };
    TransportError::new(kind, delivery).with_source(error)
}

/// Takes out the error that the connector of this crate put into one of ureq's.
fn of_connector(error: ureq::Error) -> TransportError {
    let interrupted = || TransportError::from(TransportKind::Interrupted);
    match error {
        ureq::Error::Other(cause) => cause.downcast().map_or_else(|_| interrupted(), |known| *known),
        _ => interrupted(),
    }
}

/// Translates an error that came while connecting: nothing was sent.
pub(crate) fn of_connecting(error: ureq::Error, stage: Stage) -> TransportError {
    match error {
        ureq::Error::Timeout(_) => connect_timeout(),
        ureq::Error::Io(cause) => {
            TransportError::new(tls::classify(&cause, stage).0, NotSent).with_source(cause)
        }
        other => TransportError::new(tls::classify(&other, stage).0, NotSent).with_source(other),
    }
}

/// The error of a connection that was not made in time.
pub(crate) fn connect_timeout() -> TransportError {
    TransportError::from(TransportKind::ConnectTimeout)
}
