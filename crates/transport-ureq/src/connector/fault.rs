use offerslook_core::{Delivery, TransportError, TransportKind};

/// Why there is no connection, said by a step that fails for reasons of this kind. Nothing of the request
/// went out.
pub(super) fn of(kind: TransportKind, error: ureq::Error) -> TransportError {
    match error {
        ureq::Error::Timeout(_) => timeout(),
        ureq::Error::Io(cause) => TransportError::new(kind, Delivery::NotSent).with_source(cause),
        other => TransportError::new(kind, Delivery::NotSent).with_source(other),
    }
}

pub(crate) fn timeout() -> TransportError {
    TransportError::new(TransportKind::ConnectTimeout, Delivery::NotSent)
}

/// The same fault, met on the way to a proxy.
pub(super) fn of_the_proxy(mut fault: TransportError) -> TransportError {
    if fault.kind != TransportKind::ConnectTimeout {
        fault.kind = TransportKind::Proxy;
    }
    fault
}
